// Real databases in folders of their own, and disks that fail on demand.

import { mkdtempSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Clock, Random, Scheduler } from '../../../src/lib/domain/index.ts';
import { openStore, StorageFailure } from '../../../src/lib/server/store/index.ts';
import type { StatementWatch, Store } from '../../../src/lib/server/store/index.ts';

export const clock: Clock = { nowMs: () => Date.now() };
export const random: Random = { bytes: (count) => randomBytes(count) };
export const scheduler: Scheduler = {
  after(delayMs, act) {
    const timer = setTimeout(act, delayMs);
    return () => clearTimeout(timer);
  },
};

/** A folder that `clean` removes. */
export function folder(): { path: string; clean: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'scandock-'));
  return { path, clean: () => rmSync(path, { recursive: true, force: true }) };
}

export function openAt(file: string, watch: StatementWatch = {}): Promise<Store> {
  return openStore({ file, clock, random, watch });
}

/**
 * Makes the n-th statement fail, once or from then on, before or after it did its work: for n = 1,
 * 2, 3 … until a run passes untouched (after SQLite's own test/malloc_common.tcl).
 */
export class FaultCountdown implements StatementWatch {
  #left = Infinity;
  #persistent = false;
  #late = false;

  arm(n: number, how: { persistent: boolean; late: boolean }): void {
    this.#left = n;
    this.#persistent = how.persistent;
    this.#late = how.late;
  }

  disarm(): void {
    this.#left = Infinity;
  }

  /** Whether the fault has struck since it was armed. */
  get struck(): boolean {
    return this.#left <= 0;
  }

  before(statement: string): void {
    this.#left -= 1;
    if (!this.#late) this.#strike(statement);
  }

  after(statement: string): void {
    if (this.#late) this.#strike(statement);
  }

  #strike(statement: string): void {
    const now = this.#persistent ? this.#left <= 0 : this.#left === 0;
    if (now) throw new StorageFailure('io', `planted at ${statement.slice(0, 30)}`);
  }
}

/** Lets the file grow by this many pages at most: a real SQLITE_FULL without a small disk. */
export async function fillUp(store: Store, morePages: number): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db);
  const pages = (rows[0]?.page_count ?? 0) + morePages;
  await sql`pragma max_page_count = ${sql.lit(pages)}`.execute(store.db);
}

export async function makeSpace(store: Store): Promise<void> {
  await sql`pragma max_page_count = 1000000`.execute(store.db);
}
