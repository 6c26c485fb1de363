// Who lives here: where a dialogue stands, and where a flow stands that it has called.

import type { Call } from '../types.ts';
import type { Dialogue } from './dialogue.ts';

/** A dialogue in one of its states. */
export interface AtRest {
  readonly value: string;
  readonly context: Dialogue;
}

/** A flow that was called; `at` is where it stands, absent while it is about to begin. */
export interface Detour extends Call {
  /** The step that called it; absent: it was touched. */
  readonly step?: string;
  readonly at?: AtRest;
}
