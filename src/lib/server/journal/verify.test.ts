// Damage to a journal that was acknowledged is seen, and named.

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { folder, openAt } from '../../../../tests/torture/support/disk.ts';
import { batch, command, finish, order, plain } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import { canonical } from './canonical.ts';
import { openJournal } from './index.ts';

const DAY = [
  command(1, plain(1)),
  command(2, batch(2)),
  command(3, finish()),
  command(4, plain(99)),
];

describe('I-16: verify finds what was changed after it was acknowledged:', () => {
  const DAMAGE: [name: string, sql: string, entry: number][] = [
    ['a body', `UPDATE entry SET body = replace(body, '2', '3') WHERE seq = 2`, 2],
    ['a time', 'UPDATE entry SET at_ms = at_ms + 1 WHERE seq = 3', 3],
    ['a type', `UPDATE entry SET type = 'line-undone' WHERE seq = 1`, 1],
    ['a document', `UPDATE entry SET document = 'x' WHERE seq = 1`, 1],
    ['a hash', `UPDATE entry SET hash = 'x' WHERE seq = 4`, 4],
    ['one gone from the middle', 'DELETE FROM entry WHERE seq = 2', 2],
    ['the end cut off', 'DELETE FROM entry WHERE seq = 5', 5],
    ['a posting gone', 'DELETE FROM posting', 5],
  ];
  it.each(DAMAGE)('%s', async (_name, damage, entry) => {
    const place = folder();
    const file = join(place.path, 'hub.sqlite');
    const hub = await startHub(file, [order()]);
    for (const asked of DAY) await hub.writer.submit(asked);
    await hub.stop();
    const raw = new Sqlite(file);
    raw.pragma('foreign_keys = OFF');
    raw.exec('DROP TRIGGER entry_is_never_changed; DROP TRIGGER entry_is_never_removed');
    raw.exec(damage);
    raw.close();
    const store = await openAt(file);
    expect(await openJournal(store).verify()).toMatchObject({
      ok: false,
      entry,
      sentence: expect.stringContaining(`damaged at entry ${entry}`) as unknown,
    });
    await store.close();
    place.clean();
  });
});

describe('canonical', () => {
  it('is the same whatever the order of members, at every depth', () => {
    expect(canonical({ b: [{ d: 1, c: 'x' }], a: undefined })).toBe('{"b":[{"c":"x","d":1}]}');
  });
});
