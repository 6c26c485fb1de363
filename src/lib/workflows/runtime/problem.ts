// Who lives here: PROBLEM, and the remedies on a message: from one dialogue to the next. An
// exception is chosen, then a remedy of it where there are several, then what the remedy needs; with
// the last answer it acts. A scan says more than a list: it is taken where the question stood.

import {
  EXCEPTION_CODES,
  EXCEPTION_REASONS,
  exceptionRow,
  fault,
  isFault,
  LIMITS,
  minus,
  REMEDIES,
} from '../../domain/index.ts';
import type {
  CommandId,
  ExceptionCode,
  ExceptionReason,
  Need,
  Remedy,
  RemedyWay,
  Scan,
} from '../../domain/index.ts';
import type { Action } from '../types.ts';
import { ACTIONS, isPacking } from './actions.ts';
import { saying, settled } from './dialogue.ts';
import type { Dialogue, Problem, Trouble } from './dialogue.ts';
import { FACTS } from './facts.ts';
import { numberFault } from './fits.ts';
import type { At } from './fits.ts';
import { remedied, REMEDY_ROWS } from './remedies.ts';
import type { Case } from './remedies.ts';
import { takeScan } from './take.ts';

/** The exceptions that can happen in this kind of work at all. */
export function exceptionsOf(action: Action): readonly ExceptionCode[] {
  const { way, order, command, blind, limit } = ACTIONS[action];
  return EXCEPTION_CODES.filter((code) => {
    const row = exceptionRow(code);
    if (row.asked === true) return false;
    if (row.onOrder === true && order === undefined) return false;
    if (row.expected === true && limit === 'issued') return false;
    if (row.notPacking === true && isPacking({ action })) return false;
    if (row.packing === true && !isPacking({ action })) return false;
    if (row.notCounting === true && blind === true) return false;
    if (row.counting === true && blind !== true) return false;
    return row.ways.includes(way) && (row.looking === true || command !== undefined);
  });
}

/** The remedies of this case that are of use now. */
export function waysOf(d: Dialogue, at: At, of: Case): readonly RemedyWay[] {
  return exceptionRow(of.code).remedies.filter(({ remedy }) => REMEDY_ROWS[remedy].fits(d, at, of));
}

/** What may be said of all that is left open, where the order is finished. */
const OF_REST: ReadonlySet<Remedy> = new Set(['close-rest', 'pick-again']);

/** What PROBLEM lists where the dialogue stands. */
export function problemsAt(d: Dialogue, at: At): readonly ExceptionCode[] {
  // Before the order is open nobody knows what should be there.
  const { asks, step, rules } = at;
  if (asks === 'document') return [];
  // Where the order is finished goods are no question any more, but what is left of it is.
  const rest = (of: Case) => waysOf(d, at, of).some(({ remedy }) => OF_REST.has(remedy));
  if (asks === 'close') {
    return (rules.exceptions ?? []).filter((code) => rest({ asks, step, code }));
  }
  // Of all goods of a place nobody says with one word which are meant.
  const whole = d.work.everything !== undefined;
  return (rules.exceptions ?? []).filter(
    (code) =>
      (!whole || code === 'location-not-empty') &&
      exceptionRow(code).listed &&
      waysOf(d, at, { asks, step, code }).length > 0,
  );
}

/** The exception that the message on the screen is, as this warehouse wants it. */
export function caseOfMessage(d: Dialogue, at: At): Case | undefined {
  const { message, trouble } = d;
  const why = message?.fault;
  if (why === undefined || at.asks === 'close') return undefined;
  const code = at.rules.exceptions?.find((each) => exceptionRow(each).faults.includes(why.code));
  if (code === undefined) return undefined;
  const read = message?.read;
  const about = {
    asks: at.asks,
    step: at.step,
    code,
    fault: why,
    ...(read === undefined ? {} : { read }),
  };
  return { ...about, ...trouble };
}

export function messageWays(d: Dialogue, at: At): readonly RemedyWay[] {
  const of = caseOfMessage(d, at);
  return of === undefined ? [] : waysOf(d, at, of);
}

/** Whether the id of a touched row is the name of a remedy: ids of lines are Exact's. */
export function isRemedy(id: string): id is Remedy {
  return REMEDIES.some((each) => each === id);
}

const chosen = (problem: Problem): Case | undefined => {
  const { code } = problem;
  return code === undefined ? undefined : { ...problem, code };
};

