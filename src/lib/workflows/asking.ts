// Who lives here: the options of questions whose answer the workflow names itself, of texts that
// are shown, and of a quantity above what was ordered: what they are in the steps, and what a
// schema can't say of them.

import { LIMITS } from '../domain/index.ts';
import type { Read } from './branches.ts';
import { answerKind } from './answer-kind.ts';
import { diagnostic, valueAt } from './diagnose.ts';
import type { Fragments } from './fragments.ts';
import { conditionOf } from './reading.ts';
import type { Answers, Reading } from './reading.ts';
import type { RawAsk, RawShow } from './schema.ts';
import type { RawCall } from './schema-calls.ts';
import type { Path } from './source.ts';
import type { AnswerKind, AskedFact, Condition, Step } from './types.ts';

type AskStep = Extract<Step, { kind: 'ask' }>;
type Options = Partial<Omit<AskStep, 'kind' | 'id' | 'fact'>>;

/** Questions that say nothing without words of the warehouse's own. */
const UNSAID: readonly AskedFact[] = ['yes-no', 'choice', 'text', 'number', 'photo'];
/** What can be typed as well as scanned, and what a scan may be kept from answering. */
const BY: Readonly<Record<'scan' | 'type', readonly AskedFact[]>> = {
  scan: [
    ...(['item', 'batch', 'expiry', 'serial', 'quantity', 'location', 'to'] as const),
    ...(['text', 'number', 'weight', 'logisticUnit', 'tote'] as const),
  ],
  type: ['text', 'number', 'weight', 'logisticUnit'],
};

/** `90s` and `2m` in seconds. */
function seconds(text: string): number {
  const count = Number.parseInt(text, 10);
  return text.endsWith('m') ? count * 60 : count;
}

/** How many photos: a number, because the glass shows that many side by side. */
function photosAtMost(max: unknown, path: Path, { source, found }: Reading): Condition {
  const most = LIMITS.photosPerAnswer;
  if (typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= most) {
    return { op: 'literal', value: max };
  }
  const message = `“max” must be a whole number from 1 to ${most}.`;
  const hint = 'Write max: 2, or leave it out for one photo.';
  found.push(diagnostic(source.at([...path, 'max']), 'invalid-value', message, hint));
  return { op: 'literal', value: 1 };
}

/** The most that may be answered: a number, or a condition that gives one. */
export function maximum(raw: RawAsk, path: Path, reading: Reading): Condition | undefined {
  const { max } = raw;
  if (max === undefined) return undefined;
  if (raw.ask === 'photo') return photosAtMost(max, path, reading);
  if (typeof max === 'string') return conditionOf(max, 'double', [...path, 'max'], reading);
  const whole = raw.ask === 'text' && (!Number.isInteger(max) || max > LIMITS.answerChars);
  const none = (raw.ask === 'text' || raw.ask === 'quantity') && max <= 0;
  if (whole || none) {
    const most =
      raw.ask === 'text' ? `a whole number, ${LIMITS.answerChars} at most` : 'above zero';
    const at = reading.source.at([...path, 'max']);
    reading.found.push(diagnostic(at, 'invalid-value', `“max” must be ${most}.`));
  }
  return { op: 'literal', value: max };
}

function choices(raw: RawAsk, path: Path, { source, found }: Reading): void {
  if (raw.of === undefined) {
    if (raw.ask !== 'choice' && raw.ask !== 'reason') return;
    const message = `There is nothing to choose from at ask: ${raw.ask}.`;
    const hint = 'Add of: with a value and a label for each choice.';
    found.push(diagnostic(source.at(path), 'missing', message, hint));
  }
  const seen = new Set<string>();
  raw.of?.forEach(({ value }, index) => {
    const key = value.toLowerCase();
    if (seen.has(key)) {
      const at = source.at([...path, 'of', index, 'value']);
      const message = `Another choice has the value “${value}” already; capitals make no difference.`;
      found.push(diagnostic(at, 'duplicate-choice', message, 'Give each choice its own value.'));
    }
    seen.add(key);
  });
}

function unsaid(raw: RawAsk, path: Path, { source, found }: Reading): void {
  if (raw.prompt !== undefined || !UNSAID.includes(raw.ask)) return;
  const message = `Nobody knows what is asked at ask: ${raw.ask} without a prompt.`;
  found.push(diagnostic(source.at(path), 'missing', message, 'Add prompt: …'));
}

function by(raw: RawAsk, path: Path, { source, found }: Reading): Options {
  if (raw.by === undefined || raw.by === 'any') return {};
  if (BY[raw.by].includes(raw.ask)) return { by: raw.by };
  const message = `“by: ${raw.by}” means something only for ask: ${BY[raw.by].join(', ')}.`;
  found.push(diagnostic(source.at([...path, 'by']), 'option-not-here', message, 'Remove by.'));
  return {};
}

