// Who lives here: a story, played by people at real kiosks: every scan is typed into Chromium, every
// button touched, every screen read, and at the end the books of Exact and the hub's journal are
// compared with what the story says. What it cannot do or see it says; it passes nothing over.

import type { Browser } from '@playwright/test';
import { LIMITS } from '../../../src/lib/domain/index.ts';
import { loadSpeaker } from '../../../src/lib/ui/texts/index.ts';
import type { Speaker } from '../../../src/lib/ui/index.ts';
import { actOf } from '../../stories/format.ts';
import type { StoryStep } from '../../stories/format.ts';
import { StoryFailure } from '../../stories/play.ts';
import { workflowAt } from '../../stories/read.ts';
import type { ReadStory } from '../../stories/read.ts';
import type { Product } from '../product.ts';
import { ACTS, notHere } from './acts.ts';
import { glassDifferences } from './expectations.ts';
import { HubSide } from './hub-side.ts';
import { Station } from './station.ts';
import { outcomeDifferences } from './outcome.ts';
import { StoryWorld } from './world.ts';

/** So long glass and hub may take to agree with a step; what hangs on stock is reckoned only now and then. */
const AGREE_MS = LIMITS.sourcesEveryMs + 5_000;
const PAUSE_MS = 40;
/** The workflow of a story that names none. */
const USUAL = 'receive';

export interface Playing {
  readonly browser: Browser;
  readonly product: Product;
  /** The day on which the product believes to stand. */
  readonly today: string;
  /** Tells apart the stories of one product. */
  readonly nth: number;
  /** Called after every step with the stations as they stand. */
  readonly seen?: (stations: Iterable<Station>, step: number) => Promise<void>;
}

/** What acts work with. */
export interface Cast {
  readonly stations: ReadonlyMap<string, Station>;
  readonly world: StoryWorld;
  readonly hub: HubSide;
}

/** Why no browser plays this story; nothing: one does. */
export function whyNotHere({ story }: ReadStory): string | undefined {
  if (story['only in memory'] !== undefined) return story['only in memory'];
  if (story.expect.journal.some((line) => line.endsWith('ledger.undo-under-way'))) {
    return 'Exact answers by itself, before anybody can undo what is on its way';
  }
  return story.steps.map(notHere).find((why) => why !== undefined);
}

/** Plays one story through the whole product. @throws StoryFailure with step and both values */
export async function playInBrowser(read: ReadStory, playing: Playing): Promise<void> {
  const { product, browser, today, nth } = playing;
  const { given } = read.story;
  const changed = given.workflows !== undefined || given.edited !== undefined;
  if (changed !== (product.workflows !== undefined)) {
    throw new StoryFailure(`${read.file}: is of other workflows than the product was started with`);
  }
  if (given.today !== today) {
    throw new StoryFailure(
      `${read.file}: is of ${given.today}, and the product stands on ${today}`,
    );
  }
  const hub = new HubSide(product);
  const world = await StoryWorld.make(product.books, hub, read, nth);
  const stations = new Map<string, Station>();
  try {
    const fromSeq = hub.lastSeq();
    for (const name of given.stations) {
      const station = await Station.open(browser, product.url, name, given.today);
      stations.set(name, station);
      await station.knows(world.records(), world.lists());
      await station.begin(workflowOf(given, station));
    }
    await playSteps(read, playing, { stations, world, hub });
    for (const station of stations.values()) await station.heard();
    await hub.booked();
    const entries = hub.entriesAfter(fromSeq, (text) => world.inStoryIds(text));
    report(
      `${read.place(read.story.steps.length)} at the end`,
      outcomeDifferences(read.story.expect, { world, entries, dataDir: product.dataDir }),
    );
  } finally {
    for (const station of stations.values()) await station.close();
    hub.close();
    await world.retire();
  }
}

const workflowOf = (given: ReadStory['story']['given'], { name }: Station): string =>
  workflowAt(given, name) ?? USUAL;

async function playSteps(read: ReadStory, playing: Playing, cast: Cast): Promise<void> {
  const { steps, given } = read.story;
  const speaker = await loadSpeaker('en');
  for (const [index, step] of steps.entries()) {
    const act = actOf(step);
    const head = `${read.place(index)} step ${index + 1} (${act} ${JSON.stringify(step[act])})`;
    const station = cast.stations.get(step.station ?? given.stations[0] ?? '');
    if (station === undefined) throw new StoryFailure(`${head}: no station ${step.station ?? ''}`);
    for (const each of cast.stations.values()) await each.listen();
    await ACTS[act](step, station, cast).catch((error: unknown) => {
      throw new StoryFailure(`${head}: ${String(error)}`, { cause: error });
    });
    for (const each of cast.stations.values()) await each.still();
    // A story's stations have one workflow: whoever is led to the menu goes on with it.
    if (step.expect?.menu === undefined) await station.begin(workflowOf(given, station));
    await playing.seen?.(cast.stations.values(), index + 1);
    if (step.expect !== undefined) {
      report(head, await disagreement(step.expect, station, speaker, cast.world));
    }
  }
}

/** What is still different when everybody had time enough to agree. */
async function disagreement(
  expected: NonNullable<StoryStep['expect']>,
  station: Station,
  speaker: Speaker,
  world: StoryWorld,
): Promise<string[]> {
  const endMs = performance.now() + AGREE_MS;
  for (;;) {
    const found = glassDifferences({ glass: await station.look(), speaker, world, expected });
    if (found.length === 0 || performance.now() > endMs) return found;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

function report(head: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new StoryFailure(`${head}:\n  ${differences.join('\n  ')}`);
}
