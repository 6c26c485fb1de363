// Who lives here: the words for one step of a posting: one call that changes something in Exact,
// what its answer holds, and how it is recognised there when the answer was lost.
//
// Terms: entity (one of Exact's lists), look (one question that finds a step again), likeness (a
// document without a text field is known by its order, quantity, place and time).

import type { Clock } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import type { ExactClient } from '../http.ts';
import type { Sent, StepResult } from './outcomes.ts';
import type { ReadableLists } from './readable.ts';

/** One of Exact's lists, as far as our documents in it go. Names are Exact's own. */
export interface Entity {
  /** Relative to the division. */
  readonly path: string;
  readonly key: string;
  /** What a person looks for in Exact; null where the entity has nothing of the kind. */
  readonly number: string | null;
  readonly created: 'Created' | 'CreatedDate';
  /** The text field that carries our marker; null where there is none. */
  readonly marker: string | null;
}

/** What a body needs that the posting does not hold. */
export interface PostingFacts {
  /** Stock units in one purchase unit, by order line; lines that are not known are left out. */
  purchaseUnitFactors(lineIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** When the mirror last read this list without trouble; 0 for never. */
  readAtMs?(list: 'PurchaseOrders'): Promise<number>;
  /** How a sales order is to be shipped: Exact does not take it over by itself (§8). */
  shippingMethod?(salesOrder: string): Promise<string | undefined>;
}

/** What a step may use while its body is made. */
export interface Desk {
  readonly client: ExactClient;
  readonly facts: PostingFacts;
  readonly clock: Clock;
  /** Whether an empty list may be believed. */
  readonly readable: ReadableLists;
  /** When this step was first to be sent. */
  readonly sinceMs: number;
}

export type Body = Readonly<Record<string, unknown>>;

/** The body; or why there is none, or that none is needed: nothing has been sent. */
export type Made =
  | {
      readonly kind: 'body';
      readonly body: Body;
      /** Goes with its result (`StepResult.whole`). */
      readonly whole?: true;
      /** The row that it changes, e.g. `…/Plans(guid'…')`; absent: it makes one. */
      readonly at?: string;
    }
  | Extract<Sent, { readonly kind: 'not-applied' | 'rejected' | 'done' }>;

export interface Look {
  readonly entity: Entity;
  /** The narrow question; where Exact refuses it, the recent rows are compared instead (§13.3). */
  readonly filter: string;
  /** Fields that `is` needs, besides the entity's own. */
  readonly fields: readonly string[];
  /** Compared here whatever the filter was; text compares after trimming. */
  readonly is: (row: Row, sinceMs: number) => boolean;
  /** Known by likeness only: what other postings of ours have as theirs is none of this one's. */
  readonly byLikeness?: true;
  /** What the step left, where that is not the row that tells of it. */
  readonly as?: StepResult;
}

export interface Step {
  /** Where it is posted, relative to the division. */
  readonly path: string;
  /** For a person: `draft of batch L1`. */
  readonly what: string;
  readonly make: (desk: Desk, done: readonly StepResult[]) => Promise<Made>;
  /** Reads the answer's first row; undefined when it does not say enough. */
  readonly read: (row: Row | undefined, done: readonly StepResult[]) => StepResult | undefined;
  /** Asked one after another until one finds it. At least one: without it there is no I-03. */
  readonly looks: (done: readonly StepResult[]) => readonly [Look, ...Look[]];
  /** Whether what it makes is reckoned from what Exact shows. */
  readonly reckons?: (done: readonly StepResult[]) => boolean;
  /** Whether Exact lets us DELETE what it made. */
  readonly removable: boolean;
  /** Exact refuses to do it a second time: a refusal may only mean that it is done already. */
  readonly lookOnRefusal?: true;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A guid field in lower case, or undefined. */
export function guidIn(row: Row | undefined, field: string): string | undefined {
  const value = row?.[field];
  return typeof value === 'string' && GUID.test(value) ? value.toLowerCase() : undefined;
}

/** A text field without the blanks that Exact pads with; empty for anything else. */
export function textIn(row: Row, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value.trim() : '';
}

/** The document number that a row shows; null where the entity has none or it is not filled. */
export function numberIn(row: Row, entity: Entity): string | null {
  const value = entity.number === null ? null : row[entity.number];
  return typeof value === 'number' && value > 0 ? String(value) : null;
}

/** The usual reading of an answer: the key, and the number when it is filled. */
export function readKey(entity: Entity): Step['read'] {
  return (row) => {
    const exactId = guidIn(row, entity.key);
    if (row === undefined || exactId === undefined) return undefined;
    return { exactId, documentNumber: numberIn(row, entity) };
  };
}
