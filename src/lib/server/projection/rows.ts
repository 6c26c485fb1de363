// Who lives here: one thing of Exact's → one row of the replica, with the look-up keys by which a
// scan finds it.

import { codeKey, gtinKey } from '../../scan/index.ts';
import { backLineOf, LIMITS, openQuantity, plus } from '../../domain/index.ts';
import type {
  ItemView,
  LocationView,
  OrderKind,
  OrderLineView,
  OrderView,
  PersonView,
  SourceView,
  WarehouseView,
} from '../../domain/index.ts';
import { pickedView, whatIsLeft } from './parts.ts';
import type {
  IssuedLot,
  MasterSource,
  ProgressSource,
  RowKind,
  SourceItem,
  SourceLine,
  SourceOrderOfAnyKind,
} from './sources.ts';

export interface RowContent {
  readonly keys: readonly string[];
  readonly body: ItemView | LocationView | WarehouseView | OrderView | PersonView;
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

/** Whether the goods of this line leave their place: only those need to be found. */
function goesOut(kind: OrderKind, { part }: OrderLineView): boolean {
  return part === (kind === 'salesOrder' || kind === 'refill' ? undefined : 'material');
}

async function lineView(
  line: SourceLine,
  item: SourceItem,
  done: { readonly received: number; readonly pending: number },
  source: MasterSource,
): Promise<OrderLineView> {
  const { supplierItemCode, part } = line;
  return {
    id: line.id,
    lineNumber: line.lineNumber,
    item: await itemView(item, source),
    ...(supplierItemCode === undefined ? {} : { supplierItemCode }),
    ordered: line.ordered,
    done: done.received,
    pending: done.pending,
    ...(part === undefined ? {} : { part }),
  };
}

/** How far the needs of a list have come: each is a document of its own. */
function needs(
  { id, lines }: SourceOrderOfAnyKind,
  ledger: ProgressSource,
): ReturnType<ProgressSource['progress']> {
  const each = lines.flatMap((line) => [...ledger.progress(line.id).lines]);
  return { seq: ledger.progress(id).seq, lines: new Map(each) };
}

async function orderLines(
  order: SourceOrderOfAnyKind,
  kind: OrderKind,
  source: MasterSource,
  ledger: ProgressSource,
) {
  const progress = kind === 'refill' ? needs(order, ledger) : ledger.progress(order.id);
  const lines: OrderLineView[] = [];
  for (const line of order.lines) {
    const item = await source.item(line.itemId);
    // The items may still be on their way from Exact; the order comes when they are here.
    if (item === undefined) return undefined;
    const done = progress.lines.get(line.id) ?? { received: 0, pending: 0 };
    const held = kind === 'refill' ? ledger.held?.(line.id) : undefined;
    const view = await lineView(line, item, done, source);
    lines.push(held === undefined ? view : { ...view, held });
  }
  for (const [plan, lots] of ledger.returnable?.(order.id) ?? []) {
    const material = lines.find((line) => line.id === plan);
    const done = progress.lines.get(backLineOf(plan)) ?? { received: 0, pending: 0 };
    const view = material && (await issuedView(material, lots, done, source));
    if (view !== undefined && view.ordered > 0) lines.push(view);
  }
  for (const [id, goods] of ledger.toPack?.(order.id) ?? []) {
    const line = lines.find((each) => each.id === id);
    if (line !== undefined) lines.push(pickedView(line, goods));
  }
  const placed = await withSources(lines, { kind, warehouseId: order.warehouseId }, source);
  return { lines: placed.sort((a, b) => a.lineNumber - b.lineNumber), seq: progress.seq };
}

/** What was issued on a line and may come back, or did, with where it came from. */
async function issuedView(
  { sources: _s, ...material }: OrderLineView,
  lots: readonly IssuedLot[],
  done: { readonly received: number; readonly pending: number },
  source: MasterSource,
): Promise<OrderLineView> {
  const from = new Map<string, SourceView>();
  for (const { location: id, batch, quantity } of lots) {
    const key = JSON.stringify([id, batch]);
    const known = from.get(key)?.quantity ?? 0;
    const location = await placeOf(source, id);
    from.set(key, {
      ...(location === undefined ? {} : { location }),
      ...(batch === undefined ? {} : { batch }),
      quantity: plus(known, quantity),
    });
  }
  const sources = [...from.values()];
  const left = sources.reduce((sum, { quantity }) => plus(sum, quantity), 0);
  return {
    ...material,
    ...{ id: backLineOf(material.id), part: 'issued' as const },
    ordered: plus(left, plus(done.received, done.pending)),
    ...{ done: done.received, pending: done.pending },
    sources: sources.slice(0, LIMITS.sourcesPerLine),
  };
}

/**
 * The lines that go out, with where their goods lie. Nobody goes for what is complete, and of long
 * orders each line names fewer places: the row of any order fits in a message of its own.
 */
async function withSources(
  lines: readonly OrderLineView[],
  { kind, warehouseId }: { readonly kind: OrderKind; readonly warehouseId: string },
  source: MasterSource,
): Promise<OrderLineView[]> {
  const sought = new Set(lines.filter((line) => goesOut(kind, line) && openQuantity(line) > 0));
  const most = Math.max(1, Math.floor(LIMITS.sourcesPerOrder / Math.max(1, sought.size)));
  const placed: OrderLineView[] = [];
  for (const line of lines) {
    const found = sought.has(line) ? await source.sources?.(line.item.id, warehouseId) : undefined;
    const home = kind === 'refill' ? line.item.defaultLocations[warehouseId]?.id : undefined;
    // Nothing is carried to a pick place from there.
    const away = found?.filter(({ location }) => home === undefined || location?.id !== home);
    placed.push(away === undefined ? line : { ...line, sources: away.slice(0, most) });
  }
  return placed;
}

/** A shorter reference is a word, or a number that something else has as well. */
const REFERENCE_MIN_CHARS = 4;

/** Its number, and what the other side calls it: the supplier's packing slip names that one. */
function namesOf({ number, reference = '' }: { number: string; reference?: string }): string[] {
  return reference.length < REFERENCE_MIN_CHARS ? [number] : [number, reference];
}

/** Who sends or gets the goods, and the codes that find the order; null: nobody works on it. */
async function headOf(order: SourceOrderOfAnyKind, source: MasterSource, ledger: ProgressSource) {
  if (order.kind === 'salesOrder') {
    // What was picked before it was closed is packed all the same; Exact then says what of it.
    const { size } = ledger.toPack?.(order.id) ?? new Map();
    if (!order.deliverable && size === 0) return null;
    const partner = { partnerName: order.customerName, partnerCode: '' };
    return { kind: order.kind, ...partner, codes: namesOf(order) };
  }
  if (order.kind === 'shopOrder') {
    const open = order.workable || order.finished === true;
    const made = open ? await source.item(order.itemId) : undefined;
    if (made === undefined) return null;
    // Its item's code finds the item, not one of the orders that make it.
    const partner = { partnerName: made.name, partnerCode: made.code };
    return { kind: order.kind, ...partner, codes: namesOf(order) };
  }
  if (order.kind === 'load') {
    if (!order.open) return null;
    const partner = { partnerName: order.senderName, partnerCode: '' };
    return { kind: order.kind, ...partner, codes: [order.number, order.placeCode] };
  }
  if (order.kind === 'refill') {
    const at = await source.warehouse(order.warehouseId);
    const partner = { partnerName: at?.name ?? '', partnerCode: at?.code ?? '' };
    return order.lines.length === 0
      ? null
      : { kind: order.kind, ...partner, codes: [order.number] };
  }
  if (!order.receivable) return null;
  const partner = { partnerName: order.supplierName, partnerCode: order.supplierCode };
  const kind = 'purchaseOrder' as const;
  return { kind, ...partner, codes: [...namesOf(order), order.supplierCode] };
}

async function orderRow(
  id: string,
  source: MasterSource,
  ledger: ProgressSource,
): Promise<RowContent | null> {
  const order = await source.order(id);
  const head = order === undefined ? null : await headOf(order, source, ledger);
  if (order === undefined || head === null) return null;
  const { codes, ...who } = head;
  const warehouse = await warehouseView(order.warehouseId, source);
  const content = await orderLines(order, who.kind, source, ledger);
  if (warehouse === undefined || content === undefined) return null;
  const lines = whatIsLeft(order, content.lines);
  if (lines === undefined) return null;
  const totes = ledger.totes?.(order.id) ?? [];
  const body: OrderView = {
    id: order.id,
    number: order.number,
    ...who,
    warehouse,
    ...(order.expectedDate === undefined ? {} : { expectedDate: order.expectedDate }),
    ...content,
    lines,
    ...(totes.length === 0 ? {} : { totes }),
  };
  return { keys: keysOf([...codes, ...totes]), body };
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
  if (kind === 'person') return source.person?.(id) ?? null;
  const body = await source.location(id);
  return body === undefined ? null : { keys: keysOf([body.code]), body };
}
