// Who lives here: the hub's one database file, open. Words: a store is the file with its lock;
// `db` is Kysely for everyone's ordinary questions; `transaction` is the short way for the writer.
// Both take turns on one connection, so nobody ever waits for a lock of our own making.

import { Kysely, SqliteDialect } from 'kysely';
import type { SqliteStatement } from 'kysely';
import { makeId } from '../../domain/index.ts';
import type { Clock, Id, Random } from '../../domain/index.ts';
import { openConnection } from './connection.ts';
import type { Connection, SqlValue, StatementWatch } from './connection.ts';
import { lockStore } from './lock.ts';
import type { StoreLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';
import type { Database } from './tables.ts';

export interface StoreParts {
  /** Path of the database file; its folder is made when absent. */
  readonly file: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Sees every statement; for tests that break the disk. */
  readonly watch?: StatementWatch;
  /** Other than the product's own history; for tests of the fence. */
  readonly migrations?: readonly Migration[];
}

/** A statement, prepared once, run at once. */
export interface Transaction {
  run(sql: string, ...values: readonly SqlValue[]): void;
  all(sql: string, ...values: readonly SqlValue[]): readonly unknown[];
}

export interface Store {
  readonly file: string;
  /** Made when the database was made: another one means another journal. */
  readonly hubId: string;
  readonly db: Kysely<Database>;
  /**
   * Runs synchronous `work` in one transaction: all of it becomes durable, or nothing. About half
   * the cost of a Kysely transaction, which matters to the hub's writer and to nobody else.
   * @throws StorageFailure; what `work` throws rolls back and passes through.
   */
  transaction<T>(work: (tx: Transaction) => T): Promise<T>;
  /** Gives the file and its lock back. */
  close(): Promise<void>;
}

/**
 * Opens the hub's database, brings it to the newest form and holds it for this process alone.
 * @throws StoreRefused with a sentence for the console; StorageFailure when the disk fails.
 */
export async function openStore(parts: StoreParts): Promise<Store> {
  const lock = lockStore(parts.file);
  let connection: Connection | undefined;
  try {
    connection = openConnection(parts.file, parts.watch ?? {});
    migrate(connection, parts.file, parts.migrations ?? MIGRATIONS);
    const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: connection }) });
    const hubId = await hubIdOf(db, parts);
    return assemble(parts.file, hubId, db, connection, lock);
  } catch (error) {
    connection?.close();
    lock.release();
    throw error;
  }
}

function assemble(
  file: string,
  hubId: string,
  db: Kysely<Database>,
  connection: Connection,
  lock: StoreLock,
): Store {
  const tx: Transaction = {
    run: (sql, ...values) => connection.run(sql, ...values),
    all: (sql, ...values) => rows(connection.prepare(sql), values),
  };
  return {
    file,
    hubId,
    db,
    transaction: (work) =>
      db.connection().execute(() => Promise.resolve(connection.transaction(() => work(tx)))),
    close: async () => {
      await db.destroy();
      lock.release();
    },
  };
}

function rows(statement: SqliteStatement, values: readonly SqlValue[]): readonly unknown[] {
  return statement.all(values);
}

async function hubIdOf(db: Kysely<Database>, parts: StoreParts): Promise<string> {
  const hubId: string = makeId<Id<'HubId'>>(parts.clock, parts.random);
  await db
    .insertInto('meta')
    .values({ key: 'hubId', value: hubId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'hubId')
    .executeTakeFirstOrThrow();
  return row.value;
}
