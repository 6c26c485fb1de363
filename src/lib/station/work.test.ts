// Which orders a workflow's work is about, and what a scan can mean in it.

import { expect, it } from 'vitest';
import type { OrderLineView, OrderView } from '../domain/index.ts';
import { BOLT, ORDER } from '../../../tests/browser/world.ts';
import { hasItem, meant, ordersFor } from './work.ts';
import type { Work } from './work.ts';

const NUT = { ...BOLT, id: 'nut', code: 'NUT' };
const line = (id: string, more: Partial<OrderLineView>): OrderLineView => ({
  ...{ id, lineNumber: 1, item: BOLT, ordered: 10, done: 0, pending: 0 },
  ...more,
});
const sales: OrderView = { ...ORDER, kind: 'salesOrder', id: 's', number: ORDER.number };
const product = (done: number) => line('shop', { part: 'product', item: NUT, done });
const material = (done: number) => line('m', { part: 'material', done });
const shop = (produced: number, issued: number): OrderView => {
  const lines = [product(produced), material(issued)];
  return { ...ORDER, kind: 'shopOrder', id: 'shop', number: '90001', lines };
};

const RECEIVE: Work = { action: 'goodsReceipt', document: 'purchaseOrder' };
const PICK: Work = { action: 'goodsDelivery', document: 'salesOrder' };
const ISSUE: Work = { action: 'materialIssue', document: 'shopOrder' };
const PRODUCE: Work = { action: 'shopOrderReceipt', document: 'shopOrder' };
const COUNT: Work = { action: 'stockCount' };

it('each work has the orders of its own kind, and work without an order has none', () => {
  const all = [ORDER, sales, shop(0, 0)];
  expect(ordersFor(RECEIVE, all)).toEqual([ORDER]);
  expect(ordersFor(PICK, all)).toEqual([sales]);
  expect(ordersFor(ISSUE, all).map(({ id }) => id)).toEqual(['shop']);
  expect(ordersFor(PRODUCE, all).map(({ id }) => id)).toEqual(['shop']);
  expect(ordersFor(COUNT, all)).toEqual([]);
});

it('a shop order is done with when the part is that the work is about', () => {
  expect(ordersFor(ISSUE, [shop(0, 10)])).toEqual([]);
  expect(ordersFor(PRODUCE, [shop(0, 10)])).toHaveLength(1);
  expect(ordersFor(PRODUCE, [shop(10, 0)])).toEqual([]);
});

it('an item finds a shop order by the part that the work is about', () => {
  expect(hasItem(shop(0, 0), ISSUE, BOLT.id)).toBe(true);
  expect(hasItem(shop(0, 0), ISSUE, NUT.id)).toBe(false);
  expect(hasItem(shop(0, 0), PRODUCE, NUT.id)).toBe(true);
});

it('a number that two orders have means the one that this work is done on; goods always count', () => {
  const key = 'code:4500123';
  const matches = [
    { key, kind: 'order', body: ORDER },
    { key, kind: 'order', body: sales },
    { key, kind: 'item', body: BOLT },
  ] as const;
  const bodies = (work: Work | undefined) => meant(matches, work).map(({ body }) => body.id);
  expect(bodies(PICK)).toEqual([sales.id, BOLT.id]);
  expect(bodies(RECEIVE)).toEqual([ORDER.id, BOLT.id]);
  expect(bodies(COUNT)).toEqual([BOLT.id]);
  expect(bodies(undefined)).toEqual([BOLT.id]);
});
