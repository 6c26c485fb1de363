// The ground under every browser test: it is a real Chromium, with the stores and the sound that
// the kiosk relies on, and each test page may write to IndexedDB with strict durability.

import { openDB } from 'idb';
import { expect, it } from 'vitest';

it('runs in a real Chromium that has IndexedDB, Web Locks and WebAudio', () => {
  expect(navigator.userAgent).toMatch(/Chrome\/\d+/);
  expect(typeof indexedDB.open).toBe('function');
  expect(typeof navigator.locks.request).toBe('function');
  expect(typeof AudioContext).toBe('function');
});

it('completes an IndexedDB transaction that asks for strict durability', async () => {
  const name = `ground-${crypto.randomUUID()}`;
  const db = await openDB(name, 1, { upgrade: (fresh) => fresh.createObjectStore('rows') });
  const tx = db.transaction('rows', 'readwrite', { durability: 'strict' });
  expect(tx.durability).toBe('strict');
  await tx.store.put('written', 1);
  await tx.done;
  expect(await db.get('rows', 1)).toBe('written');
  db.close();
  indexedDB.deleteDatabase(name);
});
