// Who lives here: which postings must not overtake each other. Most may come in any order: what is
// added and taken sums up the same. But a count overwrites what stands in its place, so whatever
// touches that place waits for an earlier count of it, and a count for what is in doubt there; and
// goods that are carried on must have come, where it is in doubt whether they did.
//
// A count of batches or serials is told to Exact as a difference to what Exact shows; and for a while
// (settleMs) Exact may not show yet what it has just booked. So such a count waits that long after
// whatever of ours went to its place, itself included.
//
// What is planned of a line of a shop order is overwritten too, by each substitution on it: these go
// one after another, and each reads it only when the one before must be seen.
//
// Terms: place (an item in a storage location, or in a warehouse that has none), touch (what one
// line of a posting does to a place), earlier (the posting's id, which the hub's clock made).

import { countsNumbers, LIMITS } from '../../domain/index.ts';
import type { Numbers, Posting } from '../../domain/index.ts';
import { readPosting } from './form.ts';
import type { PostingRow, PostingRows } from './rows.ts';

type Does = 'sets' | 'adds' | 'takes';

interface Touch {
  readonly does: Does;
  readonly item: string;
  readonly location: string | undefined;
  /** Undefined where only the order knows it. */
  readonly warehouse: string | undefined;
  /** Batches and serials, as Exact compares them; empty: goods without numbers. */
  readonly numbers: readonly string[];
}

interface Where extends Numbers {
  readonly item: string;
  readonly location?: string;
}

function touch(does: Does, where: Where, warehouse?: string): Touch {
  const { item, location, batches = [], serials = [] } = where;
  const numbers = [...batches.map(({ number }) => number), ...serials];
  return {
    ...{ does, item: item.toLowerCase(), location: location?.toLowerCase() },
    ...{ warehouse: warehouse?.toLowerCase(), numbers: numbers.map((each) => each.toLowerCase()) },
  };
}

function end(does: Does, line: Where, location: string | undefined, warehouse: string): Touch {
  return touch(does, { ...line, ...(location === undefined ? {} : { location }) }, warehouse);
}

/** Exact's own reversals take their places from what they reverse: nothing is known of them here. */
function touchesOf(posting: Posting): readonly Touch[] {
  switch (posting.kind) {
    case 'goodsReceipt':
      return posting.lines.map((line) => touch('adds', line));
    case 'goodsDelivery':
    case 'purchaseReturn':
      return posting.lines.map((line) => touch('takes', line));
    case 'stockCount':
      return posting.lines.map((line) => {
        const { kind, quantity } = line.found;
        const does = kind === 'counted' ? 'sets' : quantity > 0 ? 'adds' : 'takes';
        // Serials that were not seen are told as much as those that were.
        const { serials: _s, ...all } = line;
        return touch(does, kind === 'counted' ? all : line, posting.warehouse);
      });
    case 'warehouseTransfer':
    case 'locationTransfer': {
      const within = posting.kind === 'locationTransfer';
      const from = within ? posting.warehouse : posting.fromWarehouse;
      const to = within ? posting.warehouse : posting.toWarehouse;
      return posting.lines.flatMap((line) => [
        end('takes', line, line.fromLocation, from),
        end('adds', line, line.toLocation, to),
      ]);
    }
    case 'materialIssue':
    case 'materialSubstitution':
      return [touch('takes', posting, posting.warehouse)];
    case 'shopOrderReceipt':
    case 'byProductReceipt':
    case 'materialReturn':
      return [touch('adds', posting, posting.warehouse)];
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal':
      return [];
  }
}

function samePlace(one: Touch, other: Touch): boolean {
  if (one.item !== other.item) return false;
  if (one.location !== undefined || other.location !== undefined) {
    return one.location === other.location;
  }
  const known = one.warehouse !== undefined && other.warehouse !== undefined;
  return !known || one.warehouse === other.warehouse;
}

function shareNumbers(one: Touch, other: Touch): boolean {
  if (one.numbers.length === 0 || other.numbers.length === 0) return true;
  return one.numbers.some((number) => other.numbers.includes(number));
}

/** `halting`: the earlier one was sent and did not go smoothly: its goods may not have come. */
function overtakes(later: Touch, earlier: Touch, halting: boolean): boolean {
  if (!samePlace(later, earlier)) return false;
  if (earlier.does === 'sets') return true;
  if (!halting) return false;
  const carriedOn = earlier.does === 'adds' && later.does === 'takes';
  return later.does === 'sets' || (carriedOn && shareNumbers(later, earlier));
}

/** What one touch means to say of its place is not true any more since the later one. */
function isPast(one: Touch, later: Touch): boolean {
  const told = one.does === 'sets' || later.does === 'sets';
  return told && samePlace(one, later) && shareNumbers(one, later);
}

