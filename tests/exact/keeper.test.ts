// I-19, the keeper of the tokens: whatever dies, and wherever, the chain goes on or says plainly
// that a person must log in; two processes never refresh it both; Exact is never asked too early.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openVault } from '../../src/lib/server/exact/index.ts';
import { startChild } from './keeper-child.ts';
import type { TokenKeeper } from '../../src/lib/server/exact/auth/keeper.ts';
import type { Outcome } from '../../src/lib/server/exact/outcomes.ts';
import { Deaths, Died, makeKeeper } from './keeper-kit.ts';
import type { Death, KeeperWorld } from './keeper-kit.ts';
import { Link } from './link.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const DUE_MS = 575_000;
const HOUR_MS = 3_600_000;
const MOST_CALLS = 60;
const WAYS = ['before', 'after'] as const;

let link: Link;
beforeEach(async () => {
  link = await Link.open();
  await link.start({ app: link.app });
  await link.connect();
});
afterEach(() => link.close());

const world = (): KeeperWorld => ({
  ...{ db: link.store.db, vault: openVault({ file: link.keyFile }), app: link.app },
  ...{ clock: link.time, scheduler: link.time },
});

/** Lets time pass until an answer is there, as it does while a dead process holds the lock. */
async function withTime<T>(asked: Promise<T>, stepMs = 500): Promise<T> {
  const state = { done: false };
  const finished = asked.finally(() => {
    state.done = true;
  });
  for (let steps = 0; !state.done && steps < 10_000; steps += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    link.time.advance(stepMs);
  }
  return finished;
}

/**
 * Asks until the token of before the death is not the answer any more: while a dead process holds
 * the lock, that one is used on, and works.
 */
async function newToken(keeper: TokenKeeper, old: string): Promise<Outcome<string>> {
  for (let asked = 0; asked < 100; asked += 1) {
    const outcome = await withTime(keeper.current());
    if (outcome.kind !== 'ok' || outcome.value !== old) return outcome;
    expect(await works(outcome.value)).toBe(true);
    link.time.advance(1_000);
  }
  throw new Error('the old token is used for ever');
}

const accessNow = async () => (await makeKeeper(world()).store.tokens())?.pair.access ?? '';

async function works(token: string): Promise<boolean> {
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  return (await fetch(`${link.sim.url}/api/v1/current/Me`, { headers })).ok;
}

const newConsent = () => link.connect();

/** Dies at every call that one `current()` makes; gives what each death leads to. */
async function dieEverywhere(prepare: () => Promise<void>): Promise<Map<string, string>> {
  const ends = new Map<string, string>();
  for (const when of WAYS) {
    for (let at = 1; at <= MOST_CALLS; at += 1) {
      await newConsent();
      link.time.advance(DUE_MS);
      await prepare();
      const deaths = new Deaths({ at, when }, () => {
        throw new Died();
      });
      const before = link.tokenCalls().length;
      const old = await accessNow();
      const dying = makeKeeper(world(), deaths).keeper.current();
      const died = await dying.then(
        () => deaths.point !== undefined,
        (error: unknown) => {
          expect(error).toBeInstanceOf(Died);
          return true;
        },
      );
      const next = makeKeeper(world());
      const outcome = await newToken(next.keeper, old);
      const end = outcome.kind === 'auth' ? outcome.state : outcome.kind;
      if (outcome.kind === 'ok') expect(await works(outcome.value), deaths.point).toBe(true);
      // A refresh and one retry of it by the dying, the same by the one after.
      expect(link.tokenCalls().length - before, deaths.point).toBeLessThanOrEqual(4);
      if (!died) break;
      ends.set(`${at} ${deaths.point ?? ''}`, end);
    }
  }
  return ends;
}

/** The points that lead to a new consent, without the number of the call. */
function consentAt(ends: Map<string, string>): string[] {
  const points = [...ends].filter(([, end]) => end === 'needs-consent');
  return points.map(([point]) => point.replace(/^\d+ /, '')).sort();
}

