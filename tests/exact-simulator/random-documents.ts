/*
 * Random sales and inventory documents for the property of the stock books: each is made from a few
 * numbers and the present state, and says what it must move when it is accepted.
 */
import type { Fields } from './document-stage.ts';
import { num, RandomGoods } from './random-goods.ts';

/** A document to post; `then` posts a second call with the key of the first. */
export interface RandomDocument {
  path: string;
  body: Fields;
  then?: { path: string; key: string };
  /** Place (`item warehouse` or `item warehouse location`) → change when all calls succeed. */
  moves: Map<string, number>;
}

export interface Dice {
  what: number;
  which: number;
  where: number;
  other: number;
  amount: number;
}

/** Makes documents out of dice; new numbers never repeat. */
export class Documents extends RandomGoods {
  readonly kinds: readonly [string, (dice: Dice) => RandomDocument | undefined][] = [
    ['delivery', (dice) => this.delivery(dice)],
    ['receipt', (dice) => this.receipt(dice)],
    ['count', (dice) => this.count(dice)],
    ['transfer', (dice) => this.transfer(dice)],
    ['purchase return', (dice) => this.purchaseReturn(dice)],
    ['sales return', (dice) => this.salesReturn(dice)],
    ['completion', (dice) => this.completion(dice)],
  ];

  private delivery({ which, where, amount }: Dice): RandomDocument | undefined {
    const line = this.pick(
      `SELECT l.*, h."WarehouseID" AS warehouse FROM "SalesOrderLines" l
       JOIN "SalesOrders" h ON h."OrderID" = l."OrderID" WHERE l."DeliveryStatus" < 21`,
      which,
    );
    if (!line) return undefined;
    const item = this.item(line['Item']);
    const sign = num(line['Quantity']) < 0 ? -1 : 1;
    const size = 1 + (amount % 6);
    const location = this.location(line['warehouse'], item['ID'], where);
    const place = this.place(line['warehouse'], location);
    const numbers =
      sign < 0 ? this.fresh(item, size) : this.taken(item, line['warehouse'], place, size);
    return {
      path: 'salesorder/GoodsDeliveries',
      body: {
        DeliveryDate: '2026-11-18',
        GoodsDeliveryLines: [
          {
            ...{ SalesOrderLineID: line['ID'], QuantityDelivered: sign * size, ...numbers },
            ...(location === undefined ? {} : { StorageLocation: location }),
          },
        ],
      },
      moves: this.moves([item['ID'], line['warehouse'], place, -sign * size]),
    };
  }

  private receipt({ which, where, amount }: Dice): RandomDocument | undefined {
    const line = this.pick(
      `SELECT l.*, h."Warehouse" AS warehouse FROM "PurchaseOrderLines" l
       JOIN "PurchaseOrders" h ON h."PurchaseOrderID" = l."PurchaseOrderID"
       WHERE h."DropShipment" = 0`,
      which,
    );
    if (!line) return undefined;
    const item = this.item(line['Item']);
    const factor = num(line['Quantity']) / num(line['QuantityInPurchaseUnits']);
    const size = 1 + (amount % 5);
    const location = this.location(line['warehouse'], item['ID'], where);
    return {
      path: 'purchaseorder/GoodsReceipts',
      body: {
        ReceiptDate: '2026-11-18',
        GoodsReceiptLines: [
          {
            ...{ PurchaseOrderLineID: line['ID'], QuantityReceived: size },
            ...(location === undefined ? {} : { Location: location }),
            ...this.fresh(item, size),
          },
        ],
      },
      moves: this.moves([
        ...([item['ID'], line['warehouse']] as const),
        this.place(line['warehouse'], location),
        size * factor,
      ]),
    };
  }

  private count({ which, where, other, amount }: Dice): RandomDocument | undefined {
    const item = this.pick('SELECT * FROM "Items"', which);
    const warehouse = this.pick('SELECT * FROM "Warehouses"', where)?.['ID'];
    if (!item) return undefined;
    const by = (amount % 11) - 5;
    const place = this.place(warehouse, this.location(warehouse, item['ID'], other));
    const numbers =
      by < 0 ? this.taken(item, warehouse, place, -by) : by > 0 ? this.fresh(item, by) : {};
    const atOnce = amount % 2 === 0;
    const left = amount % 3 === 0 && !atOnce;
    return {
      path: 'inventory/StockCounts',
      body: {
        ...{ StockCountDate: '2026-11-18', Warehouse: warehouse, Status: atOnce ? 21 : 12 },
        StockCountLines: [
          {
            ...{ Item: item['ID'], QuantityDifference: by, ...numbers },
            ...(place === null ? {} : { StorageLocation: place }),
          },
        ],
      },
      ...(atOnce || left
        ? {}
        : { then: { path: 'inventory/ProcessStockCount', key: 'StockCountID' } }),
      moves: left ? new Map() : this.moves([item['ID'], warehouse, place, by]),
    };
  }

