// What a person meets between a client id and a hub at work, against the real simulator: the steps,
// and each way in which a step can lead nowhere (invariants §6.4).

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { needsOf } from '../../src/lib/server/exact/index.ts';
import { Link, REDIRECT } from './link.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const OTHER = 123987;
let link: Link;
let openWork: string | null;
const needs = () => needsOf([{ label: 'Receive', action: 'goodsReceipt' }]);

beforeEach(async () => {
  link = await Link.open();
  openWork = null;
  await link.start({ needs, openWork: () => Promise.resolve(openWork) });
});
afterEach(() => link.close());

const typed = () => ({ ...link.app, clientSecret: link.sim.clientSecret });
const view = () => link.session.view();

describe('the steps', () => {
  it('opens without an app, and asks Exact for nothing', async () => {
    expect(await view()).toMatchObject({ state: 'unconnected', stage: 'app', division: null });
    expect(link.session.beginConsent('b')).toBeNull();
    const me = await link.session.client.get('/api/v1/current/Me', {}, 'human');
    expect(me).toMatchObject({ kind: 'auth', state: 'needs-consent' });
    expect(link.tokenCalls()).toEqual([]);
  });

  it('goes from a typed app by login, division and rights to work, and tells when', async () => {
    const connected: number[] = [];
    link.session.events.on('connected', (division) => connected.push(division));
    expect(await link.session.typeApp(typed(), false)).toEqual({ kind: 'asks' });
    expect((await view()).stage).toBe('consent');
    expect(await link.login()).toEqual({ kind: 'asks' });
    expect(await view()).toMatchObject({ state: 'unconnected', stage: 'choose' });
    expect(link.session.division).toBeUndefined();
    expect(connected).toEqual([]);
    const done = await link.session.connecting.choose(link.sim.division, false);
    expect(done).toEqual({ kind: 'connected', division: link.sim.division });
    expect(connected).toEqual([link.sim.division]);
    const now = link.time.nowMs();
    expect(await view()).toMatchObject({
      ...{ state: 'connected', stage: 'connected', origin: 'typed', secretSetMs: now },
      ...{ division: link.sim.division, divisionName: 'De Bouwschuur B.V.', refreshedMs: now },
      ...{ consentedMs: now, expiresMs: now + 30 * 86_400_000 },
      rights: { checkedMs: now, missing: [], words: null },
    });
  });

  it('a simulator is called at night too; a site of Exact rests from 04:00 to 04:30', async () => {
    await link.session.typeApp(typed(), false);
    const night = Date.UTC(2026, 10, 23, 3, 10) - (link.time.nowMs() % 86_400_000);
    link.time.advance((night % 86_400_000) + 86_400_000 * 2);
    expect(new Date(link.time.nowMs()).toISOString()).toContain('T03:10');
    expect((await link.session.budgetView()).maintenanceUntilMs).toBeUndefined();
    const site = { ...link.app, baseUrl: 'https://start.exactonline.nl' };
    await link.session.typeApp({ ...site, clientSecret: 'anything' }, false);
    expect((await link.session.budgetView()).maintenanceUntilMs).toBeGreaterThan(link.time.nowMs());
  });

  it('keeps a typed app over a restart, and the environment wins over it', async () => {
    await link.session.typeApp(typed(), false);
    await link.login();
    await link.session.connecting.choose(link.sim.division, false);
    const session = await link.start();
    expect(session.division).toBe(link.sim.division);
    expect(session.redirectUri).toBe(REDIRECT);
    const me = await session.client.get('/api/v1/current/Me', { $select: 'UserID' }, 'human');
    expect(me.kind).toBe('ok');
    const mine = { ...link.app, clientId: 'ours' };
    await link.start({ app: mine });
    expect(await view()).toMatchObject({ origin: 'environment', clientId: 'ours' });
    const refusal = await link.session.typeApp(typed(), false);
    expect(refusal).toMatchObject({ kind: 'refused', problem: 'environment' });
  });

  it('uses the simulator beside us while nothing is typed, and forgets an app taken away', async () => {
    await link.start({ standIn: link.app });
    expect(await view()).toMatchObject({ origin: 'stand-in', stage: 'consent' });
    await link.connect();
    await link.session.typeApp({ ...typed(), clientId: 'typed' }, false);
    await link.start({ standIn: link.app });
    expect(await view()).toMatchObject({ origin: 'typed', clientId: 'typed', stage: 'consent' });
    await link.session.useStandIn(false);
    await link.start();
    expect(await view()).toMatchObject({ stage: 'app', issuedMs: null });
  });
});

