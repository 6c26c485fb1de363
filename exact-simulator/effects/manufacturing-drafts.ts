/*
 * Transactions of the shop floor take their batch and serial numbers from drafts posted before
 * them (Exact KB, batch and serial numbers); plain items just move.
 */
import type { SqlValue } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { consumeDraft } from './drafts.ts';
import { broken } from './effect.ts';
import { isNumbered, moveQuantities, numbersOf, type Movement } from './manufacturing-stock.ts';

/**
 * Books a movement whose numbers were drafted under this ID. Throws the business error when a
 * numbered item comes without drafts, when they do not fit, or when there is not enough stock.
 */
export function bookWithDraft(writer: Writer, movement: Movement, draft: SqlValue): void {
  const { item, warehouse, location, quantity, transactionId } = movement;
  if (!isNumbered(item)) {
    moveQuantities(writer, movement, []);
    return;
  }
  if (draft === null) {
    throw broken(writer, 'numbersMissing', String(item['Code']), 0, Math.abs(quantity));
  }
  consumeDraft(writer, draft, {
    ...{ type: movement.transactionType, item: item['ID'] ?? null, warehouse, location },
    ...{ quantity: Math.abs(quantity), transactionId, sign: quantity < 0 ? -1 : 1 },
  });
  moveQuantities(writer, movement, numbersOf(writer, transactionId));
}
