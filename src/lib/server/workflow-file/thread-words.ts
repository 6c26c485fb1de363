// Who lives here: the words between the hub and the thread that compiles.

import type { Compiled } from '../../workflows/index.ts';

const ROLE = 'scandock-workflows';

/** What the thread begins with. */
export interface Task {
  readonly role: typeof ROLE;
  readonly text: string;
}

/** What it says. */
export interface CompiledWord {
  readonly kind: 'compiled';
  readonly compiled: Compiled;
}

export const taskOf = (text: string): Task => ({ role: ROLE, text });

export function isTask(value: unknown): value is Task {
  return typeof value === 'object' && value !== null && 'role' in value && value.role === ROLE;
}
