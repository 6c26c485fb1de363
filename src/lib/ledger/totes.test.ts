// Totes, as the hub decides them: goods of one order at a time, whoever picks it, until they are
// delivered or packed; and a world that is folded anew says the same.

import { describe, expect, it } from 'vitest';
import { order, ORDER } from '../../../tests/torture/support/goods.ts';
import { deliver, NUT, SALES } from '../../../tests/torture/support/kinds.ts';
import { fresh, Hub } from '../../../tests/torture/support/undo-hub.ts';
import type { GoodsLine } from '../domain/index.ts';
import { fold, totesIn, withOrder } from './index.ts';

/** A second sales order, with the same lines. */
const OTHER = ORDER;
const two = withOrder(fresh, { ...order(), kind: 'salesOrder' });

const into = (tote: string, more: object = {}) =>
  deliver(1, { answers: [{ step: 'tote', value: tote, kind: 'tote' }], ...more });
const elsewhere = (tote: string, more: object = {}) => {
  const [first] = order().lines;
  return into(tote, { document: OTHER, line: first?.id, item: first?.item, ...more });
};
const pack = { type: 'pack.line', document: SALES, ...NUT, quantity: 1 } as const;
const finish = (document: string) =>
  ({ type: 'document.finish', document, linesLeftOpen: 0 }) as const;

function hubOf(): Hub {
  const hub = new Hub();
  hub.world = two;
  return hub;
}

const codeOf = (hub: Hub, line: GoodsLine) => {
  const { verdict } = hub.say(line);
  return verdict.kind === 'refused' ? verdict.fault.code : verdict.kind;
};

describe('a tote', () => {
  it('I-06: holds goods of one order at a time, in whatever letters its code is', () => {
    const hub = hubOf();
    expect(codeOf(hub, into('T-1'))).toBe('accepted');
    expect(codeOf(hub, into('t-1'))).toBe('accepted');
    expect(hub.say(elsewhere('t-1')).verdict).toMatchObject({
      fault: { code: 'ledger.tote-taken', data: { tote: 't-1' } },
    });
    expect(codeOf(hub, elsewhere('T-2'))).toBe('accepted');
    expect(totesIn(hub.world, SALES)).toEqual(['T-1']);
    expect(totesIn(hub.world, OTHER)).toEqual(['T-2']);
  });

  it('is free when its order is delivered', () => {
    const hub = hubOf();
    hub.say(into('T-1'));
    hub.say(finish(SALES));
    expect(totesIn(hub.world, SALES)).toEqual([]);
    expect(codeOf(hub, elsewhere('T-1'))).toBe('accepted');
  });

  it('is free when the last of what is in it was taken back', () => {
    const hub = hubOf();
    const { id: first } = hub.say(into('T-1'));
    const { id: second } = hub.say(into('T-1'));
    hub.undo(into('T-1'), first);
    expect(codeOf(hub, elsewhere('T-1'))).toBe('ledger.tote-taken');
    hub.undo(into('T-1'), second);
    expect(codeOf(hub, elsewhere('T-1'))).toBe('accepted');
  });

  it('is taken until its goods are packed for good', () => {
    const hub = hubOf();
    hub.say(into('T-1', { posting: 'packed' }));
    hub.say(finish(SALES));
    expect(codeOf(hub, elsewhere('T-1'))).toBe('ledger.tote-taken');
    hub.say({ ...pack, posting: 'document-complete' });
    expect(codeOf(hub, elsewhere('T-1'))).toBe('ledger.tote-taken');
    hub.say(finish(SALES));
    expect(codeOf(hub, elsewhere('T-1'))).toBe('accepted');
  });

  it('is free when what is in it is picked again', () => {
    const hub = hubOf();
    hub.say(into('T-1', { posting: 'packed' }));
    hub.say({
      ...{ type: 'exception.report', document: SALES, exception: 'missing' },
      remedy: 'pick-again',
    });
    expect(codeOf(hub, elsewhere('T-1'))).toBe('accepted');
  });

  it('I-13: is the same order’s when the journal is read anew', () => {
    const hub = hubOf();
    hub.say(into('T-1'));
    hub.say(into('T-2'));
    hub.say(elsewhere('T-3'));
    hub.say(finish(SALES));
    hub.say(elsewhere('T-1'));
    const again = hub.entries.reduce(fold, two);
    expect([...again.totes.entries()]).toEqual([...hub.world.totes.entries()]);
    expect([...again.totes.entries()].sort()).toEqual([
      ['t-1', OTHER],
      ['t-3', OTHER],
    ]);
  });
});