/** What the chosen remedy still has to know. */
export function needOf({ code, remedy, ...known }: Problem): Need | undefined {
  if (code === undefined || remedy === undefined) return undefined;
  const row = exceptionRow(code).remedies.find((each) => each.remedy === remedy);
  return row?.needs.find((need) => known[need] === undefined);
}

export function reasonsOf({ code }: Problem): readonly ExceptionReason[] {
  return code === undefined ? [] : exceptionRow(code).reasons;
}

/** Nobody but who looks knows how many there are. */
const UNGUESSED: ReadonlySet<Remedy> = new Set(['take-found', 'take-over', 'left-there']);

/** Stock units that OK takes: what came over, what the pack holds, else one. */
export function proposedOf({ fault: why, remedy, pack }: Problem): number | undefined {
  const { quantity, most } = why?.data ?? {};
  if (typeof quantity === 'number' && typeof most === 'number') return minus(quantity, most);
  return remedy !== undefined && UNGUESSED.has(remedy) ? undefined : (pack?.quantity ?? 1);
}

function without(d: Dialogue): Dialogue {
  const { problem, ...rest } = settled(d);
  return problem?.asks === 'close' ? { ...rest, closing: true } : rest;
}

/** On with what is known of the problem: the next question of it, or its remedy. */
function onWith(before: Dialogue, problem: Problem, at: At, command: CommandId): Dialogue {
  const of = chosen(problem);
  const d = without(before);
  const waiting = (next: Problem): Dialogue => ({ ...d, problem: next, signal: 'step' });
  if (of === undefined) return waiting(problem);
  const [only, second] = waysOf(d, at, of);
  const remedy = of.remedy ?? (second === undefined ? only?.remedy : undefined);
  if (remedy === undefined) return waiting(of);
  const decided = { ...of, remedy };
  if (needOf(decided) !== undefined) return waiting(decided);
  return remedied(d, at, decided, remedy, command);
}

const notHere = (d: Dialogue, { asks }: At): Dialogue =>
  saying(settled(d), fault('step.not-here', { asks }));

/** PROBLEM: the list of what may be wrong here. */
export function openProblem(d: Dialogue, at: At, id: CommandId): Dialogue {
  const { asks, step } = at;
  const [only] = problemsAt(d, at);
  if (only === undefined) return notHere(d, at);
  if (asks === 'close') return onWith(d, { asks, step, code: only }, at, id);
  return { ...settled(d), problem: { asks, step, listed: true }, signal: 'step' };
}

/** A remedy on the message was touched. */
export function takeRemedy(d: Dialogue, id: string, at: At, command: CommandId): Dialogue {
  const of = caseOfMessage(d, at);
  const way = messageWays(d, at).find(({ remedy }) => remedy === id);
  if (of === undefined || way === undefined) return notHere(d, at);
  return onWith(d, { ...of, remedy: way.remedy }, at, command);
}

/** What a touched row answers; nothing when it is no answer here. */
function answered(d: Dialogue, problem: Problem, id: string, at: At): Problem | undefined {
  const of = chosen(problem);
  if (of === undefined) {
    const code = problemsAt(d, at).find((each) => each === id);
    return code && { ...problem, code };
  }
  if (of.remedy === undefined) {
    const way = waysOf(d, at, of).find(({ remedy }) => remedy === id);
    return way && { ...of, remedy: way.remedy };
  }
  const need = needOf(of);
  if (need === 'reason') {
    const reason = EXCEPTION_REASONS.find((each) => each === id);
    return reason && { ...of, reason };
  }
  const line = d.document?.lines.find((each) => each.id === id);
  return need === 'item' && line !== undefined ? { ...of, item: line.item } : undefined;
}

/** A row of the problem's screen was touched: an exception, a remedy, a reason or goods. */
export function chooseInProblem(d: Dialogue, id: string, at: At, command: CommandId): Dialogue {
  const { problem } = d;
  const next = problem && answered(d, problem, id, at);
  return next === undefined ? notHere(d, at) : onWith(d, next, at, command);
}

function quantityWrong(d: Dialogue, problem: Problem, value: number, at: At, read: string) {
  const { remedy, item = d.work.item } = problem;
  const row = remedy && REMEDY_ROWS[remedy];
  const wrong = numberFault(value, read, row?.orNone);
  if (wrong !== undefined) return wrong;
  if (item?.fractions === false && !Number.isInteger(value)) {
    return fault('step.no-fractions', { unit: item.unit });
  }
  return row?.wrong?.(d, at, value);
}

