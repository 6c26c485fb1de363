// Who lives here: which answers of the workflows in force stand on the sheet of barcodes: the values of
// every choice and reason, yes and no where a workflow asks for one of them, and the detours.

import { LIMITS } from '../../domain/index.ts';
import type { CompiledWorkflow } from '../../workflows/index.ts';
import type { PrintedAnswer } from './sheet.ts';

type Asked = Pick<CompiledWorkflow, 'steps' | 'detours' | 'calls'>;

/** Each answer of each question once, in the order of the file. */
export function printedAnswers(workflows: readonly Asked[]): readonly PrintedAnswer[] {
  const answers = new Map<string, PrintedAnswer>();
  const add = (answer: PrintedAnswer): void => {
    const key = JSON.stringify(answer);
    if (!answers.has(key)) answers.set(key, answer);
  };
  for (const { detours = [], calls = [] } of workflows) {
    for (const { call } of detours) {
      const label = calls.find(({ id }) => id === call)?.label.en ?? call;
      if (call.length <= LIMITS.choiceChars) add({ question: 'In between', value: call, label });
    }
  }
  for (const step of workflows.flatMap(({ steps }) => steps)) {
    if (step.kind !== 'ask') continue;
    const question = step.prompt?.en ?? step.id;
    for (const { value, label } of step.of ?? []) add({ question, value, label: label.en });
    if (step.fact !== 'yes-no') continue;
    add({ question, value: 'yes', label: 'Yes' });
    add({ question, value: 'no', label: 'No' });
  }
  return [...answers.values()];
}
