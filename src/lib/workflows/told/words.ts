// Who lives here: the form of the words in which a workflow is told: explained step by step, drawn,
// and compared with what was done before. One file a language beside this one, as data; a missing
// word does not compile. `{name}` stands for what is put in.

import type { ExceptionCode, OrderKind, PostingWhen } from '../../domain/index.ts';
import type { VARIABLES } from '../runtime/index.ts';
import type { Action, AskedFact, Condition } from '../types.ts';

type Variables = typeof VARIABLES;
/** `item.tracking`, `line.open` …: all that a condition may ask for. */
export type VariableName = {
  [Name in keyof Variables]: `${Name}.${Extract<keyof Variables[Name], string>}`;
}[keyof Variables];

/** Operators between two values, or on one, that have a phrase of their own. */
type Phrased = Exclude<Condition['op'], 'literal' | 'get' | 'in'>;

/** How conditions are said; phrases read on behind “only if”. */
export interface ConditionWords {
  readonly onlyIf: string;
  readonly variables: Readonly<Record<VariableName, string>>;
  /** True or false by itself: the phrase, and the phrase for the opposite. */
  readonly facts: Readonly<
    Record<
      | 'item.hasExpiry'
      | 'item.fractions'
      | 'warehouse.usesLocations'
      | 'tracking.none'
      | 'tracking.batch'
      | 'tracking.serial',
      readonly [string, string]
    >
  >;
  /** `{a}` and `{b}`; `if` has `{test}`, `{then}` and `{else}`. */
  readonly operators: Readonly<Record<Phrased, string>>;
  /** `{a}` and `{list}`. */
  readonly in: string;
  readonly yes: string;
  readonly no: string;
}

export interface StepWords {
  /** What each question is called, and with its article in the middle of a sentence. */
  readonly facts: Readonly<Record<AskedFact, readonly [string, string]>>;
  readonly document: string;
  readonly itemOnOrder: string;
  readonly item: string;
  readonly itemLookedUp: string;
  readonly batch: string;
  readonly expiry: string;
  readonly serialEach: string;
  /** Without an order nothing is open. */
  readonly serialEachFree: string;
  /** Of a count: the place, scanned again. */
  readonly emptyAgain: string;
  /** Of a count. */
  readonly serialAll: string;
  readonly serial: string;
  readonly quantity: string;
  readonly locationIn: string;
  readonly locationOut: string;
  readonly locationCount: string;
  readonly to: string;
  /** `{choices}`. */
  readonly choice: string;
  readonly reason: string;
  readonly text: string;
  readonly number: string;
  readonly 'yes-no': string;
  readonly weight: string;
  readonly logisticUnit: string;
  /** `{totes}`. */
  readonly tote: string;
  readonly photo: string;
  readonly show: string;
  /** `{flow}`. */
  readonly call: string;
  /** `{facts}`, with their articles. */
  readonly brings: string;
  /** `{value}`. */
  readonly atLeast: string;
  readonly atMost: string;
  readonly onlyScanned: string;
  readonly onlyTyped: string;
  readonly skip: string;
  readonly once: string;
  /** `{seconds}`. */
  readonly within: string;
  readonly end: readonly [string, string];
  /** `{value}`. */
  readonly proposed: string;
  readonly proposedScanned: string;
  readonly blind: string;
  /** `{percent}`. */
  readonly over: string;
  readonly never: string;
  /** Of what comes back. */
  readonly neverIssued: string;
  readonly suggestCameFrom: string;
  readonly suggestIssued: string;
  readonly suggestDefault: string;
  readonly suggestPlace: string;
  readonly suggestBatch: string;
  /** The line, place or batch that is shown must be scanned. */
  readonly confirmScan: string;
  readonly confirmItem: string;
  readonly onlySuggested: string;
  readonly skipLine: string;
  readonly againConfirm: string;
  readonly countScan: string;
  readonly countType: string;
  readonly countAll: string;
  readonly zeroCheck: string;
  readonly everything: string;
  readonly places: string;
  readonly checkDigits: string;
  /** `{prompt}`. */
  readonly prompt: string;
  readonly confirm: readonly [string, string];
  /** `{step}`. */
  readonly repeat: readonly [string, string];
  /** `{facts}`: the places that stay, with their articles. */
  readonly stays: string;
  readonly known: string;
}

export interface FlowWords {
  readonly actions: Readonly<Record<Action, string>>;
  readonly orders: Readonly<Record<OrderKind, string>>;
  /** `{order}`. */
  readonly onOrder: string;
  /** `{count}`. */
  readonly together: string;
  readonly withoutOrder: string;
  /** The product says which line is next. */
  readonly led: string;
  /** `{flow}`. */
  readonly detour: string;
  readonly everywhere: string;
  /** `{names}`. */
  readonly stations: string;
  readonly steps: string;
  readonly ways: string;
  readonly back: string;
  readonly cancel: string;
  readonly undo: string;
  readonly finish: string;
  readonly finishWork: string;
  /** `{names}`: exceptions, as they are called here. */
  readonly problem: string;
  readonly messages: string;
  readonly exceptions: Readonly<Record<ExceptionCode, string>>;
  readonly repeat: string;
  readonly posting: Readonly<Record<PostingWhen, string>>;
  readonly nothingPosted: string;
}

export interface DrawWords {
  readonly otherwise: string;
  readonly nextLine: string;
  readonly home: string;
  readonly done: string;
  /** What leads to the end, on its arrow. */
  readonly finish: string;
  readonly cancel: string;
}

/** Part of a command that can differ. */
export type CommandPart =
  'kind' | 'order' | 'item' | 'quantity' | 'batch' | 'expiry' | 'serials' | 'place' | 'other';

/** Of one, behind its name; of many, with `{count}`. `{what}` where it says so. */
export type Counted = readonly [string, string];

export interface TapeWords {
  readonly works: Readonly<Record<Action, string>>;
  readonly mixed: string;
  /** `{same}`, `{all}`, `{works}`. */
  readonly same: string;
  readonly nothing: string;
  /** `{what}`: a fact with its article. */
  readonly asksMore: Counted;
  readonly asksLess: Counted;
  readonly asksElsewhere: Counted;
  readonly refuses: Counted;
  readonly takes: Counted;
  readonly booksMore: Counted;
  readonly booksLess: Counted;
  /** `{what}`: one of `parts`. */
  readonly booksOther: Counted;
  readonly parts: Readonly<Record<CommandPart, string>>;
  readonly otherTolerance: Counted;
  readonly otherPosting: Counted;
  readonly ends: Counted;
  readonly gone: Counted;
  readonly cut: Counted;
  readonly untold: Counted;
}

export interface Words {
  readonly condition: ConditionWords;
  readonly step: StepWords;
  readonly flow: FlowWords;
  readonly tape: TapeWords;
  /** A comma or a point in `1.5`, and what stands before a percent sign. */
  readonly decimal: string;
  readonly percent: string;
}

/** Puts `data` in where `{name}` stands. */
export function put(template: string, data: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

/** One step in words. */
export interface ToldStep {
  readonly name: string;
  /** “only if …”; absent: always. */
  readonly only?: string;
  readonly sentences: readonly string[];
}
