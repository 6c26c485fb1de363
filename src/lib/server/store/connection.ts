// Who lives here: the one connection to the file, with what better-sqlite3 leaves to its user:
// durability asserted at every open, failures of the machine as StorageFailure, prepared
// statements kept, and a transaction that a failed rollback cannot leave open for the next one.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { assert, LIMITS } from '../../domain/index.ts';
import { asStorageFailure, StorageFailure, StoreRefused } from './failure.ts';

/** Sees every statement before and after it ran; a test makes the n-th one fail by throwing. */
export interface StatementWatch {
  before?(sql: string): void;
  after?(sql: string): void;
}

/** A value that SQLite can hold. */
export type SqlValue = string | number | bigint | null | Uint8Array;

const FULL_SYNCHRONOUS = 2;
const ROLLBACK = /^\s*rollback\s*$/i;

/** The subset of better-sqlite3 that Kysely asks for, hardened. Not to be shared by processes. */
export class Connection implements SqliteDatabase {
  readonly #raw: Sqlite.Database;
  readonly #watch: StatementWatch;
  readonly #statements = new Map<string, SqliteStatement>();
  /** A transaction that failed and could not be rolled back yet: undone before anything else. */
  #stuck = false;

  constructor(raw: Sqlite.Database, watch: StatementWatch) {
    this.#raw = raw;
    this.#watch = watch;
  }

  /** Throws StorageFailure, or the driver's own error for a wrong statement. */
  prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#guarded(sql);
    if (this.#statements.size >= LIMITS.preparedStatements) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  run(sql: string, ...values: readonly SqlValue[]): void {
    this.prepare(sql).run(values);
  }

  /** For migrations only: several statements at once, nothing prepared. */
  script(sql: string): void {
    this.#try(sql, () => this.#raw.exec(sql));
  }

  /**
   * One IMMEDIATE transaction around synchronous work: all of it, or nothing. The caller sees to
   * it that no other transaction is open (Kysely's connection lock does).
   */
  transaction<T>(work: () => T): T {
    try {
      this.run('begin immediate');
      const result = work();
      this.run('commit');
      return result;
    } catch (error) {
      this.#rollBack(error);
      throw error;
    }
  }

  close(): void {
    this.#raw.close();
  }

  #rollBack(because: unknown): void {
    try {
      this.run('rollback');
    } catch (error) {
      // The failure that led here is the one to tell; this one is remembered as `#stuck`.
      if (!(error instanceof StorageFailure)) {
        throw new AggregateError([because, error], 'rollback', { cause: error });
      }
    }
  }

  #guarded(sql: string): SqliteStatement {
    const statement = this.#try(undefined, () => this.#raw.prepare<unknown[]>(sql));
    return {
      reader: statement.reader,
      all: (values) => this.#try(sql, () => statement.all(...values)),
      run: (values) => this.#run(sql, statement, values),
      iterate: (values) => this.#iterate(sql, statement, values),
    };
  }

  #run(sql: string, statement: Sqlite.Statement, values: readonly unknown[]) {
    this.#try(undefined, () => undefined); // undoes what is stuck, before `open` is read
    const [open, rollback] = [this.#raw.inTransaction, ROLLBACK.test(sql)];
    // After some failures SQLite has rolled back by itself.
    if (rollback && !open) return { changes: 0, lastInsertRowid: 0 };
    try {
      return this.#try(sql, () => statement.run(...values));
    } catch (error) {
      if (this.#raw.inTransaction && (rollback || !open)) this.#stuck = true;
      throw error;
    }
  }

  #unstick(): void {
    if (!this.#stuck) return;
    this.#watch.before?.('rollback');
    if (this.#raw.inTransaction) this.#raw.exec('rollback');
    this.#stuck = false;
  }

  *#iterate(sql: string, statement: Sqlite.Statement, values: readonly unknown[]) {
    const rows = this.#try(sql, () => statement.iterate(...values));
    for (;;) {
      const next = this.#try(undefined, () => rows.next());
      if (next.done === true) return;
      yield next.value;
    }
  }

  #try<T>(sql: string | undefined, act: () => T): T {
    try {
      this.#unstick();
      if (sql !== undefined) this.#watch.before?.(sql);
      const result = act();
      if (sql !== undefined) this.#watch.after?.(sql);
      return result;
    } catch (error) {
      throw asStorageFailure(error);
    }
  }
}

/**
 * Opens `file`, making it and its folder when they are not there. better-sqlite3 is built with
 * SQLITE_DEFAULT_WAL_SYNCHRONOUS=1, so that every reopened WAL file would be NORMAL, which loses
 * acknowledged commits at a power cut: hence FULL, said and asserted at each open.
 * @throws StoreRefused when the file cannot be opened; StorageFailure when it is damaged.
 */
export function openConnection(file: string, watch: StatementWatch): Connection {
  const raw = openRaw(file);
  try {
    assert(raw.pragma('journal_mode = WAL', { simple: true }) === 'wal', 'the journal is a WAL');
    raw.pragma('synchronous = FULL');
    assert(
      raw.pragma('synchronous', { simple: true }) === FULL_SYNCHRONOUS,
      'I-16: a commit is on the disk before it is acknowledged',
    );
    raw.pragma('foreign_keys = ON');
    assert(raw.pragma('foreign_keys', { simple: true }) === 1, 'foreign keys are enforced');
    raw.pragma(`busy_timeout = ${LIMITS.databaseBusyMs}`);
    raw.pragma('trusted_schema = OFF');
    return new Connection(raw, watch);
  } catch (error) {
    raw.close();
    throw asStorageFailure(error);
  }
}

function openRaw(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    return new Sqlite(file);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new StoreRefused(
      'cannot-open',
      `The database ${file} cannot be opened: ${words}.`,
      error,
    );
  }
}
