// Who lives here: what one seed means: which postings go out, which of them Exact will refuse, what
// the wire and Exact do to the calls, how long Exact may take (d) and how long readers stay behind
// (r), and when the hub dies. The same seed is the same plan everywhere.
//
// Terms: gentle (d + r <= settleMs: nothing may be doubled), beyond (it may, and must be detected).

import { LIMITS } from '../../../src/lib/domain/index.ts';
import { seeded } from '../../torture/support/kills.ts';
import { FIRST_KINDS } from '../../exact/posting-goods.ts';
import type { FirstKind, Place, Tracking } from '../../exact/posting-goods.ts';
import type { PostingKind } from '../../../src/lib/domain/index.ts';

/** What may happen to a POST. */
export const POST_FAULTS = [
  ...(['lose-request', 'lose-answer', 'reset-after', 'status-500', 'status-408'] as const),
  ...(['status-500-after', 'status-502-after', 'status-504-after', 'html-503-after'] as const),
  ...(['apply-late', 'lag', 'lag-lose-answer', 'late-500', 'late-408'] as const),
  ...(['429-minute', '429-day', '429-bare', 'expire-tokens'] as const),
  ...(['truncate-after', 'half-body', 'html-200', 'ignore-prefer', 'die'] as const),
] as const;
/** What may happen to a question. */
export const GET_FAULTS = [
  ...(['lose-request', 'reset-after', 'status-500', 'html-503', 'truncate-after'] as const),
  ...(['half-body', 'html-200', '429-bare', '429-minute', 'expire-tokens'] as const),
  ...(['repeat-page', 'unknown-field', 'd-array', 'int64-number'] as const),
] as const;
export type PostFault = (typeof POST_FAULTS)[number] | 'twice';
export type GetFault = (typeof GET_FAULTS)[number];

export interface PlannedPosting {
  readonly kind: FirstKind;
  readonly tracking: Tracking;
  readonly place: Place;
  /** Something in it does not exist: Exact refuses it. */
  readonly poison: boolean;
}

/** Exact's own ways to take something back. */
export type ReversalKind = Exclude<PostingKind, FirstKind>;

export interface PlannedReversal {
  readonly kind: ReversalKind;
  /** Booked in fair weather before the storm begins; of these goods. */
  readonly tracking: Tracking;
  readonly place: Place;
  readonly poison: boolean;
}

/** What a count finds of goods that only it touches, beside what Exact has of them. */
export const FOUND = ['as-booked', 'less', 'more', 'both-ways'] as const;

/** Batches or serials of a place, told as what lies there. */
export interface PlannedCount {
  readonly tracking: Exclude<Tracking, 'plain'>;
  readonly place: Place;
  readonly found: (typeof FOUND)[number];
  /** The goods come in the storm, just before they are counted; otherwise in fair weather. */
  readonly atOnce: boolean;
  readonly poison: boolean;
}

export interface Plan {
  readonly seed: number;
  readonly beyond: boolean;
  readonly lateMaxMs: number;
  readonly lagMaxMs: number;
  /** Share of the calls that something happens to. */
  readonly rate: number;
  /** Swarm: only these of all faults. */
  readonly posts: readonly PostFault[];
  readonly gets: readonly GetFault[];
  /** After so many calls the weather is fine. */
  readonly calls: number;
  /** Chance of a restart after a turn. */
  readonly restarts: number;
  readonly postings: readonly PlannedPosting[];
  readonly reversals: readonly PlannedReversal[];
  readonly counts: readonly PlannedCount[];
  /** For everything that is drawn while it runs. */
  readonly chance: Chance;
}

export class Chance {
  readonly #next: () => number;

  constructor(seed: number) {
    this.#next = seeded(seed);
  }

  hit(share: number): boolean {
    return this.#next() < share;
  }

  /** 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  pick<T>(list: readonly T[]): T {
    const one = list[this.below(list.length)];
    if (one === undefined) throw new Error('nothing to pick from');
    return one;
  }

  /** Each with this chance, at least one. */
  some<T>(list: readonly T[], share: number): readonly T[] {
    const found = list.filter(() => this.hit(share));
    return found.length > 0 ? found : [this.pick(list)];
  }
}

const TRACKINGS: readonly Tracking[] = ['plain', 'batch', 'serial'];
/** Goods that leave a place by one serial number: two of them would want the same one. */
const TAKES: readonly FirstKind[] = [
  ...(['goodsDelivery', 'warehouseTransfer', 'locationTransfer', 'materialIssue'] as const),
  'materialSubstitution',
];
const BURST = 8;
/** What a seed draws from; what came later stands in for one of these in some seeds. */
const DRAWN = FIRST_KINDS.filter(
  (kind) => kind !== 'byProductReceipt' && kind !== 'materialSubstitution',
);

