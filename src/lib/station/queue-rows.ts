// Who lives here: one row of the queue as it lies on the disk, and the check that reads it.
// Rows are ordered by `place`, which IndexedDB counts up itself; no clock has a say (I-09).

import type { Command, CommandState, Fault, Seq, Verdict } from '../domain/index.ts';
import { isFault } from '../domain/index.ts';
import { isRecord } from './database.ts';

/** What a person calls the command: taken from the screen that made it. */
export interface CommandLabel {
  readonly order: string;
  readonly itemCode?: string;
  readonly itemName?: string;
  readonly unit?: string;
}

/** A row before IndexedDB has given it its place. */
export interface NewRow {
  readonly command: Command;
  readonly label: CommandLabel;
  readonly status: 'waiting' | 'confirmed' | 'refused';
  /** The same as command.stationSeq; absent for a row numbered under a former identity. */
  readonly sendSeq?: number;
  readonly seq?: Seq;
  readonly fault?: Fault;
  readonly decidedAtMs?: number;
  /** How far Exact is with it. */
  readonly state?: CommandState;
  /** A refusal that no operator has been told yet. */
  readonly notice?: 'open';
}

export interface QueueRow extends NewRow {
  readonly place: number;
}

function isCommand(value: unknown): value is Command {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['station'] === 'string' &&
    typeof value['stationSeq'] === 'number' &&
    typeof value['session'] === 'string' &&
    isRecord(value['payload']) &&
    typeof value['payload']['type'] === 'string' &&
    typeof value['payload']['document'] === 'string'
  );
}

/** Whether this station wrote `value` as a queue row and nothing has eaten at it since. */
export function isQueueRow(value: unknown): value is QueueRow {
  return (
    isRecord(value) &&
    typeof value['place'] === 'number' &&
    isCommand(value['command']) &&
    isRecord(value['label']) &&
    ['waiting', 'confirmed', 'refused'].includes(String(value['status'])) &&
    (value['fault'] === undefined || isFault(value['fault']))
  );
}

/** The row once the hub has decided; `later` decides nothing and has no place here. */
export function decided(
  row: QueueRow,
  verdict: Exclude<Verdict, { kind: 'later' }>,
  nowMs: number,
): QueueRow {
  const common = { ...row, seq: verdict.seq, decidedAtMs: nowMs };
  if (verdict.kind === 'accepted') return { ...common, status: 'confirmed' };
  return { ...common, status: 'refused', fault: verdict.fault, notice: 'open' };
}

/** The row as if the hub had never answered, to be sent again under its old id. */
export function reopened(row: QueueRow): QueueRow {
  const {
    seq: _seq,
    fault: _fault,
    notice: _notice,
    decidedAtMs: _at,
    state: _state,
    ...rest
  } = row;
  return { ...rest, status: 'waiting' };
}

/** Nothing can happen to the goods of a command any more; what is booked may still go back. */
export function isFinal(state: CommandState | undefined): boolean {
  return state?.kind === 'undone';
}
