// Who lives here: goods for a posting of every kind, found in the simulator's seeded company by
// looking into its own database: what stands where, under which numbers, on which open order line.

import { makeId } from '../../src/lib/domain/index.ts';
import type {
  Id,
  Numbers,
  Posting,
  PostingHead,
  TransferLine,
} from '../../src/lib/domain/index.ts';
import { PLANNED_INSTEAD } from './posting-kinds.ts';
import type { FirstKind, Place, Tracking } from './posting-kinds.ts';
import type { World } from './world.ts';

export { FIRST_KINDS, GOODS_CASES, PLANNED_INSTEAD, TRACKINGS } from './posting-kinds.ts';
export type { FirstKind, Place, Tracking } from './posting-kinds.ts';

interface Stocked extends Numbers {
  readonly item: string;
  readonly quantity: number;
  readonly location?: string;
}

const IS: Readonly<Record<Tracking, string>> = {
  plain: 'i."IsBatchItem" = 0 AND i."IsSerialItem" = 0 AND i."IsStockItem" = 1',
  batch: 'i."IsBatchItem" = 1',
  serial: 'i."IsSerialItem" = 1',
};
const AMOUNT: Readonly<Record<Tracking, number>> = { plain: 2, batch: 2, serial: 1 };

export class Goods {
  readonly #world: World;
  #numbers = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** A posting that Exact will take: two pieces, or one with a serial number. */
  async posting(
    kind: FirstKind,
    head: PostingHead,
    tracking: Tracking,
    place: Place,
  ): Promise<Posting> {
    switch (kind) {
      case 'goodsReceipt':
        return this.#receipt(head, tracking, place);
      case 'goodsDelivery':
        return this.#delivery(head, tracking, place);
      case 'stockCount':
        return this.#count(head, tracking, place);
      case 'warehouseTransfer':
        return this.#warehouseTransfer(head, tracking, place);
      case 'locationTransfer':
        return this.#locationTransfer(head, tracking);
      case 'materialIssue':
        return this.#issue(head, tracking, place, kind);
      case 'materialSubstitution':
        return this.#issue(head, tracking, place, kind);
      case 'shopOrderReceipt':
        return this.#made(head, tracking, place);
      case 'byProductReceipt':
        return this.#beside(head, tracking, place);
    }
  }

