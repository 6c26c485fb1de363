// What a station's copy of the hub's rows promises when the program is renewed around it.

import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { PROTOCOL } from '../protocol/index.ts';
import { loadPage, ORDER, ORDER_ROW } from '../../../tests/browser/world.ts';
import { commit } from './database.ts';
import { Replica } from './replica.ts';

let count = 0;
const freshName = () => `replica-${(count += 1)}`;
const everything = (replica: Replica) => replica.openOrders((order) => order);

/** As the program before this one kept a purchase order. */
const OLD_ROW = {
  ...ORDER_ROW,
  body: {
    ...{ id: ORDER.id, number: ORDER.number, supplierName: 'Van Dijk', supplierCode: 'VD' },
    ...{ warehouse: ORDER.warehouse, seq: 0 },
    lines: ORDER.lines.map(({ done, ...line }) => ({ ...line, received: done })),
  },
};

it('rows of another protocol are dropped, put nowhere, and asked for anew', async () => {
  const { db, replica } = await loadPage(freshName());
  await replica.apply({ rows: [ORDER_ROW], version: 7, complete: true });
  await commit(db, ['meta', 'replica'], async (tx) => {
    await tx.objectStore('replica').put(OLD_ROW);
    await tx.objectStore('meta').put(PROTOCOL - 1, 'replicaProtocol');
  });
  const after = new Replica(db);
  expect(await after.load()).toEqual({ ok: true, value: 0 });
  expect(after.version).toBe(0);
  expect(everything(after)).toEqual([]);
  expect(await db.count('replica')).toBe(0);
  expect(await db.count('quarantine')).toBe(0);
  // What comes now is kept, also over the next load of the page.
  await after.apply({ rows: [ORDER_ROW], version: 9, complete: true });
  const later = new Replica(db);
  await later.load();
  expect(later.version).toBe(9);
  expect(everything(later)).toEqual([ORDER]);
});

it('a copy from before copies said their protocol is of another one', async () => {
  const { db, replica } = await loadPage(freshName());
  await replica.apply({ rows: [ORDER_ROW], version: 7, complete: true });
  await commit(db, ['meta'], (tx) => tx.objectStore('meta').delete('replicaProtocol'));
  const after = new Replica(db);
  await after.load();
  expect(after.version).toBe(0);
});

it('a row that does not have the form of this protocol makes the copy one with a hole', async () => {
  const { db, replica } = await loadPage(freshName());
  await replica.apply({ rows: [ORDER_ROW], version: 7, complete: true });
  await commit(db, ['replica'], (tx) => tx.objectStore('replica').put(OLD_ROW));
  const after = new Replica(db);
  expect(await after.load()).toEqual({ ok: true, value: 1 });
  expect(after.version).toBe(0);
  expect(await db.count('quarantine')).toBe(1);
});
