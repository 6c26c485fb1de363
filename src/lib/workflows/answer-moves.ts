// Who lives here: what somebody can answer to a question of the workflow's own, for the proofs: one
// value that fits, of a choice the first, and passing it over. Only at its own question: anywhere
// else the dialogue says that it is not asked, which changes nothing.

import type { Move } from './profiles.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { ANSWERS, isAnswer } from './runtime/answers.ts';
import type { AnswerStep } from './runtime/answers.ts';
import type { Dialogue } from './runtime/dialogue.ts';
import { photoInput } from './runtime/photos.ts';
import { hasCheckDigit, isFault } from '../domain/index.ts';
import type { Answer, Step } from './types.ts';

/** Texts among which every question that can be answered at all finds an answer. */
function trials(step: AnswerStep, d: Dialogue): readonly string[] {
  const { min, max } = { min: undefined, max: undefined, ...ANSWERS[step.fact].input(step, d) };
  const bounds = [min, max].flatMap((bound) => (typeof bound === 'number' ? [String(bound)] : []));
  const unit = unitNumber(d.booked.length);
  // A tote of its own for each order, and one that is another's beside it.
  const totes = (step.totes ?? []).flatMap((code) =>
    ['1', '2'].map((nth) => code.replaceAll('*', nth)),
  );
  const texts = [...(step.of ?? []).map(({ value }) => value), 'yes', '1', '0', ...bounds, unit];
  return [...totes, ...texts];
}

/** A logistic unit of its own for each line: the same is not taken twice. */
function unitNumber(nth: number): string {
  const digits = String(nth).padStart(17, '1');
  const check = [...'0123456789'].find((digit) => hasCheckDigit(digits + digit));
  return `${digits}${check}`;
}

const fits = (answer: Answer | object): boolean => !isFault(answer);

/** A yes. A badge of somebody else changes nothing but the message. */
const badgeOf = (role: string): Move => ({
  says: `scan the badge of a ${role}`,
  event: { type: 'badge', who: 'somebody', roles: [role] },
});

/** The first photo; then one more where there is room for it, or that these are all. */
function photosAt(step: AnswerStep, d: Dialogue): readonly Move[] {
  const { taken, max, live } = photoInput(step, d);
  const nth = taken.length + 1;
  const value = String(nth).padStart(64, '0');
  const said = `take photo ${nth} of “${step.id}”`;
  const take: Move = { says: said, event: { type: 'enter', fact: 'photo', value } };
  if (live) return [take];
  const enough: Move = { says: `OK at “${step.id}”`, event: { type: 'press', word: 'OK' } };
  const more: Move = { says: `one more of “${step.id}”`, event: { type: 'press', word: 'MORE' } };
  return nth > Math.min(max, 2) ? [enough] : [enough, more];
}

/** The moves at the question where a dialogue rests; none at any other. */
export function answersTo(steps: readonly Step[], { value, context }: AtRest): readonly Move[] {
  const step = steps.find((each) => each.id === value);
  if (step?.kind === 'ask' && step.role !== undefined) return [badgeOf(step.role.name)];
  if (!isAnswer(step)) return [];
  const { fact, id } = step;
  const pass: Move = { says: `skip “${id}”`, event: { type: 'press', word: 'SKIP' } };
  if (fact === 'photo') {
    return step.skip === true ? [...photosAt(step, context), pass] : photosAt(step, context);
  }
  const text = trials(step, context).find((each) => fits(ANSWERS[fact].read(each, step, context)));
  if (text === undefined) return step.skip === true ? [pass] : [];
  const said: Move = { says: `answer “${id}” with ${text}`, event: answerOf(step, text) };
  return step.skip === true ? [said, pass] : [said];
}

/** Where nothing may be typed the answer is a printed code. */
function answerOf({ fact, by }: AnswerStep, text: string): Move['event'] {
  if (by !== 'scan') return { type: 'enter', fact, value: text };
  const raw = { bytes: new Uint8Array(), text, device: 'proof', startedMs: 0, endedMs: 0 };
  const candidates = [{ answer: text }];
  return { type: 'scan', scan: { raw, symbology: 'command', elements: [], candidates } };
}
