// Who lives here: what the tests of the mirror have in common: rounds on virtual time, a look into
// the simulator's books and calls, and changes as a person would make them in Exact.

import { setImmediate } from 'node:timers/promises';
import type { EntityStatus } from '../../src/lib/server/exact/index.ts';
import type { World } from './world.ts';

export type SimRow = Readonly<Record<string, unknown>>;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Turns of the event loop without a request under way, after which only time can help. */
const STILL_TURNS = 20;
const STEP_MS = 500;

export class MirrorKit {
  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  get mirror(): World['hub']['mirror'] {
    return this.world.hub.mirror;
  }

  /** Lets virtual time pass while `work` waits for permits, and stand still while it works. */
  async settle<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const ended = work.finally(() => {
      state.done = true;
    });
    // Whoever waits hears of a failure; this one must not count as unheard meanwhile.
    ended.catch(() => undefined);
    for (let still = 0; !state.done;) {
      await setImmediate();
      still = this.world.wire.inFlight > 0 ? 0 : still + 1;
      if (still < STILL_TURNS) continue;
      this.world.time.advance(STEP_MS);
      still = 0;
    }
    return ended;
  }

  round(which: 'due' | 'all' = 'due'): Promise<void> {
    return this.settle(this.mirror.round(which));
  }

  /** Rounds as they come due, until the clock shows this much more. */
  async days(ms: number, each: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    const { time } = this.world;
    const endMs = time.nowMs() + ms;
    for (;;) {
      const nextMs = this.mirror.nextMs;
      if (nextMs > endMs) break;
      time.advanceTo(Math.max(time.nowMs(), nextMs));
      await each();
      await this.round();
    }
    time.advanceTo(endMs);
  }

  count(table: string): number {
    const sql = `SELECT count(*) AS n FROM "${table}"`;
    return Number(this.world.sim.simulation.store.get(sql)?.['n']);
  }

  rows(sql: string, ...values: readonly string[]): readonly SimRow[] {
    return this.world.sim.simulation.store.all(sql, ...values);
  }

  /** Calls whose path contains this, oldest first. */
  calls(like: string): readonly SimRow[] {
    return this.rows('SELECT * FROM sim_call WHERE path LIKE ? ORDER BY id', `%${like}%`);
  }

  async status(entity: string): Promise<EntityStatus | undefined> {
    return (await this.mirror.status()).find((row) => row.entity === entity);
  }

  /** As a person would in Exact. */
  async person(method: string, path: string, body: unknown = {}): Promise<string> {
    const url = `${this.world.sim.url}/control/records/${path}`;
    const answer = await fetch(url, { method, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    if (text === '') return '';
    const made = JSON.parse(text) as { key?: string };
    return made.key ?? '';
  }

  /** What the mirror tells from now on. */
  listen(): { readonly changed: [string, readonly string[]][]; readonly faults: string[] } {
    const told = { changed: [] as [string, readonly string[]][], faults: [] as string[] };
    const { events } = this.mirror;
    events.on('changed', (entity, ids) => told.changed.push([entity, ids]));
    events.on('fault', (entity) => told.faults.push(entity));
    events.on('healed', (entity) => told.faults.push(`healed ${entity}`));
    return told;
  }
}
