// Who lives here: one connected hub and one simulator in which many seeds run one after another,
// on one virtual time, each to its rest before the next begins.

import { ok } from 'node:assert';
import type { Posting } from '../../../src/lib/domain/index.ts';
import { compensationOf } from '../../../src/lib/ledger/index.ts';
import { calmAtMs } from '../../../src/lib/server/exact/index.ts';
import type { ExactSession } from '../../../src/lib/server/exact/index.ts';
import { PostingRows, Pump } from '../../../src/lib/server/outbox/index.ts';
import type { ExactPort, Finding, PostingView } from '../../../src/lib/server/outbox/index.ts';
import type { FirstKind } from '../../exact/posting-goods.ts';
import { PostingKit } from '../../exact/posting-kit.ts';
import { check } from './checker.ts';
import type { PutIn, RareEvents } from './checker.ts';
import { counting } from './counting.ts';
import { lookAround } from './look-around.ts';
import { DRAWS, planOf } from './plan.ts';
import type { Plan, PlannedPosting, PlannedReversal, ReversalKind } from './plan.ts';
import { poisoned } from './poison.ts';
import { returnOf } from './returned.ts';
import { Storm } from './storm.ts';

/** What a planted fault changes; nothing in a run of the product as it is. */
export interface Plant {
  readonly port?: (port: ExactPort) => ExactPort;
  readonly rows?: (rows: PostingRows) => void;
  readonly settleMs?: number;
  readonly session?: (session: ExactSession) => void;
  readonly sweep?: (findings: readonly Finding[]) => readonly Finding[];
  /** After so many turns a run that does not come to rest is one. */
  readonly turnsMax?: number;
}

/** What each reversal takes back. */
const TAKES_BACK: Readonly<Record<ReversalKind, FirstKind>> = {
  purchaseReturn: 'goodsReceipt',
  materialReturn: 'materialIssue',
  materialReversal: 'materialIssue',
  shopOrderReversal: 'shopOrderReceipt',
  byProductReversal: 'byProductReceipt',
};

/** The weather lasts at most so long; after it everything is at rest within `REST_MS`. */
const STORM_MS = 2 * 3_600_000;
/** Exact may have ended the day for us, and then its maintenance may come between. */
const REST_MS = 26 * 3_600_000;
const TURNS_MAX = 2_000;
/** A day that Exact has ended is looked at every minute: a hub that died so often has shown it. */
const RESTARTS_MAX = 20;
const SWEEPS_MAX = 5;
/** Windows of a minute and of an hour begin anew between seeds. */
const BETWEEN_MS = 61 * 60_000;
const ROOM = 1_000;
const FINAL = ['posted', 'rejected'];

export class Yard {
  readonly kit: PostingKit;
  readonly rare: RareEvents;
  readonly #plant: Plant;
  #pump: Pump;
  #storm: Storm | undefined;
  /** Rows as they were before their last move. */
  readonly #before = new Map<string, PostingView>();

  private constructor(kit: PostingKit, plant: Plant, rare: RareEvents) {
    this.kit = kit;
    this.rare = rare;
    this.#plant = plant;
    this.#pump = this.#makePump();
    plant.session?.(kit.world.hub.session);
  }

  static async make(rare: RareEvents, plant: Plant = {}): Promise<Yard> {
    const kit = await PostingKit.make();
    // Room on the open order lines for the receipts of a whole run.
    kit.world.sim.simulation.store.run(
      `UPDATE "PurchaseOrderLines" SET "Quantity" = "Quantity" * ${ROOM},
         "QuantityInPurchaseUnits" = "QuantityInPurchaseUnits" * ${ROOM}`,
    );
    return new Yard(kit, plant, rare);
  }

  async close(): Promise<void> {
    await this.kit.world.close();
  }

