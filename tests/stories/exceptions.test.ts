// The lint of the catalogue of exceptions: every code and every remedy has its words in every
// language, a way that leads to it, and a story that is played. Planted: a code without them.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  EXCEPTION_CODES,
  EXCEPTION_REASONS,
  exceptionRow,
  EXCEPTIONS,
  FAULTS,
  NAMED_EXCEPTIONS,
  REMEDIES,
} from '../../src/lib/domain/index.ts';
import { CATALOGUE as de } from '../../src/lib/ui/texts/de.ts';
import { CATALOGUE as en } from '../../src/lib/ui/texts/en.ts';
import { CATALOGUE as fr } from '../../src/lib/ui/texts/fr.ts';
import { CATALOGUE as nl } from '../../src/lib/ui/texts/nl.ts';
import { ACTION_NAMES } from '../../src/lib/workflows/types.ts';
import { exceptionsOf, TEXT_KEYS } from '../../src/lib/workflows/runtime/index.ts';

const LANGUAGES = { en, nl, de, fr };

/** The text of every story of the floor, but those that are wrong on purpose. */
const stories = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.story.yaml') && !name.startsWith('planted'))
  .map((name) => readFileSync(join(import.meta.dirname, name), 'utf8'));

interface Row {
  readonly faults: readonly string[];
  readonly listed: boolean;
  readonly asked?: boolean;
  readonly remedies: readonly { readonly remedy: string }[];
}

/** What an exception lacks. */
function gaps(code: string, row: Row): string[] {
  const words = Object.entries(LANGUAGES).flatMap(([language, catalogue]) =>
    (catalogue[`exception.${code}`] ?? '') === '' ? [`words in ${language}`] : [],
  );
  const way =
    row.listed || row.asked === true || row.faults.some((fault) => Object.hasOwn(FAULTS, fault));
  const told = stories.some((text) => text.includes(`reported ${code} `));
  const touched = row.remedies.some(({ remedy }) =>
    stories.some((text) => text.includes(`touch: ${remedy}`)),
  );
  return [
    ...words,
    ...(row.remedies.length === 0 ? ['a remedy'] : []),
    ...(way ? [] : ['a way to it']),
    ...(told || touched ? [] : ['a story']),
  ];
}

describe('the catalogue of exceptions', () => {
  it.each(EXCEPTION_CODES)('%s has words, a remedy, a way to it and a story', (code) => {
    expect(gaps(code, exceptionRow(code))).toEqual([]);
  });

  it('sees what is planted: a code that has nothing', () => {
    const nothing = { faults: ['no.such-fault'], listed: false, remedies: [] };
    const languages = Object.keys(LANGUAGES).map((language) => `words in ${language}`);
    expect(gaps('planted', nothing)).toEqual([...languages, 'a remedy', 'a way to it', 'a story']);
  });

  it('has no remedy that nothing leads to, or that no story touches', () => {
    const used = EXCEPTION_CODES.flatMap((code) => exceptionRow(code).remedies);
    const offered = new Set(used.map(({ remedy }) => remedy));
    expect([...offered].sort()).toEqual([...REMEDIES].sort());
    // What OK says needs no touch; a remedy that is the only one acts when its exception is touched.
    const alone = EXCEPTION_CODES.filter((code) => exceptionRow(code).remedies.length === 1);
    const acts = (remedy: string) =>
      stories.some((text) => text.includes(`touch: ${remedy}`) || text.includes(`: ${remedy}'`)) ||
      EXCEPTION_CODES.some((code) => exceptionRow(code).accept === remedy) ||
      alone.some((code) => exceptionRow(code).remedies[0].remedy === remedy);
    expect(REMEDIES.filter((remedy) => !acts(remedy))).toEqual([]);
  });

  it('says every remedy and every reason in every language', () => {
    const keys = [
      ...REMEDIES.map((remedy) => `remedy.${remedy}`),
      ...EXCEPTION_REASONS.map((reason) => `reason.${reason}`),
    ];
    for (const catalogue of Object.values(LANGUAGES)) {
      expect(keys.filter((key) => (catalogue[key] ?? '') === '')).toEqual([]);
    }
    expect(keys.filter((key) => !TEXT_KEYS.some((each) => each === key))).toEqual([]);
  });

  it('asks why only where it knows reasons', () => {
    for (const code of EXCEPTION_CODES) {
      const { remedies, reasons } = exceptionRow(code);
      const asks = remedies.some(({ needs }) => needs.includes('reason'));
      expect({ code, reasons: !asks || reasons.length > 0 }).toEqual({ code, reasons: true });
    }
  });

  it('can happen in some kind of work, each of them, and a fault is one exception only', () => {
    const possible = new Set(ACTION_NAMES.flatMap((action) => exceptionsOf(action)));
    expect([...possible].sort()).toEqual([...NAMED_EXCEPTIONS].sort());
    const faults = Object.values(EXCEPTIONS).flatMap((row) => [...row.faults]);
    expect(new Set<string>(faults).size).toBe(faults.length);
  });
});
