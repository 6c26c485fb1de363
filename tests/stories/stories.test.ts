// Who lives here: every story of the folder, played in every manner; and the proof that the player
// can fail: planted stories, each with one wrong expectation, and files that are no stories.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredState } from '../../src/lib/workflows/index.ts';
import { MANNERS, workflowsOf } from './manners.ts';
import { play, StoryFailure } from './play.ts';
import type { Manner } from './play.ts';
import { BadStory, readStory, storyOf } from './read.ts';

function filesIn(folder: string): string[] {
  const path = join(import.meta.dirname, folder);
  const names = readdirSync(path).filter((name) => name.endsWith('.story.yaml'));
  return names.sort().map((name) => join(path, name));
}

/** One folder for each kind of work. */
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
const stories = KINDS.flatMap(filesIn).map(readStory);

for (const [manner, playSo] of Object.entries(MANNERS)) {
  describe(manner, () => {
    for (const read of stories) {
      it(read.story.title, async () => {
        await playSo(read);
      });
    }
  });
}

/** What the message of each planted story must hold: the step and both values. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  'missing-posting': ['at the end', 'postings: expected []', 'found [{"lines":[{"item":"BOLT"'],
  'silent-screen': [
    'step 1 (open "PO-1")',
    'message: expected "message.line-done", found "none"',
    'signal: expected "green", found "step"',
  ],
  'wrong-journal': ['at the end', 'journal: expected []', 'found ["dock-1 received BOLT 10"]'],
  'wrong-message': [
    'step 2 (scan "8712345000028")',
    'message: expected "step.line-complete", found "step.not-on-order"',
  ],
  'wrong-progress': [
    'order PO-1 BOLT: expected {"pending":9,"received":0}, found {"pending":10,"received":0}',
  ],
  'wrong-quantity': ['step 2 (scan "8712345000011")', 'input: expected "9", found "10"'],
};

describe('a story that expects something wrong fails, and says where and what', () => {
  const planted = filesIn('planted');

  it('there is a fault planted for each kind of expectation', () => {
    const names = planted.map((path) => basename(path, '.story.yaml'));
    expect(names).toEqual(Object.keys(PLANTED));
  });

  for (const path of planted) {
    const name = basename(path, '.story.yaml');
    for (const [manner, playSo] of Object.entries(MANNERS)) {
      it(`${name}, ${manner}`, async () => {
        const failure = await playSo(readStory(path)).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(StoryFailure);
        for (const part of [`${name}.story.yaml:`, ...(PLANTED[name] ?? [])]) {
          expect(String(failure)).toContain(part);
        }
      });
    }
  }

  it('I-13 a reload that loses a fact is seen', async () => {
    const read = readStory(join(import.meta.dirname, 'receive/reload-mid-line.story.yaml'));
    const forgetful: Manner = (_station, _event, _step, now) => ({
      ...now,
      state: JSON.parse(JSON.stringify(now.state).replaceAll(',"batch":"L77"', '')) as StoredState,
    });
    const failure = await play(read, workflowsOf(read), forgetful).catch((error: unknown) => error);
    expect(String(failure)).toContain('known: expected {"batch":"L77"}, found {}');
  });
});

describe('a file that is no story is refused with line and column', () => {
  const GOOD = `title: t
given:
  today: 2026-03-02
steps:
  - do: look
expect: { journal: [], postings: [] }
`;
  const refused = (text: string): string => {
    try {
      storyOf('my.story.yaml', text, () => '');
    } catch (error) {
      if (error instanceof BadStory) return error.message;
      throw error;
    }
    return 'taken';
  };

  it('the sound one is taken', () => {
    expect(refused(GOOD)).toBe('taken');
  });

  it('an unknown key is named where it stands, in a step, in given, and at the end', () => {
    expect(refused(GOOD.replace('  - do: look', '  - do: look\n    expct: {}'))).toBe(
      'my.story.yaml:6:5: unknown key “expct”',
    );
    expect(refused(GOOD.replace('2026-03-02', '2026-03-02\n  ordres: []'))).toBe(
      'my.story.yaml:4:3: unknown key “ordres”',
    );
    expect(refused(GOOD.replace('journal: []', 'journal: [], posting: []'))).toBe(
      'my.story.yaml:6:24: unknown key “posting”',
    );
  });

  it('all mistakes are told at once', () => {
    const text = GOOD.replace('do: look', 'do: lokk').replace('2026-03-02', 'tomorrow');
    const lines = refused(text).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('my.story.yaml:3:10: given › today: a day is written yyyy-mm-dd');
    expect(lines[1]).toContain('my.story.yaml:5:9: steps › 0 › do: ');
  });

  it('a step that does nothing or two things is refused', () => {
    expect(refused(GOOD.replace('do: look', 'station: dock-1'))).toContain(
      'my.story.yaml:5:5: steps › 0: a step does exactly one thing',
    );
    expect(refused(GOOD.replace('do: look', '{ do: look, press: OK }'))).toContain(
      'my.story.yaml:5:5: steps › 0: a step does exactly one thing',
    );
  });

  it('a barcode without quotes and broken YAML are refused', () => {
    expect(refused(GOOD.replace('do: look', 'scan: 8712345000011'))).toContain(
      'my.story.yaml:5:11: steps › 0 › scan: ',
    );
    expect(refused(GOOD.replace('title: t', 'title: [t'))).toMatch(/^my\.story\.yaml:\d+:\d+: /);
  });
});
