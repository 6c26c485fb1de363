// Who lives here: the words of the workflow room that its neighbours above need: what a compiled
// workflow is, what can happen to a dialogue, and what a dialogue shows. All of it is plain JSON,
// so that a session can be stored, sent, replayed and compared.

import type {
  CommandId,
  CommandPayload,
  CommandWord,
  ExceptionCode,
  Fault,
  Looked,
  OrderKind,
  OrderView,
  PostingWhen,
  Printed,
  Revision,
  Scan,
} from '../domain/index.ts';
import type { AskOptions } from './answer-types.ts';
import type { ScreenModel } from './screen-types.ts';

export { ANSWER_KINDS } from './answer-types.ts';
export type { Answer, AnswerKind, Choice, KnownFact } from './answer-types.ts';
export type * from './screen-types.ts';
export type { BackModel, TakenModel } from './undo-types.ts';

/** Languages that every text of a workflow file must come in. */
export const LANGUAGES = ['en', 'nl', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Label = Readonly<Record<Language, string>>;

/** So far a count may be off the books: the greater of a share of them and so many stock units. */
export interface Off {
  readonly share: number;
  readonly pieces: number;
}

/** A role of people, as the file calls it and as operators read it. */
export interface Role {
  readonly name: string;
  readonly label: Label;
}

/** Where a fault stands in workflows.yaml; lines and columns count from 1. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** What to write instead, when we can tell. */
  readonly hint?: string;
  /** A sequence of scans and presses that leads to the fault, for a proof that failed. */
  readonly path?: readonly string[];
}

/** `location` is the place of the goods, and where they come from when `to` says where they go. */
export const ASKED_FACTS = [
  'document',
  'item',
  'batch',
  'expiry',
  'serial',
  'quantity',
  'location',
  'to',
  'reason',
  'choice',
  'text',
  'number',
  'yes-no',
  'weight',
  'logisticUnit',
  'tote',
  'photo',
  'show',
  'call',
  'approval',
] as const;
export type AskedFact = (typeof ASKED_FACTS)[number];

/** Facts that a flow may bring back to the one that called it. */
export const BROUGHT = ['document', 'item', 'batch', 'expiry', 'serial', 'location'] as const;
export type Brought = (typeof BROUGHT)[number];

/** Another flow of the file that runs in between, and what comes back; absent: all there is. */
export interface Call {
  /** Its id. */
  readonly call: string;
  readonly bring?: readonly Brought[];
}

/** Kinds of work; what each is made of stands in runtime/actions.ts. */
export const ACTION_NAMES = [
  'goodsReceipt',
  'goodsDelivery',
  'packCheck',
  'materialIssue',
  'materialReturn',
  'shopOrderReceipt',
  'stockCount',
  'transfer',
  'replenish',
  'transferOut',
  'transferIn',
  'lookUp',
] as const;
export type Action = (typeof ACTION_NAMES)[number];

