// Who lives here: what the pick places of each warehouse need, as stations see it: a row like an
// order's, with a line for each need. The pick place of an item is where Exact puts it by default;
// it needs what open sales orders and shop orders still want of the item beyond what lies there, as
// far as other places have some. What somebody said to bring stays as it was said until it is there.
// Terms: demand (stock units that one order line still wants), lack (demand that the place has not).

import { LIMITS, minus, needOf, plus } from '../../domain/index.ts';
import type { Clock, Scheduler, SourceView, Tracking } from '../../domain/index.ts';
import { heldBy, withoutOrder, withOrder } from '../../ledger/index.ts';
import type { MirrorOrder, World } from '../../ledger/index.ts';
import type {
  MasterSource,
  SourceItem,
  SourceRefill,
  SourceWarehouse,
} from '../projection/index.ts';

export interface Demand {
  readonly warehouseId: string;
  readonly itemId: string;
  /** Stock units, above zero. */
  readonly quantity: number;
  /** Calendar date, `yyyy-mm-dd`, by which it is wanted. */
  readonly date?: string;
}

/** What Exact's records say, as the mirror has them. */
export interface NeedsSource {
  demands(): Promise<readonly Demand[]>;
  /** All that can be taken in the warehouse, place by place. */
  lying(itemId: string, warehouseId: string): Promise<readonly SourceView[]>;
  item(id: string): Promise<SourceItem | undefined>;
  warehouse(id: string): Promise<SourceWarehouse | undefined>;
  /** When the lists of stock were last read, by the hub's clock. */
  stockReadMs(): Promise<number>;
}

/** What one pick place needs; quantities are stock units. */
interface NeedOfPlace {
  readonly id: string;
  readonly itemId: string;
  readonly warehouseId: string;
  readonly tracking: Tracking;
  readonly unit: string;
  /** What lies there, and what should: as much more as is wanted and lies elsewhere. */
  readonly lies: number;
  readonly wanted: number;
  readonly date: string;
  /** Of the item. */
  readonly code: string;
}

/** Later than every date: what has none comes after what does. */
const NEVER = '9999-12-31';

const sum = (goods: readonly { readonly quantity: number }[]): number =>
  goods.reduce((total, { quantity }) => plus(total, quantity), 0);

/** What is wanted first; of one day by the codes of the items, the same at every reckoning. */
function byDate(a: NeedOfPlace, b: NeedOfPlace): number {
  const inOrder = (one: string, two: string) => one.localeCompare(two, 'en', { numeric: true });
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return inOrder(a.code, b.code) || inOrder(a.id, b.id);
}

async function needIn(
  source: NeedsSource,
  demands: readonly [Demand, ...Demand[]],
): Promise<NeedOfPlace | undefined> {
  const [{ itemId, warehouseId }] = demands;
  const item = await source.item(itemId);
  const place = item?.defaultLocations[warehouseId];
  const warehouse = await source.warehouse(warehouseId);
  if (item === undefined || place === undefined || warehouse?.usesLocations !== true) {
    return undefined;
  }
  const all = await source.lying(itemId, warehouseId);
  const lies = sum(all.filter(({ location }) => location?.id === place));
  const elsewhere = sum(all.filter(({ location }) => location?.id !== place));
  const lack = Math.min(minus(sum(demands), lies), elsewhere);
  const more = item.fractions ? lack : Math.floor(lack);
  if (more <= 0) return undefined;
  const { tracking, unit } = item;
  const dates = demands.map(({ date }) => date ?? NEVER).sort();
  return {
    ...{ id: needOf(warehouseId, itemId), itemId, warehouseId, tracking, unit },
    ...{ lies, wanted: plus(lies, more), date: dates[0] ?? NEVER, code: item.code },
  };
}

/** Everything that pick places need now, what is wanted first before all. */
async function needsNow(source: NeedsSource): Promise<readonly NeedOfPlace[]> {
  const byPlace = new Map<string, [Demand, ...Demand[]]>();
  for (const demand of await source.demands()) {
    const key = needOf(demand.warehouseId, demand.itemId);
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, [demand]);
    else known.push(demand);
  }
  const needs: NeedOfPlace[] = [];
  for (const demands of byPlace.values()) {
    const need = await needIn(source, demands);
    if (need !== undefined) needs.push(need);
  }
  return needs.sort(byDate);
}

