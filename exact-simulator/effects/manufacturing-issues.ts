/*
 * Material leaves stock for a shop order, and comes back (Exact KB, material issues and
 * reversals). Issuing more than planned is allowed: nothing in the reference excludes it.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { findRow, insertRow, touchRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { bookWithDraft } from './manufacturing-drafts.ts';
import {
  nestedNumbers,
  originalOf,
  partOf,
  restOf,
  type Rest,
  type ReversalTables,
} from './manufacturing-reversals.ts';
import {
  bookOnPlan,
  checkNotCompleted,
  MATERIAL,
  orderOf,
  refreshShopOrder,
} from './manufacturing-rules.ts';
import { requested } from './manufacturing-requests.ts';
import { bookMovement, itemOf, placeOf, TYPES } from './manufacturing-stock.ts';

export const ISSUES: ReversalTables = {
  ...{ originals: 'MaterialIssues', reversals: 'MaterialReversals' },
};

/** The common fields of a transaction on a plan. */
function head(plan: Row, order: Row, location: SqlValue, quantity: number, date: SqlValue): Row {
  return {
    ...{ ShopOrderMaterialPlan: plan['ID'] ?? null, ShopOrder: order['ID'] ?? null },
    ...{ Item: plan['Item'] ?? null, Warehouse: order['Warehouse'] ?? null },
    ...{ StorageLocation: location, Quantity: quantity, TransactionDate: date },
  };
}

function create(writer: Writer, body: Body): string {
  const { plan, order, item, quantity, warehouse, location, date, draft } = requested(
    writer,
    body,
    MATERIAL,
  );
  const transactionId = writer.newId();
  const movement = { item, warehouse, location, transactionId, transactionType: TYPES.issue };
  bookWithDraft(writer, { ...movement, quantity: -quantity }, draft);
  insertRow(writer, 'MaterialIssues', {
    ...head(plan, order, location, quantity, date),
    ...{ StockTransactionId: transactionId, DraftStockTransactionID: draft },
    ...{ Note: body.fields['Note'] ?? null, IsBackflush: 0, IsIssueFromChild: 0 },
  });
  bookOnPlan(writer, plan['ID'] ?? null, quantity);
  refreshShopOrder(writer, order['ID'] ?? null);
  return transactionId;
}

/** An issue that follows from a receipt: a backflushed material, or a sub order for its parent. */
interface FollowingIssue {
  plan: Row;
  order: Row;
  quantity: number;
  date: SqlValue;
  /** The receipt it follows from. */
  receiptId: string;
  fromChild: boolean;
  location: SqlValue;
  transactionId: string;
}

/** Writes down an issue whose stock is booked already, and brings its plan up to date. */
export function recordFollowingIssue(writer: Writer, issue: FollowingIssue): void {
  const { plan, order, quantity } = issue;
  insertRow(writer, 'MaterialIssues', {
    ...head(plan, order, issue.location, quantity, issue.date),
    ...{ StockTransactionId: issue.transactionId, RelatedStockTransaction: issue.receiptId },
    ...{ IsBackflush: Number(!issue.fromChild), IsIssueFromChild: Number(issue.fromChild) },
  });
  bookOnPlan(writer, plan['ID'] ?? null, quantity);
}

interface IssueReversal {
  original: Row;
  rest: Rest;
  /** Where everything goes; null puts it back where it came from. */
  location: SqlValue;
  date: SqlValue;
  note: SqlValue;
}

/** Books a reversal of an issue: stock and numbers back, the plan less far. */
export function reverseIssue(writer: Writer, reversal: IssueReversal): string {
  const { original, rest } = reversal;
  const item = itemOf(writer, original['Item']);
  const transactionId = writer.newId();
  const location = reversal.location ?? original['StorageLocation'] ?? null;
  const numbers = rest.numbers.map((n) => ({ ...n, location: reversal.location ?? n.location }));
  bookMovement(
    writer,
    {
      ...{ item, warehouse: original['Warehouse'] ?? null, location, quantity: rest.quantity },
      ...{ transactionId, transactionType: TYPES.issueReversal },
    },
    numbers,
  );
  insertRow(writer, 'MaterialReversals', {
    ...{ ReversalStockTransactionId: transactionId, Note: reversal.note },
    OriginalStockTransactionId: original['StockTransactionId'] ?? null,
    ...{ Item: original['Item'] ?? null, ShopOrder: original['ShopOrder'] ?? null },
    ShopOrderMaterialPlan: original['ShopOrderMaterialPlan'] ?? null,
    ...{ Warehouse: original['Warehouse'] ?? null, StorageLocation: location },
    ...{ Quantity: rest.quantity, TransactionDate: reversal.date },
    IsBackflush: original['IsBackflush'] ?? 0,
  });
  // HasReversibleQuantity may have changed, so the issue counts as changed for sync.
  touchRow(writer, 'MaterialIssues', original['StockTransactionId'] ?? null);
  bookOnPlan(writer, original['ShopOrderMaterialPlan'] ?? null, -rest.quantity);
  return transactionId;
}

function reverse(writer: Writer, body: Body): string {
  const id = body.fields['OriginalStockTransactionId'] ?? null;
  const original = originalOf(writer, ISSUES, id, 'OriginalStockTransactionId');
  if (number(original['IsBackflush']) !== 0 || number(original['IsIssueFromChild']) !== 0) {
    throw broken(writer, 'reverseOriginal');
  }
  const order = orderOf(writer, original['ShopOrder']);
  checkNotCompleted(writer, order);
  const item = itemOf(writer, original['Item']);
  const rest = partOf(writer, item, body, restOf(writer, ISSUES, original));
  const sent = body.fields['StorageLocation'] ?? null;
  const made = reverseIssue(writer, {
    ...{ original, rest },
    location: sent === null ? null : placeOf(writer, original['Warehouse'] ?? null, item, sent),
    date: body.fields['TransactionDate'] ?? null,
    note: body.fields['Note'] ?? null,
  });
  refreshShopOrder(writer, order['ID'] ?? null);
  return made;
}

/** The issues that followed from a receipt. */
export function issuesAfter(writer: Writer, receiptId: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "MaterialIssues" WHERE "RelatedStockTransaction" = ?',
    receiptId,
  );
}

/** The plan a sub order is made for, with its order; undefined for an order that has no parent. */
export function parentOf(writer: Writer, orderId: SqlValue): { plan: Row; order: Row } | undefined {
  const link = writer.store.get(
    'SELECT * FROM "ShopOrderSubOrders" WHERE "ShopOrder" = ?',
    orderId,
  );
  const plan = findRow(writer, 'ShopOrderMaterialPlans', link?.['ShopOrderMaterialPlan'] ?? null);
  const order = findRow(writer, 'ShopOrders', link?.['ShopOrderParent'] ?? null);
  return plan && order ? { plan, order } : undefined;
}

export const materialIssue: Effect = { create };
export const materialReversal: Effect = { mandatory: nestedNumbers, create: reverse };
