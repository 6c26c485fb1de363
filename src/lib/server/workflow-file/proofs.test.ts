// The proofs that a build leaves beside the program are those of the walks it made.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SHIPPED } from '../../../../tests/samples/workflows/warehouse.ts';
import { compile, KEPT } from '../../workflows/index.ts';
import { takeProofs } from './index.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-proofs-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(text: string): string {
  const file = join(folder, 'proofs.json');
  writeFileSync(file, text);
  return file;
}

it('what was written down is taken in as it was, a finding with its path too', () => {
  compile(SHIPPED, () => 'x');
  compile(SHIPPED.replace(/ {6}- ask: batch\n.*\n/, ''), () => 'x');
  const known = KEPT.all();
  expect(known.some(({ finding }) => finding?.path !== undefined)).toBe(true);
  takeProofs(written(JSON.stringify(known)));
  expect(KEPT.all()).toEqual(known);
});

it('where nothing was built there is nothing to take in', () => {
  const known = KEPT.all();
  takeProofs(join(folder, 'no-such-file.json'));
  expect(KEPT.all()).toEqual(known);
});

it('a damaged one is no build of this product, and is said', () => {
  expect(() => takeProofs(written('[{"key": 1}]'))).toThrow('key');
});
