// Material that comes back from a shop order: never more than was issued from here and booked, of
// the batches and numbers that were issued, and each piece of it once, whoever says what in between.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OTHER_PLACE } from '../../../tests/torture/support/goods.ts';
import {
  bringBack,
  GLUE,
  issue,
  LAMP,
  NUT,
  SHOP,
  THERE,
} from '../../../tests/torture/support/kinds.ts';
import { fresh, glue, Hub, lamp } from '../../../tests/torture/support/undo-hub.ts';
import { backLineOf, plus } from '../domain/index.ts';
import type { GoodsLine, PostingId, PostingOf } from '../domain/index.ts';
import { fold, progress, returnable, reversal, withOrder } from './index.ts';
import type { SettledOutcome } from './index.ts';
import { contextOf } from '../../../tests/torture/support/goods.ts';

const now = { posting: 'line-complete' } as const;
const back = (quantity: number, more: object = {}) => bringBack(quantity, { ...now, ...more });

const code = ({ verdict }: ReturnType<Hub['say']>) =>
  verdict.kind === 'refused' ? verdict.fault.code : verdict.kind;

function returned(hub: Hub): PostingOf<'materialReturn'> {
  const last = hub.last;
  if (last?.kind !== 'materialReturn') throw new Error(`the last is a ${last?.kind}`);
  return last;
}

const open = (hub: Hub, plan = NUT.line) =>
  (returnable(hub.world, SHOP).get(plan) ?? []).reduce((sum, lot) => plus(sum, lot.quantity), 0);

describe('what is refused, and why', () => {
  const REFUSED: [name: string, line: GoodsLine, code: string][] = [
    ['more than was issued', back(5), 'ledger.over-return'],
    ['what was never issued', back(1, { ...GLUE, batch: 'B1' }), 'ledger.over-return'],
    ['another warehouse', back(1, { warehouse: THERE }), 'ledger.invalid'],
    ['no place', back(1, { location: undefined }), 'ledger.facts-missing'],
    ['another item', back(1, { item: GLUE.item }), 'ledger.invalid'],
    ['none', back(0), 'ledger.invalid'],
    ['what the order makes', back(1, { line: SHOP }), 'ledger.unknown-line'],
    ['an order nobody knows', back(1, { document: THERE }), 'ledger.unknown-document'],
  ];

  it.each(REFUSED)('%s', (_name, line, refused) => {
    const hub = new Hub();
    hub.booked(issue(4));
    expect(code(hub.say(line))).toBe(refused);
    expect(open(hub)).toBe(4);
  });

  it('before Exact has the issue there is nothing to come back', () => {
    const hub = new Hub();
    hub.say(issue(4, now));
    expect(code(hub.say(back(1)))).toBe('ledger.over-return');
    hub.settle();
    expect(code(hub.say(back(1)))).toBe('accepted');
  });

  it('an issue that a person found by its number has no id that a reversal could name', () => {
    const hub = new Hub();
    hub.say(issue(4, now));
    hub.settle({ kind: 'posted', exactId: '', documentNumber: '7', confirmed: 'seen' });
    expect(code(hub.say(back(1)))).toBe('ledger.over-return');
  });

  it('a batch and a serial number that were not issued, however many others were', () => {
    const hub = new Hub();
    hub.booked(issue(3, glue));
    hub.booked(issue(1, lamp));
    const other = hub.say(back(1, { ...GLUE, batch: 'B2' }));
    expect(other.verdict).toMatchObject({ fault: { data: { open: 0, number: 'B2' } } });
    const piece = hub.say(back(1, { ...LAMP, serials: ['S8'] }));
    expect(piece.verdict).toMatchObject({ fault: { data: { open: 0, number: 'S8' } } });
    expect(code(hub.say(back(3, { ...GLUE, batch: 'b1' })))).toBe('accepted');
  });
});

