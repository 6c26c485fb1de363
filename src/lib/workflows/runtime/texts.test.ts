// The catalogue of a screen's sentences is complete when it has TEXT_KEYS: the runtime asks for no
// other, and for each of these.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TEXT_KEYS } from './index.ts';

const FORM =
  /'((?:prompt|title|action|message|close|ended|answer|ask|fact|choice|problem|prints)\.[a-zA-Z.-]+)'/g;

describe('the keys of the runtime', () => {
  const sources = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'texts.ts')
    .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));
  const used = sources.flatMap((text) => [...text.matchAll(FORM)].map((match) => match[1] ?? ''));

  it('are all in TEXT_KEYS, and no key there is unused', () => {
    const prompts = TEXT_KEYS.filter((key) => key.startsWith('prompt.'));
    expect(sources.some((text) => text.includes('`prompt.${step.fact}`'))).toBe(true);
    const codes = TEXT_KEYS.filter((key) => /^(?:exception|remedy|reason)\./.test(key));
    for (const made of ['`exception.${', '`remedy.${', '`reason.${'])
      expect(sources.some((text) => text.includes(made))).toBe(true);
    expect([...new Set([...used, ...prompts, ...codes])].sort()).toEqual([...TEXT_KEYS].sort());
    expect(new Set(TEXT_KEYS).size).toBe(TEXT_KEYS.length);
  });
});
