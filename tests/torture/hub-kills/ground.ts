// Who lives here: the work that two stations do in the simulator's company: open orders by their
// ids, read as a person would see them there and made so large that no run uses them up, and the
// commands of every kind that can be sent about them.

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CommandPayload } from '../../../src/lib/domain/index.ts';
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

/** Commands by running number: each kind of work comes again and again. */
export type Work = (number: number) => CommandPayload;

/** Opens the ground; the hub sees it when it reads Exact the next time. */
export async function prepare(product: Product): Promise<Work> {
  await product.books.control('limits', { minutely: 100_000, daily: 1_000_000 });
  await product.books.control('settings', { negativeStockAllowed: true });
  const item = async (code: string) =>
    text(await find(product, 'logistics/Items', `Code eq '${code}'`), 'ID');
  const place = async (code: string) =>
    text(await find(product, 'inventory/StorageLocations', `Code eq '${code}'`), 'ID');
  const [plain, batch, serial, sold, used, made] = await Promise.all(
    ['BLT-001', 'WLD-001', 'SNS-001', 'SCR-001', 'VLV-001', 'FUN-001'].map(item),
  );
  const [dock, shelf] = await Promise.all([place('RCV'), place('A-01-1')]);
  const warehouse = text(await find(product, 'inventory/Warehouses', `Code eq '1'`), 'ID');
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
  const shop = text(
    await find(product, 'manufacturing/ShopOrders', 'ShopOrderNumber eq 30000007'),
    'ID',
  );
  await change(product, 'manufacturing/ShopOrders', shop, { PlannedQuantity: PLENTY });
  const plan = text(
    await find(
      product,
      'manufacturing/ShopOrderMaterialPlans',
      `ShopOrder eq guid'${shop}' and Item eq guid'${isThere(used)}'`,
    ),
    'ID',
  );
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
  const kinds: readonly Work[] = [
    () => inPlain,
    (n) => ({ ...inBatch, batch: `KB-${n % 5}`, quantity: 2 }),
    (n) => ({ ...inSerial, serials: [`KS-${n}-${randomUUID().slice(0, 8)}`] }),
    () => ({
      ...{ ...POSTING, type: 'deliver.line', document: sales, line: outLine },
      ...{ item: isThere(sold), quantity: 1, location: isThere(dock) },
    }),
    () => ({
      ...{ ...POSTING, ...spot, type: 'issue.line', document: shop, line: plan },
      ...{ item: isThere(used), quantity: 1, tolerance: 10 },
    }),
    () => ({
      ...{ ...POSTING, ...spot, type: 'produce.line', document: shop, item: isThere(made) },
      ...{ quantity: 1, tolerance: 0 },
    }),
    (n) => ({
      ...{ ...POSTING, ...spot, type: 'count.line', document: randomUUID() },
      ...{ item: isThere(batch), tracking: 'batch', batch: `KC-${n % 3}` },
      found: { kind: 'difference', quantity: 3 },
    }),
    () => ({
      ...{ ...POSTING, type: 'move.line', document: randomUUID(), item: isThere(sold) },
      ...{ quantity: 1, tracking: 'none', from: spot, to: { warehouse, location: isThere(shelf) } },
    }),
  ];
  return (number) => isThereKind(kinds[number % kinds.length])(number);
}

function isThereKind(kind: Work | undefined): Work {
  if (kind === undefined) throw new Error('there is a kind for every number');
  return kind;
}
