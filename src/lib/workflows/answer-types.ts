// Who lives here: the words for answers, the facts that a workflow names itself: their kinds, the
// options of their questions, and the fields of the screen where they are given.

import type { AskedFact, Brought, Condition, Label, Off, Role, Text } from './types.ts';

/** Answers are facts of the line that are named by their step, so that there may be several. */
export const ANSWER_KINDS = [
  ...(['reason', 'choice', 'text', 'number', 'yes-no', 'weight'] as const),
  'logisticUnit',
  'tote',
  'photo',
] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];
export type Answer = string | number | boolean;

/** Of a choice or a reason: the code that is recorded, and what operators read. */
export interface Choice {
  readonly value: string;
  readonly label: Label;
}

/** Options of a question; most mean something for some facts only. */
export interface AskOptions {
  /** What HELP says of the step, before the product's own words. */
  readonly help?: Label;
  /** choice, reason: what there is to choose from. */
  readonly of?: readonly Choice[];
  /** number: what it is measured in. */
  readonly unit?: string;
  /** number, weight: the least that may be answered. */
  readonly min?: number;
  /** quantity, number, weight: the most. text: characters. photo: how many. */
  readonly max?: Condition;
  /** number, weight: digits behind the point. */
  readonly decimals?: number;
  /** `scan`: nothing is typed; `type`: no scan answers it. */
  readonly by?: 'scan' | 'type';
  /** One tap passes it over. */
  readonly skip?: true;
  /** Seconds after which the station says that time is up. */
  readonly within?: number;
  /** show: once an order, not once a line. */
  readonly once?: 'document';
  /** call: the flow that it leads to, and what comes back from there; absent: all there is. */
  readonly call?: string;
  readonly bring?: readonly Brought[];
  /** tote: patterns of the codes of totes, `*` for anything. */
  readonly totes?: readonly string[];
  /** approval: whose badge says yes. */
  readonly role?: Role;
  /** approval: only asked of what goes over the order by more than its tolerance. */
  readonly over?: true;
  /** approval: only asked of a count that is farther off the books. */
  readonly off?: Off;
  /** approval: only asked of material that takes the place of what was planned. */
  readonly instead?: true;
  /** item: material that is not planned may take the place of some. */
  readonly substitute?: true;
}

/** Where an answer is given. */
export type AnswerInput =
  | { readonly fact: 'yes-no' | 'logisticUnit' | 'tote'; readonly value: string }
  | { readonly fact: 'text'; readonly value: string; readonly max: number }
  | {
      readonly fact: 'photo';
      readonly value: string;
      readonly max: number;
      /** Ids of those that were taken; the last one is on the screen, unless `live`. */
      readonly taken: readonly string[];
      /** The camera is on: the first one, or one more, is taken now. */
      readonly live: boolean;
    }
  | { readonly fact: 'choice' | 'reason'; readonly value: string; readonly of: readonly Choice[] }
  | {
      readonly fact: 'number' | 'weight';
      readonly value: string;
      readonly unit: string;
      readonly decimals: number;
      readonly min?: number;
      readonly max?: number;
    };

/** One fact of the line at work, as it stands beside it. */
export interface KnownFact {
  readonly fact: AskedFact;
  readonly text: string;
  /** A place that stayed from the line before: here the work goes on. */
  readonly stays?: true;
  /** Of an answer: the question, and the answer in words where the text is a code. */
  readonly name?: Text;
  readonly said?: Text;
}
