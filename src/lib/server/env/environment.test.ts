// What a person may set, what stands when nothing is set, and the line for each wrong value.

import { isAbsolute, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from './index.ts';

function linesFor(values: Record<string, string>): readonly string[] {
  const read = readEnvironment(values);
  return read.ok ? [] : read.lines;
}

const CREDENTIALS = { EXACT_CLIENT_ID: 'id', EXACT_CLIENT_SECRET: 'secret' };

describe('a wrong value gives one line that names it and says what is expected', () => {
  it.each([
    ['PORT', 'eighty', 'PORT=eighty: expected a port number from 1 to 65535'],
    ['PORT', '0', 'PORT=0: expected a port number from 1 to 65535'],
    ['PORT', '65536', 'PORT=65536: expected a port number from 1 to 65535'],
    ['PORT', '3000.5', 'PORT=3000.5: expected a port number from 1 to 65535'],
    ['EXACT_SIMULATOR_PORT', '-1', 'EXACT_SIMULATOR_PORT=-1: expected a port number'],
    ['HOST', '0.0.0.0', 'HOST=0.0.0.0: expected localhost, 127.0.0.1 or ::1: there is no pairing'],
    ['HOST', '127.0.0.2', 'HOST=127.0.0.2: expected localhost, 127.0.0.1 or ::1'],
    ['HOST', '127.0.0.1.example.com', 'HOST=127.0.0.1.example.com: expected localhost'],
    ['EXACT_SETTLE_SECONDS', '0', 'EXACT_SETTLE_SECONDS=0: expected seconds from 1 to 86400'],
    ['EXACT_BARCODE_FIELDS', 'FreeTextField_01,Notes', 'EXACT_BARCODE_FIELDS=FreeTextField_01,No'],
    [
      'EXACT_BARCODE_FIELDS',
      'FreeTextField_11',
      'expected item fields FreeTextField_01 to FreeText',
    ],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL=loud: expected one of trace, debug, info'],
    ['EXACT_BASE_URL', 'start.exactonline.nl', 'EXACT_BASE_URL=start.exactonline.nl: expected an'],
    ['EXACT_BASE_URL', 'http://start.exactonline.nl', 'EXACT_BASE_URL=http://start.exactonline.nl'],
    ['EXACT_BASE_URL', 'https://start.exactonline.nl/api', 'EXACT_BASE_URL=https://start'],
  ])('%s=%s', (name, value, line) => {
    expect(linesFor({ ...CREDENTIALS, [name]: value })).toEqual([expect.stringContaining(line)]);
  });

  it('names a secret without showing it', () => {
    const lines = linesFor({ SCANDOCK_KEY: 'hunter2' });
    expect(lines).toEqual([expect.stringMatching(/^SCANDOCK_KEY: expected 32 random bytes/)]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('asks for the other half of the credentials', () => {
    expect(linesFor({ EXACT_CLIENT_ID: 'id' })).toEqual([
      'EXACT_CLIENT_SECRET: missing, though EXACT_CLIENT_ID is given',
    ]);
    expect(linesFor({ EXACT_CLIENT_SECRET: 's' })).toEqual([
      'EXACT_CLIENT_ID: missing, though EXACT_CLIENT_SECRET is given',
    ]);
  });

  it('does not pass over an address of Exact that has no credentials', () => {
    const base = { EXACT_BASE_URL: 'https://start.exactonline.be' };
    expect(linesFor(base)).toEqual([
      expect.stringMatching(/^EXACT_BASE_URL: given without EXACT_CLIENT_ID and EXACT_CLIENT_SEC/),
    ]);
    expect(linesFor({ ...base, ...CREDENTIALS })).toEqual([]);
  });

  it('asks for the other half of the webhooks, and for an address that Exact can call', () => {
    const url = 'https://hub.example.com/api/exact/webhook';
    expect(linesFor({ EXACT_WEBHOOK_URL: url })).toEqual([
      'EXACT_WEBHOOK_SECRET: missing, though EXACT_WEBHOOK_URL is given',
    ]);
    expect(linesFor({ EXACT_WEBHOOK_SECRET: 'hush' })).toEqual([
      'EXACT_WEBHOOK_URL: missing, though EXACT_WEBHOOK_SECRET is given',
    ]);
    const plain = { EXACT_WEBHOOK_URL: 'http://hub.example.com/x', EXACT_WEBHOOK_SECRET: 'hush' };
    expect(linesFor(plain)).toEqual([expect.stringMatching(/^EXACT_WEBHOOK_URL=http.*https addr/)]);
    expect(linesFor({ ...plain, EXACT_WEBHOOK_URL: url })).toEqual([]);
  });

  it.each([
    ['SCANDOCK_PHOTO_DAYS', '0', 'days from 1 to 3650'],
    ['SCANDOCK_PHOTO_DAYS', '3651', 'days from 1 to 3650'],
    ['SCANDOCK_PHOTO_MB', '1 GB', 'megabytes from 1 to 100000'],
    ['SCANDOCK_PHOTO_MB', '100001', 'megabytes from 1 to 100000'],
  ])('%s=%s is told', (name, value, words) => {
    expect(linesFor({ [name]: value })).toEqual([`${name}=${value}: expected whole ${words}`]);
  });

  it.each(['0', '91', 'two', '1.5'])('SCANDOCK_TAPE_DAYS=%s is told', (days) => {
    expect(linesFor({ SCANDOCK_TAPE_DAYS: days })).toEqual([
      `SCANDOCK_TAPE_DAYS=${days}: expected whole days from 1 to 90`,
    ]);
  });

  it('SCANDOCK_WORKFLOW_CHANGES is apply or review', () => {
    expect(linesFor({ SCANDOCK_WORKFLOW_CHANGES: 'ask' })).toEqual([
      'SCANDOCK_WORKFLOW_CHANGES=ask: expected apply or review',
    ]);
    expect(linesFor({ SCANDOCK_WORKFLOW_CHANGES: 'review' })).toEqual([]);
  });

  it('tells all faults at once', () => {
    const lines = linesFor({ PORT: 'x', LOG_LEVEL: 'y', EXACT_CLIENT_ID: 'id' });
    expect(lines.map((line) => line.split(/[=:]/)[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'EXACT_CLIENT_SECRET',
    ]);
  });
});

it('keeps a redirect address without credentials, for those that a person types', () => {
  const EXACT_REDIRECT_URI = 'https://scandock.example.com/api/exact/callback';
  const read = readEnvironment({ EXACT_REDIRECT_URI });
  expect(read.ok && read.environment).toMatchObject({ redirectUri: EXACT_REDIRECT_URI });
  const base = { EXACT_BASE_URL: 'http://127.0.0.1:4100', EXACT_STANDS_IN: '1' };
  const beside = readEnvironment({ ...base, EXACT_REDIRECT_URI });
  expect(beside.ok && beside.environment).toMatchObject({
    simulatorUrl: 'http://127.0.0.1:4100',
    redirectUri: EXACT_REDIRECT_URI,
    ownRedirectUri: 'http://localhost:3000/api/exact/callback',
  });
  const standIn = readEnvironment({ ...base, ...CREDENTIALS, EXACT_REDIRECT_URI });
  expect(standIn.ok && standIn.environment.exact).toMatchObject({
    redirectUri: 'http://localhost:3000/api/exact/callback',
    simulator: true,
  });
});

it('takes old keys with commas between them, and refuses the list for one bad one', () => {
  const [one, two] = ['07'.repeat(32), Buffer.alloc(32, 8).toString('base64')];
  const read = readEnvironment({ SCANDOCK_OLD_KEYS: `${one}, ${two}` });
  expect(read.ok && read.environment.oldKeys).toEqual([
    new Uint8Array(32).fill(7),
    new Uint8Array(32).fill(8),
  ]);
  const lines = linesFor({ SCANDOCK_OLD_KEYS: `${one},hunter2` });
  expect(lines).toEqual([expect.stringMatching(/^SCANDOCK_OLD_KEYS: expected 32 random bytes/)]);
  expect(lines.join()).not.toContain('hunter2');
});

it.each(['localhost', '127.0.0.1', '::1'])('HOST=%s is taken', (host) => {
  expect(linesFor({ HOST: host })).toEqual([]);
});

it('stands on defaults when nothing is set, or set to nothing', () => {
  const read = readEnvironment({ PORT: '', HOST: '  ', UNRELATED: 'x' });
  expect(read).toEqual({
    ok: true,
    environment: {
      port: 3000,
      host: '127.0.0.1',
      dataDir: resolve('data'),
      workflowsFile: resolve('workflows.yaml'),
      simulatorPort: 4100,
      tapeDays: 14,
      photoDays: 90,
      photoBytes: 2_000_000_000,
      workflowChanges: 'apply',
      settleMs: 300_000,
      logLevel: 'info',
      redirectUri: 'http://localhost:3000/api/exact/callback',
      ownRedirectUri: 'http://localhost:3000/api/exact/callback',
      oldKeys: [],
      barcodeFields: [],
    },
  });
});

it('takes what is set, with absolute paths and a key of 32 bytes', () => {
  const read = readEnvironment({
    PORT: '8080',
    HOST: '::1',
    DATA_DIR: 'elsewhere',
    EXACT_BASE_URL: 'http://127.0.0.1:4100/',
    EXACT_CLIENT_ID: 'id',
    EXACT_CLIENT_SECRET: 'secret',
    SCANDOCK_KEY: Buffer.alloc(32, 7).toString('base64'),
  });
  if (!read.ok) throw new Error(read.lines.join('\n'));
  const { environment } = read;
  expect(environment.exact).toEqual({
    baseUrl: 'http://127.0.0.1:4100',
    clientId: 'id',
    clientSecret: 'secret',
    redirectUri: 'http://localhost:8080/api/exact/callback',
    simulator: false,
  });
  expect(isAbsolute(environment.dataDir)).toBe(true);
  expect(environment.key).toEqual(new Uint8Array(32).fill(7));
  const hex = readEnvironment({ SCANDOCK_KEY: '07'.repeat(32) });
  expect(hex.ok && hex.environment.key).toEqual(environment.key);
});
