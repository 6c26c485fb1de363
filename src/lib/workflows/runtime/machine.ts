// Who lives here: the closed vocabulary that compiled workflows are written in, and the XState
// machine made of a workflow's configuration plus that vocabulary. Only `assign` actions and pure
// guards: no invoke, no after, no spawn, because XState does not resume timers and runs promises
// twice after a restore. Machines are stepped with `transition()`; no actor ever lives.

import { assign, setup } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { fault, openQuantity } from '../../domain/index.ts';
import type { CommandPayload, Facts, PrintRequest } from '../../domain/index.ts';
import type { Acting, AskedFact, CompiledWorkflow, DialogueEvent, Step } from '../types.ts';
import { ACTIONS } from './actions.ts';
import * as say from './answer.ts';
import { takeBadge } from './approvals.ts';
import { returned } from './brought.ts';
import { called, scanned, touched } from './calls.ts';
import { EMPTY, hasWork, saying, settled } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { holds } from './evaluate.ts';
import { all } from './everything.ts';
import { FACTS } from './facts.ts';
import { missingFacts } from './fits.ts';
import * as leave from './leave.ts';
import type { At, Rules } from './fits.ts';
import { takeLooked } from './look.ts';
import { isCarried, offered, offers, orderChanged, refused } from './news.ts';
import { canSkip, skip } from './next.ts';
import * as problem from './problem.ts';
import { problemActions } from './problem-actions.ts';
import type { Fn } from './problem-actions.ts';
import { printActions } from './print-actions.ts';
import { nextLine } from './prints.ts';
import { repeat } from './repeat.ts';
import { takeFound, takeScan } from './take.ts';
import { bookedBy, keep, reverseLine, undoLast, undoThis } from './undo.ts';

/** A flow that was called is left. Made by detour.ts, and by nobody outside. */
export interface Returned {
  readonly type: 'returned';
  /** The step that called it. */
  readonly step?: string;
  /** It was done, not left. */
  readonly done: boolean;
  readonly facts?: Facts;
  /** What leaving it wants done. */
  readonly drafted?: CommandPayload;
  readonly asked?: readonly PrintRequest[];
}
export type Happening = DialogueEvent | Returned;

/** The event that XState sees: its name, the dialogue's event, and who acts. */
export interface MachineEvent {
  readonly type: string;
  /** The state in which it happened. */
  readonly from: string;
  readonly what: Happening;
  readonly acting: Acting;
}

/** Names of states that every workflow has besides its steps. */
export const CLOSE = 'close';
export const UNDO = 'undo';
export const REVERSE = 'reverse';
export const DONE = 'done';
export const CANCELLED = 'cancelled';
export const PROBLEM = 'problem';

export interface StepParams {
  readonly asks: AskedFact | 'close';
  /** Of a step that asks nothing: its id. */
  readonly step?: string;
}

/**
 * A step is passed over when its fact is known or its condition does not hold. A question that has
 * been put (`from` is this step) stays until it is answered: news from the hub may change what a
 * condition gives, and a screen must not turn under the operator's hands. It was put for other
 * goods when these turned out to be others (`anew`).
 */
function passed(d: Dialogue, step: Step | undefined, rules: Rules, from: string): boolean {
  if (step?.kind !== 'ask') return true;
  const { id } = step;
  const stays = from === id && d.anew === undefined;
  return FACTS[step.fact].known(d, rules, id) || (!stays && !holds(step.when, d));
}

/** Events that can bring the last fact of a line. Nothing else ever makes a line a command. */
const GIVING: ReadonlySet<string> = new Set([
  ...['SCAN', 'ENTER', 'OK', 'CHOOSE', 'OPEN', 'FOUND', 'SKIP', 'REPEAT', 'ALL'],
  ...['RETURNED', 'BADGE'],
]);

/**
 * All facts are there, and what just happened was an answer and not a mistake (I-14). An event makes
 * one command: after a report to the office the line waits for the next word.
 */
function ready(d: Dialogue, rules: Rules, event: MachineEvent): boolean {
  if (d.drafted !== undefined || d.signal === 'error') return false;
  return GIVING.has(event.type) && missingFacts(d, rules).length === 0;
}

export interface Args {
  readonly context: Dialogue;
  readonly event: MachineEvent;
}

function where(rules: Rules, event: MachineEvent, asks: At['asks'], step = event.from): At {
  const { today, operator } = event.acting;
  return { asks, rules, step, today, operator };
}

