// Who lives here: the fields that we use of each of Exact's rows, checked as they arrive and put
// into a clean form: trimmed codes, flags as booleans, dates as calendar dates
// (exact-online-api.md §2.5, §2.6). A row that does not fit is a surprise, never a guess. A form
// also reads what it wrote, so that stored rows pass the same check on their way out.

import * as z from 'zod';
import { calendarDate } from '../values.ts';

const text = z.string().transform((value) => value.trim());
const guid = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
  .transform((value) => value.toLowerCase());
/** Byte or Boolean, as the same flag comes in different entities. */
const flag = z
  .union([z.boolean(), z.literal(0), z.literal(1), z.null()])
  .transform((value) => value === true || value === 1);
const date = z
  .union([z.string().regex(/^\/Date\(-?\d+\)\/$/), z.iso.date(), z.null()])
  .transform((value) => (value === null ? null : (calendarDate(value) ?? value)));
const number = z.number();

export const forms = {
  Items: z.object({
    ID: guid,
    Code: text,
    Description: text,
    Barcode: text.nullable(),
    SearchCode: text.nullable(),
    Unit: text.nullable(),
    IsBatchItem: flag,
    IsSerialItem: flag,
    IsFractionAllowedItem: flag,
    IsStockItem: flag,
    StartDate: date,
    EndDate: date,
    HasExpiry: flag,
  }),
  SalesItemPrices: z.object({
    ID: guid,
    Item: guid.nullable(),
    Barcode: text.nullable(),
    Unit: text.nullable(),
    NumberOfItemsPerUnit: number.nullable(),
  }),
  SupplierItem: z.object({
    ID: guid,
    Item: guid,
    SupplierCode: text.nullable(),
    SupplierItemCode: text.nullable(),
    Barcode: text.nullable(),
    PurchaseUnit: text.nullable(),
    PurchaseUnitFactor: number.nullable(),
  }),
  /** One row per header (LineNumber 0) and per line, in one list (§4.3). */
  PurchaseOrders: z.object({
    ID: guid,
    PurchaseOrderID: guid,
    LineNumber: z.int().nullable(),
    OrderNumber: z.int().nullable(),
    SupplierCode: text.nullable(),
    SupplierName: text.nullable(),
    Warehouse: guid.nullable(),
    ReceiptDate: date,
    ReceiptStatus: z.int().nullable(),
    ApprovalStatus: z.int().nullable(),
    DropShipment: flag,
    Item: guid.nullable(),
    Quantity: number.nullable(),
    QuantityInPurchaseUnits: number.nullable(),
    ReceivedQuantity: number.nullable(),
    SupplierItemCode: text.nullable(),
  }),
  StockPositions: z.object({
    ID: guid,
    ItemId: guid,
    Warehouse: guid,
    CurrentStock: number.nullable(),
  }),
  StorageLocationStockPositions: z.object({
    ID: guid,
    Item: guid,
    Warehouse: guid,
    StorageLocation: guid.nullable(),
    Stock: number.nullable(),
  }),
  ItemWarehouses: z.object({
    ID: guid,
    Item: guid,
    Warehouse: guid,
    DefaultStorageLocation: guid.nullable(),
    DefaultStorageLocationCode: text.nullable(),
  }),
  Warehouses: z.object({
    ID: guid,
    Code: text,
    Description: text.nullable(),
    UseStorageLocations: flag,
    DefaultStorageLocation: guid.nullable(),
    DefaultStorageLocationCode: text.nullable(),
  }),
  StorageLocations: z.object({
    ID: guid,
    Code: text,
    Description: text.nullable(),
    Warehouse: guid,
  }),
  Units: z.object({ ID: guid, Code: text, Description: text.nullable() }),
} as const;

/** One row of `sync/Deleted` (§4.2). */
export const deletedForm = z.object({ EntityKey: guid, EntityType: z.int() });

export type EntityName = keyof typeof forms;
export type MirrorRowOf<N extends EntityName> = z.infer<(typeof forms)[N]>;