function orderOf(need: NeedOfPlace, readMs: number): MirrorOrder {
  const { id, itemId: item, tracking, unit, lies: doneInExact, wanted: ordered } = need;
  const line = { id, item, tracking, unit, ordered, doneInExact, open: true, hasExpiry: false };
  return {
    ...{ id, kind: 'refill', warehouse: need.warehouseId, open: true, usesLocations: true },
    lines: [line],
    // The ledger gives a posting of ours mirrorLagMs to be seen; of stock that is needLagMs.
    asOfMs: readMs + LIMITS.mirrorLagMs - LIMITS.needLagMs,
  };
}

/** Id of the list of a warehouse. */
const listOf = (warehouseId: string): string => needOf(warehouseId, 'refill');

export interface RefillsParts {
  readonly source: NeedsSource;
  readonly clock: Clock;
  readonly world: () => World;
  readonly withWorld: (change: (world: World) => World) => Promise<void>;
  /** Rows of these lists may look different now. */
  readonly touch: (lists: readonly string[]) => void;
  readonly later: Scheduler['after'];
  /** Whether some work in force asks for it: what nobody asks is not reckoned. */
  readonly asked: () => boolean;
  readonly onFailure: (error: unknown) => void;
}

export class Refills {
  readonly #parts: RefillsParts;
  #needs: ReadonlyMap<string, NeedOfPlace> = new Map();
  #callOff: (() => void) | undefined;
  #done: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: RefillsParts) {
    this.#parts = parts;
  }

  /** Something changed that a need may hang on; it is looked at soon, once for many changes. */
  changed(): void {
    if (this.#closed) return;
    this.#callOff ??= this.#parts.later(LIMITS.sourcesEveryMs, () => {
      this.#callOff = undefined;
      this.#done = this.refresh().catch((error: unknown) => {
        this.#parts.onFailure(error);
      });
    });
  }

  /** Reckons all needs anew, and tells the ledger and the stations of them. */
  async refresh(): Promise<void> {
    const { source, withWorld, touch, asked } = this.#parts;
    const before = this.#needs;
    const now = asked() ? await needsNow(source) : [];
    const readMs = await source.stockReadMs();
    const needs = new Map(now.map((need) => [need.id, need]));
    // Nobody who walks with goods in the hands finds that something else is wanted meanwhile.
    for (const need of before.values()) if (this.#held(need.id)) needs.set(need.id, need);
    this.#needs = needs;
    await withWorld((world) => {
      const gone = [...before.keys()].filter((id) => !needs.has(id));
      const without = gone.reduce(withoutOrder, world);
      return [...needs.values()].reduce(
        (next, need) => withOrder(next, orderOf(need, readMs)),
        without,
      );
    });
    touch(this.#lists([...before.values(), ...needs.values()]));
  }

  /** The list that this need, or this list, is in: its row is to be made anew. */
  listWith(document: string): string {
    const need = this.#needs.get(document);
    return need === undefined ? document : listOf(need.warehouseId);
  }

  /** Ids of the lists on which something is needed. */
  ids(): readonly string[] {
    return this.#lists([...this.#needs.values()]);
  }

  /** A list with its needs; undefined: it is none. */
  async list(id: string): Promise<SourceRefill | undefined> {
    const needs = [...this.#needs.values()].filter((need) => listOf(need.warehouseId) === id);
    const [first] = needs;
    if (first === undefined) return undefined;
    const warehouse = await this.#parts.source.warehouse(first.warehouseId);
    const lines = needs.slice(0, LIMITS.needsShown).map((need, index) => ({
      ...{ id: need.id, lineNumber: index + 1, itemId: need.itemId, ordered: need.wanted },
    }));
    const { warehouseId } = first;
    return { kind: 'refill', id, number: warehouse?.code ?? '', warehouseId, lines };
  }

  /** Nothing is reckoned any more; a start does it anew. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#done;
  }

  #held(need: string): boolean {
    const { world, clock } = this.#parts;
    return heldBy(world(), need, clock.nowMs()) !== undefined;
  }

  #lists(needs: readonly NeedOfPlace[]): readonly string[] {
    return [...new Set(needs.map(({ warehouseId }) => listOf(warehouseId)))];
  }
}

/** The same source, which knows of what pick places need besides what Exact has. */
export function withRefills(source: MasterSource, refills: Refills): MasterSource {
  const own: Pick<MasterSource, 'order' | 'ids'> = {
    order: async (id) => (await refills.list(id)) ?? source.order(id),
    ids: async (kind, after, limit) => {
      const there = await source.ids(kind, after, limit);
      if (kind !== 'order') return there;
      const lists = refills.ids().filter((id) => id > after);
      return [...there, ...lists].sort().slice(0, limit);
    },
  };
  // What else there is stays as it is, also what nobody has thought of yet.
  return new Proxy(source, {
    get: (target, name) => {
      if (name === 'order' || name === 'ids') return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
