// Who lives here: the mirror of Exact's records at the hub, so that no scan ever waits for Exact.
// It reads each list in its own rhythm, sooner after a hint, slower after a failure, and never lets
// one list's trouble hold up the others.
//
// Terms: list (one of Exact's entities, or that of deletions), round (everything that is due, slice
// after slice), surprise (a row that does not fit what we know of its list), hint (somebody knows
// that a list has changed), canary (the list that tells of others).

import { EventEmitter } from 'node:events';
import { assert, fault, LIMITS } from '../../../domain/index.ts';
import type { Clock, Fault, PostingKind, Scheduler } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
import type { Failure } from '../outcomes.ts';
import type { ExactDb } from '../tables.ts';
import { fetchAhead } from './ahead.ts';
import { Canary } from './canary.ts';
import { pullDeleted } from './deleted.ts';
import { DELETED, DELETED_RHYTHM, ENTITIES, isExpiryField, specOf } from './entities.ts';
import type { Conventions, EntitySpec, ListName } from './entities.ts';
import type { EntityName } from './forms.ts';
import { Echoes, MOVED_BY, TOPICS } from './hints.ts';
import type { Topic } from './hints.ts';
import { startPlace } from './place.ts';
import { progressOf, statusOf } from './progress.ts';
import type { EntityStatus, MirrorProgress } from './progress.ts';
import { pull } from './pull.ts';
import type { Pulled, PullParts } from './pull.ts';
import { recall } from './recall.ts';
import { namedButUnknown } from './references.ts';
import { saveFault } from './rows.ts';
import type { Applied } from './rows.ts';
import { follow, hint, newBeat, nextBeat, rest } from './schedule.ts';
import type { Beat } from './schedule.ts';
import { concernsAll, FIRST_BACKOFF_MS, shown, waitAfter } from './trouble.ts';
import { ownMirror, upkeep } from './upkeep.ts';

export interface MirrorParts {
  readonly db: ExactDb;
  readonly client: ExactClient;
  readonly baseUrl: string;
  readonly division: () => number | undefined;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly conventions: Conventions;
}

export interface MirrorEvents {
  /** After a page is durable: which subjects changed or went (items, orders, places by their id). */
  changed: [entity: EntityName, subjects: readonly string[]];
  /** A list stands still; the same again for the same reason is not told twice. */
  fault: [list: string, fault: Fault];
  healed: [list: string];
  /** The store failed underneath a round; it is tried again. */
  trouble: [error: unknown];
}

const MINUTE_MS = 60_000;
/** An endpoint that nobody calls, and Exact therefore never blocks. */
const UNBLOCKED_PATH = 'sync';

export class Mirror {
  readonly events = new EventEmitter<MirrorEvents>();
  readonly #parts: MirrorParts;
  readonly #beats: readonly Beat[];
  readonly #canary = new Canary();
  readonly #echoes = new Echoes();
  readonly #pulling: PullParts;
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #started = false;
  #recalled = false;
  #hooked = false;
  #aheadDone = false;

