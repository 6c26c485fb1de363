// Who lives here: the three ways in which every story is played, and what each of them proves.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { compile } from '../../src/lib/workflows/index.ts';
import type { CompiledWorkflow, StoredState } from '../../src/lib/workflows/index.ts';
import { resume } from '../../src/lib/workflows/runtime/index.ts';
import { play, plainly, StoryFailure } from './play.ts';
import type { Manner, Mark, Played } from './play.ts';
import type { ReadStory } from './read.ts';

const OWN = readFileSync(join(import.meta.dirname, '../../workflows.yaml'), 'utf8');

/** The product's own file with nothing in it but the workflow that a story is about. */
function ownOf({ story }: ReadStory): string {
  const { workflow = 'receive' } = story.given;
  const named = typeof workflow === 'string' ? [workflow] : Object.values(workflow);
  const [head = '', ...parts] = OWN.split(/^(?= {2}- id: )/m);
  return (
    head + parts.filter((part) => named.some((id) => part.startsWith(`  - id: ${id}\n`))).join('')
  );
}

function textOf(read: ReadStory): string {
  const { workflows, edited = {} } = read.story.given;
  return Object.entries(edited).reduce(
    (text, [was, is]) => {
      const [before, after, again] = text.split(was);
      if (before === undefined || after === undefined || again !== undefined) {
        throw new StoryFailure(`${read.file}: “${was}” does not stand in its workflows once`);
      }
      return `${before}${is}${after}`;
    },
    workflows ?? ownOf(read),
  );
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** By their text; to compile is to prove, and that takes its time. */
const compiled = new Map<string, readonly CompiledWorkflow[]>();

/** What the stations of a story run. */
export function workflowsOf(read: ReadStory): readonly CompiledWorkflow[] {
  return compiledOnce(read.file, textOf(read));
}

function compiledOnce(file: string, text: string): readonly CompiledWorkflow[] {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  const { workflows, diagnostics } = compile(text, hash);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const says = errors.map(({ line, column, message }) => `${line}:${column}: ${message}`);
    throw new StoryFailure(`${file}: its workflows:\n  ${says.join('\n  ')}`);
  }
  compiled.set(text, workflows);
  return workflows;
}

function asJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** After every event the station stops, and comes back from what it had stored. */
const reloading: Manner = (station, event, _step, now) => {
  if (now.ended !== undefined) return now;
  const [workflow, state] = [asJson(now.workflow), asJson<StoredState>(now.state)];
  const back = resume(workflow, state);
  if (!isDeepStrictEqual(asJson(back.screen), asJson(now.screen))) {
    const [shown, resumed] = [JSON.stringify(now.screen), JSON.stringify(back.screen)];
    throw new StoryFailure(
      `I-13: ${station} showed, after ${event.type}:\n    ${shown}\n  and after a reload:\n    ${resumed}`,
    );
  }
  if (back.commands.length > 0) throw new StoryFailure('I-13: a reload made a command');
  return { ...now, workflow, state: back.state, screen: back.screen };
};

/** What people do to a file while others work; all but the last of them break it. */
const MUTATIONS: readonly ((text: string) => string)[] = [
  (text) => text.slice(0, text.lastIndexOf('- ask: ') + '- ask: '.length),
  () => 'null',
  () => '['.repeat(10_000),
  (text) => text.replace('ask: item', 'ask: itme'),
  (text) => text.replace('- confirm: line', ''),
  (text) => text.replaceAll('scandock: 1', 'scandock: 999'),
];
/** Another word for each workflow: all of them get another revision. */
const HARMLESS = (text: string) => text.replaceAll(/(label:\s*\{\s*en: )/g, '$1My ');

/** By their text, as above: many stories are disturbed by the same faulty files. */
const refusals = new Map<string, boolean>();

/** Whether a file is in force nowhere, and says why. */
function refusedWhole(text: string): boolean {
  const known = refusals.get(text);
  if (known !== undefined) return known;
  const { workflows, diagnostics } = compile(text, hash);
  const refused = workflows.length === 0 && diagnostics.length > 0;
  refusals.set(text, refused);
  return refused;
}

/** After every event somebody saves another faulty workflows.yaml; once, a sound one. */
function swapping(text: string): Manner {
  let turn = 0;
  const others = compiledOnce('changed', HARMLESS(text));
  // What only looks confirms nothing: not every change is one to every file.
  const changes = MUTATIONS.map((mutate) => mutate(text)).filter((other) => other !== text);
  if (changes.length < 5) throw new StoryFailure('the mutations change nothing');
  return (_station, _event, _step, now) => {
    const changed = changes[turn % changes.length] ?? text;
    turn += 1;
    if (!refusedWhole(changed)) {
      throw new StoryFailure(`I-12: mutation ${turn} of the workflows was taken`);
    }
    const other = others.find(({ id }) => id === now.workflow.id);
    if (other === undefined) throw new StoryFailure('the changed file has not this workflow');
    if (now.ended === undefined && resumes(other, now.state)) {
      throw new StoryFailure('I-12: a session was taken up in another revision');
    }
    return now;
  };
}

function resumes(workflow: CompiledWorkflow, state: StoredState): boolean {
  try {
    resume(workflow, state);
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('I-12')) return false;
    throw error;
  }
}

function firstDifference(plain: readonly Mark[], other: readonly Mark[]): string | undefined {
  const at = plain.findIndex(
    (mark, index) => !isDeepStrictEqual(asJson(mark), asJson(other[index])),
  );
  if (at === -1 && plain.length === other.length) return undefined;
  const [one, two] = [plain, other].map((trace) => JSON.stringify(trace.at(at)));
  return `event ${at + 1}:\n    undisturbed ${one}\n    disturbed   ${two}`;
}

async function likePlain(read: ReadStory, law: string, manner: Manner): Promise<Played> {
  const workflows = workflowsOf(read);
  const plain = await play(read, workflows);
  const other = await play(read, workflows, manner);
  const difference = firstDifference(plain.trace, other.trace);
  if (difference !== undefined) throw new StoryFailure(`${law}: ${read.file}, ${difference}`);
  return other;
}

/** The manners by name: each plays a story to its end, or throws a StoryFailure. */
export const MANNERS: Readonly<Record<string, (read: ReadStory) => Promise<Played>>> = {
  undisturbed: (read) => play(read, workflowsOf(read), plainly),
  'I-13 reloaded after every event': (read) => likePlain(read, 'I-13', reloading),
  'I-12 workflows.yaml changed after every event': (read) =>
    likePlain(read, 'I-12', swapping(textOf(read))),
};
