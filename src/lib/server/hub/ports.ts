// Who lives here: what the hub needs of other rooms, in its own words. Rooms on one floor do not
// know each other; the composition root hands the journal and the projection in.

import type {
  Command,
  CommandId,
  LookAnswer,
  LookQuestion,
  Seq,
  StationId,
  Verdict,
} from '../../domain/index.ts';
import type { JournalEntry } from '../../ledger/index.ts';
import type {
  ReplicaPage,
  StateOfCommand,
  TapeMessage,
  TapeVerdict,
  WorkflowSet,
} from '../../protocol/index.ts';

/** A verdict that is final, and durable with its entries. */
export type FinalVerdict = Extract<Verdict, { kind: 'accepted' | 'refused' }>;

/** A command with its verdict, on its way into the journal. */
export interface JudgedCommand {
  readonly command: Command;
  readonly hash: string;
  readonly verdict: FinalVerdict;
  /** It uses up its station's number. */
  readonly counts: boolean;
  /** Its id belongs to another command. */
  readonly idReused: boolean;
}

/** What was said to a command before. */
export interface StoredVerdict {
  readonly id: CommandId;
  readonly hash: string;
  readonly verdict: FinalVerdict;
}

/** The numbers that a station's commands have used up, from `first` to `last`. */
export interface StationNumbers {
  readonly first: number;
  readonly last: number;
}

/** Why the disk did not do it. */
export interface StorageTrouble {
  readonly kind: string;
  readonly message: string;
}

/** What became of something that needs the disk. */
export type Stored<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: StorageTrouble };

/** The journal, as the writer uses it. Entries, verdicts and postings go in together (I-05). */
export interface JournalPort {
  hashOf(command: Command): string;
  commit(commit: {
    readonly entries: readonly JournalEntry[];
    readonly commands: readonly JudgedCommand[];
  }): Promise<Stored<void>>;
  read(from: Seq, limit: number): Promise<Stored<readonly JournalEntry[]>>;
  /** Every entry about these documents, in order. */
  entriesOf(documents: readonly string[]): Promise<Stored<readonly JournalEntry[]>>;
  verdicts(
    asked: readonly { readonly id: CommandId; readonly hash: string }[],
  ): Promise<Stored<readonly StoredVerdict[]>>;
  numbersOf(station: StationId): Promise<Stored<StationNumbers | undefined>>;
}

/** What stations ask of the hub beyond its writer. A rejected promise becomes `hub.storage`. */
export interface HubPorts {
  /** Rows with a version above `after`, oldest first, at most LIMITS.replicaPageRows. */
  replicaPage(after: number): ReplicaPage | Promise<ReplicaPage>;
  replicaVersion(): number;
  /** What lies where, at most LIMITS.lookRows. */
  look(ask: LookQuestion): LookAnswer | Promise<LookAnswer>;
  /** Revision of the workflow set in force. */
  workflowSet(): string;
  workflows(): WorkflowSet | Promise<WorkflowSet>;
  /** Ids that nobody knows are left out of the answer. */
  statesOf(
    ids: readonly CommandId[],
  ): readonly StateOfCommand[] | Promise<readonly StateOfCommand[]>;
  /** A recorded session; it may come more than once. A rejected promise becomes `later`. */
  tape(tape: TapeMessage): Promise<TapeVerdict>;
}

/** Something that a person should know of; the composition root logs it. */
export type HubAlarm =
  | { readonly kind: 'storage'; readonly trouble: StorageTrouble }
  | { readonly kind: 'recovered' }
  | { readonly kind: 'id-reused' | 'number-taken'; readonly command: Command }
  | { readonly kind: 'bad-message'; readonly event: string; readonly reason: string }
  /** The program is at fault; the act that showed it was stopped. */
  | { readonly kind: 'broken'; readonly error: unknown };