describe('I-19: death at every call', () => {
  it('of a refresh: only a pair that Exact gave and nobody stored needs a person', async () => {
    const ends = await dieEverywhere(() => Promise.resolve());
    expect(ends.size).toBeGreaterThanOrEqual(16);
    expect(consentAt(ends)).toEqual(['after refresh', 'before replaceTokens']);
    expect([...ends.values()].every((end) => ['ok', 'needs-consent'].includes(end))).toBe(true);
  });

  it('of a refresh whose request was lost and is sent again', async () => {
    const fault = { kind: 'lose-request', times: 1, match: { path: '/api/oauth2/token' } };
    const ends = await dieEverywhere(() => link.control('faults', fault));
    expect(ends.size).toBeGreaterThanOrEqual(22);
    expect(consentAt(ends)).toEqual(['after refresh', 'before replaceTokens']);
  });

  it('of a refresh whose answer was lost: it ends with a person, wherever it dies after', async () => {
    const fault = { kind: 'lose-answer', times: 1, match: { path: '/api/oauth2/token' } };
    const ends = await dieEverywhere(() => link.control('faults', fault));
    expect(ends.size).toBeGreaterThanOrEqual(20);
    expect(consentAt(ends)).toContain('after refresh');
    expect([...ends.values()].every((end) => ['ok', 'needs-consent'].includes(end))).toBe(true);
  });

  const HANDFUL: readonly (readonly [string, Death])[] = [
    ['before the lock', { at: 2, when: 'before' }],
    ['with the lock', { at: 2, when: 'after' }],
    ['before the refresh', { at: 6, when: 'before' }],
    ['with a pair that is not stored', { at: 6, when: 'after' }],
    ['with the pair stored', { at: 7, when: 'after' }],
  ];
  it.each(HANDFUL)('by SIGKILL in a real process, %s', async (name, death) => {
    link.time.advance(DUE_MS);
    const old = await accessNow();
    const child = startChild(link, death);
    await child.says('ready');
    child.process.stdin?.write('go\n');
    await child.ended;
    expect(child.process.signalCode).toBe('SIGKILL');
    const next = makeKeeper(world());
    const outcome = await newToken(next.keeper, old);
    if (name === 'with a pair that is not stored') {
      expect(outcome).toMatchObject({ kind: 'auth', state: 'needs-consent' });
      expect(next.words).toEqual([expect.stringContaining('Old refresh token used')]);
      expect((await newConsent()).kind).toBe('connected');
    } else {
      expect(outcome.kind === 'ok' && (await works(outcome.value))).toBe(true);
    }
  });
});

it('I-19: two processes at the same moment refresh once, and both have the same pair', async () => {
  for (let round = 1; round <= 3; round += 1) {
    link.time.advance(DUE_MS);
    const children = [startChild(link), startChild(link)];
    await Promise.all(children.map((child) => child.says('ready')));
    for (const child of children) child.process.stdin?.write('go\n');
    const answers = await Promise.all(children.map((child) => child.says('{')));
    await Promise.all(children.map((child) => child.ended));
    const stored = await makeKeeper(world()).store.tokens();
    const expected = JSON.stringify({ kind: 'ok', value: stored?.pair.access });
    expect(answers).toEqual([expected, expected]);
    // The consent, and one refresh a round.
    expect(link.tokenCalls()).toEqual(Array.from({ length: 1 + round }, () => 200));
  }
});

