// A person chooses another division while the mirror reads: what is under way belongs to the one
// before. Its pages are not written, and the rows of before go before anything is read.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_CONVENTIONS, Mirror } from '../../src/lib/server/exact/index.ts';
import { MirrorKit } from './mirror-kit.ts';
import type { Answer } from './wire.ts';
import { makeWorld } from './world.ts';
import type { World } from './world.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const CHECK = 'system/Divisions';
const OWNER = 'exact.mirror-of';

let world: World;
let kit: MirrorKit;
let mirror: Mirror;
/** What the session works in; the simulator has one company, which answers for all. */
let division: number;
let before: number;
/** Whose mirror it was at each call for a list, and for which division the call was made. */
let asked: { readonly owner: string | undefined; readonly division: number }[];
/** Waits inside the first page of items; whoever has changed the division lets it go. */
let change: (() => void) | undefined;

beforeEach(async () => {
  world = await makeWorld();
  await world.connect();
  kit = new MirrorKit(world);
  before = world.hub.session.division ?? 0;
  division = before;
  asked = [];
  mirror = new Mirror({
    ...{ db: world.hub.store.db, client: world.hub.session.client, baseUrl: world.wire.url },
    ...{ clock: world.time, scheduler: world.time, conventions: DEFAULT_CONVENTIONS },
    division: () => division,
  });
  world.wire.storm = async (call, forward) => {
    const of = division;
    if (call.path.endsWith(CHECK)) {
      const body = Buffer.from(JSON.stringify({ d: { results: [{ DivisionMoveDate: null }] } }));
      return { status: 200, headers: { 'content-type': 'application/json' }, body };
    }
    const answer = await forward();
    asked.push({ owner: await owner(), division: of });
    if (call.path.endsWith('/Items')) change?.();
    return marked(answer, of);
  };
});
afterEach(async () => {
  await mirror.stop();
  await world.close();
});

/** The descriptions of an answer say which division it is of. */
function marked(answer: Answer, of: number): Answer {
  const text = answer.body.toString();
  const body = Buffer.from(text.replaceAll('"Description":"', `"Description":"of ${of}: `));
  return { ...answer, headers: { 'content-type': 'application/json' }, body };
}

async function owner(): Promise<string | undefined> {
  const found = await world.hub.store.db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', OWNER)
    .executeTakeFirst();
  return found?.value;
}

/** Lets the mirror work until nothing is due any more. */
async function work(): Promise<void> {
  const { time } = world;
  const read = () => kit.settle(new Promise<void>((done) => time.after(120_000, done)));
  await read();
}

async function rowsOf(which: number): Promise<number> {
  const rows = await world.hub.store.db
    .selectFrom('mirror_row')
    .select('id')
    .where('body', 'like', `%of ${which}: %`)
    .execute();
  return rows.length;
}

const ways = [
  [
    'after a stop',
    () => {
      void mirror.stop();
      division = before + 1;
      mirror.start();
    },
  ],
  [
    'without a stop, as after a new consent',
    () => {
      division = before + 1;
      mirror.start();
    },
  ],
] as const;

it.each(ways)('another division, %s: its rows alone, in a mirror of its own', async (_way, to) => {
  let since = 0;
  change = () => {
    change = undefined;
    to();
    since = asked.length;
  };
  mirror.start();
  await work();
  expect(since).toBeGreaterThan(0);
  const later = asked.slice(since);
  expect(later.length).toBeGreaterThan(10);
  // Wiped first: nothing was asked of the new one while the mirror was still the other's.
  expect(later.filter((call) => call.owner?.includes(` ${before + 1} `) !== true)).toEqual([]);
  expect(await rowsOf(before)).toBe(0);
  expect(await rowsOf(before + 1)).toBeGreaterThan(100);
});

it('there and back while a page is on its way: that page is not written', async () => {
  change = () => {
    change = undefined;
    void mirror.stop();
    division = before + 1;
    mirror.start();
    void mirror.stop();
    division = before;
  };
  mirror.start();
  await work();
  const items = await world.hub.store.db
    .selectFrom('mirror_row')
    .select('id')
    .where('entity', '=', 'Items')
    .execute();
  expect(items).toEqual([]);
  const count = asked.length;
  await work();
  expect(asked.length).toBe(count);
  mirror.start();
  await work();
  expect(await rowsOf(before)).toBeGreaterThan(100);
});
