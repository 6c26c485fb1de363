// Who lives here: how much may still come on a line, and whether the work in progress is a whole
// answer. The screen's limit, the fault and the guard before the booking all ask here, so that
// they can't disagree.

import { fault, isQuantity, LIMITS, openQuantity, plus, times } from '../../domain/index.ts';
import type { Fault, ItemView } from '../../domain/index.ts';
import type { AskedFact, CompiledWorkflow, Step } from '../types.ts';
import { ACTIONS, needs, needsThis } from './actions.ts';
import type { LineFact } from './actions.ts';
import { currentLine } from './dialogue.ts';
import type { Dialogue, PlaceFact, Work } from './dialogue.ts';
import { maximumOf } from './evaluate.ts';
import type { LineAtWork } from './instead-line.ts';
import { mostOfBatch } from './issued.ts';
import { orderAt } from './together.ts';

/** What a dialogue goes by: the kind of work, and the steps of this warehouse. */
export type Rules = Pick<
  CompiledWorkflow,
  'action' | 'steps' | 'posting' | 'exceptions' | 'next' | 'together' | 'detours'
>;

/** Where the dialogue stands: the fact it waits for, what it goes by, and the station's day. */
export interface At {
  readonly asks: AskedFact | 'close';
  /** Name of the state: the id of the step that asks. */
  readonly step: string;
  readonly rules: Rules;
  readonly today: string;
  /** Who is signed in; see `Acting`. */
  readonly operator?: string | undefined;
}

/** The step that asks for `fact`, if the workflow has one; `like`: one of this kind. */
export function asking(
  steps: readonly Step[],
  fact: AskedFact,
  like: (step: AskStep) => boolean = () => true,
): AskStep | undefined {
  for (const step of steps)
    if (step.kind === 'ask' && step.fact === fact && like(step)) return step;
  return undefined;
}

/** Places that stay for the next line: what is asked above the step that `repeat` names. */
export function staying(steps: readonly Step[]): readonly PlaceFact[] {
  const from = steps.find((step) => step.kind === 'repeat')?.from;
  const next = steps.findIndex((step) => step.id === from);
  const above = next === -1 ? [] : steps.slice(0, next);
  return (['location', 'to'] as const).filter((fact) => asking(above, fact) !== undefined);
}

export type AskStep = Extract<Step, { kind: 'ask' }>;

/** The question that is on the screen; nothing where none is. */
export function askedAt({ step, rules }: At): AskStep | undefined {
  const found = rules.steps.find((each) => each.id === step);
  return found?.kind === 'ask' ? found : undefined;
}

/** Share of the ordered quantity that may come over it. */
export function tolerance({ action, steps }: Rules): number {
  if (ACTIONS[action].limit !== 'tolerance') return 0;
  return asking(steps, 'quantity')?.tolerance ?? 0;
}

/**
 * Most stock units that may still be booked on this line; whole ones where halves make no sense.
 * Without an order no line says how many there can be.
 */
export function mostOf(rules: Rules, line: LineAtWork | undefined): number {
  if (ACTIONS[rules.action].limit === 'none') return LIMITS.quantityMax;
  if (line === undefined) return 0;
  // What takes the place of something takes no more than that.
  const free = line.planned === undefined ? tolerance(rules) : 0;
  const limit = plus(line.ordered, times(line.ordered, free));
  const most = Math.max(0, plus(limit, -(line.done + line.pending)));
  return line.item.fractions ? most : Math.floor(most);
}

/** The same with somebody's yes, where the file lets one be given; see approvals.ts. */
function mostAtAll(rules: Rules, line: LineAtWork | undefined): number {
  const yes = asking(rules.steps, 'approval', ({ over }) => over === true);
  const never = line === undefined || line.planned !== undefined || yes === undefined;
  return never ? mostOf(rules, line) : LIMITS.quantityMax;
}

/** What the quantity step says is the most, where that is less. */
function atMost(d: Dialogue, rules: Rules, most: number): number {
  const own = maximumOf(asking(rules.steps, 'quantity')?.max, d);
  if (own === undefined) return most;
  const whole = (currentLine(d)?.item ?? d.work.item)?.fractions === true ? own : Math.floor(own);
  return Math.min(most, Math.max(0, whole));
}