describe('I-19: what comes between', () => {
  it('a disk that refuses the new pair does not kill the chain: it is stored when it can be', async () => {
    link.time.advance(DUE_MS);
    const { keeper, store } = makeKeeper(world());
    const replace = vi.spyOn(store, 'replaceTokens').mockRejectedValueOnce(new Error('disk full'));
    await expect(keeper.current()).rejects.toThrow('disk full');
    expect((await keeper.current()).kind).toBe('ok');
    expect(replace).toHaveBeenCalledTimes(2);
    expect(link.tokenCalls()).toEqual([200, 200]);
    const after = await makeKeeper(world()).keeper.current();
    expect(after.kind === 'ok' && (await works(after.value))).toBe(true);
  });

  it('the lock of a process whose clock is a little ahead is not taken from it', async () => {
    const ahead = { nowMs: () => link.time.nowMs() + 2_000 };
    const [one, two] = [makeKeeper({ ...world(), clock: ahead }), makeKeeper(world())];
    expect(await one.store.lock('one', 90_000)).toBe(true);
    expect(await two.store.lock('two', 90_000)).toBe(false);
    link.time.advance(92_001);
    expect(await two.store.lock('two', 90_000)).toBe(true);
  });

  it('a slow process that finds its token used up does not delete the pair of a faster one', async () => {
    link.time.advance(DUE_MS);
    const slow = makeKeeper(world());
    const old = await slow.store.tokens();
    if (old === null) throw new Error('there are tokens');
    const fast = await makeKeeper(world()).keeper.current();
    expect(fast.kind).toBe('ok');
    expect(await slow.store.needsConsent(old, 'Old refresh token used.')).toBe(false);
    expect(await slow.store.replaceTokens(old, old.pair, 0)).toBe(false);
    expect(await slow.keeper.current()).toEqual(fast);
  });

  it('a consent during a refresh wins over its answer, and so does a disconnection', async () => {
    const between: string[] = [];
    const consented = async () => {
      await newConsent();
      between.push(await accessNow());
    };
    const disconnected = () => makeKeeper(world()).store.disconnect();
    for (const act of [consented, disconnected]) {
      link.time.advance(DUE_MS);
      const { keeper, store } = makeKeeper(world());
      const replace = store.replaceTokens.bind(store);
      vi.spyOn(store, 'replaceTokens').mockImplementation(async (old, pair, ms) => {
        await act();
        return replace(old, pair, ms);
      });
      const outcome = await keeper.current();
      expect(outcome).toMatchObject(
        act === consented
          ? { kind: 'ok', value: between[0] }
          : { kind: 'auth', state: 'needs-consent' },
      );
      expect(await accessNow()).toBe(act === consented ? between[0] : '');
    }
  });
});

describe('I-18: the calls to the token endpoint', () => {
  it('stop below 200 a day, also over restarts, and go on the next day', async () => {
    const now = link.time.nowMs() + DUE_MS;
    const calls = Array.from({ length: 190 }, (_, n) => now - n).reverse();
    await makeKeeper(world()).store.update({ token_calls: JSON.stringify(calls) });
    link.time.advance(DUE_MS);
    for (let restarts = 0; restarts < 3; restarts += 1) {
      const { keeper } = makeKeeper(world());
      await keeper.current();
      link.time.advance(60_000);
      expect(await keeper.current()).toMatchObject({ kind: expect.not.stringMatching('ok') });
    }
    expect(link.tokenCalls()).toEqual([200]);
    link.time.advance(24 * HOUR_MS);
    expect((await makeKeeper(world()).keeper.current()).kind).toBe('ok');
  });

  it('a clock set forward: the token is used on, and Exact hears five "too early" at most', async () => {
    const ahead = HOUR_MS;
    const clock = { nowMs: () => link.time.nowMs() + ahead };
    const { keeper } = makeKeeper({ ...world(), clock });
    for (let spent = 0; spent < DUE_MS; spent += 5_000) {
      const outcome = await keeper.current();
      expect(outcome.kind === 'ok' && (await works(outcome.value))).toBe(true);
      link.time.advance(5_000);
    }
    expect(link.tokenCalls().filter((status) => status === 400).length).toBeLessThanOrEqual(5);
    link.time.advance(120_000);
    const renewed = await keeper.current();
    expect(renewed.kind === 'ok' && (await works(renewed.value))).toBe(true);
    expect(link.tokenCalls().at(-1)).toBe(200);
  });

  it('a clock set back: the token is used until Exact refuses it, then renewed', async () => {
    const clock = { nowMs: () => link.time.nowMs() - HOUR_MS };
    const { keeper } = makeKeeper({ ...world(), clock });
    const first = await keeper.current();
    expect(first.kind).toBe('ok');
    link.time.advance(601_000);
    const stale = await keeper.current();
    if (stale.kind !== 'ok') throw new Error('a token that we take for good');
    expect(await works(stale.value)).toBe(false);
    await keeper.refused(stale.value);
    const renewed = await keeper.current();
    expect(renewed.kind === 'ok' && (await works(renewed.value))).toBe(true);
    expect(link.tokenCalls()).toEqual([200, 200]);
  });

  it('a lock from before the clock was set back holds nobody up', async () => {
    const { store } = makeKeeper(world());
    expect(await store.lock('dead', 90_000 + 24 * HOUR_MS)).toBe(true);
    link.time.advance(DUE_MS);
    expect((await makeKeeper(world()).keeper.current()).kind).toBe('ok');
  });
});
