// Goods that were picked and wait to be packed, as the hub decides them: nothing goes to Exact before
// it is packed, nothing is packed that was not picked, nothing twice, and what is missing is open
// on its order again.

import { describe, expect, it } from 'vitest';
import { contextOf, OTHER_PLACE, PLACE, T0 } from '../../../tests/torture/support/goods.ts';
import { deliver, GLUE, LAMP, NUT, SALES } from '../../../tests/torture/support/kinds.ts';
import { Hub } from '../../../tests/torture/support/undo-hub.ts';
import { LIMITS } from '../domain/index.ts';
import type { CommandId, ExceptionReport, GoodsLine, SessionId } from '../domain/index.ts';
import { progress, retire, stateOf, sweep, toPack, touched } from './index.ts';

const pick = (quantity: number, more: object = {}) =>
  deliver(quantity, { posting: 'packed', ...more });
const pack = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'pack.line', document: SALES, ...NUT, quantity },
    ...{ posting: 'document-complete', ...more },
  }) as GoodsLine;
const again = (more: object = {}) =>
  ({
    ...{ type: 'exception.report', document: SALES, exception: 'missing' },
    ...{ remedy: 'pick-again', ...more },
  }) as ExceptionReport;
const finish = { type: 'document.finish', document: SALES, linesLeftOpen: 0 } as const;
const glue = (batch: string) => ({ ...GLUE, batch });
const lamps = (...serials: string[]) => ({ ...LAMP, serials });

/** Stock units that the order line still waits for, by what the ledger says is on it. */
const pending = (hub: Hub, line = NUT.line) => progress(hub.world, SALES).get(line);
const left = (hub: Hub, line = NUT.line) => toPack(hub.world, SALES).get(line);
const codeOf = (hub: Hub, line: GoodsLine) => {
  const { verdict } = hub.say(line);
  return verdict.kind === 'refused' ? verdict.fault.code : verdict.kind;
};

