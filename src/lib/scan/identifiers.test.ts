// Who lives here: proofs of the table of application identifiers, against GS1's own dictionary
// where that lies beside this checkout.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { IDENTIFIERS, identifierAt, isCutIdentifier } from './identifiers.ts';

const DICTIONARY = new URL('../../../../shared/data/gs1-syntax-dictionary.txt', import.meta.url);

/** One of the dictionary's lines: identifiers, flags, components. */
const LINE = /^(\d{2,4})(?:-(\d{2,4}))?\s+([*?]*)\s+((?:\[?[NXYZ](?:\.\.)?\d+\]?(?:,\w+)*\s+)+)/;

interface Entry {
  readonly minLength: number;
  readonly maxLength: number;
  readonly predefined: boolean;
}

function dictionary(): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const line of readFileSync(DICTIONARY, 'utf8').split('\n')) {
    const match = LINE.exec(`${line} `);
    if (match === null) continue;
    const [, from = '', to = from, flags = '', components = ''] = match;
    let minLength = 0;
    let maxLength = 0;
    for (const part of components.matchAll(/(\[?)[NXYZ](\.\.)?(\d+)/g)) {
      maxLength += Number(part[3]);
      if (part[1] === '') minLength += part[2] === undefined ? Number(part[3]) : 1;
    }
    for (let ai = Number(from); ai <= Number(to); ai++) {
      const predefined = flags.includes('*');
      entries.set(String(ai).padStart(from.length, '0'), { minLength, maxLength, predefined });
    }
  }
  return entries;
}

describe('the identifiers', () => {
  it.skipIf(!existsSync(DICTIONARY))(
    'are those of the GS1 dictionary (skipped where the dictionary is absent)',
    () => {
      const entries = dictionary();
      expect(entries.size).toBeGreaterThan(400);
      const ours = Object.fromEntries(
        Array.from(IDENTIFIERS.values(), ({ ai, minLength, maxLength, predefined }) => [
          ai,
          { minLength, maxLength, predefined },
        ]),
      );
      expect(ours).toEqual(Object.fromEntries(entries));
    },
  );

  it('can be told apart: none is the beginning of another', () => {
    const all = Array.from(IDENTIFIERS.keys());
    const clashes = all.flatMap((ai) =>
      all.filter((other) => ai !== other && other.startsWith(ai)).map((other) => [ai, other]),
    );
    expect(clashes).toEqual([]);
  });

  it.each([
    ['3922', '15'],
    ['421', '528AB-1'],
    ['253', '8712345678906'],
    ['253', '8712345678906X'],
    ['423', '528056'],
    ['8008', '26013112'],
    ['8008', '260131125959'],
    ['4331', '001500-'],
    ['99', 'anything/90'],
    ['7040', '1ABC'],
  ])('(%s) may hold %j', (ai, value) => {
    expect(IDENTIFIERS.get(ai)?.form.test(value)).toBe(true);
  });

  it.each([
    ['3922', ''],
    ['421', '528'],
    ['253', '871234567890'],
    ['423', '5280'],
    ['8008', '260131125'],
    ['10', 'A B'],
    ['10', 'A#B'],
    ['8010', 'ab'],
    ['30', '12a'],
    ['01', '0871234567890٦'],
  ])('(%s) may not hold %j', (ai, value) => {
    expect(IDENTIFIERS.get(ai)?.form.test(value)).toBe(false);
  });

  it('are found in place, and a cut one is told from an unknown one', () => {
    expect(identifierAt('xx3103000750', 2)?.ai).toBe('3103');
    expect(identifierAt('0508', 0)).toBeUndefined();
    expect(isCutIdentifier('310')).toBe(true);
    expect(isCutIdentifier('05')).toBe(false);
    expect(isCutIdentifier('')).toBe(false);
  });
});