describe('what came back', () => {
  it('is a reversal of the newest issue first, in the place where it was put', () => {
    const hub = new Hub();
    hub.booked(issue(4));
    hub.booked(issue(3));
    const [first, second] = hub.postings().map(({ id }) => id);
    hub.say(back(5, { location: OTHER_PLACE }));
    expect(returned(hub)).toMatchObject({
      ...{ plan: NUT.line, quantity: 5, location: OTHER_PLACE },
      of: [
        { posting: second, original: 'E-1', quantity: 3 },
        { posting: first, original: 'E-1', quantity: 2 },
      ],
    });
    expect(open(hub)).toBe(2);
  });

  it('opens the plan again when Exact has it, and not before', () => {
    const hub = new Hub();
    hub.booked(issue(10));
    hub.say(back(4));
    const at = (line: string) => progress(hub.world, SHOP).get(line);
    expect(at(NUT.line)).toMatchObject({ received: 10, pending: 0 });
    expect(at(backLineOf(NUT.line))).toMatchObject({ received: 0, pending: 4 });
    hub.settle();
    expect(at(NUT.line)).toMatchObject({ received: 6, pending: 0 });
    expect(at(backLineOf(NUT.line))).toMatchObject({ received: 4, pending: 0 });
    expect(code(hub.say(issue(4, now)))).toBe('accepted');
  });

  it('waits for the end of the order where the file says so, and is one posting then', () => {
    const hub = new Hub();
    hub.booked(issue(4));
    hub.say(bringBack(1));
    hub.say(bringBack(2));
    expect(code(hub.say(bringBack(2)))).toBe('ledger.over-return');
    hub.say({ type: 'document.finish', document: SHOP, linesLeftOpen: 0 });
    expect(returned(hub)).toMatchObject({ quantity: 3, of: [{ quantity: 3 }] });
  });

  it('of a piece with a number can be issued again', () => {
    const hub = new Hub();
    hub.booked(issue(1, lamp));
    expect(code(hub.say(back(1, lamp)))).toBe('accepted');
    hub.settle();
    expect(code(hub.say(issue(1, { ...lamp, ...now })))).toBe('accepted');
  });

  it('comes also from an order that is finished by now', () => {
    const hub = new Hub();
    hub.booked(issue(4));
    const order = hub.world.orders.get(SHOP);
    if (order === undefined) throw new Error('the order is known');
    hub.world = withOrder(hub.world, { ...order, open: false });
    expect(code(hub.say(issue(1, now)))).toBe('ledger.unknown-document');
    expect(code(hub.say(back(1)))).toBe('accepted');
  });

  it('that Exact refused and a person dropped may come back once more', () => {
    const hub = new Hub();
    hub.booked(issue(4));
    hub.say(back(4));
    const refused = (data: object): SettledOutcome => {
      return { kind: 'rejected', fault: { code: 'exact.rejected', data: { ...data } } };
    };
    hub.settle(refused({}));
    expect(open(hub)).toBe(0);
    hub.settle(refused({ dropped: 'yes' }));
    expect(open(hub)).toBe(4);
  });
});

describe('what came back stands in the way of an undo', () => {
  it('of its issue, said by the operator or by the office', () => {
    const hub = new Hub();
    const line = issue(4);
    const target = hub.booked(line);
    const posting = hub.last?.id as PostingId;
    hub.say(back(1));
    const told = { fault: { code: 'ledger.undo-used', data: { did: 'return.line', used: 1 } } };
    expect(hub.undo(line, target)).toMatchObject(told);
    hub.settle();
    expect(hub.undo(line, target, 'line.reverse')).toMatchObject(told);
    const asked = { document: SHOP, posting, reason: 'wrong' };
    const office = reversal(hub.world, asked, () => undefined, contextOf(hub.world));
    expect(office).toEqual({ kind: 'refused', why: 'part' });
  });

  it('also while it is in no posting yet', () => {
    const hub = new Hub();
    const line = issue(4);
    const target = hub.booked(line);
    hub.say(bringBack(1));
    expect(hub.undo(line, target)).toMatchObject({ fault: { code: 'ledger.undo-used' } });
  });
});

describe('a return that is taken back', () => {
  it('goes to the order once more, by an issue of its own', () => {
    const hub = new Hub();
    hub.booked(issue(4));
    const line = back(3);
    const { id: target } = hub.say(line);
    hub.settle();
    expect(hub.undo(line, target)).toMatchObject({
      fault: { code: 'ledger.undo-posted', data: { by: 'materialIssue' } },
    });
    expect(hub.undo(line, target, 'line.reverse').kind).toBe('accepted');
    hub.settle();
    expect(progress(hub.world, SHOP).get(NUT.line)).toMatchObject({ received: 4, pending: 0 });
    expect(open(hub)).toBe(4);
    expect(code(hub.say(back(4)))).toBe('accepted');
    expect(returned(hub).of.map(({ quantity }) => quantity)).toEqual([3, 1]);
  });
});

type Act = readonly ['issue' | 'back' | 'undo' | 'settle', number];

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.tuple(fc.constantFrom('issue', 'back', 'undo', 'settle'), fc.integer({ min: 1, max: 5 })),
  { maxLength: 25 },
);

it('I-06 whatever is issued, brought back and undone, no issue gives more than it took', () => {
  fc.assert(
    fc.property(acts, (all) => {
      const hub = new Hub();
      const said: [GoodsLine, ReturnType<Hub['say']>['id']][] = [];
      for (const [act, amount] of all) {
        if (act === 'settle') hub.settle();
        const line = act === 'issue' ? issue(amount, now) : back(amount);
        if (act === 'issue' || act === 'back') said.push([line, hub.say(line).id]);
        const target = said[amount];
        if (act === 'undo' && target !== undefined) hub.undo(...target, 'line.reverse');
      }
      hub.settle();
      const postings = hub.postings();
      for (const posting of postings) {
        if (posting.kind !== 'materialIssue') continue;
        const gone = postings.flatMap((other) => {
          if (other.kind === 'materialReversal' && other.reverses === posting.id) {
            return [other.quantity ?? posting.quantity];
          }
          if (other.kind !== 'materialReturn') return [];
          return other.of.filter((part) => part.posting === posting.id).map((p) => p.quantity);
        });
        expect(gone.reduce(plus, 0)).toBeLessThanOrEqual(posting.quantity);
      }
      expect(hub.entries.reduce(fold, fresh).documents.get(SHOP)).toEqual(
        hub.world.documents.get(SHOP),
      );
      expect(Math.min(0, ...Object.values(hub.stock()))).toBeGreaterThanOrEqual(-10);
    }),
    { numRuns: 200 },
  );
});
