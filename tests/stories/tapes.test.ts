// Every story, recorded as a tape while it is played: read back from its line of text and replayed
// into the same workflows it gives the same questions, sounds and commands (time travel, I-13). A
// story whose events or views have something that a tape's form does not know fails here.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { CommandId } from '../../src/lib/domain/index.ts';
import { readTape, replayed } from '../../src/lib/workflows/index.ts';
import type { DialogueEvent, DialogueStep, StoredState } from '../../src/lib/workflows/index.ts';
import { advance, begin } from '../../src/lib/workflows/runtime/index.ts';
import { newTape, recorded, tapeBytes, tapeText } from '../../src/lib/workflows/tape.ts';
import type { Tape } from '../../src/lib/workflows/tape.ts';
import type { Running } from '../../src/lib/station/session.ts';
import { workflowsOf } from './manners.ts';
import { play } from './play.ts';
import { readStory } from './read.ts';

const KINDS = ['receive', 'pick', 'issue', 'produce', 'count', 'transfer', 'look-up'];
const stories = KINDS.flatMap((folder) => {
  const path = join(import.meta.dirname, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.story.yaml'));
  return names.sort().map((name) => readStory(join(path, name)));
});

interface Recording {
  tape: Tape;
  bytes: number;
  state: StoredState;
  /** It made a search, whose answer the probe of a story does not see. */
  searched: boolean;
}

/** The id that the station gave: the command's, else that of the piece of work, else any. */
function commandIdOf({ commands, state }: DialogueStep): CommandId {
  const { context } = state.snapshot as { context: { piece?: CommandId } };
  const any = '00000000-0000-7000-8000-000000000000' as CommandId;
  return commands[0]?.id ?? context.piece ?? any;
}

class Recordings {
  readonly #all = new Map<string, Recording>();

  constructor(private readonly today: string) {}

  get all(): readonly Recording[] {
    return [...this.#all.values()];
  }

  heard(event: DialogueEvent, step: DialogueStep, { id, workflow }: Running): void {
    const first = begin(workflow);
    const fresh = newTape(workflow, first);
    const before = this.#all.get(id) ?? {
      ...{ tape: fresh, bytes: tapeBytes(fresh), state: first.state, searched: false },
    };
    const acting = { today: this.today, commandId: commandIdOf(step) };
    const { screen } = advance(workflow, before.state, event, acting);
    const next = recorded(before.tape, before.bytes, { event, acting, step });
    const searched = before.searched || screen.search !== undefined;
    this.#all.set(id, { ...next, state: step.state, searched });
  }
}

let replayedTapes = 0;

/** To compile is to prove: what most stories share takes its time once, outside of any of them. */
const PROOF_MS = 180_000;
beforeAll(() => {
  const shared = stories.find(({ story }) => story.given.workflows === undefined);
  if (shared !== undefined) workflowsOf(shared);
}, PROOF_MS);

for (const read of stories) {
  it(read.story.title, async () => {
    const recordings = new Recordings(read.story.given.today);
    const workflows = workflowsOf(read);
    await play(read, workflows, (_station, event, step, now) => {
      recordings.heard(event, step, now);
      return now;
    });
    for (const { tape, searched } of recordings.all) {
      const back = readTape(tapeText(tape));
      expect(back).toEqual({ ok: true, tape });
      if (searched || !back.ok) continue;
      replayedTapes += 1;
      const outcome = replayed(back.tape, workflows);
      expect(outcome.replayed).toEqual({ kind: 'identical' });
    }
  });
}

it('are not few', () => {
  expect(replayedTapes).toBeGreaterThan(100);
});
