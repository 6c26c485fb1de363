/*
 * Which scope an endpoint belongs to (Exact KB, scopes), as data: the first line that fits decides.
 * Reading wants the level Read, everything else Manage; where several scopes are named, any of them
 * will do.
 */
import { ApiError } from '../http/answer.ts';
import type { Store } from '../store/database.ts';
import { scopeLevels, type ScopeName } from '../store/rights.ts';
import type { Entity } from './catalogue.ts';

const ANY_NUMBER: readonly ScopeName[] = ['logistics.inventory', 'sales.orders', 'purchase.orders'];

/** Patterns over the entity's name without `Sync/`, `Bulk/` and `Read/`. */
const TABLE: readonly (readonly [RegExp, readonly ScopeName[]])[] = [
  [/^System\/Me$|^HRM\//, []],
  [/^(?:System|Users|Webhooks)\/|^Deleted$|^Sync\/SyncTimestamp$/, ['organization.administration']],
  [/^CRM\//, ['crm.accounts']],
  [/\/SalesItemPrices$/, ['sales.prices']],
  [/\/PurchaseItemPrices$/, ['purchase.prices']],
  [/^Logistics\/StockPosition$/, ['logistics.inventory']],
  [/^Logistics\//, ['logistics.items']],
  [/^Inventory\/Stock(?:Batch|Serial)Numbers$/, ANY_NUMBER],
  [/^Inventory\/(?:Batch|Serial|SerialBatch)Number/, ['logistics.items']],
  [/^Inventory\/AssemblyOrder/, ['manufacturing.production']],
  [/^Inventory\//, ['logistics.inventory']],
  [/^PurchaseOrder\/(?:GoodsReceipt|PurchaseReturn)/, ['logistics.wms']],
  [/^PurchaseOrder\//, ['purchase.orders']],
  [/^SalesOrder\/(?:GoodsDeliver|DropShipment|DigitalOrderPicking)/, ['logistics.wms']],
  [/^(?:SalesOrder|Sales)\//, ['sales.orders']],
  [
    /^Manufacturing\/(?:Material(?:Issue|Reversal)|SubOrder|ByProduct|StageForDelivery|BillOf)/,
    ['manufacturing.production'],
  ],
  [
    /^Manufacturing\/(?:Operations|OperationResources|ProductionAreas|ManufacturingSettings)$/,
    ['manufacturing.production'],
  ],
  [/^Manufacturing\//, ['manufacturing.shopfloor']],
];

/** The scopes of which any gives access; empty for what needs none. */
export function scopesOf(of: Entity): readonly ScopeName[] {
  const name = of.name.replace(/^(?:Sync|Bulk|Read)\//, '');
  const found = TABLE.find(([pattern]) => pattern.test(name));
  if (!found) throw new Error(`${of.name} has no scope in the table of scopes`);
  return found[1];
}

/** Whether the app's scopes allow a verb on an entity. */
export function scopeAllows(store: Store, of: Entity, method: string): boolean {
  const scopes = scopesOf(of);
  const levels = scopeLevels(store);
  const enough = method === 'GET' ? ['read', 'manage'] : ['manage'];
  return scopes.length === 0 || scopes.some((scope) => enough.includes(levels[scope]));
}

/** Throws 403 with Exact's text when the app lacks the scope for a verb. */
export function demandScope(store: Store, of: Entity, method: string): void {
  if (scopeAllows(store, of, method)) return;
  const wanted = method === 'GET' ? 'read' : 'manage';
  throw new ApiError(
    403,
    `Forbidden - Application Scope Violated. Cannot ${wanted} '${scopesOf(of)[0] ?? ''}' scope.`,
  );
}
