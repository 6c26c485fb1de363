// Everything that lay in a place, as the hub decides it: one posting, and nobody who used some of it
// since is passed over.

import { describe, expect, it } from 'vitest';
import { batch, id, OTHER_PLACE, serials } from '../../../tests/torture/support/goods.ts';
import { HERE, issue, MADE, move } from '../../../tests/torture/support/kinds.ts';
import { Hub } from '../../../tests/torture/support/undo-hub.ts';
import type { CarriedGoods, Id, SessionId } from '../domain/index.ts';

const GLUE: CarriedGoods = {
  ...{ item: batch(1).item, tracking: 'batch', quantity: 2, batch: 'L1' },
};
const LAMP: CarriedGoods = {
  ...{ item: serials('S1').item, tracking: 'serial', quantity: 2, serials: ['S1', 'S2'] },
};
const TO = { warehouse: HERE, location: OTHER_PLACE };
const AWAY = { warehouse: HERE, location: id<Id<'place'>>('b', 77) };
const all = (...others: CarriedGoods[]) => move(4, { everything: { place: 'A-01', others } });

describe('everything in a place', () => {
  it.each<[string, CarriedGoods, string]>([
    ['nothing of something', { ...GLUE, quantity: 0 }, 'ledger.invalid'],
    ['a batch without its number', { ...GLUE, batch: undefined } as never, 'ledger.facts-missing'],
    ['fewer numbers than pieces', { ...LAMP, quantity: 3 }, 'ledger.facts-missing'],
    ['a number twice', { ...LAMP, serials: ['S1', 'S1'] }, 'ledger.serial-known'],
    ['a batch of plain goods', { ...GLUE, tracking: 'none' }, 'ledger.invalid'],
  ])('is refused whole: %s', (_what, odd, code) => {
    expect(new Hub().say(all(odd)).verdict).toMatchObject({ kind: 'refused', fault: { code } });
  });

  it('goes back whole while it lies there', () => {
    const hub = new Hub();
    const target = hub.booked(all(GLUE, LAMP));
    expect(hub.undo(all(GLUE, LAMP), target)).toMatchObject({
      fault: { code: 'ledger.undo-posted' },
    });
    expect(hub.undo(all(GLUE, LAMP), target, 'line.reverse').kind).toBe('accepted');
  });

  it.each([
    ['the first goods', issue(3, { location: OTHER_PLACE }), 3],
    [
      'a batch',
      move(1, { item: GLUE.item, tracking: 'batch', batch: 'l1', from: TO, to: AWAY }),
      1,
    ],
    [
      'one piece',
      move(1, { item: LAMP.item, tracking: 'serial', serials: ['S2'], from: TO, to: AWAY }),
      1,
    ],
    [
      'all of it, with other goods before',
      move(1, {
        ...{ item: MADE, tracking: 'none', from: TO, to: AWAY },
        everything: { place: 'B-01', others: [GLUE] },
      }),
      2,
    ],
  ])('does not go back once somebody used %s of it', (_what, use, used) => {
    const hub = new Hub();
    const target = hub.booked(all(GLUE, LAMP));
    hub.say(use, { operator: 'Bert', session: id<SessionId>('a', 202) });
    expect(hub.undo(all(GLUE, LAMP), target)).toMatchObject({
      fault: { code: 'ledger.undo-used', data: { operator: 'Bert', used } },
    });
  });
});
