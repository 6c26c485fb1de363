// Who lives here: when in a hub's life it is killed. Every round has an aim, drawn by the seed;
// what the kill hit is told by what was under way, whatever it was aimed at.
//
// Terms: starting (not ready yet, or ready for less than a second), posting (a document or its
// answer is on the line), reading (a page of a list is), between (nothing of these).

import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { Product } from '../../support/product.ts';
import type { Line, Traffic } from './line.ts';

export const PHASES = ['starting', 'posting', 'reading'] as const;
export type Phase = (typeof PHASES)[number];
export type Hits = Record<Phase | 'between', number>;

/** So many rounds must have seen every phase. */
export const ROUNDS_ENOUGH = 20;
/** How long a hub takes to be ready, about, and a second more. */
const START_MS = 3_000;
const JUST_READY_MS = 1_000;
/** Longest that a hub lives after it serves before somebody takes aim. */
const LIFE_MS = 1_500;
/** The lists that were forgotten are read again in about this time. */
const READS_MS = 500;
/** Longest wait for something to hit. */
const AIM_MS = 4_000;

export function noHits(): Hits {
  return { starting: 0, posting: 0, reading: 0, between: 0 };
}

/** The aims of rounds in turn, in an order of the seed's. */
export function aimOf(round: number, seed: number): Phase {
  return PHASES[(round + seed) % PHASES.length] ?? 'posting';
}

/**
 * The hub, which is dead, forgets how far it has read some lists: it reads them once more from
 * their beginning when it starts, as after a change of forms. What it had read stays.
 */
export function forgetLists(product: Product, chance: () => number): void {
  const hub = new Sqlite(join(product.dataDir, 'hub.db'));
  try {
    const rows = hub.prepare('SELECT entity FROM sync_cursor ORDER BY entity').all();
    const forget = hub.prepare('DELETE FROM sync_cursor WHERE entity = ?');
    for (const { entity } of rows as { entity: string }[]) {
      if (chance() < 0.4) forget.run(entity);
    }
  } finally {
    hub.close();
  }
}

export interface Round {
  readonly product: Product;
  readonly line: Line;
  readonly aim: Phase;
  readonly chance: () => number;
  /** Work begins, once the hub is ready; ends by itself when the hub is gone. */
  readonly play: () => Promise<unknown>;
}

/** Starts a hub and kills it. @returns what the kill hit */
export async function killedIn({ product, line, aim, chance, play }: Round): Promise<Hits> {
  let playing: Promise<unknown> = Promise.resolve();
  let readyAtMs: number | undefined;
  const started = product.startHub().then(
    () => {
      readyAtMs = Date.now();
      playing = play();
    },
    (error: unknown) => {
      // A hub that is killed while it starts never says that it is ready.
      if (!product.hubWasKilled) throw error;
    },
  );
  if (aim === 'starting') await pause(chance() * START_MS);
  else {
    await started;
    await pause(chance() * (aim === 'reading' ? READS_MS : LIFE_MS));
    await line.until(aim, AIM_MS);
  }
  const hits = noHits();
  if (readyAtMs === undefined || Date.now() - readyAtMs < JUST_READY_MS) hits.starting = 1;
  for (const traffic of ['posting', 'reading'] satisfies Traffic[]) {
    if (line.has(traffic)) hits[traffic] = 1;
  }
  if (PHASES.every((phase) => hits[phase] === 0)) hits.between = 1;
  await product.killHub();
  await started;
  await playing;
  return hits;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
