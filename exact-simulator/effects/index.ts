/*
 * Which entities may be written and what writing them does. An entity that is served but has no
 * effect here is read-only and answers 405 to everything but GET.
 */
import { documentEffects } from './documents.ts';
import type { Effect } from './effect.ts';
import { goodsReceipt } from './goods-receipt.ts';
import { manufacturingEffects } from './manufacturing.ts';
import { masterEffects } from './plain-master.ts';
import { purchaseOrderEffects } from './plain-purchase-orders.ts';
import { salesOrderEffects } from './plain-sales-orders.ts';
import { webhookSubscription } from '../webhooks/subscriptions.ts';

const effects: Readonly<Record<string, Effect>> = {
  ...masterEffects,
  ...purchaseOrderEffects,
  ...salesOrderEffects,
  ...documentEffects,
  'PurchaseOrder/GoodsReceipts': goodsReceipt,
  'PurchaseOrder/GoodsReceiptLines': { createForbidden: 'linesThroughHeader' },
  ...manufacturingEffects,
  'Webhooks/WebhookSubscriptions': webhookSubscription,
};

/** The effect of writing to an entity, or undefined when it is read-only. */
export function effectOf(entityName: string): Effect | undefined {
  return effects[entityName];
}
