/*
 * The program on the command line: its mistakes, its ready line, and that --db survives a kill.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import Sqlite from 'better-sqlite3';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { list, record } from './helpers.ts';

// Each test starts whole programs; a busy machine takes its time over that.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const main = join(import.meta.dirname, '../../exact-simulator/main.ts');
let folder = '';
const children: ChildProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exact-simulator-'));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args]);
  children.push(child);
  return child;
}

async function text(stream: NodeJS.ReadableStream | null): Promise<string> {
  let all = '';
  for await (const part of stream ?? []) all += String(part);
  return all;
}

async function ending(...args: string[]): Promise<{ code: unknown; out: string; error: string }> {
  const child = start(...args);
  const exit = once(child, 'exit');
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: (await exit)[0], out, error };
}

async function ready(...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = start('--port', '0', '--json-ready', ...args);
  const [line] = await once(child.stdout ?? child, 'data');
  const url = record(JSON.parse(String(line)))['url'];
  return { child, url: String(url) };
}

/** The day that the state names, and the day on which order 10000001 is expected. */
async function standing(url: string): Promise<unknown[]> {
  const read = async (path: string) => record(await (await fetch(`${url}/control/${path}`)).json());
  const orders = await read('records/purchaseorder/PurchaseOrders?$orderby=OrderNumber&$top=1');
  return [(await read('state'))['day'], list(orders['d'])[0]?.['ReceiptDate']];
}

describe('the command line', () => {
  it.each([
    [['--port', 'abc'], '--port wants a whole number'],
    [['--items', '3'], '--items wants a whole number'],
    [['--day', 'today'], '--day wants a calendar day'],
    [['--day', '2026-02-30'], "such as 2026-11-02, not '2026-02-30'"],
    [['--redirect-uri', 'nowhere'], 'is no URL'],
    [['--db', ''], '--db must not be empty'],
    [['--nonsense'], '--nonsense'],
  ])('%j ends with one clear line and code 2', async (args, message) => {
    const { code, out, error } = await ending(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toContain(message);
    expect(error.trim().split('\n')).toHaveLength(1);
  });

  it('--help explains itself', async () => {
    const { code, out } = await ending('--help');
    expect(code).toBe(0);
    expect(out).toContain('--redirect-uri');
  });

  it('says plainly that a port is taken and that a file is no database', async () => {
    const { url } = await ready();
    const taken = await ending('--port', new URL(url).port);
    expect([taken.code, taken.error.trim().split('\n').length]).toEqual([1, 1]);
    expect(taken.error).toContain('is taken');
    const file = join(folder, 'text.db');
    writeFileSync(file, 'this is no database, but long enough to look like one'.repeat(40));
    const broken = await ending('--port', '0', '--db', file);
    expect(broken.code).toBe(1);
    expect(broken.error).toContain('--db');
  });
});

describe('--fault', () => {
  it.each([['41:2'], ['no-such-kind'], ['status-500:0'], ['status-500:x'], ['1:0.1:2'], ['']])(
    '%j ends with one clear line and code 2',
    async (what) => {
      const { code, error } = await ending('--fault', what);
      expect(code).toBe(2);
      expect(error.trim().split('\n')).toHaveLength(1);
      expect(error).toContain('--fault wants a seed');
    },
  );

  it('puts a kind on every call, or so many times, and a seeded nemesis beside it', async () => {
    const { url } = await ready(
      '--fault',
      'html-503:2',
      '--fault',
      '42:0.5',
      '--webhook-secret',
      'w',
    );
    const call = async () => (await fetch(`${url}/api/v1/123456/logistics/Units`)).status;
    await fetch(`${url}/control/nemesis`, { method: 'DELETE' });
    expect([await call(), await call(), await call()]).toEqual([503, 503, 401]);
  });

  it('names every kind in the help', async () => {
    const { out } = await ending('--help');
    for (const kind of ['apply-later', 'lag', 'webhook-bad-hash']) expect(out).toContain(kind);
  });
});

describe('--db', () => {
  it('keeps receipts, tokens and settings over kill -9', async () => {
    const file = join(folder, 'exact.db');
    const first = await ready('--db', file);
    const control = async (base: string, path: string, body?: unknown) => {
      const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
      return record(await (await fetch(`${base}/control${path}`, init)).json());
    };
    const { accessToken } = await control(first.url, '/tokens/issue', {});
    await control(first.url, '/settings', { overReceiptAllowed: true });
    const api = (base: string, path: string, body?: unknown) =>
      fetch(`${base}/api/v1/123456/${path}`, {
        headers: {
          ...{ authorization: `Bearer ${String(accessToken)}`, accept: 'application/json' },
          'content-type': 'application/json',
        },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
    const found = await control(
      first.url,
      "/records/purchaseorder/PurchaseOrderLines?$filter=ItemCode eq 'BLT-001'&$top=1",
    );
    const [line] = list(found['d']);
    const answer = await api(first.url, 'purchaseorder/GoodsReceipts', {
      ReceiptDate: '2026-11-18',
      Remarks: 'before the kill',
      GoodsReceiptLines: [{ PurchaseOrderLineID: line?.['ID'], QuantityReceived: 1 }],
    });
    expect(answer.status).toBe(201);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await ready('--db', file);
    const after = await api(
      second.url,
      `purchaseorder/GoodsReceipts?$filter=Remarks eq 'before the kill'`,
    );
    expect(after.status).toBe(200);
    expect(await after.text()).toContain('before the kill');
    const state = await control(second.url, '/state');
    expect(state['settings']).toMatchObject({ overReceiptAllowed: true });
    expect(state['goodsReceipts']).toBe(3);
  });

  it('keeps the company on its day, whatever --day says at the next start', async () => {
    const file = join(folder, 'exact.db');
    const first = await ready('--db', file, '--day', '2027-03-08');
    expect(await standing(first.url)).toEqual(['2027-03-08', '/Date(1804464000000)/']);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await ready('--db', file, '--day', '2027-06-01');
    expect(await standing(second.url)).toEqual(['2027-03-08', '/Date(1804464000000)/']);
  });

  it('takes a file of an older simulator, which stored less of an entity', async () => {
    const file = join(folder, 'exact.db');
    const first = await ready('--db', file);
    first.child.kill('SIGTERM');
    await once(first.child, 'exit');
    const older = new Sqlite(file);
    older.exec('ALTER TABLE items DROP COLUMN Notes');
    older.close();
    const second = await ready('--db', file);
    const found = await fetch(`${second.url}/control/records/logistics/Items?$top=1`);
    expect(found.status).toBe(200);
    expect(list(record(await found.json())['d'])).toMatchObject([{ Notes: null }]);
  });
});
