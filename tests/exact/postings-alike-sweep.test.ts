// I-03, second half, for receipts out of a shop order: they carry no marker, and by-products have no
// number but their order's. What Exact did twice is told nevertheless, and what it did once is not.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Posting } from '../../src/lib/domain/index.ts';
import type { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import { TRACKINGS } from './posting-goods.ts';
import type { Tracking } from './posting-goods.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { sweepOf, watchOf } from './sweeping.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;
/** Long after it was sent once more. */
const LATE_MS = 40 * 60_000;

let kit: PostingKit;
let watch: MarkerWatch;
beforeEach(async () => {
  kit = await PostingKit.make();
  watch = watchOf(kit);
});
afterEach(async () => {
  await watch.stop();
  await kit.world.close();
});

const KINDS = ['shopOrderReceipt', 'byProductReceipt'] as const;

const PATHS = {
  shopOrderReceipt: 'manufacturing/ShopOrderReceipts',
  byProductReceipt: 'manufacturing/ByProductReceipts',
} as const;

/** Sent once more after a silence; of the first try Exact lost all, or it lies somewhere. */
async function sentTwice(
  kind: (typeof KINDS)[number],
  first: object,
  tracking: Tracking = 'plain',
): Promise<Posting> {
  const posting = await kit.put(kind, tracking);
  const match = { method: 'POST', path: PATHS[kind] };
  await kit.world.control('faults', { ...first, match });
  expect(await kit.after(posting, 4 * SETTLE_MS)).toMatchObject({
    ...{ state: 'posted', attempts: 2, fault: null },
  });
  expect(kit.documents(posting)).toHaveLength(1);
  return posting;
}

const LOST = { kind: 'lose-request' };
const LATE = { kind: 'apply-later', delayMs: LATE_MS, answer: 'lost' };

/** The evening comes, and with it what had been lying somewhere. */
async function comesLate(posting: Posting): Promise<void> {
  await kit.after(posting, HOUR_MS);
  kit.world.sim.simulation.tick();
  expect(kit.documents(posting)).toHaveLength(2);
}

describe.each(KINDS)('a %s that was sent once more', (kind) => {
  it('I-03: and that Exact did both times, in the end, goes to a person', async () => {
    const posting = await sentTwice(kind, LATE);
    await comesLate(posting);
    expect(await sweepOf(kit, watch)).toMatchObject({
      findings: [{ kind: 'several', marker: posting.marker }],
    });
    const view = await kit.after(posting);
    expect(view).toMatchObject({ state: 'posted', fault: { code: 'exact.duplicate' } });
  });

  it.each(TRACKINGS)('and that Exact did once is no double: %s', async (tracking) => {
    const posting = await sentTwice(kind, LOST, tracking);
    expect(await sweepOf(kit, watch)).toMatchObject({ findings: [] });
    expect(await kit.after(posting)).toMatchObject({ state: 'posted', fault: null });
  });

  it('I-03: and that a person saw in Exact is told of when there are two, not when it is the one', async () => {
    const posting = await sentTwice(kind, LATE);
    const number = (await kit.stateOf(posting.id))?.documentNumber ?? '';
    expect(number).not.toBe('');
    // As `confirm` leaves it: a number that was read on a screen, and no id.
    const confirmed = kit.world.hub.store.db.updateTable('posting').set({ exact_id: '' });
    await confirmed.where('id', '=', posting.id).execute();
    expect(await sweepOf(kit, watch)).toMatchObject({ findings: [] });
    await comesLate(posting);
    expect(await sweepOf(kit, watch)).toMatchObject({ findings: [{ kind: 'several' }] });
  });
});
