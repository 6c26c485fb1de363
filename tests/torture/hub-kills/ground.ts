// Who lives here: the work that two stations do in the simulator's company: open orders by their
// ids, read as a person would see them there and made so large that no run uses them up, and the
// commands of every kind that can be sent about them.

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CommandPayload, Place } from '../../../src/lib/domain/index.ts';
import type { Product } from '../../support/product.ts';

const list = z.object({
  d: z.union([
    z.object({ results: z.array(z.record(z.string(), z.unknown())) }),
    z.array(z.record(z.string(), z.unknown())),
  ]),
});
/** More than any run receives, delivers, issues or makes. */
const PLENTY = 100_000;
const POSTING = { posting: 'line-complete' } as const;

type Row = Readonly<Record<string, unknown>>;

async function find(product: Product, path: string, filter: string): Promise<Row> {
  const query = new URLSearchParams({ $filter: filter }).toString();
  const { d } = list.parse(await product.books.control(`records/${path}?${query}`));
  const [row] = Array.isArray(d) ? d : d.results;
  if (row === undefined) throw new Error(`the company has no ${path} with ${filter}`);
  return row;
}

async function change(product: Product, path: string, key: string, fields: object): Promise<void> {
  const answer = await fetch(`${product.simulatorUrl}/control/records/${path}/${key}`, {
    ...{ method: 'PATCH', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify(fields),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

const text = (row: Row, field: string): string => String(row[field]);

async function orderLine(product: Product, path: string, order: string, item: string) {
  const filter = `${path.startsWith('p') ? 'PurchaseOrderID' : 'OrderID'} eq guid'${order}' and Item eq guid'${item}'`;
  const line = text(await find(product, path, filter), 'ID');
  const units = path.startsWith('p') ? { QuantityInPurchaseUnits: PLENTY } : {};
  await change(product, path, line, { Quantity: PLENTY, ...units });
  return line;
}

/** Commands of a player by running number: each kind of work comes again and again. */
export type Work = (number: number, player: string) => CommandPayload;

export interface Ground {
  readonly work: Work;
  /** Goods that the work uses up, put into the books by the hub itself before anybody is killed. */
  readonly stocked: readonly CommandPayload[];
}

/** Serial numbers that one command brings. */
const SERIALS = 50;
/** More than a player issues in a round. */
const SERIALS_A_ROUND = 3;

/** Opens the ground; the hub sees it when it reads Exact the next time. */
export async function prepare(
  product: Product,
  players: readonly string[],
  rounds: number,
): Promise<Ground> {
  await product.books.control('limits', { minutely: 100_000, daily: 1_000_000 });
  await product.books.control('settings', { negativeStockAllowed: true });
  const item = async (code: string) =>
    text(await find(product, 'logistics/Items', `Code eq '${code}'`), 'ID');
  const place = async (code: string) =>
    text(await find(product, 'inventory/StorageLocations', `Code eq '${code}'`), 'ID');
  const [plain, batch, serial, sold, made] = await Promise.all(
    ['BLT-001', 'WLD-001', 'SNS-001', 'SCR-001', 'FUN-001'].map(item),
  );
  const [used, poured, built, madeOfBatch, madeOfSerial] = await Promise.all(
    ['VLV-001', 'OIL-001', 'PRX-001', 'MIX-001', 'SET-001'].map(item),
  );
  const [dock, shelf] = await Promise.all([place('RCV'), place('A-01-1')]);
  const own = new Map(
    await Promise.all(
      players.map(async (player, at) => [player, await place(`A-02-${at + 1}`)] as const),
    ),
  );
  const [warehouse = '', other = ''] = await Promise.all(
    ['1', '2'].map(async (code) =>
      text(await find(product, 'inventory/Warehouses', `Code eq '${code}'`), 'ID'),
    ),
  );
  const isThere = (id: string | undefined): string => {
    if (id === undefined) throw new Error('the company has it');
    return id;
  };
  const purchase = text(
    await find(product, 'purchaseorder/PurchaseOrders', 'OrderNumber eq 10000001'),
    'PurchaseOrderID',
  );
  const sales = text(
    await find(product, 'salesorder/SalesOrders', 'OrderNumber eq 20000011'),
    'OrderID',
  );
  const shopOrder = async (number: number) => {
    const filter = `ShopOrderNumber eq ${number}`;
    const id = text(await find(product, 'manufacturing/ShopOrders', filter), 'ID');
    await change(product, 'manufacturing/ShopOrders', id, { PlannedQuantity: PLENTY });
    return id;
  };
  const shop = await shopOrder(30000007);
  const [shopOfBatch, shopOfSerial] = [await shopOrder(30000009), await shopOrder(30000010)];
  const planOf = async (which: string | undefined) => {
    const path = 'manufacturing/ShopOrderMaterialPlans';
    const filter = `ShopOrder eq guid'${shop}' and Item eq guid'${isThere(which)}'`;
    const id = text(await find(product, path, filter), 'ID');
    await change(product, path, id, { PlannedQuantity: PLENTY });
    return id;
  };
  const receive = async (which: string | undefined) => ({
    ...({ ...POSTING, type: 'receive.line', document: purchase, item: isThere(which) } as const),
    line: await orderLine(product, 'purchaseorder/PurchaseOrderLines', purchase, isThere(which)),
    ...{ quantity: 1, location: isThere(dock), tolerance: 0 },
  });
  const [inPlain, inBatch, inSerial] = [
    await receive(plain),
    await receive(batch),
    await receive(serial),
  ];
  const outLine = await orderLine(product, 'salesorder/SalesOrderLines', sales, isThere(sold));
  const spot = { warehouse, location: isThere(dock) };
  const issueOf = async (which: string | undefined) => ({
    ...({ ...POSTING, ...spot, type: 'issue.line', document: shop, quantity: 1 } as const),
    ...{ line: await planOf(which), item: isThere(which), tolerance: 10 },
  });
  const [outPlain, outBatch, outSerial] = [
    await issueOf(used),
    await issueOf(poured),
    await issueOf(built),
  ];
  const produce = (document: string, which: string | undefined) => ({
    ...({ ...POSTING, ...spot, type: 'produce.line', document } as const),
    ...{ item: isThere(which), quantity: 1, tolerance: 0 },
  });
  const count = (which: string | undefined, tracking: 'batch' | 'serial', quantity: number) => ({
    ...({ ...POSTING, ...spot, type: 'count.line', document: randomUUID(), tracking } as const),
    ...{ item: isThere(which), found: { kind: 'difference', quantity } as const },
  });
  /** What lies in the player's own place: whoever counts it last is right. */
  const found = (player: string, tracking: 'batch' | 'serial', quantity: number) => ({
    ...({ ...POSTING, type: 'count.line', document: randomUUID(), tracking } as const),
    ...{ warehouse, location: isThere(own.get(player)) },
    ...{ item: isThere(tracking === 'batch' ? batch : serial) },
    found: { kind: 'counted', quantity } as const,
  });
  const move = (to: Place) => ({
    ...({ ...POSTING, type: 'move.line', document: randomUUID(), tracking: 'none' } as const),
    ...{ item: isThere(sold), quantity: 1, from: spot, to },
  });
  const kinds: readonly Work[] = [
    () => inPlain,
    (n) => ({ ...inBatch, batch: `KB-${n % 5}`, quantity: 2 }),
    (n) => ({ ...inSerial, serials: [`KS-${n}-${randomUUID().slice(0, 8)}`] }),
    () => ({
      ...{ ...POSTING, type: 'deliver.line', document: sales, line: outLine },
      ...{ item: isThere(sold), quantity: 1, location: isThere(dock) },
    }),
    () => outPlain,
    () => ({ ...outBatch, batch: 'KM-0', quantity: 2 }),
    // When a player has used up its own, as after very many rounds, it issues plain goods.
    (n, player) => {
      const serial = usedUp.get(player)?.shift();
      return serial === undefined ? outPlain : { ...outSerial, serials: [serial] };
    },
    () => produce(shop, made),
    (n) => ({ ...produce(shopOfBatch, madeOfBatch), batch: `KP-${n % 4}`, expiry: '2027-06-30' }),
    (n) => ({
      ...produce(shopOfSerial, madeOfSerial),
      serials: [`KQ-${n}-${randomUUID().slice(0, 8)}`],
    }),
    (n) => ({ ...count(batch, 'batch', 3), batch: `KC-${n % 3}` }),
    (n, player) => ({ ...found(player, 'batch', n % 4), batch: `KF-${player}-${n % 2}` }),
    (n, player) => ({
      ...found(player, 'serial', 2),
      serials: [n, n + 13].map((each) => `KG-${player}-${each % 7}`),
    }),
    () => move({ warehouse, location: isThere(shelf) }),
    () => move({ warehouse: other }),
  ];
  const numbers = players.map((player) =>
    Array.from({ length: rounds * SERIALS_A_ROUND }, (_, n) => `KT-${player}-${n}`),
  );
  const usedUp = new Map(players.map((player, at) => [player, [...(numbers[at] ?? [])]]));
  const serials = numbers.flat();
  const portions = Array.from({ length: Math.ceil(serials.length / SERIALS) }, (_, at) =>
    serials.slice(at * SERIALS, (at + 1) * SERIALS),
  );
  return {
    work: (number, player) => isThereKind(kinds[number % kinds.length])(number, player),
    stocked: [
      { ...count(poured, 'batch', PLENTY), batch: 'KM-0' },
      ...portions.map((some) => ({ ...count(built, 'serial', some.length), serials: some })),
    ],
  };
}

function isThereKind(kind: Work | undefined): Work {
  if (kind === undefined) throw new Error('there is a kind for every number');
  return kind;
}
