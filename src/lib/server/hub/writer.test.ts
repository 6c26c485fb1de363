// The hub's one writer on a real database: duplicates, the order of stations, group commit.

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FaultCountdown, folder } from '../../../../tests/torture/support/disk.ts';
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
import type { Command, SessionId, StationId } from '../../domain/index.ts';
import { progress, settlement, withoutOrder } from '../../ledger/index.ts';
import type { StatementWatch } from '../store/index.ts';

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

const received = (one: TestHub) => progress(one.writer.world(), ORDER).get(PLAIN.line);

/** `count` commands of one station, a tenth of a piece each. */
function lines(station: number, count: number): Command[] {
  const who = { station: id<StationId>('a', station), session: id<SessionId>('a', 100 + station) };
  return Array.from({ length: count }, (_, at) =>
    command(station * 1000 + at, plain(0.1), { ...who, stationSeq: at + 1 }),
  );
}

describe('I-02: the writer and duplicates', () => {
  it('answers a command that comes again with its first verdict, also after a restart', async () => {
    const asked = command(1, plain(1));
    const refused = command(2, plain(99));
    const first = await start();
    const both = [await first.writer.submit(asked), await first.writer.submit(refused)];
    expect(both).toMatchObject([
      { kind: 'accepted', seq: 1 },
      { kind: 'refused', seq: 2 },
    ]);
    const later = await start();
    expect(await later.writer.submit(asked)).toEqual({ ...both[0], again: true });
    expect(await later.writer.submit(refused)).toEqual({ ...both[1], again: true });
    expect(await journalOf(later)).toHaveLength(2);
  });

  it('answers twins in one batch alike', async () => {
    const { writer } = await start();
    const asked = command(1, plain(1));
    const twins = await Promise.all([writer.submit(asked), writer.submit(asked)]);
    expect(twins).toEqual([
      { kind: 'accepted', seq: 1 },
      { kind: 'accepted', seq: 1, again: true },
    ]);
  });

  it('refuses an id with another payload, alarms, keeps it, and goes on', async () => {
    const one = await start();
    await one.writer.submit(command(1, plain(1)));
    const twisted = command(1, plain(2), { stationSeq: 2 });
    const verdict = await one.writer.submit(twisted);
    expect(verdict).toMatchObject({ kind: 'refused', seq: 2, fault: { code: 'ledger.id-reused' } });
    expect(await one.writer.submit(twisted)).toEqual({ ...verdict, again: true });
    expect(one.alarms).toMatchObject([{ kind: 'id-reused', command: twisted }]);
    expect(await one.writer.submit(command(3, plain(1)))).toMatchObject({ kind: 'accepted' });
    expect(await journalOf(one)).toHaveLength(3);
    expect(await (await start()).journal.verify()).toEqual({ ok: true, entries: 3 });
    expect(received(await start())?.pending).toBe(2);
  });

  it('the same act under a new station name is the same act: it gets its first answer', async () => {
    const { writer } = await start();
    const first = await writer.submit(command(1, plain(1)));
    const renamed = command(1, plain(1), { station: id<StationId>('a', 2), stationSeq: 9 });
    expect(await writer.submit(renamed)).toEqual({ ...first, again: true });
    // Another act under a taken id stays refused, whoever brings it.
    const forged = command(1, plain(2), { station: id<StationId>('a', 2) });
    expect(await writer.submit(forged)).toMatchObject({ fault: { code: 'ledger.id-reused' } });
  });
});

describe('the order of a station', () => {
  it('a gap is put off with the number that is missing', async () => {
    const { writer } = await start();
    await writer.submit(command(1, plain(1)));
    const early = await writer.submit(command(3, plain(1)));
    expect(early).toMatchObject({ kind: 'later', expect: 2 });
    await writer.submit(command(2, plain(1)));
    expect(await writer.submit(command(3, plain(1)))).toMatchObject({ kind: 'accepted' });
  });

  it('a new command with a used number is refused and kept: its goods were green (I-01)', async () => {
    const one = await start();
    await one.writer.submit(command(1, plain(1)));
    const late = await one.writer.submit(command(7, plain(1), { stationSeq: 1 }));
    expect(late).toMatchObject({ kind: 'refused', fault: { code: 'ledger.invalid' } });
    expect((await journalOf(one)).map(({ body }) => body.type)).toEqual([
      'line-received',
      'command-refused',
    ]);
    expect(await one.writer.submit(command(2, plain(1)))).toMatchObject({ kind: 'accepted' });
  });

  it('a station that the hub does not know may begin anywhere', async () => {
    const { writer } = await start();
    expect(await writer.submit(command(40, plain(1)))).toMatchObject({ kind: 'accepted' });
    expect(await writer.submit(command(42, plain(1)))).toMatchObject({ expect: 41 });
  });

  it('a new station whose first command was overtaken loses nothing (I-01)', async () => {
    const faults = new FaultCountdown();
    const { writer } = await start(faults);
    faults.arm(1, { persistent: false, late: false });
    expect(await writer.submit(command(1, plain(1)))).toMatchObject({ kind: 'later' });
    expect(await writer.submit(command(2, plain(2)))).toMatchObject({ kind: 'accepted' });
    const late = await writer.submit(command(1, plain(1)));
    expect(late).toMatchObject({ kind: 'accepted' });
    expect(await writer.submit(command(1, plain(1)))).toEqual({ ...late, again: true });
    expect(await writer.submit(command(3, plain(1)))).toMatchObject({ kind: 'accepted' });
  });

  it('a refused command uses up its number', async () => {
    const { writer } = await start();
    await writer.submit(command(1, plain(99)));
    expect(await writer.submit(command(2, plain(1)))).toMatchObject({ kind: 'accepted' });
  });
});

