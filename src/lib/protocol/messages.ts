// Who lives here: the words on the wire between station and hub, both sides, versioned. Terms:
// a station says `hello` first; it asks with an acknowledged message; the hub pokes with `changed`
// and `states`, which may be lost, because the station asks again whenever it connects.

import type {
  Command,
  CommandId,
  CommandState,
  Fault,
  ItemView,
  LocationView,
  LookAnswer,
  LookQuestion,
  OrderView,
  PersonView,
  Seq,
  SessionId,
  StationId,
  Verdict,
  WarehouseView,
} from '../domain/index.ts';

/** Raised by one whenever a message changes its meaning; the hub refuses other numbers by name. */
export const PROTOCOL = 3;

export interface Hello {
  readonly protocol: number;
  readonly station: { readonly id: StationId; readonly name: string };
}

export type Welcome =
  | {
      readonly ok: true;
      readonly protocol: number;
      /** Made when the hub's database was made: another one means another journal. */
      readonly hubId: string;
      readonly seq: Seq;
      readonly replicaVersion: number;
      /** Revision of the whole workflow set that is in force. */
      readonly workflowSet: string;
      /** This hub takes the message `tape`; one that does not say so knows it not. */
      readonly tapes?: true;
    }
  | { readonly ok: false; readonly fault: Fault };

interface RowBase {
  readonly id: string;
  /** Grows with every change of any row; the cursor of the replica. */
  readonly version: number;
  /** Normalised look-up keys (see scan/keys): `gtin:08712345678906`, `code:A-01-1`. */
  readonly keys: readonly string[];
}

/** One row of master data or one open order, as the hub sees it. A null body: it is gone. */
export type ReplicaRow =
  | (RowBase & { readonly kind: 'item'; readonly body: ItemView | null })
  | (RowBase & { readonly kind: 'location'; readonly body: LocationView | null })
  | (RowBase & { readonly kind: 'warehouse'; readonly body: WarehouseView | null })
  | (RowBase & { readonly kind: 'order'; readonly body: OrderView | null })
  /** Its one key is that of the person's badge: see badge.ts. */
  | (RowBase & { readonly kind: 'person'; readonly body: PersonView | null });

export interface ReplicaPage {
  readonly rows: readonly ReplicaRow[];
  /** Ask for `after: version` next. */
  readonly version: number;
  readonly complete: boolean;
}

export interface Changed {
  readonly replicaVersion: number;
  readonly workflowSet: string;
}

export interface StateOfCommand {
  readonly id: CommandId;
  readonly state: CommandState;
}

/** Every acknowledged answer is the value, or the fault that kept the hub from giving one. */
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault };

/** One recorded session. Its id makes the message one that may come twice. */
export interface TapeMessage {
  readonly session: SessionId;
  /** One line of JSON (workflows/runtime/tape.ts), as gzip; at most `LIMITS.tapePackedBytes`. */
  readonly gzip: Uint8Array;
  /** Tapes that this station lost and told nobody of. */
  readonly lost: number;
}

/** `kept`: now or before. `refused`: it never will be; the station forgets it. */
export type TapeVerdict =
  | { readonly kind: 'kept' }
  | { readonly kind: 'refused'; readonly fault: Fault }
  | { readonly kind: 'later'; readonly afterMs: number };

/** socket.io event maps. `CompiledWorkflow[]` travels as plain JSON; the station knows its type. */
export interface StationToHub {
  hello: (hello: Hello, answer: (welcome: Welcome) => void) => void;
  command: (command: Command, answer: (verdict: Verdict) => void) => void;
  replica: (ask: { after: number }, answer: (page: Answer<ReplicaPage>) => void) => void;
  workflows: (ask: Record<string, never>, answer: (list: Answer<WorkflowSet>) => void) => void;
  look: (ask: LookQuestion, answer: (found: Answer<LookAnswer>) => void) => void;
  states: (
    ask: { ids: readonly CommandId[] },
    answer: (states: Answer<readonly StateOfCommand[]>) => void,
  ) => void;
  tape: (tape: TapeMessage, answer: (verdict: TapeVerdict) => void) => void;
}

export interface WorkflowSet {
  readonly workflowSet: string;
  readonly workflows: readonly unknown[];
}

export interface HubToStation {
  changed: (changed: Changed) => void;
  states: (states: readonly StateOfCommand[]) => void;
}
