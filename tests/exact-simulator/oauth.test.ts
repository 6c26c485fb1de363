/*
 * Linking: the pages, the token endpoint and every way it refuses.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, parsed, startExact, type Exact } from './helpers.ts';

let exact: Exact;
const callback = 'http://127.0.0.1:4000/exact/callback';

beforeEach(async () => {
  exact = await startExact();
});
afterEach(async () => {
  await exact.close();
});

function credentials() {
  return { client_id: exact.running.clientId, client_secret: exact.running.clientSecret };
}

function authUrl(changes: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    ...{ client_id: exact.running.clientId, redirect_uri: callback, response_type: 'code' },
    ...{ state: 'a b&c', ...changes },
  });
  return `${exact.running.url}/api/oauth2/auth?${query}`;
}

async function submit(form: [string, string][], cookie = ''): Promise<Response> {
  const base: [string, string][] = [
    ['client_id', exact.running.clientId],
    ['redirect_uri', callback],
    ['response_type', 'code'],
    ['state', 'a b&c'],
  ];
  return fetch(`${exact.running.url}/api/oauth2/auth`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams([...base, ...form]),
  });
}

async function signIn(): Promise<string> {
  const answer = await submit([
    ['step', 'login'],
    ['user', 'demo@scandock.test'],
    ['password', 'demo'],
  ]);
  expect(answer.status).toBe(200);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function consent(divisions: number[]): Promise<URL> {
  const cookie = await signIn();
  const chosen = divisions.map((code): [string, string] => ['division', String(code)]);
  const answer = await submit([['step', 'consent'], ['choice', 'allow'], ...chosen], cookie);
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

const redeem = (code: string, changes: Record<string, string> = {}) =>
  exact.tokenCall({
    ...{ grant_type: 'authorization_code', code, redirect_uri: callback },
    ...{ ...credentials(), ...changes },
  });

const refresh = (token: string) =>
  exact.tokenCall({ grant_type: 'refresh_token', refresh_token: token, ...credentials() });

describe('the authorize page', () => {
  it('refuses a redirect URI that is not registered character by character', async () => {
    const answer = await fetch(authUrl({ redirect_uri: `${callback}/` }));
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('is not valid');
  });

  it('refuses an unknown client and another response type', async () => {
    expect((await fetch(authUrl({ client_id: 'other' }))).status).toBe(400);
    expect((await fetch(authUrl({ response_type: 'token' }))).status).toBe(400);
  });

  it('refuses a wrong password and does not sign in', async () => {
    const answer = await submit([
      ['step', 'login'],
      ['user', 'demo@scandock.test'],
      ['password', 'wrong'],
    ]);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('shows markup in what the caller sent as text', async () => {
    const page = await (await fetch(authUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(page).not.toContain('<script>');
  });

  it('goes back with a code that holds an exclamation mark and with the state', async () => {
    const target = await consent([123456]);
    expect(target.origin + target.pathname).toBe(callback);
    expect(target.searchParams.get('code')).toContain('!');
    expect(target.search).toContain('%21');
    expect(target.searchParams.get('state')).toBe('a b&c');
  });

  it('asks for a company when none was chosen, and reports a refusal', async () => {
    const cookie = await signIn();
    const none = await submit(
      [
        ['step', 'consent'],
        ['choice', 'allow'],
      ],
      cookie,
    );
    expect(none.status).toBe(400);
    const refused = await submit(
      [
        ['step', 'consent'],
        ['choice', 'refuse'],
      ],
      cookie,
    );
    expect(refused.headers.get('location')).toContain('error=access_denied');
  });

  it('shows the sign-in page again with force_login although a session lives', async () => {
    const cookie = await signIn();
    const plain = await fetch(authUrl(), { headers: { cookie } });
    expect(await plain.text()).toContain('Give access');
    const forced = await fetch(authUrl({ force_login: '1' }), { headers: { cookie } });
    expect(await forced.text()).toContain('type="password"');
  });
});

describe('the consent page', () => {
  it('says what the app may do and lets every company be chosen', async () => {
    const cookie = await signIn();
    const page = await (await fetch(authUrl(), { headers: { cookie } })).text();
    expect(page).toContain('Logistics wms');
    expect(page.match(/name="division"/g)).toHaveLength(2);
    const target = await consent([123456, 123987]);
    const code = target.searchParams.get('code') ?? '';
    exact.token = String(parsed(await redeem(code))['access_token']);
    expect(exact.token.length).toBeGreaterThan(1000);
    expect(exact.token).toContain('!');
    expect((await exact.call('GET', '123987/inventory/Warehouses')).status).toBe(200);
  });

  it('needs no script, loads nothing and stands in no frame', async () => {
    const answer = await fetch(authUrl());
    expect(await answer.text()).not.toContain('<script');
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

describe('redeeming a code', () => {
  it('gives the four members, with expires_in as a string of digits', async () => {
    const code = (await consent([123456])).searchParams.get('code') ?? '';
    const answer = await redeem(code);
    expect(answer.status).toBe(200);
    const body = parsed(answer);
    expect(Object.keys(body).sort()).toEqual(
      ['access_token', 'expires_in', 'refresh_token', 'token_type'].sort(),
    );
    expect(body['expires_in']).toBe('600');
  });

  it('accepts credentials as HTTP Basic', async () => {
    const code = (await consent([123456])).searchParams.get('code') ?? '';
    const { client_id, client_secret } = credentials();
    const answer = await fetch(`${exact.running.url}/api/oauth2/token/`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${client_id}:${client_secret}`)}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback }),
    });
    expect(answer.status).toBe(200);
  });

  it('refuses a code used twice, an old one and one for another callback', async () => {
    const code = (await consent([123456])).searchParams.get('code') ?? '';
    expect((await redeem(code)).status).toBe(200);
    const again = await redeem(code);
    expect(again.status).toBe(400);
    expect(parsed(again)['error']).toBe('invalid_grant');
    expect(parsed(again)['error_description']).toContain('chainId');
    const late = (await consent([123456])).searchParams.get('code') ?? '';
    exact.wait(180_000);
    expect((await redeem(late)).status).toBe(400);
    const other = (await consent([123456])).searchParams.get('code') ?? '';
    expect((await redeem(other, { redirect_uri: `${callback}x` })).status).toBe(400);
  });

  it('refuses a wrong secret, a JSON body and an unknown grant', async () => {
    expect(parsed(await redeem('x', { client_secret: 'no' }))['error']).toBe('invalid_client');
    const json = await fetch(`${exact.running.url}/api/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const grant = await exact.tokenCall({ grant_type: 'password', ...credentials() });
    expect(parsed(grant)['error']).toBe('unsupported_grant_type');
  });
});

describe('refreshing', () => {
  it('refuses before 570 seconds, with the reason in a header, and leaves the token good', async () => {
    exact.wait(569_999);
    const early = await refresh(exact.refreshToken);
    expect(early.status).toBe(400);
    expect(early.headers.get('reason')).toContain('TooEarlyToRefreshTokens');
    expect(parsed(early)['error']).toBe('access_denied');
    exact.wait(1);
    expect((await refresh(exact.refreshToken)).status).toBe(200);
  });

  it('rotates: the old token is refused with 401, the new one works', async () => {
    exact.wait(570_000);
    const first = parsed(await refresh(exact.refreshToken));
    const old = await refresh(exact.refreshToken);
    expect(old.status).toBe(401);
    expect(parsed(old)).toEqual({
      error: 'unauthorized_client',
      error_description: 'Old refresh token used.',
    });
    exact.wait(570_000);
    expect((await refresh(String(first['refresh_token']))).status).toBe(200);
  });

  it('refuses an unknown token and one unused for 30 days', async () => {
    const unknown = await refresh('nonsense');
    expect(unknown.status).toBe(400);
    expect(parsed(unknown)['error_description']).toBe('Refresh token is invalid.');
    exact.wait(30 * 86_400_000);
    expect(parsed(await refresh(exact.refreshToken))['error']).toBe('invalid_grant');
  });

  it('ends the earlier chain when the user consents again', async () => {
    await redeem((await consent([123456])).searchParams.get('code') ?? '');
    exact.wait(600_000);
    const answer = await refresh(exact.refreshToken);
    expect(answer.status).toBe(400);
    expect(parsed(answer)['error']).toBe('invalid_grant');
  });

  it('allows 200 token calls a day and blocks after ten errors in an hour', async () => {
    await exact.control('POST', '/limits', { tokenCallsPerDay: 2, errorsPerHour: 100 });
    exact.wait(570_000);
    await refresh('nonsense');
    await refresh('nonsense');
    expect((await refresh(exact.refreshToken)).status).toBe(429);
    exact.wait(86_400_000);
    await exact.control('POST', '/limits', { tokenCallsPerDay: 200, errorsPerHour: 10 });
    for (let n = 0; n < 10; n += 1) await refresh('nonsense');
    expect((await refresh(exact.refreshToken)).status).toBe(403);
    exact.wait(3_600_000);
    expect((await refresh(exact.refreshToken)).status).toBe(200);
  });
});

describe('calling with a bad token or a wrong company', () => {
  it('answers 401 without a token, with a foreign one and with an expired one', async () => {
    const bare = await exact.call('GET', 'current/Me', undefined, { Authorization: '' });
    expect(bare.status).toBe(401);
    const foreign = await exact.call('GET', 'current/Me', undefined, { Authorization: 'Bearer x' });
    expect(foreign.status).toBe(401);
    exact.wait(600_000);
    const expired = await exact.call('GET', '123456/inventory/Warehouses');
    expect(expired.status).toBe(401);
    expect(expired.text).toBe('');
    const header = decodeURIComponent(expired.headers.get('www-authenticate') ?? '');
    expect(header).toContain('message expired');
  });

  it('answers 403 outside the consented companies', async () => {
    const outside = await exact.call('GET', '123987/inventory/Warehouses');
    expect(outside.status).toBe(403);
    const nowhere = await exact.call('GET', '999/inventory/Warehouses');
    expect(messageOf(nowhere)).toBe('Forbidden - WrongDivision');
    expect(nowhere.headers.get('reason')).toBe('NoDivisionAccess');
  });

  it('lists only consented companies, under any number in the URL', async () => {
    const answer = await exact.call('GET', '999/system/Divisions?$select=Code,IsMainDivision');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('"Code":123456');
    expect(answer.text).not.toContain('123987');
    const wrong = await exact.call('GET', '123456/system/Divisions?$select=Main');
    expect(wrong.status).toBe(400);
    expect((await exact.call('GET', '123456/hrm/Divisions?$select=Main,HID')).status).toBe(200);
  });
});
