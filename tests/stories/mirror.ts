// Who lives here: what Exact knows in a story, as the hub's mirror would hold it. It serves the
// production rule that makes replica rows (projection/rows.ts), so a code in a story is found under
// exactly the keys under which a kiosk finds it.

import type { Tracking } from '../../src/lib/domain/index.ts';
import type { MirrorOrder } from '../../src/lib/ledger/index.ts';
import type {
  MasterSource,
  RowKind,
  SourceItem,
  SourceLocation,
  SourceOrder,
  SourceWarehouse,
} from '../../src/lib/server/projection/sources.ts';
import type { Given, StoryStep } from './format.ts';

type ExactChange = NonNullable<StoryStep['exact changes']>;

interface Line {
  readonly id: string;
  readonly itemId: string;
  readonly ordered: number;
  readonly received: number;
}

interface Order extends Omit<SourceOrder, 'lines'> {
  readonly lines: readonly Line[];
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

export class StoryMirror implements MasterSource {
  readonly #items = new Map<string, SourceItem>();
  readonly #warehouses = new Map<string, SourceWarehouse>();
  readonly #locations = new Map<string, SourceLocation>();
  readonly #orders = new Map<string, Order>();
  /** Orders that somebody changed in Exact during the story. */
  readonly changed = new Set<string>();

  constructor(given: Given) {
    for (const each of given.warehouses) this.#addWarehouse(each);
    for (const each of given.items) this.#addItem(each);
    for (const each of given.orders) this.#addOrder(each);
  }

  #addWarehouse(given: Given['warehouses'][number]): void {
    const id = `warehouse ${given.code}`;
    for (const code of given.locations ?? []) {
      const location = { id: `${given.code}:${code}`, code, name: code, warehouseId: id };
      this.#locations.set(location.id, location);
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

  #addOrder(given: Given['orders'][number]): void {
    const id = `order ${given.number}`;
    const warehouseId = `warehouse ${given.warehouse}`;
    must(this.#warehouses.get(warehouseId), warehouseId);
    const lines = given.lines.map(({ item, ordered, received }, index) => {
      const itemId = must(this.#items.get(`item ${item}`), `item ${item}`).id;
      return { id: `${given.number}/${index + 1}`, itemId, ordered, received };
    });
    this.#orders.set(id, {
      id,
      number: given.number,
      supplierName: given.supplier,
      supplierCode: given.supplier.toUpperCase(),
      warehouseId,
      ...(given.expected === undefined ? {} : { expectedDate: given.expected }),
      receivable: true,
      lines,
    });
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

  order(id: string) {
    const order = this.#orders.get(id);
    const lines = order?.lines.map((line, index) => ({ ...line, lineNumber: index + 1 }));
    return Promise.resolve(order && { ...order, lines: lines ?? [] });
  }

  ids(kind: RowKind) {
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
    return [...this.#orders.values()].map((order) => ({
      id: order.id,
      kind: 'purchaseOrder' as const,
      open: order.receivable,
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
    this.#orders.set(order.id, { ...order, lines, receivable: open ?? order.receivable });
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
      lines.find(({ id }) => id === lineId),
      `line ${lineId}`,
    );
    const same = lines.filter(({ itemId }) => itemId === line.itemId);
    const nth = same.indexOf(line) + 1;
    const { code } = must(this.#items.get(line.itemId), line.itemId);
    return nth === 1 ? code : `${code}#${nth}`;
  }

  orderNumber(id: string): string {
    return must(this.#orders.get(id), id).number;
  }

  placeCode(id: string): string {
    return must(this.#locations.get(id), `location ${id}`).code;
  }
}