/** Of what comes back, no more of a batch than went out. */
function ofBatch(d: Dialogue, rules: Rules, most: number): number {
  return Math.min(most, mostOfBatch(currentLine(d), d.work.batch, rules) ?? LIMITS.quantityMax);
}

/** Of goods for a pick place, no more than lies where they are taken from, as far as that is known. */
function ofPlace(d: Dialogue, { action }: Rules, most: number): number {
  const { location, batch } = d.work;
  const there = (currentLine(d)?.sources ?? []).filter(
    (one) => one.location?.id === location?.id && (batch === undefined || one.batch === batch),
  );
  if (ACTIONS[action].toHome !== true || location === undefined || there.length === 0) return most;
  return Math.min(
    most,
    there.reduce((sum, { quantity }) => plus(sum, quantity), 0),
  );
}

/** The most that may be booked now, and the most that may be with somebody's yes. */
export const mostNow = (d: Dialogue, rules: Rules): number =>
  atMost(d, rules, ofPlace(d, rules, ofBatch(d, rules, mostOf(rules, currentLine(d)))));
export const mostWithYes = (d: Dialogue, rules: Rules): number =>
  atMost(d, rules, ofPlace(d, rules, ofBatch(d, rules, mostAtAll(rules, currentLine(d)))));

/**
 * Where only scans count: what the scan that brought the goods stands for; none when that is more
 * than may come, as of a pack where fewer pieces are open.
 */
export function firstCount(d: Dialogue, rules: Rules): number | undefined {
  const { size } = d.work;
  if (size === undefined) return undefined;
  return size <= mostOf(rules, currentLine(d)) ? size : undefined;
}

/** Where only scans count, and all that is open was counted: the answer. */
function countedOut(d: Dialogue, rules: Rules): number | undefined {
  const line = currentLine(d);
  if (line === undefined || asking(rules.steps, 'quantity')?.count !== 'scan') return undefined;
  const counted = d.work.counted ?? firstCount(d, rules);
  return counted !== undefined && counted >= openQuantity(line) ? counted : undefined;
}

/** Serials that may be on one line at most. */
export function mostSerials(rules: Rules, line: LineAtWork | undefined): number {
  const each = asking(rules.steps, 'serial')?.each;
  const most = each === undefined ? 1 : mostAtAll(rules, line);
  return Math.min(most, mostAtAll(rules, line), LIMITS.serialsPerLine);
}

/** Serials after which the question is answered by itself: what is open, or one without `each`. */
export function serialsWanted(rules: Rules, line: LineAtWork | undefined): number {
  const most = Math.max(1, mostSerials(rules, line));
  return line === undefined ? most : Math.min(Math.max(1, openQuantity(line)), most);
}

/** Why this is no number of stock units at all; `orNone`: nought is an answer too. */
export function numberFault(value: number, read: string, orNone = false): Fault | undefined {
  if (isQuantity(value, LIMITS.quantityMax) || (orNone && value === 0)) return undefined;
  return fault(orNone ? 'step.not-a-count' : 'step.not-a-quantity', { read });
}

/**
 * Why `value` stock units can't be booked on the line at work; `read` is what was typed or read.
 * A line that is gone or full is named as such: no other number would help.
 */
export function quantityFault(
  d: Dialogue,
  rules: Rules,
  value: number,
  read = String(value),
): Fault | undefined {
  const { order, blind } = ACTIONS[rules.action];
  const line = currentLine(d);
  const item = order === undefined ? d.work.item : line?.item;
  const about = { item: d.work.item?.code ?? '', order: orderAt(d)?.number ?? '' };
  if (item === undefined) return fault('step.not-on-order', about);
  const most = mostAtAll(rules, line);
  if (most <= 0) return fault('step.line-complete', about);
  const wrong = numberFault(value, read, blind);
  if (wrong !== undefined) return wrong;
  const { unit, fractions } = item;
  if (!fractions && !Number.isInteger(value)) return fault('step.no-fractions', { unit });
  // Serials are one piece each; how many is no question that could have a maximum of its own.
  const limit = item.tracking === 'serial' ? most : mostWithYes(d, rules);
  if (value <= limit) return undefined;
  return fault('step.over-tolerance', { quantity: value, most: limit, unit });
}

