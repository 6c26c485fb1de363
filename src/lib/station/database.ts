// Who lives here: the station's IndexedDB. Everything green depends on goes through `commit`: one
// strict transaction, resolved on `complete`, or a Fault and nothing changed (I-01).
// Stores: meta (identity, cursors, workflows), queue (commands in the order they were made),
// session (the dialogue at rest), replica (master data), quarantine (rows nobody could read),
// tapes (recorded sessions that the hub lacks), photos (those that the hub lacks, by their hash).

import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb';
import { fault } from '../domain/index.ts';
import type { Fault } from '../domain/index.ts';

/** Values are `unknown`: what comes off a disk is checked by whoever reads it. */
interface StationSchema extends DBSchema {
  meta: { key: string; value: unknown };
  queue: {
    key: number;
    value: unknown;
    indexes: { id: string; status: string; sendSeq: number; decidedAtMs: number; notice: string };
  };
  session: { key: string; value: unknown };
  replica: { key: [string, string]; value: unknown; indexes: { key: string } };
  quarantine: { key: number; value: unknown };
  tapes: { key: [string, number | string]; value: unknown };
  photos: { key: string; value: unknown };
}

type StoreName = 'meta' | 'queue' | 'session' | 'replica' | 'quarantine' | 'tapes' | 'photos';
export type StationDb = IDBPDatabase<StationSchema>;
export type WriteTx = IDBPTransaction<StationSchema, StoreName[], 'readwrite'>;

/** A write or a read that the browser may refuse. */
export type Stored<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

const VERSION = 3;

function upgrade(db: StationDb, before: number): void {
  if (before < 1) makeFirst(db);
  if (before < 2) db.createObjectStore('tapes');
  db.createObjectStore('photos');
}

function makeFirst(db: StationDb): void {
  db.createObjectStore('meta');
  const queue = db.createObjectStore('queue', { keyPath: 'place', autoIncrement: true });
  queue.createIndex('id', 'command.id', { unique: true });
  queue.createIndex('status', 'status');
  queue.createIndex('sendSeq', 'sendSeq', { unique: true });
  queue.createIndex('decidedAtMs', 'decidedAtMs');
  queue.createIndex('notice', 'notice');
  db.createObjectStore('session');
  const replica = db.createObjectStore('replica', { keyPath: ['kind', 'id'] });
  replica.createIndex('key', 'keys', { multiEntry: true });
  db.createObjectStore('quarantine', { autoIncrement: true });
}

/** The browser's refusal as a Fault; anything that is not the browser's refusal is thrown on. */
export function storageFault(error: unknown): Fault {
  if (!(error instanceof DOMException)) throw error;
  if (error.name === 'QuotaExceededError') return fault('station.storage-full');
  return fault('station.storage-failed', { reason: error.name });
}

/**
 * Opens (or makes) the station's database. `lost` is told when the browser takes it away later:
 * cleared site data, or a newer program that needs the old one to let go.
 */
export async function openStationDb(
  name: string,
  lost: (fault: Fault) => void,
): Promise<Stored<StationDb>> {
  let refuse: (fault: Fault) => void = lost;
  const blocked = new Promise<Stored<StationDb>>((resolve) => {
    refuse = (why) => resolve({ ok: false, fault: why });
  });
  const opened = openDB<StationSchema>(name, VERSION, {
    upgrade,
    blocked: () => refuse(fault('station.storage-failed', { reason: 'blocked' })),
    blocking: (_from, _to, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
      lost(fault('station.storage-failed', { reason: 'closed for a newer version' }));
    },
    terminated: () => lost(fault('station.storage-failed', { reason: 'closed by the browser' })),
  }).then(
    (db): Stored<StationDb> => ({ ok: true, value: db }),
    (error: unknown): Stored<StationDb> => ({ ok: false, fault: storageFault(error) }),
  );
  return Promise.race([opened, blocked]);
}

/** Asks the browser not to clear this station's data under storage pressure. */
export function keepStorage(): Promise<boolean> {
  return navigator.storage.persist();
}

/**
 * Runs `act` in one read-write transaction and answers when it is complete on the disk (strict) or
 * handed to the system (relaxed: only for what the hub can give again). When the browser refuses,
 * the whole of it is undone and the answer is a Fault.
 */
export async function commit<T>(
  db: StationDb,
  stores: StoreName[],
  act: (tx: WriteTx) => Promise<T>,
  durability: 'strict' | 'relaxed' = 'strict',
): Promise<Stored<T>> {
  let tx: WriteTx;
  try {
    tx = db.transaction(stores, 'readwrite', { durability });
  } catch (error) {
    return { ok: false, fault: storageFault(error) };
  }
  const ended = tx.done.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    const value = await act(tx);
    const failed = await ended;
    if (failed !== undefined) return { ok: false, fault: storageFault(failed.error) };
    return { ok: true, value };
  } catch (error) {
    abort(tx);
    await ended;
    return { ok: false, fault: storageFault(error) };
  }
}

/** Aborts unless the browser has done so already, which it says by throwing. */
function abort(tx: WriteTx): void {
  try {
    tx.abort();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
  }
}

/** A read outside a write transaction, with the browser's refusal as a Fault. */
export async function read<T>(act: () => Promise<T>): Promise<Stored<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    return { ok: false, fault: storageFault(error) };
  }
}

/** Puts away a row that nobody can read, so that a person can look at it; it is not lost. */
export async function quarantine(tx: WriteTx, store: StoreName, row: unknown): Promise<void> {
  await tx.objectStore('quarantine').add({ store, row });
}

/** Whether `value` is an object, as a first step of reading what a disk gave. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
