// Who lives here: the mirror of Exact's records at the hub, so that no scan ever waits for Exact.
// It reads each list in its own rhythm, sooner after a hint, slower after a failure, and never lets
// one list's trouble hold up the others.
//
// Terms: list (one of Exact's entities, or that of deletions), round (everything that is due, slice
// after slice), surprise (a row that does not fit what we know of its list), hint (somebody knows
// that a list has changed), canary (the list that tells of others).

import { EventEmitter } from 'node:events';
import { assert, fault, LIMITS } from '../../../domain/index.ts';
import type { PostingKind } from '../../../domain/index.ts';
import type { Failure } from '../outcomes.ts';
import { fetchAhead } from './ahead.ts';
import { pullDeleted } from './deleted.ts';
import { checkDivision, checkDueMs } from './division-check.ts';
import { DELETED, DELETED_RHYTHM, DIVISION, ENTITIES, isExpiryField, specOf } from './entities.ts';
import type { ListName } from './entities.ts';
import { Following } from './following.ts';
import type { EntityName } from './forms.ts';
import { Echoes, MOVED_BY, TOPICS } from './hints.ts';
import type { Topic } from './hints.ts';
import { whileSame } from './parts.ts';
import type { MirrorEvents, MirrorParts } from './parts.ts';
import { startPlace } from './place.ts';
import { progressOf, statusOf } from './progress.ts';
import type { EntityStatus, MirrorProgress } from './progress.ts';
import { pull } from './pull.ts';
import type { Pulled, PullParts } from './pull.ts';
import { recall } from './recall.ts';
import { saveFault } from './rows.ts';
import { begin, hint, newBeat, nextBeat, rest, UNKNOWN_MS } from './schedule.ts';
import type { Beat } from './schedule.ts';
import { concernsAll, FIRST_BACKOFF_MS, lasts, shapeOf, shown, waitAfter } from './trouble.ts';
import { afterAbsence, ownMirror } from './upkeep.ts';

const MINUTE_MS = 60_000;
/** An endpoint that nobody calls, and Exact therefore never blocks. */
const UNBLOCKED_PATH = 'sync';

export class Mirror {
  readonly events = new EventEmitter<MirrorEvents>();
  readonly #parts: MirrorParts;
  readonly #beats: readonly Beat[];
  readonly #echoes = new Echoes();
  readonly #following: Following;
  readonly #pulling: PullParts;
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #started = false;
  #division: number | undefined;
  /** One for each start; a round of another one ends, and no page of it is written. */
  #generation = 0;
  /** The generation of the newest round. */
  #begun = -1;
  /** Whether the round under way still reads what it began to read. */
  #same = () => true;
  #recalled = false;
  #hooked = false;
  #aheadDone = false;

