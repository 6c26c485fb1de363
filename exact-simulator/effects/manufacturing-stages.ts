/*
 * Staging for delivery: what of a make-to-order shop order is ready to ship. It moves no stock; a
 * part of a stage may be taken back (Exact KB, stage for delivery). More than planned is refused.
 */
import type { Row } from '../store/database.ts';
import { findRow, insertRow, touchRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { checkNotCompleted, checkWorkable, orderOf } from './manufacturing-rules.ts';
import { checkQuantity, itemOf } from './manufacturing-stock.ts';

function addReady(writer: Writer, order: Row, quantity: number): void {
  const ready = rounded(number(order['ReadyToShipQuantity']) + quantity);
  updateRow(writer, 'ShopOrders', order['ID'] ?? null, { ReadyToShipQuantity: ready });
}

function stageRow(order: Row, body: Body, quantity: number): Row {
  return {
    ...{ ShopOrder: order['ID'] ?? null, Item: order['Item'] ?? null, Quantity: quantity },
    Warehouse: order['Warehouse'] ?? null,
    TransactionDate: body.fields['TransactionDate'] ?? null,
  };
}

function create(writer: Writer, body: Body): string {
  const order = orderOf(writer, body.fields['ShopOrder']);
  checkWorkable(writer, order);
  const item = itemOf(writer, order['Item']);
  const quantity = number(body.fields['Quantity']);
  checkQuantity(writer, item, quantity);
  const open = number(order['PlannedQuantity']) - number(order['ReadyToShipQuantity']);
  if (quantity > open) throw broken(writer, 'tooMuch', String(item['Code']), quantity, open);
  addReady(writer, order, quantity);
  return insertRow(writer, 'StageForDeliveryReceipts', stageRow(order, body, quantity));
}

function reverse(writer: Writer, body: Body): string {
  const stage = findRow(writer, 'StageForDeliveryReceipts', body.fields['RelatedId'] ?? null);
  if (!stage) throw broken(writer, 'invalid', 'RelatedId');
  const sentOrder = body.fields['ShopOrder'] ?? stage['ShopOrder'];
  if (sentOrder !== stage['ShopOrder']) throw broken(writer, 'invalid', 'ShopOrder');
  const order = orderOf(writer, stage['ShopOrder']);
  checkNotCompleted(writer, order);
  const quantity = number(body.fields['Quantity']);
  checkQuantity(writer, itemOf(writer, order['Item']), quantity);
  const reversed = writer.store.get(
    'SELECT sum("Quantity") AS n FROM "StageForDeliveryReversals" WHERE "RelatedId" = ?',
    stage['Id'] ?? null,
  );
  const rest = rounded(number(stage['Quantity']) - number(reversed?.['n']));
  if (rest <= 0) throw broken(writer, 'notReversible');
  if (quantity > rest) throw broken(writer, 'reverseTooMuch', quantity, rest);
  addReady(writer, order, -quantity);
  touchRow(writer, 'StageForDeliveryReceipts', stage['Id'] ?? null);
  const row = { ...stageRow(order, body, quantity), RelatedId: stage['Id'] ?? null };
  return insertRow(writer, 'StageForDeliveryReversals', row);
}

export const stageForDelivery: Effect = { create };
export const stageReversal: Effect = {
  // The reference's own field list marks ShopOrder too; its prose names only these.
  mandatory: {
    'Manufacturing/StageForDeliveryReversals': ['RelatedId', 'Quantity', 'TransactionDate'],
  },
  create: reverse,
};
