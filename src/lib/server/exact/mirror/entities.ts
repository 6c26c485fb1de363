// Who lives here: which of Exact's records the mirror keeps, where each comes from, and how often
// it is asked for. The periods spend about 2,950 of the 3,000 calls that the mirror may use of a
// day (budget.ts): orders every minute, stock every five, settings every fifteen, places hourly.

import type { Row } from '../envelope.ts';
import { forms } from './forms.ts';
import type { EntityName } from './forms.ts';

export interface EntitySpec {
  readonly name: EntityName;
  /** Relative to the division. */
  readonly path: string;
  /**
   * `sync` by row version (§4.1); `poll` by time of change where there is no sync (§4.3); `whole`
   * where rows do not say when they changed (§6.1).
   */
  readonly by: 'sync' | 'poll' | 'whole';
  readonly everyMs: number;
  /** `EntityType` of `sync/Deleted`, where deletions are told. */
  readonly deletedType?: number;
  /** The field whose value readers speak of: an item for its prices, an order for its lines. */
  readonly subject: string;
}

const MINUTE_MS = 60_000;

export const ENTITIES: readonly EntitySpec[] = [
  { ...poll('Units', 'logistics/Units'), by: 'whole', everyMs: 24 * 60 * MINUTE_MS },
  poll('Warehouses', 'inventory/Warehouses'),
  poll('StorageLocations', 'inventory/StorageLocations'),
  sync('Items', 'Logistics', 5, 'ID', 9),
  sync('SalesItemPrices', 'Logistics', 15, 'Item', 8),
  sync('SupplierItem', 'Logistics', 15, 'Item', 30),
  sync('ItemWarehouses', 'Inventory', 15, 'Item', 19),
  sync('StockPositions', 'Inventory', 5, 'ItemId', 15),
  sync('StorageLocationStockPositions', 'Inventory', 5, 'Item', 20),
  sync('PurchaseOrders', 'PurchaseOrder', 1, 'PurchaseOrderID', 22),
];

/** How often `sync/Deleted` is read. */
export const DELETED_EVERY_MS = 5 * MINUTE_MS;
export const DELETED_PATH = 'sync/Deleted';

function sync(
  ...[name, service, minutes, subject, deletedType]: [EntityName, string, number, string, number]
): EntitySpec {
  const path = `sync/${service}/${name}`;
  return { name, path, by: 'sync', everyMs: minutes * MINUTE_MS, subject, deletedType };
}

function poll(name: EntityName, path: string): EntitySpec {
  return { name, path, by: 'poll', everyMs: 60 * MINUTE_MS, subject: 'ID' };
}

/** How this administration uses fields that Exact leaves free. */
export interface Conventions {
  /** The item field that says: batches of it carry an expiry date. Default `FreeBoolField_01`. */
  readonly expiryField: string;
}

export const DEFAULT_CONVENTIONS: Conventions = { expiryField: 'FreeBoolField_01' };

/** Whether a configured field name is one of the five yes/no fields that items have (§6.1). */
export function isExpiryField(name: string): boolean {
  return /^FreeBoolField_0[1-5]$/.test(name);
}

/** The explicit `$select` of an entity: the fields of its form, and the cursor's. */
export function selectOf(spec: EntitySpec, conventions: Conventions): string {
  const fields = Object.keys(forms[spec.name].shape);
  const named = fields.map((f) => (f === 'HasExpiry' ? conventions.expiryField : f));
  const place = { sync: ['Timestamp'], poll: ['Modified'], whole: [] }[spec.by];
  return [...place, ...named].join(',');
}

/** A row under the names of its form. */
export function underOurNames(spec: EntitySpec, row: Row, conventions: Conventions): Row {
  return spec.name === 'Items' ? { ...row, HasExpiry: row[conventions.expiryField] } : row;
}
