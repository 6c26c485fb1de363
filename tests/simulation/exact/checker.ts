// Who lives here: the judge of a seed. It reads Exact's own rows and the list of what was put in;
// of the hub only what it tells people: the state of each posting, and whether it is an exception.

import { deepStrictEqual, ok } from 'node:assert';
import type { Posting, PostingKind, PostingOf } from '../../../src/lib/domain/index.ts';
import { LIMITS } from '../../../src/lib/domain/index.ts';
import type { PostingView } from '../../../src/lib/server/outbox/index.ts';
import { PLANNED_INSTEAD } from '../../exact/posting-goods.ts';
import type { PostingKit } from '../../exact/posting-kit.ts';
import { secondOf, thereOf } from './counting.ts';
import type { Expected } from './counting.ts';
import type { Plan } from './plan.ts';

export interface PutIn {
  readonly posting: Posting;
  readonly poison: boolean;
  /** What Exact has of the goods of a count afterwards. */
  readonly expected?: Expected;
}

/** Postings that stand in the books as they should. */
type Kinds = Record<PostingKind, number>;

/** Things that must happen now and then, or the runs prove little. */
export interface RareEvents extends Kinds {
  postings: number;
  restarts: number;
  /** In doubt, and a look found it. */
  found: number;
  /** In doubt, looked for as the law says, not there: sent once more. */
  absentTwice: number;
  several: number;
  /** In doubt at a later step than the first. */
  resumedLater: number;
  poison: number;
  /** Surely not applied: came later. */
  heldBack: number;
  /** Exact did it after everybody had given it up. */
  doubled: number;
  /** The nightly look around showed that it is there after all. */
  there: number;
  /** A draft came to light beyond settleMs: Exact refuses what came after, and a person is told. */
  stuckAtDraft: number;
  /** Batches or serials told as what lies there. */
  numbersCounted: number;
  /** Such a count in two documents, one each way. */
  bothWays: number;
  /** Reckoned from books that Exact showed too late, or half there beyond settleMs: a person is told. */
  countRefused: number;
  /** Goods to be sent back were counted away meanwhile: Exact refuses, and a person is told. */
  countedAway: number;
}

export function nothingRare(): RareEvents {
  const none = { postings: 0, restarts: 0, found: 0, absentTwice: 0, several: 0 };
  return {
    ...{ ...none, goodsReceipt: 0, goodsDelivery: 0, stockCount: 0, warehouseTransfer: 0 },
    ...{ locationTransfer: 0, materialIssue: 0, shopOrderReceipt: 0, purchaseReturn: 0 },
    ...{
      materialSubstitution: 0,
      byProductReceipt: 0,
      byProductReversal: 0,
      materialReturn: 0,
      materialReversal: 0,
      shopOrderReversal: 0,
    },
    resumedLater: 0,
    poison: 0,
    heldBack: 0,
    doubled: 0,
    there: 0,
    stuckAtDraft: 0,
    ...{ numbersCounted: 0, bothWays: 0, countRefused: 0, countedAway: 0 },
  };
}

/** So many seeds see everything but what is seldom; so many see that too. */
const ENOUGH = 500;
const MANY = 5_000;
const SELDOM: readonly string[] = ['stuckAtDraft', 'countedAway', 'countRefused'];

/** What must have happened in so many seeds, and has not: they prove little. */
export function neverSeen(rare: RareEvents, runs: number): readonly string[] {
  if (runs < ENOUGH) return [];
  return Object.entries(rare).flatMap(([name, times]) =>
    times === 0 && (runs >= MANY || !SELDOM.includes(name)) ? [name] : [],
  );
}

/** Adds what happened elsewhere. */
export function addRare(sum: RareEvents, more: RareEvents): void {
  const names = Object.keys(sum) as (keyof RareEvents)[];
  for (const name of names) sum[name] += more[name];
}

interface Case {
  readonly plan: Plan;
  readonly putIn: readonly PutIn[];
  readonly views: readonly PostingView[];
  readonly kit: PostingKit;
  readonly rare: RareEvents;
  readonly draftsBefore: number;
  /** The most that one endpoint answered within an hour. */
  readonly heardErrors: number;
}

const PROCESSED = 21;

