// Who lives here: what Exact knows in a story, as the hub's mirror would hold it. It serves the
// production rule that makes replica rows (projection/rows.ts), so a code in a story is found under
// exactly the keys under which a kiosk finds it.

import { needOf, planOf } from '../../src/lib/domain/index.ts';
import type { LookQuestion, PlaceRef, SourceView, Tracking } from '../../src/lib/domain/index.ts';
import type { MirrorOrder } from '../../src/lib/ledger/index.ts';
import type { Demand, NeedsSource } from '../../src/lib/server/house/refills.ts';
import type { Lying } from '../../src/lib/server/house/look-stock.ts';
import type {
  MasterSource,
  RowKind,
  SourceItem,
  SourceLocation,
  SourceOrderOfAnyKind,
  SourceWarehouse,
} from '../../src/lib/server/projection/sources.ts';
import { StoryPeople } from './crew.ts';
import type { Given, StoryStep } from './format.ts';
import { demandsOf, ordersOf, sourceOf } from './orders.ts';
import type { Order } from './orders.ts';

type ExactChange = NonNullable<StoryStep['exact changes']>;

interface Stock extends SourceView {
  readonly itemId: string;
  readonly warehouseId: string;
}

/** Said by a story that names something it did not give. */
class NotGiven extends Error {
  override readonly name = 'NotGiven';
}

function must<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotGiven(`the story gives no ${what}`);
  return value;
}

/** `BOLT#2`: the second line of the order with that item. */
function splitName(name: string): { code: string; nth: number } {
  const found = /^(.*)#(\d+)$/.exec(name);
  return found === null ? { code: name, nth: 1 } : { code: found[1] ?? '', nth: Number(found[2]) };
}

export class StoryMirror implements MasterSource, NeedsSource {
  readonly #items = new Map<string, SourceItem>();
  readonly #warehouses = new Map<string, SourceWarehouse>();
  readonly #locations = new Map<string, SourceLocation>();
  readonly #orders = new Map<string, Order>();
  readonly #stock: Stock[] = [];
  #readMs = 0;
  readonly people: StoryPeople;
  /** Orders that somebody changed in Exact during the story. */
  readonly changed = new Set<string>();

  constructor(given: Given) {
    this.people = new StoryPeople(given.people);
    for (const each of given.warehouses) this.#addWarehouse(each);
    for (const each of given.items) this.#addItem(each);
    for (const each of ordersOf(given)) this.#addOrder(each);
    for (const each of given.stock) this.#addStock(each);
  }

