// Who lives here: goods for a working day: orders of several lines as the office types them into
// Exact, and the documents that twelve stations make of them. Everything is found in, or put into,
// the simulator's company.

import { randomUUID } from 'node:crypto';
import type {
  CountLine,
  DeliveryLine,
  Posting,
  PostingHead,
  ReceiptLine,
  TransferLine,
} from '../../../src/lib/domain/index.ts';
import { freshName } from '../world.ts';
import type { World } from '../world.ts';

/** Kinds that take several lines; issues and receipts of shop orders are one line each in Exact. */
export const DAY_KINDS = [
  ...(['goodsReceipt', 'goodsDelivery', 'warehouseTransfer'] as const),
  ...(['locationTransfer', 'stockCount'] as const),
];
export type DayKind = (typeof DAY_KINDS)[number];
export type OrderKind = 'goodsReceipt' | 'goodsDelivery';

export interface DayLine {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
  readonly location?: string;
  readonly batch?: string;
  readonly takesBatch: boolean;
}

export interface DayOrder {
  readonly kind: OrderKind;
  readonly id: string;
  readonly lines: readonly DayLine[];
}

interface Place {
  readonly item: string;
  readonly location: string;
}

const FIRST_NUMBER = 70_000_000;
const PIECES = 2;
/** Enough in one place for everything that the day takes from there. */
const PLAIN = `SELECT s."Item" AS item, s."StorageLocation" AS location FROM "LocationStock" s
  JOIN "Items" i ON i."ID" = s."Item"
  WHERE i."IsBatchItem" = 0 AND i."IsSerialItem" = 0 AND i."IsStockItem" = 1
    AND s."Warehouse" = ? AND s."Stock" >= 40 ORDER BY s."Stock" DESC, s."Item" LIMIT 400`;
const LINKED = `SELECT s."Item" AS item, s."StorageLocation" AS location FROM "LocationStock" s
  JOIN "Items" i ON i."ID" = s."Item" JOIN "ItemWarehouses" w ON w."Item" = s."Item"
  WHERE i."IsBatchItem" = 0 AND i."IsSerialItem" = 0 AND i."IsStockItem" = 1
    AND s."Warehouse" = ? AND w."Warehouse" = ? AND s."Stock" >= 40
  ORDER BY s."Stock" DESC, s."Item" LIMIT 200`;
const BATCHES = `SELECT m."Item" AS item, m."StorageLocation" AS location,
    n."SerialBatchNumber" AS batch, sum(m."Quantity") AS stock FROM "StockSerialBatchNumbers" m
  JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber" JOIN "Items" i ON i."ID" = m."Item"
  WHERE i."IsBatchItem" = 1 AND m."IsDraft" = 0 AND m."Warehouse" = ?
  GROUP BY 1, 2, 3 HAVING stock >= ${PIECES} ORDER BY stock DESC, 3`;

export class DayGoods {
  readonly #world: World;
  readonly #linesPerDocument: number;
  readonly #main: string;
  readonly #other: string;
  readonly #supplier: string;
  readonly #customer: string;
  readonly #plain: readonly Place[];
  readonly #linked: readonly Place[];
  readonly #locations: readonly string[];
  readonly #batches: { readonly place: Place; readonly batch: string; left: number }[];
  #next = 0;
  #numbers = 0;

