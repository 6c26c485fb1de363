// Writes the third column of docs/INVARIANTS.md anew: for each id the tests that mention it, or
// "not yet". Run it when tests have moved (`npx tsx tests/architecture/write-invariants.ts`), then
// read the difference: a proof that is gone is news.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { listFiles } from './tree.ts';

const HOUSE = join(import.meta.dirname, '../..');
const PAPER = join(HOUSE, 'docs/INVARIANTS.md');

const tests = ['src', 'tests', 'bin', 'exact-simulator']
  .flatMap((folder) =>
    listFiles(join(HOUSE, folder), /\.(test|spec)\.ts$|\.story\.yaml$/).map(
      (path) => `${folder}/${path}`,
    ),
  )
  .filter((path) => !path.startsWith('tests/architecture/'))
  .map((path) => ({ path, text: readFileSync(join(HOUSE, path), 'utf8') }));

function proofOf(id: string): string {
  const proofs = tests.filter(({ text }) => text.includes(id)).map(({ path }) => `\`${path}\``);
  return proofs.length === 0 ? 'not yet' : proofs.join(', ');
}

const rows = readFileSync(PAPER, 'utf8')
  .split('\n')
  .map((line) => {
    const row = /^\| (I-\d\d)\s*\|([^|]*)\|/.exec(line);
    return row === null ? line : `| ${row[1]} |${row[2]}| ${proofOf(row[1] ?? '')} |`;
  });
const options = await resolveConfig(PAPER);
writeFileSync(PAPER, await format(rows.join('\n'), { ...options, filepath: PAPER }));
