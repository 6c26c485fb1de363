// Picking, packing, giving up and undoing in any order, by two people: a model that only adds up the
// verdicts says what must be on the order, in the totes and in Exact.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliver, LAMP, NUT, SALES } from '../../../tests/torture/support/kinds.ts';
import { fresh, Hub } from '../../../tests/torture/support/undo-hub.ts';
import { plus } from '../domain/index.ts';
import type { CommandId, GoodsLine, SessionId } from '../domain/index.ts';
import { fold, progress, toPack, totesIn } from './index.ts';

const GOODS = [NUT, LAMP] as const;
const ORDERED: readonly number[] = [10, 2];
const PIECES = ['S1', 'S2'];

const act = fc.record({
  does: fc.constantFrom('pick', 'pack', 'again', 'undo', 'finish', 'settle' as const),
  by: fc.constantFrom('s1', 's2'),
  goods: fc.nat(1),
  quantity: fc.integer({ min: 1, max: 6 }),
  piece: fc.nat(1),
  tote: fc.constantFrom('T-1', 'T-2'),
  nth: fc.nat(20),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** What the verdicts come to, by goods. */
class Tally {
  readonly picked: number[] = [0, 0];
  readonly packed: number[] = [0, 0];
  readonly lines: { readonly id: CommandId; readonly line: GoodsLine; readonly by: string }[] = [];
}

const indexOf = ({ item }: GoodsLine) => (item === NUT.item ? 0 : 1);

function lineOf({ does, goods, quantity, piece, tote }: Act): GoodsLine {
  const its = GOODS[goods] ?? NUT;
  const serials = goods === 1 ? { serials: [PIECES[piece] ?? ''] } : {};
  const many = goods === 1 ? 1 : quantity;
  if (does === 'pick') {
    const answers = [{ step: 'tote', value: tote, kind: 'tote' }];
    return deliver(many, { ...its, ...serials, answers, posting: 'packed' });
  }
  return {
    ...{ type: 'pack.line', document: SALES, ...its, ...serials, quantity: many },
    posting: 'document-complete',
  };
}

function take(hub: Hub, tally: Tally, one: Act): void {
  const line = lineOf(one);
  const { verdict, id } = hub.say(line, { session: one.by as SessionId });
  if (verdict.kind !== 'accepted') return;
  const sums = one.does === 'pick' ? tally.picked : tally.packed;
  sums[indexOf(line)] = (sums[indexOf(line)] ?? 0) + ('quantity' in line ? line.quantity : 0);
  tally.lines.push({ id, line, by: one.by });
}

function undo(hub: Hub, tally: Tally, one: Act): void {
  const target = tally.lines[one.nth % Math.max(1, tally.lines.length)];
  if (target === undefined) return;
  const before = hub.world.documents.get(SALES)?.takes.get(target.id)?.line;
  const asked = { type: 'line.undo', document: SALES, target: target.id } as const;
  const { verdict } = hub.say(asked, { session: target.by as SessionId });
  if (verdict.kind !== 'accepted' || before === undefined || !('quantity' in before)) return;
  const sums = before.type === 'pack.line' ? tally.packed : tally.picked;
  sums[indexOf(before)] = (sums[indexOf(before)] ?? 0) - before.quantity;
}

function run(hub: Hub, tally: Tally, one: Act): void {
  const { does, goods, quantity, by } = one;
  if (does === 'settle') return hub.settle();
  if (does === 'undo') return undo(hub, tally, one);
  const session = by as SessionId;
  if (does === 'finish') {
    hub.say({ type: 'document.finish', document: SALES, linesLeftOpen: 0 }, { session });
    return undefined;
  }
  if (does !== 'again') return take(hub, tally, one);
  const line = (GOODS[goods] ?? NUT).line;
  const report = { type: 'exception.report', document: SALES, line, quantity } as const;
  hub.say({ ...report, exception: 'missing', remedy: 'pick-again' });
  const left = (tally.picked[goods] ?? 0) - (tally.packed[goods] ?? 0);
  tally.picked[goods] = (tally.picked[goods] ?? 0) - Math.min(left, quantity);
  return undefined;
}

const delivered = (hub: Hub, item: string): number =>
  hub
    .postings()
    .flatMap((posting) => (posting.kind === 'goodsDelivery' ? posting.lines : []))
    .filter((line) => line.item === item)
    .reduce((sum, line) => plus(sum, line.quantity), 0);

function check(hub: Hub, { picked, packed }: Tally): void {
  const lines = progress(hub.world, SALES);
  const waiting = toPack(hub.world, SALES);
  GOODS.forEach(({ line, item }, at) => {
    const { received = 0, pending = 0 } = lines.get(line) ?? {};
    expect(received + pending, 'what is on the order is what was picked').toBe(picked[at]);
    expect(picked[at], 'I-06: never over').toBeLessThanOrEqual(ORDERED[at] ?? 0);
    const left = (waiting.get(line)?.left ?? []).reduce((sum, one) => sum + one.quantity, 0);
    expect(left, 'what is left is what was picked and not packed').toBe(
      (picked[at] ?? 0) - (packed[at] ?? 0),
    );
    expect(delivered(hub, item)).toBeLessThanOrEqual(packed[at] ?? 0);
  });
  const all = picked.reduce((sum, one) => sum + one, 0);
  if (all === 0) expect(totesIn(hub.world, SALES)).toEqual([]);
}

it('I-02 I-06 I-13: what is picked is packed once and delivered once, whatever happens between', () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 50 }), (acts) => {
      const [hub, tally] = [new Hub(), new Tally()];
      for (const one of acts) {
        run(hub, tally, one);
        check(hub, tally);
      }
      const again = hub.entries.reduce(fold, fresh);
      expect([...again.totes.entries()]).toEqual([...hub.world.totes.entries()]);
      expect(again.documents.get(SALES)).toEqual(hub.world.documents.get(SALES));
      for (const session of ['s1', 's2'] as SessionId[]) {
        hub.say({ type: 'document.finish', document: SALES, linesLeftOpen: 0 }, { session });
      }
      hub.settle();
      GOODS.forEach(({ item }, at) => expect(delivered(hub, item)).toBe(tally.packed[at]));
    }),
    { numRuns: 400 },
  );
});
