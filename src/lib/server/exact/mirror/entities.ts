// Who lives here: which of Exact's records the mirror keeps, where each comes from, what its rows
// are about, and how often it is asked for. The periods are the long ones of a quiet list: what
// makes a list due sooner is in canary.ts and hints.ts, and the numbers behind both are in
// docs/adr/0010-sync-by-canary.md.
//
// Terms: subject (what readers ask a list by: an item for its prices, an order for its lines), link
// (the other thing that a row is about), live (a document that goods may still move on).

import type { Row } from '../envelope.ts';
import { forms } from './forms.ts';
import type { EntityName } from './forms.ts';

/** The list of what was deleted; it has a rhythm like every other, but no rows of its own. */
export const DELETED = 'Deleted';
export type ListName = EntityName | typeof DELETED;

/** Under this name stands the question whether our division is still where it was, while it fails. */
export const DIVISION = 'Divisions';

export interface EntitySpec {
  readonly name: EntityName;
  /** Relative to the division; a second one where Exact's references disagree about the name. */
  readonly paths: readonly [string, ...string[]];
  /**
   * `sync` by row version (§4.1); `poll` by time of change where there is no sync (§4.3); `whole`
   * where rows do not say when they changed (§6.1).
   */
  readonly by: 'sync' | 'poll' | 'whole';
  readonly key: string;
  readonly subject: string;
  readonly link?: string;
  readonly live?: (row: Row) => boolean;
  /** The time by which a polled list is asked. */
  readonly changedAt: 'Modified' | 'CreatedDate';
  readonly rhythm: Rhythm;
  /** `EntityType` of `sync/Deleted`, where deletions are told. */
  readonly deletedType?: number;
  /** The list whose rows go with one of these, by their subject. */
  readonly owns?: EntityName;
  /** Rows are booked and never go: there is nothing to compare. */
  readonly stays?: true;
}

export interface Rhythm {
  /** After a reading that brought news; doubled after each that brought none, up to `mostMs`. */
  readonly leastMs: number;
  readonly mostMs: number;
  /** Takes the place of both while Exact's webhooks tell us of changes. */
  readonly hookedMs?: number;
}

const MINUTE_MS = 60_000;
const every = (minutes: number): Rhythm => ({
  leastMs: minutes * MINUTE_MS,
  mostMs: minutes * MINUTE_MS,
});

/** A purchase order's header: approved, for our own warehouse, not complete nor cancelled. */
function receivable(row: Row): boolean {
  const { LineNumber, ApprovalStatus, ReceiptStatus, DropShipment } = row;
  if ((LineNumber ?? 0) !== 0 || DropShipment === true) return false;
  return Number(ApprovalStatus ?? 0) > 0 && Number(ReceiptStatus ?? COMPLETE) < COMPLETE;
}

/** Approved and not wholly delivered (§8). */
function deliverable(row: Row): boolean {
  const { ApprovalStatus, DeliveryStatus } = row;
  return Number(ApprovalStatus ?? 0) > 0 && Number(DeliveryStatus ?? DELIVERED) < DELIVERED;
}

/** Open or in process (§10). */
function producible(row: Row): boolean {
  return Number(row['Status'] ?? FINISHED) < FINISHED;
}

const COMPLETE = 30;
const DELIVERED = 21;
const FINISHED = 30;

/** In the order in which a first load reads them: see schedule.ts. */
export const ENTITIES: readonly EntitySpec[] = [
  // Of warehouses the main one is live.
  {
    ...poll('Warehouses', 'inventory/Warehouses', every(240)),
    live: (row) => row['Main'] === true,
  },
  poll('StorageLocations', 'inventory/StorageLocations', every(120)),
  sync('PurchaseOrders', 'PurchaseOrder', every(60), 'PurchaseOrderID', 22, {
    ...{ link: 'Item', live: receivable, owns: 'PurchaseOrders' },
  }),
  sync('SalesOrderHeaders', 'SalesOrder', every(60), 'OrderID', 32, {
    ...{ key: 'OrderID', live: deliverable, owns: 'SalesOrderLines' },
  }),
  sync('SalesOrderLines', 'SalesOrder', every(120), 'OrderID', 33, { link: 'Item' }),
  sync('ShopOrders', 'Manufacturing', every(60), 'ID', 36, {
    ...{ link: 'Item', live: producible, owns: 'ShopOrderMaterialPlans' },
  }),
  sync('ShopOrderMaterialPlans', 'Manufacturing', every(120), 'ShopOrder', 37, { link: 'Item' }),
  sync(
    'Items',
    'Logistics',
    {
      ...{ leastMs: 5 * MINUTE_MS, mostMs: 30 * MINUTE_MS, hookedMs: 60 * MINUTE_MS },
    },
    'ID',
    9,
  ),
  sync('ItemWarehouses', 'Inventory', every(120), 'Item', 19),
  sync('SalesItemPrices', 'Logistics', every(120), 'Item', 8),
  sync('SupplierItem', 'Logistics', every(120), 'Item', 30),
  sync('StockPositions', 'Inventory', { ...every(5), hookedMs: 15 * MINUTE_MS }, 'ItemId', 15),
  sync('StorageLocationStockPositions', 'Inventory', every(120), 'Item', 20),
  sync('SerialBatchNumbers', 'Inventory', every(120), 'Item', 28),
  sync('StockSerialBatchNumbers', 'Inventory', every(120), 'Item', 29, {
    link: 'SerialBatchNumber',
  }),
  sync('ItemStorageLocations', 'Inventory', every(120), 'Item', 41),
  sync('MaterialIssues', 'Manufacturing', every(120), 'ShopOrder', 53, {
    ...{ key: 'StockTransactionId', link: 'ShopOrderMaterialPlan' },
  }),
  {
    ...poll('MaterialReversals', 'manufacturing/MaterialReversals', every(240)),
    ...{ key: 'ReversalStockTransactionId', changedAt: 'CreatedDate', stays: true },
    ...{ subject: 'ShopOrder', link: 'ShopOrderMaterialPlan' },
  },
  {
    ...poll('ByProductReceipts', 'manufacturing/ByProductReceipts', every(240)),
    ...{ key: 'StockTransactionId', changedAt: 'CreatedDate', stays: true },
    ...{ subject: 'ShopOrder', link: 'ShopOrderMaterialPlan' },
  },
  {
    ...poll('ByProductReversals', 'manufacturing/ByProductReversals', every(240)),
    ...{ key: 'ReversalStockTransactionId', changedAt: 'CreatedDate', stays: true },
    ...{ subject: 'ShopOrder', link: 'ShopOrderMaterialPlan' },
  },
  sync('BillOfMaterialVersions', 'Manufacturing', every(240), 'Item', 55, {
    owns: 'BillOfMaterialMaterials',
  }),
  sync('BillOfMaterialMaterials', 'Manufacturing', every(240), 'ItemVersion', 54),
  sync('Accounts', 'CRM', every(240), 'ID', 2),
  { ...poll('Units', 'logistics/Units', every(1440)), by: 'whole' },
  {
    ...poll('ReasonCodes', 'logistics/ReasonCodes', every(1440)),
    ...{ by: 'whole', paths: ['logistics/ReasonCodes', 'logistics/ReasonForLogistics'] },
  },
];

