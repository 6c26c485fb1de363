// The writer on a disk that fails, and under a wire that doubles and reorders.

import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clock,
  FaultCountdown,
  fillUp,
  folder,
  makeSpace,
  random,
} from '../../../../tests/torture/support/disk.ts';
import {
  command,
  finish,
  id,
  order,
  ORDER,
  plain,
  PLAIN,
} from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Command, SessionId, StationId, Verdict } from '../../domain/index.ts';
import { progress, withOrder, withoutOrder } from '../../ledger/index.ts';
import type { StatementWatch } from '../store/index.ts';
import type { JournalPort } from './ports.ts';
import { startWriter } from './writer.ts';

let place: ReturnType<typeof folder>;
let file: string;
let hub: TestHub | undefined;

beforeEach(() => {
  place = folder();
  file = join(place.path, 'hub.sqlite');
});
afterEach(async () => {
  await hub?.stop();
  hub = undefined;
  place.clean();
});

/** The hub on this test's file; another call restarts it. */
async function start(watch?: StatementWatch): Promise<TestHub> {
  await hub?.stop();
  hub = await startHub(file, [order()], watch);
  return hub;
}

async function journalOf({ journal }: TestHub) {
  const read = await journal.read(1, 10_000);
  if (!read.ok) throw read.failure;
  return read.value;
}

/** The journal's `verdicts`, which throws the first time, as only a fault of the program does. */
function breakOnce(journal: JournalPort): JournalPort['verdicts'] {
  let left = 1;
  return (asked) => {
    if (left-- > 0) throw new Error('planted');
    return journal.verdicts(asked);
  };
}

function portOf(journal: JournalPort): JournalPort {
  return {
    hashOf: (asked) => journal.hashOf(asked),
    commit: (commit) => journal.commit(commit),
    read: (from, limit) => journal.read(from, limit),
    entriesOf: (documents) => journal.entriesOf(documents),
    verdicts: (asked) => journal.verdicts(asked),
    numbersOf: (station) => journal.numbersOf(station),
  };
}

/** `count` commands of one station, a tenth of a piece each. */
function lines(station: number, count: number): Command[] {
  const who = { station: id<StationId>('a', station), session: id<SessionId>('a', 100 + station) };
  return Array.from({ length: count }, (_, at) =>
    command(station * 1000 + at, plain(0.1), { ...who, stationSeq: at + 1 }),
  );
}

