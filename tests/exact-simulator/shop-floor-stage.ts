/*
 * The stage of the manufacturing specifications: a fresh simulator per test and short ways to find
 * an order's plans, to draft numbers, to post and to look at the books.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach } from 'vitest';
import {
  list,
  messageOf,
  only,
  parsed,
  peek,
  record,
  startExact,
  type Answered,
  type Exact,
} from './helpers.ts';

type Row = Record<string, unknown>;

const DATE = '2026-11-18T00:00:00';

export interface Numbers {
  item: unknown;
  warehouse: unknown;
  type: number;
  location?: unknown;
  /** Number → quantity; serial numbers count one. */
  numbers: Record<string, number>;
  serial?: boolean;
}

/** Ways to look at what is stored, past limits and mandatory options. */
function readers(exact: () => Exact) {
  const one = async (path: string): Promise<Row> => only(await peek(exact(), path));
  const guid = (id: unknown): string => `guid'${String(id)}'`;
  const position = (item: unknown, warehouse: unknown) =>
    one(
      `inventory/ItemWarehouses?$filter=Item eq ${guid(item)} and Warehouse eq ${guid(warehouse)}`,
    );
  const atPlace = async (item: unknown, location: unknown): Promise<number> => {
    const places = 'inventory/ItemWarehouseStorageLocations';
    const filter = `Item eq ${guid(item)} and StorageLocation eq ${guid(location)}`;
    const rows = await peek(exact(), `${places}?$filter=${filter}`);
    return rows.reduce((sum, row) => sum + Number(row['Stock']), 0);
  };
  return {
    position,
    row: (set: string, key: string, id: unknown) =>
      one(`manufacturing/${set}?$filter=${key} eq ${guid(id)}`),
    order: (number: number) => {
      const filter = `ShopOrderNumber eq ${number}`;
      return one(`manufacturing/ShopOrders?$filter=${filter}&$expand=ShopOrderMaterialPlans`);
    },
    /** The details of an order's plan for an item. */
    plan: (number: number, itemCode: string) => {
      const filter = `ShopOrderNumber eq ${number} and ItemCode eq '${itemCode}'`;
      return one(`manufacturing/ShopOrderMaterialPlanDetails?$filter=${filter}`);
    },
    /** Stock of an item: in its warehouse, or at a location when one is given. */
    stock: async (item: unknown, warehouse: unknown, location?: unknown): Promise<number> =>
      location === undefined
        ? Number((await position(item, warehouse))['CurrentStock'])
        : atPlace(item, location),
    /** How much of a batch or serial number is in stock. */
    inStock: async (number: string): Promise<number> => {
      const batches = `inventory/BatchNumbers?$filter=BatchNumber eq '${number}'`;
      const [batch] = await peek(exact(), batches);
      if (batch) return Number(batch['AvailableQuantity']);
      const serials = `inventory/SerialNumbers?$filter=SerialNumber eq '${number}'`;
      const [serial] = await peek(exact(), serials);
      return Number(serial?.['Available'] ?? 0);
    },
    location: async (code: string) =>
      String((await one(`inventory/StorageLocations?$filter=Code eq '${code}'`))['ID']),
    itemId: async (code: string) =>
      String((await one(`logistics/Items?$filter=Code eq '${code}'`))['ID']),
    /** The entity types in `sync/Deleted` beyond those that stood there before. */
    deletedTypes: async (before: readonly unknown[]): Promise<unknown[]> => {
      const rows = await peek(exact(), 'sync/Deleted');
      return rows.slice(before.length).map((row) => row['EntityType']);
    },
  };
}

/** Ways to write over the API. */
function writers(exact: () => Exact) {
  const call = (verb: string, path: string, body?: unknown): Promise<Answered> =>
    exact().call(verb, `123456/${path}`, body);
  /** POST to `manufacturing/{set}`; TransactionDate is filled in. */
  const post = (set: string, body: Row) =>
    call('POST', `manufacturing/${set}`, { TransactionDate: DATE, ...body });
  const keyOf = (answer: Answered, key: string): string => {
    if (answer.status !== 201) throw new Error(`${answer.status} ${messageOf(answer)}`);
    return String(record(parsed(answer)['d'])[key]);
  };
  const draftOne = async (drafts: Numbers, id: string, number: string, quantity: number) => {
    const { item, warehouse, type, location, serial = false } = drafts;
    const set = serial ? 'StockSerialNumbers' : 'StockBatchNumbers';
    const answer = await call('POST', `inventory/${set}`, {
      ...{ DraftStockTransactionID: id, StockTransactionType: type, Item: item },
      ...{ Warehouse: warehouse, ...(location === undefined ? {} : { StorageLocation: location }) },
      ...(serial ? { SerialNumber: number } : { BatchNumber: number, Quantity: quantity }),
    });
    if (answer.status !== 201) throw new Error(`draft ${answer.status} ${answer.text}`);
  };
  return {
    call,
    post,
    /** The key of a transaction that must have been booked. */
    booked: async (set: string, body: Row, key = 'StockTransactionId') =>
      keyOf(await post(set, body), key),
    /** The key of a record that must have been made. */
    create: async (set: string, body: Row) =>
      keyOf(await call('POST', `manufacturing/${set}`, body), 'ID'),
    put: (set: string, id: unknown, body: unknown) =>
      call('PUT', `manufacturing/${set}(guid'${String(id)}')`, body),
    remove: (set: string, id: unknown) =>
      call('DELETE', `manufacturing/${set}(guid'${String(id)}')`),
    /** Drafts numbers and returns their DraftStockTransactionID. */
    draft: async (drafts: Numbers): Promise<string> => {
      const id = randomUUID();
      for (const [number, quantity] of Object.entries(drafts.numbers)) {
        await draftOne(drafts, id, number, quantity);
      }
      return id;
    },
    /** Changes a company setting. */
    set: (name: string, value: boolean) => exact().control('POST', '/settings', { [name]: value }),
  };
}

/** Sets the stage for every test of a file. */
export function shopFloor() {
  let running: Exact;
  beforeEach(async () => {
    running = await startExact();
    await running.control('POST', '/limits', { minutely: 100_000, daily: 100_000 });
    await running.control('POST', '/limits', { errorsPerHour: 1000 });
  });
  afterEach(async () => {
    await running.close();
  });
  const exact = () => running;
  return { exact, ...readers(exact), ...writers(exact) };
}

/** The plans of an order that was read with `$expand`. */
export function plansIn(order: Row): Row[] {
  return list(record(order['ShopOrderMaterialPlans'])['results']);
}