function takeNumber(d: Dialogue, value: number, at: At, read: string, command: CommandId) {
  const { problem } = d;
  if (problem === undefined || needOf(problem) !== 'quantity') return notHere(d, at);
  const wrong = quantityWrong(d, problem, value, at, read);
  if (wrong !== undefined) return saying(settled(d), wrong);
  return onWith(d, { ...problem, quantity: value }, at, command);
}

/** A number was typed. */
export function enterInProblem(d: Dialogue, typed: string, at: At, command: CommandId): Dialogue {
  const facts = FACTS.quantity.read?.(typed.trim(), at.today);
  const value = facts === undefined || isFault(facts) ? Number.NaN : facts.quantity;
  return takeNumber(d, value ?? Number.NaN, at, typed, command);
}

/** What OK says before a remedy is chosen; nothing where a row must be touched. */
export function acceptedBy({ code, remedy }: Problem): Remedy | undefined {
  return code === undefined || remedy !== undefined ? undefined : exceptionRow(code).accept;
}

/** OK: the remedy, or the number that is proposed. */
export function acceptInProblem(d: Dialogue, at: At, command: CommandId): Dialogue {
  const accepted = d.problem && acceptedBy(d.problem);
  if (accepted !== undefined) return chooseInProblem(d, accepted, at, command);
  const proposed = d.problem && proposedOf(d.problem);
  return takeNumber(d, proposed ?? Number.NaN, at, String(proposed ?? ''), command);
}

export function scanInProblem(d: Dialogue, scan: Scan, at: At, command: CommandId): Dialogue {
  const { problem } = d;
  if (problem === undefined || needOf(problem) !== 'item') {
    return withTrouble(takeScan(without(d), scan, at), scan);
  }
  const read = scan.raw.text;
  const item = scan.candidates.find((facts) => facts.item !== undefined)?.item;
  if (item !== undefined) return onWith(d, { ...problem, item }, at, command);
  const code = scan.candidates.length > 0 ? 'step.not-expected' : 'scan.unknown-code';
  return saying(settled(d), fault(code, { read, asks: 'item' }), read);
}

/** BACK: to the list, or to where the question stood. */
export function backInProblem(d: Dialogue): Dialogue {
  const { problem } = d;
  const listed = problem?.listed === true && problem.code !== undefined;
  const next = without(d);
  if (problem?.remedy !== undefined) {
    const { remedy: _r, ...question } = problem;
    if (acceptedBy(question) !== undefined) return { ...next, problem: question, signal: 'step' };
  }
  if (!listed) return { ...next, signal: 'step' };
  const { asks, step } = problem;
  return { ...next, problem: { asks, step, listed: true }, signal: 'step' };
}

/** The code by which an item can be found: of a GS1 label its GTIN, else all that was read. */
function barcodeOf({ elements, plain, raw, symbology }: Scan): string | undefined {
  const gtin = elements.find(({ ai }) => ai === '01' || ai === '02')?.value;
  const bare = symbology === 'gs1' ? gtin : (plain ?? raw.text);
  return bare === undefined || bare.length > LIMITS.codeChars ? undefined : bare;
}

/** After a scan that was refused: what it told, for the remedies on the message. */
export function withTrouble(d: Dialogue, scan: Scan): Dialogue {
  if (d.message?.fault === undefined) return d;
  const facts = scan.candidates[0] ?? {};
  const { item, pack, batch, location } = facts;
  const barcode = scan.candidates.length === 0 ? barcodeOf(scan) : undefined;
  const trouble: Trouble = {
    ...(item === undefined ? {} : { item }),
    ...(pack === undefined ? {} : { pack }),
    ...(batch === undefined ? {} : { batch }),
    ...(barcode === undefined ? {} : { barcode }),
    ...(location === undefined
      ? {}
      : { place: { id: location.id, code: location.code, warehouse: location.warehouseId } }),
  };
  return { ...d, trouble };
}

/** After the answer to a search that found no order: the goods that no order waits for. */
export function orWith(after: Dialogue, before: Dialogue): Dialogue {
  const { item } = before.work;
  const refused = after !== before && after.message?.fault !== undefined;
  return refused && item !== undefined ? { ...after, trouble: { item } } : after;
}
