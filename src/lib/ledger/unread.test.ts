// While the mirror has not read all orders of a kind, what is not known may still come.

import { describe, expect, it } from 'vitest';
import {
  command,
  contextOf,
  finish,
  id,
  order,
  orderWith,
  PLAIN,
  plain,
  undo,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import { LIMITS } from '../domain/index.ts';
import type { CommandPayload, Id, OrderKind } from '../domain/index.ts';
import { decide, fold, withUnread } from './index.ts';
import type { World } from './index.ts';

const LATER = { kind: 'later', afterMs: LIMITS.orderUnreadMs, fault: { code: 'exact.mirror' } };
const unread = (world: World, ...kinds: OrderKind[]) => withUnread(world, new Set(kinds));
const judged = (world: World, payload: CommandPayload) =>
  decide(world, command(1, payload), contextOf(world));

describe('I-01: while purchase orders are being read', () => {
  it.each([
    ['an order that is not here', worldWith(), plain(1)],
    ['a line that is not here', worldWith(order()), plain(1, { line: id<Id<'line'>>('e', 77) })],
    ['a line whose item is not here', worldWith(orderWith(PLAIN.line, { open: false })), plain(1)],
  ])('%s is put off, and nothing is written', (_what, world, payload) => {
    const { entries, verdict } = judged(unread(world, 'purchaseOrder'), payload);
    expect(verdict).toMatchObject(LATER);
    expect(entries).toEqual([]);
    // Read in full: what is not there is not there.
    expect(judged(unread(world), payload).verdict.kind).toBe('refused');
  });

  it('I-23: the end of an order that is not here is refused at once: no goods wait in it', () => {
    const world = unread(worldWith(), 'purchaseOrder', 'salesOrder', 'shopOrder');
    expect(judged(world, finish()).verdict).toMatchObject({
      kind: 'refused',
      fault: { code: 'ledger.unknown-document' },
    });
  });

  it('what is known is decided at once', () => {
    const world = unread(worldWith(order()), 'purchaseOrder');
    expect(judged(world, plain(1)).verdict.kind).toBe('accepted');
    expect(judged(world, plain(99)).verdict.kind).toBe('refused');
    expect(judged(world, plain(1, { item: 'another' })).verdict.kind).toBe('refused');
    expect(judged(world, undo(1)).verdict.kind).toBe('refused');
  });

  it('an order that Exact closed is refused, not put off', () => {
    const world = unread(worldWith(order({ open: false })), 'purchaseOrder');
    expect(judged(world, plain(1)).verdict).toMatchObject({
      fault: { code: 'ledger.unknown-document' },
    });
  });

  it('orders of other kinds are no reason to wait', () => {
    const world = unread(worldWith(), 'salesOrder', 'shopOrder');
    expect(judged(world, plain(1)).verdict.kind).toBe('refused');
  });

  it('an order that goods came on is finished from what the journal knows', () => {
    const world = worldWith(order());
    const taken = judged(world, plain(1)).entries.reduce(fold, world);
    const alone = unread({ ...taken, orders: worldWith().orders }, 'purchaseOrder');
    const end = command(2, finish());
    expect(decide(alone, end, contextOf(alone)).verdict.kind).toBe('accepted');
  });
});
