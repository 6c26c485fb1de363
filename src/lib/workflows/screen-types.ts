// Who lives here: what a dialogue shows, as plain JSON: the words of types.ts that screens are made of.

import type { CommandWord, Fault, LookQuestion, LookView } from '../domain/index.ts';
import type { AnswerInput, KnownFact } from './answer-types.ts';
import type { AskedFact, CompiledWorkflow, Label, Role } from './types.ts';
import type { BackModel, TakenModel } from './undo-types.ts';

type Data = Readonly<Record<string, string | number>>;
/**
 * A sentence: from the product's catalogue by key, or the warehouse's own words, where `data` fills
 * holes such as `{item.code}`.
 */
export type Text =
  { readonly key: string; readonly data?: Data } | { readonly label: Label; readonly data?: Data };

/** One of the orders that are open at once. */
export interface OrderModel {
  readonly id: string;
  readonly number: string;
  readonly partner: string;
  /** Its number on the cart, from 1; stays while the work goes on. */
  readonly tote: number;
  /** Code of the tote that its goods are put into, once one was scanned. */
  readonly code?: string;
  /** Nothing of it is open. */
  readonly complete: boolean;
  /** The line at work is of it. */
  readonly current?: true;
}

export interface LineModel {
  readonly id: string;
  /** The number on the cart of its order; absent while only one is open. */
  readonly tote?: number;
  readonly itemCode: string;
  readonly itemName: string;
  readonly unit: string;
  readonly ordered: number;
  readonly done: number;
  readonly state: 'open' | 'partial' | 'complete' | 'over';
  /** The line at work, or the one that just turned green. */
  readonly focus?: 'current' | 'just-done' | 'next';
}

/** The line that the product proposes to do next, and where its goods lie. */
export interface NextModel {
  readonly line: string;
  /** The number on the cart of its order; absent while only one is open. */
  readonly tote?: number;
  readonly itemCode: string;
  readonly itemName: string;
  readonly unit: string;
  /** What is open of it, in stock units. */
  readonly quantity: number;
  readonly place?: string;
  readonly batch?: string;
}

export type InputModel =
  | {
      readonly fact: 'quantity';
      readonly value: string;
      readonly unit: string;
      /** Absent: of a problem, about which no order says how many there can be. */
      readonly max?: number;
    }
  | { readonly fact: 'expiry'; readonly value: string }
  | AnswerInput
  | {
      readonly fact: 'batch' | 'serial' | 'location' | 'to' | 'item' | 'document';
      readonly value: string;
    };

/** One answer that a screen offers to be touched. */
export interface ChoiceModel {
  /** What `choose` says when it is touched. */
  readonly id: string;
  /** A name as it is (of an item, a batch, a place), or a sentence. */
  readonly name: string | Text;
  /** What tells it from the others, small, below its head. */
  readonly about: readonly Text[];
  /** What OK takes. */
  readonly proposed?: true;
}

export interface ActionModel {
  readonly word: CommandWord;
  readonly tone: 'primary' | 'plain' | 'danger';
  /** A key of the catalogue, where the word itself says too little here, and what it needs. */
  readonly key?: string;
  readonly data?: Data;
}

/** A large row or button: touched, it comes back as `choose`. */
export interface WayModel {
  readonly id: string;
  readonly text: Text;
  /** What kind of thing it is: each has its own outline and colour. */
  readonly kind: 'exception' | 'remedy' | 'reason' | 'goods';
}

export interface MessageModel {
  readonly tone: 'good' | 'warning' | 'error';
  readonly fault?: Fault;
  readonly text?: Text;
  /** What was read, shown so that the operator can compare it with the label. */
  readonly read?: string;
  /** The fault is an exception: its remedies, each one touch. */
  readonly remedies?: readonly WayModel[];
}

/** Something that is looked up: what it is, where it lies, what is planned. */
export type LookModel = LookView<LineModel>;

/** A flow that a question offers to run in between. */
export interface DetourModel {
  /** What `choose` says when it is touched. */
  readonly id: string;
  readonly label: Label;
  readonly icon: string;
}

/** A flow runs in between: what waits for it, and what is worked on meanwhile. */
export interface BetweenModel {
  /** The flow that waits, and the number of its order. */
  readonly from: Label;
  readonly order?: string;
  /** Ids of the orders that stay open there. */
  readonly behind: readonly string[];
  /** The work of the flow in between: which orders it is done on. */
  readonly work: Pick<CompiledWorkflow, 'action' | 'document'>;
}

/** Everything a kiosk shows of a dialogue: few words, one action. Rendered without thinking. */
export interface ScreenModel {
  readonly view: 'choose-order' | 'ask' | 'close' | 'undo' | 'reverse' | 'problem' | 'ended';
  /** Id of the step it belongs to, `done` or `cancelled` at the end. */
  readonly step: string;
  /** The fact that is asked; absent where something is only shown (lookUp). */
  readonly asks?: AskedFact;
  /** choose-order: the station must look up the open orders with any of these items and answer `found`. */
  readonly search?: { readonly items: readonly string[] };
  /** choose-order: show only these orders. */
  readonly only?: readonly string[];
  readonly title: Text;
  /** The one thing to do now. */
  readonly prompt: Text;
  readonly document?: { readonly id: string; readonly number: string; readonly partner: string };
  /** All open orders, where they are several; `document` is then the one at work. */
  readonly orders?: readonly OrderModel[];
  readonly lines?: readonly LineModel[];
  /** undo: the lines that can be taken back, the newest first. */
  readonly taken?: readonly TakenModel[];
  /** reverse: what OK does. */
  readonly back?: BackModel;
  /** The item at work, large. */
  readonly item?: { readonly code: string; readonly name: string; readonly unit: string };
  readonly known: readonly KnownFact[];
  /** Serials: how many are there and how many are open. */
  readonly count?: { readonly done: number; readonly of: number };
  /** Few answers are possible: one is touched, or scanned. The proposed one is first. */
  readonly choices?: readonly ChoiceModel[];
  /** lookUp: what was scanned, in full. */
  readonly look?: LookModel;
  /** A count is held against the books without their being shown: the station asks as for `look`. */
  readonly books?: { readonly ask: LookQuestion; readonly state: LookModel['state'] };
  /** What OK takes: the code of a place, or a batch. */
  readonly suggestion?: string;
  /** What is shown must be scanned: OK does not take it. */
  readonly confirm?: 'scan';
  /** The line to do next, where the product leads. */
  readonly next?: NextModel;
  readonly input?: InputModel;
  /** It can't be typed, or not be scanned. */
  readonly by?: 'scan' | 'type';
  /** Seconds after which the station says, calmly, that time is up. Nothing else happens then. */
  readonly within?: number;
  /** A badge of somebody with this role is asked: its scan is the answer, and signs nobody in. */
  readonly badge?: Role;
  /** What HELP says of this step in the warehouse's words. */
  readonly helpText?: Text;
  /** Flows that may run in between, each one touch. */
  readonly detours?: readonly DetourModel[];
  /** This screen is of a flow that runs in between. */
  readonly detour?: BetweenModel;
  /** problem: what may be touched. */
  readonly ways?: readonly WayModel[];
  readonly actions: readonly ActionModel[];
  readonly message?: MessageModel;
  /** What was asked to be printed last; PRINT asks for it once more. */
  readonly labels?: readonly Text[];
  /** HELP was pressed: show what this step wants and which commands there are. */
  readonly help?: boolean;
}
