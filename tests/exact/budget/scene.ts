// Who lives here: one run of the real scheduler and the real budget against the model of Exact:
// callers of every lane come when they come, calls take their time on the way, answers get lost,
// somebody sets the hub's clock. What happened is written down for the properties to judge.

import { CallBudget } from '../../../src/lib/server/exact/budget/budget.ts';
import type { Lane } from '../../../src/lib/server/exact/budget/lanes.ts';
import type { Ticket } from '../../../src/lib/server/exact/budget/permits.ts';
import { Turns } from '../../../src/lib/server/exact/turns.ts';
import type { TurnBudget } from '../../../src/lib/server/exact/turns.ts';
import { ExactModel } from './exact-model.ts';
import type { ModelSettings } from './exact-model.ts';
import { VirtualLoop } from './virtual-loop.ts';

export interface Caller {
  readonly lane: Lane;
  /** After the start. */
  readonly atMs: number;
}

export interface Hungry {
  readonly lane: Lane;
  readonly callers: number;
  readonly fromMs: number;
}

export interface Scene extends Partial<ModelSettings> {
  readonly startMs: number;
  readonly callers: readonly Caller[];
  /** Lanes that always want more: so many callers each, who call again and again. */
  readonly hungry?: readonly Hungry[];
  /** Longest way of a call there, and back. */
  readonly wayMs?: number;
  /** Every so many calls the answer is lost; the call arrives all the same, up to a minute late. */
  readonly loseEvery?: number;
  /** Somebody sets the hub's clock. */
  readonly sets?: readonly { readonly atMs: number; readonly byMs: number }[];
  /** Others call, so many at once. */
  readonly foreign?: readonly { readonly atMs: number; readonly calls: number }[];
  /** How long every caller waits for a permit before it comes back when it was told to. */
  readonly patienceMs?: number;
  readonly runMs: number;
  /** End as soon as all are served. */
  readonly untilServed?: boolean;
  readonly seed?: number;
}

export type BudgetUnderTest = TurnBudget & {
  take(lane: Lane, endpoint: string): Ticket;
};

export interface Clocks {
  readonly settings: ModelSettings;
  readonly clock: { nowMs(): number };
  readonly steady: { elapsedMs(): number };
}

export interface Sent {
  readonly lane: Lane;
  readonly askedMs: number;
  readonly sentMs: number;
}

export interface Played {
  readonly model: ExactModel;
  readonly budget: BudgetUnderTest;
  readonly sent: readonly Sent[];
  /** When the last caller was served, after the start; null when some were not. */
  readonly servedMs: number | null;
}

const FAR_MS = 60_000;

/** A small generator, so that a run depends on its seed alone. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** As after a restart: earlier answers told the limits. */
export function realBudget({ clock, steady, settings }: Clocks): CallBudget {
  const recent = { human: 0, post: 0, settle: 0, sync: 0 };
  const { minute: minuteLimit, day: dayLimit } = settings;
  const count = { minuteLimit, dayLimit, atMs: clock.nowMs(), recent };
  return new CallBudget({ clock, steady, kept: { rows: [], count, marks: null } });
}

export async function play(
  scene: Scene,
  make: (clocks: Clocks) => BudgetUnderTest = realBudget,
): Promise<Played> {
  const loop = new VirtualLoop(scene.startMs);
  const settings = { minute: 60, day: 5000, skewMs: 0, lagMs: 0, headers: true, ...scene };
  const model = new ExactModel(loop, settings);
  let offsetMs = 0;
  const clock = { nowMs: () => loop.nowMs + offsetMs };
  const budget = make({ settings, clock, steady: { elapsedMs: () => loop.nowMs - scene.startMs } });
  const turns = new Turns(budget, clock, loop);
  for (const { atMs, byMs } of scene.sets ?? []) loop.after(atMs, () => (offsetMs += byMs));
  for (const { atMs, calls } of scene.foreign ?? []) {
    loop.after(atMs, () => Array.from({ length: calls }).forEach(() => model.foreign()));
  }
  const roll = dice(scene.seed ?? 1);
  const sent: Sent[] = [];
  let served = 0;
  const call = async (lane: Lane, askedMs: number): Promise<void> => {
    const ticket = budget.take(lane, 'x');
    sent.push({ lane, askedMs, sentMs: loop.nowMs });
    const wayMs = scene.wayMs ?? 200;
    if (scene.loseEvery !== undefined && sent.length % scene.loseEvery === 0) {
      loop.after(roll() * FAR_MS, () => model.call());
      return ticket.lost();
    }
    await loop.sleep(roll() * wayMs);
    const { status, headers } = model.call();
    await loop.sleep(roll() * wayMs);
    ticket.answered(status, headers, '');
  };
  const come = async (lane: Lane): Promise<void> => {
    const askedMs = loop.nowMs;
    const patienceMs = scene.patienceMs ?? 120_000;
    for (;;) {
      const turn = await turns.run({ lane, endpoint: 'x', patienceMs }, () => call(lane, askedMs));
      if (turn.kind !== 'later') return;
      await loop.sleep(Math.max(1, turn.untilMs - clock.nowMs()));
    }
  };
  const failures: unknown[] = [];
  const begin = (atMs: number, act: () => Promise<void>) =>
    loop.after(atMs, () => {
      act().catch((error: unknown) => failures.push(error));
    });
  for (const { lane, atMs } of scene.callers) {
    begin(atMs, async () => {
      await come(lane);
      served += 1;
    });
  }
  for (const { lane, callers, fromMs } of scene.hungry ?? []) {
    const eat = async () => {
      while (loop.nowMs < scene.startMs + scene.runMs) await come(lane);
    };
    for (let n = 0; n < callers; n += 1) begin(fromMs, eat);
  }
  const all = () => served === scene.callers.length || failures.length > 0;
  await loop.run(scene.startMs + scene.runMs, scene.untilServed === true ? all : undefined);
  turns.stop();
  if (failures.length > 0) throw failures[0];
  const servedMs = served === scene.callers.length ? loop.nowMs - scene.startMs : null;
  return { model, budget, sent, servedMs };
}

/** The same lane, again and again. */
export function many(lane: Lane, count: number, everyMs = 0, fromMs = 0): readonly Caller[] {
  return Array.from({ length: count }, (_, n) => ({ lane, atMs: fromMs + n * everyMs }));
}
