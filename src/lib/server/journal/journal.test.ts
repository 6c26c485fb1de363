// The journal on a real database: what goes in comes out, whole or not at all.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FaultCountdown,
  fillUp,
  folder,
  makeSpace,
  openAt,
} from '../../../../tests/torture/support/disk.ts';
import {
  batch,
  command,
  contextOf,
  finish,
  order,
  ORDER,
  plain,
  worldWith,
} from '../../../../tests/torture/support/goods.ts';
import { fault } from '../../domain/index.ts';
import type { Command } from '../../domain/index.ts';
import { decide, fold, settlement } from '../../ledger/index.ts';
import type { World } from '../../ledger/index.ts';
import type { StatementWatch, Store } from '../store/index.ts';
import { openJournal } from './index.ts';
import type { Commit, FinalVerdict, JournalStore, Stored } from './index.ts';

let place: ReturnType<typeof folder>;
let file: string;
let store: Store | undefined;

beforeEach(() => {
  place = folder();
  file = join(place.path, 'hub.sqlite');
});
afterEach(async () => {
  await store?.close();
  store = undefined;
  place.clean();
});

async function opened(watch?: StatementWatch): Promise<JournalStore> {
  await store?.close();
  store = await openAt(file, watch);
  return openJournal(store);
}

/** What the writer would commit for these commands, and the world after it. */
function batchOf(journal: JournalStore, world: World, ...commands: Command[]) {
  const commit: { entries: Commit['entries'][number][]; commands: Commit['commands'][number][] } = {
    entries: [],
    commands: [],
  };
  for (const made of commands) {
    const { entries, verdict } = decide(world, made, contextOf(world));
    if (verdict.kind === 'later') throw new Error('never later');
    commit.entries.push(...entries);
    const how = { hash: journal.hashOf(made), counts: true, idReused: false };
    commit.commands.push({ command: made, verdict, ...how });
    world = entries.reduce(fold, world);
  }
  return { commit, world };
}

function valueOf<T>(stored: Stored<T>): T {
  if (!stored.ok) throw stored.failure;
  return stored.value;
}

const fresh = worldWith(order());
const DAY = [
  command(1, plain(1)),
  command(2, batch(2)),
  command(3, finish()),
  command(4, plain(99)),
];

/** How many rows each table holds that a commit may touch. */
async function counts() {
  const of = async (table: 'entry' | 'command' | 'posting') => {
    const row = await store?.db
      .selectFrom(table)
      .select((build) => build.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    return row?.count;
  };
  return {
    entries: await of('entry'),
    commands: await of('command'),
    postings: await of('posting'),
  };
}

describe('commit', () => {
  it('keeps entries, verdicts and postings, and gives them back as they were', async () => {
    const journal = await opened();
    const { commit } = batchOf(journal, fresh, ...DAY);
    expect(await journal.commit(commit)).toEqual({ ok: true, value: undefined });
    const reopened = await opened();
    expect(valueOf(await reopened.read(1, 100))).toEqual(commit.entries);
    expect(valueOf(await reopened.read(3, 2))).toEqual(commit.entries.slice(2, 4));
    const asked = DAY.map(({ id }, at) => ({ id, hash: commit.commands[at]?.hash ?? '' }));
    const verdicts = new Map<string, FinalVerdict>();
    for (const { id, verdict } of valueOf(await reopened.verdicts(asked)))
      verdicts.set(id, verdict);
    expect(DAY.map(({ id }) => verdicts.get(id))).toEqual(commit.commands.map((it) => it.verdict));
    const [first] = DAY;
    const numbers = await reopened.numbersOf(first?.station ?? ('' as never));
    expect(valueOf(numbers)).toEqual({ first: 1, last: 4 });
    expect(await reopened.verify()).toEqual({ ok: true, entries: 5 });
  });

  it('makes the row of a posting with its cut and finishes it with its settlement', async () => {
    const journal = await opened();
    const { commit, world } = batchOf(journal, fresh, ...DAY);
    await journal.commit(commit);
    const row = () => store?.db.selectFrom('posting').selectAll().executeTakeFirstOrThrow();
    const ready = await row();
    expect(ready).toMatchObject({
      state: 'ready',
      attempts: 0,
      kind: 'goodsReceipt',
      document: ORDER,
    });
    const cut = commit.entries[3]?.body;
    expect(JSON.parse(ready?.body ?? '')).toEqual(cut?.type === 'posting-cut' ? cut.posting : 0);
    const posting = cut?.type === 'posting-cut' ? cut.posting.id : ('' as never);
    const rejected = { kind: 'rejected', fault: fault('exact.rejected', { status: 400 }) } as const;
    const no = settlement(world, { posting, document: ORDER, outcome: rejected }, contextOf(world));
    await journal.commit({ entries: no, commands: [] });
    expect(await row()).toMatchObject({ state: 'rejected', fault: JSON.stringify(rejected.fault) });
    const after = no.reduce(fold, world);
    const posted = { kind: 'posted', exactId: 'guid', documentNumber: '42' } as const;
    const yes = settlement(after, { posting, document: ORDER, outcome: posted }, contextOf(after));
    await journal.commit({ entries: yes, commands: [] });
    const done = { state: 'posted', exact_id: 'guid', document_number: '42', fault: null };
    expect(await row()).toMatchObject(done);
  });

  it('I-03: a settlement leaves a second one that was found meanwhile with its posting', async () => {
    const journal = await opened();
    const { commit, world } = batchOf(journal, fresh, ...DAY);
    await journal.commit(commit);
    const cut = commit.entries[3]?.body;
    const posting = cut?.type === 'posting-cut' ? cut.posting.id : ('' as never);
    const found = JSON.stringify(fault('exact.duplicate', { numbers: '42, 43' }));
    await store?.db.updateTable('posting').set({ state: 'posted', fault: found }).execute();
    const posted = { kind: 'posted', exactId: 'guid', documentNumber: '42' } as const;
    const yes = settlement(world, { posting, document: ORDER, outcome: posted }, contextOf(world));
    await journal.commit({ entries: yes, commands: [] });
    const row = await store?.db.selectFrom('posting').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ state: 'posted', document_number: '42', fault: found });
  });

  it('knows nothing of what it never heard', async () => {
    const journal = await opened();
    const [one] = DAY;
    if (one === undefined) throw new Error('no day');
    expect(valueOf(await journal.verdicts([{ id: one.id, hash: 'x' }]))).toEqual([]);
    expect(valueOf(await journal.numbersOf(one.station))).toBeUndefined();
    expect(await journal.verify()).toEqual({ ok: true, entries: 0 });
  });

  it('I-02: the database itself refuses a command or a number twice', async () => {
    const journal = await opened();
    const first = batchOf(journal, fresh, command(1, plain(1)));
    await journal.commit(first.commit);
    const again = batchOf(journal, first.world, command(2, plain(1), { stationSeq: 1 }));
    await expect(journal.commit(again.commit)).rejects.toThrow('UNIQUE');
    expect(await counts()).toEqual({ entries: 1, commands: 1, postings: 0 });
  });
});

