// Other material than planned on its way into the simulator's shop order: a plan line for it, the issue
// on that, and as much less on the line it replaced, each once, whatever happens to an answer.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PostingOf } from '../../src/lib/domain/index.ts';
import { PLANNED_INSTEAD } from './posting-goods.ts';
import type { Tracking } from './posting-goods.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 30_000 });

let kit: PostingKit;
beforeAll(async () => {
  kit = await PostingKit.make();
});
afterAll(async () => {
  await kit.world.close();
});

/** Longer than two look-ups far apart and Exact's daily maintenance between them. */
const LONG_MS = 14 * SETTLE_MS;
const PLANS = 'manufacturing/ShopOrderMaterialPlans';

type Substitution = PostingOf<'materialSubstitution'>;

async function put(tracking: Tracking = 'plain'): Promise<Substitution> {
  const posting = await kit.put('materialSubstitution', tracking);
  if (posting.kind !== 'materialSubstitution') throw new Error('a substitution is one');
  return posting;
}

const planned = ({ plan }: Substitution) =>
  kit.sql('SELECT "PlannedQuantity" AS n FROM "ShopOrderMaterialPlans" WHERE "ID" = ?', plan)[0]?.[
    'n'
  ];
const made = ({ marker }: Substitution) =>
  kit.sql('SELECT * FROM "ShopOrderMaterialPlans" WHERE "Notes" = ?', marker);

/** It is in Exact once: line, issue and what is planned of the line that was replaced. */
async function once(posting: Substitution): Promise<void> {
  const view = await kit.stateOf(posting.id);
  expect(view, view?.words ?? '').toMatchObject({ state: 'posted', fault: null });
  const [line, second] = made(posting);
  expect(second).toBeUndefined();
  expect(line).toMatchObject({ Item: posting.item, PlannedQuantity: posting.quantity });
  expect(kit.documents(posting)).toMatchObject([
    { ShopOrderMaterialPlan: line?.['ID'], Quantity: posting.quantity },
  ]);
  expect(kit.documents(posting)).toHaveLength(1);
  expect(view?.exactId).toBe(kit.documents(posting)[0]?.['StockTransactionId']);
  expect(planned(posting)).toBe(PLANNED_INSTEAD - posting.quantity);
  expect(kit.drafts()).toEqual([]);
}

const CALLS = [
  ['the plan line', 'POST', PLANS],
  ['the draft of its batch', 'POST', 'inventory/StockBatchNumbers'],
  ['the issue', 'POST', 'manufacturing/MaterialIssues'],
  ['the lower plan line', 'PUT', PLANS],
] as const;

describe.each(CALLS)('I-03: an answer is lost at %s', (_what, method, path) => {
  it.each(['lose-answer', 'lose-request'])('%s: everything once', async (kind) => {
    const posting = await put('batch');
    await kit.world.control('faults', { kind, match: { method, path } });
    await kit.after(posting, LONG_MS);
    await once(posting);
  });

  it('and the hub dies before it heard: everything once', async () => {
    const posting = await put('batch');
    await kit.world.control('faults', { kind: 'lose-answer', match: { method, path } });
    await kit.killedEachTurn(14);
    await kit.after(posting, LONG_MS);
    await once(posting);
  });
});

it('I-04: refused at the plan, nothing of it is in Exact', async () => {
  const posting = await put();
  const match = { method: 'POST', path: PLANS };
  await kit.world.control('faults', { kind: 'status-500-message', match, message: 'not here' });
  expect(await kit.after(posting, 120_000)).toMatchObject({ state: 'rejected' });
  expect([made(posting), kit.documents(posting)]).toEqual([[], []]);
  expect(planned(posting)).toBe(PLANNED_INSTEAD);
});

it('somebody changes the planned line in between: nothing is overwritten, and a person hears', async () => {
  const posting = await put();
  const lost = { kind: 'lose-request', match: { method: 'PUT', path: PLANS } };
  await kit.world.control('faults', lost);
  expect(await kit.after(posting, 10_000)).toMatchObject({ state: 'in-doubt' });
  expect(planned(posting)).toBe(PLANNED_INSTEAD);
  kit.world.sim.simulation.store.run(
    'UPDATE "ShopOrderMaterialPlans" SET "PlannedQuantity" = 25 WHERE "ID" = ?',
    posting.plan,
  );
  const view = await kit.after(posting, LONG_MS);
  expect(view).toMatchObject({ state: 'rejected' });
  expect(view.words).toMatch(/was changed to 25 meanwhile/);
  expect(planned(posting)).toBe(25);
});

it('I-06: two on one line go one after another, and the second reads what the first left', async () => {
  const first = await put();
  const { id, marker, commands } = kit.names();
  const second = { ...first, id, marker, commands };
  await kit.commit(second);
  await kit.after(second, LONG_MS);
  expect(await kit.stateOf(first.id)).toMatchObject({ state: 'posted' });
  expect(await kit.stateOf(id)).toMatchObject({ state: 'posted' });
  expect(planned(first)).toBe(PLANNED_INSTEAD - first.quantity - second.quantity);
});