describe('a step that leads nowhere says which', () => {
  const nowhere = (problem: string) => ({ kind: 'refused', problem });
  beforeEach(async () => {
    await link.session.typeApp(typed(), false);
  });

  it('a wrong secret', async () => {
    await link.session.typeApp({ ...typed(), clientSecret: 'no' }, false);
    expect(await link.login()).toMatchObject(nowhere('wrong-secret'));
    expect(link.session.connecting.problem).toMatchObject({ problem: 'wrong-secret' });
    await link.session.typeApp(typed(), false);
    expect(link.session.connecting.problem).toBeUndefined();
    expect(await link.login()).toEqual({ kind: 'asks' });
  });

  it('an answer that holds the tokens and can’t be read: nothing of it is said', async () => {
    link.front.spoils = '/api/oauth2/token';
    const lost = await link.login();
    expect(lost).toMatchObject(nowhere('lost'));
    const tokens = link.sim.simulation.store.all('SELECT token FROM sim_token');
    expect(tokens).toHaveLength(2);
    for (const { token } of tokens) expect(JSON.stringify(lost)).not.toContain(String(token));
  });

  it('a refused consent, and one without a code', async () => {
    const back = (more: object) =>
      new URLSearchParams({
        ...{ state: link.session.beginConsent('b')?.searchParams.get('state') ?? '' },
        ...more,
      });
    const { session } = link;
    expect(await session.callback(back({ error: 'access_denied' }), 'b')).toMatchObject(
      nowhere('denied'),
    );
    expect(await session.callback(back({}), 'b')).toMatchObject(nowhere('no-code'));
    expect(link.tokenCalls()).toEqual([]);
  });

  it('a code used before, and an answer taken before', async () => {
    const query = link.consent(link.session.beginConsent('b'));
    await link.session.callback(query, 'b');
    expect(await link.session.callback(query, 'b')).toMatchObject(nowhere('not-asked'));
    const state = link.session.beginConsent('b')?.searchParams.get('state') ?? '';
    const again = new URLSearchParams({ code: query.get('code') ?? '', state });
    expect(await link.session.callback(again, 'b')).toMatchObject(nowhere('code-refused'));
  });

  it('an answer in another browser, or without the cookie', async () => {
    const query = () => link.consent(link.session.beginConsent('mine'));
    expect(await link.session.callback(query(), 'yours')).toMatchObject(nowhere('other-browser'));
    expect(await link.session.callback(query())).toMatchObject(nowhere('other-browser'));
    expect(link.tokenCalls()).toEqual([]);
  });

  it('an app that was changed while the login was under way, and a hub that was restarted', async () => {
    const query = link.consent(link.session.beginConsent('b'));
    await link.session.typeApp({ ...typed(), clientId: 'another' }, false);
    expect(await link.session.callback(query, 'b')).toMatchObject(nowhere('app-changed'));
    const second = link.consent(link.session.beginConsent('b'));
    await link.start();
    expect(await link.session.callback(second, 'b')).toMatchObject(nowhere('not-asked'));
  });

  it('a division that is not consented to, archived, or blocked', async () => {
    const { connecting } = link.session;
    await link.control('records/system/Divisions', { Code: 9, Description: 'Old', Status: 2 });
    const blocked = { Code: 8, Description: 'Shut', Status: 1, BlockingStatus: 3 };
    await link.control('records/system/Divisions', blocked);
    await link.login([link.sim.division, 8, 9]);
    expect(await connecting.choose(OTHER, false)).toMatchObject(nowhere('division'));
    expect(await connecting.choose(9, false)).toMatchObject(nowhere('not-choosable'));
    expect(await connecting.choose(8, false)).toMatchObject(nowhere('not-choosable'));
    const listed = await connecting.divisions();
    expect(listed.kind === 'ok' && listed.value.map((one) => one.status)).toEqual([
      ...['blocked', 'archived', 'active'],
    ]);
  });

  it('a site that is none of Exact’s', async () => {
    const evil = { ...typed(), baseUrl: 'https://start.exactonline.nl.evil.test' };
    expect(await link.session.typeApp(evil, false)).toMatchObject(nowhere('address'));
  });
});