/** Nothing is due any more of the order, or there is none. What was issued need not come back. */
function nothingOpen({ document }: Dialogue): boolean {
  const due = document?.lines.filter(({ part }) => part !== 'issued') ?? [];
  return due.every((line) => openQuantity(line) === 0);
}

/** The guards of the vocabulary. */
export function guardsOf(rules: CompiledWorkflow) {
  const steps = new Map(rules.steps.map((step) => [step.id, step]));
  return {
    // At the very begin there is no event of ours, and no state in which it happened.
    passed: ({ context, event }: Args, params: { step: string }) =>
      passed(context, steps.get(params.step), rules, 'from' in event ? event.from : ''),
    anew: ({ context }: Args) => context.anew === 'due',
    // The line is booked by then; what it was is still known.
    ends: ({ context }: Args, params: { step: string }) => {
      const step = steps.get(params.step);
      const { justBooked: work } = context;
      return step?.kind === 'end' && work !== undefined && holds(step.when, { ...context, work });
    },
    isRemedy: ({ event: { what } }: Args) => what.type === 'choose' && problem.isRemedy(what.id),
    hasProblems: ({ context, event }: Args, { asks }: StepParams) =>
      problem.problemsAt(context, where(rules, event, asks)).length > 0,
    checks: ({ context }: Args) => context.problem !== undefined,
    toClose: ({ context }: Args) => context.problem === undefined && context.closing === true,
    solved: ({ context }: Args) => context.problem === undefined,
    finishing: ({ context }: Args) => context.drafted?.type === 'document.finish',
    isEmptying: ({ context }: Args) => context.emptying === true,
    hasWork: ({ context }: Args) => hasWork(context),
    hasKept: ({ context }: Args) => context.work.kept !== undefined,
    hasBooked: ({ context }: Args) => context.standing > 0,
    canUndo: ({ context }: Args) => context.booked.length > 0,
    isBooked: ({ context, event }: Args) =>
      event.what.type === 'choose' && bookedBy(context, event.what.id) !== undefined,
    offersBack: ({ context, event: { what } }: Args) =>
      what.type === 'refused' && offers(context, what.command, what.fault),
    isCarried: ({ context, event: { what } }: Args) => isCarried(context, what),
    hasDocument: ({ context }: Args) => context.document !== undefined,
    allComplete: ({ context }: Args) => context.standing > 0 && nothingOpen(context),
    factsComplete: ({ context, event }: Args) => ready(context, rules, event),
    canSkip: ({ context }: Args, { asks }: StepParams) => canSkip(context, { asks, rules }),
    lineFits: ({ context, event }: Args) =>
      ready(context, rules, event) && say.lineFits(context, where(rules, event, 'item')),
  };
}

/** Work without an order gets its own id from the first thing that happens in it. */
function begun(d: Dialogue, { action }: Rules, { acting }: MachineEvent): Dialogue {
  if (d.piece !== undefined || ACTIONS[action].order !== undefined) return d;
  return { ...d, piece: acting.commandId };
}

/** What an action makes of a dialogue. */
export type Change = (args: Args, params: StepParams | undefined) => Dialogue;

/** What takes booked lines back. */
function backActions(change: (fn: Fn) => Change) {
  return {
    undo: change((d, { acting }) => undoLast(d, acting.commandId)),
    undoThis: change((d, { what, acting }) =>
      what.type === 'choose' ? undoThis(d, what.id, acting.commandId) : d,
    ),
    offer: change((d, { what }) =>
      what.type === 'refused' ? offered(d, what.command, what.fault) : d,
    ),
    reverse: change((d, { acting }) => reverseLine(d, acting.commandId)),
    keep: change(keep),
  };
}

/** What may lead to another flow in between, and back. */
function callActions(change: (fn: Fn) => Change) {
  return {
    choose: change((d, { what }, at) =>
      what.type === 'choose' ? (touched(d, what.id, at) ?? say.choose(d, what.id, at)) : d,
    ),
    returned: change((d, { what }, at) => (what.type === 'returned' ? returned(d, what, at) : d)),
    accept: change((d, { acting }, at) => called(d, at) ?? say.accept(d, at, acting.commandId)),
  };
}

