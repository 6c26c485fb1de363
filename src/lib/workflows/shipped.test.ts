// The file that the product ships with: one workflow for each kind of work, all of them proven, and
// none of them with a question too many or one too few.

import { describe, expect, it } from 'vitest';
import { largeFile } from '../../../tests/bench/workflow-proof.bench.ts';
import { shippedOnly, WHOLE } from '../../../tests/samples/workflows/warehouse.ts';
import { compile } from './index.ts';
import { ACTION_NAMES } from './types.ts';

const hash = (text: string) => String(text.length);

describe('the file that the product ships with', () => {
  it('has a workflow for each kind of work, and is accepted whole', () => {
    const { workflows, diagnostics } = compile(WHOLE, hash);
    expect(diagnostics).toEqual([]);
    expect(workflows.map(({ action }) => action)).toEqual([...ACTION_NAMES]);
  });

  it('leaves room for more: two hundred steps of such flows are proven whole', () => {
    const { text, steps } = largeFile();
    expect(steps).toBeGreaterThanOrEqual(200);
    expect(compile(text, hash).diagnostics).toEqual([]);
  });

  it('gives receiving stations that work alone', () => {
    const { workflows } = compile(shippedOnly('receive'), hash);
    expect(workflows[0]?.stations).toEqual(['dock-*']);
  });

  it.each([
    ['pick', 'location'],
    ['issue', 'batch'],
    ['return-material', 'quantity'],
    ['produce', 'expiry'],
    ['count', 'quantity'],
    ['transfer', 'to'],
  ])('%s is refused without its question for the %s', (id, fact) => {
    const text = shippedOnly(id);
    const without = text.replace(new RegExp(` {6}- ask: ${fact}.*\\n(?: {8}.*\\n)*`), '');
    expect(without).not.toBe(text);
    expect(compile(without, hash).diagnostics.map(({ code }) => code)).toContain('trap');
  });
});
