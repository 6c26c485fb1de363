// The ledger against a model that knows nothing of worlds: it reads the entries, as an auditor
// would, and adds up.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { order, ORDER, SERIAL } from '../../../tests/torture/support/goods.ts';
import { act, LINES, Shop, TOLERANCE } from '../../../tests/torture/support/shop.ts';
import { minus, plus } from '../domain/index.ts';
import { decide, progress, withOrder } from './index.ts';
import type { JournalEntry, World } from './index.ts';

/** Goods that stand in the entries: per line accepted minus undone. Reads nothing else. */
function taken(entries: readonly JournalEntry[]): ReadonlyMap<string, number> {
  const lines = new Map<string, number>(LINES.map((line) => [line, 0]));
  const byCommand = new Map<string, { line: string; quantity: number }>();
  for (const { body } of entries) {
    if (body.type === 'line-received') {
      if (body.line.type !== 'receive.line') throw new Error('this shop only receives');
      byCommand.set(body.by.command, body.line);
      lines.set(body.line.line, plus(lines.get(body.line.line) ?? 0, body.line.quantity));
    }
    const undone = body.type === 'line-undone' ? byCommand.get(body.undo.target) : undefined;
    if (undone !== undefined) {
      lines.set(undone.line, minus(lines.get(undone.line) ?? 0, undone.quantity));
    }
  }
  return lines;
}

function check(shop: Shop): void {
  for (const [line, quantity] of taken(shop.entries)) {
    const ordered = order().lines.find((known) => known.id === line)?.ordered ?? 0;
    expect(quantity, 'I-06: never over').toBeLessThanOrEqual(ordered * (1 + TOLERANCE) + 1e-9);
  }
  const cut = shop.postings().flatMap(({ posting }) => posting.commands);
  expect(new Set(cut).size, 'nothing is cut twice').toBe(cut.length);
  const numbers = shop.world.serials.size;
  expect(numbers, 'serials in hand').toBe(taken(shop.entries).get(SERIAL.line));
}

/** What two worlds must agree on; books are compared by what they say. */
function told(world: World) {
  const state = world.documents.get(ORDER);
  return {
    seq: world.seq,
    takes: state?.takes,
    acts: state?.acts,
    postings: state?.postings,
    progress: progress(world, ORDER),
    commands: new Map(world.commands.entries()),
    serials: new Map(world.serials.entries()),
    unposted: new Map(world.unposted.entries()),
  };
}

/** The end of the day: everything is cut, sent, and seen by the mirror. */
function closeDay(shop: Shop): void {
  shop.sweep();
  for (const at of shop.postings().keys()) shop.settle(at, true);
  shop.look();
}

function day(decideWith: typeof decide) {
  return fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
    const shop = new Shop(decideWith);
    for (const one of acts) {
      shop.run(one);
      check(shop);
    }
    expect(told(shop.replayed()), 'replay').toEqual(told(shop.world));
    closeDay(shop);
    check(shop);
    const goods = taken(shop.entries);
    for (const [line, { received, pending }] of progress(shop.world, ORDER)) {
      expect(shop.doneInExact(line), 'all goods are posted once').toBe(goods.get(line));
      expect({ received, pending }, 'open is true at the end of the day').toEqual({
        received: goods.get(line),
        pending: 0,
      });
    }
  });
}

describe('the ledger over a day of any acts', () => {
  it('I-02 I-06 I-13: never over, nothing cut twice, all posted once, replay is the same', () => {
    fc.assert(day(decide), { numRuns: 1000 });
  });

  it('the model sees a ledger without the tolerance check', () => {
    const plenty = order({ lines: order().lines.map((line) => ({ ...line, ordered: 1e5 })) });
    const careless: typeof decide = (world, made, context) =>
      decide(withOrder(world, plenty), made, context);
    expect(fc.check(day(careless), { numRuns: 1000 }).failed).toBe(true);
  });

  it('the model sees a ledger that decides two stations on the same old world', () => {
    let old: World | undefined;
    const racing: typeof decide = (world, made, context) => {
      const seen = old !== undefined && old.seq < world.seq ? old : world;
      old = world;
      return decide({ ...seen, seq: world.seq, commands: world.commands }, made, context);
    };
    expect(fc.check(day(racing), { numRuns: 1000 }).failed).toBe(true);
  });
});
