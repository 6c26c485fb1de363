// Who lives here: purchase, sales and shop orders as the house reads them, each by its id with its
// lines. Quantities are stock units everywhere: sales lines are in the item's default unit, and
// purchase lines say both (exact-online-api.md §7, §8).

import { isMarked } from '../../../domain/index.ts';
import type { ExactDb } from '../tables.ts';
import type { MirrorRowOf } from './forms.ts';
import { groupBy, rowsBy } from './read-rows.ts';

export interface MirrorOrderLine {
  readonly id: string;
  readonly lineNumber: number;
  readonly itemId: string;
  /** Stock units. */
  readonly ordered: number;
  readonly received: number;
  /** Stock units in one purchase unit. */
  readonly purchaseUnitFactor: number;
  readonly supplierItemCode?: string;
}

export interface MirrorOrder {
  readonly id: string;
  readonly number: string;
  /** What the other side calls it, as it may stand on the papers that come with the goods. */
  readonly reference?: string;
  readonly supplierCode: string;
  readonly supplierName: string;
  readonly warehouseId: string;
  readonly expectedDate?: string;
  readonly approved: boolean;
  readonly dropShipment: boolean;
  /** 10 open, 20 partial, 30 complete, 40 cancelled (§7). */
  readonly receiptStatus: number;
  readonly lines: readonly MirrorOrderLine[];
}

export interface MirrorSalesLine {
  readonly id: string;
  readonly lineNumber: number;
  readonly itemId: string;
  /** Stock units; below zero for goods that are traded in. */
  readonly ordered: number;
  readonly delivered: number;
  /** It goes from the supplier to the customer and never through our warehouse. */
  readonly dropShipment: boolean;
  readonly customerItemCode?: string;
}

export interface MirrorSalesOrder {
  readonly id: string;
  readonly number: string;
  readonly reference?: string;
  readonly customerName: string;
  readonly deliverTo: string;
  /** Null: the order names none; deliveries then leave from the main warehouse. */
  readonly warehouseId: string | null;
  readonly deliveryDate?: string;
  /** An unapproved order cannot be delivered. */
  readonly approved: boolean;
  /** 12 open, 20 partial, 21 complete, 45 cancelled (§8). */
  readonly deliveryStatus: number;
  /** Not copied from the order by Exact: a delivery must name it again. */
  readonly shippingMethodId?: string;
  readonly lines: readonly MirrorSalesLine[];
}

export interface MirrorMaterial {
  readonly id: string;
  readonly lineNumber: number;
  readonly itemId: string;
  /** Stock units. */
  readonly planned: number;
  /** What was issued, or of a by-product came in, and was not taken back. */
  readonly issued: number;
  /** Exact issues it by itself when the product is received: not by hand. */
  readonly backflush: boolean;
  /** It comes out of the order instead of going in. */
  readonly byProduct: boolean;
}

export interface MirrorShopOrder {
  readonly id: string;
  readonly number: string;
  readonly reference?: string;
  readonly description: string;
  readonly itemId: string;
  readonly warehouseId: string | null;
  readonly plannedDate?: string;
  /** Stock units. */
  readonly planned: number;
  readonly produced: number;
  /** 10 open, 20 in process, 30 finished, 40 completed (§10). */
  readonly status: number;
  readonly released: boolean;
  readonly onHold: boolean;
  readonly materials: readonly MirrorMaterial[];
}

const AWAITING_APPROVAL = 0;
const COMPLETE = 30;
const DELIVERED = 21;
const FINISHED = 30;
const BY_PRODUCT = 2;

