// Who lives here: what a story gives, as records of the simulator's company, beside the seeded
// ones. It keeps what stands for what: Exact's order numbers are whole numbers and its ids are
// guids, a story says PO-1 and BOLT. What Exact has of the story's words is turned back by it.
//
// Terms: story's id (`item BOLT`, `MAIN:A-01`, `order PO-1`: what StoryMirror calls it).

import { needOf } from '../../../src/lib/domain/index.ts';
import { StoryMirror } from '../../stories/mirror.ts';
import { ordersOf } from '../../stories/orders.ts';
import type { Order } from '../../stories/orders.ts';
import type { ReadStory } from '../../stories/read.ts';
import type { Books } from '../books.ts';
import { Company, inTurn, unitOf } from './company.ts';
import type { OrderRow } from './company.ts';
import type { HubSide } from './hub-side.ts';
import { lotsOf } from './lots.ts';
import { FIRST_NUMBER, NUMBERS_A_STORY, STANDS } from './order-stands.ts';

type Given = ReadStory['story']['given'];
type Change = NonNullable<ReadStory['story']['steps'][number]['exact changes']>;

export class StoryWorld {
  /** The same story as the stories in memory see it: what an id is called. */
  readonly mirror: StoryMirror;
  readonly #company: Company;
  readonly #read: ReadStory;
  readonly #nth: number;
  /** Story's id to guid. */
  readonly #ids = new Map<string, string>();
  readonly #numbers = new Map<string, string>();
  readonly #orders = new Map<string, Order>();
  /** How each person's badge becomes nobody's. */
  readonly #badges = new Map<string, () => Promise<void>>();
  /** How each record lets go of the codes under which it is found. */
  readonly #retiring: (() => Promise<void>)[] = [];

  private constructor(books: Books, read: ReadStory, nth: number) {
    this.#company = new Company(books);
    this.#read = read;
    this.#nth = nth;
    this.mirror = new StoryMirror(read.story.given);
  }

  /**
   * Everything that the story gives stands in the books, and the hub has read it. Its stock is read
   * before its orders: of stock that moves under an order the hub tells only now and then.
   * `nth` tells apart stories of one run.
   */
  static async make(books: Books, hub: HubSide, read: ReadStory, nth: number): Promise<StoryWorld> {
    const world = new StoryWorld(books, read, nth);
    const { given } = read.story;
    for (const each of given.warehouses) await world.#warehouse(each);
    for (const each of given.items) await world.#item(each, given);
    const lots = lotsOf(read.story).map((lot) => ({
      ...lot,
      item: world.id(`item ${lot.item}`),
      warehouse: world.id(`warehouse ${lot.warehouse}`),
      location: lot.location && world.id(`${lot.warehouse}:${lot.location}`),
    }));
    await world.#company.stock(lots);
    if (lots.length > 0) await hub.readsExact();
    for (const each of ordersOf(given)) await world.#order(each, given);
    await hub.readsExact();
    for (const { name, badge, roles } of given.people) {
      const id = await hub.writeDown(name, badge, roles);
      world.#ids.set(`person ${name}`, id);
      world.#badges.set(name, () => hub.forget(id));
    }
    return world;
  }

