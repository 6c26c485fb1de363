// Who lives here: what happens in a working day and when, drawn from a seed: documents of twelve
// stations, in trickles and in bursts when a truck comes, and what people do in Exact meanwhile.

import type { DayKind } from './goods.ts';

export interface DayPlan {
  readonly seed: number;
  readonly hours: number;
  readonly documents: number;
  readonly linesPerDocument: number;
  readonly stations: number;
  /** Items of the company. */
  readonly items: number;
  readonly itemChanges: number;
  readonly newOrders: number;
  readonly orderChanges: number;
  /** Of all calls: half lose their answer, half never arrive. */
  readonly faultRate: number;
  /** In the middle of the day nobody gets through to Exact. */
  readonly outageHours: number;
}

export const WHOLE_DAY: DayPlan = {
  ...{ seed: 1, hours: 10, documents: 1000, linesPerDocument: 4, stations: 12, items: 2000 },
  ...{ itemChanges: 200, newOrders: 100, orderChanges: 60, faultRate: 0.01, outageHours: 2 },
};

/** An hour of the same with its own outage, for a test. */
export const SHORT_DAY: DayPlan = {
  ...{ seed: 2, hours: 1, documents: 100, linesPerDocument: 4, stations: 12, items: 400 },
  ...{ itemChanges: 20, newOrders: 10, orderChanges: 6, faultRate: 0.01, outageHours: 0.2 },
};

export type DayEvent = { readonly atMs: number } & (
  | { readonly kind: 'document'; readonly station: number; readonly of: DayKind }
  | { readonly kind: 'item' | 'order' | 'change' | 'down' | 'up' }
);

/** Of 20 documents: what a warehouse mostly does is taking in and picking. */
const MIX: readonly (readonly [DayKind, number])[] = [
  ...([['goodsReceipt', 9] as const, ['goodsDelivery', 8] as const] as const),
  ...([['warehouseTransfer', 1] as const, ['locationTransfer', 1] as const] as const),
  ['stockCount', 1] as const,
];
const HOUR_MS = 3_600_000;
const BURST_MS = 10 * 60_000;
/** Trucks come so often; what they bring is half of all documents. */
const BURST_EVERY_MS = 1.5 * HOUR_MS;

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function drawer(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many documents of each kind; they add up to all of them. */
export function mixOf(documents: number): readonly DayKind[] {
  const deck = MIX.flatMap(([kind, many]) => Array.from({ length: many }, () => kind));
  return Array.from({ length: documents }, (_, at) => deck[(at * 7) % deck.length] ?? 'stockCount');
}

export function eventsOf(plan: DayPlan, startMs: number): readonly DayEvent[] {
  const draw = drawer(plan.seed);
  const dayMs = plan.hours * HOUR_MS;
  const anyMs = () => startMs + Math.floor(draw() * dayMs);
  const bursts = Math.max(1, Math.floor(dayMs / BURST_EVERY_MS));
  const burstMs = () => {
    const begunMs = ((Math.floor(draw() * bursts) + 0.5) * dayMs) / bursts;
    return startMs + Math.floor(begunMs + draw() * BURST_MS);
  };
  const events: DayEvent[] = mixOf(plan.documents).map((of, at) => {
    const atMs = at % 2 === 0 ? anyMs() : burstMs();
    return { atMs, kind: 'document', station: at % plan.stations, of };
  });
  const people = { item: plan.itemChanges, order: plan.newOrders, change: plan.orderChanges };
  for (const kind of ['item', 'order', 'change'] as const) {
    for (let made = 0; made < people[kind]; made += 1) events.push({ atMs: anyMs(), kind });
  }
  if (plan.outageHours > 0) {
    const downMs = startMs + (dayMs - plan.outageHours * HOUR_MS) / 2;
    events.push({ atMs: downMs, kind: 'down' });
    events.push({ atMs: downMs + plan.outageHours * HOUR_MS, kind: 'up' });
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}
