// Who lives here: what the hub's one writer offers to the other rooms, and what it needs of them.

import type { Clock, Command, Random, Verdict } from '../../domain/index.ts';
import type { DecisionContext, JournalEntry, World } from '../../ledger/index.ts';
import type { HubAlarm, JournalPort, Stored, StorageTrouble } from './ports.ts';

export interface WriterParts {
  readonly journal: JournalPort;
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (alarm: HubAlarm) => void;
  /** Whether Exact's calls are scarce now, so that lines that may wait do; absent: never. */
  readonly bundle?: () => boolean;
}

/** Hears what became durable, in order, with the world that has seen it. */
export type CommitListener = (entries: readonly JournalEntry[], world: World) => void;

export interface Writer {
  /**
   * The verdict, once it is durable. `later` when the disk fails, earlier commands are missing, or
   * too much waits. Rejects when the program itself is at fault (BrokenLaw); others go on.
   */
  submit(command: Command): Promise<Verdict>;
  /** Entries that no command causes, built on the newest world; [] builds nothing. */
  record(
    build: (world: World, context: DecisionContext) => readonly JournalEntry[],
  ): Promise<Stored<readonly JournalEntry[]>>;
  /** Lets the mirror change what it says of orders, between two commits. */
  withWorld(change: (world: World) => World): Promise<void>;
  /**
   * Brings documents back into memory that were settled long ago; those that are there stay, at
   * least LIMITS.documentRecalledMs from now. Fails only when the journal cannot be read.
   */
  recall(documents: readonly string[]): Promise<Stored<void>>;
  /** The world as it is durable. */
  world(): World;
  /** Calls back after every commit; the answer ends it. */
  onCommitted(listener: CommitListener): () => void;
  /** What the disk said at the last try; undefined: all is well. */
  trouble(): StorageTrouble | undefined;
  /** Finishes what waits; afterwards every command is put off. */
  close(): Promise<void>;
}
