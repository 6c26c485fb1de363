// Who lives here: every code that the reader of workflow files and its proofs can tell, found where
// they are made; the texts that grow a fault which no sample holds; and those that no file gets.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '../../src/lib/domain/index.ts';

const READER = join(import.meta.dirname, '../../src/lib/workflows');

/** Words that stand for a code in the source, whichever function takes it. */
const CODES = [
  /(?<!function )\b(?:diagnostic|say|refuse)(?=\()[^;]*?[\s,(]'([a-z][a-z.-]+)'(?=[,)\n])/g,
  /\bcode(?:: | = unknown \? )'([a-z][a-z.-]+)'(?: : '([a-z][a-z.-]+)')?/g,
];

/** Faults that need more text than a sample should have, or what no editor writes. */
export const GROWN: Readonly<Record<string, string>> = {
  'yaml.size': '#'.repeat(LIMITS.workflowFileBytes + 1),
  'yaml.control': 'scandock: \u0000',
  'yaml.nodes': `[${'1,'.repeat(LIMITS.workflowNodes)}1]`,
  more: `scandock: 1\nworkflows: [${'{},'.repeat(49)}{}]`,
};

/**
 * Never told of a file: the walk would have to show a state from which nobody gets home, work that
 * is left unfinished, or a circle, and the machine is made so that there is none. check.test.ts
 * plants one of each.
 */
export const PLANTED: readonly string[] = ['no-way-home', 'leak', 'loop'];

/** Every code that stands in the source of the reader and of the proofs. */
export function readerCodes(): readonly string[] {
  const sources = readdirSync(READER).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const found = sources.flatMap((name) => {
    const text = readFileSync(join(READER, name), 'utf8');
    return CODES.flatMap((pattern) =>
      [...text.matchAll(pattern)].flatMap(([, one, other]) => [one ?? [], other ?? []].flat()),
    );
  });
  return [...new Set(found)];
}
