// Who lives here: which answers of the workflows in force stand on the sheet of barcodes: the values of
// every choice and reason, and yes and no where a workflow asks for one of them.

import type { CompiledWorkflow } from '../../workflows/index.ts';
import type { PrintedAnswer } from './sheet.ts';

type Asked = Pick<CompiledWorkflow, 'steps'>;

/** Each answer of each question once, in the order of the file. */
export function printedAnswers(workflows: readonly Asked[]): readonly PrintedAnswer[] {
  const answers = new Map<string, PrintedAnswer>();
  const add = (answer: PrintedAnswer): void => {
    const key = JSON.stringify(answer);
    if (!answers.has(key)) answers.set(key, answer);
  };
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