describe('goods that wait to be packed', () => {
  it('do not go to Exact when the pick is finished, nor when nobody came for long', () => {
    const hub = new Hub();
    hub.say(pick(4));
    hub.say(finish);
    expect(hub.postings()).toEqual([]);
    const later = contextOf(hub.world, hub.nowMs + 10 * LIMITS.unpostedMaxMs);
    expect(sweep(hub.world, later)).toEqual([]);
    expect(pending(hub)).toMatchObject({ pending: 4 });
    expect(left(hub)).toEqual({ left: [{ quantity: 4 }], packed: 0 });
  });

  it('go as what was packed of them, out of where they were picked', () => {
    const hub = new Hub();
    hub.say(pick(4));
    hub.say(pick(3, { location: OTHER_PLACE }));
    expect(hub.say(pack(6)).verdict.kind).toBe('accepted');
    hub.say(finish);
    expect(hub.last).toMatchObject({
      kind: 'goodsDelivery',
      lines: [
        { orderLine: NUT.line, quantity: 4, location: PLACE },
        { orderLine: NUT.line, quantity: 2, location: OTHER_PLACE },
      ],
    });
    expect(pending(hub)).toMatchObject({ received: 0, pending: 7 });
    hub.settle();
    expect(pending(hub)).toMatchObject({ received: 6, pending: 1 });
    expect(left(hub)).toEqual({ left: [{ quantity: 1 }], packed: 0 });
  });

  it.each<[string, GoodsLine, string]>([
    ['more than was picked', pack(5), 'ledger.over-pick'],
    ['none of them', pack(0), 'ledger.invalid'],
    ['a line that was not picked', pack(1, { line: SALES }), 'ledger.unknown-line'],
    ['other goods under its line', pack(1, { item: GLUE.item }), 'ledger.invalid'],
    ['another batch', pack(1, glue('B9')), 'ledger.not-picked'],
    ['a batch without its number', pack(1, GLUE), 'ledger.facts-missing'],
    ['more of a batch', pack(3, glue('b1')), 'ledger.over-pick'],
    ['another piece', pack(1, lamps('S3')), 'ledger.not-picked'],
    ['a piece twice', pack(2, lamps('S1', 's1')), 'ledger.serial-known'],
    ['pieces without their numbers', pack(1, LAMP), 'ledger.facts-missing'],
    ['goods of another order', pack(1, { document: GLUE.line }), 'ledger.unknown-document'],
  ])('are not packed: %s', (_what, line, code) => {
    const hub = new Hub();
    hub.say(pick(4));
    hub.say(pick(2, glue('B1')));
    hub.say(pick(3, glue('B2')));
    hub.say(pick(2, lamps('S1', 'S2')));
    expect(codeOf(hub, line)).toBe(code);
  });

  it('I-06: are packed once, whoever packs first', () => {
    const hub = new Hub();
    hub.say(pick(4));
    hub.say(pick(2, lamps('S1', 'S2')));
    expect(codeOf(hub, pack(3))).toBe('accepted');
    expect(hub.say(pack(2), { session: 's2' as SessionId }).verdict).toMatchObject({
      fault: { code: 'ledger.over-pick', data: { allowed: 1 } },
    });
    expect(codeOf(hub, pack(1, lamps('s2')))).toBe('accepted');
    expect(codeOf(hub, pack(1, lamps('S2')))).toBe('ledger.serial-gone');
  });

  it('each batch and each piece goes as it was picked', () => {
    const hub = new Hub();
    hub.say(pick(2, glue('B1')));
    hub.say(pick(3, { ...glue('B2'), location: OTHER_PLACE }));
    hub.say(pick(2, lamps('S1', 'S2')));
    hub.say(pack(3, glue('b2')));
    hub.say(pack(1, lamps('S2')));
    hub.say(finish);
    expect(hub.last).toMatchObject({
      lines: [
        { quantity: 3, location: OTHER_PLACE, batches: [{ number: 'B2', quantity: 3 }] },
        { quantity: 1, location: PLACE, serials: ['S2'] },
      ],
    });
  });

  it('a label’s batch of goods without batches is left out', () => {
    const hub = new Hub();
    hub.say(pick(4));
    expect(codeOf(hub, pack(1, { batch: 'L7' }))).toBe('accepted');
  });

  it('what is missing is open on its order again, and may be picked anew', () => {
    const hub = new Hub();
    hub.say(pick(10));
    hub.say(pick(2, lamps('S1', 'S2')));
    hub.say(pack(7));
    hub.say(pack(1, lamps('S2')));
    hub.say(again({ line: NUT.line, quantity: 2 }));
    expect(pending(hub)).toMatchObject({ pending: 8 });
    expect(left(hub)).toEqual({ left: [{ quantity: 1 }], packed: 7 });
    expect(codeOf(hub, pick(3))).toBe('ledger.over-pick');
    expect(codeOf(hub, pick(2))).toBe('accepted');
    expect(codeOf(hub, pick(1, lamps('S1')))).toBe('ledger.serial-gone');
    hub.say(again());
    expect(codeOf(hub, pick(1, lamps('S1')))).toBe('accepted');
    expect(left(hub)).toEqual({ left: [], packed: 7 });
  });

  it('of two batches the one that is named is given up first', () => {
    const hub = new Hub();
    hub.say(pick(2, glue('B1')));
    hub.say(pick(3, glue('B2')));
    hub.say(again({ line: GLUE.line, quantity: 3, batch: 'b1' }));
    expect(left(hub, GLUE.line)).toEqual({ left: [{ batch: 'B2', quantity: 2 }], packed: 0 });
  });

  it('nothing is given up that is packed, and a pick that is given up whole is taken back', () => {
    const hub = new Hub();
    const { id: first } = hub.say(pick(4));
    const { id: second } = hub.say(pick(2));
    hub.say(pack(3));
    hub.say(again({ line: NUT.line, quantity: 100 }));
    expect(pending(hub)).toMatchObject({ pending: 3 });
    expect(stateOf(hub.world, second)).toEqual({ kind: 'undone' });
    expect(stateOf(hub.world, first)).toEqual({ kind: 'confirmed' });
  });

  it('a pick is taken back before it is packed; then what was packed goes back first', () => {
    const hub = new Hub();
    const { id: free } = hub.say(pick(1));
    expect(hub.undo(pick(1), free).kind).toBe('accepted');
    const { id: target } = hub.say(pick(4));
    const { id: packed } = hub.say(pack(3));
    for (const way of ['line.undo', 'line.reverse'] as const) {
      expect(hub.undo(pick(4), target, way)).toMatchObject({
        fault: { code: 'ledger.undo-packed', data: { quantity: 3 } },
      });
    }
    expect(hub.undo(pack(3), packed).kind).toBe('accepted');
    expect(left(hub)).toEqual({ left: [{ quantity: 4 }], packed: 0 });
    expect(hub.undo(pick(4), target).kind).toBe('accepted');
    expect(pending(hub)).toMatchObject({ pending: 0 });
  });

  it('a packed line that Exact has is taken back by nobody here', () => {
    const hub = new Hub();
    hub.say(pick(4));
    const { id: packed } = hub.say(pack(4));
    hub.say(finish);
    hub.settle();
    expect(hub.undo(pack(4), packed)).toMatchObject({ fault: { code: 'ledger.undo-office' } });
  });

  it('a pick is as far as what was packed of it, and its station hears of that', () => {
    const hub = new Hub();
    const { id } = hub.say(pick(4));
    const { id: packed } = hub.say(pack(4));
    const told = (): CommandId[] =>
      hub.entries.slice(-1).flatMap((one) => [...touched(hub.world, one)]);
    expect(told()).toEqual([packed, id]);
    hub.say(finish);
    expect(told()).toEqual([packed, id]);
    expect(stateOf(hub.world, id)).toEqual({ kind: 'sending' });
    hub.settle();
    expect(told()).toEqual([packed, id]);
    expect(stateOf(hub.world, id)).toMatchObject({ kind: 'booked' });
  });

  it('what a person dropped is not packed anew: it was settled outside this house', () => {
    const hub = new Hub();
    hub.say(pick(4));
    hub.say(pack(4));
    hub.say(finish);
    hub.settle({
      kind: 'rejected',
      fault: { code: 'exact.rejected', data: { dropped: 'by hand' } },
    });
    expect(toPack(hub.world, SALES).get(NUT.line)).toBeUndefined();
    expect(pending(hub)).toMatchObject({ pending: 0 });
  });

  it('I-17: stay in memory until they are packed and booked', () => {
    const hub = new Hub();
    hub.say(pick(4));
    const after = () => {
      const closed = { ...hub.world, orders: hub.world.orders.delete(SALES) };
      return retire(closed, T0 + 10 * LIMITS.loadKeepMs).documents.has(SALES);
    };
    expect(after()).toBe(true);
    expect(hub.world.unposted.has(SALES)).toBe(true);
    hub.say(pack(4));
    hub.say(finish);
    expect(after()).toBe(true);
    hub.settle();
    expect(after()).toBe(false);
    expect(hub.world.unposted.has(SALES)).toBe(false);
  });
});
