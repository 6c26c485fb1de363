// Who lives here: the fields that we use of each of Exact's rows. A row that does not fit is a
// surprise, never a guess. Orders, production and stock have files of their own; this one has the
// master data, and the whole list.

import * as z from 'zod';
import { date, flag, guid, number, oneOf, text } from './fields.ts';
import { orderForms } from './order-forms.ts';
import { stockForms } from './stock-forms.ts';

const masterForms = {
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
    /** By convention of the administration: see Conventions. */
    HasExpiry: flag,
    ExtraCodes: z.array(text.nullable()),
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
  ItemWarehouses: z.object({
    ID: guid,
    Item: guid,
    Warehouse: guid,
    DefaultStorageLocation: guid.nullable(),
    DefaultStorageLocationCode: text.nullable(),
  }),
  /** Which locations an item is picked from: type 1 pick, 2 bulk (§4.3). */
  ItemStorageLocations: z.object({
    ID: guid,
    Item: guid,
    Warehouse: guid,
    StorageLocation: guid,
    StorageLocationCode: text.nullable(),
    Type: oneOf(1, 2).nullable(),
  }),
  Warehouses: z.object({
    ID: guid,
    Code: text,
    Description: text.nullable(),
    Main: flag,
    UseStorageLocations: flag,
    DefaultStorageLocation: guid.nullable(),
    DefaultStorageLocationCode: text.nullable(),
  }),
  StorageLocations: z.object({
    ID: guid,
    Code: text,
    Description: text.nullable(),
    Warehouse: guid,
    // Rows that were read before it was asked for have none.
    PickSequence: number.nullable().default(null),
  }),
  Units: z.object({ ID: guid, Code: text, Description: text.nullable() }),
  Accounts: z.object({
    ID: guid,
    Code: text.nullable(),
    Name: text.nullable(),
    IsSupplier: flag,
    Blocked: flag,
  }),
  ReasonCodes: z.object({
    ID: guid,
    Code: text,
    Description: text.nullable(),
    Active: flag,
  }),
} as const;

export const forms = { ...masterForms, ...orderForms, ...stockForms } as const;

/** Counts up when a form gains a field: what was stored under the old one is then read anew. */
export const FORMS_VERSION = 2;

/** One row of `sync/Deleted` (§4.2). */
export const deletedForm = z.object({ EntityKey: guid, EntityType: z.int() });

export type EntityName = keyof typeof forms;
export type MirrorRowOf<N extends EntityName> = z.infer<(typeof forms)[N]>;
