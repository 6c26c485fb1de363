// What the safe for secrets promises: nobody else reads them, and nobody swaps them.

import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeyFault, openVault, Vault } from './vault.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-vault-'));
  file = join(folder, 'keys', 'scandock.key');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a key file that only its owner can read, and uses it again', () => {
  const sealed = openVault({ file }).seal('canary', 'token');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(openVault({ file }).open(sealed, 'token')).toBe('canary');
  expect(sealed).not.toContain('canary');
});

it('refuses a key file that others may read, and one that is no key; names neither key', () => {
  openVault({ file });
  chmodSync(file, 0o644);
  expect(() => openVault({ file })).toThrow(/set its mode to 600/);
  chmodSync(file, 0o600);
  const key = readFileSync(file, 'utf8');
  writeFileSync(file, key.slice(0, 10));
  expect(() => openVault({ file })).toThrow(KeyFault);
  expect(() => openVault({ file })).not.toThrow(key.slice(0, 10));
});

it('opens nothing that was touched, moved to another place, or sealed with another key', () => {
  const vault = new Vault(randomBytes(32), [], 'a key');
  const sealed = vault.seal('canary', 'refresh-token');
  expect(() => vault.open(sealed, 'access-token')).toThrow(KeyFault);
  const at = sealed.length - 3;
  const bent = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  expect(() => vault.open(bent, 'refresh-token')).toThrow(KeyFault);
  expect(() => new Vault(randomBytes(32), [], 'b').open(sealed, 'refresh-token')).toThrow(KeyFault);
  expect(() => vault.open('', 'refresh-token')).toThrow(KeyFault);
});

it('changes keys: new records with the new one, old records still open', () => {
  const old = randomBytes(32);
  const sealed = new Vault(old, [], 'a key').seal('canary', 'token');
  const next = new Vault(randomBytes(32), [old], 'a key');
  expect(next.open(sealed, 'token')).toBe('canary');
  expect(next.seal('canary', 'token').split('.')[1]).not.toBe(sealed.split('.')[1]);
  expect(next.seal('x', 'token')).not.toBe(next.seal('x', 'token'));
});
