/*
 * By-products of a shop order come into stock, and are taken back (Exact KB, by-product receipts).
 */
import type { Row, SqlValue } from '../store/database.ts';
import { insertRow, touchRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { bookWithDraft } from './manufacturing-drafts.ts';
import { originalOf, restOf, type ReversalTables } from './manufacturing-reversals.ts';
import {
  BY_PRODUCT,
  bookOnPlan,
  checkNotCompleted,
  orderOf,
  refreshShopOrder,
} from './manufacturing-rules.ts';
import { requested } from './manufacturing-requests.ts';
import { bookMovement, itemOf, TYPES } from './manufacturing-stock.ts';

const BY_PRODUCTS: ReversalTables = {
  ...{ originals: 'ByProductReceipts', reversals: 'ByProductReversals' },
};

export interface ByProduct {
  plan: Row;
  order: Row;
  quantity: number;
  location: SqlValue;
  date: SqlValue;
  draft: SqlValue;
  transactionId: string;
  /** The receipt that backflushed it. */
  receiptId: string | null;
}

/** Writes down a by-product whose stock is booked already, and brings its plan up to date. */
export function recordByProduct(writer: Writer, made: ByProduct): void {
  const { plan, order, quantity } = made;
  insertRow(writer, 'ByProductReceipts', {
    ...{ StockTransactionId: made.transactionId, DraftStockTransactionID: made.draft },
    ...{ ShopOrderMaterialPlan: plan['ID'] ?? null, ShopOrder: order['ID'] ?? null },
    ...{ Item: plan['Item'] ?? null, Warehouse: order['Warehouse'] ?? null },
    ...{ StorageLocation: made.location, Quantity: quantity, TransactionDate: made.date },
    ...{ IsBackflush: Number(made.receiptId !== null), RelatedStockTransaction: made.receiptId },
  });
  bookOnPlan(writer, plan['ID'] ?? null, quantity);
}

function create(writer: Writer, body: Body): string {
  const { plan, order, item, quantity, warehouse, location, date, draft } = requested(
    writer,
    body,
    BY_PRODUCT,
  );
  const transactionId = writer.newId();
  const transactionType = TYPES.byProduct;
  const movement = { item, warehouse, location, quantity, transactionId, transactionType };
  bookWithDraft(writer, movement, draft);
  const made = { plan, order, quantity, location, date, draft, transactionId, receiptId: null };
  recordByProduct(writer, made);
  refreshShopOrder(writer, order['ID'] ?? null);
  return transactionId;
}

/** The by-products a receipt backflushed. */
export function byProductsAfter(writer: Writer, receiptId: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "ByProductReceipts" WHERE "RelatedStockTransaction" = ?',
    receiptId,
  );
}

/** Takes a by-product back as a whole. Returns the reversal's ID. */
export function reverseByProduct(
  writer: Writer,
  original: Row,
  date: SqlValue,
  note: SqlValue,
): string {
  const rest = restOf(writer, BY_PRODUCTS, original);
  const id = writer.newId();
  const warehouse = original['Warehouse'] ?? null;
  const location = original['StorageLocation'] ?? null;
  const movement = {
    ...{ item: itemOf(writer, original['Item']), warehouse, location, quantity: -rest.quantity },
    ...{ transactionId: id, transactionType: TYPES.byProductReversal },
  };
  bookMovement(writer, movement, rest.numbers);
  insertRow(writer, 'ByProductReversals', {
    ...{ ReversalStockTransactionId: id, Note: note, Item: original['Item'] ?? null },
    OriginalStockTransactionId: original['StockTransactionId'] ?? null,
    ...{ ShopOrder: original['ShopOrder'] ?? null, Warehouse: warehouse },
    ShopOrderMaterialPlan: original['ShopOrderMaterialPlan'] ?? null,
    ...{ StorageLocation: location, Quantity: rest.quantity, TransactionDate: date },
    IsBackflush: original['IsBackflush'] ?? 0,
  });
  touchRow(writer, 'ByProductReceipts', original['StockTransactionId'] ?? null);
  bookOnPlan(writer, original['ShopOrderMaterialPlan'] ?? null, -rest.quantity);
  return id;
}

function reverse(writer: Writer, body: Body): string {
  const id = body.fields['OriginalStockTransactionId'] ?? null;
  const original = originalOf(writer, BY_PRODUCTS, id, 'OriginalStockTransactionId');
  if (number(original['IsBackflush']) !== 0) throw broken(writer, 'reverseOriginal');
  const order = orderOf(writer, original['ShopOrder']);
  checkNotCompleted(writer, order);
  const { fields } = body;
  const date = fields['TransactionDate'] ?? null;
  const made = reverseByProduct(writer, original, date, fields['Note'] ?? null);
  refreshShopOrder(writer, order['ID'] ?? null);
  return made;
}

export const byProductReceipt: Effect = { create };
export const byProductReversal: Effect = { create: reverse };
