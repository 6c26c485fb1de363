// Goods on their way as stations see them: under the name of whoever sent them, for as long as that
// person is written down, and no longer than there is something to take in.

import { expect, it } from 'vitest';
import { HERE, move, THERE, WORK } from '../../../../tests/torture/support/kinds.ts';
import { OTHER_PLACE } from '../../../../tests/torture/support/goods.ts';
import { Hub } from '../../../../tests/torture/support/undo-hub.ts';
import type { Id } from '../../domain/index.ts';
import type { MasterSource } from '../projection/index.ts';
import { openLoads, withLoads } from './loads.ts';

const ANNA = '00000000-0000-7000-8000-00000000a11a' as Id<'person'>;
const warehouse = (id: string) => ({ id, code: id, name: 'Main hall', usesLocations: true });

/** A mirror that knows places and, while she is written down, Anna. */
class Mirror implements MasterSource {
  known = true;
  readonly #orders = ['0', 'f'];
  item = () => Promise.resolve(undefined);
  warehouse = (id: string) => Promise.resolve(warehouse(id));
  location = (id: string) =>
    Promise.resolve({ id, code: 'TRUCK-1', name: 'Truck', warehouseId: THERE });
  order = () => Promise.resolve(undefined);
  person = (id: string) =>
    this.known && id === ANNA
      ? { keys: [], body: { id: ANNA, name: 'Anna', roles: [] } }
      : undefined;
  ids() {
    return Promise.resolve(this.#orders);
  }
}

function sentBy(operator: string): Hub {
  const hub = new Hub();
  const to = { warehouse: THERE, location: OTHER_PLACE };
  hub.say(move(4, { to, onTheWay: true, posting: 'line-complete' }), { operator });
  return hub;
}

it.each([
  ['of a person, by name', ANNA, true, 'Main hall · Anna'],
  ['of somebody who is forgotten, without any', ANNA, false, 'Main hall'],
  ['of a station, by its own', 'hand-1', true, 'Main hall · hand-1'],
])('a load says who sent it: %s', async (_whose, operator, known, senderName) => {
  const hub = sentBy(operator);
  const mirror = new Mirror();
  mirror.known = known;
  const source = withLoads(mirror, () => hub.world);
  const load = await source.order(WORK);
  expect(load).toMatchObject({
    ...{ kind: 'load', senderName, open: true, warehouseId: THERE, placeCode: 'TRUCK-1' },
    lines: [{ ordered: 4 }],
  });
  expect(load?.number).toMatch(/^TRUCK-1\/\d+$/);
});

it('is listed among the orders, and found again by who sent it', async () => {
  const hub = sentBy(ANNA);
  const source = withLoads(new Mirror(), () => hub.world);
  expect(await source.ids('order', '', 10)).toEqual(['0', WORK, 'f']);
  expect(await source.ids('order', '', 1)).toEqual(['0']);
  expect(await source.ids('item', '', 10)).toEqual(['0', 'f']);
  expect(openLoads(hub.world, ANNA)).toEqual([WORK]);
  expect(openLoads(hub.world, HERE)).toEqual([]);
});
