// Who lives here: the documents that our postings became in the simulator's own database, read-only,
// in the words of a story. Nothing here comes from the hub.

import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { Outcome } from '../../stories/format.ts';
import type { StoryWorld } from './world.ts';

type Posting = Outcome['postings'][number];
type Line = Posting['lines'][number];
type Kind = NonNullable<Posting['kind']> | 'goodsReceipt';

interface Row {
  readonly doc: string;
  readonly line: string;
  readonly document: string | null;
  /** The order line or plan; the order itself of what it makes. */
  readonly orderLine: string | null;
  readonly item: string;
  readonly quantity: number;
  readonly location: string | null;
  readonly destination: string | null;
}

interface Numbered {
  readonly number: string;
  readonly kind: number;
  readonly quantity: number;
  readonly endMs: number | null;
}

const SERIAL = 1;

/** Where documents of a kind stand, and by which column their numbers name the line. */
interface Stands {
  readonly sql: string;
  readonly numbersBy: string;
  /** Goods that come in bring the expiry date along; those that leave have it from their batch. */
  readonly comesIn?: true;
  /** It takes another document back as a whole, and names no goods of its own. */
  readonly whole?: true;
}

const STANDS: Readonly<Record<Kind, Stands>> = {
  goodsReceipt: {
    sql: `SELECT h."ID" AS doc, l."ID" AS line, o."PurchaseOrderID" AS document,
        l."PurchaseOrderLineID" AS orderLine, l."Item" AS item, l."QuantityReceived" AS quantity,
        l."Location" AS location, NULL AS destination
      FROM "GoodsReceipts" h JOIN "GoodsReceiptLines" l ON l."GoodsReceiptID" = h."ID"
      JOIN "PurchaseOrderLines" o ON o."ID" = l."PurchaseOrderLineID"`,
    ...{ numbersBy: 'StockTransactionID', comesIn: true },
  },
  goodsDelivery: {
    sql: `SELECT h."EntryID" AS doc, l."ID" AS line, o."OrderID" AS document,
        l."SalesOrderLineID" AS orderLine, l."Item" AS item, l."QuantityDelivered" AS quantity,
        l."StorageLocation" AS location, NULL AS destination
      FROM "GoodsDeliveries" h JOIN "GoodsDeliveryLines" l ON l."EntryID" = h."EntryID"
      JOIN "SalesOrderLines" o ON o."ID" = l."SalesOrderLineID"`,
    numbersBy: 'StockTransactionID',
  },
  materialIssue: {
    sql: `SELECT "StockTransactionId" AS doc, "StockTransactionId" AS line, "ShopOrder" AS document,
        "ShopOrderMaterialPlan" AS orderLine, "Item" AS item, "Quantity" AS quantity,
        "StorageLocation" AS location, NULL AS destination
      FROM "MaterialIssues" i WHERE "Note" IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM "ShopOrderMaterialPlans" p
        WHERE p."ID" = i."ShopOrderMaterialPlan" AND p."Notes" = i."Note")`,
    numbersBy: 'StockTransactionID',
  },
  // Issued on a plan line that was made for it.
  materialSubstitution: {
    sql: `SELECT i."StockTransactionId" AS doc, i."StockTransactionId" AS line,
        i."ShopOrder" AS document, NULL AS orderLine, i."Item" AS item, i."Quantity" AS quantity,
        i."StorageLocation" AS location, NULL AS destination
      FROM "MaterialIssues" i
      JOIN "ShopOrderMaterialPlans" p ON p."ID" = i."ShopOrderMaterialPlan"
      WHERE i."Note" IS NOT NULL AND p."Notes" = i."Note"`,
    numbersBy: 'StockTransactionID',
  },
  materialReturn: {
    sql: `SELECT "Note" AS doc, "ReversalStockTransactionId" AS line, "ShopOrder" AS document,
        "ShopOrderMaterialPlan" AS orderLine, "Item" AS item, "Quantity" AS quantity,
        "StorageLocation" AS location, NULL AS destination
      FROM "MaterialReversals" WHERE "Note" IS NOT NULL`,
    numbersBy: 'StockTransactionID',
  },
  shopOrderReceipt: {
    sql: `SELECT "StockTransactionId" AS doc, "StockTransactionId" AS line, "ShopOrder" AS document,
        "ShopOrder" AS orderLine, "Item" AS item, "Quantity" AS quantity,
        "StorageLocation" AS location, NULL AS destination FROM "ShopOrderReceipts"`,
    ...{ numbersBy: 'StockTransactionID', comesIn: true },
  },
  byProductReceipt: {
    sql: `SELECT "StockTransactionId" AS doc, "StockTransactionId" AS line, "ShopOrder" AS document,
        "ShopOrderMaterialPlan" AS orderLine, "Item" AS item, "Quantity" AS quantity,
        "StorageLocation" AS location, NULL AS destination FROM "ByProductReceipts"`,
    ...{ numbersBy: 'StockTransactionID', comesIn: true },
  },
  purchaseReturn: {
    sql: `SELECT h."ID" AS doc, l."ID" AS line, o."PurchaseOrderID" AS document,
        l."PurchaseOrderLineID" AS orderLine, l."Item" AS item, l."ReturnQuantity" AS quantity,
        l."Location" AS location, NULL AS destination
      FROM "PurchaseReturns" h JOIN "PurchaseReturnLines" l ON l."EntryID" = h."ID"
      JOIN "PurchaseOrderLines" o ON o."ID" = l."PurchaseOrderLineID"`,
    numbersBy: 'StockTransactionID',
  },
  materialReversal: reversals('MaterialReversals'),
  shopOrderReversal: reversals('ShopOrderReversals'),
  byProductReversal: reversals('ByProductReversals'),
  stockCount: {
    sql: `SELECT h."StockCountID" AS doc, l."ID" AS line, NULL AS document, NULL AS orderLine,
        l."Item" AS item, coalesce(l."QuantityNew", l."QuantityDifference") AS quantity,
        l."StorageLocation" AS location, NULL AS destination
      FROM "StockCounts" h JOIN "StockCountLines" l ON l."StockCountID" = h."StockCountID"
      WHERE h."Status" = 21`,
    ...{ numbersBy: 'StockCountLine', comesIn: true },
  },
  locationTransfer: transfers('='),
  warehouseTransfer: transfers('<>'),
};

