// What the room refuses before the compiler sees it: a file that is not there, and a huge one.

import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../../../tests/samples/workflows/constructs.ts';
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

const clock = { nowMs: () => 0 };

it('a file that is taken keeps its bytes: comments, order, spelling, line ends', async () => {
  const file = join(folder, 'mine.yaml');
  const mine = `# Mine,  with "odd" spacing\r\n${CONSTRUCTS.replaceAll('\n', '\r\n')}\r\n# the end`;
  writeFileSync(file, mine);
  const opened = await WorkflowFile.open({ file, clock, onChanged: () => undefined });
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  await opened.file.reload();
  await opened.file.close();
  expect(readFileSync(file, 'utf8')).toBe(mine);
});

it('a file with warnings is in force and keeps telling them; the next one without has none', async () => {
  const file = join(folder, 'warned.yaml');
  writeFileSync(file, CONSTRUCTS.replace('settings:\n', 'settings:\n  forgotten: 1\n'));
  const opened = await WorkflowFile.open({ file, clock, onChanged: () => undefined });
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { file: workflows } = opened;
  expect(workflows.report().warnings.map(({ code }) => code)).toEqual(['unused']);
  expect(workflows.report().faults).toEqual([]);
  writeFileSync(file, CONSTRUCTS);
  await workflows.reload();
  expect(workflows.report().warnings).toEqual([]);
  await workflows.close();
});

it('a workflow with variants for some stations is reported once, and stations get all of them', async () => {
  const file = join(folder, 'variants.yaml');
  writeFileSync(file, CONSTRUCTS);
  const opened = await WorkflowFile.open({ file, clock, onChanged: () => undefined });
  if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
  const { file: workflows } = opened;
  expect(workflows.report().workflows.map(({ id }) => id)).toEqual(['receive', 'receive-vip']);
  expect(workflows.set.workflows).toHaveLength(4);
  await workflows.close();
});
