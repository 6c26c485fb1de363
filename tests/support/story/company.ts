// Who lives here: the simulator's company as somebody edits it in Exact's own screens, over the
// control API; and how each of its records must look so that it is a proper one.

import * as z from 'zod';
import type { Books } from '../books.ts';

type Fields = Readonly<Record<string, unknown>>;

/** `StockTransactionType` of an opening balance. */
const OPENING_BALANCE = 10;
const UNIT_CHARS = 8;
const ACCOUNT_CHARS = 18;
const FACTOR_ONE = { Quantity: 1, Currency: 'EUR' };

const made = z.object({ key: z.string() });

/** Exact's numbers of what is counted by a number of its own: serial 1, batch 2. */
const NUMBER_TYPES = { serial: 1, batch: 2 } as const;

export interface Lot {
  readonly item: string;
  readonly warehouse: string;
  readonly location: string | undefined;
  readonly quantity: number;
  readonly number?: { readonly kind: 'batch' | 'serial'; readonly text: string };
  readonly expiry?: string | undefined;
}

export interface OrderHead {
  readonly number: number;
  readonly warehouse: string;
  readonly expected: string | undefined;
  readonly reference?: string | undefined;
}

export interface OrderRow {
  readonly item: string;
  readonly name: string;
  readonly unit: string;
  readonly ordered: number;
  readonly done: number;
  /** Of a shop order: it comes out of it, beside the product. */
  readonly beside?: boolean;
}

/** Exact pads unit codes with blanks behind. */
export const unitOf = (code: string): string => code.padEnd(UNIT_CHARS);

const flag = (is: boolean): number => Number(is);

export class Company {
  readonly #books: Books;
  /** Batches and serials that were made here: item and text to their master row. */
  readonly #numbers = new Map<string, string>();

  constructor(books: Books) {
    this.#books = books;
  }

