// Who lives here: what the walk of the proofs takes for one state, and what may happen in it. A
// problem (PROBLEM, a remedy on a message) is walked row by row, with every answer to it.

import type { CommandWord, Need } from '../domain/index.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { variablesOf } from './fold.ts';
import { allApproved } from './runtime/approvals.ts';
import { ACTIONS, PROBLEM } from './runtime/index.ts';
import { booksAsked } from './runtime/recount.ts';
import { acceptedBy, needOf } from './runtime/problem.ts';
import { touchesOf } from './runtime/problem-screen.ts';
import { touching } from './order-moves.ts';
import type { Move } from './profiles.ts';
import type { CompiledWorkflow } from './types.ts';

/** Ids of what may be touched: of a problem's rows, or of the remedies on a message. */
type Offers = readonly string[];

/**
 * A problem is the same when the same rows may be touched for the same question; PROBLEM is no way
 * forward, so what it leads to never excuses the state in which it was pressed.
 */
function problemKey({ context: { problem, document, booked } }: AtRest, offers: Offers): string {
  const told = problem === undefined ? [] : Object.keys(problem);
  const { asks, code, remedy } = problem ?? {};
  const order = document === undefined ? '' : 'open';
  const where = [PROBLEM, asks, code, remedy, order, Math.min(booked.length, 1)];
  return [...where, ...told.sort(), ...offers].join('|');
}

/** How far a fact with several parts has come. */
function sizeOf(name: string, fact: unknown): string {
  if (Array.isArray(fact)) {
    // Which places stayed: CANCEL keeps these and drops all others.
    return name === 'kept' ? `:${fact.join(',')}` : `:${fact.length}`;
  }
  if (name === 'photos' && typeof fact === 'object' && fact !== null) {
    const counted = (key: string, value: unknown) =>
      key === 'taken' && Array.isArray(value) ? value.length : value;
    return `:${JSON.stringify(fact, counted)}`;
  }
  const named = name === 'answers' || name === 'approvals';
  const answers = named && typeof fact === 'object' && fact !== null;
  return answers ? `:${Object.keys(fact).sort().join(',')}` : '';
}

/** Two states are the same to a proof when the same questions are open. */
export function keyOf(workflow: CompiledWorkflow, at: AtRest): string {
  const { value, context } = at;
  if (value === PROBLEM) return problemKey(at, touchesOf(workflow, value, context));
  const { work, document, booked, adding, shown, emptying, looked } = context;
  const facts: string[] = [];
  for (const [name, fact] of Object.entries(work)) {
    if (name !== 'among') facts.push(name + sizeOf(name, fact));
  }
  facts.sort();
  const { among } = work;
  // Goods that are not known yet differ by how many things they can be.
  if (among !== undefined) {
    const kind = among.instead === true ? 'instead' : among.open ? 'several' : 'likely';
    facts.push(`${kind}:${among.of.length}`);
  }
  const order = document === undefined ? '' : adding === true ? 'adding' : 'open';
  // Whether the line is one that somebody must say yes to.
  if (!allApproved(context, workflow)) facts.push('over');
  if (booksAsked(context, workflow)?.state === 'known') facts.push('books');
  if (emptying === true) facts.push(looked === undefined ? 'empty?' : 'empty:known');
  const lines = booked.length > 0 ? 1 : 0;
  return `${value}|${order}|${lines}|${shown?.length ?? 0}|${facts.join('|')}`;
}

/** Outside problems: nothing that the key is made of has changed, so that neither has the key. */
export function sameSpot(a: AtRest, b: AtRest): boolean {
  if (a.value !== b.value || a.value === PROBLEM) return false;
  const [before, after] = [a.context, b.context];
  return (
    before.work === after.work &&
    before.document === after.document &&
    before.booked === after.booked &&
    before.adding === after.adding &&
    before.shown === after.shown &&
    before.emptying === after.emptying &&
    before.looked === after.looked
  );
}

/** Ids of the remedies on the message of this state; nothing where there is none. */
export function remediesOf(workflow: CompiledWorkflow, { value, context }: AtRest): Offers {
  if (value === PROBLEM || context.message?.fault === undefined) return [];
  return touchesOf(workflow, value, context);
}

const LEAVING: ReadonlySet<CommandWord> = new Set(['BACK', 'CANCEL']);

/**
 * The moves that answer what a problem asks, and those that leave it. A row is touched instead where
 * there are rows; what a scan of other things does it does at the question too.
 */
function movesInProblem(
  moves: readonly Move[],
  need: Need | undefined,
  accepts: boolean,
): readonly Move[] {
  return moves.filter(({ event }) => {
    if (event.type === 'press' && LEAVING.has(event.word)) return true;
    if (accepts && event.type === 'press' && event.word === 'OK') return true;
    if (need === 'quantity') {
      return event.type === 'enter' || (event.type === 'press' && event.word === 'OK');
    }
    const goods = event.type === 'scan' && event.scan.candidates.some(({ item }) => item);
    return need === 'item' && goods;
  });
}

/** In a problem what it asks is answered; everywhere else anything may happen. */
export function movesAt(
  workflow: CompiledWorkflow,
  at: AtRest,
  moves: readonly Move[],
): readonly Move[] {
  const { problem, booked, undone } = at.context;
  if (at.value !== PROBLEM || problem === undefined) {
    const none = booked.length === 0 && undone.length === 0;
    return none ? moves.filter(({ ofBooked }) => ofBooked !== true) : moves;
  }
  const rows = touchesOf(workflow, at.value, at.context).map(touching);
  return [...rows, ...movesInProblem(moves, needOf(problem), acceptedBy(problem) !== undefined)];
}

/** Whether it makes a difference to this work that batches of an item have an expiry date. */
export function looksAtExpiry({ action, steps }: CompiledWorkflow): boolean {
  const conditions = steps.flatMap((step) => {
    if (step.kind === 'end') return [step.when];
    if (step.kind === 'print') return [step.when];
    return step.kind === 'ask' ? [step.when, step.default, step.max] : [];
  });
  const named = conditions.flatMap((one) => (one === undefined ? [] : variablesOf(one)));
  return ACTIONS[action].facts.includes('expiry') || named.includes('item.hasExpiry');
}
