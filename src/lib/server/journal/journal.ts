// Who lives here: the journal on disk: entries in the hub's order, chained by their hashes; the
// verdict of every command; and the rows of postings that entries make and finish. All that one
// batch of decisions says becomes durable in one transaction, or none of it does (I-05). Words:
// the head is the last entry; the chain is the hash of each entry over the one before it.

import { sql } from 'kysely';
import type { Command, CommandId, Seq, StationId } from '../../domain/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import { StorageFailure } from '../store/index.ts';
import type { SqlValue, Store, Transaction } from '../store/index.ts';
import { commandRow, entryOf, entryRow, GENESIS, hashOfCommand, rowId, verdictOf } from './rows.ts';
import type { JudgedCommand, StoredVerdict } from './rows.ts';
import { verifyJournal } from './verify.ts';
import type { Verification } from './verify.ts';

export interface Commit {
  readonly entries: readonly JournalEntry[];
  readonly commands: readonly JudgedCommand[];
}

/** What became of something that needs the disk. */
export type Stored<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: StorageFailure };

/** All numbers from `first` to `last`, both included, are used up. */
export interface StationNumbers {
  readonly first: number;
  readonly last: number;
}

export interface JournalStore {
  /** The hub's id, made with the database. */
  readonly hubId: string;
  /** What makes two commands the same: SHA-256, hex, over all that they say. */
  hashOf(command: Command): string;
  /**
   * Makes all of it durable, together. After a failure it is unknown whether it happened (the disk
   * may fail after it did its work): read on from the last known entry before committing again.
   */
  commit(commit: Commit): Promise<Stored<void>>;
  /** Entries from `from` on, in order, at most `limit`. */
  read(from: Seq, limit: number): Promise<Stored<readonly JournalEntry[]>>;
  /** Every entry about these documents, in order. */
  entriesOf(documents: readonly string[]): Promise<Stored<readonly JournalEntry[]>>;
  /** What was said to these commands before; ids that are not in the answer are new. */
  verdicts(
    asked: readonly { readonly id: CommandId; readonly hash: string }[],
  ): Promise<Stored<readonly StoredVerdict[]>>;
  /** The numbers that a station's commands have used up; undefined: none yet. */
  numbersOf(station: StationId): Promise<Stored<StationNumbers | undefined>>;
  /** Walks the whole chain. To be done before work starts, and now and then. */
  verify(): Promise<Verification>;
}

const INSERT_ENTRY =
  'INSERT INTO entry (seq, at_ms, type, document, body, hash) VALUES (?, ?, ?, ?, ?, ?)';
const INSERT_COMMAND =
  'INSERT INTO command (id, station, station_seq, payload_hash, verdict, seq) ' +
  'VALUES (?, ?, ?, ?, ?, ?)';
const INSERT_POSTING =
  'INSERT INTO posting (id, marker, kind, document, body, state, updated_ms) ' +
  "VALUES (?, ?, ?, ?, ?, 'ready', ?)";
/** What was found wrong since the outbox had it as posted (a second one in Exact) stays with it. */
const POSTED =
  "UPDATE posting SET fault = CASE WHEN state = 'posted' THEN fault END, state = 'posted', " +
  'exact_id = ?, document_number = ?, updated_ms = ? WHERE id = ?';
const REJECTED =
  "UPDATE posting SET state = 'rejected', exact_id = NULL, document_number = NULL, fault = ?, " +
  'updated_ms = ? WHERE id = ?';
const HEAD = 'SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1';

/** The journal in this store. It keeps nothing in memory, so a failure leaves nothing to mend. */
export function openJournal(store: Store): JournalStore {
  return {
    hubId: store.hubId,
    hashOf: hashOfCommand,
    commit: (commit) => stored(() => store.transaction((tx) => write(tx, commit))),
    read: (from, limit) => stored(() => read(store, from, limit)),
    entriesOf: (documents) => stored(() => entriesOf(store, documents)),
    verdicts: (asked) => stored(() => verdicts(store, asked)),
    numbersOf: (station) => stored(() => numbersOf(store, station)),
    verify: () => verifyJournal(store),
  };
}

