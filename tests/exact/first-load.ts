// Who lives here: one first load, measured: for the test of a small company and the bench of a large
// one. Counts only; whoever wants seconds takes them around it.

import type { MirrorProgress, MirrorReader } from '../../src/lib/server/exact/index.ts';
import type { MirrorKit } from './mirror-kit.ts';

/** Lists whose rows come a thousand a page, and the simulator's tables of them. */
export const SYNCED: Readonly<Record<string, string>> = {
  ...{ Items: 'Items', SalesItemPrices: 'SalesItemPrices', SupplierItem: 'SupplierItems' },
  ...{ ItemWarehouses: 'ItemWarehouses', ItemStorageLocations: 'ItemStorageLocations' },
  ...{ StockPositions: 'StockPositions', StorageLocationStockPositions: 'LocationStock' },
  ...{ SerialBatchNumbers: 'SerialBatchNumbers' },
  ...{ StockSerialBatchNumbers: 'StockSerialBatchNumbers' },
};
const PAGE_ROWS = 1000;
/** Progress is looked at after every so many pages: it is for people, not for every page. */
const LOOK_EVERY = 10;

export interface FirstLoad {
  /** Of the lists in SYNCED. */
  readonly rows: number;
  readonly pages: number;
  /** Calls for them, those that fetch items ahead included. */
  readonly calls: number;
  /** Of all lists. */
  readonly allCalls: number;
  /** After how many calls every open order could be shown; null: never. */
  readonly usableAtCall: number | null;
  readonly shown: readonly MirrorProgress[];
}

/** Loads a mirror that was never read. */
export async function firstLoad(kit: MirrorKit): Promise<FirstLoad> {
  const shown: MirrorProgress[] = [];
  const counted = { pages: 0, usableAtCall: null as number | null };
  let looking: Promise<void> = Promise.resolve();
  const look = async (calls: number) => {
    if (counted.usableAtCall === null && (await openOrdersComplete(kit.world.hub.reader))) {
      counted.usableAtCall = calls;
    }
    if (counted.pages % LOOK_EVERY === 0) shown.push(await kit.mirror.progress());
  };
  kit.mirror.events.on('changed', () => {
    counted.pages += 1;
    const calls = kit.calls('/api/v1/').length;
    looking = looking.then(() => look(calls));
  });
  await kit.round();
  await looking;
  const sum = (value: (list: string, table: string) => number) =>
    Object.entries(SYNCED).reduce((total, [list, table]) => total + value(list, table), 0);
  return {
    rows: sum((_, table) => kit.count(table)),
    pages: sum((_, table) => Math.ceil(kit.count(table) / PAGE_ROWS)),
    calls: sum((list) => kit.calls(`/${list}?`).length),
    allCalls: kit.calls('/api/v1/').length,
    usableAtCall: counted.usableAtCall,
    shown,
  };
}

/** Whether every open order could be shown: its header, lines, items and warehouse are here. */
export async function openOrdersComplete(reader: MirrorReader): Promise<boolean> {
  const open = await reader.liveIds('PurchaseOrders');
  const orders = [...(await reader.ordersById(open)).values()];
  const items = [...new Set(orders.flatMap((order) => order.lines.map((line) => line.itemId)))];
  const places = [...new Set(orders.map((order) => order.warehouseId))];
  const [known, warehouses] = [await reader.itemsById(items), await reader.warehousesById(places)];
  return orders.length > 0 && known.size === items.length && warehouses.size === places.length;
}