  #addWarehouse(given: Given['warehouses'][number]): void {
    const id = `warehouse ${given.code}`;
    for (const code of given.locations ?? []) {
      const turn = given.walk.indexOf(code);
      const location = { id: `${given.code}:${code}`, code, name: code, warehouseId: id };
      this.#locations.set(location.id, turn < 0 ? location : { ...location, sequence: turn + 1 });
    }
    const byDefault = given['default location'];
    this.#warehouses.set(id, {
      id,
      code: given.code,
      name: given.name ?? given.code,
      usesLocations: given.locations !== undefined,
      ...(byDefault === undefined ? {} : { defaultLocationId: `${given.code}:${byDefault}` }),
    });
  }

  #addItem(given: Given['items'][number]): void {
    const id = `item ${given.code}`;
    const byDefault = [...this.#locations.values()].filter(
      ({ code }) => code === given['default location'],
    );
    this.#items.set(id, {
      id,
      code: given.code,
      name: given.name ?? given.code,
      unit: given.unit,
      tracking: given.tracking,
      hasExpiry: given.expiry,
      fractions: given.fractions,
      ...(given.barcode === undefined ? {} : { barcode: given.barcode }),
      ...(given['search code'] === undefined ? {} : { searchCode: given['search code'] }),
      supplierCodes: given['supplier codes'],
      packs: given.packs,
      defaultLocations: Object.fromEntries(byDefault.map((place) => [place.warehouseId, place.id])),
    });
  }

  #addOrder(order: Order): void {
    must(this.#warehouses.get(order.warehouseId), order.warehouseId);
    for (const { itemId } of order.lines) must(this.#items.get(itemId), itemId);
    this.#orders.set(order.id, order);
  }

  #addStock({ item, warehouse, location, quantity, batch, expiry }: Given['stock'][number]): void {
    const place: PlaceRef | undefined =
      location === undefined ? undefined : { id: `${warehouse}:${location}`, code: location };
    const known = place && must(this.#locations.get(place.id), `location ${place.id}`);
    this.#stock.push({
      itemId: must(this.#items.get(`item ${item}`), `item ${item}`).id,
      warehouseId: must(this.#warehouses.get(`warehouse ${warehouse}`), warehouse).id,
      quantity,
      ...(place === undefined ? {} : { location: place }),
      ...(known?.sequence === undefined ? {} : { sequence: known.sequence }),
      ...(batch === undefined ? {} : { batch }),
      ...(expiry === undefined ? {} : { expiry }),
    });
  }

  /** As the hub sorts: what expires first is first, then the place with the lowest code. */
  sources(itemId: string, warehouseId: string): Promise<readonly SourceView[]> {
    const found = this.#stock
      .filter((each) => each.itemId === itemId && each.warehouseId === warehouseId)
      .map(({ itemId: _i, warehouseId: _w, ...source }) => source)
      .sort(
        (a, b) =>
          (a.expiry ?? '9999').localeCompare(b.expiry ?? '9999') ||
          (a.sequence ?? 1e9) - (b.sequence ?? 1e9) ||
          (a.location?.code ?? '').localeCompare(b.location?.code ?? ''),
      );
    return Promise.resolve(found);
  }

  /** All of them: a story has few. */
  lying(itemId: string, warehouseId: string): Promise<readonly SourceView[]> {
    return this.sources(itemId, warehouseId);
  }

  /** What open orders still want of goods that go out, and of material. */
  demands(): Promise<readonly Demand[]> {
    return Promise.resolve(demandsOf([...this.#orders.values()]));
  }

  stockReadMs(): Promise<number> {
    return Promise.resolve(this.#readMs);
  }

  /** What a story calls a need: its item. */
  needName(need: string): string {
    for (const warehouse of this.#warehouses.keys()) {
      const item = [...this.#items.values()].find(({ id }) => needOf(warehouse, id) === need);
      if (item !== undefined) return item.code;
    }
    throw new NotGiven(`the story has no need ${need}`);
  }

  /** What lies where; a number counts in any case. */
  look(ask: LookQuestion): readonly Lying[] {
    const like = (number: string | undefined, batch: string | undefined) =>
      number === undefined || number.toLowerCase() === batch?.toLowerCase();
    return this.#stock
      .filter(({ itemId, location, batch }) => {
        if (ask.kind === 'location') return location?.id === ask.id;
        return like(ask.number, batch) && (ask.kind === 'number' || itemId === ask.id);
      })
      .map(({ itemId, warehouseId, location, batch, expiry, quantity }) => ({
        ...{ item: itemId, warehouseId, quantity, blocked: false },
        ...{ locationId: location?.id ?? null, number: batch ?? null, expiry: expiry ?? null },
      }));
  }

  /** Everything is at hand. */
  warm(): Promise<void> {
    return Promise.resolve();
  }

  item(id: string) {
    return Promise.resolve(this.#items.get(id));
  }

  warehouse(id: string) {
    return Promise.resolve(this.#warehouses.get(id));
  }

  location(id: string) {
    return Promise.resolve(this.#locations.get(id));
  }

  order(id: string): Promise<SourceOrderOfAnyKind | undefined> {
    const order = this.#orders.get(id);
    return Promise.resolve(order && sourceOf(order));
  }

  person(id: string) {
    return this.people.row(id);
  }

  ids(kind: RowKind) {
    if (kind === 'person') return Promise.resolve(this.people.ids);
    const rows = {
      item: this.#items,
      warehouse: this.#warehouses,
      location: this.#locations,
      order: this.#orders,
    }[kind];
    return Promise.resolve([...rows.keys()]);
  }

  /** The same orders in the ledger's words. */
  ledgerOrders(nowMs: number): MirrorOrder[] {
    this.#readMs = nowMs;
    return [...this.#orders.values()].map((order) => ({
      id: order.id,
      kind: order.kind,
      warehouse: order.warehouseId,
      open: order.open,
      usesLocations: must(this.#warehouses.get(order.warehouseId), 'warehouse').usesLocations,
      asOfMs: nowMs,
      lines: order.lines.map((line) => {
        const { tracking, hasExpiry, unit } = must(this.#items.get(line.itemId), 'item');
        return {
          id: line.id,
          open: true,
          item: line.itemId,
          tracking: tracking satisfies Tracking,
          hasExpiry,
          unit,
          ...(line.part === 'product' && line.id !== order.id ? { byProduct: true as const } : {}),
          ordered: line.ordered,
          doneInExact: line.received,
        };
      }),
    }));
  }

  /** Somebody changed the order in Exact itself. Gives the order's id. */
  change({ order: number, item, ordered, received, open }: ExactChange): string {
    const order = must(this.#orders.get(`order ${number}`), `order ${number}`);
    const line = item === undefined ? undefined : this.lineId(number, item);
    const lines = order.lines.map((each) =>
      each.id === line
        ? { ...each, ordered: ordered ?? each.ordered, received: received ?? each.received }
        : each,
    );
    this.#orders.set(order.id, { ...order, lines, open: open ?? order.open });
    this.changed.add(order.id);
    return order.id;
  }

  /** The id of the order line that a story calls `BOLT` or `BOLT#2`. */
  lineId(number: string, name: string): string {
    const { code, nth } = splitName(name);
    const order = must(this.#orders.get(`order ${number}`), `order ${number}`);
    const lines = order.lines.filter(({ itemId }) => itemId === `item ${code}`);
    return must(lines[nth - 1], `line of ${name} on order ${number}`).id;
  }

  /** The other way round: what a story calls a line. */
  lineName(document: string, lineId: string): string {
    const lines = must(this.#orders.get(document), document).lines;
    const line = must(
      lines.find(({ id }) => id === planOf(lineId)),
      `line ${lineId}`,
    );
    const same = lines.filter(({ itemId }) => itemId === line.itemId);
    const nth = same.indexOf(line) + 1;
    const { code } = must(this.#items.get(line.itemId), line.itemId);
    return nth === 1 ? code : `${code}#${nth}`;
  }

  /** What a story calls the order; work without one is called `work`. */
  /** One more barcode that finds the item. */
  link(id: string, barcode: string): void {
    const item = must(this.#items.get(id), id);
    this.#items.set(id, { ...item, extraCodes: [...(item.extraCodes ?? []), barcode] });
  }

  orderNumber(id: string): string {
    return this.#orders.get(id)?.number ?? 'work';
  }

  itemCode(id: string): string {
    return must(this.#items.get(id), id).code;
  }

  warehouseCode(id: string): string {
    return must(this.#warehouses.get(id), id).code;
  }

  placeCode(id: string): string {
    return must(this.#locations.get(id), `location ${id}`).code;
  }
}