/** The facts that this item needs here. Goods without an order lie in places that have codes. */
export function neededFor(d: Dialogue, item: ItemView, { action }: Rules): readonly LineFact[] {
  return needs(action, item, d.document?.warehouse.usesLocations ?? true);
}

function isNeeded(d: Dialogue, item: ItemView, { action }: Rules, fact: LineFact): boolean {
  return needsThis(action, item, d.document?.warehouse.usesLocations ?? true, fact);
}

/** Whether the goods at work, if there are any yet, have a use for the fact: any they can be. */
export function hasUse(d: Dialogue, work: Work, fact: LineFact, rules: Rules): boolean {
  const items = possible(work);
  if (items.length === 0) return ACTIONS[rules.action].facts.includes(fact);
  return items.some((item) => isNeeded(d, item, rules, fact));
}

/** The items that the goods at work can be. */
function possible({ among, item }: Work): readonly ItemView[] {
  return among?.items ?? (item === undefined ? [] : [item]);
}

function lacks(work: Work, fact: LineFact, rules: Rules): boolean {
  return fact === 'serial' ? !serialsKnown(work, rules) : work[fact] === undefined;
}

/** Whether there are serials; of a count also whether there are none, which somebody must say. */
export function serialsKnown({ serials = [], serialsDone }: Work, { action }: Rules): boolean {
  return serials.length > 0 || (ACTIONS[action].blind === true && serialsDone === true);
}

/** Whether goods that are told apart like this are of this work: a count may be without them. */
export function isOfWork({ action, steps }: Rules, tracking: ItemView['tracking']): boolean {
  if (ACTIONS[action].tracked !== 'asked' || tracking === 'none') return true;
  return asking(steps, tracking) !== undefined;
}

/** The facts of the work that its action needs and lacks. */
export function missingFacts(d: Dialogue, rules: Rules): readonly AskedFact[] {
  const { work, document } = d;
  const { order, command } = ACTIONS[rules.action];
  const { item } = work;
  if (command === undefined || item === undefined) return ['item'];
  if (order !== undefined && document === undefined) return ['item'];
  if (work.among?.open === true) return ['item'];
  return neededFor(d, item, rules).filter((fact) => lacks(work, fact, rules));
}

/**
 * The work with nothing in it that its item has no use for (a label may well bring a batch for an
 * item that Exact counts by quantity alone), and with the serials marked done when all are there.
 */
export function fitted(d: Dialogue, rules: Rules, work: Work): Work {
  const { item } = work;
  if (item === undefined) return work;
  const { batch, expiry, serials, serialsDone, quantity: said, ...rest } = work;
  const use = (fact: LineFact) => hasUse(d, work, fact, rules);
  const quantity = said ?? countedOut({ ...d, work }, rules);
  const kept: Work = {
    ...rest,
    ...(use('batch') && batch !== undefined ? { batch } : {}),
    ...(use('expiry') && expiry !== undefined ? { expiry } : {}),
    ...(use('serial') && serials !== undefined ? { serials } : {}),
    ...(counts(d, work, rules) && quantity !== undefined ? { quantity } : {}),
  };
  if (!isNeeded(d, item, rules, 'serial')) return kept;
  const line = currentLine({ ...d, work });
  const all = (serials ?? []).length >= serialsWanted(rules, line);
  const { order, blind } = ACTIONS[rules.action];
  // How many there are to count nobody knows before somebody says that these were all.
  const placed = line !== undefined || (order === undefined && blind !== true);
  const done = serialsDone === true || (placed && work.among?.open !== true && all);
  return done ? { ...kept, serialsDone: true } : kept;
}

/** Whether a quantity says anything of these goods: of those that are counted piece by piece, none. */
function counts(d: Dialogue, work: Work, rules: Rules): boolean {
  return possible(work).some((item) => !isNeeded(d, item, rules, 'serial'));
}
