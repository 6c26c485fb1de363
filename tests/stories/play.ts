// Who lives here: a story, played. Every event of every station leaves its mark in a trace; two
// ways of playing one story (with and without reloads, say) must leave the same trace.

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { GoodsLine } from '../../src/lib/domain/index.ts';
import { orderLineOf, progress } from '../../src/lib/ledger/index.ts';
import type { StationView } from '../../src/lib/station/words.ts';
import type { CompiledWorkflow, DialogueEvent } from '../../src/lib/workflows/index.ts';
import type { DialogueStep, TakenModel } from '../../src/lib/workflows/index.ts';
import { outcomeDifferences, rowSaying, screenDifferences } from './compare.ts';
import { elsewhere } from './elsewhere.ts';
import { actOf, FACTS } from './format.ts';
import type { Given, StoryStep } from './format.ts';
import { StoryHub } from './hub.ts';
import { StoryMirror } from './mirror.ts';
import { lineOn } from './named.ts';
import { StoryClock, StoryRandom } from './ports.ts';
import { workflowAt } from './read.ts';
import type { ReadStory } from './read.ts';
import { StoryStation } from './station.ts';
import type { Probe } from './station-parts.ts';

const SEED = 20_260_302;

/** What a station would call the picture. */
const photoId = (name: string): string => createHash('sha256').update(name).digest('hex');

/** Something is not as the story says, or a law was broken on the way. */
export class StoryFailure extends Error {
  override readonly name = 'StoryFailure';
}

/** One event of one dialogue and what came of it. */
export interface Mark {
  readonly station: string;
  readonly event: DialogueEvent['type'];
  readonly screen: DialogueStep['screen'];
  readonly commands: DialogueStep['commands'];
  readonly signal: DialogueStep['signal'];
}

/** A way of playing: what is done to a dialogue after each of its events. */
export type Manner = Probe['happened'];

export const plainly: Manner = (_station, _event, _step, now) => now;

/** What is chosen from the menu of this station; without a choice all of it. */
const isChosen = (given: Given, station: string, { id }: CompiledWorkflow): boolean =>
  (workflowAt(given, station) ?? id) === id;

class Stage {
  readonly trace: Mark[] = [];
  readonly clock: StoryClock;
  readonly mirror: StoryMirror;
  readonly hub: StoryHub;
  readonly stations = new Map<string, StoryStation>();

  constructor(
    private readonly read: ReadStory,
    private readonly workflows: readonly CompiledWorkflow[],
    private readonly manner: Manner,
  ) {
    const { given } = read.story;
    const random = new StoryRandom(SEED);
    this.clock = new StoryClock(given.today);
    this.mirror = new StoryMirror(given);
    this.hub = new StoryHub(this.mirror, this.clock, random);
    const common = {
      hub: this.hub,
      clock: this.clock,
      random,
      probe: this.#probe(),
    };
    for (const name of given.stations) {
      const menu = workflows.filter((each) => isChosen(given, name, each));
      const parts = { ...common, workflows: menu, name };
      this.stations.set(name, new StoryStation(parts));
    }
  }

  #probe(): Probe {
    return {
      happened: (station, event, step, now, recorded) => {
        const { screen, commands, signal } = step;
        this.trace.push({ station, event: event.type, screen, commands, signal });
        const scanned = event.type === 'scan' || event.type === 'misread';
        if (scanned && signal === 'error' && commands.length > 0) {
          throw new StoryFailure('I-14: a refused scan made a command');
        }
        return this.manner(station, event, step, now, recorded);
      },
    };
  }

  station(step: StoryStep): StoryStation {
    const name = step.station ?? this.read.story.given.stations[0] ?? '';
    const station = this.stations.get(name);
    if (station === undefined) throw new StoryFailure(`the story gives no station ${name}`);
    return station;
  }

  async start(): Promise<void> {
    await this.hub.open();
    await this.hub.knows(this.workflows);
    for (const station of this.stations.values()) await station.start();
  }

  async play(step: StoryStep): Promise<void> {
    for (const station of this.stations.values()) station.signals = [];
    await this.#act(step);
    for (const station of this.stations.values()) await station.drain();
    for (const station of this.stations.values()) if (station.connected) await station.pull();
    for (const station of this.stations.values()) await station.look();
  }

  async #act(step: StoryStep): Promise<void> {
    const station = this.station(step);
    if (step.scan !== undefined) station.scan(step.scan.replaceAll('{GS}', '\u001d'));
    if (step.press !== undefined) station.dispatch({ type: 'press', word: step.press });
    if (step.open !== undefined) station.openOrder(step.open);
    if (step.photo !== undefined) {
      station.dispatch({ type: 'enter', fact: 'photo', value: photoId(step.photo) });
    }
    if (step.choose !== undefined) this.#choose(station, step.choose);
    if (step.touch !== undefined) {
      station.dispatch({ type: 'choose', id: rowSaying(station.view(), step.touch) });
    }
    for (const fact of FACTS) {
      const value = step.type?.[fact];
      if (value === undefined) continue;
      station.dispatch({ type: 'enter', fact, value: String(value) });
    }
    await elsewhere(step, this);
    if (step.do !== undefined) await this.#do(step.do, step, station);
  }

  #choose(station: StoryStation, name: string): void {
    const { screen } = station.view();
    const { taken } = screen ?? {};
    if (taken !== undefined) return station.dispatch({ type: 'choose', id: takenId(taken, name) });
    const id = screen && lineOn(screen, name);
    if (id === undefined) throw new StoryFailure(`no line of ${name} is on the screen`);
    station.dispatch({ type: 'choose', id });
  }

  async #do(
    what: NonNullable<StoryStep['do']>,
    step: StoryStep,
    station: StoryStation,
  ): Promise<void> {
    // The hub is away from everybody unless the story names a station.
    const these = step.station === undefined ? [...this.stations.values()] : [station];
    switch (what) {
      case 'reload':
        return station.restart();
      case 'hub away':
        for (const each of these) each.connected = false;
        return;
      case 'hub back':
        for (const each of these) {
          each.connected = true;
          // As link.ts: both are asked at once, and the page is answered first.
          await each.pull();
        }
        return;
      case 'lose answer':
        station.loseAnswer = true;
        return;
      case 'deliver again': {
        const { first, again } = await station.deliverAgain();
        const same = again.kind !== 'later' && again.again === true && again.seq === first.seq;
        if (!same) throw new StoryFailure(`I-02: the second answer is ${JSON.stringify(again)}`);
        return;
      }
      case 'sign out':
        return station.signOut();
      case 'look':
        return;
    }
  }
}

