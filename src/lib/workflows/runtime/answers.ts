// Who lives here: answers, the facts that a workflow names itself. One row for each kind of answer:
// how a typed value or a bare code is read at its question, and how the answer is shown. An answer
// belongs to the line, like every other fact; it is kept under the id of its step.

import { fault, isFault, LIMITS, logisticUnitIn, plus, quantity } from '../../domain/index.ts';
import type { Facts, Fault, LineAnswer } from '../../domain/index.ts';
import { ANSWER_KINDS } from '../types.ts';
import type { Answer, AnswerKind, Choice, InputModel, KnownFact, Step, Text } from '../types.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { holds, maximumOf } from './evaluate.ts';
import { askedAt } from './fits.ts';
import type { AskStep, At } from './fits.ts';
import { photoInput, photosTold } from './photos.ts';
import { sentence } from './texts.ts';
import { readTote } from './tote-codes.ts';

/** A question whose answer is kept under its own id. */
export type AnswerStep = AskStep & { readonly fact: AnswerKind };

interface AnswerRow {
  /** The answer that a text is, typed or on a bare code; or why it is none. */
  readonly read: (text: string, step: AnswerStep, d: Dialogue) => Answer | Fault;
  readonly input: (step: AnswerStep, d: Dialogue) => InputModel;
  /** In words, where the answer is a code. */
  readonly said?: (answer: Answer, step: AnswerStep) => Text | undefined;
  readonly unit?: string;
}

/** Digits with at most six decimals after a point or comma; a minus may stand before them. */
const NUMBER = /^-?\d{1,7}(?:[.,]\d{1,6})?$/;
/** Of a weight in kilograms, where the file does not say how many: a gram. */
const GRAMS = 3;

const choiceRow: AnswerRow = {
  read: (text, { of = [] }) => {
    // Paper and people write capitals as they like; two values never differ by that alone.
    const meant = of.find(({ value }) => value.toLowerCase() === text.toLowerCase());
    return meant?.value ?? fault('step.not-a-choice', { read: text });
  },
  input: (step) => ({
    fact: step.fact === 'reason' ? 'reason' : 'choice',
    value: '',
    of: step.of ?? [],
  }),
  said: (answer, { of = [] }) => {
    const chosen: Choice | undefined = of.find(({ value }) => value === answer);
    return chosen && { label: chosen.label };
  },
};

const unitOf = ({ fact, unit }: AnswerStep): string => (fact === 'weight' ? 'kg' : (unit ?? ''));

/** The least and the most that may be answered; a maximum below the minimum counts as it. */
function boundsOf(step: AnswerStep, d: Dialogue): { min?: number; max?: number } {
  const min = step.min ?? (step.fact === 'weight' ? 0 : undefined);
  const max = maximumOf(step.max, d);
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max: Math.max(max, min ?? max) }),
  };
}

const decimalsOf = ({ fact, decimals }: AnswerStep): number =>
  decimals ?? (fact === 'weight' ? GRAMS : 0);

/** A number as the answer to this question, or why it is none. */
function numberFor(value: number, step: AnswerStep, d: Dialogue): number | Fault {
  const { min, max } = boundsOf(step, d);
  const unit = unitOf(step);
  const decimals = decimalsOf(step);
  const read = String(value);
  if (Math.abs(value) > LIMITS.answerMax || Number(value.toFixed(decimals)) !== value) {
    return fault('step.not-a-number', { read, decimals });
  }
  if (min !== undefined && value < min) return fault('step.too-little', { read, min, unit });
  // A scale that shows nothing has weighed nothing.
  if (step.fact === 'weight' && value === 0)
    return fault('step.too-little', { read, min: 0, unit });
  return max !== undefined && value > max ? fault('step.too-much', { read, max, unit }) : value;
}

const numberRow: AnswerRow = {
  read: (text, step, d) => {
    if (NUMBER.test(text)) return numberFor(Number(text.replace(',', '.')), step, d);
    return fault('step.not-a-number', { read: text, decimals: decimalsOf(step) });
  },
  input: (step, d) => ({
    fact: step.fact === 'weight' ? 'weight' : 'number',
    value: '',
    unit: unitOf(step),
    decimals: decimalsOf(step),
    ...boundsOf(step, d),
  }),
};

const charsOf = (step: AnswerStep, d: Dialogue): number =>
  maximumOf(step.max, d) ?? LIMITS.answerChars;

const YES = new Set(['yes', 'true', 'ja', 'oui']);
const NO = new Set(['no', 'false', 'nee', 'nein', 'non']);

export const ANSWERS: Readonly<Record<AnswerKind, AnswerRow>> = {
  choice: choiceRow,
  reason: choiceRow,
  number: numberRow,
  weight: numberRow,
  text: {
    read: (text, step, d) => {
      const max = charsOf(step, d);
      return text === '' || text.length > max ? fault('step.too-long', { max, read: text }) : text;
    },
    input: (step, d) => ({ fact: 'text', value: '', max: charsOf(step, d) }),
  },
  logisticUnit: {
    read: (text) => logisticUnitIn(text) ?? fault('step.not-a-unit', { read: text }),
    input: () => ({ fact: 'logisticUnit', value: '' }),
  },
  tote: {
    read: readTote,
    input: () => ({ fact: 'tote', value: '' }),
  },
  photo: {
    // Taken on the glass, and by nothing that is scanned: see photos.ts.
    read: (text) => fault('step.not-expected', { read: text, asks: 'photo' }),
    input: photoInput,
  },
  'yes-no': {
    read: (text) => {
      const word = text.toLowerCase();
      if (YES.has(word)) return true;
      return NO.has(word) ? false : fault('step.not-a-choice', { read: text });
    },
    input: () => ({ fact: 'yes-no', value: '' }),
    said: (answer) => sentence(answer === true ? 'answer.yes' : 'answer.no'),
  },
};

