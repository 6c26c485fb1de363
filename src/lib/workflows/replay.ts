// Who lives here: time travel. A tape's events are played into a workflow with the very functions
// that run it on the floor, and the first thing that an operator or Exact would notice is named:
// asks more, asks less, asks elsewhere, refuses or takes a scan, books something else, ends
// otherwise. Nothing is sent anywhere.

import type { FaultCode } from '../domain/index.ts';
import { advance, begin, happened, shownBy } from './runtime/index.ts';
import type { Frame, Shown, Tape } from './runtime/index.ts';
import { variablesOf } from './structure.ts';
import type { CommandPart } from './told/words.ts';
import type { AskedFact, CompiledWorkflow, DialogueStep } from './types.ts';

export type Difference =
  | { readonly kind: 'asks-more' | 'asks-less' | 'asks-elsewhere'; readonly fact: AskedFact }
  | { readonly kind: 'refuses' | 'takes'; readonly fault?: FaultCode }
  | { readonly kind: 'books-more' | 'books-less' | 'ends' }
  | { readonly kind: 'books-other'; readonly part: CommandPart }
  /** Everything alike but what the workflow itself writes into its commands. */
  | { readonly kind: 'other-tolerance' | 'other-posting' };

export type Replayed =
  | { readonly kind: 'identical' }
  /** `at`: after which event, from 1; 0 is the first screen. */
  | { readonly kind: 'differs'; readonly at: number; readonly difference: Difference }
  /** `gone`: no workflow of this name. `names`: it asks for a name, and tapes hold none. */
  | { readonly kind: 'untold'; readonly why: 'gone' | 'names' };

/** The workflow of the tape's name, with the settings of the same stations and roles. */
export function workflowOf(
  { workflow: id, only, onlyRoles }: Tape,
  workflows: readonly CompiledWorkflow[],
): CompiledWorkflow | undefined {
  const named = workflows.filter((each) => each.id === id);
  const same = JSON.stringify([only, onlyRoles]);
  const there = (each: CompiledWorkflow) => JSON.stringify([each.only, each.onlyRoles]);
  return named.find((each) => there(each) === same) ?? named.at(-1);
}

const NAMES = new Set(['document.partner', 'document.supplier']);

/** Whether a condition asks for what no tape holds. */
export function asksForNames({ steps }: CompiledWorkflow): boolean {
  return steps.some((step) => {
    if (step.kind !== 'ask') return false;
    const conditions = [step.when, step.default].filter((each) => each !== undefined);
    return conditions.flatMap(variablesOf).some((name) => NAMES.has(name));
  });
}

interface Run {
  readonly shown: Shown;
  readonly step: DialogueStep;
}

/** What each event of the tape does in this workflow; the first is its first screen. */
export function* played(tape: Tape, workflow: CompiledWorkflow): Generator<Run> {
  let step = begin(workflow);
  yield { shown: shownBy(step), step };
  for (const frame of tape.frames) {
    step = next(workflow, step, frame);
    yield { shown: shownBy(step), step };
  }
}

/** One event and the search that it may make, as the station does it: as one step. */
function next(workflow: CompiledWorkflow, before: DialogueStep, frame: Frame): DialogueStep {
  const { acting, event, found } = frame;
  const first = advance(workflow, before.state, happened(event), acting);
  if (first.screen.search === undefined || first.ended !== undefined) return first;
  // A search that was not made then has no answer on the tape: nobody knows what was open.
  const answer = { type: 'found', orders: found ?? [] } as const;
  const second = advance(workflow, first.state, answer, acting);
  const signal = second.signal === 'none' ? first.signal : second.signal;
  return { ...second, commands: [...first.commands, ...second.commands], signal };
}

const PARTS: readonly (readonly [CommandPart, readonly string[]])[] = [
  ['kind', ['type']],
  ['order', ['document', 'line', 'linesLeftOpen']],
  ['item', ['item', 'tracking']],
  ['quantity', ['quantity', 'found']],
  ['batch', ['batch']],
  ['expiry', ['expiry']],
  ['serials', ['serials']],
  ['place', ['location', 'from', 'to', 'warehouse']],
];
const RULES = ['tolerance', 'posting'] as const;

type Payload = Readonly<Record<string, unknown>>;

