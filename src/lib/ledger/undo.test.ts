// Taking one line back, for every kind of work: what does it, who is in the way, and that the books
// are then what they were. The books here are an auditor's: he reads postings and adds up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batch,
  command,
  contextOf,
  id,
  ORDER,
  plain,
} from '../../../tests/torture/support/goods.ts';
import {
  count,
  difference,
  GLUE,
  issue,
  move,
  produce,
  SHOP,
  WORK,
} from '../../../tests/torture/support/kinds.ts';
import { fresh, glue, Hub, LINES } from '../../../tests/torture/support/undo-hub.ts';

import type { CommandId, GoodsLine, Posting } from '../domain/index.ts';
import { decide, fold, reversal, stateOf } from './index.ts';

describe.each(LINES)('%s', (_name, line, by) => {
  it('before the cut: done and undone, the books are as they were', () => {
    const hub = new Hub();
    const before = hub.books();
    const { id: target } = hub.say(line);
    expect(hub.undo(line, target)).toMatchObject({ kind: 'accepted' });
    expect(hub.books()).toEqual(before);
    expect(hub.postings()).toEqual([]);
  });

  it('I-03: on its way to Exact nothing is taken back; it waits and says so', () => {
    const hub = new Hub();
    const { id: target } = hub.say({ ...line, posting: 'line-complete' });
    for (const type of ['line.undo', 'line.reverse'] as const) {
      expect(hub.undo(line, target, type)).toMatchObject({
        fault: { code: 'ledger.undo-under-way' },
      });
    }
    expect(hub.postings()).toHaveLength(1);
  });

  it('in Exact: the first undo tells what does it and changes nothing; the word does it once', () => {
    const hub = new Hub();
    const before = hub.books();
    const target = hub.booked(line);
    const standing = hub.books();
    const told = hub.undo(line, target);
    const code = by === undefined ? 'ledger.undo-office' : 'ledger.undo-posted';
    expect(told).toMatchObject({ kind: 'refused', fault: { code, data: { number: '7' } } });
    expect([hub.books(), hub.postings().length]).toEqual([standing, 1]);
    const word = hub.undo(line, target, 'line.reverse');
    if (by === undefined) {
      expect(word).toMatchObject({ fault: { code } });
      return;
    }
    expect([word.kind, hub.last?.kind]).toEqual(['accepted', by]);
    expect(hub.entries.at(-1)?.body).toMatchObject({ type: 'posting-cut', reason: 'wrong' });
    expect(hub.undo(line, target, 'line.reverse')).toMatchObject({
      fault: { code: 'ledger.undo-again' },
    });
    hub.settle();
    expect(hub.books()).toEqual(before);
    expect(stateOf(hub.world, target)).toEqual({ kind: 'undone' });
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-again' } });
    expect(hub.postings()).toHaveLength(2);
    expect(hub.entries.reduce(fold, fresh).documents.get(line.document)).toEqual(
      hub.world.documents.get(line.document),
    );
  });
});

describe('one line of a posting of several', () => {
  const shares: [string, GoodsLine, GoodsLine, string | undefined][] = [
    ['the same order line', plain(4), plain(3), 'purchaseReturn'],
    ['another batch of it', batch(3), batch(2, { batch: 'L2' }), 'purchaseReturn'],
    ['another order line', plain(4), batch(2), 'purchaseReturn'],
    ['an issue in parts', issue(4), issue(3), 'materialReversal'],
    ['batches issued', issue(2, glue), issue(3, { ...GLUE, batch: 'B2' }), 'materialReversal'],
    ['moved together', move(4), move(3), 'locationTransfer'],
    ['counted together', count(difference(2)), count(difference(1)), 'stockCount'],
    ['made in parts', produce(2), produce(1), undefined],
  ];

  it.each(shares)('%s: that line alone goes back', (_name, line, other, by) => {
    const hub = new Hub();
    hub.booked(other);
    const rest = hub.books().stock;
    const together = new Hub();
    const target = together.booked(line, other);
    if (by === undefined) {
      expect(together.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-office' } });
      return;
    }
    together.undo(line, target, 'line.reverse');
    expect(together.last).toMatchObject({ kind: by, takesBack: [target] });
    together.settle();
    expect(together.books().stock).toEqual(rest);
    expect(stateOf(together.world, target)).toEqual({ kind: 'undone' });
  });

  it('the other line can go back too, and the office no longer takes back the whole', () => {
    const hub = new Hub();
    const lines = [plain(4), batch(2)] as const;
    const first = hub.booked(...lines);
    const second = id<CommandId>('c', 2);
    const whole = hub.last;
    hub.undo(lines[0], first, 'line.reverse');
    hub.settle();
    const asked = { document: ORDER, posting: whole?.id ?? id('b', 1), reason: 'all of it' };
    const refused = reversal(hub.world, asked, () => whole, contextOf(hub.world));
    expect(refused).toEqual({ kind: 'refused', why: 'part' });
    expect(hub.undo(lines[1], second, 'line.reverse').kind).toBe('accepted');
    hub.settle();
    expect(hub.books().stock).toEqual({});
  });
});

const anyLine = fc.constantFrom(...LINES.filter(([, , by]) => by !== undefined));

/** Any lines, cut or not; then all of them taken back, the last first. */
function doAndUndo(decideWith: typeof decide) {
  return fc.property(fc.array(anyLine, { maxLength: 6 }), fc.boolean(), (lines, cut) => {
    const hub = new Hub();
    const before = hub.books();
    const done: [GoodsLine, CommandId][] = [];
    for (const [, line] of lines) {
      const said = hub.say(line);
      if (said.verdict.kind === 'accepted') done.push([line, said.id]);
    }
    if (cut) {
      for (const document of [ORDER, SHOP, WORK]) {
        hub.say({ type: 'document.finish', document, linesLeftOpen: 0 });
      }
      hub.settle();
    }
    let all = true;
    for (const [line, target] of done.reverse()) {
      const made = command(1_000 + hub.entries.length, {
        ...{ type: 'line.reverse', document: line.document, target, reason: 'wrong' },
      });
      const { entries, verdict } = decideWith(hub.world, made, contextOf(hub.world));
      hub.take(entries);
      hub.settle();
      all &&= verdict.kind === 'accepted';
    }
    if (all) expect(hub.books()).toEqual(before);
  });
}

describe('any lines, done and undone the last first', () => {
  it('I-03 I-06: leave the books equal, before the cut and after Exact has them', () => {
    fc.assert(doAndUndo(decide), { numRuns: 400 });
  });

  it('a ledger that takes back the whole posting for one of its lines is seen: planted', () => {
    const careless: typeof decide = (world, made, context) => {
      const decision = decide(world, made, context);
      const entries = decision.entries.map((entry) => {
        if (entry.body.type !== 'posting-cut') return entry;
        const { posting } = entry.body;
        const whole = [...(world.documents.get(posting.document)?.postings.values() ?? [])].find(
          ({ posting: { id: known } }) => known === posting.reverses,
        );
        if (posting.takesBack === undefined || whole === undefined || !('lines' in posting))
          return entry;
        const lines = 'lines' in whole.posting ? whole.posting.lines : [];
        return { ...entry, body: { ...entry.body, posting: { ...posting, lines } as Posting } };
      });
      return { ...decision, entries };
    };
    expect(fc.check(doAndUndo(careless), { numRuns: 400 }).failed).toBe(true);
  });
});
