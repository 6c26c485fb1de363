// Who lives here: detours: another flow runs in between, whole, and comes back with facts. The
// dialogue that called it waits inside its own state, so that a session at rest is one piece of JSON
// still. What comes back is taken as a typed code would be: a detour brings no fact that a scan
// could not. CANCEL leads back at once, pressed again home; so two actions are enough (I-11).

import type { CommandPayload, FinishDocument, PrintRequest } from '../../domain/index.ts';
import { finishedBy } from '../../domain/index.ts';
import type { Acting, Call, CompiledWorkflow, DialogueEvent } from '../types.ts';
import { ACTIONS } from './actions.ts';
import { broughtBy } from './brought.ts';
import type { AtRest } from './at-rest.ts';
import type { Dialogue } from './dialogue.ts';
import { telling } from './dialogue.ts';
import { asPress, BY_XSTATE, endOf, stepped } from './flat.ts';
import type { Stepping } from './flat.ts';
import type { Happening, Returned } from './machine.ts';
import { DONE } from './machine.ts';
import { askedIn, withAsked } from './prints.ts';
import { sentence } from './texts.ts';

/** One event with all that it is taken by. */
interface Event {
  readonly what: Happening;
  readonly acting: Acting;
  readonly stepping: Stepping;
}

/** A dialogue that waits, and the flow that runs in between. */
interface Waiting {
  readonly workflow: CompiledWorkflow;
  readonly at: AtRest;
  readonly call: Call & { readonly step?: string };
  readonly called: CompiledWorkflow;
  readonly inner: AtRest;
}

/** The flow of this name that the workflow calls; nothing where it was compiled without it. */
export function calledBy({ calls = [] }: CompiledWorkflow, id: string) {
  return calls.find((each) => each.id === id);
}

/** The flow that runs in between, if one does. */
export function waitingIn(workflow: CompiledWorkflow, at: AtRest): Waiting | undefined {
  const { detour } = at.context;
  const called = detour && calledBy(workflow, detour.call);
  if (detour?.at === undefined || called === undefined) return undefined;
  return { workflow, at, call: detour, called, inner: detour.at };
}

function without(d: Dialogue): Dialogue {
  if (d.detour === undefined) return d;
  const { detour: _d, ...rest } = d;
  return rest;
}

function notAway(d: Dialogue): Dialogue {
  if (d.away === undefined) return d;
  const { away: _a, ...rest } = d;
  return rest;
}

/** A flow that was called begins; one that is not there is not begun. */
function entered(workflow: CompiledWorkflow, after: AtRest, { stepping }: Event): AtRest {
  const { detour } = after.context;
  if (detour === undefined || detour.at !== undefined) return after;
  const called = calledBy(workflow, detour.call);
  if (called === undefined) return { ...after, context: without(after.context) };
  const at = stepping.origin(called);
  return { ...after, context: { ...after.context, detour: { ...detour, at } } };
}

/** What the flow in between drafts and sounds belongs to the event, not to its state. */
function held({ at, call }: Waiting, inner: AtRest): AtRest {
  const { asked, rest } = askedIn(inner.context);
  const { drafted, ...quiet } = rest;
  const { drafted: _d, away: _a, ...outer } = at.context;
  const now: AtRest = { value: inner.value, context: { ...quiet, signal: 'none' } };
  const { signal } = inner.context;
  const context = withAsked({ ...outer, detour: { ...call, at: now }, signal }, asked);
  return { value: at.value, context: drafted === undefined ? context : { ...context, drafted } };
}

/** Back at the question that waited, with what the flow in between has to give. */
function back(
  { workflow, at, call }: Waiting,
  { acting, stepping }: Event,
  given: Omit<Returned, 'type' | 'step'>,
): AtRest {
  const { step } = call;
  const what: Returned = { type: 'returned', ...(step === undefined ? {} : { step }), ...given };
  const outer = { value: at.value, context: without(at.context) };
  return stepped(workflow, outer, what, acting, stepping);
}

/** Home, as far as orders are concerned: the list of them, or the end. */
function isHome({ action }: CompiledWorkflow, { value, context }: AtRest): boolean {
  const listed = ACTIONS[action].order !== undefined && context.document === undefined;
  return endOf(value) !== undefined || listed;
}

/** CANCEL, CANCEL in one go: home from anywhere, as the proofs have shown of this workflow. */
function cancelled(workflow: CompiledWorkflow, from: AtRest, { acting, stepping }: Event): AtRest {
  let at = from;
  let drafted: CommandPayload | undefined;
  let asked: readonly PrintRequest[] = [];
  for (let press = 0; press < 2 && (press === 0 || !isHome(workflow, at)); press += 1) {
    at = stepped(workflow, at, { type: 'press', word: 'CANCEL' }, acting, stepping);
    drafted = at.context.drafted ?? drafted;
    asked = [...asked, ...askedIn(at.context).asked];
  }
  const context = withAsked(askedIn(at.context).rest, asked);
  return { ...at, context: drafted === undefined ? context : { ...context, drafted } };
}

