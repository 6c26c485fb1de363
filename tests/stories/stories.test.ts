// Who lives here: every story of the folder, played in every manner; and the proof that the player
// can fail: planted stories, each with one wrong expectation, and files that are no stories.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MANNERS } from './manners.ts';
import { BadStory, readStory, storyOf } from './read.ts';

function filesIn(folder: string): string[] {
  const path = join(import.meta.dirname, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.story.yaml'));
  return names.sort().map((name) => join(path, name));
}

const stories = filesIn('receive').map(readStory);

for (const [manner, play] of Object.entries(MANNERS)) {
  describe(manner, () => {
    for (const read of stories) {
      it(read.story.title, async () => {
        await play(read);
      });
    }
  });
}
