// Who lives here: what the reader tells of a faulty file, one row a code: the sample that shows it
// best, in the words of its first line, and the sentence that comes.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../src/lib/workflows/index.ts';
import { GROWN, PLANTED, readerCodes } from '../samples/codes.ts';
import { code, table } from './words.ts';

interface Example {
  readonly code: string;
  readonly warning: boolean;
  /** Mistakes of the whole sample: the fewer, the plainer. */
  readonly besides: number;
  readonly about: string;
  readonly message: string;
}

const SAMPLES = join(import.meta.dirname, '../samples');
const hash = (text: string) => String(text.length);
/** `#=> code line:column sentence`, as faulty.test.ts has shown that it comes. */
const TOLD = /^#=> (warning )?([a-z][a-z.-]*) \d+:\d+ ?(.*)$/gm;

/** The sentence that really comes; a sample of diagnostics.test.ts has its hint in that place. */
function messageOf(text: string, wanted: string): string {
  const bare = text.replace(/^#=.*\n/gm, '');
  const { diagnostics } = compile(bare, hash);
  const found = diagnostics.find((each) => each.code === wanted);
  if (found === undefined) throw new Error(`${wanted} does not come of its sample`);
  return found.message;
}

function examplesIn(folder: string): readonly Example[] {
  const names = readdirSync(join(SAMPLES, folder)).filter((name) => name.endsWith('.yaml.txt'));
  return names.flatMap((name) => {
    const text = readFileSync(join(SAMPLES, folder, name), 'utf8');
    const about = /^# (.*)$/m.exec(text)?.[1] ?? '';
    const told = [...text.matchAll(TOLD)];
    return told.map(([, warning, found = '', message = '']) => ({
      code: found,
      warning: warning !== undefined,
      besides: told.length,
      about,
      message: message === '' || message.startsWith('|') ? messageOf(text, found) : message,
    }));
  });
}

/** One of each code: of the fewest mistakes, and of those the first. */
function plainest(examples: readonly Example[]): ReadonlyMap<string, Example> {
  const best = new Map<string, Example>();
  for (const each of examples) {
    const known = best.get(each.code);
    if (known === undefined || each.besides < known.besides) best.set(each.code, each);
  }
  return best;
}

const GROWN_ABOUT: Readonly<Record<string, string>> = {
  'yaml.size': 'A file that nobody reads.',
  'yaml.control': 'A character that no keyboard writes.',
  'yaml.nodes': 'A list without end.',
  more: 'A file of nothing but mistakes.',
};

function grown(): readonly Example[] {
  return Object.entries(GROWN).map(([name, text]) => ({
    code: name,
    warning: false,
    besides: 1,
    about: GROWN_ABOUT[name] ?? '',
    message: messageOf(text, name),
  }));
}

const samples = examplesIn('faulty');
const faulty = plainest(samples);
const seen = plainest([...faulty.values(), ...grown()]);
const missing = readerCodes().filter((each) => !seen.has(each) && !PLANTED.includes(each));
// Those samples are read only for what no other has: some of them take their time.
const others = missing.length === 0 ? [] : examplesIn('workflows');
const all = new Map([...seen, ...[...plainest(others)].filter(([name]) => missing.includes(name))]);

/** Codes with an example, in the order of the alphabet: those of the form first. */
export const CODES = [...all.keys()].sort();

/** With warnings alone a file is in force. */
function gravity(name: string): string {
  const told = samples.filter((each) => each.code === name);
  if (!told.some((each) => each.warning)) return 'error';
  return told.every((each) => each.warning) ? 'warning' : 'error or warning';
}

const rowsOf = (names: readonly string[]) =>
  names.flatMap((name) => {
    const found = all.get(name);
    if (found === undefined) return [];
    // Two underscores would be read as bold type.
    return [[code(name), gravity(name), found.about, found.message.replaceAll('__', '\\_\\_')]];
  });
const HEAD = ['code', '', 'for example', 'what is told'];
const isYaml = (name: string): boolean => name.startsWith('yaml.');

export const FORM_CODES = table(HEAD, rowsOf(CODES.filter(isYaml)));
export const MEANING_CODES = table(HEAD, rowsOf(CODES.filter((name) => !isYaml(name))));
