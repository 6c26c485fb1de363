// Who lives here: what happens in a story away from its stations: in Exact, in the office, and time.

import { fault } from '../../src/lib/domain/index.ts';
import type { StoryStep } from './format.ts';
import type { StoryHub } from './hub.ts';
import type { StoryMirror } from './mirror.ts';
import type { StoryClock } from './ports.ts';

interface World {
  readonly hub: StoryHub;
  readonly mirror: StoryMirror;
  readonly clock: StoryClock;
}

/** The part of a step that nobody does at a station. */
export async function elsewhere(step: StoryStep, { hub, mirror, clock }: World): Promise<void> {
  const { 'office approves': link, 'office forgets': person } = step;
  if (link !== undefined) await hub.link(link);
  if (person !== undefined) await hub.forget(person);
  if (step['exact changes'] !== undefined) {
    mirror.change(step['exact changes']);
    await hub.takeMirror();
  }
  if (step['exact answers'] !== undefined) await exactAnswers(hub, step['exact answers']);
  if (step.later !== undefined) {
    clock.pass(step.later);
    await hub.sweep();
  }
}

function exactAnswers(
  hub: StoryHub,
  { order, with: how }: NonNullable<StoryStep['exact answers']>,
): Promise<void> {
  const because = fault('exact.rejected', { words: 'No.' });
  const posted = { kind: 'posted', exactId: `receipt of ${order}`, documentNumber: '1' } as const;
  return hub.settle(order, how === 'booked' ? posted : { kind: 'rejected', fault: because });
}