/** A condition as data: the closed part of CEL that conditions may use, parsed and type-checked. */
export type Condition =
  | { readonly op: 'literal'; readonly value: string | number | boolean }
  | { readonly op: 'get'; readonly path: readonly [string, string] }
  | { readonly op: 'not'; readonly of: Condition }
  | { readonly op: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | {
      readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*';
      readonly left: Condition;
      readonly right: Condition;
    }
  | { readonly op: 'in'; readonly value: Condition; readonly list: readonly Condition[] }
  | {
      readonly op: 'if';
      readonly test: Condition;
      readonly then: Condition;
      readonly else: Condition;
    }
  | {
      readonly op: 'startsWith' | 'endsWith' | 'contains';
      readonly of: Condition;
      readonly arg: Condition;
    };

export type Step =
  | ({
      readonly kind: 'ask';
      readonly id: string;
      readonly fact: AskedFact;
      readonly when?: Condition;
      /** serial: one scan a piece until the quantity is there. */
      readonly each?: 'quantity';
      /** quantity: what is proposed, a number of stock units. */
      readonly default?: Condition;
      /** quantity: share of the ordered quantity that may come over it. */
      readonly tolerance?: number;
      /** A place: where Exact keeps the item. A place or a batch: where an order's goods lie. */
      readonly suggest?: 'default-location' | 'source';
      /** What is shown must be scanned: OK and a touch do not take it. */
      readonly confirm?: 'scan';
      /** Nothing but what is suggested, where something is. */
      readonly only?: 'suggested';
      /** quantity: the goods scanned once more are counted in, or take what is proposed. */
      readonly again?: 'confirm';
      /** quantity: by scanning alone, by typing alone, or all that is open with one touch. */
      readonly count?: 'scan' | 'type' | 'all';
      /** A place that is shown: whoever says its check digits stands there. With `confirm`. */
      readonly check?: 'digits';
      /** quantity of a count: how far it may be off the books before it is counted once more. */
      readonly recount?: Off & { readonly other?: true };
      /** location: is a place that should be empty after a line really empty? */
      readonly zeroCheck?: true;
      /** item: ALL carries everything that lies in the place that is known. */
      readonly everything?: true;
      /** to: patterns of the codes of places that it may be, `*` for anything. */
      readonly places?: readonly string[];
      /** The warehouse's own words for the prompt; the product's words where absent. */
      readonly prompt?: Label;
    } & AskOptions)
  /** After confirm: the work is offered for closing, when the condition holds. */
  | { readonly kind: 'end'; readonly id: string; readonly when: Condition }
  /** A label or a packing list is asked for; nobody waits for it. */
  | {
      readonly kind: 'print';
      readonly id: string;
      readonly prints: Printed;
      readonly when?: Condition;
      /** How many; `quantity`: one for each stock unit. Absent: one. */
      readonly copies?: Condition | 'quantity';
    }
  | { readonly kind: 'confirm'; readonly id: string }
  | { readonly kind: 'repeat'; readonly id: string; readonly from: string };

/** One workflow of the file, checked, with its XState machine configuration. */
export interface CompiledWorkflow {
  readonly id: string;
  readonly revision: Revision;
  readonly label: Label;
  readonly icon: string;
  readonly action: Action;
  /** What it is done on; none for work that stands on its own. */
  readonly document?: OrderKind;
  /** The product leads through the lines of the order; absent: whoever works chooses. */
  readonly next?: 'sequence';
  /** How many orders may be worked on at once; absent: one. */
  readonly together?: number;
  /** Station name patterns, `*` for anything; empty: every station. */
  readonly stations: readonly string[];
  /** Only for these of them, by an override; the first workflow of an id that fits a station counts. */
  readonly only?: readonly string[];
  /** Only for whoever has one of these roles, by an override. */
  readonly onlyRoles?: readonly string[];
  /** Names of roles of which one is needed to start it; absent: anybody starts it. */
  readonly allowed?: readonly string[];
  readonly steps: readonly Step[];
  /** Flows that every question offers a detour to. */
  readonly detours?: readonly Call[];
  /** All that its steps and detours call, whole: a session keeps what it began with (I-12). */
  readonly calls?: readonly CompiledWorkflow[];
  readonly posting: PostingWhen;
  /** Roles that it asks for, in its questions or of whoever starts it; absent: none. */
  readonly roles?: readonly Role[];
  /** Exceptions that are switched on; absent in what was compiled before there were any. */
  readonly exceptions?: readonly ExceptionCode[];
  /** Configuration for `createMachine`: states, events and names of the closed vocabulary only. */
  readonly machine: unknown;
}

/** What can happen to a dialogue. `at` is the station's clock, for the expiry check only. */
export type DialogueEvent =
  | { readonly type: 'scan'; readonly scan: Scan }
  /** The code could not be read or means nothing here: `text` is what was read. */
  | { readonly type: 'misread'; readonly fault: Fault; readonly text: string }
  | { readonly type: 'enter'; readonly fact: AskedFact; readonly value: string }
  /**
   * A row was touched: the id of an order line, or of one of `choices`; of a problem an exception, a
   * remedy or a reason; of a message a remedy. Orders come as `open`.
   */
  | { readonly type: 'choose'; readonly id: string }
  | { readonly type: 'open'; readonly order: OrderView }
  /** The answer to `screen.search`: every open order that has one of them, at most twenty. */
  | { readonly type: 'found'; readonly orders: readonly OrderView[] }
  /** The answer to `screen.look.ask`; without one the hub is away. */
  | Looked
  | { readonly type: 'press'; readonly word: CommandWord }
  /** A badge was scanned where the screen asks for one (`screen.badge`): whose, by their id. */
  | { readonly type: 'badge'; readonly who: string; readonly roles: readonly string[] }
  /** The open document changed at the hub; own commands that it lacks are already counted in. */
  | { readonly type: 'order'; readonly order: OrderView }
  /** The hub refused one of this session's commands. */
  | { readonly type: 'refused'; readonly command: CommandId; readonly fault: Fault };

/** What the acting station gives with every event: its calendar date and the id for a command. */
export interface Acting {
  /** `yyyy-mm-dd` at the station. */
  readonly today: string;
  /** Fresh for every event; used if and only if the event makes a command. */
  readonly commandId: CommandId;
  /** Who is signed in: letters that mean the same person within this session and nothing outside. */
  readonly operator?: string;
}

/** A dialogue at rest. JSON; restored only into the same revision. */
export interface StoredState {
  readonly workflow: string;
  readonly revision: Revision;
  readonly snapshot: unknown;
}

export interface DraftedCommand {
  readonly id: CommandId;
  readonly payload: CommandPayload;
}

/** What the speaker and the frame of the screen say. Silence is `none`. */
export type Signal = 'none' | 'step' | 'green' | 'done' | 'error';

export interface DialogueStep {
  readonly state: StoredState;
  readonly screen: ScreenModel;
  readonly commands: readonly DraftedCommand[];
  readonly signal: Signal;
  /** The dialogue is over: `done` after FINISH, `cancelled` after CANCEL. */
  readonly ended?: 'done' | 'cancelled';
}