  /** Runs one seed to its rest. @throws what is wrong, with the weather that led to it */
  async run(seed: number, draws = DRAWS): Promise<void> {
    const plan = planOf(seed, draws);
    const { world } = this.kit;
    const storm = new Storm(plan, world.sim, world.time);
    this.#storm = storm;
    try {
      const before = this.kit.drafts().length;
      const putIn = await this.#putIn(plan);
      world.wire.storm = storm.carry;
      await this.#rest(plan, storm, putIn);
      world.time.advanceTo(Math.max(world.time.nowMs(), storm.quietAtMs + 1));
      if (plan.beyond) await this.#sweep(putIn);
      const views = await this.#views(putIn);
      const { kit, rare } = this;
      const heardErrors = storm.worstHeard();
      check({ plan, putIn, views, kit, rare, draftsBefore: before, heardErrors });
      world.time.advance(BETWEEN_MS);
    } catch (error) {
      const weather = storm.log.join('\n  ');
      const words = error instanceof Error ? error.message : String(error);
      throw new Error(`seed ${seed}: ${words}\n  ${weather}`, { cause: error });
    } finally {
      storm.heal();
      world.wire.storm = undefined;
    }
  }

  async #putIn(plan: Plan): Promise<readonly PutIn[]> {
    const found: PutIn[] = [];
    // Made before anything is booked: nobody counts on goods that are about to go back.
    for (const planned of plan.postings) {
      found.push({ posting: await this.#posting(planned, plan), poison: planned.poison });
    }
    const booked: PutIn[] = [];
    for (const { kind, tracking, place } of plan.reversals) {
      booked.push(await this.#booked({ kind: TAKES_BACK[kind], tracking, place, poison: false }));
    }
    for (const [at, planned] of plan.reversals.entries()) {
      found.push(await this.#back(planned, plan, booked[at]));
    }
    for (const planned of plan.counts) {
      const { stocked, count, expected } = counting(this.kit, planned);
      if (planned.atOnce) found.push({ posting: stocked, poison: false });
      else booked.push(await this.#inFairWeather(stocked));
      const posting = planned.poison ? poisoned(count, plan.chance) : count;
      found.push({ posting, poison: planned.poison, expected });
    }
    for (const { posting } of found) await this.kit.commit(posting);
    return [...booked, ...found];
  }

  async #booked(planned: PlannedPosting): Promise<PutIn> {
    return this.#inFairWeather(await this.#good(planned));
  }

  /** Brings it into Exact before the storm begins. */
  async #inFairWeather(posting: Posting): Promise<PutIn> {
    const putIn = { posting: await this.kit.commit(posting), poison: false };
    for (let turns = 0; !(await this.#atRest([putIn])); turns += 1) {
      ok(turns < TURNS_MAX, 'a posting in fair weather comes to rest');
      const nextMs = await this.#pump.step();
      this.kit.world.time.advanceTo(Math.max(this.kit.world.time.nowMs(), nextMs));
    }
    return putIn;
  }

  async #back(planned: PlannedReversal, plan: Plan, original: PutIn | undefined): Promise<PutIn> {
    ok(original !== undefined, 'every reversal has something to take back');
    const [view] = await this.#views([original]);
    ok(view?.state === 'posted', `in fair weather it is ${view?.state}: ${view?.words ?? ''}`);
    const { id, marker } = this.kit.names();
    const { poison } = planned;
    if (planned.kind === 'materialReturn') {
      const back = returnOf(original.posting, view.exactId ?? '', { id, marker });
      return { posting: poison ? poisoned(back, plan.chance) : back, poison };
    }
    const way = compensationOf(original.posting, view.exactId ?? '', { id, marker });
    ok(way.kind === 'posting' && way.posting.kind === planned.kind, 'Exact has a way back');
    return { posting: poison ? poisoned(way.posting, plan.chance) : way.posting, poison };
  }

  async #posting(planned: PlannedPosting, plan: Plan): Promise<Posting> {
    const good = await this.#good(planned);
    return planned.poison ? poisoned(good, plan.chance) : good;
  }

  #good({ kind, tracking, place }: PlannedPosting): Promise<Posting> {
    const names = this.kit.names();
    return this.kit.goods.posting(kind, { ...names, document: names.id }, tracking, place);
  }