async function stored<T>(act: () => Promise<T>): Promise<Stored<T>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    if (error instanceof StorageFailure) return { ok: false, failure: error };
    throw error;
  }
}

function write(tx: Transaction, { entries, commands }: Commit): void {
  let previous = headHash(tx);
  for (const entry of entries) {
    const row = entryRow(entry, previous);
    tx.run(INSERT_ENTRY, row.seq, row.at_ms, row.type, row.document, row.body, row.hash);
    previous = row.hash;
    writePosting(tx, entry);
  }
  for (const judged of commands) {
    const row = commandRow(judged);
    const values: SqlValue[] = [row.id, row.station, row.station_seq];
    tx.run(INSERT_COMMAND, ...values, row.payload_hash, row.verdict, row.seq);
  }
}

function headHash(tx: Transaction): string {
  const [head] = tx.all(HEAD);
  if (head === undefined) return GENESIS;
  if (typeof head === 'object' && head !== null && 'hash' in head) return String(head.hash);
  throw new StorageFailure('corrupt', 'the last entry of the journal has no hash');
}

/** The outbox row that an entry makes or finishes: the same fact, hence the same commit. */
function writePosting(tx: Transaction, { body, atMs }: JournalEntry): void {
  if (body.type === 'posting-cut') {
    const { id, marker, kind, document } = body.posting;
    tx.run(INSERT_POSTING, id, marker, kind, document, JSON.stringify(body.posting), atMs);
  }
  if (body.type === 'posting-settled') {
    const { outcome } = body;
    if (outcome.kind === 'posted') {
      const { exactId, documentNumber } = outcome;
      tx.run(POSTED, exactId, documentNumber, atMs, body.posting);
    } else {
      const fault = JSON.stringify(outcome.fault);
      tx.run(REJECTED, fault, atMs, body.posting);
    }
  }
}

async function read(store: Store, from: Seq, limit: number): Promise<readonly JournalEntry[]> {
  const rows = await store.db
    .selectFrom('entry')
    .select(['seq', 'at_ms', 'body'])
    .where('seq', '>=', from)
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(entryOf);
}

async function entriesOf(
  store: Store,
  documents: readonly string[],
): Promise<readonly JournalEntry[]> {
  const rows = await store.db
    .selectFrom('entry')
    .select(['seq', 'at_ms', 'body'])
    // One prepared statement for any number of them.
    .where(sql<boolean>`document IN (SELECT value FROM json_each(${JSON.stringify(documents)}))`)
    .orderBy('seq')
    .execute();
  return rows.map(entryOf);
}

async function verdicts(
  store: Store,
  asked: readonly { readonly id: CommandId; readonly hash: string }[],
): Promise<readonly StoredVerdict[]> {
  const idByRow = new Map<string, CommandId>();
  for (const { id, hash } of asked) {
    idByRow.set(rowId(id, hash, false), id);
    idByRow.set(rowId(id, hash, true), id);
  }
  const rows = await store.db
    .selectFrom('command')
    .select(['id', 'payload_hash', 'verdict'])
    .where('id', 'in', [...idByRow.keys()])
    .execute();
  return rows.flatMap((row) => {
    const id = idByRow.get(row.id);
    return id === undefined ? [] : [{ id, hash: row.payload_hash, verdict: verdictOf(row) }];
  });
}

async function numbersOf(store: Store, station: StationId): Promise<StationNumbers | undefined> {
  const row = await store.db
    .selectFrom('command')
    .select(({ fn }) => [fn.min('station_seq').as('first'), fn.max('station_seq').as('last')])
    .where('station', '=', station)
    .executeTakeFirst();
  if (row === undefined || row.first === null || row.last === null) return undefined;
  return { first: row.first, last: row.last };
}
