// Who lives here: what a story's station is made of, and who is told of all that happens at it.

import type { Running } from '../../src/lib/station/session.ts';
import type {
  CompiledWorkflow,
  DialogueEvent,
  DialogueStep,
} from '../../src/lib/workflows/index.ts';
import type { Recorded } from '../../src/lib/workflows/runtime/index.ts';
import type { StoryHub } from './hub.ts';
import type { StoryClock, StoryRandom } from './ports.ts';

/** Told of every event and of the step it made; answers with the dialogue to go on with. */
export interface Probe {
  readonly happened: (
    ...heard: readonly [string, DialogueEvent, DialogueStep, Running, Recorded]
  ) => Running;
}

export interface StationParts {
  readonly name: string;
  readonly hub: StoryHub;
  readonly workflows: readonly CompiledWorkflow[];
  readonly clock: StoryClock;
  readonly random: StoryRandom;
  readonly probe: Probe;
}