export function check(one: Case): void {
  const { plan, putIn, views, kit, rare, draftsBefore, heardErrors } = one;
  for (const [at, { posting, poison, expected }] of putIn.entries()) {
    const view = views[at];
    ok(view !== undefined, 'every posting has a view');
    const name = `${posting.kind} ${posting.marker}, ${view.state} (${view.words ?? ''})`;
    const documents = kit.documents(posting);
    const second = expected === undefined ? [] : secondOf(kit, posting);
    rare.postings += 1;
    if (poison) {
      ok(view.state === 'rejected', `I-04: poison is ${name}`);
      ok(documents.length + second.length === 0, `poison is in the books: ${name}`);
      continue;
    }
    const detected = view.fault?.code === 'exact.duplicate';
    const lines = posting.kind === 'materialSubstitution' ? planLines(kit, posting) : [];
    const most = Math.max(documents.length, second.length, lines.length);
    if (most > 1) {
      rare.doubled += 1;
      const what = lines.length === most ? 'plan lines' : 'documents';
      ok(plan.beyond, `I-03: ${most} ${what} of ${name}`);
      ok(detected, `I-03: ${most} ${what}, and nobody was told: ${name}`);
      continue;
    }
    if (plan.beyond && expected !== undefined && view.state === 'rejected') {
      ok(view.fault !== null && (view.words ?? '') !== '', `nobody was told why: ${name}`);
      rare.countRefused += 1;
      continue;
    }
    if (plan.beyond && documents.length === 0 && stuckAtDraft(kit, posting)) {
      // Beyond settleMs the law is not "booked" but "detected": a person has it, with Exact's words.
      ok(view.state === 'rejected', `a stranded draft, and nobody was told: ${name}`);
      ok(view.fault !== null && (view.words ?? '') !== '', `nobody was told why: ${name}`);
      rare.stuckAtDraft += 1;
      continue;
    }
    if (
      documents.length === 0 &&
      view.state === 'rejected' &&
      isCountedAway(view, posting, putIn)
    ) {
      ok(view.fault !== null, `nobody was told why: ${name}`);
      rare.countedAway += 1;
      continue;
    }
    ok(documents.length === 1, `I-03: nothing in Exact of ${name}`);
    ok(view.state === 'posted' || detected, `in Exact, but ${name}`);
    const all = [...documents, ...second];
    const whole = posting.kind !== 'stockCount' || all.every(isProcessed);
    ok(whole, `drafted, never processed: ${name}`);
    if (posting.kind === 'materialSubstitution' && !plan.beyond) planHolds(kit, posting, name);
    rare[posting.kind] += 1;
    if (expected === undefined) continue;
    rare.numbersCounted += 1;
    rare.bothWays += second.length;
    // Beyond settleMs Exact shows old books, too, and the difference is one to those (ADR 0022).
    if (plan.beyond) continue;
    deepStrictEqual(thereOf(kit, expected), expected.numbers, `I-03: other stock than ${name}`);
  }
  if (!plan.beyond) {
    const litter = kit.drafts().length - draftsBefore;
    ok(litter === 0 || putIn.some(({ poison }) => poison), `${litter} drafts were left behind`);
  }
  const { counters } = kit.world.sim.simulation;
  const { refused429, worstMinute } = counters.state();
  ok(
    refused429 === 0,
    `I-18: Exact refused ${refused429} calls with 429, worst ${worstMinute.calls}`,
  );
  // Those whose answer never arrived are in Exact's count alone (ADR 0013).
  ok(
    heardErrors <= LIMITS.exactErrorsPerHour,
    `I-04: ${heardErrors} errors in an hour, heard at one endpoint`,
  );
}

const planLines = (kit: PostingKit, { marker }: Posting) =>
  kit.sql('SELECT * FROM "ShopOrderMaterialPlans" WHERE "Notes" = ?', marker);

/** Of a substitution: the plan has one line for it, and as much less on the line it replaced. */
function planHolds(
  kit: PostingKit,
  posting: PostingOf<'materialSubstitution'>,
  name: string,
): void {
  const { plan, quantity } = posting;
  const made = planLines(kit, posting).length;
  ok(made === 1, `I-03: ${made} plan lines of ${name}`);
  const [replaced] = kit.sql('SELECT * FROM "ShopOrderMaterialPlans" WHERE "ID" = ?', plan);
  const left = PLANNED_INSTEAD - quantity;
  ok(replaced?.['PlannedQuantity'] === left, `I-03: the plan was not lowered once by ${name}`);
}

const isProcessed = (row: Readonly<Record<string, unknown>>): boolean =>
  row['Status'] === PROCESSED;

/** Whether a return met too little stock, and a count of this seed says that there is so little. */
function isCountedAway({ words }: PostingView, posting: Posting, putIn: readonly PutIn[]): boolean {
  if (posting.kind !== 'purchaseReturn' || !/not enough stock/.test(words ?? '')) return false;
  const items = posting.lines.map(({ item }) => item.toLowerCase());
  return putIn.some(({ posting: other }) => {
    if (other.kind !== 'stockCount') return false;
    return other.lines.some(({ item }) => items.includes(item.toLowerCase()));
  });
}

function stuckAtDraft(kit: PostingKit, { marker }: Posting): boolean {
  const sql = 'SELECT 1 FROM "StockSerialBatchNumbers" WHERE "IsDraft" = 1 AND "Remarks" = ?';
  return kit.sql(sql, marker).length > 0;
}