/** The options of an `ask` that came with answers; their faults are told. */
export function answerOptions(raw: RawAsk, path: Path, reading: Reading): Options {
  choices(raw, path, reading);
  unsaid(raw, path, reading);
  const { of, unit, min, decimals, skip, within, help } = raw;
  return {
    ...(help === undefined ? {} : { help }),
    ...(of === undefined ? {} : { of }),
    ...(unit === undefined ? {} : { unit }),
    ...(min === undefined ? {} : { min }),
    ...(decimals === undefined ? {} : { decimals }),
    ...by(raw, path, reading),
    ...(skip === true ? { skip } : {}),
    ...(within === undefined ? {} : { within: seconds(within) }),
  };
}

/** A text that waits for OK is a question whose answer is that it was read. */
export function shownStep(raw: RawShow, path: Path, reading: Reading): Step {
  const when =
    raw.when === undefined ? undefined : conditionOf(raw.when, 'bool', [...path, 'when'], reading);
  return {
    kind: 'ask',
    id: raw.id ?? 'show',
    fact: 'show',
    prompt: raw.show,
    ...(when === undefined ? {} : { when }),
    ...(raw.help === undefined ? {} : { help: raw.help }),
    ...(raw.within === undefined ? {} : { within: seconds(raw.within) }),
    ...(raw.once === undefined ? {} : { once: raw.once }),
  };
}

/** A flow that is called is a question whose answer is that it was done. */
export function calledStep(raw: RawCall, path: Path, reading: Reading): Step {
  const when =
    raw.when === undefined ? undefined : conditionOf(raw.when, 'bool', [...path, 'when'], reading);
  return {
    kind: 'ask',
    id: raw.id ?? raw.call,
    fact: 'call',
    call: raw.call,
    ...(raw.bring === undefined ? {} : { bring: raw.bring }),
    ...(raw.prompt === undefined ? {} : { prompt: raw.prompt }),
    ...(when === undefined ? {} : { when }),
    ...(raw.skip === true ? { skip: raw.skip } : {}),
    ...(raw.help === undefined ? {} : { help: raw.help }),
    ...(raw.within === undefined ? {} : { within: seconds(raw.within) }),
  };
}

/** Steps looked at for names: fragments of fragments have an end. */
const MAX_VISITS = 2_000;

/** The answers that steps as they are written ask for, with CEL's types; fragments among them. */
export function answersIn(list: readonly unknown[], fragments: Fragments): Answers {
  const answers = new Map<string, { type: string; values?: readonly string[] }>();
  let visits = 0;
  const visit = (steps: unknown, chain: readonly string[]): void => {
    if (!Array.isArray(steps)) return;
    for (const step of steps as readonly unknown[]) {
      visits += 1;
      if (visits > MAX_VISITS || typeof step !== 'object' || step === null) continue;
      const raw: Readonly<Record<string, unknown>> = { ...step };
      const { ask, id, of, uses } = raw;
      const kind = answerKind(ask);
      const name = typeof id === 'string' ? id : kind;
      if (kind !== undefined && name !== undefined) answers.set(name, typeOf(kind, of));
      visit(raw['then'], chain);
      visit(raw['else'], chain);
      if (typeof uses === 'string' && !chain.includes(uses)) {
        visit(fragments.steps(uses), [...chain, uses]);
      }
    }
  };
  visit(list, []);
  return answers;
}

function typeOf(kind: AnswerKind, of: unknown): { type: string; values?: readonly string[] } {
  if (kind === 'yes-no') return { type: 'bool' };
  // Of photos: how many were taken.
  if (kind === 'number' || kind === 'weight' || kind === 'photo') return { type: 'double' };
  if (!Array.isArray(of)) return { type: 'string' };
  const values = of.flatMap((each: unknown) =>
    typeof each === 'object' && each !== null && 'value' in each && typeof each.value === 'string'
      ? [each.value]
      : [],
  );
  return { type: 'string', values };
}

const OVER: Condition = {
  op: '>',
  left: { op: 'get', path: ['line', 'over'] },
  right: { op: 'literal', value: 0 },
};

/**
 * Where goods above what was ordered need a reason, the reason is asked when there are such: also
 * then, if it has a condition of its own; only then, if it has none.
 */
export function withOver(
  steps: readonly Read[],
  quantities: readonly { readonly path: Path; readonly id: string; readonly over: unknown }[],
  { source, found }: Reading,
): Read[] {
  const wanted = quantities.find(({ over }) => valueAt(over, ['reason']) !== undefined);
  if (wanted === undefined) return [...steps];
  const from = steps.findIndex(({ step }) => step.id === wanted.id);
  const at = steps.findIndex(
    ({ step }, index) => index > from && step.kind === 'ask' && step.fact === 'reason',
  );
  const reason = steps[at];
  if (reason === undefined || reason.step.kind !== 'ask') {
    const message = 'No step after it asks for the reason.';
    const hint = 'Add - ask: reason, with of: …, behind the quantity.';
    found.push(diagnostic(source.at([...wanted.path, 'over']), 'no-reason', message, hint));
    return [...steps];
  }
  const { when } = reason.step;
  const asked: Condition = when === undefined ? OVER : { op: 'or', left: when, right: OVER };
  return steps.map((read, index) =>
    index === at ? { ...reason, step: { ...reason.step, when: asked } as Step } : read,
  );
}
