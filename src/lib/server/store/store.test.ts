// The store on a real disk: who may open it, what is durable, what a failing machine looks like.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPart } from '../../../../tests/torture/support/child.ts';
import { clock, FaultCountdown, fillUp, folder } from '../../../../tests/torture/support/disk.ts';
import { makeSpace, openAt, random } from '../../../../tests/torture/support/disk.ts';
import { openStore, StorageFailure } from './index.ts';
import type { Database, Store } from './index.ts';
import { MIGRATIONS } from './migrations/index.ts';

let place: ReturnType<typeof folder>;
let file: string;
const open: Store[] = [];

beforeEach(() => {
  place = folder();
  file = join(place.path, 'deep', 'hub.sqlite');
});
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
  place.clean();
});

async function opened(...args: Parameters<typeof openAt> extends [string, ...infer R] ? R : never) {
  const store = await openAt(file, ...args);
  open.push(store);
  return store;
}

async function closed(store: Store): Promise<void> {
  open.splice(open.indexOf(store), 1);
  await store.close();
}

async function pragma(store: Store, name: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(store.db);
  return Object.values(rows[0] ?? {})[0];
}

/** Every column that the code believes in; the compiler keeps it complete. */
const COLUMNS: { [T in keyof Database]: Record<keyof Database[T], true> } = {
  photo: { id: true, received_ms: true, command: true, named: true, jpeg: true },
  meta: { key: true, value: true },
  entry: { seq: true, at_ms: true, type: true, document: true, body: true, hash: true },
  command: {
    id: true,
    station: true,
    station_seq: true,
    payload_hash: true,
    verdict: true,
    seq: true,
  },
  posting: {
    id: true,
    marker: true,
    kind: true,
    document: true,
    body: true,
    state: true,
    attempts: true,
    first_sent_ms: true,
    last_sent_ms: true,
    looked_up_count: true,
    next_at_ms: true,
    exact_id: true,
    document_number: true,
    fault: true,
    words: true,
    updated_ms: true,
    step: true,
    results: true,
  },
  replica_row: { kind: true, id: true, version: true, keys: true, body: true },
  mirror_row: {
    entity: true,
    id: true,
    body: true,
    timestamp: true,
    subject: true,
    link: true,
    live: true,
    seen: true,
  },
  sync_cursor: {
    entity: true,
    cursor: true,
    rows: true,
    expected: true,
    read: true,
    synced_ms: true,
    full_ms: true,
    fault: true,
  },
  exact_connection: {
    id: true,
    base_url: true,
    client_id: true,
    secret_cipher: true,
    division: true,
    tokens_cipher: true,
    issued_ms: true,
    state: true,
    updated_ms: true,
    origin: true,
    secret_set_ms: true,
    division_name: true,
    books: true,
    consented_ms: true,
    disconnected_ms: true,
    words: true,
    rights: true,
    lock_holder: true,
    lock_until_ms: true,
    token_calls: true,
  },
  call_slot: { day: true, slot: true, lane: true, calls: true, errors: true },
  tape: {
    session: true,
    workflow: true,
    revision: true,
    ...{ received_ms: true, events: true, cut: true, gzip: true },
  },
  workflow_revision: { workflow_set: true, at_ms: true, text: true, judgement: true },
  person: { id: true, name: true, badge: true, roles: true, since_ms: true },
  demand: { revision: true, at_ms: true, body: true },
};

describe('a second hub', () => {
  it('is refused with a sentence while the first one lives, and let in when it closed', async () => {
    const first = await opened();
    await expect(opened()).rejects.toMatchObject({
      kind: 'in-use',
      message: expect.stringContaining('Another hub is already working on') as unknown,
    });
    await closed(first);
    await opened();
  });

  it('of another process is refused until that one is killed with -9', async () => {
    const part = startPart('holder', file);
    await part.until('open');
    await expect(opened()).rejects.toMatchObject({ kind: 'in-use' });
    await part.kill();
    await opened();
  });
});

