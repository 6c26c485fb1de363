// Who lives here: `scandock explain` and `scandock draw`: what a workflow file does, in words and as
// a drawing. A file with mistakes has no workflows to tell of: its mistakes are told instead.

import { draw, explain, LANGUAGES } from '../../../src/lib/workflows/index.ts';
import type { CompiledWorkflow, Language } from '../../../src/lib/workflows/index.ts';
import type { Console } from './console.ts';
import { chosen, readWorkflows, tellMistakes } from './file.ts';
import { ENDS } from './given.ts';
import type { Given } from './given.ts';

/** The language that was asked for, English by itself; undefined and told when we speak it not. */
export function languageOf({ options }: Given, console: Console): Language | undefined {
  const asked = options['language'] ?? 'en';
  const language = LANGUAGES.find((each) => each === asked);
  if (language === undefined) {
    console.error(`scandock: no texts in “${asked}”; there are: ${LANGUAGES.join(', ')}`);
  }
  return language;
}

interface Asked {
  readonly workflows: readonly CompiledWorkflow[];
  readonly language: Language;
}

/** The workflows to tell of, or the exit code, with the reason told. */
async function asked(given: Given, console: Console): Promise<Asked | number> {
  const language = languageOf(given, console);
  if (language === undefined) return ENDS.called;
  const read = await readWorkflows(given.files[0], console);
  if (read === undefined) return ENDS.called;
  if (read.workflows.length === 0) {
    tellMistakes(read, console);
    return ENDS.mistakes;
  }
  const workflows = chosen(read, given.options['workflow'], console);
  return workflows === undefined ? ENDS.called : { workflows, language };
}

export async function explainFile(given: Given, console: Console): Promise<number> {
  const what = await asked(given, console);
  if (typeof what === 'number') return what;
  console.out(what.workflows.map((each) => explain(each, what.language)).join('\n\n'));
  return ENDS.well;
}

export async function drawFile(given: Given, console: Console): Promise<number> {
  const what = await asked(given, console);
  if (typeof what === 'number') return what;
  const drawing = draw(what.workflows, what.language);
  const { output } = given.options;
  if (typeof output !== 'string') {
    console.out(drawing.trimEnd());
    return ENDS.well;
  }
  const written = await console.write(output, drawing);
  if (written.ok) return ENDS.well;
  console.error(`scandock: ${output} can't be written: ${written.why}`);
  return ENDS.called;
}
