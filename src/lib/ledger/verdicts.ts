// Who lives here: the form of a decision: entries in order, by whom, and the verdict on the command.

import type { Command, Fault, Seq } from '../domain/index.ts';
import type { DecisionContext } from './cut.ts';
import type { Actor, Decision, EntryBody, JournalEntry } from './types.ts';

/** The decision that refuses a command, whatever it asked for. */
export function refusal(
  command: Command,
  because: Fault,
  context: Pick<DecisionContext, 'nowMs' | 'nextSeq'>,
): Decision {
  const body: EntryBody = {
    type: 'command-refused',
    by: actorOf(command),
    payload: command.payload,
    fault: because,
  };
  return {
    entries: [entry(context.nextSeq, context, body)],
    verdict: { kind: 'refused', seq: context.nextSeq, fault: because },
  };
}

export function accepted(entries: readonly JournalEntry[], seq: Seq): Decision {
  return { entries, verdict: { kind: 'accepted', seq } };
}

export function entry(
  seq: Seq,
  { nowMs }: Pick<DecisionContext, 'nowMs'>,
  body: EntryBody,
): JournalEntry {
  return { seq, atMs: nowMs, body };
}

export function actorOf(command: Command): Actor {
  return {
    command: command.id,
    station: command.station,
    stationSeq: command.stationSeq,
    operator: command.operator,
    session: command.session,
  };
}
