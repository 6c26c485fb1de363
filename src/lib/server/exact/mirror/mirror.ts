// Who lives here: the mirror of Exact's records at the hub, kept by the sync API, so that no scan
// ever waits for Exact. It asks for each entity in its own rhythm, sooner after a hint (a posting
// was booked), slower after a failure, and never lets one entity's trouble hold up the others.
//
// Terms: entity (one of Exact's lists), cursor (how far it was read), round (everything that is
// due, one after another), surprise (a row that does not fit what we know of its entity), hint
// (somebody knows that a list has changed), sweep (what a full reading did not see is gone).

import { EventEmitter } from 'node:events';
import * as z from 'zod';
import { assert, fault, isFault, LIMITS } from '../../../domain/index.ts';
import type { Clock, Fault, Scheduler } from '../../../domain/index.ts';
import { readMoveDate } from '../divisions.ts';
import { parseJson } from '../envelope.ts';
import type { ExactClient } from '../http.ts';
import { describe } from '../outcomes.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import { readMeta, writeMeta } from '../tables.ts';
import type { ExactDb } from '../tables.ts';
import { DELETED_EVERY_MS, DELETED_PATH, ENTITIES, isExpiryField } from './entities.ts';
import type { Conventions, EntitySpec } from './entities.ts';
import type { EntityName } from './forms.ts';
import { pull, pullDeleted, startOf } from './pull.ts';
import type { Pulled, PullParts } from './pull.ts';
import { saveFault } from './rows.ts';

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
  /** An entity stands still; the same again for the same reason is not told twice. */
  fault: [entity: string, fault: Fault];
  healed: [entity: string];
  /** The store failed underneath a round; it is tried again. */
  trouble: [error: unknown];
}

export interface EntityStatus {
  readonly entity: string;
  readonly rows: number;
  /** When it was last read without trouble; 0 for never. */
  readonly syncedMs: number;
  readonly fullMs: number | null;
  readonly fault: Fault | null;
}

interface Due {
  readonly name: string;
  readonly everyMs: number;
  readonly start: string;
  readonly read: (parts: PullParts) => Promise<Pulled>;
  dueMs: number;
  failures: number;
  faultWords: string | null;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Refused queries count towards Exact's block (§3.4): at most four an hour. */
const REFUSED_WAIT_MS = 15 * MINUTE_MS;
const FIRST_BACKOFF_MS = 5_000;
const MOVED_KEY = 'exact.division-moved';
const OWNER_KEY = 'exact.mirror-of';

export class Mirror {
  readonly events = new EventEmitter<MirrorEvents>();
  readonly #parts: MirrorParts;
  readonly #due: readonly Due[];
  #running: Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #started = false;
  #checkedMs = Number.NEGATIVE_INFINITY;

  constructor(parts: MirrorParts) {
    assert(isExpiryField(parts.conventions.expiryField), 'the expiry field is a yes/no item field');
    this.#parts = parts;
    const due = (name: string, everyMs: number, start: string, read: Due['read']): Due => {
      return { name, everyMs, start, read, dueMs: 0, failures: 0, faultWords: null };
    };
    this.#due = [
      ...ENTITIES.map((s) => due(s.name, s.everyMs, startOf(s.by), (p) => pull(p, s))),
      due(DELETED_PATH, DELETED_EVERY_MS, startOf('sync'), pullDeleted),
    ];
  }

