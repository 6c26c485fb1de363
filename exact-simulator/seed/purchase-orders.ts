/*
 * Seeds purchase orders. Order 10000001 is the one to try things with: plain, box, batch with
 * expiry, batch and serial lines, all for the warehouse with locations.
 */
import { goodsReceipt } from '../effects/goods-receipt.ts';
import { CANCELLED, refreshOrder } from '../effects/purchase-orders.ts';
import { padUnit } from './company.ts';
import { bought, put, type Seeding, type SeedItem } from './context.ts';
import { isoWeek } from './day.ts';

export const FIRST_ORDER = 10_000_001;

/**
 * In how many days each order is expected: of those that can be received, two are late and three
 * are for today, so that a list of them looks like one of a working morning.
 */
const EXPECTED_IN_DAYS = [0, 1, 0, -2, 6, 3, -1, 0, 1, 2, 3, 4, 5, 7, 8, 10, -1, 9] as const;
/** The first order was placed this long ago; each later one a day after the one before. */
const FIRST_PLACED_IN_DAYS = -EXPECTED_IN_DAYS.length;

interface OrderPlan {
  warehouse: string;
  supplier: string;
  lines: { item: SeedItem; quantity: number }[];
  approvalStatus?: number;
  dropShipment?: number;
}

/** What a line takes over from its order. */
interface OrderHead {
  orderId: string;
  expectedMs: number;
}

function putLine(seeding: Seeding, head: OrderHead, line: OrderPlan['lines'][number], n: number) {
  const { item, quantity } = line;
  const factor = item.pack?.pieces ?? 1;
  const price = Math.round(item.ware.price * factor * 100) / 100;
  return put(seeding, 'PurchaseOrderLines', {
    ...{ PurchaseOrderID: head.orderId, LineNumber: n, Item: item.id },
    ...{ Description: item.ware.description, SupplierItemCode: item.supplierItemCode },
    ...{ Unit: padUnit(item.pack?.unit ?? item.ware.family.unit) },
    ...{ QuantityInPurchaseUnits: quantity, Quantity: quantity * factor },
    ...{ ReceivedQuantity: 0, InvoicedQuantity: 0, UnitPrice: price, NetPrice: price, Discount: 0 },
    ...{ AmountDC: price * quantity, AmountFC: price * quantity, VATCode: '2  ' },
    ...{ VATPercentage: 0.21, VATAmount: Math.round(price * quantity * 21) / 100, Rebill: 0 },
    ...{ ReceiptDate: head.expectedMs, SupplierItemCopyRemarks: 0 },
  });
}

function putOrder(seeding: Seeding, orderNumber: number, plan: OrderPlan) {
  const n = orderNumber - FIRST_ORDER;
  const approval = plan.approvalStatus ?? 2;
  const placedMs = seeding.day(FIRST_PLACED_IN_DAYS + n);
  const expectedMs = seeding.day(first(EXPECTED_IN_DAYS, n));
  const orderId = put(seeding, 'PurchaseOrders', {
    ...{ OrderNumber: orderNumber, Supplier: plan.supplier, Warehouse: plan.warehouse },
    ...{ OrderDate: placedMs, ReceiptDate: expectedMs, Currency: 'EUR' },
    ...{ OrderStatus: 10, ReceiptStatus: 10, InvoiceStatus: 10, Source: 1, ExchangeRate: 1 },
    ...{ ApprovalStatus: approval, DropShipment: plan.dropShipment ?? 0 },
    ...{ Approved: approval === 2 ? seeding.day(FIRST_PLACED_IN_DAYS + n + 1) : null },
    ...{ Approver: approval === 2 ? seeding.writer.user : null },
    ...{ Description: `Order week ${isoWeek(placedMs)}`, YourRef: `OFF-${2600 + n}` },
  });
  const lines = plan.lines.map((line, index) =>
    putLine(seeding, { orderId, expectedMs }, line, index + 1),
  );
  refreshOrder(seeding.writer, orderId);
  return { orderId, lines };
}

function first<T>(list: readonly T[], n: number): T {
  const found = list[n];
  if (found === undefined) throw new Error('the seed needs more of this kind');
  return found;
}

