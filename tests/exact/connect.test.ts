// The connection to Exact, over real HTTP, against the simulator and its rules of tokens.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(async () => {
  await world.close();
});

const me = () => world.hub.session.client.get('/api/v1/current/Me', { $select: 'UserID' }, 'human');
const tokenCalls = () =>
  world.sim.simulation.store.all("SELECT * FROM sim_call WHERE path LIKE '/api/oauth2/token%'");

it('connects as a person would: login, consent, callback, division', async () => {
  expect((await world.hub.session.view()).state).toBe('unconnected');
  expect(await me()).toMatchObject({ kind: 'auth', state: 'needs-consent' });
  await world.connect();
  const view = await world.hub.session.view();
  expect(view).toMatchObject({ state: 'connected', division: world.sim.division });
  expect((await me()).kind).toBe('ok');
});

it('refuses a callback that was not asked for, was used, or is too old', async () => {
  const { session } = world.hub;
  const refused = { kind: 'refused' };
  expect(await session.callback(new URLSearchParams('code=x&state=y'))).toMatchObject(refused);
  const state = session.authorizeUrl().searchParams.get('state') ?? '';
  expect(Buffer.from(state, 'base64url')).toHaveLength(16);
  world.time.advance(10 * 60_000 + 1);
  const late = new URLSearchParams({ code: 'x', state });
  expect(await session.callback(late)).toMatchObject(refused);
  const second = session.authorizeUrl().searchParams.get('state') ?? '';
  const wrong = new URLSearchParams({ code: 'no-such-code', state: second });
  expect(await session.callback(wrong)).toMatchObject({
    words: expect.stringContaining('invalid'),
  });
  expect(await session.callback(wrong)).toMatchObject({ words: expect.stringContaining('used') });
});

it('I-19: refreshes inside the window only, once for all who ask', async () => {
  await world.connect();
  world.time.advance(565_000);
  expect((await me()).kind).toBe('ok');
  expect(tokenCalls()).toHaveLength(1);
  world.time.advance(10_000);
  const answers = await Promise.all([me(), me(), me(), me()]);
  expect(answers.map((answer) => answer.kind)).toEqual(['ok', 'ok', 'ok', 'ok']);
  expect(tokenCalls()).toHaveLength(2);
  world.time.advance(3_600_000);
  expect((await me()).kind).toBe('ok');
  expect(tokenCalls().every((call) => call['status'] === 200)).toBe(true);
});

it('I-19: goes on with the stored pair after a restart, without a new consent', async () => {
  await world.connect();
  world.time.advance(575_000);
  expect((await me()).kind).toBe('ok');
  await world.restart();
  expect((await me()).kind).toBe('ok');
  expect(tokenCalls()).toHaveLength(2);
});

it('I-19: a hub that died between refresh and storing asks for consent, and stops there', async () => {
  await world.connect();
  world.time.advance(575_000);
  await world.control('faults', { kind: 'lose-answer', match: { path: '/api/oauth2/token' } });
  const words: string[] = [];
  world.hub.session.events.on('needs-consent', (said) => words.push(said));
  expect(await me()).toMatchObject({ kind: 'auth', state: 'needs-consent' });
  // One lost refresh, one retry with the stored token, and no third.
  expect(tokenCalls()).toHaveLength(3);
  expect(words).toEqual([expect.stringContaining('Old refresh token used')]);
  expect((await world.hub.session.view()).state).toBe('needs-consent');
  world.time.advance(3_600_000);
  expect(await me()).toMatchObject({ kind: 'auth', state: 'needs-consent' });
  expect(tokenCalls()).toHaveLength(3);
  await world.connect();
  expect((await me()).kind).toBe('ok');
});

it('I-19: a refresh that never reached Exact is repeated with the same token', async () => {
  await world.connect();
  world.time.advance(575_000);
  await world.control('faults', { kind: 'lose-request', match: { path: '/api/oauth2/token' } });
  expect((await me()).kind).toBe('ok');
  expect((await world.hub.session.view()).state).toBe('connected');
});

it('I-19: keeps the old token while a refresh fails, and tries again later', async () => {
  await world.connect();
  world.time.advance(575_000);
  await world.control('faults', {
    kind: 'html-503',
    times: 1,
    match: { path: '/api/oauth2/token' },
  });
  expect((await me()).kind).toBe('ok');
  expect((await me()).kind).toBe('ok');
  expect(tokenCalls()).toHaveLength(2);
  world.time.advance(6_000);
  expect((await me()).kind).toBe('ok');
  expect(tokenCalls()).toHaveLength(3);
});

it('waits for the window when a token dies early, and never refreshes before it', async () => {
  await world.connect();
  world.time.advance(60_000);
  await world.control('tokens/expire', { access: true });
  const dead = await me();
  expect(dead).toMatchObject({ kind: 'auth', state: 'waiting' });
  const untilMs = dead.kind === 'auth' ? dead.untilMs : 0;
  expect(untilMs - world.time.nowMs()).toBeGreaterThan(500_000);
  expect(tokenCalls()).toHaveLength(1);
  world.time.advanceTo(untilMs);
  expect((await me()).kind).toBe('ok');
});

it('keeps no secret in the clear: not in the database, not in words, not after a failure', async () => {
  await world.connect();
  const said: unknown[] = [];
  world.hub.session.events.on('needs-consent', (words) => said.push(words));
  world.time.advance(575_000);
  await world.control('faults', { kind: 'truncate', match: { path: '/api/v1/current/Me' } });
  said.push(await me(), await world.hub.session.view());
  const files = ['hub.sqlite', 'hub.sqlite-wal'].map((name) =>
    readFileSync(join(world.folder, name)).toString('latin1'),
  );
  const canaries = [world.sim.clientSecret, ...world.wire.tokens];
  expect(canaries.length).toBeGreaterThanOrEqual(4);
  // The test can fail: the canaries are findable where they do belong.
  expect([...world.wire.tokens].join()).toContain(canaries[1]);
  for (const canary of canaries) {
    expect(JSON.stringify(said)).not.toContain(canary);
    for (const file of files) expect(file).not.toContain(canary);
  }
});

it('I-19: two processes that find the token old refresh it once between them', async () => {
  await world.connect();
  world.time.advance(575_000);
  const other = await world.secondSession();
  let open = 2;
  const ask = async (session: typeof other) => {
    const answer = await session.client.get('/api/v1/current/Me', { $select: 'UserID' }, 'human');
    open -= 1;
    return answer.kind;
  };
  const asked = Promise.all([ask(world.hub.session), ask(other)]);
  while (open > 0) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    world.time.advance(500);
  }
  expect(await asked).toEqual(['ok', 'ok']);
  expect(tokenCalls()).toHaveLength(2);
});