  /** Begins to keep the mirror; idempotent. Call it when the session is connected. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#arm();
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    await this.#running;
  }

  /** These lists have probably changed: they are read next, whatever their rhythm. */
  hint(names: readonly (EntityName | typeof DELETED_PATH)[]): void {
    const now = this.#parts.clock.nowMs();
    for (const due of this.#due) {
      const named = names.some((name) => name === due.name);
      if (named && due.failures === 0) due.dueMs = Math.min(due.dueMs, now);
    }
    if (this.#started) this.#arm();
  }

  /** Reads everything that is due, or everything at all, after a round that is under way. */
  async round(which: 'due' | 'all' = 'due'): Promise<void> {
    while (this.#running !== undefined) await this.#running;
    if (which === 'all') for (const due of this.#due) due.dueMs = 0;
    this.#running = this.#round().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async status(): Promise<readonly EntityStatus[]> {
    const rows = await this.#parts.db.selectFrom('sync_cursor').selectAll().execute();
    return rows.map((row) => {
      const stored = row.fault === null ? null : parseJson(row.fault);
      return {
        entity: row.entity,
        rows: row.rows,
        syncedMs: row.synced_ms,
        fullMs: row.full_ms,
        fault: isFault(stored) ? stored : null,
      };
    });
  }

  #arm(): void {
    this.#cancel?.();
    const next = Math.min(...this.#due.map((due) => due.dueMs));
    const waitMs = Math.max(0, next - this.#parts.clock.nowMs());
    this.#cancel = this.#parts.scheduler.after(waitMs, () => {
      this.round()
        .catch((error: unknown) => {
          for (const due of this.#due)
            due.dueMs = Math.max(due.dueMs, this.#now() + FIRST_BACKOFF_MS);
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
    const { db, client, clock, conventions } = this.#parts;
    await this.#ownMirror();
    const stopped = await this.#prepareRound();
    if (stopped !== null) return this.#holdAll(stopped);
    const parts: PullParts = {
      ...{ db, client, clock, conventions },
      changed: (entity, subjects) => this.events.emit('changed', entity, subjects),
    };
    for (const due of this.#due) {
      if (due.dueMs > this.#now()) continue;
      const pulled = await due.read(parts);
      await this.#settle(due, pulled);
      if (pulled.kind === 'failed' && concernsAll(pulled.failure)) {
        return this.#holdAll(pulled.failure);
      }
    }
  }

  async #settle(due: Due, pulled: Pulled): Promise<void> {
    if (pulled.kind === 'done') {
      due.dueMs = this.#now() + due.everyMs;
      due.failures = 0;
      if (due.faultWords !== null) this.events.emit('healed', due.name);
      due.faultWords = null;
      return;
    }
    due.dueMs = this.#now() + waitAfter(pulled, due.failures);
    due.failures += 1;
    const words = pulled.kind === 'failed' ? describe(pulled.failure) : pulled.words;
    const raw = pulled.kind === 'surprise' ? pulled.raw : '';
    const found = fault('exact.mirror', { entity: due.name, words, raw });
    await saveFault(this.#parts.db, due.name, due.start, JSON.stringify(found));
    if (due.faultWords !== words) this.events.emit('fault', due.name, found);
    due.faultWords = words;
  }

  /** Nothing can be read at the moment: nobody tries before the time that was named. */
  #holdAll(failure: Failure): void {
    const named = failure.kind === 'throttled' || failure.kind === 'auth' ? failure.untilMs : 0;
    const untilMs = Math.max(named, this.#now() + FIRST_BACKOFF_MS);
    for (const due of this.#due) due.dueMs = Math.max(due.dueMs, untilMs);
  }

  /** Rows of another site or division, or read by other conventions, are not ours: begin anew. */
  async #ownMirror(): Promise<void> {
    const { db, baseUrl, conventions } = this.#parts;
    const division = this.#parts.division();
    if (division === undefined) return;
    const owner = `${baseUrl} ${division} ${conventions.expiryField}`;
    if ((await readMeta(db, OWNER_KEY)) === owner) return;
    const gone = await db.transaction().execute(async (tx) => {
      const rows = await tx.selectFrom('mirror_row').select(['entity', 'body']).execute();
      await tx.deleteFrom('mirror_row').execute();
      await tx.deleteFrom('sync_cursor').execute();
      await writeMeta(tx, OWNER_KEY, owner);
      return rows;
    });
    for (const spec of ENTITIES) {
      const subjects = gone
        .filter((row) => row.entity === spec.name)
        .map((r) => subjectIn(spec, r.body));
      if (subjects.length > 0) this.events.emit('changed', spec.name, [...new Set(subjects)]);
    }
  }

  /**
   * Once an hour: a division that moved to another database has new row versions (§4.1), and a
   * full reading a day finds what late commits and forgotten deletions left wrong (§4.1, §4.2).
   */
  async #prepareRound(): Promise<Failure | null> {
    const { db, client } = this.#parts;
    const division = this.#parts.division();
    if (division === undefined) {
      return { kind: 'auth', state: 'needs-consent', untilMs: this.#now() + MINUTE_MS };
    }
    if (this.#now() - this.#checkedMs < HOUR_MS) return null;
    const moved: Outcome<string> = await readMoveDate(client, division);
    if (moved.kind !== 'ok') return concernsAll(moved) ? moved : null;
    const known = await readMeta(db, MOVED_KEY);
    const aDayAgo = this.#now() - DAY_MS;
    const all = known !== undefined && known !== moved.value;
    for (const spec of ENTITIES) await this.#readAnew(spec, all ? this.#now() : aDayAgo);
    if (all) await db.deleteFrom('sync_cursor').where('entity', '=', DELETED_PATH).execute();
    await writeMeta(db, MOVED_KEY, moved.value);
    this.#checkedMs = this.#now();
    return null;
  }

  async #readAnew(spec: EntitySpec, ifBeforeMs: number): Promise<void> {
    await this.#parts.db
      .updateTable('sync_cursor')
      .set({ cursor: startOf(spec.by) })
      .where('entity', '=', spec.name)
      .where('full_ms', '<=', ifBeforeMs)
      .execute();
  }
}

function subjectIn(spec: EntitySpec, body: string): string {
  const row = z.record(z.string(), z.unknown()).parse(parseJson(body));
  return z.string().catch('').parse(row[spec.subject]);
}

/** Failures that say nothing about one entity. */
function concernsAll(failure: Failure): boolean {
  if (failure.kind === 'throttled' || failure.kind === 'auth') return true;
  return failure.kind === 'unavailable' && failure.nothingSent;
}

function waitAfter(pulled: Exclude<Pulled, { kind: 'done' }>, failures: number): number {
  const refused =
    pulled.kind === 'failed' &&
    (pulled.failure.kind === 'rejected' || pulled.failure.kind === 'forbidden');
  if (refused) return REFUSED_WAIT_MS;
  return Math.min(FIRST_BACKOFF_MS * 2 ** Math.min(failures, 10), LIMITS.exactBackoffMaxMs);
}