/** The lines of order 10000001, whose order and quantities the README names. */
function showcase(seeding: Seeding): OrderPlan {
  const plain = bought(seeding, 'plain');
  const piece = plain.filter((item) => item.pack === undefined && item.ware.family.unit === 'pc');
  const boxed = plain.filter((item) => item.pack !== undefined);
  return {
    warehouse: seeding.places.main,
    supplier: first(seeding.suppliers, 0),
    lines: [
      { item: first(piece, 0), quantity: 24 },
      { item: first(bought(seeding, 'expiry'), 0), quantity: 20 },
      { item: first(bought(seeding, 'batch'), 0), quantity: 15 },
      { item: first(bought(seeding, 'serial'), 0), quantity: 3 },
      { item: first(boxed, 0), quantity: 4 },
      { item: first(piece, 1), quantity: 60 },
    ],
  };
}

function quantityFor(seeding: Seeding, item: SeedItem): number {
  const { random } = seeding;
  if (item.ware.family.tracking === 'serial') return random.int(1, 6);
  if (item.ware.family.unit === 'm') return random.int(4, 60) + 0.5;
  return item.pack ? random.int(1, 12) : random.int(2, 20) * 5;
}

function randomPlan(seeding: Seeding, n: number): OrderPlan {
  const { random, places, suppliers } = seeding;
  const count = random.int(2, 8);
  const numbered = (['expiry', 'batch', 'serial'] as const).map((kind) => bought(seeding, kind));
  const wanted =
    n % 2 === 0 ? numbered.flatMap((list) => random.sample(list, 1)).slice(0, count - 1) : [];
  const plain = random.sample(bought(seeding, 'plain'), count - wanted.length);
  return {
    warehouse: n % 3 === 2 ? places.outlet : places.main,
    supplier: first(suppliers, n % suppliers.length),
    lines: [...plain, ...wanted].map((item) => ({ item, quantity: quantityFor(seeding, item) })),
  };
}

/** Books an earlier receipt of some plain lines, the way the API would. */
function receive(seeding: Seeding, lines: { id: string; quantity: number }[], text: string): void {
  goodsReceipt.create?.(seeding.writer, {
    fields: { ReceiptDate: seeding.day(-1), Description: text, YourRef: 'PS-88120' },
    children: {
      GoodsReceiptLines: lines.map((line) => ({
        fields: { PurchaseOrderLineID: line.id, QuantityReceived: line.quantity },
        children: {},
      })),
    },
  });
}

function plainOrder(seeding: Seeding, supplier: number, from: number): OrderPlan {
  const plain = bought(seeding, 'plain').filter((i) => i.ware.family.unit !== 'm');
  return {
    warehouse: seeding.places.main,
    supplier: first(seeding.suppliers, supplier),
    lines: [0, 1, 2].map((n) => ({ item: first(plain, from + n), quantity: 10 })),
  };
}

/**
 * Eighteen orders: 10000001 mixed; 10000004 partly received; 10000005 awaiting approval; 10000006
 * a drop shipment; 10000017 complete; 10000018 cancelled; all others open and approved.
 */
export function seedPurchaseOrders(seeding: Seeding): void {
  for (let n = 0; n < 18; n += 1) {
    const orderNumber = FIRST_ORDER + n;
    if (n === 0) putOrder(seeding, orderNumber, showcase(seeding));
    else if (n === 3) {
      const { lines } = putOrder(seeding, orderNumber, plainOrder(seeding, 3, 2));
      const [id = ''] = lines;
      receive(seeding, [{ id, quantity: 4 }], 'First pallet of order 10000004');
    } else if (n === 4) {
      putOrder(seeding, orderNumber, { ...randomPlan(seeding, n), approvalStatus: 0 });
    } else if (n === 5) {
      putOrder(seeding, orderNumber, { ...plainOrder(seeding, 5, 4), dropShipment: 1 });
    } else if (n === 16) {
      const { lines } = putOrder(seeding, orderNumber, plainOrder(seeding, 7, 1));
      receive(
        seeding,
        lines.map((id) => ({ id, quantity: 10 })),
        'Order 10000017 complete',
      );
    } else if (n === 17) {
      const { orderId } = putOrder(seeding, orderNumber, plainOrder(seeding, 8, 3));
      seeding.store.run(
        `UPDATE "PurchaseOrders" SET "OrderStatus" = ${CANCELLED}, "ReceiptStatus" = ${CANCELLED}
         WHERE "PurchaseOrderID" = ?`,
        orderId,
      );
      refreshOrder(seeding.writer, orderId);
    } else putOrder(seeding, orderNumber, randomPlan(seeding, n));
  }
}
