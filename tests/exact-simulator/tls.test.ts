/*
 * HTTPS: clients that follow no http link find their way, and a mistake with the files is said.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readCommand } from '../../exact-simulator/cli.ts';
import { startSimulator, type RunningSimulator } from '../../exact-simulator/index.ts';
import { list, record } from './helpers.ts';

let folder = '';
let running: RunningSimulator | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exact-tls-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** A certificate for 127.0.0.1, made for this test. */
function identity() {
  const files = { certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', files.keyFile, '-out', files.certFile, '-days', '1', '-subj', '/CN=localhost'],
      ...['-addext', 'subjectAltName=IP:127.0.0.1'],
    ],
    { stdio: 'ignore' },
  );
  return files;
}

function call(method: string, url: string, ca: string, headers = {}, body = '') {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const sent = request(url, { method, ca, headers }, (answer) => {
      let text = '';
      answer.on('data', (part) => (text += String(part)));
      answer.on('end', () => resolve(record(JSON.parse(text))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

it('links in answers are HTTPS when the call was (ossobv/exactonline 0.4.0 follows no other)', async () => {
  const tls = identity();
  running = await startSimulator({ tls });
  expect(running.url).toMatch(/^https:/);
  const ca = readFileSync(tls.certFile, 'utf8');
  const issued = await call('POST', `${running.url}/control/tokens/issue`, ca, {}, '{}');
  const headers = {
    ...{ Accept: 'application/json', Authorization: `Bearer ${String(issued['accessToken'])}` },
  };
  const path = '/api/v1/123456/logistics/Items?$filter=IsSalesItem%20eq%20true&$select=ID';
  const page = record((await call('GET', `${running.url}${path}`, ca, headers))['d']);
  expect(page['__next']).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/api\/v1\/123456\//);
  expect(record(list(page['results'])[0]?.['__metadata'])['uri']).toMatch(/^https:/);
});

it('a missing file is the system error, half a pair is a mistake', async () => {
  const tls = { certFile: join(folder, 'none.pem'), keyFile: join(folder, 'none.key') };
  await expect(startSimulator({ tls })).rejects.toMatchObject({ code: 'ENOENT' });
  expect(readCommand(['--tls-cert', 'a.pem'])).toMatchObject({ kind: 'mistake' });
  expect(readCommand(['--tls-cert', 'a.pem', '--tls-key', 'a.key'])).toMatchObject({
    options: { tls: { certFile: 'a.pem', keyFile: 'a.key' } },
  });
});