function reversals(table: string): Stands {
  return {
    sql: `SELECT "ReversalStockTransactionId" AS doc, "ReversalStockTransactionId" AS line,
        "ShopOrder" AS document, NULL AS orderLine, "Item" AS item, "Quantity" AS quantity,
        NULL AS location, NULL AS destination FROM "${table}" WHERE "Note" IS NOT NULL`,
    ...{ numbersBy: 'StockTransactionID', whole: true },
  };
}

function transfers(warehouses: '=' | '<>'): Stands {
  return {
    sql: `SELECT h."TransferID" AS doc, l."ID" AS line, NULL AS document, NULL AS orderLine,
        l."Item" AS item, l."Quantity" AS quantity, l."StorageLocationFrom" AS location,
        l."StorageLocationTo" AS destination
      FROM "WarehouseTransfers" h JOIN "WarehouseTransferLines" l ON l."TransferID" = h."TransferID"
      WHERE h."Status" = 50 AND h."WarehouseFrom" ${warehouses} h."WarehouseTo"`,
    numbersBy: 'WarehouseTransferLine',
  };
}

/** How much is done of each kind of order line, in its own books. */
const DONE = [
  'SELECT "ReceivedQuantity" AS n FROM "PurchaseOrderLines" WHERE "ID" = ?',
  'SELECT "QuantityDelivered" AS n FROM "SalesOrderLines" WHERE "ID" = ?',
  'SELECT "ProducedQuantity" AS n FROM "ShopOrders" WHERE "ID" = ?',
  `SELECT coalesce((SELECT sum(i."Quantity") FROM "MaterialIssues" i
      WHERE i."ShopOrderMaterialPlan" = p."ID"), 0) - coalesce((SELECT sum(r."Quantity")
      FROM "MaterialReversals" r WHERE r."ShopOrderMaterialPlan" = p."ID"), 0)
      + coalesce((SELECT sum(b."Quantity") FROM "ByProductReceipts" b
      WHERE b."ShopOrderMaterialPlan" = p."ID"), 0) - coalesce((SELECT sum(v."Quantity")
      FROM "ByProductReversals" v WHERE v."ShopOrderMaterialPlan" = p."ID"), 0) AS n FROM "ShopOrderMaterialPlans" p
    WHERE p."ID" = ?`,
] as const;