  constructor(parts: MirrorParts) {
    assert(isExpiryField(parts.conventions.expiryField), 'the expiry field is a yes/no item field');
    this.#parts = parts;
    const { db, client, clock, conventions } = parts;
    const onPage = (spec: EntitySpec, applied: Applied, ordinary: boolean) =>
      this.#onPage(spec, applied, ordinary);
    this.#pulling = { db, client, clock, conventions, onPage, counts: { refused: false } };
    this.#beats = [
      ...ENTITIES.map((spec, rank) => newBeat(spec.name, spec.rhythm, rank)),
      newBeat(DELETED, DELETED_RHYTHM, ENTITIES.length),
    ];
  }

  /** Begins to keep the mirror; idempotent. Call it when the session is connected. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#arm();
  }

  /** Resolves when nothing runs any more; what is under way ends with its slice. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    await this.#running;
  }

  /** Whether Exact's webhooks tell us of changes: lists are then asked less often by themselves. */
  set hooked(live: boolean) {
    this.#hooked = live;
  }

  /** These lists have changed, as somebody else did it: they are read soon, once for many hints. */
  hint(lists: readonly ListName[], whose: 'own' | 'other' = 'other'): void {
    const now = this.#now();
    for (const beat of this.#beats) if (lists.includes(beat.name)) hint(beat, whose, now);
    if (this.#started && this.#running === undefined) this.#arm();
  }

  /** A posting of ours was booked; `items` are those it moved, `document` its order. */
  posted(kind: PostingKind, document: string, items: Iterable<string>): void {
    this.#echoes.posted(kind, document, this.#now());
    this.#canary.expect(items);
    this.hint(MOVED_BY[kind], 'own');
  }

  /** A webhook came; it says that something changed and nothing else. */
  heard(topic: Topic, key: string, deleted: boolean): void {
    const echo = this.#echoes.isEcho(topic, key, this.#now());
    this.hint(TOPICS[topic], echo ? 'own' : 'other');
    if (deleted) this.hint([DELETED]);
  }

  /** Reads everything that is due, or everything at all, after a round that is under way. */
  async round(which: 'due' | 'all' = 'due'): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    if (which === 'all') for (const beat of this.#beats) beat.dueMs = 0;
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** When the next list is due; in the past means now. */
  get nextMs(): number {
    return Math.min(...this.#beats.map((beat) => beat.dueMs));
  }

  status(): Promise<readonly EntityStatus[]> {
    return statusOf(this.#parts.db, this.#beats);
  }

  async progress(): Promise<MirrorProgress> {
    return progressOf(await this.status());
  }

  #arm(): void {
    this.#cancel?.();
    const waitMs = Math.max(0, this.nextMs - this.#now());
    this.#cancel = this.#parts.scheduler.after(waitMs, () => {
      this.round()
        .catch((error: unknown) => {
          this.#holdUntil(this.#now() + FIRST_BACKOFF_MS);
          this.events.emit('trouble', error);
        })
        .finally(() => {
          if (this.#started) this.#arm();
        });
    });
  }

  #now(): number {
    return this.#parts.clock.nowMs();
  }

  async #round(): Promise<void> {
    const kept = this.#started;
    const stopped = await this.#prepare();
    if (stopped !== null) return this.#holdAll(stopped);
    while (this.#started || !kept) {
      const beat = nextBeat(this.#beats, this.#now());
      if (beat === undefined) return;
      const failure = (await this.#fetchAhead(beat)) ?? (await this.#slice(beat));
      if (failure !== null && this.#stopsAll(failure)) return this.#holdAll(failure);
    }
  }

  /** Whether nothing can be read at the moment, or only this list: Exact blocks them one by one. */
  #stopsAll(failure: Failure): boolean {
    if (failure.kind !== 'throttled') return concernsAll(failure);
    return this.#parts.client.freeAtMs(UNBLOCKED_PATH, 'sync') > this.#now();
  }

  /** One slice of one list; returns the failure that ended it. */
  async #slice(beat: Beat): Promise<Failure | null> {
    const parts = this.#pulling;
    const pages = beat.seen ? LIMITS.exactSlicePages : 1;
    const pulled =
      beat.name === DELETED
        ? await pullDeleted({ ...parts, onGone: (gone) => this.#onGone(gone) }, pages)
        : await pull(parts, specOf(beat.name), pages);
    const failure = pulled.kind === 'failed' ? pulled.failure : null;
    if (failure === null || !this.#stopsAll(failure)) await this.#settle(beat, pulled);
    return failure;
  }

  /** Before the long lists of a first load: the items of what is open. Then the kiosk can begin. */
  async #fetchAhead(beat: Beat): Promise<Failure | null> {
    const items = this.#beats.find((each) => each.name === 'Items');
    if (beat.complete || this.#aheadDone || items?.seen !== true || items.complete) return null;
    const status = (await this.status()).find((each) => each.entity === 'Items');
    const failure = await fetchAhead(this.#pulling, status?.expected ?? 0);
    this.#aheadDone = failure === null || !this.#stopsAll(failure);
    return failure;
  }

  async #settle(beat: Beat, pulled: Pulled): Promise<void> {
    if (pulled.kind === 'done' || pulled.kind === 'more') {
      beat.seen = true;
      if (beat.faultWords !== null) this.events.emit('healed', beat.name);
      beat.faultWords = null;
      if (pulled.kind === 'more') return;
      beat.complete = true;
      rest(beat, pulled.news, this.#hooked, this.#now());
      this.#follow(this.#canary.after(beat.name));
      return;
    }
    beat.dueMs = this.#now() + waitAfter(pulled, beat.failures, this.#now());
    beat.failures += 1;
    const { words, raw } = shown(pulled);
    const found = fault('exact.mirror', { entity: beat.name, words, raw });
    const start = JSON.stringify(startPlace(beat.name === DELETED ? 'sync' : specOf(beat.name).by));
    await saveFault(this.#parts.db, beat.name, start, JSON.stringify(found));
    if (beat.faultWords !== words) this.events.emit('fault', beat.name, found);
    beat.faultWords = words;
  }

  /** A page is durable: what it says about others, and who must hear of it. */
  async #onPage(spec: EntitySpec, applied: Applied, ordinary: boolean): Promise<void> {
    if (applied.subjects.length > 0) this.events.emit('changed', spec.name, applied.subjects);
    if (!ordinary) return;
    const { db } = this.#parts;
    if (spec.name === 'StockPositions') {
      this.#follow(await this.#canary.positions(db, applied.rows));
      return;
    }
    this.#canary.heard(
      spec.name,
      applied.rows.map((row) => row.link),
    );
    this.#follow(await namedButUnknown(db, spec.name, applied.rows));
  }

  #onGone({
    entity,
    subjects,
    links,
  }: {
    entity: EntityName;
    subjects: readonly string[];
    links: readonly string[];
  }): void {
    this.events.emit('changed', entity, subjects);
    this.#canary.heard(DELETED, links);
  }

  #follow(lists: readonly ListName[]): void {
    const now = this.#now();
    for (const beat of this.#beats) if (lists.includes(beat.name)) follow(beat, now);
  }

  /** Nothing can be read at the moment: nobody tries before the time that was named. */
  #holdAll(failure: Failure): void {
    const named = failure.kind === 'throttled' || failure.kind === 'auth' ? failure.untilMs : 0;
    this.#holdUntil(Math.max(named, this.#now() + FIRST_BACKOFF_MS));
  }

  #holdUntil(untilMs: number): void {
    for (const beat of this.#beats) beat.dueMs = Math.max(beat.dueMs, untilMs);
  }

  /** What must be true before anything is read; a failure that stops everything, or null. */
  async #prepare(): Promise<Failure | null> {
    const parts = this.#parts;
    const division = parts.division();
    if (division === undefined) {
      return { kind: 'auth', state: 'needs-consent', untilMs: this.#now() + MINUTE_MS };
    }
    await ownMirror(parts, division, (entity, subjects) => {
      this.events.emit('changed', entity, subjects);
      this.#recalled = false;
    });
    if (!this.#recalled) await recall(parts.db, this.#beats);
    this.#recalled = true;
    const checked = await upkeep(parts, division);
    if (checked.kind !== 'ok') return concernsAll(checked) ? checked : null;
    if (checked.value) for (const beat of this.#beats) beat.dueMs = 0;
    return null;
  }
}
