// Who lives here: what must hold between a kind of work and its steps: the order it is done on, the
// facts it has a use for, the options that mean something for it. All of it is read from the row of
// the action, so that a new kind of work brings its own rules.

import { EXCEPTION_CODES } from '../domain/index.ts';
import type { OrderKind } from '../domain/index.ts';
import { ACTIONS, exceptionsOf } from './runtime/index.ts';
import { answerKind } from './answer-kind.ts';
import { diagnostic, valueAt } from './diagnose.ts';
import { canLead, uselessOptions } from './options.ts';
import { printFaults } from './printing.ts';
import type { Path, Source } from './source.ts';
import { ONLY_FOR } from './steps.ts';
import { variablesOf } from './structure.ts';
import type { Action, AskedFact, CompiledWorkflow, Diagnostic, Step } from './types.ts';

const ORDERS: readonly OrderKind[] = ['purchaseOrder', 'salesOrder', 'shopOrder', 'load', 'refill'];

interface Reading {
  readonly action: Action;
  readonly steps: readonly Step[];
  readonly places: readonly Path[];
  readonly source: Source;
  readonly next: CompiledWorkflow['next'];
}

type AskStep = Extract<Step, { kind: 'ask' }>;

function documentFaults(raw: unknown, path: Path, { action, source }: Reading): Diagnostic[] {
  const given = valueAt(raw, ['document']);
  const { order } = ACTIONS[action];
  if (given === order?.kind) return [];
  if (order === undefined) {
    const message = `The action ${action} is done without an order.`;
    return [
      diagnostic(
        source.atKey([...path, 'document']),
        'wrong-document',
        message,
        'Remove document.',
      ),
    ];
  }
  const hint = `Write document: ${order.kind}.`;
  if (given === undefined) {
    return [diagnostic(source.at(path), 'missing', '“document” is missing.', hint)];
  }
  // What is no kind of order at all has been told by the schema.
  if (ORDERS.every((kind) => kind !== given)) return [];
  const message = `The action ${action} is done on another kind of order.`;
  return [diagnostic(source.at([...path, 'document']), 'wrong-document', message, hint)];
}

function togetherFaults(raw: unknown, path: Path, { action, source }: Reading): Diagnostic[] {
  const given = valueAt(raw, ['together']) !== undefined;
  const { order, toHome } = ACTIONS[action];
  if (!given || (order !== undefined && toHome !== true)) return [];
  const message =
    order === undefined
      ? `${action} is done without an order, so there are none to work on together.`
      : `All that one warehouse needs is one list in ${action}: there is no other beside it.`;
  return [diagnostic(source.atKey([...path, 'together']), 'no-use', message, REMOVE('together'))];
}

/** Only what is picked can wait to be packed. */
function waitFaults(
  raw: unknown,
  path: Path,
  { action, source }: Pick<Reading, 'action' | 'source'>,
) {
  const waits = valueAt(raw, ['posting', 'when']) === 'packed';
  if (!waits || action === 'goodsDelivery') return [];
  const message = `Nothing of ${action} is packed afterwards.`;
  const at = source.at([...path, 'posting', 'when']);
  return [diagnostic(at, 'option-not-here', message, 'Write document-complete.')];
}

function postingFaults(raw: unknown, path: Path, { action, source }: Reading): Diagnostic[] {
  const given = valueAt(raw, ['posting']) !== undefined;
  const books = ACTIONS[action].command !== undefined;
  if (given && books) return waitFaults(raw, path, { action, source });
  if (given === books) return [];
  if (books) {
    const hint = 'Add posting: …';
    return [diagnostic(source.at(path), 'missing', '“posting” is missing.', hint)];
  }
  const message = `${action} books nothing, so there is nothing to post.`;
  return [diagnostic(source.atKey([...path, 'posting']), 'no-use', message, REMOVE('posting'))];
}

/** A promise to bring goods ends when they are there: nobody is to wait with that for other lines. */
function alongFaults(raw: unknown, path: Path, { action, source }: Reading): Diagnostic[] {
  const waits = valueAt(raw, ['posting', 'when']) === 'document-complete';
  if (ACTIONS[action].toHome !== true || !waits) return [];
  const message = `In ${action} each line is for another place, and is booked when it is there.`;
  const at = source.at([...path, 'posting', 'when']);
  return [diagnostic(at, 'no-use', message, 'Write when: line-complete.')];
}

