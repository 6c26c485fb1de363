// Who lives here: the dialogue at rest, as a disk gives it back: checked before it is believed.

import type { SessionId } from '../domain/index.ts';
import type { CompiledWorkflow, StoredState } from '../workflows/index.ts';
import { isRecord } from './database.ts';

export function isWorkflow(value: unknown): value is CompiledWorkflow {
  return isRecord(value) && typeof value['id'] === 'string' && isRecord(value['machine']);
}

export function isRest(value: unknown): value is { id: SessionId; state: StoredState } {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    isRecord(value['state']) &&
    typeof value['state']['revision'] === 'string'
  );
}

/** How many events the tape of a dialogue must have; undefined: it has none. */
export function framesOf(rest: unknown): number | undefined {
  const frames = isRecord(rest) ? rest['frames'] : undefined;
  return typeof frames === 'number' ? frames : undefined;
}
