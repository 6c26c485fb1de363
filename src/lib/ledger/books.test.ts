// What the ledger believes of Exact's received quantities while the mirror lags behind our own
// postings, and what becomes of goods that nobody finished.

import { describe, expect, it } from 'vitest';
import {
  contextOf,
  id,
  ORDER,
  orderWith,
  plain,
  PLAIN,
  T0,
} from '../../../tests/torture/support/goods.ts';
import { Shop } from '../../../tests/torture/support/shop.ts';
import { LIMITS } from '../domain/index.ts';
import { decide, effectsOf, progress, stateOf, sweep, withOrder } from './index.ts';
import type { MirrorOrder, World } from './index.ts';

describe('what Exact has received, while the mirror lags', () => {
  function posted(quantity: number): Shop {
    const shop = new Shop(decide);
    shop.send(1, plain(quantity, { posting: 'line-complete' }));
    shop.settle(0, true);
    return shop;
  }
  const received = (world: World) => progress(world, ORDER).get(PLAIN.line)?.received;
  const seen = (quantity: number, changes: Partial<MirrorOrder> = {}): MirrorOrder => ({
    ...orderWith(PLAIN.line, { doneInExact: quantity }),
    ...changes,
  });

  it('counts a posting that the mirror has not seen', () => {
    expect(received(posted(4).world)).toBe(4);
    expect(received(withOrder(posted(4).world, seen(0)))).toBe(4);
  });

  it('counts it once when the mirror has', () => {
    expect(received(withOrder(posted(4).world, seen(4)))).toBe(4);
  });

  it('counts it once when the mirror shows it before we hear of it: the answer was lost', () => {
    const shop = new Shop(decide);
    shop.send(1, plain(4, { posting: 'line-complete' }));
    shop.apply(0);
    shop.look();
    shop.settle(0, true);
    expect(progress(shop.world, ORDER).get(PLAIN.line)).toMatchObject({ received: 4, pending: 0 });
  });

  it('I-16: counts it once when Exact had it after all, and the mirror showed it before that', () => {
    const shop = new Shop(decide);
    shop.send(1, plain(4, { posting: 'line-complete' }));
    shop.settle(0, false);
    shop.world = withOrder(shop.world, seen(4));
    shop.settle(0, true);
    expect(progress(shop.world, ORDER).get(PLAIN.line)).toMatchObject({ received: 4, pending: 0 });
  });

  it('adds what others received in Exact', () => {
    expect(received(withOrder(posted(4).world, seen(6)))).toBe(6);
  });

  it('follows a correction in Exact down once it has caught up', () => {
    const caughtUp = withOrder(posted(4).world, seen(4));
    expect(received(withOrder(caughtUp, seen(1)))).toBe(1);
  });

  it('believes the mirror again after LIMITS.mirrorLagMs, whatever it says', () => {
    const shop = posted(4);
    const early = { asOfMs: shop.nowMs + LIMITS.mirrorLagMs - 1 };
    const late = { asOfMs: shop.nowMs + LIMITS.mirrorLagMs };
    expect(received(withOrder(shop.world, seen(1, early)))).toBe(4);
    expect(received(withOrder(shop.world, seen(1, late)))).toBe(1);
  });

  it('a rejected posting stays pending, marked as an exception, until a person decides', () => {
    const shop = new Shop(decide);
    shop.send(1, plain(4, { posting: 'line-complete' }));
    shop.settle(0, false);
    const line = progress(shop.world, ORDER).get(PLAIN.line);
    expect(line).toEqual({ received: 0, pending: 4, exception: 4 });
    expect(stateOf(shop.world, id('c', 0))).toMatchObject({ kind: 'exception' });
    shop.settle(0, true);
    expect(progress(shop.world, ORDER).get(PLAIN.line)).toEqual({
      received: 4,
      pending: 0,
      exception: 0,
    });
    expect(stateOf(shop.world, id('c', 0))).toEqual({ kind: 'booked', documentNumber: '7' });
  });

  it('I-03: what is posted is settled once; later news makes no entry', () => {
    const shop = posted(4);
    const seq = shop.world.seq;
    shop.settle(0, true);
    expect(shop.world.seq).toBe(seq);
  });
});

describe('sweep', () => {
  const left = () => {
    const shop = new Shop(decide);
    shop.send(1, plain(1));
    shop.send(2, plain(2));
    return shop;
  };
  const swept = (shop: Shop, nowMs: number) =>
    sweep(shop.world, contextOf(shop.world, nowMs)).map(({ body }) =>
      body.type === 'posting-cut'
        ? effectsOf(body.posting, new Map()).map(({ quantity }) => quantity)
        : body,
    );

  it('leaves goods alone while their session works', () => {
    expect(swept(left(), T0 + LIMITS.unpostedMaxMs - 1)).toEqual([]);
  });

  it('cuts what was left behind, a posting for each session', () => {
    expect(swept(left(), T0 + LIMITS.unpostedMaxMs)).toEqual([[1], [2]]);
  });

  it('cuts also when the clock stepped far back', () => {
    expect(swept(left(), T0 - 24 * 3_600_000)).toEqual([[1], [2]]);
  });

  it('cuts nothing twice', () => {
    const shop = left();
    shop.sweep();
    expect(swept(shop, shop.nowMs + LIMITS.unpostedMaxMs)).toEqual([]);
  });
});