/** Exceptions that can't happen in this work, or stand there twice. Unknown names the schema tells. */
function exceptionFaults(raw: unknown, path: Path, { action, source }: Reading): Diagnostic[] {
  const given = valueAt(raw, ['exceptions']);
  if (!Array.isArray(given)) return [];
  const possible = exceptionsOf(action);
  return given.flatMap((name, index): Diagnostic[] => {
    const code = EXCEPTION_CODES.find((each) => each === name);
    if (code === undefined) return [];
    const at = source.at([...path, 'exceptions', index]);
    if (given.indexOf(name) < index) {
      return [diagnostic(at, 'named-twice', `“${code}” stands here already.`, 'Remove it.')];
    }
    if (possible.includes(code)) return [];
    const message = `“${code}” can't happen in ${action}.`;
    return [diagnostic(at, 'no-use', message, `Known here: ${possible.join(', ')}.`)];
  });
}

const REMOVE = (option: string): string => `Remove ${option}.`;

/** Why an option of this question means nothing for the action; undefined when it does. */
function useless(step: AskStep, option: 'tolerance' | 'default' | 'suggest', action: Action) {
  const row = ACTIONS[action];
  if (option === 'tolerance' && step.tolerance !== undefined && row.limit !== 'tolerance') {
    if (row.limit === 'issued') return `No more can come back in ${action} than was issued.`;
    return row.limit === 'open'
      ? `Nothing may go over what was ordered in ${action}.`
      : `There is no ordered quantity in ${action} that anything could go over.`;
  }
  if (option === 'default' && step.default !== undefined && row.blind === true) {
    return `A count is blind: ${action} proposes no quantity.`;
  }
  if (option !== 'suggest' || step.suggest === undefined) return undefined;
  const { suggests } = row;
  const fits = suggests.some(([fact, what]) => fact === step.fact && what === step.suggest);
  return fits ? undefined : `${action} can't suggest this at ask: ${step.fact}.`;
}

/** A yes to what goes over an order, where nothing can: it is written as an option of the quantity. */
function overFault(step: AskStep, at: Path, { action, source }: Reading): Diagnostic | undefined {
  if (step.over !== true || ACTIONS[action].limit === 'tolerance') return undefined;
  const message = useless({ ...step, tolerance: 0 }, 'tolerance', action) ?? '';
  return diagnostic(source.at([...at, 'role']), 'option-not-here', message, REMOVE('role'));
}

/** What is not scanned counts as gone: one serial a line would take all others away. */
function serialFaults(step: AskStep, at: Path, { action, source }: Reading): Diagnostic[] {
  if (step.fact !== 'serial' || ACTIONS[action].blind !== true || step.each !== undefined)
    return [];
  const message = `${action} needs every serial number of the place: one a line would say that the others are gone.`;
  return [diagnostic(source.at(at), 'no-each', message, 'each: quantity')];
}

/** Any shelf could be scanned for a truck, and the goods would be on their way for ever. */
function wayFaults(step: AskStep, at: Path, { action, source }: Reading): Diagnostic[] {
  const needed = step.fact === 'to' && ACTIONS[action].onTheWay === true;
  if (!needed || step.places !== undefined) return [];
  const message = `${action} must know which places goods are on their way in.`;
  return [diagnostic(source.at(at), 'no-places', message, 'places: ["TRUCK-*"]')];
}

/** Goods stay in a tote until their order is finished; what has no form could be an item's code. */
function toteFaults(
  step: AskStep,
  at: Path,
  raw: unknown,
  { steps, source }: Reading,
): Diagnostic[] {
  if (step.fact !== 'tote') return [];
  const own = source.at(at);
  const first = steps.find((each) => each.kind === 'ask' && each.fact === 'tote');
  if (first !== step) {
    return [diagnostic(own, 'asked-twice', 'A line goes into one tote.', 'Remove this step.')];
  }
  const unnamed = 'Nobody can tell a tote from an item whose code is alike.';
  const forms = step.totes === undefined ? [[unnamed, 'totes: ["T-*"]'] as const] : [];
  const when = valueAt(raw, ['posting', 'when']);
  const stays = when !== 'line-complete' && when !== 'budget';
  const gone = 'Goods whose lines go to Exact one by one are in no tote that anybody could find.';
  const posted = stays ? [] : [[gone, 'posting: { when: document-complete }'] as const];
  return [...forms, ...posted].map(([message, hint]) => diagnostic(own, 'no-totes', message, hint));
}

