// Who lives here: a working day of the hub's Exact side on a virtual clock: the outbox, the budget
// and the mirror as they run in production, the simulator, and real HTTP between them. Counts only,
// taken at the simulator. Time goes on when nothing can happen without it.

import { setImmediate } from 'node:timers/promises';
import type { Posting } from '../../../src/lib/domain/index.ts';
import { ENTITIES } from '../../../src/lib/server/exact/mirror/entities.ts';
import { isPostingKind, POSTINGS } from '../../../src/lib/server/exact/index.ts';
import { movedBy } from '../../../src/lib/server/house/moved.ts';
import { commit, makeWorld } from '../world.ts';
import type { World } from '../world.ts';
import { DayGoods } from './goods.ts';
import type { DayOrder, OrderKind } from './goods.ts';
import { eventsOf, mixOf } from './plan.ts';
import type { DayEvent, DayPlan } from './plan.ts';
import { Sights } from './sights.ts';
import type { Freshness } from './sights.ts';

export interface Drain {
  /** When the outage ended: documents that waited. */
  readonly waiting: number;
  /** POSTs that were owed from then until nothing waited but what is in doubt, with newcomers. */
  readonly owed: number;
  /** From the end of the outage until nothing waited, and from the first booking after it. */
  readonly tookMs: number;
  readonly sinceFirstMs: number;
}

export interface DayCounts {
  readonly documents: number;
  readonly stockCounts: number;
  /** POSTs that the documents take when nothing fails; a stock count takes two: draft, process. */
  readonly postsOwed: number;
  readonly posts: number;
  /** Below a company; calls for tokens are not among them. */
  readonly calls: number;
  /** Of the mirror's lists, with at least one row in the simulator's answer. */
  readonly newsPages: number;
  readonly emptyPages: number;
  readonly lookups: number;
  readonly faults: number;
  readonly answers429: number;
  readonly worstMinute: number;
  readonly errorsWorstHour: { readonly errors: number };
  readonly tokenCalls: number;
  readonly posted: number;
  readonly rejected: number;
  /** Documents that stand in the simulator's books for these postings. */
  readonly inBooks: number;
  readonly drain: Drain | null;
  readonly freshness: Freshness;
  readonly callsByEndpoint: Readonly<Record<string, number>>;
}

/** Turns of the event loop without a request under way, after which only time can help. */
const STILL_TURNS = 20;
/** Exact answers in about this time. */
const ANSWER_MS = 250;
/** What is on its way at closing time, to Exact or from there, still arrives. */
const AFTER_MS = 30 * 60_000;
const TABLES = ['GoodsReceipts', 'GoodsDeliveries', 'WarehouseTransfers', 'StockCounts'] as const;

export async function runDay(plan: DayPlan): Promise<DayCounts> {
  const world = await makeWorld(plan.items);
  const day = new Day(world, plan);
  try {
    await day.open();
    return await day.run();
  } finally {
    await day.end();
  }
}

class Day {
  readonly #world: World;
  readonly #plan: DayPlan;
  readonly #goods: DayGoods;
  readonly #sights: Sights;
  readonly #orders: Record<OrderKind, DayOrder[]> = { goodsReceipt: [], goodsDelivery: [] };
  readonly #postings = new Map<string, Posting>();
  readonly #open = new Set<string>();
  /** The law of doubt makes these wait: they are no part of what a lane can empty. */
  readonly #doubted = new Set<string>();
  readonly #troubles: unknown[] = [];
  readonly #pages = { news: 0, empty: 0 };
  /** Requests that wait for nothing but the time that Exact takes. */
  #sleeping = 0;
  #renamed = 0;
  #made = 0;
  #outage = { port: 0, upMs: 0, waiting: 0, owed: 0, firstMs: 0, emptyMs: 0 };

  constructor(world: World, plan: DayPlan) {
    this.#world = world;
    this.#plan = plan;
    this.#goods = new DayGoods(world, plan.linesPerDocument);
    this.#sights = new Sights(world);
  }