describe('group commit', () => {
  it('takes what waits into one commit, and goes on with the rest', async () => {
    const watch = new (class implements StatementWatch {
      commits = 0;
      after(sql: string): void {
        if (sql === 'commit') this.commits += 1;
      }
    })();
    const { writer } = await start(watch);
    const before = watch.commits;
    const verdicts = await Promise.all(lines(1, 250).map((one) => writer.submit(one)));
    expect(verdicts.filter(({ kind }) => kind === 'accepted')).toHaveLength(100);
    expect(watch.commits - before).toBe(2);
  });

  it('tells what became durable, in order, after the answers', async () => {
    const { writer } = await start();
    const heard: number[] = [];
    const end = writer.onCommitted((entries, world) => {
      heard.push(...entries.map(({ seq }) => seq));
      expect(world.seq).toBe(heard.at(-1));
    });
    await Promise.all(lines(1, 5).map((one) => writer.submit(one)));
    await writer.submit(lines(1, 6)[5] ?? command(1, plain(1)));
    expect(heard).toEqual([1, 2, 3, 4, 5, 6]);
    end();
    await writer.submit(lines(2, 1)[0] ?? command(1, plain(1)));
    expect(heard).toHaveLength(6);
  });

  it('I-17: beyond LIMITS.writerQueue a command is put off', async () => {
    const { writer } = await start();
    const all = lines(1, LIMITS.writerQueue + 3).map((one) => writer.submit(one));
    const late = await Promise.all(all.slice(-3));
    expect(late.map((one) => one.kind === 'later' && one.fault.code)).toEqual(
      Array(3).fill('hub.busy'),
    );
    await Promise.all(all);
  }, 60_000);

  it('after close every command is put off', async () => {
    const { writer } = await start();
    const waiting = writer.submit(command(1, plain(1)));
    await writer.close();
    expect(await waiting).toMatchObject({ kind: 'accepted' });
    expect(await writer.submit(command(2, plain(1)))).toMatchObject({ kind: 'later' });
  });
});

describe('other entries and changes', () => {
  it('record: a settlement goes the same way as commands, and nothing is nothing', async () => {
    const one = await start();
    await one.writer.submit(command(1, plain(4)));
    await one.writer.submit(command(2, finish()));
    const [posting] = one.writer.world().documents.get(ORDER)?.postings.keys() ?? [];
    if (posting === undefined) throw new Error('no posting');
    const outcome = { kind: 'posted', exactId: 'x', documentNumber: '9' } as const;
    const settle = () =>
      one.writer.record((world, context) =>
        settlement(world, { posting, document: ORDER, outcome }, context),
      );
    expect(await settle()).toMatchObject({ ok: true, value: [{ seq: 4 }] });
    expect(await settle()).toEqual({ ok: true, value: [] });
    expect(received(await start())).toEqual({ received: 4, pending: 0, exception: 0 });
  });

  it('withWorld: the mirror speaks between commits, in its turn', async () => {
    const { writer } = await start();
    const verdicts = await Promise.all([
      writer.submit(command(1, plain(1))),
      writer.withWorld((world) => withoutOrder(world, ORDER)),
      writer.submit(command(2, plain(1))),
    ]);
    expect([verdicts[0].kind, verdicts[2]]).toMatchObject([
      'accepted',
      { fault: { code: 'ledger.unknown-document' } },
    ]);
  });

  it('an act that breaks a law stops alone', async () => {
    const one = await start();
    const outcomes = await Promise.allSettled([
      one.writer.submit(command(1, plain(1))),
      one.writer.record(() => {
        throw new Error('broken');
      }),
      one.writer.withWorld((world) => ({ ...world, seq: 99 })),
      one.writer.submit(command(2, plain(1))),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(one.alarms).toMatchObject([{ kind: 'broken' }, { kind: 'broken' }]);
    expect(await journalOf(one)).toHaveLength(2);
  });
});
