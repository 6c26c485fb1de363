// The desk of goods on their way, on a real database and a real journal: what the office sees of a load
// from the moment that it leaves until long after somebody took it in.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { command, id, OTHER_PLACE, PLACE } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { HERE, move, NUT, THERE, WORK } from '../../../../tests/torture/support/kinds.ts';
import type { CommandPayload } from '../../domain/index.ts';
import { LoadsDesk } from './loads-desk.ts';

const ANNA = id('a', 77) as string;
const BERT = id('a', 78) as string;
const NAMES = new Map([
  [ANNA, 'Anna'],
  [HERE, 'Main hall'],
  [THERE, 'Second hall'],
]);

let place: ReturnType<typeof folder>;
let hub: TestHub;
let desk: LoadsDesk;
let made = 0;

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), []);
  made = 0;
  desk = new LoadsDesk({
    db: hub.store.db,
    world: () => hub.writer.world(),
    named: (operator) => NAMES.get(operator) ?? operator,
    source: {
      item: (item) =>
        Promise.resolve(
          item === NUT.item
            ? {
                ...{ id: item, code: 'NUT', name: 'Nut M8', unit: 'pc', tracking: 'none' as const },
                ...{ hasExpiry: false, fractions: false, packs: [], supplierCodes: [] },
                defaultLocations: {},
              }
            : undefined,
        ),
      warehouse: (of) =>
        Promise.resolve({ id: of, code: of, name: NAMES.get(of) ?? of, usesLocations: true }),
      location: (of) =>
        Promise.resolve({ id: of, code: 'TRUCK-1', name: 'Truck', warehouseId: THERE }),
    },
  });
});
afterEach(async () => {
  await hub.store.close();
  place.clean();
});

async function say(payload: CommandPayload, operator: string): Promise<void> {
  made += 1;
  const verdict = await hub.writer.submit(command(made, payload, { operator }));
  expect(verdict.kind).toBe('accepted');
}
const send = (quantity: number, more: object = {}) =>
  move(quantity, {
    ...{ to: { warehouse: THERE, location: OTHER_PLACE }, onTheWay: true },
    ...{ posting: 'line-complete', ...more },
  });
const takeIn = (quantity: number): CommandPayload => ({
  ...{ type: 'arrive.line', document: WORK, line: NUT.item, item: NUT.item, tracking: 'none' },
  ...{ quantity, to: { warehouse: THERE, location: PLACE }, posting: 'line-complete' },
});
const told = (remedy: 'leave-open' | 'close-short', quantity: number): CommandPayload => ({
  ...{ type: 'exception.report', document: WORK, line: NUT.item, item: NUT.item },
  ...{ exception: remedy === 'close-short' ? 'short' : 'damaged', remedy, quantity },
  ...{ itemCode: 'NUT', reason: 'damaged-in-transport' },
});

it('nothing was sent: nothing is on its way', async () => {
  expect(await desk.report()).toMatchObject({ loads: [], open: 0 });
  expect(desk.open()).toBe(0);
});

it('what, from where, to where, since when, and who sent it', async () => {
  await say(send(9), ANNA);
  const { loads, open } = await desk.report();
  expect(open).toBe(1);
  expect(loads).toMatchObject([
    {
      ...{ id: WORK, state: 'on-the-way', from: 'Main hall', to: 'Second hall' },
      ...{ place: 'TRUCK-1', sentBy: 'Anna', takenInBy: [], notes: [] },
      lines: [
        { code: 'NUT', name: 'Nut M8', unit: 'pc', sent: 9, arrived: 0, left: 9, closed: false },
      ],
    },
  ]);
  expect(loads[0]?.number).toMatch(/^TRUCK-1\/\d+$/);
  expect(loads[0]?.sentAtMs).toBeGreaterThan(0);
});

it('what came of it, what was damaged, and who took it in', async () => {
  await say(send(9), ANNA);
  await say(takeIn(5), BERT);
  await say(told('leave-open', 2), ANNA);
  const { loads } = await desk.report();
  expect(loads).toMatchObject([
    {
      ...{ state: 'partly', takenInBy: [BERT] },
      lines: [{ sent: 9, arrived: 5, left: 4 }],
      notes: [{ words: '2 × NUT, damaged, damaged on the way, from Anna' }],
    },
  ]);
  await say(takeIn(4), BERT);
  const after = await desk.report();
  expect(after).toMatchObject({ open: 0, loads: [{ state: 'arrived', takenInBy: [BERT] }] });
});

it('what never came stays on the page with how many, and is nobody’s work any more', async () => {
  await say(send(9), ANNA);
  await say(takeIn(6), ANNA);
  await say(told('close-short', 3), ANNA);
  expect(desk.open()).toBe(0);
  expect(await desk.report()).toMatchObject({
    open: 0,
    loads: [{ state: 'short', lines: [{ sent: 9, arrived: 6, left: 3, closed: true }] }],
  });
});

it('the oldest that is still to be taken in is first, what came comes after, and goods may be unknown', async () => {
  const OTHER = id('d', 99) as string;
  const THIRD = id('d', 98) as string;
  await say(send(1), ANNA);
  await say(send(2, { document: OTHER, item: id('f', 99) }), ANNA);
  await say(send(3, { document: THIRD }), ANNA);
  await say(takeIn(1), ANNA);
  const { loads, open } = await desk.report();
  expect(open).toBe(2);
  expect(loads.map((load) => load.id)).toEqual([OTHER, THIRD, WORK]);
  expect(loads[0]?.lines).toMatchObject([{ code: id('f', 99), name: '' }]);
});
