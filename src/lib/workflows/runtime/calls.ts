// Who lives here: how a detour begins: OK at a step that calls another flow, or its button touched.

import type { Scan } from '../../domain/index.ts';
import { isAnswer } from './answers.ts';
import { settled } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { askedAt } from './fits.ts';
import type { At } from './fits.ts';

/** What `choose` says when the button of a flow is touched. */
export const callId = (workflow: string): string => `call:${workflow}`;

/** OK at a step that calls a flow; nothing at any other. */
export function called(before: Dialogue, at: At): Dialogue | undefined {
  const step = askedAt(at);
  if (step?.fact !== 'call' || step.call === undefined) return undefined;
  const { call, bring, id } = step;
  const detour = { call, step: id, ...(bring === undefined ? {} : { bring }) };
  return { ...settled(before), detour, signal: 'step' };
}

/** The button of a flow on paper, `SD:=look-up`; where an answer is asked it is one. */
export function scanned(d: Dialogue, { candidates }: Scan, at: At): Dialogue | undefined {
  const answer = candidates.find((facts) => facts.answer !== undefined)?.answer;
  if (answer === undefined || isAnswer(askedAt(at))) return undefined;
  return touched(d, callId(answer), at);
}

/** The button of a flow; nothing for any other row. */
export function touched(before: Dialogue, id: string, { rules, asks }: At): Dialogue | undefined {
  const detour = rules.detours?.find(({ call }) => callId(call) === id);
  if (detour === undefined || asks === 'close') return undefined;
  return { ...settled(before), detour, signal: 'step' };
}