/** Whether a step asks for an answer, and not for a fact that every warehouse has. */
export function isAnswer(step: Step | undefined): step is AnswerStep {
  return step?.kind === 'ask' && ANSWER_KINDS.some((kind) => kind === step.fact);
}

export const withAnswer = (work: Work, id: string, answer: Answer): Work => ({
  ...work,
  answers: { ...work.answers, [id]: answer },
});

/** Whether the question is answered or passed over. */
export function answered({ work, shown }: Dialogue, id: string): boolean {
  if (work.answers !== undefined && Object.hasOwn(work.answers, id)) return true;
  return work.passed?.includes(id) === true || shown?.includes(id) === true;
}

/** The question passed over, or the shown text read: of this line, or of its order. */
export function passedOver(d: Dialogue, step: AskStep): Work | Dialogue {
  const { id } = step;
  if (step.once === 'document') return { ...d, shown: [...(d.shown ?? []), id], signal: 'step' };
  return { ...d.work, passed: [...(d.work.passed ?? []), id] };
}

/** The work with the answer that a typed text is; or why it is none. */
export function typedAnswer(d: Dialogue, text: string, at: At): Work | Fault {
  const step = askedAt(at);
  if (!isAnswer(step)) return fault('step.not-here', { asks: at.asks });
  const answer = ANSWERS[step.fact].read(text, step, d);
  return isFault(answer) ? answer : withAnswer(d.work, step.id, answer);
}

/** What a bare code that nothing in the warehouse knows is, where an answer is asked. */
export function bareAnswer(text: string, d: Dialogue, at: At): Facts | undefined {
  const step = askedAt(at);
  if (!isAnswer(step) || step.by === 'type') return undefined;
  return isFault(ANSWERS[step.fact].read(text, step, d)) ? undefined : { answer: text };
}

/** The answer on a printed code, `SD:=damaged`, to the question on the screen. */
export function takeAnswer(d: Dialogue, work: Work, { answer }: Facts, at: At): Work | Fault {
  if (answer === undefined) return work;
  const step = askedAt(at);
  if (!isAnswer(step)) return fault('step.not-expected', { read: answer, asks: at.asks });
  if (step.by === 'type') return fault('step.type-only', { read: answer });
  const read = ANSWERS[step.fact].read(answer, step, { ...d, work });
  return isFault(read) ? read : withAnswer(work, step.id, read);
}

function weighed(d: Dialogue, work: Work, weight: number, step: AnswerStep): Work | Fault {
  const value = numberFor(weight, step, { ...d, work });
  return isFault(value) ? value : withAnswer(work, step.id, value);
}

/**
 * A weight on a label is the answer to the question that is asked, else to the first that is open,
 * whether or not it is asked of this line: only when the line is whole is that known. Goods that
 * are counted piece by piece bring a weight each, and these add up.
 */
export function takeWeight(d: Dialogue, work: Work, facts: Facts, at: At): Work | Fault {
  const { weightKg } = facts;
  const steps = at.rules.steps
    .filter(isAnswer)
    .filter(({ fact, by }) => fact === 'weight' && by !== 'type');
  const [first] = steps;
  if (weightKg === undefined || first === undefined) return work;
  const open = steps.filter(({ id }) => !answered({ ...d, work }, id));
  const asked = open.find(({ id }) => id === at.step) ?? open[0];
  if (asked !== undefined) return weighed(d, work, weightKg, asked);
  const known = work.answers?.[first.id];
  if (typeof known !== 'number') return work;
  if (work.counted !== d.work.counted) return weighed(d, work, plus(known, weightKg), first);
  const same = steps.some(({ id }) => work.answers?.[id] === quantity(weightKg));
  return same ? work : fault('step.conflict', { fact: 'weight', known, read: weightKg });
}

/** The answers that count for the line as it stands: those whose questions still belong to it. */
function standing(d: Dialogue, steps: readonly Step[]): readonly [AnswerStep, Answer][] {
  return steps.filter(isAnswer).flatMap((step): [AnswerStep, Answer][] => {
    const answer = d.work.answers?.[step.id];
    return answer === undefined || !holds(step.when, d) ? [] : [[step, answer]];
  });
}

/** What the command of the line tells, in the order of the steps. */
export function lineAnswers(d: Dialogue, steps: readonly Step[]): readonly LineAnswer[] {
  return standing(d, steps).map(([{ id: step, fact }, value]) => {
    if (fact === 'photo') return { step, value, ...photosTold(d.work, step) };
    return fact === 'logisticUnit' || fact === 'tote'
      ? { step, value, kind: fact }
      : { step, value };
  });
}

/** The reason that Exact is told, where its document has a field for one. */
export function reasonOf(d: Dialogue, steps: readonly Step[]): string | undefined {
  const given = standing(d, steps).find(([step]) => step.fact === 'reason');
  return given === undefined ? undefined : String(given[1]);
}

/** The answers as they stand beside the line at work. */
export function shownAnswers(d: Dialogue, steps: readonly Step[]): KnownFact[] {
  return standing(d, steps).map(([step, answer]) => {
    const said = ANSWERS[step.fact].said?.(answer, step);
    const unit = unitOf(step);
    const text = unit === '' ? String(answer) : `${String(answer)} ${unit}`;
    return {
      fact: step.fact,
      text,
      ...(step.prompt === undefined ? {} : { name: { label: step.prompt } }),
      ...(said === undefined ? {} : { said }),
    };
  });
}