function optionFaults(step: AskStep, at: Path, { action, source }: Reading): Diagnostic[] {
  return (['tolerance', 'default', 'suggest'] as const).flatMap((option) => {
    const message = useless(step, option, action);
    if (message === undefined) return [];
    return [diagnostic(source.atKey([...at, option]), 'option-not-here', message, REMOVE(option))];
  });
}

/** Names that no condition of work without an order can know. */
const OF_ORDERS = /^(document|warehouse|line)\./;

function conditionFaults(step: AskStep, at: Path, { action, source }: Reading): Diagnostic[] {
  if (ACTIONS[action].order !== undefined) return [];
  return (['when', 'default', 'max'] as const).flatMap((option) => {
    const condition = step[option];
    const name = condition && variablesOf(condition).find((each) => OF_ORDERS.test(each));
    if (name === undefined || (option === 'default' && ACTIONS[action].blind === true)) return [];
    const message = `“${name}” is never known here: ${action} is done without an order.`;
    return [diagnostic(source.at([...at, option]), 'not-known-yet', message)];
  });
}

/** Options that mean nothing beside what else is asked. */
function besideFaults(step: AskStep, at: Path, { action, steps, source, next }: Reading) {
  // What is no option of this fact at all has been told already.
  const own = uselessOptions(step, { action, steps, next }).filter(
    ({ option }) => ONLY_FOR[option]?.includes(step.fact) !== false,
  );
  return own.map(({ option, message, hint }) =>
    diagnostic(source.atKey([...at, option]), 'option-not-here', message, hint),
  );
}

function leadFaults(path: Path, { action, source, next }: Reading): Diagnostic[] {
  if (next === undefined || canLead(action)) return [];
  const message = `${action} has no lines that lie in places to walk along.`;
  return [diagnostic(source.atKey([...path, 'next']), 'no-use', message, REMOVE('next'))];
}

function whyNot(fact: AskedFact, action: Action): string | undefined {
  const row = ACTIONS[action];
  if (fact === 'tote' && action !== 'goodsDelivery')
    return `Nothing of ${action} goes into a tote.`;
  if (answerKind(fact) !== undefined || fact === 'approval') {
    const books = row.command !== undefined;
    return books ? undefined : `${action} books nothing that an answer could travel with.`;
  }
  if (fact === 'call') {
    const books = row.command !== undefined;
    return books
      ? undefined
      : `${action} books nothing: there is no line that a call could be for.`;
  }
  if (fact === 'item' || fact === 'show' || row.facts.some((each) => each === fact))
    return undefined;
  if (fact === 'document') {
    return row.order === undefined ? `${action} is done without an order.` : undefined;
  }
  return `${action} has no use for the ${fact}.`;
}

function stepFaults(step: Step, at: Path, raw: unknown, reading: Reading): Diagnostic[] {
  const { action, source } = reading;
  if (step.kind !== 'ask') {
    if (ACTIONS[action].command !== undefined) {
      return step.kind === 'print' ? printFaults(step, at, reading) : [];
    }
    const message = `${action} books nothing: there is no line to ${step.kind}.`;
    return [diagnostic(source.at(at), 'no-use', message, 'Remove this step.')];
  }
  const over = overFault(step, at, reading);
  if (over !== undefined) return [over];
  const why = whyNot(step.fact, action);
  if (why !== undefined) return [diagnostic(source.at(at), 'no-use', why, 'Remove this step.')];
  return [
    ...serialFaults(step, at, reading),
    ...wayFaults(step, at, reading),
    ...toteFaults(step, at, raw, reading),
    ...optionFaults(step, at, reading),
    ...besideFaults(step, at, reading),
    ...conditionFaults(step, at, reading),
  ];
}

/** Faults between the action of one workflow (`raw`, at `path`) and what else it says. */
export function checkWork(raw: unknown, path: Path, reading: Reading): Diagnostic[] {
  return [
    ...documentFaults(raw, path, reading),
    ...postingFaults(raw, path, reading),
    ...alongFaults(raw, path, reading),
    ...togetherFaults(raw, path, reading),
    ...exceptionFaults(raw, path, reading),
    ...leadFaults(path, reading),
    ...reading.steps.flatMap((step, index) =>
      stepFaults(step, reading.places[index] ?? path, raw, reading),
    ),
  ];
}
