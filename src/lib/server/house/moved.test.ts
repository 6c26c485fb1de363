// Which lists a start must read again because of what was booked before it, on a real journal.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { command, order, ORDER, plain } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { fault } from '../../domain/index.ts';
import { settlement } from '../../ledger/index.ts';
import type { SettledOutcome } from '../../ledger/index.ts';
import { bookedLately } from './moved.ts';

let place: ReturnType<typeof folder>;
let hub: TestHub;
beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
});
afterEach(async () => {
  await hub.stop();
  place.clean();
});

/** One receipt that ended so; the hub's clock when the journal heard of it. */
async function receipt(n: number, outcome: SettledOutcome): Promise<number> {
  await hub.writer.submit(command(n, plain(1, { posting: 'line-complete' })));
  const stored = await hub.writer.record((world, context) => {
    const postings = world.documents.get(ORDER)?.postings.values() ?? [];
    const open = [...postings].find(({ settled }) => settled === undefined);
    if (open === undefined) throw new Error('nothing was cut');
    const told = { posting: open.posting.id, document: ORDER, outcome };
    return settlement(world, told, context);
  });
  return stored.ok ? (stored.value[0]?.atMs ?? 0) : 0;
}

it('nothing was booked', async () => {
  expect([...(await bookedLately(hub.store.db))]).toEqual([]);
});

it('the newest of a kind counts, and what Exact refused does not', async () => {
  const posted = { kind: 'posted', exactId: 'x', documentNumber: '7' } as const;
  await receipt(1, posted);
  const atMs = await receipt(2, posted);
  await receipt(3, { kind: 'rejected', fault: fault('exact.rejected') });
  expect([...(await bookedLately(hub.store.db))]).toEqual([['goodsReceipt', atMs]]);
});