  async #rest(plan: Plan, storm: Storm, putIn: readonly PutIn[]): Promise<void> {
    const { world } = this.kit;
    const healMs = world.time.nowMs() + STORM_MS;
    const endMs = healMs + REST_MS;
    // While Exact has ended the day, whoever must not overtake looks again every minute until midnight:
    // only turns in which no time goes by are counted, and `endMs` bounds the time. What a planted
    // fault keeps going is seen sooner: there all turns count.
    const planted = Object.keys(this.#plant).length > 0;
    const { turnsMax = TURNS_MAX } = this.#plant;
    let restarts = 0;
    for (let turns = 0; turns < turnsMax; turns += 1) {
      const nextMs = await this.#pump.step();
      const dies = plan.chance.hit(plan.restarts) && restarts < RESTARTS_MAX;
      if (storm.dying || dies) {
        await this.#restart(storm);
        restarts += 1;
      }
      if (nextMs <= world.time.nowMs()) continue;
      if (!planted) turns = 0;
      if (await this.#atRest(putIn)) return;
      ok(nextMs <= endMs, 'I-23: not everything is settled long after the weather was over');
      world.time.advanceTo(nextMs);
      if (world.time.nowMs() > healMs) storm.heal();
    }
    const left = (await this.#views(putIn)).map(
      ({ kind, state, nextAtMs, words }) => `${kind} ${state} at ${nextAtMs}: ${words ?? ''}`,
    );
    const now = `at ${world.time.nowMs()}, the storm over at ${healMs}`;
    throw new Error(`I-23: the pump does not come to rest, ${now}\n  ${left.join('\n  ')}`);
  }

  async #restart(storm: Storm): Promise<void> {
    const { world } = this.kit;
    if (storm.dying) {
      storm.dying = false;
      // As a kill -9 leaves the row: the answer that was lost had not come yet.
      await world.hub.store.db
        .updateTable('posting')
        .set({ state: 'sending' })
        .where('state', '=', 'in-doubt')
        .where('looked_up_count', '=', 0)
        .execute();
    }
    await world.restart();
    this.#plant.session?.(world.hub.session);
    this.#pump = this.#makePump();
    this.rare.restarts += 1;
  }

  async #atRest(putIn: readonly PutIn[]): Promise<boolean> {
    return (await this.#views(putIn)).every(
      ({ state, nextAtMs }) => FINAL.includes(state) && nextAtMs === null,
    );
  }

  async #views(putIn: readonly PutIn[]): Promise<readonly PostingView[]> {
    const views = await Promise.all(putIn.map(({ posting }) => this.#pump.status(posting.id)));
    return views.map((view) => {
      ok(view !== null, 'I-03: a posting is gone from the outbox');
      return view;
    });
  }

  /** The nightly look around, and what the outbox makes of it; hourly until it could read all. */
  async #sweep(putIn: readonly PutIn[]): Promise<void> {
    const { time } = this.kit.world;
    this.#storm?.heal();
    for (let tries = 0; tries < SWEEPS_MAX; tries += 1) {
      time.advanceTo(calmAtMs(time.nowMs() + 2 * 60_000));
      const { findings, unread } = await lookAround(this.kit.world);
      this.#pump.adopt(this.#plant.sweep?.(findings) ?? findings);
      do await this.#pump.step();
      while (!(await this.#atRest(putIn)));
      if (unread.length === 0) return;
      time.advance(3_600_000);
    }
    throw new Error('the sweep could never read everything');
  }

  #makePump(): Pump {
    const { world } = this.kit;
    const { store, postings } = world.hub;
    const rows = new PostingRows(store.db);
    this.#plant.rows?.(rows);
    const pump = new Pump({
      rows,
      exact: this.#plant.port?.(postings) ?? postings,
      settle: (settlement) => {
        world.hub.settled.push(settlement);
        return Promise.resolve();
      },
      ...{ clock: world.time, scheduler: world.time },
      ...(this.#plant.settleMs === undefined ? {} : { settleMs: this.#plant.settleMs }),
    });
    pump.events.on('state', (view) => {
      this.#note(view);
    });
    return pump;
  }

  #note(view: PostingView): void {
    const before = this.#before.get(view.id);
    this.#before.set(view.id, view);
    if (before === undefined) return;
    const doubted = before.state === 'in-doubt';
    if (doubted && (view.state === 'posted' || view.step > before.step)) this.rare.found += 1;
    if (doubted && view.state === 'ready' && view.step === before.step) this.rare.absentTwice += 1;
    if (doubted && view.fault?.code === 'exact.duplicate') this.rare.several += 1;
    if (before.state === 'in-doubt' && before.step > 0) this.rare.resumedLater += 1;
    if (view.state === 'rejected' && before.state === 'sending') this.rare.poison += 1;
    if (before.state === 'rejected' && view.state === 'posted') this.rare.there += 1;
    if (view.state === 'ready' && before.state === 'sending') this.rare.heldBack += 1;
  }
}
