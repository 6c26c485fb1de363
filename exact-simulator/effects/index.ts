/*
 * Which entities may be written and what writing them does. An entity that is served but has no
 * effect here is read-only and answers 405 to everything but GET.
 */
import type { Effect } from './effect.ts';
import { goodsReceipt } from './goods-receipt.ts';

const effects: Readonly<Record<string, Effect>> = {
  'PurchaseOrder/GoodsReceipts': goodsReceipt,
  'PurchaseOrder/GoodsReceiptLines': { createForbidden: 'linesThroughHeader' },
};

/** The effect of writing to an entity, or undefined when it is read-only. */
export function effectOf(entityName: string): Effect | undefined {
  return effects[entityName];
}