describe('I-05 I-16: the n-th statement fails, for n = 1, 2, 3 … until none does:', () => {
  const ways = [
    { persistent: false, late: false },
    { persistent: true, late: false },
    { persistent: false, late: true },
    { persistent: true, late: true },
  ];
  it.each(ways)('all or nothing, persistent: $persistent, late: $late', async (how) => {
    const faults = new FaultCountdown();
    const journal = await opened(faults);
    const before = batchOf(journal, fresh, command(1, plain(1)));
    await journal.commit(before.commit);
    const had = await counts();
    let { world } = before;
    let [done, struck] = [0, 0];
    for (let n = 1; n < 100; n += 1) {
      const day = [command(10 * n, plain(0.01), { stationSeq: 10 * n })];
      day.push(command(10 * n + 1, finish(), { stationSeq: 10 * n + 1 }));
      const { commit, world: next } = batchOf(journal, world, ...day);
      faults.arm(n, how);
      const outcome = await journal.commit(commit);
      struck += faults.struck ? 1 : 0;
      const touched = faults.struck;
      faults.disarm();
      const read = valueOf(await journal.read(world.seq + 1, 100));
      expect([0, commit.entries.length], `n = ${n}`).toContain(read.length);
      if (outcome.ok) expect(read, `n = ${n}: said and done`).toEqual(commit.entries);
      if (read.length > 0) {
        world = next;
        done += 1;
      }
      if (!touched) break;
    }
    expect(struck).toBeGreaterThan(5);
    expect(done).toBeGreaterThan(0);
    const reopened = await opened();
    expect(await reopened.verify()).toEqual({ ok: true, entries: world.seq });
    expect(await counts()).toEqual({
      entries: world.seq,
      commands: (had.commands ?? 0) + 2 * done,
      postings: done,
    });
  });
});

describe('I-16: a full disk', () => {
  /** Commits until the disk is full, makes space, and looks. */
  async function fill(grow: () => Promise<void>): Promise<void> {
    const journal = await opened();
    let world = fresh;
    let n = 0;
    const next = async () => {
      n += 1;
      const { commit, world: after } = batchOf(journal, world, command(n, plain(0.001)));
      const outcome = await journal.commit(commit);
      if (outcome.ok) world = after;
      else n -= 1;
      return outcome;
    };
    await next();
    await grow();
    let outcome = await next();
    for (let tries = 0; outcome.ok && tries < 20_000; tries += 1) outcome = await next();
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'full' } });
    expect(await next()).toMatchObject({ ok: false });
    const full = valueOf(await journal.read(world.seq, 10));
    expect(full.map(({ seq }) => seq)).toEqual([world.seq]);
    if (store !== undefined) await makeSpace(store);
  }

  it('of pages: refuses, lies about nothing, goes on when there is space', async () => {
    await fill(async () => {
      if (store !== undefined) await fillUp(store, 6);
    });
    const journal = await opened();
    expect(await journal.verify()).toMatchObject({ ok: true });
  });

  it.runIf(canMount())('of a real, small file system', async () => {
    const disk = join(place.path, 'small');
    execFileSync('mkdir', [disk]);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
    file = join(disk, 'hub.sqlite');
    try {
      await fill(async () => undefined);
      expect(await (await opened()).verify()).toMatchObject({ ok: true });
    } finally {
      await store?.close();
      store = undefined;
      execFileSync('umount', [disk]);
    }
  });
});

/** Whether this machine lets us make a small disk. */
function canMount(): boolean {
  const { path, clean } = folder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', path], { stdio: 'ignore' });
    execFileSync('umount', [path]);
    return true;
  } catch {
    return false;
  } finally {
    clean();
  }
}