  /** Orders that people made earlier, a connection, a full mirror; nothing of it is counted. */
  async open(): Promise<void> {
    const world = this.#world;
    const kinds = mixOf(this.#plan.documents);
    for (const kind of ['goodsReceipt', 'goodsDelivery'] as const) {
      const wanted = kinds.filter((each) => each === kind).length - this.#plan.newOrders / 2;
      for (let made = 0; made < wanted; made += 1) {
        this.#orders[kind].push(await this.#goods.order(kind));
      }
    }
    await world.connect();
    this.#listen();
    world.hub.mirror.start();
    const loadedMs = world.time.nowMs() + 60 * 60_000;
    await this.#until(loadedMs, async () => (await world.hub.mirror.progress()).leftMs === 0);
    world.hub.pump.start();
    await this.#until(world.time.nowMs() + 5 * 60_000);
    world.sim.simulation.counters.reset();
    this.#pages.news = 0;
    this.#pages.empty = 0;
    const { seed, faultRate: rate } = this.#plan;
    const lost = ['lose-answer', 'lose-request'];
    if (rate > 0) await world.control('nemesis', { seed, rate, kinds: lost });
  }

  async run(): Promise<DayCounts> {
    const { time } = this.#world;
    const startMs = time.nowMs();
    for (const event of eventsOf(this.#plan, startMs)) {
      await this.#until(event.atMs);
      await this.#do(event);
    }
    await this.#until(startMs + this.#plan.hours * 3_600_000);
    const over = () => this.#open.size === 0 && this.#sights.freshness().unseen === 0;
    await this.#until(time.nowMs() + AFTER_MS, () => Promise.resolve(over()));
    if (this.#troubles.length > 0) throw new AggregateError(this.#troubles, 'trouble in the day');
    return { ...this.#counts(), ...this.#ends() };
  }

  async end(): Promise<void> {
    this.#world.hub.session.client.stop();
    await this.#world.close();
  }

  async #do(event: DayEvent): Promise<void> {
    if (event.kind === 'document') return this.#document(event.of);
    if (event.kind === 'down') {
      this.#sights.down();
      this.#outage.port = await this.#world.wire.down();
    } else if (event.kind === 'up') await this.#up();
    else if (event.kind === 'item') {
      this.#renamed += 1;
      this.#sights.changed('Items', await this.#goods.rename(this.#renamed));
    } else {
      this.#made += 1;
      const kind = this.#made % 2 === 0 ? 'goodsDelivery' : 'goodsReceipt';
      const waiting = this.#orders[kind];
      const last = event.kind === 'change' ? waiting.at(-1) : undefined;
      if (last !== undefined) await this.#goods.change(last, 20 + this.#made);
      else waiting.push(await this.#goods.order(kind));
      const list = kind === 'goodsReceipt' ? 'PurchaseOrders' : 'SalesOrderLines';
      this.#sights.changed(list, waiting.at(-1)?.id ?? '');
    }
  }

  async #document(of: (DayEvent & { kind: 'document' })['of']): Promise<void> {
    const { hub, time } = this.#world;
    const posting = await this.#make(of);
    this.#postings.set(posting.id, posting);
    this.#open.add(posting.id);
    if (this.#outage.upMs > 0 && this.#outage.emptyMs === 0) this.#outage.owed += owedBy(posting);
    await commit(hub, posting, time.nowMs());
    hub.pump.poke();
  }

  async #make(of: (DayEvent & { kind: 'document' })['of']): Promise<Posting> {
    if (of !== 'goodsReceipt' && of !== 'goodsDelivery') return this.#goods.withoutOrder(of);
    return this.#goods.ofOrder(this.#orders[of].shift() ?? (await this.#goods.order(of)));
  }

  async #up(): Promise<void> {
    await this.#world.wire.up(this.#outage.port);
    this.#sights.up();
    this.#outage.upMs = this.#world.time.nowMs();
    this.#outage.waiting = this.#open.size;
    for (const id of this.#open) {
      const posting = this.#postings.get(id);
      if (posting !== undefined) this.#outage.owed += owedBy(posting);
    }
  }

  #emptied(): void {
    const outage = this.#outage;
    if (outage.upMs === 0 || outage.emptyMs > 0) return;
    if ([...this.#open].some((id) => !this.#doubted.has(id))) return;
    outage.emptyMs = this.#world.time.nowMs();
  }

  /** What the house does between these rooms, and eyes for what happens. */
  #listen(): void {
    const { hub, wire, time } = this.#world;
    hub.pump.events.on('settled', (id, outcome, kind) => {
      const posting = this.#postings.get(id);
      this.#open.delete(id);
      const outage = this.#outage;
      if (outage.upMs > 0 && outage.firstMs === 0) outage.firstMs = time.nowMs();
      this.#emptied();
      if (posting === undefined || outcome.kind !== 'posted' || !isPostingKind(kind)) return;
      const { document, items } = movedBy(JSON.stringify(posting));
      hub.mirror.posted(kind, document, items);
    });
    hub.pump.events.on('state', ({ id, state }) => {
      if (state === 'in-doubt') this.#doubted.add(id);
      else this.#doubted.delete(id);
      this.#emptied();
    });
    hub.pump.events.on('trouble', (error) => this.#troubles.push(error));
    hub.mirror.events.on('trouble', (error) => this.#troubles.push(error));
    const lists = new Set(ENTITIES.flatMap(({ paths }) => paths.map((path) => path.toLowerCase())));
    lists.add('sync/deleted');
    wire.storm = async ({ method, path }, forward) => {
      this.#sleeping += 1;
      await new Promise<void>((resolve) => time.after(ANSWER_MS, resolve));
      this.#sleeping -= 1;
      const answer = await forward();
      const list = path.toLowerCase().replace(/^\/api\/v1\/\d+\//, '');
      if (method === 'GET' && answer.status === 200 && lists.has(list)) {
        const filled = /"results":\s*\[\s*\{|"d":\s*\[\s*\{/.test(answer.body.toString('utf8'));
        this.#pages[filled ? 'news' : 'empty'] += 1;
      }
      return answer;
    };
  }

  /** Lets time pass until then, or until `done` says so. */
  async #until(untilMs: number, done?: () => Promise<boolean>): Promise<void> {
    const { time, wire } = this.#world;
    for (;;) {
      for (let still = 0; still < STILL_TURNS;) {
        await setImmediate();
        still = wire.inFlight > this.#sleeping ? 0 : still + 1;
      }
      if (done !== undefined && (await done())) return;
      const nextMs = time.nextMs;
      if (nextMs === undefined || nextMs > untilMs) break;
      time.advanceTo(nextMs);
    }
    time.advanceTo(untilMs);
  }

  #counts(): Omit<DayCounts, 'posted' | 'rejected' | 'inBooks' | 'drain'> {
    const { sim } = this.#world;
    const counts = sim.simulation.counters.state();
    const ofCompany = Object.entries(counts.callsByEndpoint).filter(
      ([name]) => !name.includes('/oauth2/') && !/current\/me/.test(name),
    );
    const sum = (fits: (name: string) => boolean) =>
      ofCompany.reduce((total, [name, { calls }]) => total + (fits(name) ? calls : 0), 0);
    const lists = new Set(
      [...ENTITIES.flatMap(({ paths }) => paths), 'sync/Deleted'].map(
        (path) => `GET ${path.toLowerCase()}`,
      ),
    );
    return {
      documents: this.#postings.size,
      stockCounts: [...this.#postings.values()].filter(({ kind }) => kind === 'stockCount').length,
      postsOwed: [...this.#postings.values()].reduce((total, each) => total + owedBy(each), 0),
      posts: sum((name) => name.startsWith('POST ')),
      calls: sum(() => true),
      ...{ newsPages: this.#pages.news, emptyPages: this.#pages.empty },
      lookups: sum((name) => name.startsWith('GET ') && !lists.has(name)),
      faults: counts.byStatus['0'] ?? 0,
      ...{ answers429: counts.refused429, worstMinute: counts.worstMinute.calls },
      errorsWorstHour: sim.simulation.velocity.worstHour(),
      tokenCalls: counts.tokenCalls,
      freshness: this.#sights.freshness(),
      callsByEndpoint: Object.fromEntries(ofCompany.map(([name, { calls }]) => [name, calls])),
    };
  }

  #ends(): Pick<DayCounts, 'posted' | 'rejected' | 'inBooks' | 'drain'> {
    const { settled } = this.#world.hub;
    const markers = new Set([...this.#postings.values()].map(({ marker }) => String(marker)));
    const { store } = this.#world.sim.simulation;
    const inBooks = TABLES.flatMap((table) =>
      store.all(`SELECT "Description" AS marker FROM "${table}"`),
    ).filter((row) => markers.has(String(row['marker'])));
    const { upMs, waiting, owed, firstMs, emptyMs } = this.#outage;
    const drain = { waiting, owed, tookMs: emptyMs - upMs, sinceFirstMs: emptyMs - firstMs };
    return {
      posted: settled.filter(({ outcome }) => outcome.kind === 'posted').length,
      rejected: settled.filter(({ outcome }) => outcome.kind === 'rejected').length,
      inBooks: inBooks.length,
      drain: upMs === 0 ? null : drain,
    };
  }
}

function owedBy(posting: Posting): number {
  if (posting.kind === 'stockCount') return POSTINGS.stockCount.steps(posting).length;
  return 1;
}