describe('once connected', () => {
  beforeEach(async () => {
    await link.session.typeApp(typed(), false);
    await link.login([link.sim.division, OTHER]);
    await link.session.connecting.choose(link.sim.division, false);
  });

  it('asks before the administration changes, and refuses while goods are on the way', async () => {
    const { connecting } = link.session;
    expect(await connecting.choose(OTHER, false)).toEqual({ kind: 'confirm' });
    expect(link.session.division).toBe(link.sim.division);
    openWork = '2 postings on the way to Exact';
    const refused = await connecting.choose(OTHER, true);
    expect(refused).toMatchObject({ problem: 'open-work', words: openWork });
    const elsewhere = { ...typed(), baseUrl: 'https://start.exactonline.be' };
    expect(await link.session.typeApp(elsewhere, true)).toMatchObject({ problem: 'open-work' });
    expect((await view()).stage).toBe('connected');
    openWork = null;
    expect(await link.session.typeApp(elsewhere, false)).toEqual({ kind: 'confirm' });
    // Rights are asked one by one: 60 calls of a minute hold two such checks, not three.
    link.time.advance(61_000);
    expect(await connecting.choose(OTHER, true)).toEqual({ kind: 'connected', division: OTHER });
  });

  it('remembers the books over a disconnection: open postings never reach another division', async () => {
    await link.session.connecting.disconnect();
    openWork = '1 posting on the way to Exact';
    await link.start({ needs, openWork: () => Promise.resolve(openWork) });
    await link.session.typeApp({ ...typed(), clientSecret: link.sim.clientSecret }, false);
    expect(await link.login([OTHER])).toMatchObject({ problem: 'division' });
    expect(await link.session.connecting.choose(OTHER, true)).toMatchObject({
      problem: 'open-work',
    });
    expect(await link.login([link.sim.division])).toMatchObject({ kind: 'connected' });
  });

  it('disconnects: listeners clear up with tokens that still work, then the tokens are gone', async () => {
    const heard: string[] = [];
    link.session.events.on('disconnecting', (wait) => {
      const path = 'system/Divisions';
      wait(
        link.session.client
          .get(path, { $select: 'Code' }, 'human')
          .then((outcome) => heard.push(`clearing up: ${outcome.kind}`)),
      );
    });
    link.session.events.on('disconnected', () => heard.push('disconnected'));
    await link.session.connecting.disconnect();
    expect(heard).toEqual(['clearing up: ok', 'disconnected']);
    expect(await view()).toMatchObject({
      ...{ state: 'unconnected', stage: 'consent', issuedMs: null, expiresMs: null },
      ...{ disconnectedMs: link.time.nowMs(), division: link.sim.division },
    });
    const rows = await link.store.db.selectFrom('exact_connection').selectAll().execute();
    expect(rows.map((row) => row.tokens_cipher)).toEqual([null]);
    expect(link.session.division).toBeUndefined();
  });

  it('after a dead chain one login keeps the division, if it is consented to again', async () => {
    link.time.advance(575_000);
    await link.control('tokens/expire', { access: true, refresh: true });
    await link.session.client.get('/api/v1/current/Me', { $select: 'UserID' }, 'human');
    expect(await view()).toMatchObject({ stage: 'needs-consent', division: link.sim.division });
    expect((await view()).words).toContain('invalid_grant');
    expect(await link.login([OTHER])).toMatchObject({ kind: 'refused', problem: 'division' });
    expect(await view()).toMatchObject({ stage: 'choose', division: link.sim.division });
    expect(link.session.division).toBeUndefined();
    expect(await link.login([link.sim.division])).toEqual({
      ...{ kind: 'connected', division: link.sim.division },
    });
  });

  it('two browsers at once: the newest login is the one that works', async () => {
    const one = link.consent(link.session.beginConsent('one'));
    const two = link.consent(link.session.beginConsent('two'));
    link.time.advance(61_000);
    const both = [link.session.callback(one, 'one'), link.session.callback(two, 'two')];
    expect((await Promise.all(both)).map((each) => each.kind)).toEqual(['connected', 'connected']);
    const me = await link.session.client.get('/api/v1/current/Me', { $select: 'UserID' }, 'human');
    expect(me.kind).toBe('ok');
  });
});
