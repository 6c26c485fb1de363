/*
 * Finished goods come into stock from a shop order, and are taken back (Exact KB, shop order
 * receipts). Materials and by-products that are backflushed book themselves along with the receipt
 * and are undone with it. Producing more than planned is allowed.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { insertRow, touchRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { byProductsAfter, recordByProduct, reverseByProduct } from './manufacturing-by-products.ts';
import { bookWithDraft } from './manufacturing-drafts.ts';
import { ISSUES, issuesAfter, recordFollowingIssue, reverseIssue } from './manufacturing-issues.ts';
import { originalOf, restOf, type ReversalTables } from './manufacturing-reversals.ts';
import {
  BY_PRODUCT,
  bookOnOrder,
  checkNotCompleted,
  checkWorkable,
  orderOf,
  plansOf,
  refreshShopOrder,
} from './manufacturing-rules.ts';
import {
  bookMovement,
  checkQuantity,
  isNumbered,
  itemOf,
  moveQuantities,
  placeOf,
  TYPES,
} from './manufacturing-stock.ts';

const RECEIPTS: ReversalTables = {
  ...{ originals: 'ShopOrderReceipts', reversals: 'ShopOrderReversals' },
};

/** What a receipt of `quantity` takes of a backflushed plan: its share, in whole pieces if need be. */
function share(item: Row, plan: Row, order: Row, quantity: number): number {
  const exact = (number(plan['PlannedQuantity']) * quantity) / number(order['PlannedQuantity']);
  return number(item['IsFractionAllowedItem']) === 0 ? Math.round(exact) : rounded(exact);
}

function backflush(
  writer: Writer,
  order: Row,
  receipt: { id: string; quantity: number; date: SqlValue },
): void {
  for (const plan of plansOf(writer, order['ID'] ?? null)) {
    if (number(plan['Backflush']) === 0) continue;
    const item = itemOf(writer, plan['Item']);
    if (isNumbered(item)) throw broken(writer, 'backflushNumbers', String(item['Code']));
    const quantity = share(item, plan, order, receipt.quantity);
    if (quantity <= 0) continue;
    const warehouse = order['Warehouse'] ?? null;
    const location = placeOf(writer, warehouse, item, undefined);
    const transactionId = writer.newId();
    const comes = number(plan['Type']) === BY_PRODUCT;
    const moved = comes ? quantity : -quantity;
    const transactionType = comes ? TYPES.byProduct : TYPES.issue;
    const movement = { item, warehouse, location, transactionId, transactionType };
    moveQuantities(writer, { ...movement, quantity: moved }, []);
    const booked = { plan, order, quantity, location, transactionId, date: receipt.date };
    if (comes) recordByProduct(writer, { ...booked, receiptId: receipt.id, draft: null });
    else recordFollowingIssue(writer, { ...booked, receiptId: receipt.id, fromChild: false });
  }
}

export interface Receipt {
  order: Row;
  quantity: number;
  location: SqlValue;
  draft: SqlValue;
  date: SqlValue;
  /** The issue to the parent order that follows, for a sub order that is received for it. */
  issueToParent: string | undefined;
}

/** Books a receipt with its numbers and everything that is backflushed. Returns its ID. */
export function bookReceipt(writer: Writer, receipt: Receipt): string {
  const { order, quantity, location, draft, date } = receipt;
  const item = itemOf(writer, order['Item']);
  const id = writer.newId();
  bookWithDraft(
    writer,
    {
      ...{ item, warehouse: order['Warehouse'] ?? null, location, quantity },
      ...{ transactionId: id, transactionType: TYPES.receipt },
    },
    draft,
  );
  insertRow(writer, 'ShopOrderReceipts', {
    ...{ StockTransactionId: id, DraftStockTransactionID: draft, ShopOrder: order['ID'] ?? null },
    ...{ Item: order['Item'] ?? null, Warehouse: order['Warehouse'] ?? null },
    ...{ StorageLocation: location, Quantity: quantity, TransactionDate: date },
    ReceiptNumber: writer.store.next('ShopOrderReceipts.ReceiptNumber'),
    IsIssueToParent: Number(receipt.issueToParent !== undefined),
    RelatedStockTransaction: receipt.issueToParent ?? null,
  });
  bookOnOrder(writer, order['ID'] ?? null, quantity);
  backflush(writer, order, { id, quantity, date });
  refreshShopOrder(writer, order['ID'] ?? null);
  return id;
}

function create(writer: Writer, body: Body): string {
  const order = orderOf(writer, body.fields['ShopOrder']);
  checkWorkable(writer, order);
  const item = itemOf(writer, order['Item']);
  const quantity = number(body.fields['Quantity']);
  checkQuantity(writer, item, quantity);
  const sent = body.fields['StorageLocation'];
  return bookReceipt(writer, {
    ...{ order, quantity, issueToParent: undefined },
    location: placeOf(writer, order['Warehouse'] ?? null, item, sent),
    draft: body.fields['DraftStockTransactionID'] ?? null,
    date: body.fields['TransactionDate'] ?? null,
  });
}

function undoBackflush(writer: Writer, receiptId: SqlValue, date: SqlValue, note: SqlValue): void {
  for (const issue of issuesAfter(writer, receiptId)) {
    if (number(issue['IsBackflush']) === 0) continue;
    const rest = restOf(writer, ISSUES, issue);
    reverseIssue(writer, { original: issue, rest, location: null, date, note });
  }
  for (const byProduct of byProductsAfter(writer, receiptId)) {
    reverseByProduct(writer, byProduct, date, note);
  }
}

/** Takes a receipt back as a whole, with everything it backflushed. Returns the reversal's ID. */
export function reverseReceipt(
  writer: Writer,
  original: Row,
  date: SqlValue,
  note: SqlValue,
): string {
  const order = orderOf(writer, original['ShopOrder']);
  checkNotCompleted(writer, order);
  const receiptId = original['StockTransactionId'] ?? null;
  const rest = restOf(writer, RECEIPTS, original);
  const id = writer.newId();
  const movement = {
    ...{ item: itemOf(writer, original['Item']), warehouse: original['Warehouse'] ?? null },
    ...{ location: original['StorageLocation'] ?? null, quantity: -rest.quantity },
    ...{ transactionId: id, transactionType: TYPES.receiptReversal },
  };
  bookMovement(writer, movement, rest.numbers);
  insertRow(writer, 'ShopOrderReversals', {
    ...{ ReversalStockTransactionId: id, OriginalStockTransactionId: receiptId, Note: note },
    ...{ Item: original['Item'] ?? null, ShopOrder: original['ShopOrder'] ?? null },
    ...{ Warehouse: movement.warehouse, StorageLocation: movement.location },
    ...{ Quantity: rest.quantity, TransactionDate: date },
  });
  touchRow(writer, 'ShopOrderReceipts', receiptId);
  bookOnOrder(writer, order['ID'] ?? null, -rest.quantity);
  undoBackflush(writer, receiptId, date, note);
  refreshShopOrder(writer, order['ID'] ?? null);
  return id;
}

function reverse(writer: Writer, body: Body): string {
  const id = body.fields['OriginalStockTransactionId'] ?? null;
  const original = originalOf(writer, RECEIPTS, id, 'OriginalStockTransactionId');
  if (number(original['IsIssueToParent']) !== 0) throw broken(writer, 'reverseOriginal');
  const { fields } = body;
  return reverseReceipt(
    writer,
    original,
    fields['TransactionDate'] ?? null,
    fields['Note'] ?? null,
  );
}

export const shopOrderReceipt: Effect = { create };
export const shopOrderReversal: Effect = { create: reverse };