  constructor(parts: MirrorParts) {
    assert(isExpiryField(parts.conventions.expiryField), 'the expiry field is a yes/no item field');
    this.#parts = parts;
    const { db, client, clock, conventions } = parts;
    this.#beats = [
      ...ENTITIES.map((spec, rank) => newBeat(spec.name, spec.rhythm, rank)),
      newBeat(DELETED, DELETED_RHYTHM, ENTITIES.length),
    ];
    const changed = (entity: EntityName, subjects: readonly string[]) => {
      this.events.emit('changed', entity, subjects);
    };
    const following = new Following({ db, clock, beats: this.#beats, changed });
    this.#following = following;
    const onPage: PullParts['onPage'] = (...page) => following.onPage(...page);
    const pages = whileSame(client, () => this.#same());
    const counts = { refused: false };
    this.#pulling = { db, client: pages, clock, conventions, onPage, counts };
  }

  /** Begins to keep the mirror; idempotent. Call it when the session is connected. */
  start(): void {
    const division = this.#parts.division();
    if (this.#started && division === this.#division) return;
    if (this.#started) this.#generation += 1;
    this.#started = true;
    this.#division = division;
    this.#arm();
  }

  /** Resolves when nothing runs any more; what is under way ends with its slice. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#generation += 1;
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

  /** A person wants this list read now; false: there is none of this name. */
  ask(list: string): boolean {
    const beat = this.#beats.find(({ name }) => name === list);
    if (beat !== undefined) beat.dueMs = Math.min(beat.dueMs, this.#now());
    if (this.#started && this.#running === undefined) this.#arm();
    return beat !== undefined;
  }

  /** A posting of ours was booked; `items` are those it moved, `document` its order. */
  posted(kind: PostingKind, document: string, items: Iterable<string>): void {
    this.#echoes.posted(kind, document, this.#now());
    this.#following.expect(items);
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
    const generation = this.#generation;
    while (this.#running !== undefined) await this.#running;
    if (generation !== this.#generation) return;
    if (which === 'all') for (const beat of this.#beats) beat.dueMs = 0;
    this.#running = this.#round(which === 'all').finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** When the next list is due; in the past means now. */
  get nextMs(): number {
    return Math.min(...this.#beats.map((beat) => beat.dueMs));
  }

  /** The names of what can be asked for. */
  get lists(): readonly string[] {
    return this.#beats.map(({ name }) => name);
  }

  async status(): Promise<readonly EntityStatus[]> {
    const { db } = this.#parts;
    const check = { name: DIVISION, dueMs: await checkDueMs(db) };
    return statusOf(db, [...this.#beats, check]);
  }

  async progress(): Promise<MirrorProgress> {
    return progressOf(await this.status());
  }

  #arm(): void {
    this.#cancel?.();
    const generation = this.#generation;
    // Whose books they are is looked at first, whatever is due.
    const waitMs = this.#begun === generation ? Math.max(0, this.nextMs - this.#now()) : 0;
    this.#cancel = this.#parts.scheduler.after(waitMs, () => {
      this.round()
        .catch((error: unknown) => {
          this.#holdUntil(this.#now() + FIRST_BACKOFF_MS);
          this.events.emit('trouble', error);
        })
        .finally(() => {
          if (this.#started && generation === this.#generation) this.#arm();
        });
    });
  }

  #now(): number {
    return this.#parts.clock.nowMs();
  }

  async #round(person: boolean): Promise<void> {
    const generation = this.#generation;
    const division = this.#parts.division();
    this.#begun = generation;
    this.#same = () => generation === this.#generation && division === this.#parts.division();
    const stopped = await this.#prepare(division, person);
    if (stopped !== null) return this.#holdAll(stopped);
    while (this.#same()) {
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
    begin(beat);
    const pulled =
      beat.name === DELETED
        ? await pullDeleted({ ...parts, onGone: (gone) => this.#following.onGone(gone) }, pages)
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
      const healed = beat.faultWords !== null;
      if (healed) this.events.emit('healed', beat.name);
      beat.faultWords = null;
      if (!beat.complete && (healed || pulled.kind === 'done')) this.events.emit('reach');
      if (pulled.kind === 'more') return;
      beat.complete = true;
      rest(beat, pulled.news, this.#hooked, this.#now());
      this.#following.ended(beat.name);
      return;
    }
    beat.dueMs = this.#now() + waitAfter(pulled, beat.failures, this.#now());
    beat.failures += 1;
    const { words, raw } = shown(pulled);
    const lasting = lasts(pulled) ? 1 : 0;
    const found = fault('exact.mirror', { entity: beat.name, words, raw, lasting });
    const start = JSON.stringify(startPlace(beat.name === DELETED ? 'sync' : specOf(beat.name).by));
    await saveFault(this.#parts.db, beat.name, start, JSON.stringify(found));
    if (beat.faultWords !== words) {
      this.events.emit('fault', beat.name, found, shapeOf(pulled));
      if (!beat.complete) this.events.emit('reach');
    }
    beat.faultWords = words;
  }

  /** Nothing can be read at the moment: nobody tries before the time that was named. */
  #holdAll(failure: Failure): void {
    if (!this.#same()) return;
    const named = failure.kind === 'throttled' || failure.kind === 'auth' ? failure.untilMs : 0;
    this.#holdUntil(Math.max(named, this.#now() + FIRST_BACKOFF_MS));
  }

  #holdUntil(untilMs: number): void {
    for (const beat of this.#beats) beat.dueMs = Math.max(beat.dueMs, untilMs);
  }

  /** What must be true before anything is read; a failure that stops everything, or null. */
  async #prepare(division: number | undefined, person: boolean): Promise<Failure | null> {
    const parts = this.#parts;
    if (division === undefined) {
      return { kind: 'auth', state: 'needs-consent', untilMs: this.#now() + MINUTE_MS };
    }
    await ownMirror(parts, division, {
      anew: () => this.#anew(),
      gone: (entity, subjects) => this.events.emit('changed', entity, subjects),
    });
    if (!this.#recalled) {
      await recall(parts.db, this.#beats, (await parts.booked?.()) ?? new Map(), this.#now());
    }
    this.#recalled = true;
    const checked = await checkDivision(parts, division, person, {
      stopsAll: (failure) => this.#stopsAll(failure),
      failed: (found, trouble) => this.events.emit('fault', DIVISION, found, shapeOf(trouble)),
      healed: () => this.events.emit('healed', DIVISION),
    });
    if (checked.kind === 'failed') return checked.failure;
    if (checked.kind === 'stop') return { kind: 'throttled', untilMs: checked.untilMs };
    if ((await afterAbsence(parts)) || checked.compare)
      for (const beat of this.#beats) beat.dueMs = 0;
    return null;
  }

  #anew(): void {
    this.#recalled = false;
    this.#aheadDone = false;
    for (const beat of this.#beats) beat.dueMs = UNKNOWN_MS;
    this.events.emit('reach');
  }
}