/** The actions of the vocabulary, as functions from one dialogue to the next. */
export function changesOf(rules: CompiledWorkflow) {
  const change =
    (fn: Fn): Change =>
    ({ context, event }, params) => {
      // Within a problem the question that it was opened at still stands.
      const { problem: of } = context;
      const at = where(rules, event, of?.asks ?? params?.asks ?? 'document', of?.step);
      return fn(begun(context, rules, event), event, at);
    };
  return {
    takeScan: change((d, { what }, at) => {
      if (what.type !== 'scan') return d;
      const { scan } = what;
      return scanned(d, scan, at) ?? problem.withTrouble(takeScan(d, scan, at), scan);
    }),
    takeFound: change((d, { what }, at) =>
      what.type === 'found' ? problem.orWith(takeFound(d, what.orders, at), d) : d,
    ),
    ...problemActions(change),
    ...backActions(change),
    takeLooked: change((d, { what }) => (what.type === 'looked' ? takeLooked(d, what) : d)),
    misread: change((d, { what }) =>
      what.type === 'misread' ? saying(settled(d), what.fault, what.text) : d,
    ),
    enter: change((d, { what }, at) =>
      what.type === 'enter' ? say.enter(d, what.fact, what.value, at) : d,
    ),
    ...callActions(change),
    open: change((d, { what }, at) => (what.type === 'open' ? say.open(d, what.order, at) : d)),
    orderChanged: change((d, { what }) =>
      what.type === 'order' ? orderChanged(d, what.order, rules) : d,
    ),
    refused: change((d, { what }) =>
      what.type === 'refused' ? refused(d, what.command, what.fault) : d,
    ),
    takeBadge: change((d, { what }, at) => (what.type === 'badge' ? takeBadge(d, what, at) : d)),
    all: change((d, _event, at) => all(d, at)),
    repeat: change((d, _event, at) => repeat(d, at)),
    stepBack: change(say.stepBack),
    forgetPlace: change(say.forgetPlace),
    dropLine: change(say.dropLine),
    leaveDocument: change(leave.leaveDocument),
    leaveLast: change(leave.leaveLast),
    more: change((d, _event, at) => leave.more(d, at)),
    skip: change((d, _event, at) => (canSkip(d, at) ? skip(d, at) : say.skip(d, at))),
    help: change(say.help),
    finish: change(say.finish),
    goOn: change((d) => ({ ...settled(d), signal: 'step' })),
    putAnew: change((d) => ({ ...d, anew: 'put' })),
    notHere: change((d, _event, { asks }) => saying(settled(d), fault('step.not-here', { asks }))),
    finishLineFirst: change(leave.finishLineFirst),
    askAgain: change((d, _event, at) => say.askAgain(d, at)),
    book: change((d, { acting }) => say.book(nextLine(d), rules, acting.commandId)),
    ...printActions(change, rules),
  };
}

/** `assign` merges; this makes members that are gone undefined, and `tidy` drops them again. */
function replace(before: Dialogue, after: Dialogue): Partial<Dialogue> {
  const gone: Record<string, undefined> = {};
  for (const key of Object.keys(before)) if (!(key in after)) gone[key] = undefined;
  return { ...gone, ...after };
}

/** Drops members that are undefined, so that a stored dialogue equals the one that ran. */
export function tidy(d: Dialogue): Dialogue {
  return Object.fromEntries(
    Object.entries(d).filter(([, value]) => value !== undefined),
  ) as unknown as Dialogue;
}

/** The changes as XState runs them. */
function mapped(changes: Readonly<Record<string, Change>>) {
  return Object.fromEntries(
    Object.entries(changes).map(([name, change]) => [
      name,
      assign((args: Args, params: StepParams | undefined) =>
        replace(args.context, change(args, params)),
      ),
    ]),
  );
}

const machines = new WeakMap<CompiledWorkflow, AnyStateMachine>();

/** The machine of a workflow; made once per object. */
export function machineOf(workflow: CompiledWorkflow): AnyStateMachine {
  const made = machines.get(workflow);
  if (made !== undefined) return made;
  // XState's own types would tie these to one configuration; ours comes from a file.
  const words: { guards: never; actions: never } = {
    guards: guardsOf(workflow) as never,
    actions: mapped(changesOf(workflow)) as never,
  };
  // The configuration is data from a checked file; its names are proven to be in the vocabulary.
  const machine = setup({
    types: { context: {} as Dialogue, events: {} as MachineEvent },
    ...words,
  }).createMachine({
    ...(workflow.machine as object),
    context: EMPTY,
  } as never) as unknown as AnyStateMachine;
  machines.set(workflow, machine);
  return machine;
}
