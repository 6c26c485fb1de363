// Who lives here: the tapes that stations sent, in the hub's database: each session once, for so
// many days, at most so many and so many bytes; the oldest go first. The room knows who sent none:
// a tape names no station and no operator (docs/SECURITY.md).

import { sql } from 'kysely';
import { fault, LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';
import type { TapeMessage, TapeVerdict } from '../../protocol/index.ts';
import type { Store } from '../store/index.ts';
import { lookAt } from './look.ts';
import type { Looked } from './look.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows that leave in one statement: it holds the hub's one writer. */
const LEAVING = 200;

export interface TapesParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly keepDays: number;
}

/** For the admin page. */
export interface TapesReport {
  readonly keepDays: number;
  readonly tapes: number;
  /** Packed. */
  readonly bytes: number;
  readonly oldestMs?: number;
  /** Since the hub started: what stations said they lost, and what came and was no tape. */
  readonly lost: number;
  readonly refused: number;
}

/** A place in the order from new to old. */
export interface Place {
  readonly receivedMs: number;
  readonly session: string;
}

export interface PackedTape extends Place {
  readonly gzip: Uint8Array;
}

interface Kept {
  tapes: number;
  bytes: number;
}

export class Tapes {
  readonly #parts: TapesParts;
  readonly #kept: Kept;
  #lost = 0;
  #refused = 0;

  private constructor(parts: TapesParts, kept: Kept) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** @throws StorageFailure */
  static async open(parts: TapesParts): Promise<Tapes> {
    const room = new Tapes(parts, await count(parts.store));
    await room.sweep();
    return room;
  }

  /** Takes a tape in, once. @throws StorageFailure: it was not taken, and may come again. */
  async take({ session, gzip, lost }: TapeMessage): Promise<TapeVerdict> {
    const looked = await lookAt(gzip);
    this.#lost += lost;
    if (looked === undefined) {
      this.#refused += 1;
      return { kind: 'refused', fault: fault('ledger.invalid', { reason: 'not a tape' }) };
    }
    if (await this.#insert(session, gzip, looked)) {
      this.#kept.tapes += 1;
      this.#kept.bytes += gzip.length;
      await this.#makeRoom();
    }
    return { kind: 'kept' };
  }

  async #insert(session: string, gzip: Uint8Array, looked: Looked): Promise<boolean> {
    const { workflow, revision, events, cut } = looked;
    const received_ms = this.#parts.clock.nowMs();
    const { numInsertedOrUpdatedRows } = await this.#parts.store.db
      .insertInto('tape')
      .values({ session, workflow, revision, received_ms, events, cut: cut ? 1 : 0, gzip })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }

  async #makeRoom(): Promise<void> {
    const over = () =>
      this.#kept.tapes > LIMITS.tapesKept || this.#kept.bytes > LIMITS.tapesKeptBytes;
    while (over()) await this.#leave(1, Infinity);
  }

  /** Deletes what is older than its days; a few at a time, so that nobody waits long. */
  async sweep(): Promise<void> {
    const before = this.#parts.clock.nowMs() - this.#parts.keepDays * DAY_MS;
    while ((await this.#leave(LEAVING, before)) === LEAVING);
  }

  /** The oldest ones that came before that time; how many went. */
  async #leave(most: number, beforeMs: number): Promise<number> {
    const { db } = this.#parts.store;
    const oldest = await db
      .selectFrom('tape')
      .select(['session', sql<number>`length(gzip)`.as('bytes')])
      .where('received_ms', '<', Number.isFinite(beforeMs) ? beforeMs : Number.MAX_SAFE_INTEGER)
      .orderBy('received_ms')
      .orderBy('session')
      .limit(most)
      .execute();
    if (oldest.length === 0) return 0;
    const sessions = oldest.map(({ session }) => session);
    await db.deleteFrom('tape').where('session', 'in', sessions).execute();
    this.#kept.tapes -= oldest.length;
    this.#kept.bytes -= oldest.reduce((sum, { bytes }) => sum + bytes, 0);
    return oldest.length;
  }

  /** How many tapes there are of these workflows. */
  async countOf(workflows: readonly string[]): Promise<number> {
    const row = await this.#parts.store.db
      .selectFrom('tape')
      .select(({ fn }) => fn.countAll<number>().as('tapes'))
      .where('workflow', 'in', [...workflows])
      .executeTakeFirstOrThrow();
    return row.tapes;
  }

  /** Tapes of these workflows (all, where none are named), the newest first, from behind a place. */
  async newest(
    most: number,
    workflows?: readonly string[],
    behind?: Place,
  ): Promise<readonly PackedTape[]> {
    let asked = this.#parts.store.db
      .selectFrom('tape')
      .select(['session', 'received_ms', 'gzip'])
      .orderBy('received_ms', 'desc')
      .orderBy('session', 'desc')
      .limit(most);
    if (workflows !== undefined) asked = asked.where('workflow', 'in', [...workflows]);
    if (behind !== undefined) {
      const { receivedMs, session } = behind;
      asked = asked.where(({ or, eb, and }) =>
        or([
          eb('received_ms', '<', receivedMs),
          and([eb('received_ms', '=', receivedMs), eb('session', '<', session)]),
        ]),
      );
    }
    const rows = await asked.execute();
    return rows.map(({ session, received_ms: receivedMs, gzip }) => ({
      session,
      receivedMs,
      gzip,
    }));
  }

  async report(): Promise<TapesReport> {
    const { oldest } = await this.#parts.store.db
      .selectFrom('tape')
      .select(({ fn }) => fn.min<number | null>('received_ms').as('oldest'))
      .executeTakeFirstOrThrow();
    return {
      keepDays: this.#parts.keepDays,
      ...this.#kept,
      ...(oldest === null ? {} : { oldestMs: oldest }),
      lost: this.#lost,
      refused: this.#refused,
    };
  }
}

async function count({ db }: Store): Promise<Kept> {
  const { tapes, bytes } = await db
    .selectFrom('tape')
    .select(({ fn }) => [
      fn.countAll<number>().as('tapes'),
      sql<number>`coalesce(sum(length(gzip)), 0)`.as('bytes'),
    ])
    .executeTakeFirstOrThrow();
  return { tapes, bytes };
}
