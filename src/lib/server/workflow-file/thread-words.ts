// Who lives here: the words between the hub and the thread that judges a changed file. The hub gives
// the file and what is in force; the thread answers with what it compiled and which workflows are
// different; then the hub gives tapes, a few at a time, and at the end asks what came of them.

import type { Compiled, CompiledWorkflow, KeptProof, Label } from '../../workflows/index.ts';

const ROLE = 'scandock-workflows';

/** What the thread begins with. */
export interface Task {
  readonly role: typeof ROLE;
  readonly text: string;
  /** In force; empty: nothing is replayed. */
  readonly before: readonly CompiledWorkflow[];
  /** What the hub knows to be proven: only what is new is walked. */
  readonly proofs: readonly KeptProof[];
}

/** What a change does to the recorded sessions of one workflow. */
export interface WorkflowVerdict {
  readonly id: string;
  readonly label: Label;
  /** “312 of 318 receipts identical; 6 now ask for the expiry date”. */
  readonly told: Label;
  readonly replayed: number;
  readonly differing: number;
}

export type ToHub =
  | {
      readonly kind: 'compiled';
      readonly compiled: Compiled;
      /** Ids of workflows that are new, gone, or have another revision now. */
      readonly changed: readonly string[];
    }
  | { readonly kind: 'played' }
  /** `unread`: tapes that were none, or are of another version. */
  | {
      readonly kind: 'told';
      readonly workflows: readonly WorkflowVerdict[];
      readonly unread: number;
    };

export type ToThread =
  { readonly kind: 'play'; readonly tapes: readonly Uint8Array[] } | { readonly kind: 'tell' };

export const taskOf = (
  text: string,
  before: readonly CompiledWorkflow[],
  proofs: readonly KeptProof[],
): Task => ({ role: ROLE, text, before, proofs });

export function isTask(value: unknown): value is Task {
  return typeof value === 'object' && value !== null && 'role' in value && value.role === ROLE;
}