/** BOLT is the newest line of bolts, BOLT#2 the one before it. */
function takenId(taken: readonly TakenModel[], name: string): string {
  const [code, nth = '1'] = name.split('#');
  const line = taken.filter(({ itemCode }) => itemCode === code)[Number(nth) - 1];
  if (line === undefined) throw new StoryFailure(`there is no line ${name} to take back`);
  return line.id;
}

/** What a played story leaves behind. */
export interface Played {
  readonly trace: readonly Mark[];
  readonly hub: StoryHub;
}

function actText(step: StoryStep): string {
  const act = actOf(step);
  return `${act} ${JSON.stringify(step[act])}`;
}

/**
 * Plays a story from its first step to its books.
 * @throws StoryFailure with the step's number and place, what it did, and every difference.
 */
export async function play(
  read: ReadStory,
  workflows: readonly CompiledWorkflow[],
  manner: Manner = plainly,
): Promise<Played> {
  const stage = new Stage(read, workflows, manner);
  await stage.start();
  const { steps, expect } = read.story;
  for (const [index, step] of steps.entries()) {
    const head = `${read.place(index)} step ${index + 1} (${actText(step)})`;
    await stage.play(step).catch((error: unknown) => {
      throw new StoryFailure(`${head}: ${String(error)}`, { cause: error });
    });
    if (step.expect === undefined) continue;
    const station = stage.station(step);
    const view: StationView = station.view();
    report(head, screenDifferences(step.expect, view, station.signals));
  }
  report(`${read.place(steps.length)} at the end`, outcomeDifferences(expect, stage.hub));
  report(`${read.place(steps.length)} at the end`, [
    ...lostCommands(stage),
    ...tooMuch(stage),
    ...replayDifferences(stage.hub),
  ]);
  return { trace: stage.trace, hub: stage.hub };
}

function report(head: string, differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new StoryFailure(`${head}:\n  ${differences.join('\n  ')}`);
}

/** I-01: what a station decided stands in the journal, or still waits there. */
function lostCommands({ stations, hub }: Stage): string[] {
  return [...stations.values()].flatMap(({ rows }) =>
    rows
      .filter(({ status, command }) => status !== 'waiting' && !hub.world.commands.has(command.id))
      .map(({ command }) => `I-01: command ${command.stationSeq} is not in the journal`),
  );
}

/** The order line of goods, the share that may go over it, and what somebody said yes to. */
function allowedBy(line: GoodsLine): (readonly [string, { share: number; yes: number }])[] {
  const id = orderLineOf(line);
  if (id === undefined) return [];
  const yes = Math.max(0, ...(line.approvals ?? []).map(({ over = 0 }) => over));
  return [[id, { share: 'tolerance' in line ? line.tolerance : 0, yes }]];
}

/** I-06: whoever scanned first, no line has more than is ordered plus the tolerance. */
function tooMuch({ hub, mirror }: Stage): string[] {
  const allowed = new Map(
    hub.entries.flatMap(({ body }) => (body.type === 'line-received' ? allowedBy(body.line) : [])),
  );
  const orders = mirror.ledgerOrders(0).filter(({ id }) => !mirror.changed.has(id));
  return orders.flatMap((order) =>
    order.lines.flatMap(({ id, ordered }) => {
      const more = allowed.get(id);
      const { received = 0, pending = 0 } = progress(hub.world, order.id).get(id) ?? {};
      const { share = 0, yes = 0 } = more ?? {};
      const most = ordered + Math.max(ordered * share, yes) + 1e-6;
      if (more === undefined || received + pending <= most) return [];
      return [`I-06: line ${id} has ${received + pending}, at most ${most} may come`];
    }),
  );
}

/** The journal, folded anew, gives the same world. */
function replayDifferences(hub: StoryHub): string[] {
  const [kept, told] = [hub.world, hub.replayed()].map((world) => ({
    seq: world.seq,
    documents: new Map(world.documents.entries()),
    commands: new Map(world.commands.entries()),
    serials: new Map(world.serials.entries()),
    unposted: new Map(world.unposted.entries()),
  }));
  return isDeepStrictEqual(kept, told) ? [] : ['the journal folded anew gives another world'];
}
