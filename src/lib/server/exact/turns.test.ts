// Who goes next at the door to Exact, who is sent away, and what closing the house means for those
// who wait (I-17). Fairness under load is in budget/properties.test.ts.

import { beforeEach, describe, expect, it } from 'vitest';
import { VirtualLoop } from '../../../../tests/exact/budget/virtual-loop.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Lane } from './budget/lanes.ts';
import { Turns } from './turns.ts';
import type { Turn } from './turns.ts';

let loop: VirtualLoop;
let turns: Turns;
/** When each endpoint is free. */
let freeMs: Record<string, number>;
const share: Record<Lane, number> = { human: 0, post: 0, settle: 0, sync: 0 };

beforeEach(() => {
  loop = new VirtualLoop(1_000_000);
  freeMs = {};
  const waitMs = (_: Lane, endpoint: string) => Math.max(0, (freeMs[endpoint] ?? 0) - loop.nowMs);
  const budget = {
    ...{ waitMs, askMs: (lane: Lane, endpoint: string) => loop.nowMs + waitMs(lane, endpoint) },
    ...{ waits: () => undefined, minuteShare: (lane: Lane) => share[lane] },
  };
  Object.assign(share, { human: 0, post: 0, settle: 0, sync: 0 });
  turns = new Turns(budget, { nowMs: () => loop.nowMs }, loop);
});

/** A call of 100 ms; `log` gets its name when it begins. */
function call(
  name: string,
  lane: Lane,
  log: string[],
  { endpoint = 'x', patienceMs = 0, signal }: Partial<Parameters<Turns['run']>[0]> = {},
): Promise<Turn<string>> {
  const wanted = { lane, endpoint, patienceMs, ...(signal === undefined ? {} : { signal }) };
  return turns.run(wanted, async () => {
    log.push(name);
    await loop.sleep(100);
    return name;
  });
}

describe('one at a time', () => {
  it('people first, then whose lane used the smallest share; in a lane, in order', async () => {
    const log: string[] = [];
    Object.assign(share, { post: 0.5, sync: 0.2, settle: 0.9 });
    const names = ['first post', 'post a', 'post b', 'sync a', 'settle a', 'human a'];
    for (const name of names) {
      const lane = (['post', 'sync', 'settle', 'human'] as const).find((each) =>
        name.includes(each),
      );
      if (lane !== undefined) void call(name, lane, log);
    }
    await loop.run(1_001_000);
    expect(log).toEqual(['first post', 'human a', 'sync a', 'post a', 'post b', 'settle a']);
  });

  it('people do not push others aside beyond their floor', async () => {
    const log: string[] = [];
    Object.assign(share, { human: 1.5, post: 0.5 });
    void call('first', 'sync', log);
    void call('human', 'human', log);
    void call('post', 'post', log);
    await loop.run(1_001_000);
    expect(log).toEqual(['first', 'post', 'human']);
  });

  it('a shut endpoint holds up nobody else of its lane', async () => {
    const log: string[] = [];
    freeMs = { shut: 1_000_000 + 30_000 };
    void call('shut', 'sync', log, { endpoint: 'shut', patienceMs: 60_000 });
    void call('open', 'sync', log);
    await loop.run(1_001_000);
    expect(log).toEqual(['open']);
    await loop.run(1_040_000);
    expect(log).toEqual(['open', 'shut']);
  });

  it('goes on after a call that failed', async () => {
    const log: string[] = [];
    const failed = turns.run({ lane: 'post', endpoint: 'x', patienceMs: 0 }, () =>
      Promise.reject(new Error('broken')),
    );
    const next = call('next', 'post', log);
    await expect(failed).rejects.toThrow('broken');
    await loop.run(1_001_000);
    expect(await next).toEqual({ kind: 'done', value: 'next' });
  });
});

describe('I-17: waiting is bounded', () => {
  it('who has no patience is told when to come back', async () => {
    freeMs = { x: 1_000_000 + 5_000 };
    expect(await call('a', 'post', [])).toEqual({ kind: 'later', untilMs: 1_005_000 });
  });

  it('who has waited for its patience is sent away, even if the permit was near', async () => {
    freeMs = { x: 1_000_000 + 5_000 };
    const log: string[] = [];
    const waiting = call('a', 'sync', log, { patienceMs: 6_000 });
    loop.after(4_999, () => {
      freeMs = { x: 1_000_000 + 9_000 };
    });
    await loop.run(1_010_000);
    expect(await waiting).toEqual({ kind: 'later', untilMs: 1_009_000 });
    expect(log).toEqual([]);
  });

  it('a full lane turns the next one away, and only that lane', async () => {
    freeMs = { x: 1_000_000 + 60_000 };
    const patienceMs = 120_000;
    for (let n = 0; n < LIMITS.exactWaitingCalls; n += 1) {
      void call(`${n}`, 'sync', [], { patienceMs });
    }
    expect(await call('more', 'sync', [], { patienceMs })).toMatchObject({ kind: 'later' });
    freeMs = {};
    expect(await Promise.race([call('post', 'post', []), loop.run(1_001_000)])).not.toMatchObject({
      kind: 'later',
    });
  });
});

describe('calling off', () => {
  it('lets one that waits go at once, and the others wait on', async () => {
    freeMs = { x: 1_000_000 + 60_000 };
    const log: string[] = [];
    const off = new AbortController();
    const a = call('a', 'sync', log, { patienceMs: 120_000, signal: off.signal });
    void call('b', 'sync', log, { patienceMs: 120_000 });
    off.abort();
    expect(await a).toEqual({ kind: 'stopped' });
    await loop.run(1_070_000);
    expect(log).toEqual(['b']);
    expect(await call('c', 'sync', log, { signal: off.signal })).toEqual({ kind: 'stopped' });
  });

  it('closing lets everybody go who waits, ends nobody who is called, begins nothing', async () => {
    const log: string[] = [];
    const running = call('running', 'post', log);
    const waiting = call('waiting', 'post', log);
    freeMs = { far: 9_000_000 };
    const far = call('far', 'sync', log, { endpoint: 'far', patienceMs: 9_000_000 });
    turns.stop();
    expect([await waiting, await far]).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }]);
    expect(await call('late', 'human', log)).toEqual({ kind: 'stopped' });
    await loop.run(1_001_000);
    expect(await running).toEqual({ kind: 'done', value: 'running' });
    expect(log).toEqual(['running']);
  });
});
