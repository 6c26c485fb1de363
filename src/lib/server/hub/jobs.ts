// Who lives here: what can stand in the writer's queue, and how each hears what became of it.

import { assert, fault, LIMITS } from '../../domain/index.ts';
import type { Command, Verdict } from '../../domain/index.ts';
import type { DecisionContext, JournalEntry, World } from '../../ledger/index.ts';
import type { Ruling } from './draft.ts';
import type { Stored, StorageTrouble } from './ports.ts';

export type Job =
  | {
      readonly kind: 'command';
      readonly command: Command;
      readonly hash: string;
      readonly done: (verdict: Verdict) => void;
      readonly broken: (error: unknown) => void;
    }
  | {
      readonly kind: 'record';
      readonly build: (world: World, context: DecisionContext) => readonly JournalEntry[];
      readonly done: (stored: Stored<readonly JournalEntry[]>) => void;
      readonly broken: (error: unknown) => void;
    }
  | {
      readonly kind: 'recall';
      readonly documents: readonly string[];
      readonly done: (stored: Stored<void>) => void;
      readonly broken: (error: unknown) => void;
    }
  | {
      readonly kind: 'world';
      readonly change: (world: World) => World;
      readonly done: () => void;
      readonly broken: (error: unknown) => void;
    };

/** The document that a job is about, where it must be in memory. */
export function documentsOf(job: Job): readonly string[] {
  if (job.kind === 'recall') return job.documents;
  return job.kind === 'command' ? [job.command.payload.document] : [];
}

export type CommandJob = Extract<Job, { kind: 'command' }>;

/** An answer that waits for the commit. */
export interface Waiting {
  settle(outcome: Stored<void>): void;
}

/** I-16: nothing is called accepted that is not on the disk. */
export function verdictAfter(ruling: Ruling, outcome: Stored<void>): Verdict {
  if (outcome.ok || ruling.stands) return ruling.verdict;
  return { kind: 'later', afterMs: LIMITS.hubStorageMs, fault: storageFault(outcome.failure) };
}

function storageFault(trouble: StorageTrouble) {
  return fault('hub.storage', { kind: trouble.kind });
}

export function putOff(job: Exclude<Job, { kind: 'world' }>): Waiting {
  const settle = (outcome: Stored<void>) => {
    assert(!outcome.ok, 'only a failing disk puts off a whole batch');
    if (job.kind === 'record' || job.kind === 'recall') job.done(outcome);
    else job.done(verdictAfter({ verdict: NEVER, stands: false }, outcome));
  };
  return { settle };
}

const NEVER: Verdict = { kind: 'later', afterMs: LIMITS.hubStorageMs, fault: fault('hub.storage') };
