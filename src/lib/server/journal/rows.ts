// Who lives here: the form in which entries and verdicts lie in the database, both ways.

import type { Command, CommandId, Verdict } from '../../domain/index.ts';
import { documentOf } from '../../ledger/index.ts';
import type { EntryBody, JournalEntry } from '../../ledger/index.ts';
import type { CommandRow, EntryRow } from '../store/index.ts';
import { canonical, sha256 } from './canonical.ts';

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64);

/** A verdict that is final, and durable with the entries that it caused. */
export type FinalVerdict = Extract<Verdict, { kind: 'accepted' | 'refused' }>;

/** A command with its verdict, as it goes into the journal. */
export interface JudgedCommand {
  readonly command: Command;
  /** `hashOf(command)`. */
  readonly hash: string;
  readonly verdict: FinalVerdict;
  /** It uses up its station's number. */
  readonly counts: boolean;
  /** Its id belongs to another command: kept under its id and hash. */
  readonly idReused: boolean;
}

/** A verdict as it was first given. */
export interface StoredVerdict {
  readonly id: CommandId;
  readonly hash: string;
  readonly verdict: FinalVerdict;
}

/**
 * What makes two commands the same: all that they say. Not who carries them: a station that met
 * another hub, or one restored from a backup, sends what it still holds under a new name and number.
 */
export function hashOfCommand(command: Command): string {
  const { station: _station, stationSeq: _number, ...said } = command;
  return sha256(canonical(said));
}

/** The row of an entry that follows on the entry with hash `previous`. */
export function entryRow(entry: JournalEntry, previous: string): EntryRow {
  const row = {
    seq: entry.seq,
    at_ms: entry.atMs,
    type: entry.body.type,
    document: documentOf(entry),
    body: canonical(entry.body),
  };
  return { ...row, hash: chainHash(row, previous) };
}

/** Every column is under the hash, and with it everything before. */
export function chainHash(row: Omit<EntryRow, 'hash'>, previous: string): string {
  const { seq, at_ms, type, document, body } = row;
  return sha256(`${previous}\n${seq}\n${at_ms}\n${type}\n${document}\n${body}`);
}

/** The entry in a row that `chainHash` vouches for, hence the cast: we wrote it ourselves. */
export function entryOf(row: Pick<EntryRow, 'seq' | 'at_ms' | 'body'>): JournalEntry {
  return { seq: row.seq, atMs: row.at_ms, body: JSON.parse(row.body) as EntryBody };
}

/** The key of a command's row. */
export function rowId(id: CommandId, hash: string, idReused: boolean): string {
  return idReused ? `${id}#${hash}` : id;
}

export function commandRow(judged: JudgedCommand): CommandRow {
  const { command, hash, verdict, counts, idReused } = judged;
  return {
    id: rowId(command.id, hash, idReused),
    station: command.station,
    station_seq: counts ? command.stationSeq : null,
    payload_hash: hash,
    verdict: canonical(verdict),
    seq: verdict.seq,
  };
}

/** The verdict in a row: written by `commandRow`, hence the cast. */
export function verdictOf(row: Pick<CommandRow, 'verdict'>): FinalVerdict {
  return JSON.parse(row.verdict) as FinalVerdict;
}
