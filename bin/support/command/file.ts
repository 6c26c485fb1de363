// Who lives here: a workflow file on the command line, read and compiled by the hub's own compiler
// with the hub's own revisions, so that what is said here is what the hub will say.

import { LIMITS } from '../../../src/lib/domain/index.ts';
import { revisionOf } from '../../../src/lib/server/workflow-file/index.ts';
import { compile } from '../../../src/lib/workflows/index.ts';
import type { Compiled, CompiledWorkflow } from '../../../src/lib/workflows/index.ts';
import { STANDARD_INPUT } from './console.ts';
import type { Console } from './console.ts';
import { told } from './told.ts';

export interface ReadFile extends Compiled {
  /** As messages call it. */
  readonly name: string;
  readonly text: string;
}

/** Reads and compiles; a file that cannot be read was told and is undefined. */
export async function readWorkflows(file: string, console: Console): Promise<ReadFile | undefined> {
  const name = file === STANDARD_INPUT ? '<standard input>' : file;
  const read = await console.read(file, LIMITS.workflowFileBytes);
  if (!read.ok) {
    console.error(`scandock: ${name} can't be read: ${read.why}`);
    return undefined;
  }
  return { name, text: read.text, ...compile(read.text, revisionOf) };
}

/** `1 mistake`, `3 mistakes`. */
export const counted = (count: number, one: string): string =>
  `${count} ${one}${count === 1 ? '' : 's'}`;

/** Every diagnostic, and how many there are. */
export function tellMistakes({ name, text, diagnostics }: ReadFile, console: Console): void {
  for (const each of diagnostics) console.error(told(each, name, text));
  const wrong = diagnostics.filter((each) => each.severity === 'error').length;
  if (wrong > 0) console.error(`${name}: ${counted(wrong, 'mistake')}; the hub would not take it.`);
}

/** The workflows asked for: all, or the one called `id`; undefined and told when there is none. */
export function chosen(
  { name, workflows }: ReadFile,
  id: string | boolean | undefined,
  console: Console,
): readonly CompiledWorkflow[] | undefined {
  if (id === undefined) return workflows;
  const found = workflows.filter((each) => each.id === id);
  if (found.length > 0) return found;
  const known = workflows.map((each) => each.id).join(', ');
  console.error(`scandock: ${name} has no workflow “${id}”; it has: ${known}`);
  return undefined;
}