export class Documents {
  readonly #db: Sqlite.Database;

  constructor(dataDir: string) {
    this.#db = new Sqlite(join(dataDir, 'exact-simulator.db'), { readonly: true });
  }

  close(): void {
    this.#db.close();
  }

  /**
   * All documents about goods of this story, as it would write them; receipts have no kind. Exact
   * keeps material that came back in one list, returned or taken back: the story says which it is.
   */
  of(world: StoryWorld, expected: readonly Posting[]): Posting[] {
    const undone = expected.some(({ kind }) => kind === 'materialReversal');
    const other = undone ? 'materialReturn' : 'materialReversal';
    return Object.entries(STANDS).flatMap(([kind, stands]) => {
      return kind === other ? [] : this.#kind(kind, stands, world);
    });
  }

  /** What is received, delivered, made or issued of the order line or shop order with this id. */
  done(id: string): number {
    for (const sql of DONE) {
      const row = this.#db.prepare(sql).get(id);
      if (row !== undefined) return (row as { n: number | null }).n ?? 0;
    }
    throw new Error(`Exact has no order line ${id}`);
  }

  #kind(kind: string, stands: Stands, world: StoryWorld): Posting[] {
    const items = new Set(world.items());
    const documents = new Map<string, Posting>();
    for (const row of this.#db.prepare(stands.sql).all() as Row[]) {
      if (!items.has(row.item.toLowerCase())) continue;
      const order = row.document === null ? 'work' : world.inStoryIds(row.document);
      const known = documents.get(row.doc) ?? {
        ...(kind === 'goodsReceipt' ? {} : { kind: kind as NonNullable<Posting['kind']> }),
        ...{ order: world.mirror.orderNumber(order), lines: [] },
      };
      documents.set(row.doc, known);
      if (stands.whole === true) continue;
      const line = this.#line(row, order, stands, world);
      // What comes back of several issues is booked issue by issue, and is one line of a story.
      const same = kind === 'materialReturn' ? known.lines.at(-1) : undefined;
      if (same?.item === line.item) same.quantity += line.quantity;
      else known.lines.push(line);
    }
    return [...documents.values()];
  }

  #line(row: Row, order: string, stands: Stands, world: StoryWorld): Line {
    const named = (id: string) => world.inStoryIds(id);
    const { mirror } = world;
    const place = (id: string | null) => (id === null ? undefined : mirror.placeCode(named(id)));
    const numbers = this.#numbers(row.line, stands.numbersBy);
    const serials = numbers.filter(({ kind }) => kind === SERIAL).map(({ number }) => number);
    const batches = numbers.filter(({ kind }) => kind !== SERIAL);
    const [location, to] = [place(row.location), place(row.destination)];
    return {
      item:
        row.orderLine === null
          ? mirror.itemCode(named(row.item))
          : mirror.lineName(order, named(row.orderLine)),
      quantity: Math.abs(row.quantity),
      ...(location === undefined ? {} : { location }),
      ...(to === undefined ? {} : { to }),
      ...(batches.length === 0
        ? {}
        : {
            batches: batches.map(({ number, quantity, endMs }) => ({
              ...{ batch: number, quantity },
              ...(endMs === null || stands.comesIn === undefined ? {} : { expiry: dayOf(endMs) }),
            })),
          }),
      ...(serials.length === 0 ? {} : { serials }),
    };
  }

  /** The numbers of a line, one row each; what a transfer moved is there once out and once in. */
  #numbers(line: string, by: string): Numbered[] {
    const rows = this.#db.prepare(`SELECT n."SerialBatchNumber" AS number, n."Type" AS kind,
        max(abs(m."Quantity")) AS quantity, n."EndDate" AS endMs
      FROM "StockSerialBatchNumbers" m JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
      WHERE m."IsDraft" = 0 AND m."${by}" = ? GROUP BY 1, 2 ORDER BY 1`);
    return rows.all(line) as Numbered[];
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
