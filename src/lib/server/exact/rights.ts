// Who lives here: what the user who consented must be allowed to do: per posting of a workflow,
// and for the mirror. Exact answers a list that the user may not see with an empty list instead of
// a refusal, so the rights are asked before work starts (exact-online-api.md §1.8, §12).
//
// Terms: endpoint and action (as `users/UserHasRights` takes them), need (one endpoint and action,
// and what cannot be done without it).

import * as z from 'zod';
import type { RightsFound } from './auth/view.ts';
import type { ExactClient } from './http.ts';
import { ENTITIES } from './mirror/entities.ts';
import { describe } from './outcomes.ts';

export interface Need {
  /** e.g. `purchaseorder/GoodsReceipts`. */
  readonly endpoint: string;
  readonly action: 'GET' | 'POST' | 'PUT';
  /** What stands still without it, as a person says it. */
  readonly stops: string;
}

type Right = readonly [action: Need['action'], endpoint: string];

const drafts: readonly Right[] = [
  ['POST', 'inventory/StockBatchNumbers'],
  ['GET', 'inventory/StockBatchNumbers'],
  ['POST', 'inventory/StockSerialNumbers'],
  ['GET', 'inventory/StockSerialNumbers'],
];

const transfers: readonly Right[] = [
  ['POST', 'inventory/WarehouseTransfers'],
  ['GET', 'inventory/WarehouseTransfers'],
  ['POST', 'inventory/ProcessWarehouseTransfer'],
  ...drafts,
];

/**
 * By the `action` of a workflow: what its postings send, how a lost one is looked up again, and
 * what takes one back (§7 to §10, §14.1).
 */
const BY_ACTION: ReadonlyMap<string, readonly Right[]> = new Map([
  [
    'goodsReceipt',
    [
      ['POST', 'purchaseorder/GoodsReceipts'],
      ['GET', 'purchaseorder/GoodsReceipts'],
      ['GET', 'purchaseorder/GoodsReceiptLines'],
      ['POST', 'purchaseorder/PurchaseReturns'],
      ['GET', 'purchaseorder/PurchaseReturns'],
    ],
  ],
  [
    'goodsDelivery',
    [
      ['POST', 'salesorder/GoodsDeliveries'],
      ['GET', 'salesorder/GoodsDeliveries'],
    ],
  ],
  [
    'stockCount',
    [
      ['POST', 'inventory/StockCounts'],
      ['GET', 'inventory/StockCounts'],
      ['POST', 'inventory/ProcessStockCount'],
      ['GET', 'inventory/SerialNumbers'],
      ...drafts,
    ],
  ],
  ['warehouseTransfer', transfers],
  ['locationTransfer', transfers],
  [
    'materialIssue',
    [
      ['POST', 'manufacturing/MaterialIssues'],
      ['GET', 'manufacturing/MaterialIssues'],
      ['POST', 'manufacturing/MaterialReversals'],
      ['GET', 'manufacturing/MaterialReversals'],
      ...drafts,
    ],
  ],
  // Beside the issue, where a workflow lets other material take the place of what is planned.
  [
    'materialSubstitution',
    [
      ['POST', 'manufacturing/ShopOrderMaterialPlans'],
      ['GET', 'manufacturing/ShopOrderMaterialPlans'],
      ['PUT', 'manufacturing/ShopOrderMaterialPlans'],
    ],
  ],
  [
    'materialReturn',
    [
      ['POST', 'manufacturing/MaterialReversals'],
      ['GET', 'manufacturing/MaterialReversals'],
      // A return that is taken back is issued anew.
      ['POST', 'manufacturing/MaterialIssues'],
      ['GET', 'manufacturing/MaterialIssues'],
      ...drafts,
    ],
  ],
  [
    'shopOrderReceipt',
    [
      ['POST', 'manufacturing/ShopOrderReceipts'],
      ['GET', 'manufacturing/ShopOrderReceipts'],
      ['POST', 'manufacturing/ShopOrderReversals'],
      ['GET', 'manufacturing/ShopOrderReversals'],
      ['POST', 'manufacturing/ByProductReceipts'],
      ['GET', 'manufacturing/ByProductReceipts'],
      ['POST', 'manufacturing/ByProductReversals'],
      ['GET', 'manufacturing/ByProductReversals'],
      ...drafts,
    ],
  ],
]);

/** Refused questions count as errors at Exact, ten an hour block us: so few are enough. */
const REFUSALS_MAX = 2;
const answerForm = z.object({ UserHasRights: z.boolean() });