  /**
   * Another story may use the same codes: ours no longer find anything. Nor does anybody want goods
   * for our orders any more.
   */
  async retire(): Promise<void> {
    for (const each of this.#retiring) await each();
    for (const name of this.#badges.keys()) await this.forgets(name);
  }

  /** The admin takes somebody from the list of people. */
  async forgets(name: string): Promise<void> {
    const forget = this.#badges.get(name);
    if (forget === undefined) throw new Error(`the story gives no ${name}`);
    this.#badges.delete(name);
    await forget();
  }

  /** The guid of a story's id. */
  id(name: string): string {
    const found = this.#ids.get(name);
    if (found === undefined) throw new Error(`the story gives no ${name}`);
    return found;
  }

  /** What a station must have of this world before a person can work with it. */
  records(): readonly (readonly [kind: string, id: string])[] {
    const { warehouses, items, people } = this.#read.story.given;
    const lists = this.lists().map((code) => {
      return ['order', needOf(this.id(`warehouse ${code}`), 'refill')] as const;
    });
    const places = warehouses.flatMap(({ code, locations = [] }) =>
      locations.map((place) => ['location', this.id(`${code}:${place}`)] as const),
    );
    return [
      ...items.map(({ code }) => ['item', this.id(`item ${code}`)] as const),
      ...places,
      ...people.map(({ name }) => ['person', this.id(`person ${name}`)] as const),
      ...[...this.#orders.values()].map(({ id }) => ['order', this.id(id)] as const),
      ...lists,
    ];
  }

  /** Codes of the warehouses whose list of what pick places need is opened. */
  lists(): readonly string[] {
    const { given, steps } = this.#read.story;
    const codes = given.warehouses.map(({ code }) => code);
    return codes.filter((code) => steps.some(({ open }) => open === code));
  }

  /** The ids of the items of this story. */
  items(): readonly string[] {
    return this.#read.story.given.items.map(({ code }) => this.id(`item ${code}`));
  }

  /** All guids of the world in a text, as the story's ids. */
  inStoryIds(text: string): string {
    const names = new Map([...this.#ids].map(([name, guid]) => [guid, name]));
    // What a pick place needs has an id made of those of its warehouse and its item.
    const { warehouses, items } = this.#read.story.given;
    for (const at of warehouses.map(({ code }) => `warehouse ${code}`)) {
      for (const item of items.map(({ code }) => `item ${code}`)) {
        names.set(needOf(this.id(at), this.id(item)), needOf(at, item));
      }
    }
    return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, (guid) => {
      return names.get(guid.toLowerCase()) ?? guid;
    });
  }

  /** A text of the story as Exact has it: an order's name becomes its number. */
  inExact(text: string): string {
    return this.#numbers.get(text) ?? text;
  }

  /** The same for words of a row that is offered: `PO-1: from Acme`. */
  inExactWords(words: string): string {
    const [head = '', ...rest] = words.split(':');
    return [this.inExact(head), ...rest].join(':');
  }

  /** The story's name of an order with this number; nothing for those of others. */
  orderName(number: string): string | undefined {
    return [...this.#numbers].find(([, each]) => each === number)?.[0];
  }

  /** Somebody changes an order in Exact itself. */
  async change(change: Change): Promise<void> {
    this.mirror.change(change);
    const order = this.#orders.get(change.order);
    if (order === undefined) throw new Error(`the story gives no order ${change.order}`);
    const { order: orderPath, line: linePath, closed, ordered, done } = STANDS[order.kind];
    if (change.open === false) {
      await this.#company.change(orderPath, this.id(order.id), closed);
    }
    if (change.item === undefined) return;
    const line = this.mirror.lineId(change.order, change.item);
    if (line === order.id) throw new Error('what a shop order makes is not changed by a story yet');
    await this.#company.change(linePath, this.id(line), {
      ...(change.ordered === undefined ? {} : ordered(change.ordered)),
      ...(change.received === undefined ? {} : done(change.received)),
    });
  }

  async #warehouse(given: Given['warehouses'][number]): Promise<void> {
    const { code, name = code, locations } = given;
    const id = await this.#company.warehouse(code, name, locations !== undefined);
    this.#ids.set(`warehouse ${code}`, id);
    this.#retires('inventory/Warehouses', id, { Code: this.#old(code) });
    const byDefault = given['default location'];
    await inTurn(locations ?? [], async (place) => {
      const main = place === byDefault;
      const key = await this.#company.location(id, place, given.walk.indexOf(place) + 1, main);
      this.#ids.set(`${code}:${place}`, key);
      this.#retires('inventory/StorageLocations', key, { Code: this.#old(place) });
      if (main) {
        await this.#company.change('inventory/Warehouses', id, { DefaultStorageLocation: key });
      }
    });
  }

  async #item(item: Given['items'][number], { warehouses }: Given): Promise<void> {
    const id = await this.#company.create('logistics/Items', {
      ...{ Code: item.code, Description: item.name ?? item.code, Barcode: item.barcode ?? null },
      ...{ Unit: unitOf(item.unit), SearchCode: item['search code'] ?? null },
      ...{ IsBatchItem: item.tracking === 'batch' ? 1 : 0 },
      ...{ IsSerialItem: item.tracking === 'serial' ? 1 : 0 },
      ...{ FreeBoolField_01: item.expiry, IsFractionAllowedItem: item.fractions },
      ...{ IsStockItem: true, IsPurchaseItem: true, IsSalesItem: true, IsMakeItem: 1 },
      StartDate: '2020-01-01',
    });
    this.#ids.set(`item ${item.code}`, id);
    const none = { Barcode: null, SearchCode: null };
    this.#retires('logistics/Items', id, { Code: this.#old(item.code), ...none });
    for (const { barcode, quantity, unit } of item.packs) {
      const key = await this.#company.price(id, unit, quantity, barcode);
      this.#retires('logistics/SalesItemPrices', key, { Barcode: null });
    }
    for (const code of item['supplier codes']) {
      const supplier = await this.#account('supplier', 'Acme');
      const key = await this.#company.supply(id, supplier, code, item.unit);
      this.#retires('logistics/SupplierItem', key, { SupplierItemCode: null });
    }
    for (const { code } of warehouses) {
      const place = this.#ids.get(`${code}:${item['default location'] ?? ''}`);
      await this.#company.keeps(this.id(`warehouse ${code}`), id, place);
    }
  }

  async #account(kind: 'supplier' | 'customer', name: string): Promise<string> {
    const known = this.#ids.get(`${kind} ${name}`);
    if (known !== undefined) return known;
    const id = await this.#company.account(name.toUpperCase(), name, kind);
    this.#ids.set(`${kind} ${name}`, id);
    this.#retires('crm/Accounts', id, { Code: this.#old(name) });
    return id;
  }

  async #order(order: Order, given: Given): Promise<void> {
    const at = this.#numbers.size + 1;
    const number = FIRST_NUMBER[order.kind] + this.#nth * NUMBERS_A_STORY + at;
    const head = {
      ...{ number, warehouse: this.id(order.warehouseId), expected: order.expectedDate },
      ...{ reference: order.reference },
    };
    const rows = order.lines.map((line): OrderRow => {
      const { code, name = code, unit } = itemOf(given, line.itemId);
      const beside = line.part === 'product' && line.id !== order.id;
      const goods = { item: this.id(line.itemId), name, unit, beside };
      return { ...goods, ordered: line.ordered, done: line.received };
    });
    const { id, lines } = await this.#made(order, head, rows);
    this.#numbers.set(order.number, String(number));
    this.#orders.set(order.number, order);
    this.#ids.set(order.id, id);
    const { order: path, closed } = STANDS[order.kind];
    this.#retires(path, id, closed);
    const named = order.lines.filter((line) => line.id !== order.id);
    for (const [index, line] of named.entries()) this.#ids.set(line.id, lines[index] ?? '');
  }

  async #made(order: Order, head: Parameters<Company['salesOrder']>[0], rows: OrderRow[]) {
    const { kind, partner } = order;
    if (kind === 'purchaseOrder') {
      return this.#company.purchaseOrder(head, await this.#account('supplier', partner), rows);
    }
    if (kind === 'salesOrder') {
      return this.#company.salesOrder(head, await this.#account('customer', partner), rows);
    }
    const [product, ...materials] = rows;
    if (product === undefined) throw new Error('a shop order makes something');
    return this.#company.shopOrder(head, product, materials);
  }

  #old(code: string): string {
    return `~${this.#nth}-${code}`;
  }

  #retires(path: string, key: string, fields: object): void {
    this.#retiring.push(() => this.#company.change(path, key, { ...fields }));
  }
}

function itemOf({ items }: Given, id: string): Given['items'][number] {
  const item = items.find(({ code }) => `item ${code}` === id);
  if (item === undefined) throw new Error(`the story gives no ${id}`);
  return item;
}
