// Who lives here: `scandock check`: every mistake of a workflow file, for a person or, with --json,
// for a program.

import type { Console } from './console.ts';
import { counted, readWorkflows, tellMistakes } from './file.ts';
import { ENDS } from './given.ts';
import type { Given } from './given.ts';

/** Ends with 0 when the hub would take the file, 1 when not, 2 when it can't be read. */
export async function check({ options, files }: Given, console: Console): Promise<number> {
  const read = await readWorkflows(files[0], console);
  if (read === undefined) return ENDS.called;
  const { name, workflows, diagnostics } = read;
  const end = workflows.length > 0 ? ENDS.well : ENDS.mistakes;
  if (options['json'] === true) {
    const found = workflows.map(({ id, revision }) => ({ id, revision }));
    const answer = { file: name, accepted: end === ENDS.well, workflows: found, diagnostics };
    console.out(JSON.stringify(answer, null, 2));
    return end;
  }
  tellMistakes(read, console);
  if (end === ENDS.well) {
    const ids = workflows.map((each) => each.id).join(', ');
    console.out(`${name}: ${counted(workflows.length, 'workflow')}, proven: ${ids}`);
  }
  return end;
}
