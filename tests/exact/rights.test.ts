// The user's rights, asked before work starts: what is missing is named, with what stands still, in
// as few calls as there are rights (exact-online-api.md §1.8).

import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { needsOf, POSTINGS } from '../../src/lib/server/exact/index.ts';
import { Link } from './link.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let link: Link;
const needs = () => needsOf([{ label: 'Receive', action: 'goodsReceipt' }]);
const view = () => link.session.view();

beforeEach(async () => {
  link = await Link.open();
  await link.start({ needs });
  await link.session.typeApp(link.app, false);
  await link.login();
});
afterEach(() => link.close());

it('names a missing right and the workflow that stands still, and waits for a person', async () => {
  link.front.missing.add('POST purchaseorder/GoodsReceipts');
  expect(await link.session.connecting.choose(link.sim.division, false)).toEqual({
    kind: 'asks',
  });
  expect(await view()).toMatchObject({ stage: 'rights', state: 'unconnected' });
  expect((await view()).rights?.missing).toEqual([
    { endpoint: 'purchaseorder/GoodsReceipts', action: 'POST', stops: '“Receive” can’t post' },
  ]);
  expect(link.session.division).toBeUndefined();
  link.front.missing.clear();
  expect(await link.session.connecting.checkAgain()).toMatchObject({ kind: 'connected' });
});

it('goes to work without a right when a person says so', async () => {
  link.front.missing.add('POST purchaseorder/GoodsReceipts');
  await link.session.connecting.choose(link.sim.division, false);
  expect(await link.session.connecting.goToWork()).toMatchObject({ kind: 'connected' });
  expect((await view()).rights?.missing).toHaveLength(1);
});

it('asks once for each, and not again for ten minutes', async () => {
  await link.session.connecting.choose(link.sim.division, false);
  const { asked } = link.front;
  expect(asked).toBe(new Set(needs().map((n) => `${n.action} ${n.endpoint}`)).size);
  await link.session.connecting.checkAgain();
  expect(link.front.asked).toBe(asked);
  link.time.advance(10 * 60_000);
  await link.session.connecting.checkAgain();
  expect(link.front.asked).toBe(2 * asked);
});

it('gives up after two refused questions: refusals count as errors at Exact', async () => {
  const match = { path: 'users/UserHasRights' };
  const fault = { kind: 'status-500-message', message: 'No such endpoint', times: 9, match };
  await link.control('faults', fault);
  expect(await link.session.connecting.choose(link.sim.division, false)).toEqual({
    kind: 'asks',
  });
  expect((await view()).rights).toMatchObject({ asked: 0, missing: [] });
  expect((await view()).rights?.words).toContain('No such endpoint');
  expect(link.front.asked).toBe(2);
});

it('a hub at work asks by itself for the rights that a new workflow needs, and only then', async () => {
  let workflows = [{ label: 'Receive', action: 'goodsReceipt' }];
  await link.close();
  link = await Link.open();
  await link.start({ needs: () => needsOf(workflows) });
  await link.session.typeApp(link.app, false);
  await link.login();
  await link.session.connecting.choose(link.sim.division, false);
  const { asked } = link.front;
  expect(await link.session.connecting.watchRights()).toBe(false);
  expect(link.front.asked).toBe(asked);

  workflows = [...workflows, { label: 'Issue', action: 'materialIssue' }];
  link.front.missing.add('POST manufacturing/MaterialIssues');
  expect(await link.session.connecting.watchRights()).toBe(true);
  expect((await view()).rights?.missing).toEqual([
    { endpoint: 'manufacturing/MaterialIssues', action: 'POST', stops: '“Issue” can’t post' },
  ]);
  // Work at the dock goes on; a person is told.
  expect(await view()).toMatchObject({ stage: 'connected', state: 'connected' });
  expect(await link.session.connecting.watchRights()).toBe(false);
});

it('a check that came to no end is repeated by itself after an hour, not before', async () => {
  await link.session.connecting.choose(link.sim.division, false);
  link.time.advance(10 * 60_000);
  const match = { path: 'users/UserHasRights' };
  await link.control('faults', { kind: 'status-500-message', message: 'No', times: 2, match });
  await link.session.connecting.checkAgain();
  expect((await view()).rights?.words).toContain('No');
  expect(await link.session.connecting.watchRights()).toBe(false);
  link.time.advance(3_600_000);
  expect(await link.session.connecting.watchRights()).toBe(true);
  expect((await view()).rights).toMatchObject({ words: null, missing: [] });
});

it('a right that was taken away is noticed within a day, by the hub itself', async () => {
  await link.session.connecting.choose(link.sim.division, false);
  link.front.missing.add('GET purchaseorder/GoodsReceipts');
  link.time.advance(24 * 3_600_000 - 1);
  expect(await link.session.connecting.watchRights()).toBe(false);
  link.time.advance(1);
  expect(await link.session.connecting.watchRights()).toBe(true);
  expect((await view()).rights?.missing).toMatchObject([
    { endpoint: 'purchaseorder/GoodsReceipts', action: 'GET' },
  ]);
  expect(await link.session.connecting.watchRights()).toBe(false);
});

it('every list that a posting is looked for in is asked for', () => {
  const actions = ['goodsReceipt', 'goodsDelivery', 'stockCount', 'warehouseTransfer'];
  const all = [...actions, 'locationTransfer', 'materialIssue', 'shopOrderReceipt'];
  const asked = needsOf(all.map((action) => ({ label: action, action })))
    .filter(({ action }) => action === 'GET')
    .map(({ endpoint }) => endpoint);
  const drafts = ['inventory/StockBatchNumbers', 'inventory/StockSerialNumbers'];
  const looked = Object.values(POSTINGS).map(({ entity }) => entity.path);
  expect(asked).toEqual(expect.arrayContaining([...looked, ...drafts]));
});