/** Undefined when the row has nothing to do with these items, or can't be read. */
function touchesIn(row: PostingRow, items: ReadonlySet<string>): readonly Touch[] | undefined {
  const body = row.body.toLowerCase();
  if (![...items].some((item) => body.includes(item))) return undefined;
  const read = readPosting(row);
  return read.kind === 'read' ? touchesOf(read.posting) : undefined;
}

/** The places of a count's lines that are told as a difference. */
function reckonedFrom(posting: Posting): readonly Touch[] {
  if (posting.kind !== 'stockCount') return [];
  return touchesOf({ ...posting, lines: posting.lines.filter(countsNumbers) });
}

/** It went somewhere, and only Exact knows where. */
function isPlaceless({ kind }: PostingRow): boolean {
  return ['materialReturn', 'materialReversal', 'shopOrderReversal', 'byProductReversal'].includes(
    kind,
  );
}

function itemsOf(touches: readonly Touch[]): ReadonlySet<string> {
  return new Set(touches.map(({ item }) => item));
}

/** Both lower what is planned of the same line: each is told as what it becomes. */
function sameLine(row: PostingRow, { kind, document, ...its }: Posting): boolean {
  if (kind !== 'materialSubstitution' || row.kind !== kind || !('plan' in its)) return false;
  const read = readPosting(row);
  const other = read.kind === 'read' ? read.posting : undefined;
  return other?.kind === kind && other.document === document && other.plan === its.plan;
}

export class PlaceOrder {
  readonly #rows: PostingRows;

  constructor(rows: PostingRows) {
    this.#rows = rows;
  }

  /** The posting that this one must not overtake; undefined when it may leave. */
  async blocker(row: PostingRow, posting: Posting): Promise<PostingRow | undefined> {
    const own = touchesOf(posting);
    if (own.length === 0) return undefined;
    const items = itemsOf(own);
    const sets = own.some(({ does }) => does === 'sets');
    const all = sets || posting.kind === 'materialSubstitution';
    for (let from = ''; ;) {
      const portion = await this.#rows.neighbours.before(row.id, from, all);
      for (const earlier of portion) {
        if (sameLine(earlier, posting)) return earlier;
        const halting = sets || earlier.state !== 'ready' || earlier.attempts > 0;
        const theirs = touchesIn(earlier, items) ?? [];
        if (theirs.some((its) => own.some((one) => overtakes(one, its, halting)))) return earlier;
      }
      const last = portion.at(-1);
      if (last === undefined) return undefined;
      from = last.id;
    }
  }

  /** When Exact shows all of ours that the next step of this posting is reckoned from. */
  async shownAtMs(row: PostingRow, posting: Posting, settleMs: number, nowMs: number) {
    const own = reckonedFrom(posting);
    // Its own first document, once that is booked.
    const begun = posting.kind === 'stockCount' && row.step > 0 && row.attempts === 0;
    let lastMs = begun ? (row.last_sent_ms ?? 0) : 0;
    for (let from = ''; ;) {
      const portion = await this.#rows.neighbours.postedSince(nowMs - settleMs, from);
      for (const other of portion) {
        if (sameLine(other, posting)) lastMs = Math.max(lastMs, other.last_sent_ms ?? 0);
        if (own.length === 0) continue;
        const theirs = touchesIn(other, itemsOf(own)) ?? [];
        const touched = theirs.some((its) => own.some((one) => samePlace(one, its)));
        if (touched || isPlaceless(other)) lastMs = Math.max(lastMs, other.last_sent_ms ?? 0);
      }
      const last = portion.at(-1);
      if (last === undefined) break;
      from = last.id;
    }
    return lastMs + settleMs;
  }

  /** Why a count must not be sent any more; undefined when it may. */
  async outdated(row: PostingRow): Promise<string | undefined> {
    const read = readPosting(row);
    if (read.kind === 'unreadable' || read.posting.kind !== 'stockCount') return undefined;
    const own = touchesOf(read.posting);
    const items = itemsOf(own);
    for (let after = row.id; ;) {
      const portion = await this.#rows.neighbours.after(after);
      for (const later of portion) {
        const theirs = touchesIn(later, items) ?? [];
        if (theirs.some((its) => own.some((one) => isPast(one, its)))) return outdatedWords(later);
      }
      const last = portion.at(-1);
      if (last === undefined) return undefined;
      after = last.id;
    }
  }
}

function outdatedWords({ kind, document_number: number, marker }: PostingRow): string {
  const name = number === null || number === '' ? marker : number;
  const what = kind === 'stockCount' ? 'the same place was counted again' : 'goods moved there';
  return `${what} since (${name} in Exact): count it anew, and drop this count`;
}

/** When to ask again whether a posting may leave that must not overtake one that is due then. */
export function waitUntilMs(dueMs: number, nowMs: number): number {
  const soonest = nowMs + LIMITS.orderWaitMs;
  return Math.min(Math.max(dueMs, soonest), nowMs + LIMITS.orderWaitMaxMs);
}
