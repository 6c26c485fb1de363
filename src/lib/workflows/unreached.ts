// Who lives here: questions that nobody is ever asked. A step that stops no kind of goods in no kind
// of warehouse is a mistake in its condition.

import { decide, profilesOf } from './profiles.ts';
import type { Place } from './source.ts';
import type { CompiledWorkflow, Diagnostic, Step } from './types.ts';

/**
 * Questions that are never put. `stopped`: where the walks stopped; without it only those are told
 * whose own condition is false for every kind of item and warehouse.
 */
export function unreached(
  { steps, action }: CompiledWorkflow,
  stopped: ReadonlySet<string> | undefined,
  place: (stepId: string) => Place,
): Diagnostic[] {
  const never = (step: Step): boolean => {
    if (step.kind !== 'ask' && step.kind !== 'print') return false;
    if (step.kind === 'ask' && stopped !== undefined) return !stopped.has(step.id);
    const { when } = step;
    return (
      when !== undefined && profilesOf(action).every((profile) => decide(when, profile) === false)
    );
  };
  return steps.filter(never).map((step) => ({
    severity: 'error',
    code: 'unreachable',
    message: `No item and no warehouse ever stops at the step “${step.id}”.`,
    hint: 'Its condition is never true, or its fact is always known before.',
    ...place(step.id),
  }));
}
