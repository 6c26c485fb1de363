// Who lives here: the photos that operators took, in the hub's database: each once, under the hash of
// its bytes, for so many days and within so many bytes. What is too old goes; what does not fit is
// refused, because a photo is evidence: the newest must not push out the oldest unseen. A photo
// whose command never came goes after a while.

import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { LIMITS } from '../../domain/index.ts';
import type { Clock } from '../../domain/index.ts';
import type { Store } from '../store/index.ts';

const DAY_MS = 24 * 3_600_000;
/** Rows that leave in one statement: it holds the hub's one writer. */
const LEAVING = 50;

export interface PhotosParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly keepDays: number;
  readonly keepBytes: number;
}

/** For the admin page. */
export interface PhotosReport {
  readonly keepDays: number;
  readonly keepBytes: number;
  readonly photos: number;
  readonly bytes: number;
}

interface Kept {
  photos: number;
  bytes: number;
}

export class Photos {
  readonly #parts: PhotosParts;
  readonly #kept: Kept;

  private constructor(parts: PhotosParts, kept: Kept) {
    this.#parts = parts;
    this.#kept = kept;
  }

  /** @throws StorageFailure */
  static async open(parts: PhotosParts): Promise<Photos> {
    const room = new Photos(parts, await count(parts.store));
    await room.sweep();
    return room;
  }

  /**
   * Keeps the bytes under their hash; durable when this resolves. They were looked at before.
   * `wrong`: they are not what `id` says. @throws StorageFailure: it was not kept, and may come again.
   */
  async keep(
    id: string,
    command: string,
    jpeg: Uint8Array,
  ): Promise<'kept' | 'known' | 'wrong' | 'full'> {
    if (createHash('sha256').update(jpeg).digest('hex') !== id) return 'wrong';
    if ((await this.kept([id])).has(id)) return 'known';
    if (this.#kept.bytes + jpeg.byteLength > this.#parts.keepBytes) return 'full';
    const received_ms = this.#parts.clock.nowMs();
    const { numInsertedOrUpdatedRows } = await this.#parts.store.db
      .insertInto('photo')
      .values({ id, received_ms, command, named: 0, jpeg })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) return 'known';
    this.#kept.photos += 1;
    this.#kept.bytes += jpeg.byteLength;
    return 'kept';
  }

  async picture(id: string): Promise<Uint8Array | undefined> {
    const { db } = this.#parts.store;
    const row = await db.selectFrom('photo').select('jpeg').where('id', '=', id).executeTakeFirst();
    return row?.jpeg;
  }

  /** Which of these are here. */
  async kept(ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const { db } = this.#parts.store;
    const rows = await db
      .selectFrom('photo')
      .select('id')
      .where('id', 'in', [...ids])
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  /** Deletes what is older than its days, and what nobody named; a few at a time. */
  async sweep(): Promise<void> {
    const nowMs = this.#parts.clock.nowMs();
    const before = nowMs - this.#parts.keepDays * DAY_MS;
    while ((await this.#leave(await this.#older(before))) === LEAVING);
    const late = nowMs - LIMITS.photoUnnamedMs;
    for (;;) {
      await this.#name(late);
      if ((await this.#leave(await this.#older(late, 0))) < LEAVING) return;
    }
  }

  report(): PhotosReport {
    const { keepDays, keepBytes } = this.#parts;
    return { keepDays, keepBytes, ...this.#kept };
  }

  /** What came before that time and whose command is known belongs to it for good. */
  async #name(beforeMs: number): Promise<void> {
    await this.#parts.store.db
      .updateTable('photo')
      .set({ named: 1 })
      .where('named', '=', 0)
      .where('received_ms', '<', beforeMs)
      .where('command', 'in', (of) => of.selectFrom('command').select('command.id'))
      .execute();
  }

  async #older(beforeMs: number, named?: 0): Promise<readonly { id: string; bytes: number }[]> {
    const oldest = this.#parts.store.db
      .selectFrom('photo')
      .select(['id', sql<number>`length(jpeg)`.as('bytes')])
      .where('received_ms', '<', beforeMs)
      .orderBy('received_ms')
      .orderBy('id')
      .limit(LEAVING);
    return (named === undefined ? oldest : oldest.where('named', '=', named)).execute();
  }

  async #leave(rows: readonly { id: string; bytes: number }[]): Promise<number> {
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    await this.#parts.store.db.deleteFrom('photo').where('id', 'in', ids).execute();
    this.#kept.photos -= rows.length;
    this.#kept.bytes -= rows.reduce((sum, { bytes }) => sum + bytes, 0);
    return rows.length;
  }
}

async function count({ db }: Store): Promise<Kept> {
  const { photos, bytes } = await db
    .selectFrom('photo')
    .select(({ fn }) => [
      fn.countAll<number>().as('photos'),
      sql<number>`coalesce(sum(length(jpeg)), 0)`.as('bytes'),
    ])
    .executeTakeFirstOrThrow();
  return { photos, bytes };
}
