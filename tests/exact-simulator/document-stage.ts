/*
 * The stage of the specifications of sales and inventory documents: a fresh simulator per test, its
 * seeded sales orders, warehouses, locations and stock, and short ways to post and to look.
 */
import { afterEach, beforeEach } from 'vitest';
import {
  list,
  only,
  parsed,
  peek,
  record,
  startExact,
  type Answered,
  type Exact,
} from './helpers.ts';

export type Fields = Record<string, unknown>;

export interface Stock {
  warehouse: number;
  planningIn: number;
  planningOut: number;
  projected: unknown;
}

export interface DocumentStage {
  exact: () => Exact;
  /** POST, PUT or DELETE below the division. */
  call: (method: string, path: string, body?: Fields, headers?: HeadersInit) => Promise<Answered>;
  /** The entity a POST made, in full. Throws when it was refused. */
  made: (path: string, body: Fields) => Promise<Fields>;
  /** Rows read past all limits. */
  rows: (path: string) => Promise<Fields[]>;
  /** The warehouse of a code. */
  warehouse: (code: string) => Promise<string>;
  /** The location of a code in warehouse 1. */
  shelf: (code: string) => Promise<string>;
  salesOrder: (number: number) => Promise<{ head: Fields; lines: Fields[] }>;
  stock: (item: unknown, warehouse: unknown) => Promise<Stock>;
  /** Stock of an item at a location of warehouse 1. */
  stockAt: (item: unknown, shelf: string) => Promise<number>;
  /** Stock of a number: over all places, or at one location. */
  numberStock: (number: string, shelf?: string) => Promise<number>;
}

/** Sets the stage for every test of a file. */
export function documentStage(): DocumentStage {
  let exact: Exact;
  beforeEach(async () => {
    exact = await startExact();
    await exact.control('POST', '/limits', { minutely: 100_000, errorsPerHour: 10_000 });
  });
  afterEach(async () => {
    await exact.close();
  });
  const stage: DocumentStage = {
    exact: () => exact,
    call: async (method, path, body, headers) => {
      const answer = await exact.call(method, `123456/${path}`, body, headers);
      // A refusal is a 500 as well; a fault of the simulator must not pass for one.
      if (answer.text.includes('Bug in the simulator')) throw new Error(`${method} ${path}: bug`);
      return answer;
    },
    made: async (path, body) => {
      const answer = await stage.call('POST', path, body, { Prefer: 'return=representation' });
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      return record(parsed(answer)['d']);
    },
    rows: (path) => peek(exact, path),
    warehouse: async (code) =>
      String(only(await peek(exact, `inventory/Warehouses?$filter=Code eq '${code}'`))['ID']),
    shelf: async (code) =>
      String(only(await peek(exact, `inventory/StorageLocations?$filter=Code eq '${code}'`))['ID']),
    salesOrder: async (number) => {
      const path = `salesorder/SalesOrders?$filter=OrderNumber eq ${number}`;
      const head = only(await peek(exact, `${path}&$expand=SalesOrderLines`));
      return { head, lines: list(record(head['SalesOrderLines'])['results']) };
    },
    stock: async (item, warehouse) => {
      const all = await peek(exact, 'sync/Inventory/StockPositions');
      const row = all.find((r) => r['ItemId'] === item && r['Warehouse'] === warehouse) ?? {};
      return {
        warehouse: Number(row['CurrentStock'] ?? 0),
        planningIn: Number(row['PlanningIn'] ?? 0),
        planningOut: Number(row['PlanningOut'] ?? 0),
        projected: row['ProjectedStock'] ?? 0,
      };
    },
    stockAt: async (item, shelf) => {
      const filter = `StorageLocationCode eq '${shelf}' and Item eq guid'${String(item)}'`;
      const found = await peek(
        exact,
        `inventory/ItemWarehouseStorageLocations?$filter=${encodeURIComponent(filter)}`,
      );
      return found.reduce((sum, row) => sum + Number(row['Stock']), 0);
    },
    numberStock: async (number, shelf) => {
      const masters = await peek(
        exact,
        `sync/Inventory/SerialBatchNumbers?$filter=Timestamp gt 0L`,
      );
      const ids = masters.filter((m) => m['SerialBatchNumber'] === number).map((m) => m['ID']);
      const moves = await peek(exact, 'sync/Inventory/StockSerialBatchNumbers');
      return moves
        .filter((m) => ids.includes(m['SerialBatchNumber']) && m['IsDraft'] === 0)
        .filter((m) => shelf === undefined || m['StorageLocationCode'] === shelf)
        .reduce((sum, m) => sum + Number(m['Quantity']), 0);
    },
  };
  return stage;
}
