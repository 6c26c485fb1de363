// Who lives here: the lock that lets one hub at a time work on a database. It is SQLite's own
// exclusive lock on a file beside the database, so the operating system drops it with the process,
// however that ends: no pid to check, no stale file to remove after kill -9.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { StorageFailure, asStorageFailure, StoreRefused } from './failure.ts';

export interface StoreLock {
  release(): void;
}

/** @throws StoreRefused `in-use` when another process, or another part of this one, holds it. */
export function lockStore(file: string): StoreLock {
  let side: Sqlite.Database | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    side = new Sqlite(`${file}.lock`, { timeout: 0 });
    side.exec('begin exclusive');
  } catch (error) {
    side?.close();
    const failure = asStorageFailure(error);
    if (failure instanceof StorageFailure && failure.kind === 'busy') {
      const sentence = `Another hub is already working on ${file}. Stop it first, or start this one on another data folder.`;
      throw new StoreRefused('in-use', sentence, error);
    }
    const words = error instanceof Error ? error.message : String(error);
    const sentence = `The lock beside the database ${file} cannot be taken: ${words}.`;
    throw new StoreRefused('cannot-open', sentence, error);
  }
  const held = side;
  return { release: () => held.close() };
}
