// Every story, recorded as a tape while it is played: read back from its line of text and replayed
// into the same workflows it gives the same questions, sounds and commands (time travel, I-13). A
// story whose events or views have something that a tape's form does not know fails here.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readTape, replayed } from '../../src/lib/workflows/index.ts';
import type { CompiledWorkflow } from '../../src/lib/workflows/index.ts';
import { begin, Taping, tapeText } from '../../src/lib/workflows/runtime/index.ts';
import type { Recorded } from '../../src/lib/workflows/runtime/index.ts';
import type { Running } from '../../src/lib/station/session.ts';
import { workflowsOf } from './manners.ts';
import { play } from './play.ts';
import { readStory } from './read.ts';

const KINDS = [
  'receive',
  'pick',
  'pack',
  'issue',
  'return',
  'produce',
  'count',
  'transfer',
  'replenish',
  'look-up',
];
const stories = KINDS.flatMap((folder) => {
  const path = join(import.meta.dirname, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.story.yaml'));
  return names.sort().map((name) => readStory(join(path, name)));
});

interface Recording {
  readonly taping: Taping;
  readonly head: string;
  readonly events: string[];
}

class Recordings {
  readonly #all = new Map<string, Recording>();

  get texts(): readonly string[] {
    return [...this.#all.values()].map(({ head, events }) => tapeText(head, events, false));
  }

  heard(recorded: Recorded, { id, workflow }: Running): void {
    const known = this.#all.get(id);
    const recording = known ?? this.#begun(workflow);
    if (known === undefined) this.#all.set(id, recording);
    recording.events.push(recording.taping.event(recorded) ?? 'the tape of a story is full');
  }

  #begun(workflow: CompiledWorkflow): Recording {
    const taping = new Taping();
    return { taping, head: taping.begin(workflow, begin(workflow)), events: [] };
  }
}

let replayedTapes = 0;

/** To compile is to prove: what most stories share takes its time once, outside of any of them. */
const PROOF_MS = 180_000;
beforeAll(() => {
  const shared = stories.find(
    ({ story }) => story.given.workflows === undefined && story.given.edited === undefined,
  );
  if (shared !== undefined) workflowsOf(shared);
}, PROOF_MS);

for (const read of stories) {
  it(read.story.title, async () => {
    const recordings = new Recordings();
    const workflows = workflowsOf(read);
    await play(read, workflows, (_station, _event, _step, now, recorded) => {
      recordings.heard(recorded, now);
      return now;
    });
    for (const text of recordings.texts) {
      const back = readTape(text);
      expect(back).toMatchObject({ ok: true });
      if (!back.ok) continue;
      replayedTapes += 1;
      expect(replayed(back.tape, workflows).replayed).toEqual({ kind: 'identical' });
      // Written out again, event by event, it is the same tape.
      expect(readTape(JSON.stringify(back.tape))).toEqual(back);
    }
  });
}

it('are not few', () => {
  expect(replayedTapes).toBeGreaterThan(100);
});
