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
import type { Condition } from './types.ts';

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
    reading.found.push(...fromIssue(issue, path, reading.source, known));
  }
}

/** Where `uses` stands: inside an arm more, when it has a condition. */
function underWhen(raw: Raw, path: Path, here: Here, walk: Walk): Here {
  if (raw['when'] === undefined || isTooDeep([...path, 'when'], here, walk)) return here;
  const test = testOf(raw['when'], [...path, 'when'], walk);
  // Told once: not again at every step of the fragment.
  const told = test === undefined || idleUse(test, [...path, 'when'], here, walk);
  const arm = { key: path.join('/'), taken: true, option: 'when' as const };
  return { ...here, arms: [...here.arms, told ? arm : { ...arm, test }] };
}

/** A `when` that is no question: the fragment always stands there, or never. */
function idleUse(test: Condition, path: Path, here: Here, { reading }: Walk): boolean {
  const { source, found } = reading;
  const always = alwaysHolds(test, here);
  if (!always && !neverHolds(test, here)) return false;
  const message = always
    ? 'This condition always holds: it changes nothing.'
    : 'This condition never holds here: nothing of the fragment is ever asked.';
  const hint = always ? 'Correct it, or leave when out.' : 'Correct it, or remove this step.';
  const told = diagnostic(source.at(path), always ? 'always-true' : 'always-false', message, hint);
  found.push(always ? { ...told, severity: 'warning' } : told);
  return true;
}

function useFragment(raw: Raw, path: Path, around: Here, walk: Walk): void {
  const { source, shared, found } = walk.reading;
  formOf('uses', raw, path, walk);
  const here = underWhen(raw, path, around, walk);
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

function within({ arms }: Here, part: Condition): Condition {
  const outer = conditionIn(arms);
  return outer === undefined ? part : both(outer, part);
}

const neverHolds = (test: Condition, here: Here): boolean =>
  constantly(test) === false || constantly(within(here, test)) === false;
const alwaysHolds = (test: Condition, here: Here): boolean =>
  constantly(test) === true || constantly(within(here, negated(test))) === false;

function isTooDeep(at: Path, { arms }: Here, walk: Walk): boolean {
  if (arms.length < LIMITS.branchDepth) return false;
  const { source, found } = walk.reading;
  const message = `An if inside ${LIMITS.branchDepth} others: more than a person can follow.`;
  const hint = 'Join conditions with &&, or make two workflows of it.';
  found.push(diagnostic(source.at(at), 'too-deep', message, hint));
  walk.whole = false;
  return true;
}

/** The condition as written; a fault in it is told, and the order of steps is then not known. */
function testOf(text: unknown, path: Path, walk: Walk): Condition | undefined {
  const readable = typeof text === 'string' && text.length <= LIMITS.conditionChars && text !== '';
  const test = readable ? conditionOf(text, 'bool', path, walk.reading) : undefined;
  if (test === undefined) walk.whole = false;
  return test;
}

/** An `if` that is no question: what it gives is known before anybody scans. */
function idle(test: Condition, raw: Raw, path: Path, here: Here, walk: Walk): void {
  const { source, found } = walk.reading;
  const say = (code: string, message: string, hint: string): void => {
    found.push(diagnostic(source.at([...path, 'if']), code, message, hint));
  };
  const alone = constantly(test);
  const never = neverHolds(test, here);
  const always = alwaysHolds(test, here);
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
  formOf('if', raw, path, walk);
  if (isTooDeep([...path, 'if'], here, walk)) return;
  const test = testOf(raw['if'], [...path, 'if'], walk);
  if (test !== undefined) idle(test, raw, path, here, walk);
  const key = path.join('/');
  for (const side of ['then', 'else'] as const) {
    const list = raw[side];
    if (!Array.isArray(list)) continue;
    const own = { key, taken: side === 'then', option: 'if' as const };
    const arm = { ...own, ...(test === undefined ? {} : { test }) };
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