  /** Goods that stand there, with numbers that they have. */
  stocked(tracking: Tracking, place: Place, only = '1 = 1'): Stocked {
    const amount = AMOUNT[tracking];
    const row =
      tracking === 'plain'
        ? this.#one(
            place === 'location'
              ? `SELECT s."Item", s."StorageLocation" AS "at" FROM "LocationStock" s
                 JOIN "Items" i ON i."ID" = s."Item"
                 WHERE ${IS.plain} AND s."Warehouse" = ? AND ${only} ORDER BY s."Stock" DESC`
              : `SELECT s."ItemId" AS "Item", NULL AS "at" FROM "StockPositions" s
                 JOIN "Items" i ON i."ID" = s."ItemId"
                 WHERE ${IS.plain} AND s."Warehouse" = ? AND ${only} ORDER BY s."CurrentStock" DESC`,
            this.warehouse(place),
          )
        : this.#one(
            `SELECT m."Item", m."StorageLocation" AS "at", n."SerialBatchNumber" AS "number"
             FROM "StockSerialBatchNumbers" m
             JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
             JOIN "Items" i ON i."ID" = m."Item"
             WHERE ${IS[tracking]} AND m."IsDraft" = 0 AND m."Warehouse" = ? AND ${only}
             GROUP BY 1, 2, 3 HAVING sum(m."Quantity") >= ${amount}
             ORDER BY sum(m."Quantity") DESC, 3`,
            this.warehouse(place),
          );
    const number = String(row['number']);
    return {
      ...{ item: String(row['Item']), quantity: amount },
      ...(row['at'] === null ? {} : { location: String(row['at']) }),
      ...(tracking === 'batch' ? { batches: [{ number, quantity: amount }] } : {}),
      ...(tracking === 'serial' ? { serials: [number] } : {}),
    };
  }

  warehouse(place: Place): string {
    const code = place === 'location' ? '1' : '2';
    return String(this.#one('SELECT "ID" FROM "Warehouses" WHERE "Code" = ?', code)['ID']);
  }

  /** A storage location that is not this one. */
  location(other?: string): string {
    const sql = 'SELECT "ID" FROM "StorageLocations" WHERE "ID" <> ? ORDER BY "Code" DESC';
    return String(this.#one(sql, other ?? '')['ID']);
  }

  /** The storage location that nothing of `location()` comes to. */
  quietLocation(): string {
    return String(this.#one('SELECT "ID" FROM "StorageLocations" ORDER BY "Code"')['ID']);
  }

  /** Numbers that nobody has seen before. */
  fresh(tracking: Tracking, quantity: number): Numbers {
    this.#numbers += 1;
    if (tracking === 'plain') return {};
    if (tracking === 'batch') {
      return { batches: [{ number: `NEW-${this.#numbers}`, quantity, expiry: '2027-06-30' }] };
    }
    return {
      serials: Array.from({ length: quantity }, (_, n) => `SN-${this.#numbers}-${n + 1}`),
    };
  }

  #one(sql: string, ...values: string[]): Record<string, unknown> {
    const [row] = this.#world.sim.simulation.store.all(`${sql} LIMIT 1`, ...values);
    if (row === undefined) throw new Error(`the seed has nothing for: ${sql}`);
    return row;
  }

  #newId(): string {
    return makeId<Id<'row'>>(this.#world.time, {
      bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    });
  }

  #receipt(head: PostingHead, tracking: Tracking, place: Place): Posting {
    const line = this.#one(
      `SELECT l."ID", l."Item", l."PurchaseOrderID",
         l."Quantity" / l."QuantityInPurchaseUnits" AS "factor"
       FROM "PurchaseOrderLines" l
       JOIN "PurchaseOrders" h ON h."PurchaseOrderID" = l."PurchaseOrderID"
       JOIN "Items" i ON i."ID" = l."Item"
       WHERE ${IS[tracking]} AND h."Warehouse" = ? AND h."ApprovalStatus" > 0
         AND h."DropShipment" = 0 AND h."ReceiptStatus" < 30
       ORDER BY l."Quantity" - l."ReceivedQuantity" DESC`,
      this.warehouse(place),
    );
    const quantity = AMOUNT[tracking] * Number(line['factor']);
    const goods = {
      ...{ orderLine: String(line['ID']), item: String(line['Item']), quantity },
      ...(place === 'location' ? { location: this.location() } : {}),
      ...this.fresh(tracking, quantity),
    };
    const document = String(line['PurchaseOrderID']);
    return { ...head, kind: 'goodsReceipt', document, lines: [goods] };
  }

  /** On a new sales order, so that there is always one with enough open. */
  async #delivery(head: PostingHead, tracking: Tracking, place: Place): Promise<Posting> {
    const goods = this.stocked(tracking, place);
    const customer = this.#one('SELECT "OrderedBy" FROM "SalesOrders"')['OrderedBy'];
    const [document, orderLine] = [this.#newId(), this.#newId()];
    this.#numbers += 1;
    await this.#world.control('records/salesorder/SalesOrders', {
      ...{ OrderID: document, OrderNumber: 29_000_000 + this.#numbers, OrderedBy: customer },
      ...{ DeliverTo: customer, InvoiceTo: customer, WarehouseID: this.warehouse(place) },
      ...{ Status: 12, DeliveryStatus: 12, InvoiceStatus: 12, ApprovalStatus: 1 },
    });
    await this.#world.control('records/salesorder/SalesOrderLines', {
      ...{ ID: orderLine, OrderID: document, OrderNumber: 29_000_000 + this.#numbers },
      ...{ LineNumber: 1, Item: goods.item, Quantity: goods.quantity, QuantityDelivered: 0 },
      ...{ OrderStatus: 12, DeliveryStatus: 12, InvoiceStatus: 12, UseDropShipment: 0 },
    });
    return { ...head, kind: 'goodsDelivery', document, lines: [{ orderLine, ...goods }] };
  }

  #count(head: PostingHead, tracking: Tracking, place: Place): Posting {
    const { item, location, quantity } = this.stocked(tracking, place);
    const at = location === undefined ? {} : { location };
    const found =
      tracking === 'plain'
        ? ({ kind: 'counted', quantity: 7 } as const)
        : ({ kind: 'difference', quantity } as const);
    const lines = [{ item, ...at, found, ...this.fresh(tracking, quantity) }];
    return { ...head, kind: 'stockCount', warehouse: this.warehouse(place), lines };
  }

  /** From the warehouse of `place` to the other one. */
  #warehouseTransfer(head: PostingHead, tracking: Tracking, place: Place): Posting {
    const other: Place = place === 'location' ? 'none' : 'location';
    const linked = `i."ID" IN (SELECT "Item" FROM "ItemWarehouses" WHERE "Warehouse" =
      '${this.warehouse(other)}')`;
    const { location, ...goods } = this.stocked(tracking, place, linked);
    const line: TransferLine = {
      ...goods,
      ...(location === undefined ? {} : { fromLocation: location }),
      ...(other === 'location' ? { toLocation: this.location() } : {}),
    };
    return {
      ...{ ...head, kind: 'warehouseTransfer', lines: [line] },
      ...{ fromWarehouse: this.warehouse(place), toWarehouse: this.warehouse(other) },
    };
  }

  #locationTransfer(head: PostingHead, tracking: Tracking): Posting {
    const { location, ...goods } = this.stocked(tracking, 'location');
    if (location === undefined) throw new Error('goods in this warehouse have a location');
    const line = { ...goods, fromLocation: location, toLocation: this.location(location) };
    const warehouse = this.warehouse('location');
    return { ...head, kind: 'locationTransfer', warehouse, lines: [line] };
  }

  /** Material of a new shop order, or what takes the place of some of it. */
  async #issue(
    head: PostingHead,
    tracking: Tracking,
    place: Place,
    kind: 'materialIssue' | 'materialSubstitution',
  ): Promise<Posting> {
    const goods = this.stocked(tracking, place);
    const other = 'SELECT "ID" FROM "Items" WHERE "IsStockItem" = 1 AND "ID" <> ?';
    const [item, planned] =
      kind === 'materialIssue'
        ? [goods.item, goods.quantity]
        : [this.#one(other, goods.item)['ID'], PLANNED_INSTEAD];
    const made = this.#one('SELECT "ID" FROM "Items" WHERE "IsMakeItem" = 1');
    const document = await this.#shopOrder(String(made['ID']), place, 1);
    const plan = this.#newId();
    await this.#world.control('records/manufacturing/ShopOrderMaterialPlans', {
      ...{ ID: plan, ShopOrder: document, Item: item, LineNumber: 1, Status: 10, Type: 1 },
      ...{ PlannedQuantity: planned, PlannedQuantityFactor: planned, Backflush: 0 },
    });
    const warehouse = this.warehouse(place);
    return { ...head, ...goods, kind, document, plan, warehouse };
  }

  /** All of a new shop order. */
  async #made(head: PostingHead, tracking: Tracking, place: Place): Promise<Posting> {
    const made = this.#one(
      `SELECT i."ID" FROM "Items" i WHERE ${IS[tracking]} AND i."IsMakeItem" = 1`,
    );
    const [item, quantity] = [String(made['ID']), AMOUNT[tracking]];
    const document = await this.#shopOrder(item, place, quantity);
    return {
      ...{ ...head, kind: 'shopOrderReceipt', document, item, quantity },
      ...(place === 'location' ? { location: this.location() } : {}),
      ...{ warehouse: this.warehouse(place), ...this.fresh(tracking, quantity) },
    };
  }

  /** What comes out of a new shop order beside its product. */
  async #beside(head: PostingHead, tracking: Tracking, place: Place): Promise<Posting> {
    const made = this.#one('SELECT "ID" FROM "Items" WHERE "IsMakeItem" = 1');
    const item = String(this.#one(`SELECT i."ID" FROM "Items" i WHERE ${IS[tracking]}`)['ID']);
    const document = await this.#shopOrder(String(made['ID']), place, 1);
    const quantity = AMOUNT[tracking];
    const plan = this.#newId();
    await this.#world.control('records/manufacturing/ShopOrderMaterialPlans', {
      ...{ ID: plan, ShopOrder: document, Item: item, LineNumber: 1, Status: 10, Type: 2 },
      ...{ PlannedQuantity: quantity, PlannedQuantityFactor: quantity, Backflush: 0 },
    });
    return {
      ...{ ...head, kind: 'byProductReceipt', document, plan, item, quantity },
      ...(place === 'location' ? { location: this.location() } : {}),
      ...{ warehouse: this.warehouse(place), ...this.fresh(tracking, quantity) },
    };
  }

  async #shopOrder(item: string, place: Place, quantity: number): Promise<string> {
    const id = this.#newId();
    this.#numbers += 1;
    await this.#world.control('records/manufacturing/ShopOrders', {
      ...{ ID: id, ShopOrderNumber: 39_000_000 + this.#numbers, Item: item, Type: 9040 },
      ...{ Warehouse: this.warehouse(place), PlannedQuantity: quantity, ProducedQuantity: 0 },
      ...{ Status: 10, IsReleased: 1, IsInPlanning: 1, IsOnHold: 0 },
    });
    return id;
  }
}
