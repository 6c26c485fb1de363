// The ledger's judgement of every kind of work but receiving, as a table: what it refuses and why.

import { describe, expect, it } from 'vitest';
import { command, contextOf, id, undo } from '../../../tests/torture/support/goods.ts';
import {
  SALES,
  SHOP,
  HERE,
  THERE,
  GLUE,
  LAMP,
  NUT,
  SWARF,
  beside,
  fresh,
  deliver,
  issue,
  produce,
  count,
  counted,
  difference,
  from,
  move,
  after,
} from '../../../tests/torture/support/kinds.ts';
import type { Command, GoodsLine, SessionId } from '../domain/index.ts';
import { decide } from './index.ts';

const REFUSED: [name: string, line: GoodsLine, code: string, data: object][] = [
  [
    'receiving on a sales order',
    { ...deliver(1), type: 'receive.line', tolerance: 0 } as GoodsLine,
    'ledger.unknown-document',
    {},
  ],
  ['delivering on a shop order', deliver(1, { document: SHOP }), 'ledger.unknown-document', {}],
  ['a line nobody knows', deliver(1, { line: id('e', 404) }), 'ledger.unknown-line', {}],
  ['issuing what is made', issue(1, { line: SHOP }), 'ledger.unknown-line', {}],
  ['issuing a by-product', issue(1, SWARF), 'ledger.unknown-line', {}],
  ['making a material', beside(1, NUT), 'ledger.unknown-line', {}],
  [
    'more of a by-product than planned',
    beside(7),
    'ledger.over-receipt',
    { open: 6, allowed: 6, quantity: 7, unit: 'pc' },
  ],
  [
    'more than was ordered',
    deliver(11),
    'ledger.over-pick',
    { open: 10, allowed: 10, quantity: 11, unit: 'pc' },
  ],
  [
    'more than was planned',
    issue(11),
    'ledger.over-pick',
    { open: 10, allowed: 10, quantity: 11, unit: 'pc' },
  ],
  [
    'more made than planned',
    produce(5),
    'ledger.over-receipt',
    { open: 4, allowed: 4, quantity: 5, unit: 'pc' },
  ],
  ['no place', deliver(1, { location: undefined }), 'ledger.facts-missing', { fact: 'location' }],
  ['no batch', deliver(1, GLUE), 'ledger.facts-missing', { fact: 'batch' }],
  ['a lamp without its number', deliver(1, LAMP), 'ledger.facts-missing', { fact: 'serials' }],
  ['another warehouse', issue(1, { warehouse: THERE }), 'ledger.invalid', { reason: 'warehouse' }],
  [
    'goods made without expiry',
    produce(1, { expiry: undefined }),
    'ledger.facts-missing',
    { fact: 'expiry' },
  ],
  ['less than nothing counted', count(counted(-1)), 'ledger.invalid', { reason: 'quantity' }],
  [
    'a place that is empty and has something',
    count(counted(1), { emptied: { place: 'A-01', others: [] } }),
    'ledger.invalid',
    { reason: 'emptied' },
  ],
  [
    'an empty place of which a batch has no number',
    count(counted(0), {
      emptied: { place: 'A-01', others: [{ item: GLUE.item, tracking: 'batch' }] },
    }),
    'ledger.facts-missing',
    { fact: 'batch' },
  ],
  ['no difference', count(difference(0)), 'ledger.invalid', { reason: 'quantity' }],
  [
    'a batch counted without its number',
    count(counted(3), { tracking: 'batch' }),
    'ledger.facts-missing',
    { fact: 'batch' },
  ],
  [
    'a difference without its batch',
    count(difference(-1), { tracking: 'batch' }),
    'ledger.facts-missing',
    { fact: 'batch' },
  ],
  [
    'a missing lamp without its number',
    count(difference(-1), { tracking: 'serial' }),
    'ledger.facts-missing',
    { fact: 'serials', count: 0, quantity: 1 },
  ],
  [
    'a batch where there is none',
    count(counted(1), { batch: 'B' }),
    'ledger.invalid',
    { reason: 'batch' },
  ],
  ['a move to where it is', move(1, { to: from }), 'ledger.invalid', { reason: 'place' }],
  [
    'a move within, from nowhere',
    move(1, { from: { warehouse: HERE } }),
    'ledger.facts-missing',
    { fact: 'location' },
  ],
  ['nothing moved', move(0), 'ledger.invalid', { reason: 'quantity' }],
  [
    'a batch moved without its number',
    move(1, { tracking: 'batch' }),
    'ledger.facts-missing',
    { fact: 'batch' },
  ],
];

describe('the ledger refuses', () => {
  it.each(REFUSED)('%s', (_name, line, code, data) => {
    const decided = decide(fresh, command(1, line), contextOf(fresh));
    expect(decided.verdict).toMatchObject({ kind: 'refused', fault: { code, data } });
    expect(decided.entries.map((entry) => entry.body.type)).toEqual(['command-refused']);
  });

  it('a serial number that went out before, until it came in again', () => {
    const out = deliver(1, { ...LAMP, serials: ['S1'] });
    const gone = after(fresh, command(1, out));
    const again = decide(gone, command(2, out), contextOf(gone));
    expect(again.verdict).toMatchObject({
      fault: { code: 'ledger.serial-gone', data: { serial: 'S1' } },
    });
    const undone = after(gone, command(2, { ...undo(1), document: SALES }));
    expect(decide(undone, command(3, out), contextOf(undone)).verdict.kind).toBe('accepted');
  });

  it('I-06: a second station that picks what the first one has', () => {
    const picked = after(fresh, command(1, deliver(7)));
    const other = { station: id('a', 2), session: id<SessionId>('a', 102) } as Partial<Command>;
    const second = decide(picked, command(2, deliver(4), other), contextOf(picked));
    expect(second.verdict).toMatchObject({
      fault: { code: 'ledger.over-pick', data: { allowed: 3 } },
    });
  });
});
