/*
 * Reading what was not yet written: for a while after a lagging write its rows are invisible to
 * readers, as when the read goes to a replica that is behind. Writers always see the truth. A read
 * puts the earlier rows back inside a transaction, looks, and rolls that back, so every view,
 * count and look-up sees the same moment and the tables themselves never hold anything else.
 */
import type { RowChange, SqlValue, Store } from './database.ts';

/** With more hidden rows than this, the oldest write becomes visible before its time. */
export const MOST_HIDDEN_ROWS = 20_000;

interface Hidden {
  untilMs: number;
  /**
   * True when only these rows are late and later writes pass them by: the late commit whose row
   * versions lie below what readers have seen already.
   */
  alone: boolean;
  changes: readonly RowChange[];
  /** Row versions after the write, by table and key. */
  versions: ReadonlyMap<string, SqlValue>;
}

class RolledBack extends Error {}

const nameOf = (change: RowChange): string => `${change.table} ${change.id}`;

export class Lag {
  private hidden: Hidden[] = [];
  private current: { untilMs: number; alone: boolean } | undefined;

  constructor(
    private readonly store: Store,
    private readonly clock: { nowMs: () => number },
  ) {}

  /** Does some work whose writes stay invisible to readers for `lagMs` of the simulator's clock. */
  during<T>(lagMs: number, alone: boolean, work: () => T): T {
    this.current = { untilMs: this.clock.nowMs() + lagMs, alone };
    try {
      return work();
    } finally {
      this.current = undefined;
    }
  }

  /** Whether changes have to be told: something lags, or is held up behind what lags. */
  get wanted(): boolean {
    if (this.current !== undefined) return true;
    if (this.hidden.length > 0) this.forget();
    return this.hidden.some((one) => !one.alone);
  }

  /** Notes the changes of one transaction. */
  note(changes: readonly RowChange[]): void {
    this.forget();
    const ordered = this.hidden.filter((one) => !one.alone).map((one) => one.untilMs);
    const current = this.current ?? { untilMs: 0, alone: false };
    // A replica shows writes in their order: a later one never before an earlier one.
    const untilMs = current.alone ? current.untilMs : Math.max(current.untilMs, ...ordered);
    if (untilMs <= this.clock.nowMs()) return;
    const first = new Map<string, RowChange>();
    for (const change of changes) {
      if (!first.has(nameOf(change))) first.set(nameOf(change), change);
    }
    const versions = new Map<string, SqlValue>();
    for (const change of first.values()) versions.set(nameOf(change), this.versionOf(change));
    this.hidden.push({ untilMs, alone: current.alone, changes: [...first.values()], versions });
    while (this.rows > MOST_HIDDEN_ROWS && this.hidden.length > 1) this.hidden.shift();
  }

  /** Does a read as readers see things now. The work must not write what is to stay. */
  read<T>(work: () => T): T {
    if (this.hidden.length > 0) this.forget();
    if (this.hidden.length === 0) return work();
    const found: T[] = [];
    try {
      this.store.db.transaction(() => {
        for (const one of [...this.hidden].reverse()) this.undo(one);
        found.push(work());
        throw new RolledBack();
      })();
    } catch (error) {
      if (!(error instanceof RolledBack)) throw error;
    }
    const [result] = found;
    if (result === undefined) throw new Error('a read gave nothing');
    return result;
  }

  /** Hidden rows now. */
  get rows(): number {
    return this.hidden.reduce((sum, one) => sum + one.changes.length, 0);
  }

  clear(): void {
    this.hidden = [];
  }

  private forget(): void {
    const nowMs = this.clock.nowMs();
    this.hidden = this.hidden.filter((one) => one.untilMs > nowMs);
  }

  private versionOf({ table, key, id }: RowChange): SqlValue {
    const sql = `SELECT "_rowversion" FROM "${table}" WHERE "${key}" = ?`;
    return this.store.get(sql, id)?.['_rowversion'] ?? null;
  }

  private undo(one: Hidden): void {
    for (const change of one.changes) {
      const { table, key, id, before } = change;
      const touchedSince = this.versionOf(change) !== (one.versions.get(nameOf(change)) ?? null);
      if (one.alone && touchedSince) continue;
      if (!before) {
        this.store.run(`DELETE FROM "${table}" WHERE "${key}" = ?`, id);
        continue;
      }
      const names = Object.keys(before);
      this.store.run(
        `INSERT OR REPLACE INTO "${table}" (${names.map((name) => `"${name}"`).join(', ')})
         VALUES (${names.map(() => '?').join(', ')})`,
        ...Object.values(before),
      );
    }
  }
}
