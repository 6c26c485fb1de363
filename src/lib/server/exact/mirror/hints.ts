// Who lives here: who changes which list. A posting of ours changes some of Exact's lists for
// certain; a webhook names a topic. What we changed ourselves comes back as a webhook too, and
// nobody waits for news of it: the ledger counts our own goods already.
//
// Terms: topic (Exact's word for what a webhook is about), echo (a webhook about our own posting).

import type { PostingKind } from '../../../domain/index.ts';
import type { ListName } from './entities.ts';
import { OWN_PAUSE_MS } from './schedule.ts';

/** What follows from stock alone, the canary tells. */
export const MOVED_BY: Readonly<Record<PostingKind, readonly ListName[]>> = {
  goodsReceipt: ['PurchaseOrders', 'StockPositions'],
  purchaseReturn: ['PurchaseOrders', 'StockPositions'],
  goodsDelivery: ['SalesOrderHeaders', 'SalesOrderLines', 'StockPositions'],
  stockCount: ['StockPositions'],
  warehouseTransfer: ['StockPositions'],
  // The stock of the whole warehouse stays what it was.
  locationTransfer: ['StorageLocationStockPositions', 'StockSerialBatchNumbers'],
  materialIssue: ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues', 'StockPositions'],
  materialSubstitution: [
    'ShopOrders',
    'ShopOrderMaterialPlans',
    'MaterialIssues',
    'StockPositions',
  ],
  materialReturn: ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialReversals', 'StockPositions'],
  materialReversal: ['ShopOrderMaterialPlans', 'MaterialReversals', 'StockPositions'],
  shopOrderReceipt: ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues', 'StockPositions'],
  shopOrderReversal: ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues', 'StockPositions'],
  byProductReceipt: ['ShopOrderMaterialPlans', 'ByProductReceipts', 'StockPositions'],
  byProductReversal: ['ShopOrderMaterialPlans', 'ByProductReversals', 'StockPositions'],
};

/** Topics that we subscribe to, and the lists that they are about (§5). */
export const TOPICS = {
  Items: ['Items'],
  StockPositions: ['StockPositions'],
  PurchaseOrders: ['PurchaseOrders'],
  SalesOrders: ['SalesOrderHeaders', 'SalesOrderLines'],
  GoodsDeliveries: ['SalesOrderHeaders', 'SalesOrderLines'],
  Accounts: ['Accounts'],
} as const satisfies Record<string, readonly ListName[]>;
export type Topic = keyof typeof TOPICS;

export function isTopic(name: string): name is Topic {
  return Object.hasOwn(TOPICS, name);
}

/** Documents that are remembered as our own. */
const REMEMBERED = 1000;

/** What we changed a moment ago. */
export class Echoes {
  readonly #documents = new Map<string, number>();
  readonly #lists = new Map<ListName, number>();

  posted(kind: PostingKind, document: string, nowMs: number): void {
    this.#documents.delete(document);
    this.#documents.set(document, nowMs);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > REMEMBERED && oldest !== undefined) this.#documents.delete(oldest);
    for (const list of MOVED_BY[kind]) this.#lists.set(list, nowMs);
  }

  /**
   * Whether a webhook is about what we did. An order's key is the order; the key of a stock
   * position or of a delivery says nothing to us, so there the time must do.
   */
  isEcho(topic: Topic, key: string, nowMs: number): boolean {
    const recent = (ms: number | undefined) => ms !== undefined && ms > nowMs - OWN_PAUSE_MS;
    if (recent(this.#documents.get(key.toLowerCase()))) return true;
    if (topic !== 'StockPositions' && topic !== 'GoodsDeliveries') return false;
    return TOPICS[topic].some((list) => recent(this.#lists.get(list)));
  }
}