function postingsOf(chance: Chance): readonly PlannedPosting[] {
  if (chance.hit(0.02)) {
    const kind = chance.pick(DRAWN);
    const burst = { kind, tracking: 'plain', place: 'location', poison: true } as const;
    return Array.from({ length: BURST }, () => burst);
  }
  const found: PlannedPosting[] = [];
  const taken = new Set<string>();
  for (let left = 1 + chance.below(4); left > 0; left -= 1) {
    const kind = chance.pick(DRAWN);
    const tracking = chance.pick(TRACKINGS);
    const place = kind === 'locationTransfer' || chance.hit(0.6) ? 'location' : 'none';
    const poison = chance.hit(0.06);
    const place1 = `${tracking} ${place}`;
    const wants = tracking === 'serial' && TAKES.includes(kind) && !poison;
    if (wants && taken.has(place1)) continue;
    if (wants) taken.add(place1);
    found.push({ kind, tracking, place, poison });
  }
  return found;
}

const REVERSAL_KINDS: readonly ReversalKind[] = [
  ...(['purchaseReturn', 'materialReversal', 'shopOrderReversal'] as const),
];

/** Drawn by themselves, so that a seed's other postings are what they are without these. */
function reversalsOf(
  seed: number,
  postings: readonly PlannedPosting[],
  draws: number,
): readonly PlannedReversal[] {
  const chance = new Chance(seed ^ 0x5ca9_d0c5);
  const found: PlannedReversal[] = [];
  if (postings.length === BURST) return found;
  for (let left = chance.hit(0.4) ? 1 + chance.below(2) : 0; left > 0; left -= 1) {
    const kind = chance.pick(REVERSAL_KINDS);
    const drawn = chance.pick(TRACKINGS);
    const place = chance.hit(0.6) ? 'location' : 'none';
    const wanted = postings.some(
      (one) => one.tracking === drawn && one.place === place && TAKES.includes(one.kind),
    );
    // What is issued first is one that another posting may have its eye on.
    const tracking = kind === 'materialReversal' && drawn === 'serial' && wanted ? 'batch' : drawn;
    // What is issued goes back as an undo, or as goods that came back: half of the seeds each.
    const odd = seed % 2 === 1;
    const returns = draws > 2 && kind === 'materialReversal' && odd;
    const beside = draws > 3 && kind === 'shopOrderReversal' && odd;
    const back = returns ? 'materialReturn' : beside ? 'byProductReversal' : kind;
    found.push({ kind: back, tracking, place, poison: chance.hit(0.06) });
  }
  return found;
}

/** Drawn by themselves, too. Serials are counted where nobody else is at them. */
function countsOf(
  seed: number,
  postings: readonly PlannedPosting[],
  reversals: readonly PlannedReversal[],
): readonly PlannedCount[] {
  const chance = new Chance(seed ^ 0x0c0_4137);
  if (postings.length === BURST || !chance.hit(0.35)) return [];
  const busy = [...postings, ...reversals].some(({ tracking }) => tracking === 'serial');
  const tracking = busy || chance.hit(0.5) ? 'batch' : 'serial';
  const place = tracking === 'serial' || chance.hit(0.6) ? 'location' : 'none';
  const [found, atOnce] = [chance.pick(FOUND), chance.hit(0.5)];
  return [{ tracking, place, found, atOnce, poison: chance.hit(0.06) }];
}

/** All that is drawn today. A seed that was kept means what it meant when it failed. */
export const DRAWS = 5;

/**
 * @param draws 1: postings; 2: reversals, 3: counts of numbers and returns, 4: by-products,
 *   5: substitutions, too
 */
export function planOf(seed: number, draws = DRAWS): Plan {
  const chance = new Chance(seed);
  const beyond = chance.hit(0.25);
  const share = chance.below(101) / 100;
  const posts: readonly PostFault[] = chance.some(POST_FAULTS, 0.35);
  const plan: Omit<Plan, 'reversals' | 'counts'> = {
    ...{ seed, beyond, chance },
    lateMaxMs: beyond ? 60 * 60_000 : share * LIMITS.settleMs,
    lagMaxMs: beyond ? 30 * 60_000 : (1 - share) * LIMITS.settleMs,
    rate: 0.1 + chance.below(50) / 100,
    posts: beyond ? [...posts, 'apply-late', 'lag-lose-answer', 'twice'] : posts,
    gets: chance.some(GET_FAULTS, 0.2),
    calls: 4 + chance.below(24),
    restarts: chance.hit(0.4) ? 0.15 : 0,
    postings: postingsOf(chance).map((one) => {
      const instead = draws > 4 && seed % 2 === 1 && one.kind === 'materialIssue';
      if (instead) return { ...one, kind: 'materialSubstitution' };
      const beside = draws > 3 && seed % 2 === 1 && one.kind === 'shopOrderReceipt';
      return beside ? { ...one, kind: 'byProductReceipt' } : one;
    }),
  };
  const reversals = draws < 2 ? [] : reversalsOf(seed, plan.postings, draws);
  return { ...plan, reversals, counts: draws < 3 ? [] : countsOf(seed, plan.postings, reversals) };
}
