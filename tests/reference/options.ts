// Who lives here: at which questions an option means something, asked of the reader: it is given
// one step with that option and says whether it belongs there.

import { readSource } from '../../src/lib/workflows/source.ts';
import { ONLY_FOR, readSteps } from '../../src/lib/workflows/steps.ts';
import { ASKED_FACTS } from '../../src/lib/workflows/types.ts';
import { code, codes } from './words.ts';

export const QUESTIONS = ASKED_FACTS.filter((fact) => fact !== 'show' && fact !== 'call');

function takes(fact: string, option: string, value: string): boolean {
  const { source } = readSource(`- ask: ${fact}\n  ${option}: ${value}\n`);
  if (source === undefined) throw new Error(`${option}: ${value} can't be read`);
  const { diagnostics } = readSteps([{ ask: fact, [option]: value }], [], source);
  return diagnostics.every((each) => each.code !== 'option-not-here');
}

const at = (option: string, value: string): readonly string[] =>
  QUESTIONS.filter((fact) => takes(fact, option, value));

function placesOf(option: string): readonly string[] {
  return option === 'when' ? at('when', 'true') : (ONLY_FOR[option] ?? QUESTIONS);
}

/** The questions at which an option of `ask` may stand, in words. */
export function standsAt(option: string): string {
  if (option === 'by') {
    return ['scan', 'type'].map((value) => `${code(value)}: ${codes(at('by', value))}`).join('; ');
  }
  const places = placesOf(option);
  if (places.length === QUESTIONS.length) return 'all';
  const missing = QUESTIONS.filter((fact) => !places.includes(fact));
  return missing.length < 4 ? `all but ${codes(missing)}` : codes(places);
}

/** The options that mean something at this question and not at all others. */
export function optionsAt(fact: string): readonly string[] {
  const own = Object.entries(ONLY_FOR).flatMap(([option, facts]: [string, readonly string[]]) =>
    facts.includes(fact) ? [option] : [],
  );
  const by = ['scan', 'type'].filter((value) => takes(fact, 'by', value));
  return [...own, ...by.map((value) => `by: ${value}`)];
}
