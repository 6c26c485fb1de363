// Who lives here: one thing of Exact's → one row of the replica, with the look-up keys by which a
// scan finds it.

import { codeKey, gtinKey } from '../../scan/index.ts';
import type { ItemView, LocationView, OrderView, WarehouseView } from '../../domain/index.ts';
import type { MasterSource, ProgressSource, RowKind, SourceItem, SourceOrder } from './sources.ts';

export interface RowContent {
  readonly keys: readonly string[];
  readonly body: ItemView | LocationView | WarehouseView | OrderView;
}

/** The codes as keys, each once: a printed barcode is looked up as a GTIN and as bare text. */
function keysOf(codes: readonly (string | undefined)[]): string[] {
  const keys = new Set<string>();
  for (const code of codes) {
    for (const key of [codeKey(code ?? ''), gtinKey(code ?? '')]) {
      if (key !== undefined) keys.add(key);
    }
  }
  return [...keys];
}

async function placeOf(source: MasterSource, id: string | undefined) {
  const location = id === undefined ? undefined : await source.location(id);
  return location === undefined ? undefined : { id: location.id, code: location.code };
}

async function itemView(item: SourceItem, source: MasterSource): Promise<ItemView> {
  const defaultLocations: Record<string, { id: string; code: string }> = {};
  for (const [warehouse, id] of Object.entries(item.defaultLocations)) {
    const place = await placeOf(source, id);
    if (place !== undefined) defaultLocations[warehouse] = place;
  }
  return {
    id: item.id,
    code: item.code,
    name: item.name,
    unit: item.unit,
    tracking: item.tracking,
    hasExpiry: item.hasExpiry,
    fractions: item.fractions,
    ...(item.barcode === undefined ? {} : { barcode: item.barcode }),
    packs: item.packs,
    defaultLocations,
  };
}

async function itemRow(id: string, source: MasterSource): Promise<RowContent | null> {
  const item = await source.item(id);
  if (item === undefined) return null;
  const packs = item.packs.map((pack) => pack.barcode);
  const own = [item.barcode, item.code, item.searchCode, ...(item.extraCodes ?? [])];
  const codes = [...own, ...packs, ...item.supplierCodes];
  return { keys: keysOf(codes), body: await itemView(item, source) };
}

async function warehouseView(id: string, source: MasterSource): Promise<WarehouseView | undefined> {
  const warehouse = await source.warehouse(id);
  if (warehouse === undefined) return undefined;
  const place = await placeOf(source, warehouse.defaultLocationId);
  return {
    id: warehouse.id,
    code: warehouse.code,
    name: warehouse.name,
    usesLocations: warehouse.usesLocations,
    ...(place === undefined ? {} : { defaultLocation: place }),
  };
}

async function orderLines(order: SourceOrder, source: MasterSource, ledger: ProgressSource) {
  const progress = ledger.progress(order.id);
  const lines: OrderView['lines'][number][] = [];
  for (const line of order.lines) {
    const item = await source.item(line.itemId);
    // The items may still be on their way from Exact; the order comes when they are here.
    if (item === undefined) return undefined;
    const { received = 0, pending = 0 } = progress.lines.get(line.id) ?? {};
    const { supplierItemCode } = line;
    lines.push({
      id: line.id,
      lineNumber: line.lineNumber,
      item: await itemView(item, source),
      ...(supplierItemCode === undefined ? {} : { supplierItemCode }),
      ordered: line.ordered,
      done: received,
      pending,
    });
  }
  return { lines: lines.sort((a, b) => a.lineNumber - b.lineNumber), seq: progress.seq };
}

async function orderRow(
  id: string,
  source: MasterSource,
  ledger: ProgressSource,
): Promise<RowContent | null> {
  const order = await source.order(id);
  if (order?.receivable !== true) return null;
  const warehouse = await warehouseView(order.warehouseId, source);
  const content = await orderLines(order, source, ledger);
  if (warehouse === undefined || content === undefined) return null;
  const body: OrderView = {
    kind: 'purchaseOrder',
    id: order.id,
    number: order.number,
    partnerName: order.supplierName,
    partnerCode: order.supplierCode,
    warehouse,
    ...(order.expectedDate === undefined ? {} : { expectedDate: order.expectedDate }),
    ...content,
  };
  return { keys: keysOf([order.number, order.supplierCode]), body };
}

/** What stations get of one thing; null: it is gone, or not for them. */
export async function rowContent(
  kind: RowKind,
  id: string,
  source: MasterSource,
  ledger: ProgressSource,
): Promise<RowContent | null> {
  if (kind === 'item') return itemRow(id, source);
  if (kind === 'order') return orderRow(id, source, ledger);
  if (kind === 'warehouse') {
    const body = await warehouseView(id, source);
    return body === undefined ? null : { keys: keysOf([body.code]), body };
  }
  const body = await source.location(id);
  return body === undefined ? null : { keys: keysOf([body.code]), body };
}
