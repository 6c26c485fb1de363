// Who lives here: material that comes back from a shop order. What can come back is what our own
// issues brought there and Exact has booked: Exact reverses an issue by its id, in parts, and of
// others we know none. So every return says of which issues it is, the newest first.
//
// Terms: lot (goods of one issue that are told apart from others: a batch, a serial number, or all).

import { assert, fault, minus, plus } from '../domain/index.ts';
import type {
  Fault,
  IssuedPart,
  Numbers,
  Posting,
  PostingId,
  PostingOf,
  ReturnLine,
} from '../domain/index.ts';
import { takesBack } from './back.ts';
import type { DocumentState, PostingInWorld, Take, World } from './world.ts';

/** Of which issues goods are that came back to this plan line; asked once for all that share a line. */
export type IssuesOf = (
  plan: string,
  goods: Numbers & { readonly quantity: number },
) => readonly IssuedPart[];

/** Goods of one issue that are still with the shop order. Stock units. */
export interface Lot {
  readonly posting: PostingId;
  readonly original: string;
  /** Where they came from. */
  readonly location?: string;
  readonly batch?: string;
  readonly serial?: string;
  readonly quantity: number;
}

const like = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

function lotsOf(posting: PostingOf<'materialIssue'>, original: string): readonly Lot[] {
  const { id, location, batches = [], serials = [], quantity } = posting;
  const from = { posting: id, original, ...(location === undefined ? {} : { location }) };
  if (serials.length > 0) return serials.map((serial) => ({ ...from, serial, quantity: 1 }));
  if (batches.length === 0) return [{ ...from, quantity }];
  return batches.map(({ number: batch, quantity: part }) => ({ ...from, batch, quantity: part }));
}

/** What other postings took of an issue already: all of it, or goods with their numbers. */
function takenOf(issue: PostingId, other: PostingInWorld): 'all' | readonly Gone[] {
  const { posting } = other;
  if (posting.kind === 'materialReturn') {
    if (isDropped(other)) return [];
    return posting.of.filter((part) => part.posting === issue).flatMap(goneOf);
  }
  if (posting.kind !== 'materialReversal' || !takesBack(other, issue)) return [];
  const { quantity } = posting;
  return quantity === undefined ? 'all' : goneOf({ ...posting, quantity });
}

function isDropped({ settled }: PostingInWorld): boolean {
  return settled?.kind === 'rejected' && settled.fault.data['dropped'] !== undefined;
}

interface Gone {
  readonly batch?: string;
  readonly serial?: string;
  readonly quantity: number;
}

function goneOf({
  quantity,
  batches = [],
  serials = [],
}: Numbers & { readonly quantity: number }): readonly Gone[] {
  if (serials.length > 0) return serials.map((serial) => ({ serial, quantity: 1 }));
  if (batches.length === 0) return [{ quantity }];
  return batches.map(({ number: batch, quantity: part }) => ({ batch, quantity: part }));
}

/** The lots without these goods, and what of the goods was in none. */
function without(lots: readonly Lot[], gone: Gone): readonly [readonly Lot[], number] {
  let open = gone.quantity;
  const left = lots.flatMap((lot) => {
    if (!like(lot.batch, gone.batch) || !like(lot.serial, gone.serial)) return [lot];
    const part = Math.min(open, lot.quantity);
    open = minus(open, part);
    const quantity = minus(lot.quantity, part);
    return quantity === 0 ? [] : [{ ...lot, quantity }];
  });
  return [left, open];
}

/** What is left of one booked issue after all that was taken of it. */
function restOf(state: DocumentState, issue: PostingOf<'materialIssue'>, original: string) {
  let lots = lotsOf(issue, original);
  for (const other of state.postings.values()) {
    const taken = takenOf(issue.id, other);
    if (taken === 'all') return [];
    for (const gone of taken) [lots] = without(lots, gone);
  }
  return lots;
}

/** Returns of this plan line that no posting holds yet. */
function waiting(state: DocumentState, plan: string): readonly ReturnLine[] {
  return [...state.takes.values()].flatMap(({ line, state: where }) =>
    line.type === 'return.line' && line.line === plan && where.kind === 'accepted' ? [line] : [],
  );
}

const goneBy = ({ batch, serials, quantity }: ReturnLine): readonly Gone[] =>
  goneOf({
    quantity,
    ...(batch === undefined ? {} : { batches: [{ number: batch, quantity }] }),
    ...(serials === undefined ? {} : { serials }),
  });

/** What Exact has of issues on this plan line that we can take back, the newest issue first. */
function bookedLots(state: DocumentState, plan: string): readonly Lot[] {
  const issues = [...state.postings.values()].flatMap(({ posting, settled }) => {
    // One that a person found in Exact by its number has no id that a reversal could name.
    if (posting.kind !== 'materialIssue' || posting.plan !== plan) return [];
    if (settled?.kind !== 'posted' || settled.exactId === '') return [];
    return restOf(state, posting, settled.exactId);
  });
  return issues.reverse();
}

