// Who lives here: docs/WORKFLOWS-REFERENCE.md as it must be today, made of what the reader knows.

import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { NAMES, OPERATORS } from './conditions.ts';
import { FILE_FIELDS, VERBS, WORKFLOW_FIELDS } from './form.ts';
import type { Field } from './form.ts';
import { standsAt } from './options.ts';
import { FORM_CODES, MEANING_CODES } from './told.ts';
import { PLANTED } from '../samples/codes.ts';
import { code, codes, table } from './words.ts';
import { EXCEPTIONS, FACTS, SIZES, WORDS, WORK } from './work.ts';

export const PAPER = join(import.meta.dirname, '../../docs/WORKFLOWS-REFERENCE.md');

const needed = ({ needed: must }: Field): string => (must ? 'yes' : '');

function fields(list: readonly Field[]): string {
  return table(
    ['field', 'needed', 'may be', 'means'],
    list.map((field) => [code(field.path), needed(field), field.form, field.means]),
  );
}

/** Options in a question's question stand where it stands; `ask` itself is no option. */
function options(list: readonly Field[]): string {
  return table(
    ['option', 'at', 'may be', 'means'],
    list
      .filter(({ path }) => path !== 'ask')
      .map((field) => {
        const [top = ''] = field.path.split('.');
        const at = top === field.path ? standsAt(top) : '';
        return [code(field.path), at, field.form, field.means];
      }),
  );
}

const verbs = () =>
  [...VERBS]
    .filter(([verb]) => verb !== 'ask')
    .map(([verb, list]) => `### ${code(verb)}\n\n${fields(list)}`);

const page = (): readonly string[] => [
  '# The workflow file: reference',
  `Everything that a workflow file may hold, as the reader has it. How it goes together, by example,
  is told in the [handbook](WORKFLOWS.md). This page is written by \`npx tsx tests/reference/write.ts\`
  from the reader itself; a test fails when it is older.`,
  '## The file',
  fields(FILE_FIELDS),
  '## A workflow',
  fields(WORKFLOW_FIELDS),
  '## Kinds of work',
  'Facts are asked where the item or the warehouse has them: a batch of a batch item, an expiry date of an item that has one, serial numbers of a serial item, a quantity of all others.',
  WORK,
  '## Steps',
  `A step is one of ${codes([...VERBS.keys()], 'or')}.`,
  '### `ask`',
  FACTS,
  '### Options of `ask`',
  options(VERBS.get('ask') ?? []),
  ...verbs(),
  '## Conditions',
  'What is not known is equal to nothing.',
  NAMES,
  OPERATORS,
  '## Exceptions',
  'What stands under “work” is what a workflow has without `exceptions`, and what it may name there.',
  EXCEPTIONS,
  '## Buttons and command barcodes',
  WORDS,
  '## Sizes',
  SIZES,
  '## What is told of a mistake',
  'Each comes with its line and column, and with what to write instead where that is plain. Where a code has several sentences, one of them stands here. With an error a file is in force nowhere; with warnings alone it is.',
  '### In the YAML',
  'Other codes that begin with `yaml.` have the words of the YAML parser.',
  FORM_CODES,
  '### In what it says',
  MEANING_CODES,
  `The proofs know three more, which no file has had so far: ${codes(PLANTED)} (nobody gets home; booked lines are left without finishing them; nothing is asked any more).`,
];

/** The page, as prettier would leave it. */
export async function reference(): Promise<string> {
  const settings = await resolveConfig(PAPER);
  return format(page().join('\n\n'), { ...settings, filepath: PAPER });
}
