// The key that seals the secrets can be changed, and the change can die anywhere: at no moment is
// there a record that the hub cannot open, and running it again finishes it (invariants §6.4).

import { spawn, spawnSync } from 'node:child_process';
import fs, { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readEnvironment } from '../../src/lib/server/env/index.ts';
import type { Environment } from '../../src/lib/server/env/index.ts';
import { ConnectionStore } from '../../src/lib/server/exact/auth/connection.ts';
import { KeyFault, openVault } from '../../src/lib/server/exact/index.ts';
import type { Vault } from '../../src/lib/server/exact/index.ts';
import { rotateKey } from '../../src/lib/server/house/index.ts';
import { openStore } from '../../src/lib/server/store/index.ts';
import { random } from './link.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

const CHILD = join(import.meta.dirname, 'parts/rotate-child.ts');
const APP = {
  ...{ baseUrl: 'https://start.exactonline.nl', clientId: 'id', clientSecret: 'canary-secret' },
  redirectUri: 'https://example.com/back',
};
const PAIR = { access: 'canary-access', refresh: 'canary-refresh', lifeMs: 600_000 };
const clock = { nowMs: () => 1_790_000_000_000 };

let folder: string;
let keyFile: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-rotate-'));
  keyFile = join(folder, 'secret.key');
  await withStore(openVault({ file: keyFile }), async (connection) => {
    await connection.prepare(APP, 'typed');
    await connection.adopt(PAIR, clock.nowMs(), 'connected');
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

function environment(more: Record<string, string> = {}): Environment {
  const read = readEnvironment({ DATA_DIR: folder, ...more });
  if (!read.ok) throw new Error(read.lines.join('\n'));
  return read.environment;
}

async function withStore<T>(vault: Vault, act: (connection: ConnectionStore) => Promise<T>) {
  const store = await openStore({ file: join(folder, 'hub.db'), clock, random });
  try {
    return await act(new ConnectionStore(store.db, vault, clock));
  } finally {
    await store.close();
  }
}

/** What a hub that starts now finds. */
async function opens(vault = openVault({ file: keyFile })): Promise<void> {
  await withStore(vault, async (connection) => {
    expect(await connection.typedApp()).toMatchObject({ clientSecret: APP.clientSecret });
    expect(await connection.tokens()).toMatchObject({ pair: PAIR });
  });
}

const keyNow = () => Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64');

it('seals everything with a new key, and the old one opens nothing any more', async () => {
  const old = keyNow();
  const rotated = await rotateKey(environment());
  expect(rotated).toMatchObject({ ok: true });
  expect(rotated.lines[0]).toBe('2 records are sealed with the new key.');
  expect(keyNow()).not.toEqual(old);
  expect(fs.statSync(keyFile).mode & 0o777).toBe(0o600);
  await opens();
  await expect(opens(openVault({ file: keyFile, key: old }))).rejects.toThrow(KeyFault);
  expect(rotated.lines.join()).not.toContain(keyNow().toString('base64'));
});

it('takes the new key from SCANDOCK_KEY, and refuses without the old one', async () => {
  const [old, key] = [keyNow(), Buffer.alloc(32, 7)];
  const SCANDOCK_KEY = key.toString('base64');
  expect(await rotateKey(environment({ SCANDOCK_KEY }))).toMatchObject({ ok: false });
  const strange = Buffer.alloc(32, 8).toString('base64');
  const wrong = await rotateKey(environment({ SCANDOCK_KEY, SCANDOCK_OLD_KEYS: strange }));
  expect(wrong.lines).toEqual([expect.stringMatching(/key that is not here/), expect.anything()]);
  await opens();
  const SCANDOCK_OLD_KEYS = `${strange},${old.toString('base64')}`;
  expect(await rotateKey(environment({ SCANDOCK_KEY, SCANDOCK_OLD_KEYS }))).toMatchObject({
    ok: true,
  });
  await opens(openVault({ file: keyFile, key }));
});

it('refuses while a hub works on the database', async () => {
  const before = keyNow();
  await withStore(openVault({ file: keyFile }), async () => {
    const refused = await rotateKey(environment());
    expect(refused.ok).toBe(false);
    expect(refused.lines[0]).toContain('Another hub is already working');
  });
  expect(keyNow()).toEqual(before);
  expect(existsSync(`${keyFile}.next`)).toBe(false);
});

describe('broken off', () => {
  const names = [
    'openSync',
    'writeSync',
    'fsyncSync',
    'renameSync',
    'rmSync',
    'closeSync',
  ] as const;
  const real = Object.fromEntries(names.map((name) => [name, fs[name]]));
  afterEach(() => {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  });

  /** Everything on the disk and in the database counts; the n-th fails, and so all after it. */
  async function breakOff(at: number, when: 'before' | 'after'): Promise<boolean> {
    const state = { calls: 0, dead: false };
    const tick = (now: 'before' | 'after'): void => {
      if (now === 'before') state.calls += 1;
      if (state.calls === at && now === when) state.dead = true;
      if (state.dead) throw new Error('died');
    };
    for (const name of names) {
      const act = Reflect.get(real, name) as (...given: unknown[]) => unknown;
      const wrapped = (...given: unknown[]): unknown => {
        tick('before');
        const result = act(...given);
        tick('after');
        return result;
      };
      Object.assign(fs, { [name]: wrapped });
    }
    syncBuiltinESMExports();
    const watch = { before: () => tick('before'), after: () => tick('after') };
    await rotateKey(environment(), watch).catch(() => undefined);
    Object.assign(fs, real);
    syncBuiltinESMExports();
    return state.dead;
  }

  it('at every call to the disk and every statement: the hub opens all, and the next run ends it', async () => {
    let points = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; await breakOff(at, when); at += 1) {
        points += 1;
        await opens();
        const begun = keyNow();
        expect(await rotateKey(environment()), `${when} ${at}`).toMatchObject({ ok: true });
        await opens();
        expect(keyNow()).not.toEqual(begun);
        expect(existsSync(`${keyFile}.next`)).toBe(false);
      }
    }
    expect(points).toBeGreaterThan(40);
  });

  it.each([6, 14, 22, 30, 36])('by SIGKILL in a real process, at call %i', async (at) => {
    const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, String(at)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await new Promise((resolve) => child.once('exit', resolve));
    expect(child.signalCode).toBe('SIGKILL');
    await opens();
    expect(await rotateKey(environment())).toMatchObject({ ok: true });
    await opens();
  });

  it('a draft of a key that broke off in the middle is thrown away', async () => {
    writeFileSync(`${keyFile}.next.draft`, 'half a k', { mode: 0o600 });
    expect(await rotateKey(environment())).toMatchObject({ ok: true });
    await opens();
  });
});

it('npm run rotate-key says what it did, and ends with 1 when it could not', () => {
  const script = join(import.meta.dirname, '../../bin/rotate-key.ts');
  const run = (dir: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', script], {
      ...{ env: { ...process.env, DATA_DIR: dir }, encoding: 'utf8' },
    });
  const done = run(folder);
  expect([done.status, done.stdout]).toEqual([0, expect.stringContaining('2 records are sealed')]);
  const none = run(join(folder, 'nothing'));
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('There is no database')]);
});