/** What may still come back on this plan line: also without what came back and is in no posting. */
export function lotsLeft(state: DocumentState | undefined, plan: string): readonly Lot[] {
  if (state === undefined) return [];
  let lots = bookedLots(state, plan);
  for (const line of waiting(state, plan)) {
    for (const gone of goneBy(line)) [lots] = without(lots, gone);
  }
  return lots;
}

/** The plan lines of a document on which material of ours may come back, with what. */
export function returnable(world: World, document: string): ReadonlyMap<string, readonly Lot[]> {
  const state = world.documents.get(document);
  const plans = new Set<string>();
  for (const { posting } of state?.postings.values() ?? []) {
    if (posting.kind === 'materialIssue') plans.add(posting.plan);
  }
  return new Map([...plans].map((plan) => [plan, lotsLeft(state, plan)]));
}

/** Why these goods can't come back: nobody brought as many, or not these. */
export function faultInReturn(
  state: DocumentState | undefined,
  line: ReturnLine,
  unit: string | undefined,
): Fault | undefined {
  const { quantity, serials = [], batch } = line;
  const lots = lotsLeft(state, line.line);
  const numbered = serials.length > 0 || batch !== undefined;
  const mine = lots.filter(
    (lot) =>
      !numbered ||
      serials.some((one) => like(one, lot.serial)) ||
      (batch !== undefined && like(batch, lot.batch)),
  );
  const open = mine.reduce((sum, lot) => plus(sum, lot.quantity), 0);
  if (quantity <= open) return undefined;
  const number = batch ?? serials.find((one) => !lots.some((lot) => like(one, lot.serial)));
  return fault('ledger.over-return', {
    ...{ open, quantity },
    ...(unit === undefined ? {} : { unit }),
    ...(number === undefined ? {} : { number }),
  });
}

/**
 * Says of which issues goods are that come back now, and remembers what it said: two lines of one
 * document never get the same pieces.
 */
export function allotter(state: DocumentState | undefined): IssuesOf {
  const left = new Map<string, readonly Lot[]>();
  return (plan, goods) => {
    const before = left.get(plan) ?? (state === undefined ? [] : bookedLots(state, plan));
    let after = before;
    for (const gone of goneOf(goods)) {
      const [rest, missing] = without(after, gone);
      assert(missing === 0, 'what comes back was issued before');
      after = rest;
    }
    left.set(plan, after);
    return differences(before, after);
  };
}

/** What lots lost, by issue. */
function differences(before: readonly Lot[], after: readonly Lot[]): readonly IssuedPart[] {
  const lost = before.flatMap((lot) => {
    const rest = after.find((one) => sameLot(one, lot))?.quantity ?? 0;
    const quantity = minus(lot.quantity, rest);
    return quantity === 0 ? [] : [{ ...lot, quantity }];
  });
  const issues = new Map<PostingId, Lot[]>();
  for (const lot of lost) issues.set(lot.posting, [...(issues.get(lot.posting) ?? []), lot]);
  return [...issues].map(([posting, lots]) => {
    const batches = lots.flatMap(({ batch: number, quantity }) =>
      number === undefined ? [] : [{ number, quantity }],
    );
    const serials = lots.flatMap(({ serial }) => serial ?? []);
    return {
      ...{ posting, original: lots[0]?.original ?? '' },
      quantity: lots.reduce((sum, { quantity }) => plus(sum, quantity), 0),
      ...(batches.length === 0 ? {} : { batches }),
      ...(serials.length === 0 ? {} : { serials }),
    };
  });
}

const sameLot = (one: Lot, other: Lot): boolean =>
  one.posting === other.posting && like(one.batch, other.batch) && like(one.serial, other.serial);

/** The return that took, or is to take, of what this posting issued. */
function cameBackOf({ postings }: DocumentState, issue: PostingId): PostingInWorld | undefined {
  return [...postings.values()].find(
    (other) =>
      other.posting.kind === 'materialReturn' &&
      !isDropped(other) &&
      other.posting.of.some(({ posting }) => posting === issue),
  );
}

/** Whether goods of a posting came back, or a return counts on them. */
export function cameBack(state: DocumentState, posting: Posting): boolean {
  if (posting.kind !== 'materialIssue') return false;
  return cameBackOf(state, posting.id) !== undefined || waiting(state, posting.plan).length > 0;
}

/** The return that took of what the posting of this take issued, or that counts on it. */
export function returnOf(state: DocumentState, { line, state: where }: Take): Take | undefined {
  if (line.type !== 'issue.line' || where.kind !== 'cut') return undefined;
  const back = cameBackOf(state, where.posting)?.posting.id;
  return [...state.takes.values()].findLast(({ line: its, state: at }) => {
    if (its.type !== 'return.line' || its.line !== line.line) return false;
    return at.kind === 'accepted' || (at.kind === 'cut' && at.posting === back);
  });
}
