/*
 * What writing to the entities of manufacturing does, as one list for the registry of effects.
 */
import type { Effect } from './effect.ts';
import { assemblyEffects } from './assembly.ts';
import { bomEffects } from './manufacturing-bom.ts';
import { byProductReceipt, byProductReversal } from './manufacturing-by-products.ts';
import { materialIssue, materialReversal } from './manufacturing-issues.ts';
import { shopOrder, shopOrderPriority } from './manufacturing-orders.ts';
import { materialPlan, routingStepPlan } from './manufacturing-plans.ts';
import { shopOrderReceipt, shopOrderReversal } from './manufacturing-receipts.ts';
import { stageForDelivery, stageReversal } from './manufacturing-stages.ts';
import { subOrderReceipt, subOrderReversal } from './manufacturing-sub-orders.ts';
import { timedTimeTransaction, timeTransaction } from './manufacturing-time.ts';

export const manufacturingEffects: Readonly<Record<string, Effect>> = {
  ...bomEffects,
  ...assemblyEffects,
  'Manufacturing/ShopOrders': shopOrder,
  'Manufacturing/ShopOrderPriorities': shopOrderPriority,
  'Manufacturing/ShopOrderMaterialPlans': materialPlan,
  'Manufacturing/ShopOrderRoutingStepPlans': routingStepPlan,
  'Manufacturing/MaterialIssues': materialIssue,
  'Manufacturing/MaterialReversals': materialReversal,
  'Manufacturing/ShopOrderReceipts': shopOrderReceipt,
  'Manufacturing/ShopOrderReversals': shopOrderReversal,
  'Manufacturing/SubOrderReceipts': subOrderReceipt,
  'Manufacturing/SubOrderReversals': subOrderReversal,
  'Manufacturing/ByProductReceipts': byProductReceipt,
  'Manufacturing/ByProductReversals': byProductReversal,
  'Manufacturing/StageForDeliveryReceipts': stageForDelivery,
  'Manufacturing/StageForDeliveryReversals': stageReversal,
  'Manufacturing/TimeTransactions': timeTransaction,
  'Manufacturing/TimedTimeTransactions': timedTimeTransaction,
};
