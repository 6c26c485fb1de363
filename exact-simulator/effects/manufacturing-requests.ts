/*
 * What a call asks of a line of a shop order, checked: material that is issued, or a by-product
 * that is received (Exact KB, material issues and by-product receipts).
 */
import type { Row, SqlValue } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { broken, number, type Body } from './effect.ts';
import { checkWorkable, orderOf, planOf } from './manufacturing-rules.ts';
import { checkQuantity, itemOf, placeOf } from './manufacturing-stock.ts';

export interface PlanRequest {
  plan: Row;
  order: Row;
  item: Row;
  quantity: number;
  warehouse: SqlValue;
  location: SqlValue;
  date: SqlValue;
  draft: SqlValue;
}

/** Throws `Invalid` and the refusals of a plan that is not open to this; books nothing. */
export function requested(writer: Writer, body: Body, type: number): PlanRequest {
  const plan = planOf(writer, body.fields['ShopOrderMaterialPlan'], type);
  const order = orderOf(writer, plan['ShopOrder']);
  const item = itemOf(writer, plan['Item']);
  checkWorkable(writer, order);
  if (number(plan['Backflush']) !== 0) {
    throw broken(writer, 'backflushPlan', String(item['Code']));
  }
  const quantity = number(body.fields['Quantity']);
  checkQuantity(writer, item, quantity);
  const warehouse = order['Warehouse'] ?? null;
  const location = placeOf(writer, warehouse, item, body.fields['StorageLocation']);
  const date = body.fields['TransactionDate'] ?? null;
  const draft = body.fields['DraftStockTransactionID'] ?? null;
  return { plan, order, item, quantity, warehouse, location, date, draft };
}
