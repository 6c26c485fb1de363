// I-03, second half, for the plan line of a substitution: it is no document, and its marker stands in
// its notes. What Exact planned twice, or after all, comes to light in the nightly look around.

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { PostingOf } from '../../src/lib/domain/index.ts';
import type { MarkerWatch } from '../../src/lib/server/house/marker-watch.ts';
import { PostingKit, SETTLE_MS } from './posting-kit.ts';
import { sweepOf, watchOf } from './sweeping.ts';

// Real sockets and disks beside other tests on two cores.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const HOUR_MS = 3_600_000;
const LONG_MS = 14 * SETTLE_MS;
/** Long after it was sent once more. */
const LATE_MS = 40 * 60_000;
const PLANS = 'manufacturing/ShopOrderMaterialPlans';
const PLANNING = { method: 'POST', path: PLANS };
const REFUSED = { kind: 'status-500-message', message: 'Not today' };

type Substitution = PostingOf<'materialSubstitution'>;

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

async function put(): Promise<Substitution> {
  const posting = await kit.put('materialSubstitution');
  if (posting.kind !== 'materialSubstitution') throw new Error('a substitution is one');
  return posting;
}

const lines = ({ marker }: Substitution) =>
  kit.sql('SELECT * FROM "ShopOrderMaterialPlans" WHERE "Notes" = ?', marker);

/** Its plan line is sent once more after a silence; of the first try Exact lost all, or it lies somewhere. */
async function sentTwice(first: object): Promise<Substitution> {
  const posting = await put();
  await kit.world.control('faults', { ...first, match: PLANNING });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'posted', fault: null });
  return posting;
}

/** Exact refused its plan line. */
async function refused(): Promise<Substitution> {
  const posting = await put();
  await kit.world.control('faults', { ...REFUSED, match: PLANNING });
  expect(await kit.after(posting, 120_000)).toMatchObject({ state: 'rejected', step: 0 });
  expect(lines(posting)).toEqual([]);
  return posting;
}

/** Exact did it after everybody had given it up. */
async function plannedAfterAll(posting: Substitution): Promise<void> {
  const { document: ShopOrder, item: Item, quantity: PlannedQuantity, marker: Notes } = posting;
  const body = { ShopOrder, Item, Type: 1, PlannedQuantity, Notes };
  await kit.world.hub.session.client.post(PLANS, body, 'post');
  expect(lines(posting)).toHaveLength(1);
}

it('I-03: a plan line that Exact made both times, in the end, goes to a person', async () => {
  const posting = await sentTwice({ kind: 'apply-later', delayMs: 4 * HOUR_MS, answer: 'lost' });
  expect(lines(posting)).toHaveLength(1);
  expect(await sweepOf(kit, watch)).toMatchObject({ findings: [] });
  await kit.after(posting, 5 * HOUR_MS);
  kit.world.sim.simulation.tick();
  expect([lines(posting).length, kit.documents(posting).length]).toEqual([2, 1]);

  const { findings } = await sweepOf(kit, watch);
  expect(findings).toMatchObject([{ kind: 'several', marker: posting.marker }]);
  const doubled = await kit.after(posting);
  expect(doubled).toMatchObject({ state: 'posted', fault: { code: 'exact.duplicate' } });
  for (const { ID } of lines(posting)) expect(doubled.fault?.data['numbers']).toContain(ID);
  const { pump } = kit.world.hub;
  expect((await pump.waiting()).views.map(({ id }) => id)).toEqual([posting.id]);
  // The person who has seen to it says so, and the next night is quiet about it.
  expect(await pump.drop(posting.id, 'one line was taken out by hand')).toEqual({ kind: 'done' });
  await sweepOf(kit, watch);
  await kit.after(posting);
  expect((await pump.waiting()).total).toBe(0);
});

it('a plan line that was sent twice and made once is no double', async () => {
  const posting = await sentTwice({ kind: 'lose-request' });
  expect(await sweepOf(kit, watch)).toMatchObject({ findings: [], unread: [], closed: [] });
  expect(await kit.after(posting)).toMatchObject({ state: 'posted', fault: null });
});

it('I-03: refused, and its plan line is there after all: a person is told, and may send the rest', async () => {
  const posting = await refused();
  await plannedAfterAll(posting);
  expect((await sweepOf(kit, watch)).findings).toMatchObject([
    { kind: 'there', marker: posting.marker, steps: 1 },
  ]);
  const told = await kit.after(posting);
  expect(told).toMatchObject({ state: 'rejected', step: 1 });
  expect(told.words).toContain('the rest of it is not');
  expect(await kit.world.hub.pump.resend(posting.id)).toEqual({ kind: 'done' });
  expect(await kit.after(posting, LONG_MS)).toMatchObject({ state: 'posted', fault: null });
  expect([lines(posting).length, kit.documents(posting).length]).toEqual([1, 1]);
});

it('I-03: dropped, and its plan line is there after all: it is told again, and goes when it is dropped', async () => {
  const posting = await refused();
  const { pump } = kit.world.hub;
  expect(await pump.drop(posting.id, 'not wanted')).toEqual({ kind: 'done' });
  await kit.after(posting);
  expect((await pump.waiting()).total).toBe(0);
  await plannedAfterAll(posting);
  await sweepOf(kit, watch);
  await kit.after(posting);
  expect((await pump.waiting()).views.map(({ id }) => id)).toEqual([posting.id]);
  expect(await pump.drop(posting.id, 'still not wanted')).toEqual({ kind: 'done' });
  await kit.after(posting, LATE_MS);
  expect(lines(posting)).toEqual([]);
  expect((await sweepOf(kit, watch)).findings).toEqual([]);
});

it('refused at its issue, it keeps the words of Exact: its plan line is known', async () => {
  const posting = await put();
  const match = { method: 'POST', path: 'manufacturing/MaterialIssues' };
  await kit.world.control('faults', { ...REFUSED, match });
  const before = await kit.after(posting, LONG_MS);
  expect(before.state).toBe('rejected');
  await sweepOf(kit, watch);
  expect(await kit.after(posting)).toMatchObject({ words: before.words, step: before.step });
});

it('I-18: the plans are read once for all, and not at all where nothing was substituted', async () => {
  await kit.after(await kit.put('materialIssue'), LONG_MS);
  expect((await sweepOf(kit, watch)).idle).toContain(PLANS);
  for (let n = 0; n < 3; n += 1) await kit.after(await put(), LONG_MS);
  const asked = () =>
    kit.sql('SELECT 1 FROM sim_call WHERE "path" LIKE ?', `%${PLANS}?$filter=Created%`).length;
  expect(asked()).toBe(0);
  expect((await sweepOf(kit, watch)).read).toContain(PLANS);
  expect(asked()).toBe(1);
});
