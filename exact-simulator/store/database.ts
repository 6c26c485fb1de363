/*
 * The SQLite database of the simulator: opening it, prepared statements, transactions, the row
 * version counter and the settings. Everything the simulator must remember over a restart or a
 * kill goes through here.
 */
import Database from 'better-sqlite3';
import { createDataTables } from './schema.ts';
import { Settings } from './settings.ts';

export type SqlValue = string | number | null;
export type Row = Record<string, SqlValue>;

/** One row of business data that was written. */
export interface RowChange {
  table: string;
  /** The name of the key column, and the row's value of it. */
  key: string;
  id: SqlValue;
  action: 'Create' | 'Update' | 'Delete';
  /** The row as it was before; undefined for one that was created. */
  before: Row | undefined;
}

/** Told of writes of business data, once for each transaction. */
export interface Observer {
  wants: (table: string) => boolean;
  /** Called at the end of the outermost transaction, still inside it. */
  committing: (changes: readonly RowChange[]) => void;
}

/** SQLite's name for a database of its own that goes with the process: in memory up to a measure. */
export const TEMPORARY = '';
/** Pages above this go to disk, so that a company of any size takes the same memory. */
const CACHE_KIB = 65_536;

const PLUMBING = `
CREATE TABLE IF NOT EXISTS sim_counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sim_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sim_code (code TEXT PRIMARY KEY, client TEXT NOT NULL,
  redirect_uri TEXT NOT NULL, divisions TEXT NOT NULL, expires_ms INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS sim_chain (id INTEGER PRIMARY KEY, client TEXT NOT NULL,
  divisions TEXT NOT NULL, alive INTEGER NOT NULL DEFAULT 1, issued_ms INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sim_token (token TEXT PRIMARY KEY, kind TEXT NOT NULL,
  chain INTEGER NOT NULL, expires_ms INTEGER NOT NULL, used INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS sim_usage (client TEXT NOT NULL, scope TEXT NOT NULL,
  window_ms INTEGER NOT NULL, start_ms INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (client, scope, window_ms));
CREATE TABLE IF NOT EXISTS sim_error (who TEXT NOT NULL, at_ms INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS sim_error_who ON sim_error (who, at_ms);
CREATE TABLE IF NOT EXISTS sim_block (who TEXT PRIMARY KEY, until_ms INTEGER NOT NULL,
  hours INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sim_notification (id INTEGER PRIMARY KEY, subscription TEXT NOT NULL,
  url TEXT NOT NULL, topic TEXT NOT NULL, content TEXT NOT NULL, created_ms INTEGER NOT NULL,
  due_ms INTEGER NOT NULL, place REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL, bad_hash INTEGER NOT NULL DEFAULT 0, answer TEXT);
CREATE INDEX IF NOT EXISTS sim_notification_due ON sim_notification (state, due_ms, place);
CREATE TABLE IF NOT EXISTS sim_call (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL,
  method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, fault TEXT,
  request_body TEXT, answer_body TEXT);
`;

export class Store {
  readonly settings: Settings;
  /** Absent while the company is seeded, so that filling it costs nothing extra. */
  observer: Observer | undefined;
  private changes: RowChange[] = [];
  private depth = 0;
  private readonly statements = new Map<string, Database.Statement<SqlValue[], Row>>();

  constructor(readonly db: Database.Database) {
    this.settings = new Settings(this);
  }

  /** All rows of a query; values are bound by position. */
  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.statement(sql).all(...values);
  }

  /** The first row of a query, or undefined. */
  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.statement(sql).get(...values);
  }

  /** Runs a change and returns how many rows it touched. */
  run(sql: string, ...values: SqlValue[]): number {
    return this.statement(sql).run(...values).changes;
  }

  /** Runs the work in one transaction; a throw rolls everything back. Nesting is allowed. */
  transaction<T>(work: () => T): T {
    const mark = this.changes.length;
    this.depth += 1;
    try {
      return this.db.transaction(() => {
        const result = work();
        if (this.depth === 1 && this.changes.length > 0) this.handOver();
        return result;
      })();
    } catch (error) {
      // What a rolled back part changed never happened.
      this.changes.length = Math.min(mark, this.changes.length);
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  /** Does a write of one row of business data and notes it for the observer. */
  change(what: Omit<RowChange, 'before'>, write: () => void): void {
    if (this.observer?.wants(what.table) !== true) {
      write();
      return;
    }
    const before =
      what.action === 'Create'
        ? undefined
        : this.get(`SELECT * FROM "${what.table}" WHERE "${what.key}" = ?`, what.id);
    this.transaction(() => {
      write();
      this.changes.push({ ...what, before });
    });
  }

  /** The next value of a named counter, starting after `from` when it is new. */
  next(name: string, from = 0): number {
    const row = this.get(
      `INSERT INTO sim_counter (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      name,
      from + 1,
    );
    return Number(row?.['value']);
  }

  /** A fresh row version: grows with every change in the database, with gaps, as in SQL Server. */
  nextRowVersion(): number {
    return this.next('rowversion', 7000);
  }

  /** The latest row version given out. */
  lastRowVersion(): number {
    const row = this.get("SELECT value FROM sim_counter WHERE name = 'rowversion'");
    return Number(row?.['value'] ?? 7000);
  }

  close(): void {
    this.db.close();
  }

  private handOver(): void {
    const changes = this.changes;
    this.changes = [];
    this.observer?.committing(changes);
  }

  private statement(sql: string): Database.Statement<SqlValue[], Row> {
    const known = this.statements.get(sql);
    if (known) return known;
    const fresh = this.db.prepare<SqlValue[], Row>(sql);
    if (this.statements.size > 500) this.statements.clear();
    this.statements.set(sql, fresh);
    return fresh;
  }
}

/**
 * Opens the database file (or `TEMPORARY`) and brings its tables and views in place.
 * Throws the error of SQLite when the file cannot be opened or is no database.
 */
export function openStore(file: string): Store {
  const db = new Database(file);
  db.pragma(`cache_size = -${CACHE_KIB}`);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.exec(PLUMBING);
  const fold = (test: (part: string, whole: string) => boolean) => (a: unknown, b: unknown) =>
    a === null || b === null
      ? null
      : Number(test(String(a).toLowerCase(), String(b).toLowerCase()));
  db.function(
    'sim_contains',
    { deterministic: true },
    fold((part, whole) => whole.includes(part)),
  );
  db.function(
    'sim_startswith',
    { deterministic: true },
    fold((whole, part) => whole.startsWith(part)),
  );
  db.function(
    'sim_endswith',
    { deterministic: true },
    fold((whole, part) => whole.endsWith(part)),
  );
  createDataTables(db);
  return new Store(db);
}
