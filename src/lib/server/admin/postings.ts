// Who lives here: the page of the postings, as plain values: the list with its filter, what is in
// doubt, what Exact rejected, and what a person may do about it.
//
// Terms: resend (send a rejected posting once more), drop (nothing more is sent), assign (somebody
// deals with it), confirm (a person saw it in Exact), take back (book the opposite of a booked posting), look (a search in Exact).

import { LIMITS } from '../../domain/index.ts';
import type { CommandId, PostedAnswer, PostingKind } from '../../domain/index.ts';
import type { PostingState } from '../../ledger/index.ts';
import type { PhotoLine, PhotosKept } from './photos.ts';
import type { ActionOutcome } from './report.ts';

export const POSTING_STATES: readonly PostingState[] = [
  ...(['ready', 'sending', 'in-doubt', 'rejected', 'posted'] as const),
];

/** What each kind of posting is called. */
const KINDS: Readonly<Record<PostingKind, string>> = {
  goodsReceipt: 'Goods receipt',
  goodsDelivery: 'Goods delivery',
  stockCount: 'Stock count',
  warehouseTransfer: 'Warehouse transfer',
  locationTransfer: 'Location transfer',
  materialIssue: 'Material issue',
  materialSubstitution: 'Material substitution',
  materialReturn: 'Material return',
  shopOrderReceipt: 'Shop order receipt',
  byProductReceipt: 'By-product receipt',
  purchaseReturn: 'Purchase return',
  materialReversal: 'Material reversal',
  shopOrderReversal: 'Shop order reversal',
  byProductReversal: 'By-product reversal',
};

const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(KINDS));

/** Every kind with its name, in the order in which a person chooses one. */
export const POSTING_KINDS: readonly { readonly kind: string; readonly name: string }[] = [
  ...Array.from(NAMES, ([kind, name]) => ({ kind, name })),
];

/** What a kind of posting is called; one that this program does not know goes by its own name. */
export function kindName(kind: string): string {
  return NAMES.get(kind) ?? kind;
}

/** `damaged yes, condition torn`: one text for each line of goods that has answers. */
export function answersSaid(answers: readonly PostedAnswer[]): readonly string[] {
  const lines = new Map<CommandId, string[]>();
  for (const { command, step, value } of answers) {
    const said = typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
    lines.set(command, [...(lines.get(command) ?? []), `${step} ${said}`]);
  }
  const all = [...lines.values()].map((said) => said.join(', '));
  const more = all.length - LIMITS.answersShown;
  return more > 0 ? [...all.slice(0, LIMITS.answersShown), `and ${more} more lines`] : all;
}

/** What is asked for; a part that is left out asks for all. */
export interface PostingsQuery {
  readonly state?: PostingState;
  readonly kind?: string;
  /** Older than this posting. */
  readonly before?: string;
}

export interface PostingLine {
  readonly id: string;
  readonly marker: string;
  readonly kind: string;
  readonly kindName: string;
  /** Number of the order; of counts and transfers, which have none, the goods and their places. */
  readonly order: string;
  readonly state: PostingState;
  /** 0 when the stored posting can't be read. */
  readonly lines: number;
  readonly attempts: number;
  /** The step that is next, from 1; of a booked one how many there were. */
  readonly step: number;
  readonly documentNumber: string | null;
  readonly exactId: string | null;
  readonly firstSentMs: number | null;
  readonly changedMs: number;
  /** Exact's own words, or why the answer is not known. */
  readonly words: string | null;
  /** The marker of the posting that it takes back. */
  readonly takesBack: string | null;
  /** The marker of the posting that takes it back. */
  readonly takenBackBy: string | null;
  /** What operators answered about its goods, a line of goods each. */
  readonly answers: readonly string[];
  readonly photos: readonly PhotoLine[];
  /** Exact has a way back, and nobody has taken it yet. */
  readonly reversible: boolean;
}

export interface DoubtLine extends PostingLine {
  /** When the send began whose answer is missing. */
  readonly sinceMs: number;
  /** In the past means now. */
  readonly nextLookMs: number;
  readonly looks: number;
  /** What is looked for, and where. */
  readonly lookedFor: string;
}

export interface RejectedLine extends PostingLine {
  /** The same document stands in Exact more than once. */
  readonly twice: boolean;
  /** Nobody could find out whether it is in Exact: what a person looks for there; else null. */
  readonly doubt: string | null;
  readonly why: string;
  /** What a person may put right in Exact before it is sent once more; null when nothing helps. */
  readonly advice: string | null;
  readonly assigned: {
    readonly person: string;
    readonly note: string;
    readonly atMs: number;
  } | null;
}

export interface PostingsReport {
  /** The hub's clock when this was gathered. */
  readonly atMs: number;
  readonly query: PostingsQuery;
  readonly photos: PhotosKept;
  readonly states: readonly PostingState[];
  readonly kinds: typeof POSTING_KINDS;
  /** One page, newest first. */
  readonly postings: readonly PostingLine[];
  /** How many the filter finds. */
  readonly total: number;
  /** Where the next page begins; undefined on the last one. */
  readonly older?: string;
  readonly doubts: readonly DoubtLine[];
  readonly doubtsTotal: number;
  readonly rejected: readonly RejectedLine[];
  readonly rejectedTotal: number;
  /** Most rows of one export. */
  readonly exportMost: number;
}

/** What the House gives to this page. Every action is recorded with what the person said. */
export interface PostingsPort {
  page(query: PostingsQuery): Promise<PostingsReport>;
  /** Newest first, in portions, at most `exportMost` rows; `before` of the query is not looked at. */
  portions(query: PostingsQuery): AsyncIterable<readonly PostingLine[]>;
  count(query: PostingsQuery): Promise<number>;
  /** `doubtMs`: the person was told of a doubt that moved last then (`changedMs`). */
  resend(posting: string, reason: string, doubtMs?: number): Promise<ActionOutcome>;
  /** Looks for one in doubt again. */
  look(posting: string, reason: string): Promise<ActionOutcome>;
  /** One in doubt is in Exact, booked under this number. */
  confirm(posting: string, number: string, reason: string): Promise<ActionOutcome>;
  drop(posting: string, reason: string): Promise<ActionOutcome>;
  assign(posting: string, person: string, note: string): Promise<ActionOutcome>;
  reverse(posting: string, reason: string): Promise<ActionOutcome>;
}

const ID_CHARS = 100;

/** Reads `state`, `kind` and `before` of an address; what is no state or kind is left out. */
export function postingsQuery(params: URLSearchParams): PostingsQuery {
  const state = POSTING_STATES.find((one) => one === params.get('state'));
  const kind = POSTING_KINDS.find((one) => one.kind === params.get('kind'))?.kind;
  const before = params.get('before') ?? '';
  return {
    ...(state === undefined ? {} : { state }),
    ...(kind === undefined ? {} : { kind }),
    ...(before === '' || before.length > ID_CHARS ? {} : { before }),
  };
}