  async create(path: string, fields: Fields): Promise<string> {
    return made.parse(await this.#books.control(`records/${path}`, fields)).key.toLowerCase();
  }

  change(path: string, key: string, fields: Fields): Promise<void> {
    return this.#books.change(path, key, fields);
  }

  warehouse(code: string, name: string, usesLocations: boolean): Promise<string> {
    return this.create('inventory/Warehouses', {
      ...{ Code: code, Description: name, Main: 0, UseStorageLocations: flag(usesLocations) },
    });
  }

  location(warehouse: string, code: string, turn: number, main: boolean): Promise<string> {
    return this.create('inventory/StorageLocations', {
      ...{ Warehouse: warehouse, Code: code, Description: code },
      ...{ Main: flag(main), PickSequence: turn },
    });
  }

  account(code: string, name: string, kind: 'supplier' | 'customer'): Promise<string> {
    const supplier = kind === 'supplier';
    return this.create('crm/Accounts', {
      ...{
        Code: code.padStart(ACCOUNT_CHARS),
        Name: name,
        Status: supplier ? 'A' : 'C',
        Type: 'A',
      },
      ...{ IsSupplier: supplier, IsSales: !supplier, Blocked: false },
    });
  }

  price(item: string, unit: string, pieces: number, barcode: string): Promise<string> {
    return this.create('logistics/SalesItemPrices', {
      ...{ ...FACTOR_ONE, Item: item, Unit: unitOf(unit), Price: pieces },
      ...{ NumberOfItemsPerUnit: pieces, Barcode: barcode },
    });
  }

  supply(item: string, supplier: string, code: string, unit: string): Promise<string> {
    return this.create('logistics/SupplierItem', {
      ...{ Item: item, Supplier: supplier, SupplierItemCode: code, MainSupplier: true },
      ...{ PurchaseUnit: unitOf(unit), PurchaseUnitFactor: 1 },
    });
  }

  /** The item may be in the warehouse; where it is put there by default. */
  keeps(warehouse: string, item: string, place: string | undefined): Promise<string> {
    return this.create('inventory/ItemWarehouses', {
      ...{ Item: item, Warehouse: warehouse, DefaultStorageLocation: place ?? null },
    });
  }

  /** Approved and open, with what was received already. Gives the ids of order and lines. */
  async purchaseOrder(head: OrderHead, supplier: string, rows: readonly OrderRow[]) {
    const begun = rows.some(({ done }) => done > 0);
    const id = await this.create('purchaseorder/PurchaseOrders', {
      ...{ OrderNumber: head.number, Supplier: supplier, Warehouse: head.warehouse },
      ...{ OrderStatus: begun ? 20 : 10, ReceiptStatus: begun ? 20 : 10, InvoiceStatus: 10 },
      ...{ ApprovalStatus: 2, DropShipment: false, Source: 1, ExchangeRate: 1, Currency: 'EUR' },
      ...{ ReceiptDate: head.expected ?? null, YourRef: head.reference ?? null },
    });
    const lines = await inTurn(rows, ({ item, name, unit, ordered, done }, at) =>
      this.create('purchaseorder/PurchaseOrderLines', {
        ...{ PurchaseOrderID: id, LineNumber: at + 1, Item: item, Description: name },
        ...{ Unit: unitOf(unit), QuantityInPurchaseUnits: ordered, Quantity: ordered },
        ...{ ReceivedQuantity: done, InvoicedQuantity: 0, ReceiptDate: head.expected ?? null },
      }),
    );
    return { id, lines };
  }

  /** Approved and open, with what was delivered already. */
  async salesOrder(head: OrderHead, customer: string, rows: readonly OrderRow[]) {
    const of = (done: number, ordered: number) => (done === 0 ? 12 : done < ordered ? 20 : 21);
    const begun = rows.some(({ done }) => done > 0) ? 20 : 12;
    const id = await this.create('salesorder/SalesOrders', {
      ...{ OrderNumber: head.number, OrderedBy: customer, DeliverTo: customer },
      ...{ InvoiceTo: customer, WarehouseID: head.warehouse, Currency: 'EUR' },
      ...{ Status: begun, DeliveryStatus: begun, InvoiceStatus: 12, ApprovalStatus: 2 },
      ...{ DeliveryDate: head.expected ?? null, YourRef: head.reference ?? null },
    });
    const lines = await inTurn(rows, ({ item, name, unit, ordered, done }, at) =>
      this.create('salesorder/SalesOrderLines', {
        ...{ OrderID: id, OrderNumber: head.number, LineNumber: at + 1, Item: item },
        ...{ Description: name, Quantity: ordered, QuantityDelivered: done, UnitCode: unit },
        ...{ OrderStatus: of(done, ordered), DeliveryStatus: of(done, ordered) },
        ...{ InvoiceStatus: 12, QuantityInvoiced: 0, UseDropShipment: 0 },
      }),
    );
    return { id, lines };
  }

  /** Released and open; the lines are its material plans. */
  async shopOrder(head: OrderHead, product: OrderRow, rows: readonly OrderRow[]) {
    const id = await this.create('manufacturing/ShopOrders', {
      ...{ ShopOrderNumber: head.number, Item: product.item, Warehouse: head.warehouse },
      ...{ Description: product.name, PlannedQuantity: product.ordered, Type: 9040 },
      ...{ ProducedQuantity: product.done, Status: product.done > 0 ? 20 : 10 },
      ...{ IsReleased: 1, IsInPlanning: 1, IsOnHold: 0, PlannedDate: head.expected ?? null },
    });
    const lines = await inTurn(rows, async ({ item, name, ordered, done, beside }, at) => {
      const plan = await this.create('manufacturing/ShopOrderMaterialPlans', {
        ...{ ShopOrder: id, Item: item, LineNumber: at + 1, PlannedQuantity: ordered },
        ...{ Description: name, Type: beside === true ? 2 : 1, Backflush: 0 },
        ...{ Status: done === 0 ? 10 : done < ordered ? 25 : 30 },
      });
      if (done === 0) return plan;
      const list = beside === true ? 'ByProductReceipts' : 'MaterialIssues';
      await this.create(`manufacturing/${list}`, {
        ...{ ShopOrder: id, ShopOrderMaterialPlan: plan, Item: item, Quantity: done },
        Warehouse: head.warehouse,
      });
      return plan;
    });
    return { id, lines };
  }

  /** Puts stock where it lies, in the books of the number, the place and the warehouse. */
  async stock(lots: readonly Lot[]): Promise<void> {
    for (const lot of lots) if (lot.number !== undefined) await this.#move(lot);
    for (const [, sum] of summed(lots, ({ item, warehouse }) => `${item} ${warehouse}`)) {
      await this.create('sync/Inventory/StockPositions', {
        ...{ ItemId: sum.item, Warehouse: sum.warehouse, CurrentStock: sum.quantity },
        ...{ PlanningIn: 0, PlanningOut: 0, ReservedStock: 0 },
      });
    }
    const placed = lots.filter(({ location }) => location !== undefined);
    for (const [, sum] of summed(placed, ({ item, location }) => `${item} ${location}`)) {
      await this.create('inventory/ItemWarehouseStorageLocations', {
        ...{ Item: sum.item, Warehouse: sum.warehouse, StorageLocation: sum.location },
        Stock: sum.quantity,
      });
    }
  }

  async #move({ item, warehouse, location, quantity, number, expiry }: Lot): Promise<void> {
    if (number === undefined) return;
    const key = `${item} ${number.text}`;
    const master =
      this.#numbers.get(key) ??
      (await this.create('sync/Inventory/SerialBatchNumbers', {
        ...{ Type: NUMBER_TYPES[number.kind], Item: item, SerialBatchNumber: number.text },
        ...{ IsBlocked: 0, EndDate: expiry ?? null },
      }));
    this.#numbers.set(key, master);
    await this.create('sync/Inventory/StockSerialBatchNumbers', {
      ...{ SerialBatchNumber: master, Item: item, Warehouse: warehouse, Quantity: quantity },
      ...{ StorageLocation: location ?? null, IsDraft: 0, StockTransactionType: OPENING_BALANCE },
      StockTransactionID: master,
    });
  }
}

/** Lots of one key as one, with the sum of their quantities. */
function summed(lots: readonly Lot[], keyOf: (lot: Lot) => string): ReadonlyMap<string, Lot> {
  const sums = new Map<string, Lot>();
  for (const lot of lots) {
    const before = sums.get(keyOf(lot))?.quantity ?? 0;
    sums.set(keyOf(lot), { ...lot, quantity: before + lot.quantity });
  }
  return sums;
}

/** One after another: Exact's lists keep the order in which rows came. */
export async function inTurn<T, R>(
  list: readonly T[],
  act: (one: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (const [at, one] of list.entries()) results.push(await act(one, at));
  return results;
}
