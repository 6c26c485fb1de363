// Who is in the way when a line is taken back: whoever used the goods since, or nobody who may.

import { describe, expect, it } from 'vitest';
import {
  batch,
  id,
  ORDER,
  OTHER_PLACE,
  plain,
  serials,
} from '../../../tests/torture/support/goods.ts';
import {
  count,
  counted,
  deliver,
  difference,
  from,
  HERE,
  issue,
  MADE,
  move,
  produce,
} from '../../../tests/torture/support/kinds.ts';
import { Hub } from '../../../tests/torture/support/undo-hub.ts';
import { fault, LIMITS } from '../domain/index.ts';
import type { GoodsLine, SessionId } from '../domain/index.ts';
import { stateOf } from './index.ts';

describe('goods that somebody used since', () => {
  const there = { location: OTHER_PLACE };
  const uses: [string, GoodsLine, GoodsLine, object][] = [
    ['received, then moved on', plain(4), move(1, { item: plain(1).item }), { used: 1 }],
    [
      'a batch received, then moved on',
      batch(3),
      move(2, { item: batch(1).item, tracking: 'batch', batch: 'l1' }),
      { used: 2 },
    ],
    [
      'serials received, then moved on',
      serials('S1', 'S2'),
      move(1, { item: serials('S').item, tracking: 'serial', serials: ['S2'] }),
      { used: 1 },
    ],
    [
      'made, then moved on',
      produce(2),
      move(2, { item: MADE, tracking: 'batch', batch: 'P1' }),
      { used: 2 },
    ],
    ['moved, then issued there', move(4), issue(3, there), { did: 'issue.line', used: 3 }],
    ['moved, then delivered there', move(4), deliver(2, there), { did: 'deliver.line', used: 2 }],
    ['counted more, then issued', count(difference(2)), issue(1), { did: 'issue.line', used: 1 }],
  ];

  it.each(uses)('%s: refused, and it is said who, what, how many, when', (_n, line, use, said) => {
    const hub = new Hub();
    const target = hub.booked(line);
    hub.nowMs += 7 * 60_000;
    hub.say(use, { operator: 'Bert', session: id<SessionId>('a', 202) });
    for (const type of ['line.undo', 'line.reverse'] as const) {
      expect(hub.undo(line, target, type)).toMatchObject({
        fault: { code: 'ledger.undo-used', data: { operator: 'Bert', minutes: 0, ...said } },
      });
    }
    hub.nowMs += 3 * 60_000;
    expect(hub.undo(line, target)).toMatchObject({ fault: { data: { minutes: 3 } } });
    expect(hub.postings().filter(({ reverses }) => reverses !== undefined)).toEqual([]);
  });

  it('elsewhere, of another batch, or undone: nobody is in the way', () => {
    const hub = new Hub();
    const line = batch(3);
    const other = { item: line.item, tracking: 'batch' };
    const target = hub.booked(line);
    hub.say(move(1, { ...other, batch: 'L2' }));
    hub.say(
      move(1, {
        ...other,
        batch: 'L1',
        from: { ...from, location: OTHER_PLACE },
        to: { warehouse: HERE, location: id('f', 97) },
      }),
    );
    const away = move(1, { ...other, batch: 'L1' });
    const { id: moved } = hub.say(away);
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-used' } });
    hub.undo(away, moved);
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-posted' } });
  });

  it('made up for since: shown, and it goes back', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.say(move(1, { item: plain(1).item }), { operator: 'Bert' });
    hub.say(plain(2));
    const told = hub.undo(plain(4), target);
    const said = { operator: 'Bert', did: 'move.line', used: 1 };
    expect(told).toMatchObject({ fault: { code: 'ledger.undo-posted', data: said } });
    expect(hub.undo(plain(4), target, 'line.reverse').kind).toBe('accepted');
  });

  it('a place that was counted since: told anew, nothing goes back', () => {
    const hub = new Hub();
    const target = hub.booked(issue(4));
    hub.say(count(counted(6)), { operator: 'Bert' });
    const said = { operator: 'Bert', minutes: 0 };
    expect(hub.undo(issue(4), target, 'line.reverse')).toMatchObject({
      fault: { code: 'ledger.undo-counted', data: said },
    });
  });
});

describe('a place that was emptied since', () => {
  it('was told anew, whatever of it the line had brought', () => {
    const hub = new Hub();
    const target = hub.booked(issue(4));
    const [{ item }] = [issue(4)];
    const others = [{ item, tracking: 'none' as const }];
    hub.say(count(counted(0), { item: MADE, emptied: { place: 'A-01', others } }));
    expect(hub.undo(issue(4), target, 'line.reverse')).toMatchObject({
      fault: { code: 'ledger.undo-counted' },
    });
  });
});

describe('who may not', () => {
  it('another session, an unknown line, a line that was undone', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    const stranger = { session: id<SessionId>('a', 202) };
    const asked = { type: 'line.reverse', document: ORDER, target, reason: 'x' } as const;
    const nothing = { fault: { code: 'ledger.nothing-to-undo' } };
    expect(hub.say(asked, stranger).verdict).toMatchObject(nothing);
    expect(hub.undo(plain(4), id('c', 404), 'line.reverse')).toMatchObject(nothing);
  });

  it('what Exact refused is the office’s; dropped there it is nobody’s to take back', () => {
    const hub = new Hub();
    const { id: target } = hub.say({ ...plain(4), posting: 'line-complete' });
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no' }) });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-rejected' } });
  });

  it('after the time that the hub remembers others, nobody knows who used the goods', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.nowMs += LIMITS.documentKeepMs;
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-office' } });
  });

  it('a reversal that Exact refused stands as an exception; dropped, it may be tried anew', () => {
    const hub = new Hub();
    const target = hub.booked(plain(4));
    hub.undo(plain(4), target, 'line.reverse');
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no' }) });
    expect(stateOf(hub.world, target)).toMatchObject({ kind: 'exception' });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-again' } });
    hub.settle({ kind: 'rejected', fault: fault('exact.rejected', { words: 'no', dropped: 'x' }) });
    expect(hub.undo(plain(4), target)).toMatchObject({ fault: { code: 'ledger.undo-posted' } });
  });
});
