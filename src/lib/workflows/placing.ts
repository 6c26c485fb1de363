// Who lives here: the pass that puts fragments and branches in place. What comes out is one flat
// list of the steps that ask and confirm; each knows where it is written and in which arms of which
// `if` it stands. Reading them is steps.ts's, and knows nothing of fragments.

import { LIMITS } from '../domain/index.ts';
import { conditionIn } from './arms.ts';
import type { Arm } from './arms.ts';
import { constantly } from './constant.ts';
import { diagnostic, didYouMean, fromIssue, valueAt } from './diagnose.ts';
import { both, negated } from './fold.ts';
import { conditionOf } from './reading.ts';
import type { Reading } from './reading.ts';
import { STEP_SCHEMAS } from './schema.ts';
import type { StepVerb } from './schema.ts';
import type { Path } from './source.ts';
import type { Condition, Diagnostic } from './types.ts';

export interface Placed {
  readonly raw: unknown;
  readonly path: Path;
  readonly arms: readonly Arm[];
}

export interface Placing {
  readonly steps: readonly Placed[];
  /** False when something could not be put in place, and so the order of steps is not known. */
  readonly whole: boolean;
}

/** Steps looked at for one workflow: fragments of fragments of empty lists have an end. */
const MAX_VISITS = 2_000;

interface Walk {
  readonly reading: Reading;
  readonly out: Placed[];
  visits: number;
  whole: boolean;
}

/** Where the walk stands: within which arms, and which fragments within which. */
interface Here {
  readonly arms: readonly Arm[];
  readonly chain: readonly string[];
}

type Raw = Readonly<Record<string, unknown>>;

/** The verb of a step that does one thing; what does several, or none, is told by steps.ts. */
function onlyVerb(raw: unknown): { verb: StepVerb; raw: Raw } | undefined {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const verbs = (Object.keys(STEP_SCHEMAS) as StepVerb[]).filter((verb) => verb in raw);
  const [verb, second] = verbs;
  return verb === undefined || second !== undefined ? undefined : { verb, raw: raw as Raw };
}

/** `- then:` as the next step: told there, and not as missing here too. */
function thenBelow(path: Path, { source }: Reading): boolean {
  const next = [...path.slice(0, -1), Number(path.at(-1)) + 1];
  return valueAt(source.value, [...next, 'then']) !== undefined;
}

/** A fragment has no options: what it does stands in it. */
function hintOfUses(one: Diagnostic): Diagnostic {
  if (one.code !== 'unknown-name' || !one.message.startsWith('“when”')) return one;
  return { ...one, hint: 'Write - if: with the condition, and then: with - uses: in it.' };
}

/** Faults of the step itself; those of the steps inside are told when these are read. */
function formOf(verb: 'uses' | 'if', raw: Raw, path: Path, { reading }: Walk): void {
  const schema = STEP_SCHEMAS[verb];
  const parsed = schema.safeParse(raw);
  if (parsed.success) return;
  const known = Object.keys(schema.shape);
  for (const issue of parsed.error.issues) {
    const inside = issue.path.length === 2 && issue.path[0] !== 'if';
    const strayed = issue.path[0] === 'then' && thenBelow(path, reading);
    if (inside || strayed) continue;
    const told = fromIssue(issue, path, reading.source, known);
    reading.found.push(...(verb === 'uses' ? told.map(hintOfUses) : told));
  }
}

function useFragment(raw: Raw, path: Path, here: Here, walk: Walk): void {
  const { source, shared, found } = walk.reading;
  formOf('uses', raw, path, walk);
  const name = raw['uses'];
  if (typeof name !== 'string' || here.chain.includes(name)) {
    walk.whole = false;
    return;
  }
  if (!shared.fragments.has(name)) {
    walk.whole = false;
    const { names } = shared.fragments;
    const hint = names.length === 0 ? `Add ${name}: … to fragments.` : didYouMean(name, names);
    const message = `There is no fragment called “${name.slice(0, LIMITS.shownChars)}”.`;
    found.push(diagnostic(source.at([...path, 'uses']), 'unknown-name', message, hint));
    return;
  }
  const list = shared.fragments.use(name);
  if (list === undefined) walk.whole = false;
  else placeAll(list, ['fragments', name], { ...here, chain: [...here.chain, name] }, walk);
}