const alike = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** As text, whatever the order of the names. */
function canonical(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, each]) => `${name}:${canonical(each)}`).join()}}`;
}

/** The first part in which two commands differ, apart from the workflow's own rules. */
function otherPart(was: Payload, is: Payload): CommandPart | undefined {
  const known = PARTS.find(([, names]) => names.some((name) => !alike(was[name], is[name])));
  if (known !== undefined) return known[0];
  const without = (payload: Payload): Payload => ({
    ...payload,
    ...Object.fromEntries(RULES.map((rule) => [rule, ''])),
  });
  return alike(without(was), without(is)) ? undefined : 'other';
}

/** Facts asked on the tape after event `at`, until something is booked. */
function askedLater(was: readonly Shown[], at: number): ReadonlySet<AskedFact> {
  const later = new Set<AskedFact>();
  for (const { asks, commands } of was.slice(at + 1)) {
    if (commands.length > 0) break;
    if (asks !== undefined) later.add(asks);
  }
  return later;
}

interface Compared {
  readonly was: readonly Shown[];
  readonly at: number;
  readonly workflow: CompiledWorkflow;
}

/** Another question: is it one more, one less, or the same at another moment? */
function otherQuestion(
  then: AskedFact | undefined,
  now: AskedFact | undefined,
  { was, at, workflow }: Compared,
): Difference {
  if (now !== undefined && (then === undefined || !askedLater(was, at).has(now))) {
    return { kind: 'asks-more', fact: now };
  }
  if (then === undefined) return { kind: 'ends' };
  const asks = workflow.steps.flatMap((step) => (step.kind === 'ask' ? [step.fact] : []));
  const elsewhere = now !== undefined && asks.indexOf(then) > asks.indexOf(now);
  return { kind: elsewhere ? 'asks-elsewhere' : 'asks-less', fact: then };
}

/** One is booked and the other not: told by the question that is in the way, where there is one. */
function moreOrLess(then: Shown, now: Shown): Difference {
  const more = now.commands.length > then.commands.length;
  if (more && then.asks !== undefined && then.commands.length === 0) {
    return { kind: 'asks-less', fact: then.asks };
  }
  if (!more && now.asks !== undefined && now.commands.length === 0 && now.asks !== then.asks) {
    return { kind: 'asks-more', fact: now.asks };
  }
  return { kind: more ? 'books-more' : 'books-less' };
}

function between(
  then: Shown,
  { shown: now, step }: Run,
  compared: Compared,
): Difference | undefined {
  const refused = now.signal === 'error';
  if (refused !== (then.signal === 'error')) {
    const code = refused ? step.screen.message?.fault?.code : undefined;
    return { kind: refused ? 'refuses' : 'takes', ...(code === undefined ? {} : { fault: code }) };
  }
  if (now.commands.length !== then.commands.length) return moreOrLess(then, now);
  for (const [index, payload] of now.commands.entries()) {
    const part = otherPart(then.commands[index] ?? {}, payload);
    if (part !== undefined) return { kind: 'books-other', part };
  }
  if (now.ended !== then.ended) return { kind: 'ends' };
  // The name of a step is the file's own affair; what it asks is what is noticed.
  if (now.asks !== then.asks) return otherQuestion(then.asks, now.asks, compared);
  return undefined;
}

function otherRule(then: Shown, now: Shown): Difference | undefined {
  const differs = (rule: string): boolean =>
    now.commands.some((payload, index) => !alike(then.commands[index]?.[rule], payload[rule]));
  if (differs('posting')) return { kind: 'other-posting' };
  return differs('tolerance') ? { kind: 'other-tolerance' } : undefined;
}

/** The first difference between what was and what the workflow does with the same events. */
export function compared(tape: Tape, was: readonly Shown[], workflow: CompiledWorkflow): Replayed {
  let at = 0;
  let rule: Replayed | undefined;
  for (const run of played(tape, workflow)) {
    const then = was[at];
    if (then === undefined) break;
    const difference = between(then, run, { was, at, workflow });
    if (difference !== undefined) return { kind: 'differs', at, difference };
    const other = rule === undefined ? otherRule(then, run.shown) : undefined;
    if (other !== undefined) rule = { kind: 'differs', at, difference: other };
    at += 1;
  }
  return rule ?? { kind: 'identical' };
}

/** Plays a tape into the workflow of its name: what would be different from what was recorded. */
export function replay(tape: Tape, workflows: readonly CompiledWorkflow[]): Replayed {
  const workflow = workflowOf(tape, workflows);
  if (workflow === undefined) return { kind: 'untold', why: 'gone' };
  if (asksForNames(workflow)) return { kind: 'untold', why: 'names' };
  return compared(tape, [tape.begun, ...tape.frames.map((frame) => frame.shown)], workflow);
}
