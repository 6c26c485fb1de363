// Writes what the shipped workflows are told as, beside this file: one text a language. Run it when
// workflows.yaml or the words change, and read what changed: npx tsx tests/samples/told/write.ts

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, explain, LANGUAGES } from '../../../src/lib/workflows/index.ts';

const shipped = join(import.meta.dirname, '../../../workflows.yaml');
const { workflows } = compile(readFileSync(shipped, 'utf8'), (text) => String(text.length));
if (workflows.length === 0) throw new Error('workflows.yaml has mistakes: npx scandock check it');
for (const language of LANGUAGES) {
  const told = workflows.map((each) => explain(each, language)).join('\n\n');
  writeFileSync(join(import.meta.dirname, `workflows.${language}.txt`), `${told}\n`);
}