/** An `if` that is no question: what it gives is known before anybody scans. */
function idle(test: Condition, raw: Raw, path: Path, here: Here, walk: Walk): void {
  const { source, found } = walk.reading;
  const say = (code: string, message: string, hint: string): void => {
    found.push(diagnostic(source.at([...path, 'if']), code, message, hint));
  };
  const outer = conditionIn(here.arms);
  const within = (part: Condition) => (outer === undefined ? part : both(outer, part));
  const alone = constantly(test);
  const never = alone === false || constantly(within(test)) === false;
  const always = alone === true || constantly(within(negated(test))) === false;
  const why = alone === undefined ? 'inside the if around it ' : '';
  if (never) {
    const message = `This condition never holds: ${why}nothing in “then” is ever asked.`;
    say('always-false', message, 'Correct the condition, or leave “then” out.');
  } else if (always && raw['else'] !== undefined) {
    const message = `This condition always holds: ${why}nothing in “else” is ever asked.`;
    say('always-true', message, 'Correct the condition, or leave “else” out.');
  } else if (always) {
    const message = `This condition always holds: ${why}the if changes nothing.`;
    say('always-true', message, 'Correct the condition, or write the steps without if.');
  }
}

function openBranch(raw: Raw, path: Path, here: Here, walk: Walk): void {
  const { source, found } = walk.reading;
  formOf('if', raw, path, walk);
  if (here.arms.length >= LIMITS.branchDepth) {
    const message = `An if inside ${LIMITS.branchDepth} others: more than a person can follow.`;
    const hint = 'Join conditions with &&, or make two workflows of it.';
    found.push(diagnostic(source.at([...path, 'if']), 'too-deep', message, hint));
    walk.whole = false;
    return;
  }
  const text = raw['if'];
  const readable = typeof text === 'string' && text.length <= LIMITS.conditionChars && text !== '';
  const test = readable ? conditionOf(text, 'bool', [...path, 'if'], walk.reading) : undefined;
  if (test === undefined) walk.whole = false;
  else idle(test, raw, path, here, walk);
  const key = path.join('/');
  for (const side of ['then', 'else'] as const) {
    const list = raw[side];
    if (!Array.isArray(list)) continue;
    const arm = { key, taken: side === 'then', ...(test === undefined ? {} : { test }) };
    placeAll(list, [...path, side], { ...here, arms: [...here.arms, arm] }, walk);
  }
}

function placeAll(list: readonly unknown[], path: Path, here: Here, walk: Walk): void {
  list.forEach((each, index) => {
    walk.visits += 1;
    if (walk.visits > MAX_VISITS || walk.out.length > LIMITS.stepsPerWorkflow) return;
    const at = [...path, index];
    const found = onlyVerb(each);
    if (found?.verb === 'uses') useFragment(found.raw, at, here, walk);
    else if (found?.verb === 'if') openBranch(found.raw, at, here, walk);
    else walk.out.push({ raw: each, path: at, arms: here.arms });
  });
}

/** Puts fragments and branches of a list of steps in place; at most a hundred steps come out. */
export function place(list: readonly unknown[], path: Path, reading: Reading): Placing {
  const walk: Walk = { reading, out: [], visits: 0, whole: true };
  placeAll(list, path, { arms: [], chain: [] }, walk);
  const many = walk.visits > MAX_VISITS || walk.out.length > LIMITS.stepsPerWorkflow;
  if (!many) return { steps: walk.out, whole: walk.whole };
  const most = LIMITS.stepsPerWorkflow;
  const message = `With its fragments in place it has more than ${most} steps.`;
  const at = reading.source.at(path);
  reading.found.push(diagnostic(at, 'too-many-steps', message, 'Make two workflows of it.'));
  return { steps: [], whole: false };
}