describe('I-16: the disk fails', () => {
  it('full: nobody is told accepted, nothing moves, and it recovers by itself', async () => {
    const one = await start();
    await one.writer.submit(command(1, plain(1)));
    await fillUp(one.store, 0);
    const big = plain(1, { serials: [] });
    const commands = Array.from({ length: 60 }, (_, at) => command(at + 2, big));
    const verdicts = await Promise.all(commands.map((asked) => one.writer.submit(asked)));
    expect(verdicts.every(({ kind }) => kind === 'later')).toBe(true);
    expect(verdicts[0]).toMatchObject({ afterMs: LIMITS.hubStorageMs });
    expect(verdicts[0]).toMatchObject({ fault: { code: 'hub.storage', data: { kind: 'full' } } });
    expect(one.writer.world().seq).toBe(1);
    expect(one.writer.trouble()).toMatchObject({ kind: 'full' });
    await makeSpace(one.store);
    const again = await Promise.all(commands.map((asked) => one.writer.submit(asked)));
    expect(again.filter(({ kind }) => kind === 'accepted')).toHaveLength(9);
    expect(one.writer.trouble()).toBeUndefined();
    expect(one.alarms.map(({ kind }) => kind)).toEqual(['storage', 'recovered']);
  });

  it('what the mirror said in a batch that failed still holds', async () => {
    const one = await start();
    await fillUp(one.store, 0);
    const all = lines(1, 90).map((asked) => one.writer.submit(asked));
    await one.writer.withWorld((world) => withoutOrder(world, ORDER));
    expect((await Promise.all(all)).every(({ kind }) => kind === 'later')).toBe(true);
    expect(one.writer.world().orders.has(ORDER)).toBe(false);
    await makeSpace(one.store);
  });

  it('and so does whoever reports it: commands are answered, and it recovers by itself', async () => {
    const one = await start();
    const { journal } = one;
    const report = () => {
      throw new Error('the log is full too');
    };
    const writer = await startWriter({ journal, clock, random, report });
    await writer.withWorld((world) => withOrder(world, order()));
    await fillUp(one.store, 0);
    const commands = Array.from({ length: 60 }, (_, at) => command(at + 1, plain(0.1)));
    const verdicts = await Promise.all(commands.map((asked) => writer.submit(asked)));
    expect(verdicts.map(({ kind }) => kind)).toEqual(Array(60).fill('later'));
    await makeSpace(one.store);
    const again = await Promise.all(commands.map((asked) => writer.submit(asked)));
    expect(again.map(({ kind }) => kind)).toEqual(Array(60).fill('accepted'));
    expect(writer.trouble()).toBeUndefined();
    const broken = writer.withWorld((world) => ({ ...world, seq: 999 }));
    await expect(broken).rejects.toMatchObject({ name: 'BrokenLaw' });
    await writer.close();
  });

  it('machinery that breaks and cannot report it: its batch hears, the next one goes on', async () => {
    const one = await start();
    const journal = { ...portOf(one.journal), verdicts: breakOnce(one.journal) };
    const report = () => {
      throw new Error('the log is full too');
    };
    const writer = await startWriter({ journal, clock, random, report });
    await writer.withWorld((world) => withOrder(world, order()));
    await expect(writer.submit(command(1, plain(1)))).rejects.toThrow('planted');
    expect(await writer.submit(command(1, plain(1)))).toMatchObject({ kind: 'accepted' });
    await writer.close();
  });

  const ways = [
    { persistent: false, late: false },
    { persistent: true, late: false },
    { persistent: false, late: true },
    { persistent: true, late: true },
  ];
  it.each(ways)(
    'at any statement (persistent: $persistent, late: $late): what was told holds, once',
    async (how) => {
      const faults = new FaultCountdown();
      const one = await start(faults);
      const told = new Map<Command, Verdict>();
      let last = 0;
      for (let n = 1; n < 60; n += 1) {
        const day = [plain(0.01), finish(), plain(99)].map((payload) =>
          command((last += 1), payload),
        );
        faults.arm(n, how);
        const verdicts = await Promise.all(day.map((asked) => one.writer.submit(asked)));
        const struck = faults.struck;
        faults.disarm();
        for (const [at, asked] of day.entries()) {
          const first = verdicts[at];
          const again = await one.writer.submit(asked);
          expect(again.kind).not.toBe('later');
          if (first?.kind !== 'later') expect(again).toEqual({ ...first, again: true });
          told.set(asked, again);
        }
        if (!struck) break;
        expect(n).toBeLessThan(59);
      }
      const reopened = await start();
      expect(await reopened.journal.verify()).toMatchObject({ ok: true });
      for (const [asked, verdict] of told) {
        expect(await reopened.writer.submit(asked)).toEqual({ ...verdict, again: true });
      }
      const bodies = (await journalOf(reopened)).map(({ body }) => body.type);
      expect(bodies.filter((type) => type === 'line-received')).toHaveLength(told.size / 3);
      expect(bodies.filter((type) => type === 'command-refused')).toHaveLength(told.size / 3);
    },
  );
});

describe('I-02 I-06 I-09: several stations, every message 0 to 3 times, in any order', () => {
  it('each command is in the journal once, in its station order, never over', async () => {
    const one = await start();
    let run = 0;
    const wire = fc.record({
      shuffle: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }),
      times: fc.array(fc.nat({ max: 3 }), { minLength: 20, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(wire, async ({ shuffle, times }) => {
        run += 1;
        const document = id('d', 1000 + run) as string;
        const here = { ...order(), id: document };
        await one.writer.withWorld((world) => ({
          ...world,
          orders: world.orders.set(document, here),
        }));
        const sent = [1, 2].flatMap((station) =>
          lines(station + 10 * run, 10).map((asked) => ({
            ...asked,
            payload: plain(1, { document, tolerance: 0.1 }),
          })),
        );
        const heard = new Map<string, number>();
        const hear = (asked: Command, verdict: Verdict) => {
          if (verdict.kind === 'later') return;
          expect(heard.get(asked.id) ?? verdict.seq).toBe(verdict.seq);
          heard.set(asked.id, verdict.seq);
        };
        // The hub knows both stations; a new one is a test of its own.
        const known = sent.filter(({ stationSeq }) => stationSeq === 1);
        await Promise.all(known.map(async (asked) => hear(asked, await one.writer.submit(asked))));
        const deliveries = sent
          .flatMap((asked, at) => Array.from({ length: times[at] ?? 0 }, () => asked))
          .map((asked, at) => ({ asked, key: shuffle[at] ?? 0 }))
          .sort((a, b) => a.key - b.key);
        await Promise.all(
          deliveries.map(async ({ asked }) => hear(asked, await one.writer.submit(asked))),
        );
        // The healing phase: each station sends all it has, in order.
        for (const asked of sent) hear(asked, await one.writer.submit(asked));
        expect(heard.size).toBe(sent.length);
        for (const station of [sent.slice(0, 10), sent.slice(10)]) {
          const seqs = station.map((asked) => heard.get(asked.id) ?? 0);
          expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
        }
        expect(progress(one.writer.world(), document).get(PLAIN.line)?.pending).toBe(11);
      }),
      { numRuns: 60 },
    );
    const ids = (await journalOf(one)).flatMap(({ body }) => ('by' in body ? body.by.command : []));
    expect(new Set(ids).size).toBe(ids.length);
  }, 60_000);
});
