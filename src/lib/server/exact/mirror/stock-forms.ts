// Who lives here: the fields that we use of stock: positions of a warehouse and of a location,
// batches and serials as such, and their movements (exact-online-api.md §4.3, §6.3).

import * as z from 'zod';
import { date, flag, guid, number, oneOf, text } from './fields.ts';

export const stockForms = {
  /** The planned quantities tell that an order changed somewhere: see canary.ts. */
  StockPositions: z.object({
    ID: guid,
    ItemId: guid,
    Warehouse: guid,
    CurrentStock: number.nullable(),
    PlanningIn: number.nullable(),
    PlanningOut: number.nullable(),
  }),
  StorageLocationStockPositions: z.object({
    ID: guid,
    Item: guid,
    Warehouse: guid,
    StorageLocation: guid.nullable(),
    Stock: number.nullable(),
  }),
  /** Type 1 serial, 2 batch; `EndDate` is a batch's expiry. */
  SerialBatchNumbers: z.object({
    ID: guid,
    Item: guid,
    SerialBatchNumber: text,
    Type: oneOf(1, 2),
    EndDate: date,
    IsBlocked: flag,
  }),
  /** Movements, signed: what stands in a place is their sum, drafts left out. */
  StockSerialBatchNumbers: z.object({
    ID: guid,
    Item: guid,
    SerialBatchNumber: guid,
    Warehouse: guid.nullable(),
    StorageLocation: guid.nullable(),
    Quantity: number.nullable(),
    IsDraft: flag,
  }),
} as const;