/** What leaving flows wants done. */
interface Left {
  readonly finishes: readonly FinishDocument[];
  readonly asked: readonly PrintRequest[];
}

/** What is booked in flows that are left is finished with one command: an event has one id. */
function leftOf(waiting: Waiting, event: Event): Left {
  const deeper = waitingIn(waiting.called, waiting.inner);
  const inner = { ...waiting.inner, context: without(waiting.inner.context) };
  const { context } = cancelled(waiting.called, inner, event);
  const { drafted } = context;
  const own = drafted?.type === 'document.finish' ? [drafted] : [];
  const below = deeper === undefined ? { finishes: [], asked: [] } : leftOf(deeper, event);
  const asked = [...below.asked, ...askedIn(context).asked];
  return { finishes: [...below.finishes, ...own], asked };
}

function together(finishes: readonly FinishDocument[]): FinishDocument | undefined {
  const [first, ...others] = finishes;
  if (first === undefined || others.length === 0) return first;
  const also = [...(first.also ?? []), ...others.flatMap(finishedBy)];
  const linesLeftOpen = finishes.reduce((sum, each) => sum + each.linesLeftOpen, 0);
  return { ...first, also, linesLeftOpen };
}

/** CANCEL in between: back at once, out of all flows that were called. */
function dismissed(waiting: Waiting, event: Event): AtRest {
  const { finishes, asked } = leftOf(waiting, event);
  // What was said to be brought is given back, where nothing is to be finished.
  const left = cancelled(waiting.called, waiting.inner, event).context.drafted;
  const drafted = together(finishes) ?? (left?.type === 'line.claim' ? left : undefined);
  const after = back(waiting, event, { done: false, asked, ...(drafted && { drafted }) });
  const context = telling(after.context, sentence('message.back-home'));
  return { ...after, context: { ...context, away: true } };
}

const ofHub = ({ type }: Happening): boolean => type === 'order' || type === 'refused';

const has = ({ booked, undone, held }: Dialogue, command: string): boolean =>
  held?.command === command ||
  booked.some((line) => line.command === command) ||
  undone.some(({ undo }) => undo === command);

/** What the hub says of an order or of a command is heard where these belong, and shown. */
function heard(waiting: Waiting, event: Event): AtRest {
  const { workflow, at, called, call, inner } = waiting;
  const { what, acting, stepping } = event;
  if (what.type === 'refused' && !has(at.context, what.command)) {
    return held(waiting, reacted(called, inner, event));
  }
  const outer = stepped(workflow, at, what, acting, stepping);
  if (what.type !== 'refused') {
    const { context } = reacted(called, inner, event);
    const now = { ...inner, context };
    return { ...outer, context: { ...outer.context, detour: { ...call, at: now } } };
  }
  const { message } = outer.context;
  const told = { ...inner, context: { ...inner.context, ...(message && { message }) } };
  return { ...outer, context: { ...outer.context, detour: { ...call, at: told } } };
}

function between(waiting: Waiting, event: Event): AtRest {
  const { what } = event;
  const { called, inner, call } = waiting;
  if (ofHub(what)) return heard(waiting, event);
  const word = what.type === 'press' ? what.word : undefined;
  if (word === 'CANCEL') return dismissed(waiting, event);
  const looks = ACTIONS[called.action].command === undefined;
  const facts = broughtBy(called, inner, call.bring);
  const alone = inner.context.detour === undefined;
  if (word === 'OK' && looks && alone && facts !== undefined) {
    return back(waiting, event, { done: true, facts });
  }
  const after = reacted(called, inner, event);
  if (endOf(after.value) === undefined) return held(waiting, after);
  const done = after.value === DONE;
  const { drafted } = after.context;
  const { asked } = askedIn(after.context);
  const given = done ? broughtBy(called, after, call.bring) : undefined;
  return back(waiting, event, {
    done,
    asked,
    ...(given === undefined ? {} : { facts: given }),
    ...(drafted === undefined ? {} : { drafted }),
  });
}

function reacted(workflow: CompiledWorkflow, at: AtRest, event: Event): AtRest {
  const waiting = waitingIn(workflow, at);
  if (waiting !== undefined) return between(waiting, event);
  const { what, acting, stepping } = event;
  const free = without(at.context);
  const here = { value: at.value, context: ofHub(what) ? free : notAway(free) };
  const home = at.context.away === true && what.type === 'press' && what.word === 'CANCEL';
  if (home) return cancelled(workflow, here, event);
  return entered(workflow, stepped(workflow, here, what, acting, stepping), event);
}

/** What one event makes of a dialogue, and of the flow that it has called: the step, no screen. */
export function react(
  workflow: CompiledWorkflow,
  at: AtRest,
  happened: DialogueEvent | Returned,
  acting: Acting,
  stepping: Stepping = BY_XSTATE,
): AtRest {
  const what = happened.type === 'returned' ? happened : asPress(happened);
  return reacted(workflow, at, { what, acting, stepping });
}
