// Who lives here: the one who runs many seeds, a world for each portion of them, and says which
// failed. A failing seed is run again alone in a fresh world: if it fails there too, it alone is
// the regression, otherwise the portion up to it is.

import type { RareEvents } from './checker.ts';
import { nothingRare } from './checker.ts';
import { DRAWS } from './plan.ts';
import { Yard } from './yard.ts';
import type { Plant } from './yard.ts';

/** Seeds of one world: making one costs as much as some dozens of seeds. */
const PORTION = 100;

/** Enough to see it again: the seeds `from` to `seed` in one fresh world. */
export interface Failed {
  readonly seed: number;
  readonly from: number;
  readonly words: string;
}

export interface SimulateOptions {
  readonly runs: number;
  readonly first: number;
  readonly say?: (line: string) => void;
  readonly plant?: Plant;
  /** Stops at the first one that fails, as it failed: nobody is going to run it again. */
  readonly untilFirst?: boolean;
}

export interface Simulated {
  readonly rare: RareEvents;
  readonly failed: readonly Failed[];
}

export async function simulate(options: SimulateOptions): Promise<Simulated> {
  const { runs, first, say = () => undefined, plant = {}, untilFirst = false } = options;
  const rare = nothingRare();
  const failed: Failed[] = [];
  const end = first + runs;
  for (let from = first; from < end;) {
    const until = Math.min(end, from + PORTION);
    const failure = await portion(from, until, rare, plant);
    if (failure === undefined) {
      from = until;
      if ((from - first) % (10 * PORTION) === 0) say(`${from - first}: ${JSON.stringify(rare)}`);
      continue;
    }
    if (untilFirst) return { rare, failed: [failure] };
    const { seed } = failure;
    const alone = await portion(seed, seed + 1, nothingRare(), plant);
    failed.push(alone ?? failure);
    say(`${(alone ?? failure).words}\n  again: ${againWith(alone ?? failure)}`);
    from = seed + 1;
  }
  return { rare, failed };
}

/** The command that shows a failure again: its seed alone, or with those of its world before it. */
function againWith({ from, seed }: Failed): string {
  return `npm run simulate -- --seed ${from} --runs ${seed - from + 1}`;
}

/** Runs seeds in one fresh world up to the first that fails. */
export async function portion(
  from: number,
  until: number,
  rare: RareEvents,
  plant: Plant = {},
  draws = DRAWS,
): Promise<Failed | undefined> {
  const yard = await Yard.make(rare, plant);
  try {
    for (let seed = from; seed < until; seed += 1) {
      try {
        await yard.run(seed, draws);
      } catch (error) {
        return { seed, from, words: error instanceof Error ? error.message : String(error) };
      }
    }
    return undefined;
  } finally {
    await yard.close();
  }
}
