// Stories as data through the whole product: a story of every kind of work, the same file that is
// played in memory, scanned and touched in a real Chromium. What it leaves in the simulator's books
// must equal what it expects; and a story that expects something wrong must fail.
//
// SCANDOCK_STORIES names other stories to play (`count,receive/undo`), SCANDOCK_PICTURES a folder for
// a picture of every screen on the way.

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from '@playwright/test';
import { ROOT } from '../../bin/support/build.ts';
import { StoryFailure } from '../stories/play.ts';
import { readStory } from '../stories/read.ts';
import type { Books } from '../support/books.ts';
import { Product } from '../support/product.ts';
import { playInBrowser, whyNotHere } from '../support/story/player.ts';
import type { Station } from '../support/story/station.ts';

const STORIES = join(import.meta.dirname, '../stories');
/** One for each kind of work, and several orders at once. */
const PLAYED = [
  'receive/whole-delivery',
  'pick/whole-order',
  'pick/three-orders-one-walk',
  'issue/material',
  'produce/batch-in-one-scan',
  'count/blind',
  'transfer/from-here-to-there',
  'transfer/everything',
  'transfer/on-the-way',
  'replenish/led',
  'look-up/label',
  // People with badges, on the workflows of their own.
  'receive/approval-over',
  'pack/whole-order',
];

function named(wanted: string): string[] {
  const files = readdirSync(STORIES, { recursive: true, encoding: 'utf8' });
  const names = files.flatMap((file) => {
    return file.endsWith('.story.yaml') ? [file.slice(0, -'.story.yaml'.length)] : [];
  });
  return names.filter((name) => wanted.split(',').some((part) => name.startsWith(part))).sort();
}

const { SCANDOCK_STORIES: wanted, SCANDOCK_PICTURES: pictures } = process.env;
const played = wanted === undefined ? PLAYED : named(wanted);

/** The day of all stories: hub, kiosks and Exact stand on it. */
const TODAY = '2026-03-02';

let product: Product;
let nth = 0;
/**
 * Exact's minute is proven elsewhere; here it would only make everybody wait. And these companies
 * let more come in than was ordered: how much more, the workflows say.
 */
async function before(books: Books): Promise<void> {
  await books.control('limits', { minutely: 100_000, daily: 1_000_000 });
  await books.control('settings', { overReceiptAllowed: true });
}
test.beforeAll(async () => {
  product = await Product.start({ before, today: TODAY });
});
test.afterAll(async () => {
  await product.stop();
});

const readNamed = (name: string) => readStory(join(STORIES, `${name}.story.yaml`));

function seenBy(story: string) {
  if (pictures === undefined) return {};
  const folder = join(pictures, story);
  mkdirSync(folder, { recursive: true });
  return {
    seen: async (stations: Iterable<Station>, step: number) => {
      for (const { name, page } of stations) {
        await page.screenshot({
          path: join(folder, `${String(step).padStart(2, '0')}-${name}.png`),
        });
      }
    },
  };
}

/** The shipped workflows as a story changes them; nothing: it takes them as they are. */
function editedBy({ edited }: ReturnType<typeof readNamed>['story']['given']): string | undefined {
  if (edited === undefined) return undefined;
  const shipped = readFileSync(join(ROOT, 'workflows.yaml'), 'utf8');
  return Object.entries(edited).reduce((text, [from, to]) => text.replace(from, to), shipped);
}

/** A story that brings its own workflows has a product of its own: they are there from the start. */
async function startFor({ story }: ReturnType<typeof readNamed>): Promise<Product> {
  const { workflows = editedBy(story.given) } = story.given;
  return workflows === undefined ? product : Product.start({ before, today: TODAY, workflows });
}

for (const name of played) {
  const read = readNamed(name);
  const why = whyNotHere(read);
  if (why !== undefined) {
    process.stdout.write(`only in memory: ${name}: ${why}\n`);
    continue;
  }
  test(`${relative(STORIES, join(STORIES, name))}: ${read.story.title}`, async ({ browser }) => {
    nth += 1;
    const at = await startFor(read);
    try {
      await playInBrowser(read, { browser, product: at, today: TODAY, nth, ...seenBy(name) });
    } finally {
      if (at !== product) await at.stop();
    }
  });
}

/** What the failure of a story that is wrong on purpose must say. */
const PLANTED = [
  ['wrong-quantity', ['step 2 (scan "8712345000011")', 'input: expected "9", found "10"']],
  ['missing-posting', ['at the end', 'postings: expected [], found [']],
] as const;

for (const [name, parts] of PLANTED) {
  test(`a story that is wrong fails and says where: ${name}`, async ({ browser }) => {
    nth += 1;
    const playing = playInBrowser(readNamed(`planted/${name}`), {
      browser,
      product,
      today: TODAY,
      nth,
    });
    const failure = await playing.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StoryFailure);
    for (const part of parts) expect(String(failure)).toContain(part);
  });
}
