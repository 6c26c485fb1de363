// What the room refuses before the compiler sees it: a file that is not there, and a huge one.

import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import { WorkflowFile } from './index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-workflows-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function faultOf(file: string): Promise<string> {
  const clock = { nowMs: () => 0 };
  const opened = await WorkflowFile.open({ file, clock, onChanged: () => undefined });
  if (opened.ok) throw new Error('it was taken');
  return opened.faults.map(({ code, message }) => `${code} ${message}`).join();
}

it('a file that is not there is told by its name', async () => {
  const file = join(folder, 'none.yaml');
  expect(await faultOf(file)).toContain(`file The file ${file} can't be read: ENOENT`);
});

it('a file larger than one text can ever be is refused by its size, without being read', async () => {
  const file = join(folder, 'huge.yaml');
  writeFileSync(file, '');
  // Sparse, and beyond what readFile gives at all: reading it would be another fault.
  const bytes = 3 * 1024 ** 3;
  truncateSync(file, bytes);
  expect(await faultOf(file)).toBe(
    `yaml.size The file has ${bytes} bytes; ${LIMITS.workflowFileBytes} is the most.`,
  );
});

it('a file of one byte too many is refused, and one of the most bytes is looked into', async () => {
  const file = join(folder, 'full.yaml');
  writeFileSync(file, ' '.repeat(LIMITS.workflowFileBytes + 1));
  expect(await faultOf(file)).toMatch(/^yaml\.size /);
  writeFileSync(file, ' '.repeat(LIMITS.workflowFileBytes));
  expect(await faultOf(file)).toMatch(/^yaml\.empty /);
});