export const DELETED_RHYTHM = every(60);
export const DELETED_PATH = 'sync/Deleted';

/** Rows of one list that name rows of another: a name that is not here yet makes that one due. */
export const REFERENCES: Partial<Record<EntityName, Readonly<Record<string, EntityName>>>> = {
  PurchaseOrders: { Item: 'Items', Warehouse: 'Warehouses' },
  SalesOrderHeaders: { WarehouseID: 'Warehouses' },
  SalesOrderLines: { Item: 'Items', OrderID: 'SalesOrderHeaders' },
  ShopOrders: { Item: 'Items', Warehouse: 'Warehouses' },
  ShopOrderMaterialPlans: { Item: 'Items', ShopOrder: 'ShopOrders' },
  StorageLocationStockPositions: { StorageLocation: 'StorageLocations' },
  StockSerialBatchNumbers: { SerialBatchNumber: 'SerialBatchNumbers' },
};

/** What a new item brings along in other lists. */
export const COMES_WITH_ITEMS: readonly EntityName[] = [
  ...(['SalesItemPrices', 'SupplierItem', 'ItemWarehouses', 'ItemStorageLocations'] as const),
];

export function specOf(name: EntityName): EntitySpec {
  const spec = ENTITIES.find((each) => each.name === name);
  if (spec === undefined) throw new RangeError(`${name} is not mirrored`);
  return spec;
}

function sync(
  ...[name, service, rhythm, subject, deletedType, more = {}]: [
    EntityName,
    string,
    Rhythm,
    string,
    number,
    Partial<EntitySpec>?,
  ]
): EntitySpec {
  return {
    ...{ name, paths: [`sync/${service}/${name}`], by: 'sync', key: 'ID', subject, rhythm },
    ...{ deletedType, changedAt: 'Modified' },
    ...more,
  };
}

function poll(name: EntityName, path: string, rhythm: Rhythm): EntitySpec {
  return {
    ...{ name, paths: [path], by: 'poll', key: 'ID', subject: 'ID', rhythm },
    changedAt: 'Modified',
  };
}

/** How this administration uses fields that Exact leaves free. */
export interface Conventions {
  /** The item field that says: batches of it carry an expiry date. Default `FreeBoolField_01`. */
  readonly expiryField: string;
  /** Free text fields of items that hold further barcodes, `FreeTextField_01` to `_10`. */
  readonly barcodeFields: readonly string[];
}

export const DEFAULT_CONVENTIONS: Conventions = {
  expiryField: 'FreeBoolField_01',
  barcodeFields: [],
};

/** Whether a configured field name is one of the five yes/no fields that items have (§6.1). */
export function isExpiryField(name: string): boolean {
  return /^FreeBoolField_0[1-5]$/.test(name);
}

/** Whether a configured field name is one of the ten free texts that items have (§6.1). */
export function isBarcodeField(name: string): boolean {
  return /^FreeTextField_(0[1-9]|10)$/.test(name);
}

/** The explicit `$select` of an entity: the fields of its form, and the cursor's. */
export function selectOf(spec: EntitySpec, conventions: Conventions): string {
  const place = { sync: ['Timestamp'], poll: [spec.changedAt], whole: [] }[spec.by];
  const fields = Object.keys(forms[spec.name].shape).flatMap((field) => {
    if (field === 'HasExpiry') return [conventions.expiryField];
    return field === 'ExtraCodes' ? conventions.barcodeFields : [field];
  });
  return [...place, ...fields].join(',');
}

/** A row under the names of its form. */
export function underOurNames(spec: EntitySpec, row: Row, conventions: Conventions): Row {
  if (spec.name !== 'Items') return row;
  const ExtraCodes = conventions.barcodeFields.map((field) => row[field]);
  return { ...row, HasExpiry: row[conventions.expiryField], ExtraCodes };
}