export async function ordersById(
  db: ExactDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MirrorOrder>> {
  const rows = await rowsBy(db, 'PurchaseOrders', 'subject', ids);
  const groups = groupBy(rows, (row) => row.PurchaseOrderID);
  const made = [...groups.values()].flatMap((group) => orderOf(group) ?? []);
  return new Map(made.map((order) => [order.id, order]));
}

function referenceOf({ YourRef }: { readonly YourRef?: string | null | undefined }) {
  return YourRef ? { reference: YourRef } : {};
}

/** A header row and its lines; null while one of the two has not come yet. */
function orderOf(group: readonly MirrorRowOf<'PurchaseOrders'>[]): MirrorOrder | null {
  const header = group.find((row) => (row.LineNumber ?? 0) === 0);
  if (header === undefined) return null;
  if (header.OrderNumber === null || header.Warehouse === null) return null;
  const lines = group.flatMap((row): MirrorOrderLine[] => {
    if (row.LineNumber === null || row.LineNumber < 1 || row.Item === null) return [];
    const line = {
      ...{ id: row.ID, lineNumber: row.LineNumber, itemId: row.Item },
      ...{ ordered: row.Quantity ?? 0, received: row.ReceivedQuantity ?? 0 },
      purchaseUnitFactor: factorOf(row),
    };
    return [row.SupplierItemCode ? { ...line, supplierItemCode: row.SupplierItemCode } : line];
  });
  return {
    id: header.PurchaseOrderID,
    number: String(header.OrderNumber),
    ...referenceOf(header),
    supplierCode: header.SupplierCode ?? '',
    supplierName: header.SupplierName ?? '',
    warehouseId: header.Warehouse,
    approved: (header.ApprovalStatus ?? AWAITING_APPROVAL) !== AWAITING_APPROVAL,
    dropShipment: header.DropShipment,
    receiptStatus: header.ReceiptStatus ?? COMPLETE,
    lines: lines.sort((a, b) => a.lineNumber - b.lineNumber),
    ...(header.ReceiptDate === null ? {} : { expectedDate: header.ReceiptDate }),
  };
}

export function factorOf(line: MirrorRowOf<'PurchaseOrders'>): number {
  const inStock = line.Quantity ?? 0;
  const inPurchase = line.QuantityInPurchaseUnits ?? 0;
  return inStock > 0 && inPurchase > 0 ? inStock / inPurchase : 1;
}

export async function salesOrdersById(
  db: ExactDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MirrorSalesOrder>> {
  const headers = await rowsBy(db, 'SalesOrderHeaders', 'id', ids);
  const lines = groupBy(await rowsBy(db, 'SalesOrderLines', 'subject', ids), (row) => row.OrderID);
  return new Map(
    headers.map((header) => [header.OrderID, salesOf(header, lines.get(header.OrderID) ?? [])]),
  );
}

function salesOf(
  header: MirrorRowOf<'SalesOrderHeaders'>,
  rows: readonly MirrorRowOf<'SalesOrderLines'>[],
): MirrorSalesOrder {
  const lines = rows.flatMap((row): MirrorSalesLine[] => {
    if (row.Item === null) return [];
    const line = {
      ...{ id: row.ID, lineNumber: row.LineNumber ?? 0, itemId: row.Item },
      ...{ ordered: row.Quantity ?? 0, delivered: row.QuantityDelivered ?? 0 },
      dropShipment: row.UseDropShipment,
    };
    return [row.CustomerItemCode ? { ...line, customerItemCode: row.CustomerItemCode } : line];
  });
  return {
    id: header.OrderID,
    number: String(header.OrderNumber ?? ''),
    ...referenceOf(header),
    customerName: header.OrderedByName ?? '',
    deliverTo: header.DeliverToName ?? header.OrderedByName ?? '',
    warehouseId: header.WarehouseID,
    approved: (header.ApprovalStatus ?? AWAITING_APPROVAL) !== AWAITING_APPROVAL,
    deliveryStatus: header.DeliveryStatus ?? DELIVERED,
    lines: lines.sort((a, b) => a.lineNumber - b.lineNumber),
    ...(header.DeliveryDate === null ? {} : { deliveryDate: header.DeliveryDate }),
    ...(header.ShippingMethod === null ? {} : { shippingMethodId: header.ShippingMethod }),
  };
}

export async function shopOrdersById(
  db: ExactDb,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MirrorShopOrder>> {
  const orders = await rowsBy(db, 'ShopOrders', 'id', ids);
  const plans = await rowsBy(db, 'ShopOrderMaterialPlans', 'subject', ids);
  const issued = await issuedOn(
    db,
    plans.map((plan) => plan.ID),
  );
  const groups = groupBy(plans, (plan) => plan.ShopOrder);
  const made = orders.flatMap((order) => shopOf(order, groups.get(order.ID) ?? [], issued) ?? []);
  return new Map(made.map((order) => [order.id, order]));
}

/**
 * What was issued on each plan line, or came in of a by-product, and was not taken back. Exact's
 * plan rows do not say it; its stock transactions do, those and their reversals apart.
 */
async function issuedOn(
  db: ExactDb,
  plans: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sums = new Map<string, number>();
  const add = (plan: string | null, quantity: number | null, sign: 1 | -1) => {
    if (plan !== null) sums.set(plan, (sums.get(plan) ?? 0) + sign * Math.abs(quantity ?? 0));
  };
  for (const row of await rowsBy(db, 'MaterialIssues', 'link', plans)) {
    add(row.ShopOrderMaterialPlan, row.Quantity, 1);
  }
  for (const row of await rowsBy(db, 'MaterialReversals', 'link', plans)) {
    add(row.ShopOrderMaterialPlan, row.Quantity, -1);
  }
  for (const row of await rowsBy(db, 'ByProductReceipts', 'link', plans)) {
    add(row.ShopOrderMaterialPlan, row.Quantity, 1);
  }
  for (const row of await rowsBy(db, 'ByProductReversals', 'link', plans)) {
    add(row.ShopOrderMaterialPlan, row.Quantity, -1);
  }
  return sums;
}

function shopOf(
  order: MirrorRowOf<'ShopOrders'>,
  plans: readonly MirrorRowOf<'ShopOrderMaterialPlans'>[],
  issued: ReadonlyMap<string, number>,
): MirrorShopOrder | null {
  if (order.Item === null) return null;
  const materials = plans.flatMap((plan): MirrorMaterial[] => {
    if (plan.Item === null) return [];
    const quantity = issued.get(plan.ID) ?? 0;
    // A line of ours that is on its way: nobody else is to issue on it.
    if (quantity <= 0 && isMarked(plan.Notes ?? '')) return [];
    return [
      {
        ...{ id: plan.ID, lineNumber: plan.LineNumber ?? 0, itemId: plan.Item },
        ...{ planned: plan.PlannedQuantity ?? 0, issued: quantity },
        ...{ backflush: plan.Backflush, byProduct: plan.Type === BY_PRODUCT },
      },
    ];
  });
  return {
    ...{ id: order.ID, number: String(order.ShopOrderNumber ?? ''), ...referenceOf(order) },
    ...{ description: order.Description ?? '', itemId: order.Item, warehouseId: order.Warehouse },
    ...{ planned: order.PlannedQuantity ?? 0, produced: order.ProducedQuantity ?? 0 },
    ...{ status: order.Status ?? FINISHED, released: order.IsReleased, onHold: order.IsOnHold },
    materials: materials.sort((a, b) => a.lineNumber - b.lineNumber),
    ...(order.PlannedDate === null ? {} : { plannedDate: order.PlannedDate }),
  };
}