  private transfer({ which, where, other, amount }: Dice): RandomDocument | undefined {
    const linked = 'SELECT i.* FROM "Items" i JOIN "ItemWarehouses" w ON w."Item" = i."ID"';
    const item = this.pick(linked, which);
    const from = this.pick('SELECT * FROM "Warehouses"', where)?.['ID'];
    const to = this.pick('SELECT * FROM "Warehouses"', other)?.['ID'];
    if (!item) return undefined;
    const size = 1 + (amount % 7);
    const origin = this.location(from, item['ID'], other * 5 + 1);
    const target = this.location(to, item['ID'], where * 5 + 4);
    const [out, into] = [this.place(from, origin), this.place(to, target)];
    const atOnce = amount % 2 === 0;
    const process = !atOnce && amount % 3 === 0;
    return {
      path: 'inventory/WarehouseTransfers',
      body: {
        ...{ EntryDate: '2026-11-18', WarehouseFrom: from, WarehouseTo: to },
        Status: atOnce ? 50 : 10,
        WarehouseTransferLines: [
          {
            ...{ Item: item['ID'], Quantity: size, ...this.taken(item, from, out, size) },
            ...(origin === undefined ? {} : { StorageLocationFrom: origin }),
            ...(target === undefined ? {} : { StorageLocationTo: target }),
          },
        ],
      },
      ...(process
        ? { then: { path: 'inventory/ProcessWarehouseTransfer', key: 'TransferID' } }
        : {}),
      moves:
        atOnce || process
          ? this.moves([item['ID'], from, out, -size], [item['ID'], to, into, size])
          : new Map(),
    };
  }

  private purchaseReturn({ which, other, amount }: Dice): RandomDocument | undefined {
    const line = this.pick(
      `SELECT l.*, h."Warehouse" AS warehouse, o."Quantity" / o."QuantityInPurchaseUnits" AS factor
       FROM "GoodsReceiptLines" l JOIN "GoodsReceipts" h ON h."ID" = l."GoodsReceiptID"
       JOIN "PurchaseOrderLines" o ON o."ID" = l."PurchaseOrderLineID"`,
      which,
    );
    if (!line) return undefined;
    const item = this.item(line['Item']);
    const size = 1 + (amount % 3);
    const place = line['Location'] ?? null;
    return {
      path: 'purchaseorder/PurchaseReturns',
      body: {
        ReturnDate: '2026-11-18',
        PurchaseReturnLines: [
          {
            ...{ GoodsReceiptLineID: line['ID'], PurchaseOrderLineID: line['PurchaseOrderLineID'] },
            ...{ ReturnQuantity: size, CreateCredit: other % 2 === 0 },
            ...this.taken(item, line['warehouse'], place, size),
          },
        ],
      },
      moves: this.moves([item['ID'], line['warehouse'], place, -size * num(line['factor'])]),
    };
  }

  private salesReturn({ which, where, other, amount }: Dice): RandomDocument | undefined {
    const line = this.pick(
      `SELECT l.*, h."Warehouse" AS warehouse, h."DeliveryAccount" AS account
       FROM "GoodsDeliveryLines" l JOIN "GoodsDeliveries" h ON h."EntryID" = l."EntryID"`,
      which,
    );
    if (!line) return undefined;
    const item = this.item(line['Item']);
    const size = 1 + (amount % 2);
    const location = this.location(line['warehouse'], item['ID'], where);
    const gone = this.store.all(
      `SELECT n."SerialBatchNumber" AS name FROM "StockSerialBatchNumbers" m
       JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
       WHERE m."StockTransactionID" = ?`,
      String(line['ID']),
    );
    const isSerial = num(item['IsSerialItem']) !== 0;
    const numbers = gone
      .slice(0, isSerial ? size : 1)
      .map((row) => ({ name: String(row['name']), quantity: isSerial ? 1 : size }));
    return {
      path: 'salesorder/PlannedSalesReturns',
      body: {
        ...{ DeliveredTo: line['account'], Warehouse: line['warehouse'], Status: 50 },
        PlannedSalesReturnLines: [
          {
            ...{ GoodDeliveryLineID: line['ID'], Item: item['ID'], CreateCredit: other % 2 },
            ...{ PlannedReturnQuantity: size, ReceivedQuantity: size },
            ...(location === undefined ? {} : { StorageLocation: location }),
            ...this.nested(item, numbers),
          },
        ],
      },
      moves: this.moves([
        ...([item['ID'], line['warehouse'], this.place(line['warehouse'], location)] as const),
        size,
      ]),
    };
  }

  private completion({ which, amount }: Dice): RandomDocument | undefined {
    // Seldom, so that enough orders stay open to deliver.
    if (amount % 4 !== 0) return undefined;
    const line = this.pick('SELECT * FROM "SalesOrderLines"', which);
    if (!line) return undefined;
    const body = { ID: line['ID'], CompleteDelivery: true };
    return { path: 'salesorder/CompleteSalesOrderLine', body, moves: new Map() };
  }
}
