// docs/WORKFLOWS.md is what an admin reads: its example is a file that is accepted, the diagnostics
// it shows are those that come, and it names all there is.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { onlyWorkflow, SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { variableNames } from './condition.ts';
import { compile } from './index.ts';
import { STEP_SCHEMAS } from './schema.ts';

const handbook = readFileSync(join(import.meta.dirname, '../../../docs/WORKFLOWS.md'), 'utf8');
const [example = ''] = [...handbook.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1]);
const flat = handbook.replace(/\s+/g, ' ');

describe('the handbook', () => {
  it('has an example that is accepted', () => {
    expect(onlyWorkflow(example).id).toBe('receive');
  });

  it('has whole files that are accepted, all of them without a warning', () => {
    const files = [...handbook.matchAll(/```yaml\n(scandock: 1[\s\S]*?)```/g)].map(
      ([, text]) => text,
    );
    expect(files.length).toBeGreaterThanOrEqual(2);
    for (const text of files) expect(compile(text ?? '', () => 'x').diagnostics).toEqual([]);
  });

  it('shows diagnostics that really come', () => {
    const wrong = SHIPPED.replace('item.tracking == "batch"\n', 'item.tracking == 1\n');
    const [type] = compile(wrong, () => 'x').diagnostics;
    expect(flat).toContain(`: ${type?.message ?? 'nothing was told'}`);
    const [trap] = compile(SHIPPED.replace(/ {6}- ask: batch\n.*\n/, ''), () => 'x').diagnostics;
    expect(flat).toContain(`: ${trap?.message ?? 'nothing was told'} hint: ${trap?.hint ?? ''}`);
    expect(flat).toContain(`by: ${trap?.path?.join(', ') ?? 'nothing was told'}`);
    const open = SHIPPED.replace('== "batch"\n', '== "batch" && line.open > 10\n');
    expect(compile(open, () => 'x').diagnostics).toMatchObject([{ code: 'trap' }]);
  });

  it('names every option, every fact and every variable', () => {
    const { ask } = STEP_SCHEMAS;
    for (const option of Object.keys(ask.shape)) expect(handbook).toContain(`\`${option}`);
    for (const fact of ask.shape.ask.options) expect(handbook).toContain(`ask: ${fact}`);
    for (const name of variableNames()) {
      for (const part of name.split('.')) expect(handbook).toContain(`\`${part}\``);
    }
  });

  it('is right that what is not there yet is told', () => {
    for (const option of ['create: true', 'from: x']) {
      const text = SHIPPED.replace('ask: batch\n', `ask: batch\n        ${option}\n`);
      expect(compile(text, () => 'x').diagnostics[0]?.code).toBe('unknown-name');
    }
    const nightly = SHIPPED.replace('document-complete', 'nightly');
    expect(compile(nightly, () => 'x').diagnostics[0]?.code).toBe('invalid-value');
  });

  it('names every time at which Exact can get the lines, and each compiles', () => {
    for (const when of ['line-complete', 'document-complete', 'budget']) {
      expect(handbook).toContain(`\`${when}\``);
      const compiled = compile(SHIPPED.replace('document-complete', when), () => 'x');
      expect(compiled.diagnostics).toEqual([]);
      expect(compiled.workflows.map((each) => each.posting)).toContain(when);
    }
  });
});
