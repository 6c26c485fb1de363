// Who lives here: `scandock replay`: recorded sessions played into a workflow file. With --before
// they are measured by another file, else by what was recorded. Tapes come as files with one tape a
// line.

import { LIMITS } from '../../../src/lib/domain/index.ts';
import {
  compareTapes,
  difference,
  readTape,
  replayed,
  summary,
} from '../../../src/lib/workflows/index.ts';
import type { CompiledWorkflow, Outcome, Tape } from '../../../src/lib/workflows/index.ts';
import type { Console } from './console.ts';
import { counted, readWorkflows, tellMistakes } from './file.ts';
import { ENDS } from './given.ts';
import type { Given } from './given.ts';
import { languageOf } from './tell.ts';
import { harmless } from './told.ts';

/** Bytes of one file of tapes; whoever has more makes several files. */
const FILE_BYTES = 256 * 1024 * 1024;

const NO_TAPE = {
  'too-large': `it has more than ${LIMITS.tapeBytes} bytes`,
  'not-whole': 'it is not whole: was the file cut?',
  'other-version': 'it is of another version of Scandock',
  'not-a-tape': 'it is no tape',
} as const;

interface Placed {
  /** `tapes.jsonl:3`. */
  readonly place: string;
  readonly tape: Tape;
}

interface Tapes {
  readonly tapes: readonly Placed[];
  /** Lines that are no tapes. */
  readonly unread: number;
}

async function readTapes(file: string, console: Console): Promise<Tapes | undefined> {
  const read = await console.read(file, FILE_BYTES);
  if (!read.ok) {
    console.error(`scandock: ${file} can't be read: ${read.why}`);
    return undefined;
  }
  const tapes: Placed[] = [];
  let unread = 0;
  for (const [index, line] of read.text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = `${file}:${index + 1}`;
    const one = readTape(line);
    if (one.ok) tapes.push({ place, tape: one.tape });
    else {
      unread += 1;
      const where = one.where === undefined ? '' : ` (${harmless(one.where)})`;
      console.error(`${place}: not replayed: ${NO_TAPE[one.why]}${where}`);
    }
  }
  return { tapes, unread };
}

async function readAll(files: readonly string[], console: Console): Promise<Tapes | undefined> {
  const all: Placed[] = [];
  let unread = 0;
  for (const file of files) {
    const read = await readTapes(file, console);
    if (read === undefined) return undefined;
    all.push(...read.tapes);
    unread += read.unread;
  }
  if (all.length > LIMITS.tapesCompared) {
    console.error(`scandock: ${all.length} tapes; ${LIMITS.tapesCompared} at a time is the most.`);
    return undefined;
  }
  return { tapes: all, unread };
}

/** The workflows of a file in order, or the exit code, with the reason told. */
async function sound(
  file: string,
  console: Console,
): Promise<readonly CompiledWorkflow[] | number> {
  const read = await readWorkflows(file, console);
  if (read === undefined) return ENDS.called;
  if (read.workflows.length > 0) return read.workflows;
  tellMistakes(read, console);
  return ENDS.mistakes;
}

/** Ends with 0 when every tape was read and none differs, with 1 when not. */
export async function replayFile(given: Given, console: Console): Promise<number> {
  const language = languageOf(given, console);
  if (language === undefined) return ENDS.called;
  const [file, ...files] = given.files;
  if (files.length === 0) {
    console.error('scandock: which tapes? Name at least one file of them behind the workflows.');
    return ENDS.called;
  }
  const after = await sound(file, console);
  if (typeof after === 'number') return after;
  const { before: other } = given.options;
  const before = typeof other === 'string' ? await sound(other, console) : undefined;
  if (typeof before === 'number') return before;
  const read = await readAll(files, console);
  if (read === undefined) return ENDS.called;
  const tapes = read.tapes.map(({ tape }) => tape);
  const outcomes: readonly Outcome[] =
    before === undefined
      ? tapes.map((tape) => replayed(tape, after))
      : [...compareTapes(tapes, before, after)];
  outcomes.forEach((each, index) => {
    const said = difference(each, language);
    if (said === '') return;
    const at = each.replayed.kind === 'differs' ? ` (event ${each.replayed.at})` : '';
    const { place = '', tape } = read.tapes[index] ?? {};
    console.out(`${place} ${harmless(tape?.workflow ?? '')}: ${said}${at}`);
  });
  console.out(summary(outcomes, language));
  if (read.unread > 0) console.error(`${counted(read.unread, 'line')} could not be read as tapes.`);
  const same = outcomes.every((each) => each.replayed.kind === 'identical');
  return same && read.unread === 0 ? ENDS.well : ENDS.mistakes;
}
