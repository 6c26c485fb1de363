/*
 * A sub order is received and issued to the order it is made for in one go, as two stock
 * transactions; undoing it undoes both (Exact KB, sub order receipts).
 */
import type { SqlValue } from '../store/database.ts';
import { findRow, insertRow, touchRow, type Writer } from '../store/rows.ts';
import { broken, number, type Body, type Effect } from './effect.ts';
import { ISSUES, parentOf, recordFollowingIssue, reverseIssue } from './manufacturing-issues.ts';
import { bookReceipt, reverseReceipt } from './manufacturing-receipts.ts';
import { originalOf, restOf } from './manufacturing-reversals.ts';
import {
  checkNotCompleted,
  checkWorkable,
  orderOf,
  refreshShopOrder,
} from './manufacturing-rules.ts';
import {
  bookMovement,
  checkQuantity,
  itemOf,
  numbersOf,
  placeOf,
  TYPES,
} from './manufacturing-stock.ts';

function create(writer: Writer, body: Body): string {
  const order = orderOf(writer, body.fields['SubShopOrder'], 'SubShopOrder');
  const parent = parentOf(writer, order['ID'] ?? null);
  if (!parent) throw broken(writer, 'invalid', 'SubShopOrder');
  checkWorkable(writer, order);
  checkWorkable(writer, parent.order);
  const item = itemOf(writer, order['Item']);
  const quantity = number(body.fields['Quantity']);
  checkQuantity(writer, item, quantity);
  const warehouse = order['Warehouse'] ?? null;
  const location = placeOf(writer, warehouse, item, undefined);
  const draft = body.fields['DraftStockTransactionID'] ?? null;
  const date = body.fields['TransactionDate'] ?? null;
  const issueId = writer.newId();
  const receiptId = bookReceipt(writer, {
    ...{ order, quantity, location, draft, date, issueToParent: issueId },
  });
  const leaving = { item, warehouse, location, transactionId: issueId, quantity: -quantity };
  const numbers = numbersOf(writer, receiptId);
  bookMovement(writer, { ...leaving, transactionType: TYPES.issue }, numbers);
  recordFollowingIssue(writer, {
    ...{ ...parent, quantity, date, receiptId, location, fromChild: true, transactionId: issueId },
  });
  refreshShopOrder(writer, parent.order['ID'] ?? null);
  return insertRow(writer, 'SubOrderReceipts', {
    ...{ ShopOrderReceiptStockTransactionId: receiptId, Item: order['Item'] ?? null },
    ...{ MaterialIssueStockTransactionId: issueId, DraftStockTransactionID: draft },
    ...{ SubShopOrder: order['ID'] ?? null, ParentShopOrder: parent.order['ID'] ?? null },
    ParentShopOrderMaterialPlan: parent.plan['ID'] ?? null,
    ...{ Quantity: quantity, TransactionDate: date, Warehouse: warehouse },
  });
}

function reverse(writer: Writer, body: Body): string {
  const field = 'OriginalMaterialIssueStockTransactionId';
  const id: SqlValue = body.fields[field] ?? null;
  const issue = originalOf(writer, ISSUES, id, field);
  const receipt = findRow(writer, 'ShopOrderReceipts', issue['RelatedStockTransaction'] ?? null);
  if (number(issue['IsIssueFromChild']) === 0 || !receipt) throw broken(writer, 'invalid', field);
  checkNotCompleted(writer, orderOf(writer, issue['ShopOrder']));
  const date = body.fields['TransactionDate'] ?? null;
  const note = body.fields['Note'] ?? null;
  const rest = restOf(writer, ISSUES, issue);
  const reversalId = reverseIssue(writer, { original: issue, rest, location: null, date, note });
  const receiptReversal = reverseReceipt(writer, receipt, date, note);
  refreshShopOrder(writer, issue['ShopOrder'] ?? null);
  const receiptId = receipt['StockTransactionId'] ?? null;
  touchRow(writer, 'SubOrderReceipts', receiptId);
  return insertRow(writer, 'SubOrderReversals', {
    ...{ MaterialReversalStockTransactionId: reversalId, Note: note, TransactionDate: date },
    ...{ ShopOrderReversalStockTransactionId: receiptReversal },
    ...{ [field]: id, OriginalShopOrderReceiptStockTransactionId: receiptId },
    ...{ ParentShopOrder: issue['ShopOrder'] ?? null, SubShopOrder: receipt['ShopOrder'] ?? null },
    ...{ Item: issue['Item'] ?? null, Quantity: rest.quantity },
    Warehouse: issue['Warehouse'] ?? null,
  });
}

export const subOrderReceipt: Effect = { create };
export const subOrderReversal: Effect = { create: reverse };