describe('a database of another time', () => {
  const step = { name: '0099-later', sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT' };
  const openWith = async (migrations: typeof MIGRATIONS) => {
    const store = await openStore({ file, clock, random, migrations });
    open.push(store);
    return store;
  };

  it('that newer code made is refused, and left as it is', async () => {
    await closed(await openWith([...MIGRATIONS, step]));
    await expect(opened()).rejects.toMatchObject({ kind: 'newer' });
    await openWith([...MIGRATIONS, step]);
  });

  it('that older code made is brought forward, and keeps its hub id', async () => {
    const older = await opened();
    await closed(older);
    const store = await openWith([...MIGRATIONS, step]);
    expect(store.hubId).toBe(older.hubId);
    expect(await pragma(store, 'table_info(later)')).toBe(0);
  });

  it('whose history was rewritten is refused', async () => {
    await closed(await openWith([...MIGRATIONS, step]));
    const rewritten = { ...step, sql: `${step.sql} ` };
    await expect(openWith([...MIGRATIONS, rewritten])).rejects.toMatchObject({ kind: 'changed' });
  });

  it('a migration that fails leaves nothing of itself', async () => {
    const broken = { name: 'broken', sql: `${step.sql}; CREATE NONSENSE` };
    await expect(openWith([...MIGRATIONS, broken])).rejects.toThrow();
    const store = await opened();
    expect(await pragma(store, 'table_info(later)')).toBeUndefined();
  });

  it('has the columns that the code believes in', async () => {
    const store = await opened();
    for (const [table, columns] of Object.entries(COLUMNS)) {
      const rows = await sql<{ name: string }>`
        SELECT name FROM pragma_table_info(${table})`.execute(store.db);
      expect(rows.rows.map(({ name }) => name).sort(), table).toEqual(Object.keys(columns).sort());
    }
  });
});

describe('I-16: durability', () => {
  it('synchronous is FULL at every open; a bare reopen would have been NORMAL', async () => {
    const first = await opened();
    expect(await pragma(first, 'synchronous')).toBe(2);
    await closed(first);
    const bare = new Sqlite(file);
    bare.pragma('journal_mode');
    expect(bare.pragma('synchronous', { simple: true })).toBe(1);
    bare.close();
    const again = await opened();
    expect(await pragma(again, 'synchronous')).toBe(2);
    expect(await pragma(again, 'journal_mode')).toBe('wal');
    expect(await pragma(again, 'foreign_keys')).toBe(1);
  });

  it('the journal cannot be rewritten through this door', async () => {
    const store = await opened();
    const row = { seq: 1, at_ms: 0, type: 'x', document: 'd', body: '{}', hash: 'h' };
    await store.db.insertInto('entry').values(row).execute();
    const change = store.db.updateTable('entry').set({ body: '[]' }).execute();
    await expect(change).rejects.toThrow('never changed');
    await expect(store.db.deleteFrom('entry').execute()).rejects.toThrow('never removed');
  });
});

describe('I-16: failures of the machine', () => {
  const put = (store: Store, key: string, chars = 10) =>
    store.db
      .insertInto('meta')
      .values({ key, value: 'x'.repeat(chars) })
      .execute();

  it('a full disk is a StorageFailure, and work goes on when there is space again', async () => {
    const store = await opened();
    await fillUp(store, 2);
    const big = put(store, 'big', 100_000);
    await expect(big).rejects.toBeInstanceOf(StorageFailure);
    await expect(big).rejects.toMatchObject({ kind: 'full' });
    await expect(
      store.transaction((tx) => tx.run('INSERT INTO meta VALUES (?, ?)', 'b', 'y'.repeat(100_000))),
    ).rejects.toMatchObject({ kind: 'full' });
    await makeSpace(store);
    await put(store, 'big', 100_000);
  });

  it('a database that may not be written is one', async () => {
    const store = await opened();
    await sql`pragma query_only = on`.execute(store.db);
    await expect(put(store, 'a')).rejects.toMatchObject({ kind: 'readonly' });
  });

  it('a damaged file is one, at the opening', async () => {
    await closed(await opened());
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x55, 0, 4096));
    await expect(opened()).rejects.toMatchObject({ name: 'StorageFailure', kind: 'corrupt' });
  });

  it('a folder that cannot be made is a sentence', async () => {
    await expect(openAt('/dev/null/x/hub.sqlite')).rejects.toMatchObject({ kind: 'cannot-open' });
  });

  it('a wrong statement is not: the program is at fault', async () => {
    const store = await opened();
    const wrong = sql`SELECT nonsense`.execute(store.db);
    await expect(wrong).rejects.not.toBeInstanceOf(StorageFailure);
    await put(store, 'a');
    await expect(put(store, 'a')).rejects.not.toBeInstanceOf(StorageFailure);
  });

  it('a transaction whose rollback fails too leaves nothing behind for the next one', async () => {
    const faults = new FaultCountdown();
    const store = await opened(faults);
    const insert = (key: string) =>
      store.transaction((tx) => tx.run('INSERT INTO meta VALUES (?, ?)', key, ''));
    faults.arm(3, { persistent: true, late: false });
    await expect(insert('lost')).rejects.toBeInstanceOf(StorageFailure);
    faults.disarm();
    await insert('kept');
    await store.db.transaction().execute(async (tx) => {
      await tx.insertInto('meta').values({ key: 'also', value: '' }).execute();
    });
    const keys = await store.db.selectFrom('meta').select('key').orderBy('key').execute();
    expect(keys.map(({ key }) => key)).toEqual(['also', 'hubId', 'kept']);
  });

  it('transactions of both kinds take turns', async () => {
    const store = await opened();
    const slow = store.db.transaction().execute(async (tx) => {
      await tx.insertInto('meta').values({ key: 'slow', value: '' }).execute();
      await new Promise((resolve) => setTimeout(resolve, 20));
      await tx.insertInto('meta').values({ key: 'slower', value: '' }).execute();
    });
    const quick = store.transaction((tx) => tx.all('SELECT key FROM meta ORDER BY key').length);
    expect(await quick).toBe(3);
    await slow;
  });
});