  constructor(world: World, linesPerDocument: number) {
    this.#world = world;
    this.#linesPerDocument = linesPerDocument;
    const warehouse = (code: string) =>
      this.#text('SELECT "ID" AS v FROM "Warehouses" WHERE "Code" = ?', code);
    this.#main = warehouse('1');
    this.#other = warehouse('2');
    this.#supplier = this.#text('SELECT "Supplier" AS v FROM "PurchaseOrders" LIMIT 1');
    this.#customer = this.#text('SELECT "OrderedBy" AS v FROM "SalesOrders" LIMIT 1');
    this.#plain = this.#rows(PLAIN, this.#main).map(placeOf);
    this.#linked = this.#rows(LINKED, this.#main, this.#other).map(placeOf);
    this.#locations = this.#rows('SELECT "ID" AS v FROM "StorageLocations" ORDER BY "Code"').map(
      (row) => String(row['v']),
    );
    this.#batches = this.#rows(BATCHES, this.#main).map((row) => ({
      ...{ place: placeOf(row), batch: String(row['batch']), left: Number(row['stock']) },
    }));
  }

  /** Types an order into Exact; what is planned to come in or go out follows, as it does there. */
  async order(kind: OrderKind): Promise<DayOrder> {
    this.#numbers += 1;
    const number = FIRST_NUMBER + this.#numbers;
    const lines = Array.from({ length: this.#linesPerDocument }, (_, at) =>
      this.#line(kind, at === this.#linesPerDocument - 1),
    );
    const order = { kind, id: randomUUID(), lines };
    if (kind === 'goodsReceipt') await this.#purchase(order, number);
    else await this.#sale(order, number);
    return order;
  }

  /** A person wants more of the first line. */
  async change({ kind, lines }: DayOrder, quantity: number): Promise<void> {
    const line = lines[0]?.id ?? '';
    if (kind === 'goodsReceipt') {
      const values = { QuantityInPurchaseUnits: quantity };
      await this.#person(`purchaseorder/PurchaseOrderLines/${line}`, values, 'PATCH');
    } else {
      await this.#person(`salesorder/SalesOrderLines/${line}`, { Quantity: quantity }, 'PATCH');
    }
  }

  /** Changes an item's text; returns the item. */
  async rename(at: number): Promise<string> {
    const { item } = this.#cycle(this.#plain, at * 7);
    await this.#person(`logistics/Items/${item}`, { Description: `Renamed ${at}` }, 'PATCH');
    return item;
  }

  /** All of an order, as one station takes it in or picks it. */
  ofOrder(order: DayOrder): Posting {
    const head = { ...this.#head(), document: order.id };
    if (order.kind === 'goodsReceipt') {
      const lines = order.lines.map((line): ReceiptLine => {
        const { id, item, quantity } = line;
        const location = this.#cycle(this.#locations);
        const batches = [{ number: `D-${(this.#numbers += 1)}`, quantity, expiry: '2027-06-30' }];
        return {
          ...{ orderLine: id, item, quantity, location },
          ...(line.takesBatch ? { batches } : {}),
        };
      });
      return { ...head, kind: 'goodsReceipt', lines };
    }
    const lines = order.lines.map((line): DeliveryLine => {
      const { id, item, quantity, location, batch } = line;
      return {
        ...{ orderLine: id, item, quantity },
        ...(location === undefined ? {} : { location }),
        ...(batch === undefined ? {} : { batches: [{ number: batch, quantity }] }),
      };
    });
    return { ...head, kind: 'goodsDelivery', lines };
  }

  /** Work that has no order in Exact. */
  withoutOrder(kind: Exclude<DayKind, OrderKind>): Posting {
    const head = this.#head();
    const some = <T>(make: () => T): T[] => Array.from({ length: this.#linesPerDocument }, make);
    if (kind === 'stockCount') {
      const lines = some((): CountLine => {
        const found = { kind: 'difference', quantity: 1 } as const;
        return { ...this.#cycle(this.#plain), found };
      });
      return { ...head, kind, warehouse: this.#main, lines };
    }
    if (kind === 'warehouseTransfer') {
      const lines = some((): TransferLine => {
        const { item, location } = this.#cycle(this.#linked);
        return { item, quantity: 1, fromLocation: location };
      });
      return { ...head, kind, fromWarehouse: this.#main, toWarehouse: this.#other, lines };
    }
    const lines = some((): TransferLine => {
      const { item, location } = this.#cycle(this.#plain);
      const to = this.#locations.find((each) => each !== location) ?? location;
      return { item, quantity: 1, fromLocation: location, toLocation: to };
    });
    return { ...head, kind, warehouse: this.#main, lines };
  }

  #head(): PostingHead {
    const name = freshName(this.#world.time.nowMs());
    return { ...name, document: name.id };
  }

  /** The last line of an order is of a batch item, as long as there are batches. */
  #line(kind: OrderKind, isLast: boolean): DayLine {
    const base = { id: randomUUID(), quantity: PIECES };
    const batch = isLast ? this.#batches.find((each) => each.left >= PIECES) : undefined;
    if (batch === undefined) return { ...base, ...this.#cycle(this.#plain), takesBatch: false };
    const { place } = batch;
    if (kind === 'goodsReceipt') return { ...base, ...place, takesBatch: true };
    batch.left -= PIECES;
    return { ...base, ...place, batch: batch.batch, takesBatch: true };
  }

  async #purchase({ id, lines }: DayOrder, number: number): Promise<void> {
    const today = new Date(this.#world.time.nowMs()).toISOString().slice(0, 10);
    await this.#person('purchaseorder/PurchaseOrders', {
      ...{ PurchaseOrderID: id, OrderNumber: number, Supplier: this.#supplier, Currency: 'EUR' },
      ...{ Warehouse: this.#main, OrderDate: today, ReceiptDate: today, OrderStatus: 10 },
      ...{ ReceiptStatus: 10, InvoiceStatus: 10, ApprovalStatus: 2, DropShipment: 0, Source: 1 },
      ...{ ExchangeRate: 1, Description: 'Day' },
    });
    for (const [at, line] of lines.entries()) {
      const path = 'purchaseorder/PurchaseOrderLines';
      const quantity = { QuantityInPurchaseUnits: line.quantity, Quantity: line.quantity };
      await this.#person(path, {
        ...{ ID: line.id, PurchaseOrderID: id, LineNumber: at + 1, Item: line.item, Unit: 'pc' },
        ...{ ...quantity, ReceivedQuantity: 0, InvoicedQuantity: 0, ReceiptDate: today },
      });
      await this.#person(`${path}/${line.id}`, quantity, 'PATCH');
    }
  }

  async #sale({ id, lines }: DayOrder, number: number): Promise<void> {
    await this.#person('salesorder/SalesOrders', {
      ...{ OrderID: id, OrderNumber: number, OrderedBy: this.#customer },
      ...{ DeliverTo: this.#customer, InvoiceTo: this.#customer, WarehouseID: this.#main },
      ...{ Status: 12, DeliveryStatus: 12, InvoiceStatus: 12, ApprovalStatus: 1 },
    });
    for (const [at, { id: line, item, quantity }] of lines.entries()) {
      const path = 'salesorder/SalesOrderLines';
      await this.#person(path, {
        ...{ ID: line, OrderID: id, OrderNumber: number, LineNumber: at + 1, Item: item },
        ...{ Quantity: quantity, QuantityDelivered: 0, UseDropShipment: 0 },
        ...{ OrderStatus: 12, DeliveryStatus: 12, InvoiceStatus: 12 },
      });
      await this.#person(`${path}/${line}`, { Quantity: quantity }, 'PATCH');
    }
  }

  async #person(path: string, values: object, method: 'POST' | 'PATCH' = 'POST'): Promise<void> {
    const url = `${this.#world.sim.url}/control/records/${path}`;
    const answer = await fetch(url, { method, body: JSON.stringify(values) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  }

  #cycle<T>(all: readonly T[], at = (this.#next += 1)): T {
    const found = all[at % all.length];
    if (found === undefined) throw new Error('the seeded company is too small for this day');
    return found;
  }

  #rows(sql: string, ...values: string[]): readonly Record<string, unknown>[] {
    return this.#world.sim.simulation.store.all(sql, ...values);
  }

  #text(sql: string, ...values: string[]): string {
    return String(this.#rows(sql, ...values)[0]?.['v']);
  }
}

function placeOf(row: Record<string, unknown>): Place {
  return { item: String(row['item']), location: String(row['location']) };
}
