// Who lives here: purchase orders made for the bench, in the simulated administration and from
// there in the hub: plain pieces for the warehouse without locations, so that one code with a count
// books a line. They come the way of all orders, through Exact's sync.

import * as z from 'zod';
import type { OrderView } from '../../../src/lib/domain/index.ts';
import type { Books } from '../../support/books.ts';
import type { Product } from '../../support/product.ts';
import { pause } from './pace.ts';
import { BenchStation } from './station.ts';

const FIRST_NUMBER = 90_000_001;
/** A seeded order for warehouse 2; ours take its supplier, warehouse and dates. */
const MODEL = 10_000_003;
const LINES = 8;
const MIRROR_MS = 30_000;

const head = z.object({ Supplier: z.string(), Warehouse: z.string(), ReceiptDate: z.string() });
const piece = z.object({ ID: z.string(), Unit: z.string(), Barcode: z.string().nullable() });
const created = z.object({ key: z.string() });

interface Template {
  readonly head: z.infer<typeof head>;
  readonly pieces: readonly z.infer<typeof piece>[];
}

async function readTemplate(books: Books): Promise<Template> {
  const [model] = await books.list(head, 'purchaseorder/PurchaseOrders', {
    $filter: `OrderNumber eq ${MODEL}`,
    $select: 'Supplier,Warehouse,ReceiptDate',
  });
  const plain = await books.list(piece, 'logistics/Items', {
    $filter: 'IsBatchItem eq 0 and IsSerialItem eq 0',
    $select: 'ID,Unit,Barcode',
  });
  const pieces = plain.filter(({ Unit, Barcode }) => Unit.trim() === 'pc' && Barcode !== null);
  if (model === undefined || pieces.length < LINES) throw new Error('not the seeded company');
  return { head: model, pieces: pieces.slice(0, LINES) };
}

async function placeOne(
  books: Books,
  template: Template,
  orderNumber: number,
  quantity: number,
): Promise<void> {
  const { ReceiptDate } = template.head;
  const order = await books.control('records/purchaseorder/PurchaseOrders', {
    ...{ OrderNumber: orderNumber, ...template.head, OrderDate: ReceiptDate, Currency: 'EUR' },
    ...{ OrderStatus: 10, ReceiptStatus: 10, InvoiceStatus: 10, ApprovalStatus: 2 },
    ...{ DropShipment: 0, Source: 1, ExchangeRate: 1, Description: 'Bench' },
  });
  const { key } = created.parse(order);
  for (const [index, item] of template.pieces.entries()) {
    await books.control('records/purchaseorder/PurchaseOrderLines', {
      ...{ PurchaseOrderID: key, LineNumber: index + 1, Item: item.ID, Unit: item.Unit },
      ...{ QuantityInPurchaseUnits: quantity, Quantity: quantity, ReceivedQuantity: 0 },
      ...{ InvoicedQuantity: 0, ReceiptDate },
    });
  }
}

/**
 * Places `count` orders of eight lines, `quantity` pieces each, and answers with them as stations
 * see them. The hub is started anew, because it reads everything at its start and else by the minute.
 */
export async function placeOrders(
  product: Product,
  count: number,
  quantity: number,
): Promise<OrderView[]> {
  const numbers = Array.from({ length: count }, (_, index) => FIRST_NUMBER + index);
  const template = await readTemplate(product.books);
  await product.killHub();
  for (const orderNumber of numbers) {
    await placeOne(product.books, template, orderNumber, quantity);
  }
  await product.startHub();
  const wanted = new Set(numbers.map(String));
  const untilMs = Date.now() + MIRROR_MS;
  while (Date.now() < untilMs) {
    const station = await BenchStation.open(product.url);
    const orders = (await station.orders()).filter((order) => wanted.has(order.number));
    station.close();
    if (orders.length === count && orders.every(({ lines }) => lines.length === LINES)) {
      return orders;
    }
    await pause(250);
  }
  throw new Error('the orders of the bench did not reach the hub in time');
}