/** A workflow that is in force. */
export interface WorkflowNeeds {
  readonly label: string;
  readonly action: string;
}

/** What these workflows and the mirror need, each endpoint and action once. */
export function needsOf(workflows: readonly WorkflowNeeds[]): readonly Need[] {
  const found = new Map<string, { need: Omit<Need, 'stops'>; stops: Set<string> }>();
  const add = (action: Need['action'], endpoint: string, stops: string): void => {
    const key = `${action} ${endpoint.toLowerCase()}`;
    const known = found.get(key) ?? { need: { action, endpoint }, stops: new Set<string>() };
    known.stops.add(stops);
    found.set(key, known);
  };
  for (const { label, action } of workflows) {
    const rights = BY_ACTION.get(action) ?? [];
    for (const [verb, endpoint] of rights) add(verb, endpoint, `“${label}” can’t post`);
  }
  for (const { paths, name } of ENTITIES) {
    // Rights are asked by the entity; the sync service has none of its own.
    add('GET', paths[0].replace(/^sync\//i, ''), `${name} can’t be read`);
  }
  return [...found.values()].map(({ need, stops }) => ({ ...need, stops: [...stops].join('; ') }));
}

/** A right that Exact granted is not asked for again so soon; one that it did not grant is. */
const GRANTED_MS = 10 * 60_000;

/** What Exact granted in a division, and when it said so. In memory: a consent begins it anew. */
export class Granted {
  readonly #atMs = new Map<string, number>();
  #division: number | undefined;

  /** Another division, or another user: nothing is known. */
  forget(): void {
    this.#atMs.clear();
  }

  of(division: number): void {
    if (this.#division !== division) this.forget();
    this.#division = division;
  }

  note(need: Need, nowMs: number): void {
    this.#atMs.set(keyOf(need), nowMs);
  }

  has(need: Need, nowMs: number): boolean {
    const ageMs = nowMs - (this.#atMs.get(keyOf(need)) ?? -Infinity);
    return ageMs >= 0 && ageMs < GRANTED_MS;
  }
}

const keyOf = ({ action, endpoint }: Need): string => `${action} ${endpoint}`;

/** After a check that came to no end, the hub by itself does not ask again so soon. */
const RETRY_MS = 3_600_000;
/** A right may be taken away: what was asked so long ago is asked again. */
const RECHECK_MS = 24 * 3_600_000;

/** Whether something is needed that was not asked for lately, or a check ended before its end. */
export function rightsDue(found: RightsFound | null, needs: readonly Need[], nowMs: number) {
  if (found === null) return true;
  if (found.words !== null) return nowMs - found.checkedMs >= RETRY_MS;
  if (nowMs - found.checkedMs >= RECHECK_MS) return true;
  const asked = new Set(found.needs);
  return needs.some((need) => !asked.has(keyOf(need)));
}

export interface RightsQuestion {
  readonly client: ExactClient;
  readonly division: number;
  readonly needs: readonly Need[];
  readonly granted: Granted;
  readonly nowMs: number;
  /** `human` while a person waits for the answer. */
  readonly lane: 'human' | 'sync';
}

/**
 * Asks Exact for each need in turn: one call each, counted against the day. Ends early when Exact
 * does not answer, wants us to wait, or refuses the question itself; `words` then says why.
 */
export async function checkRights(question: RightsQuestion): Promise<RightsFound> {
  const { client, division, needs, granted, nowMs, lane } = question;
  granted.of(division);
  const missing: RightsFound['missing'] = [];
  let [asked, refused, words]: [number, number, string | null] = [0, 0, null];
  for (const need of needs) {
    if (granted.has(need, nowMs)) {
      asked += 1;
      continue;
    }
    const { endpoint, action, stops } = need;
    const query = { endpoint: `'${endpoint}'`, action: `'${action}'` };
    const path = `/api/v1/${division}/users/UserHasRights`;
    const outcome = await client.get(path, query, lane);
    if (outcome.kind !== 'ok') {
      words = describe(outcome);
      refused += 1;
      if (outcome.kind === 'rejected' && refused < REFUSALS_MAX) continue;
      break;
    }
    const answer = answerForm.safeParse(outcome.value.rows[0]);
    if (!answer.success) {
      words = 'the answer of UserHasRights is not of the form of Exact';
      break;
    }
    asked += 1;
    if (answer.data.UserHasRights) granted.note(need, nowMs);
    else missing.push({ endpoint, action, stops });
  }
  const all = needs.map(keyOf);
  return { checkedMs: nowMs, asked, total: needs.length, missing, words, needs: all };
}
