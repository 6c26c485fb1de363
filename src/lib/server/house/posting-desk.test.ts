// The desk of the postings on a real database and a real journal: the list page by page, who deals
// with a rejected posting, and the one way back of a booked one.

import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { folder } from '../../../../tests/torture/support/disk.ts';
import { batch, command, finish, id } from '../../../../tests/torture/support/goods.ts';
import { order, ORDER, plain, PLAIN } from '../../../../tests/torture/support/goods.ts';
import { startHub } from '../../../../tests/torture/support/hub.ts';
import type { TestHub } from '../../../../tests/torture/support/hub.ts';
import { fault, LIMITS } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import { settlement } from '../../ledger/index.ts';
import { Photos } from '../photos/index.ts';
import { PostingRows, Pump } from '../outbox/index.ts';
import type { Sent, Sighting } from '../outbox/index.ts';
import { ExceptionDesk } from './exception-desk.ts';
import { PostingDesk } from './posting-desk.ts';
import { systemClock } from './shells.ts';

const REJECTED: Sent = { kind: 'rejected', status: 400, words: 'the period is closed' };
const NUMBER = '10000001';
const BLIND = { scope: 'kind', retryAtMs: null, words: 'Exact forbids it', blind: true } as const;

let place: ReturnType<typeof folder>;
let hub: TestHub;
let pump: Pump;
let desk: PostingDesk;
let exceptions: ExceptionDesk;
let answer: Sent;
let sighting: Sighting;

beforeEach(async () => {
  place = folder();
  hub = await startHub(join(place.path, 'hub.sqlite'), [order()]);
  answer = REJECTED;
  sighting = { kind: 'absent' };
  const { store, writer } = hub;
  pump = new Pump({
    rows: new PostingRows(store.db),
    exact: {
      ...{ unmarked: [], steps: () => 1, mayPostAtMs: () => 0, reckons: () => false },
      send: () => Promise.resolve(answer),
      find: () => Promise.resolve(sighting),
      discard: () => Promise.resolve({ kind: 'gone' }),
    },
    settle: async (told) => {
      const stored = await writer.record((world, context) => settlement(world, told, context));
      if (!stored.ok) throw new Error(stored.failure.message);
    },
    clock: systemClock,
    scheduler: { after: () => () => undefined },
  });
  const itemCode = (item: string) => Promise.resolve(item);
  const orderNumber = () => Promise.resolve(NUMBER);
  const linking = { problem: () => Promise.resolve(undefined), linked: () => undefined };
  const about = () => Promise.resolve(undefined);
  exceptions = new ExceptionDesk({ store, writer, pump, orderNumber, itemCode, about, linking });
  desk = new PostingDesk({
    ...{ store, writer, pump, exceptions },
    photos: await Photos.open({ store, clock: systemClock, keepDays: 1, keepBytes: 1 }),
    orderNumbers: () => Promise.resolve(new Map([[ORDER, NUMBER]])),
    about,
  });
});
afterEach(async () => {
  await hub.stop();
  place.clean();
});

async function drain(): Promise<void> {
  for (let steps = 0; steps < 20; steps += 1) {
    if ((await pump.step()) > systemClock.nowMs()) return;
  }
  throw new Error('the pump does not come to rest');
}

/** One posting of goods that came in, settled by `answer`. */
async function settled(): Promise<string> {
  await hub.writer.submit(command(1, plain(4)));
  await hub.writer.submit(command(2, finish()));
  await drain();
  const [line] = (await desk.page({})).postings;
  if (line === undefined) throw new Error('no posting');
  return line.id;
}

async function entriesOf(type: string) {
  const read = await hub.journal.read(1, 10_000);
  if (!read.ok) throw read.failure;
  return read.value.map(({ body }) => body).filter((body) => body.type === type);
}

it('shows what Exact rejected, in its words, with what to look at', async () => {
  await settled();
  const { rejected, rejectedTotal, doubts } = await desk.page({});
  expect([rejectedTotal, doubts.length]).toEqual([1, 0]);
  expect(rejected[0]).toMatchObject({ order: NUMBER, kindName: 'Goods receipt', assigned: null });
  expect(rejected[0]?.why).toBe('the period is closed');
  expect(rejected[0]?.advice).toContain('the financial period is open');
});

/** Sent, its answer lost, and looked for in vain until a person is asked. */
async function doubted(): Promise<string> {
  answer = { kind: 'unknown', words: 'the line went dead' };
  sighting = { kind: 'unknown', ...BLIND };
  const id = await settled();
  const sinceMs = systemClock.nowMs() - LIMITS.blindDoubtMs;
  const told = fault('exact.in-doubt', { words: 'the line went dead', sinceMs, blind: 9 });
  const change = { fault: JSON.stringify(told), next_at_ms: 0 };
  await hub.store.db.updateTable('posting').set(change).execute();
  await pump.wake();
  await drain();
  return id;
}

it('I-23: what nobody could look up is asked about, with what to look for', async () => {
  const id = await doubted();
  const { rejected, doubts } = await desk.page({});
  expect([doubts, rejected.length]).toEqual([[], 1]);
  expect(rejected[0]).toMatchObject({ id, twice: false, advice: null });
  expect(rejected[0]?.doubt).toContain('a goods receipt whose Description is');
  expect(rejected[0]?.why).toBe('the line went dead. Looking it up: Exact forbids it');
});

it('I-23: a person saw it in Exact: booked, with their words, taken back only there', async () => {
  const id = await doubted();
  expect(await desk.confirm(id, '4711', 'Tom saw it')).toEqual({ kind: 'done' });
  await drain();
  expect(await entriesOf('posting-settled')).toMatchObject([
    { outcome: { kind: 'rejected' } },
    { outcome: { kind: 'posted', documentNumber: '4711', confirmed: 'Tom saw it' } },
  ]);
  const [line] = (await desk.page({})).postings;
  expect(line).toMatchObject({ state: 'posted', documentNumber: '4711', reversible: false });
  expect(JSON.stringify(await desk.reverse(id, 'wrong dock'))).toContain('take it back there');
  expect(await desk.confirm(id, '4712', 'once more')).toEqual({ kind: 'gone' });
});

it('I-23: looked for again, it is found; the journal knows who wanted it', async () => {
  const id = await doubted();
  sighting = { kind: 'found', result: { exactId: 'e-1', documentNumber: '17' } };
  expect(await desk.look(id, 'the right is there now')).toEqual({ kind: 'done' });
  await pump.wake();
  await drain();
  expect((await desk.page({})).postings).toMatchObject([{ state: 'posted', attempts: 1 }]);
  expect(await entriesOf('posting-resent')).toMatchObject([{ reason: 'the right is there now' }]);
});

it('I-03: an old page cannot send what is in doubt now; who was told of the doubt can', async () => {
  const id = await doubted();
  const changedMs = (await desk.page({})).rejected[0]?.changedMs ?? 0;
  for (const saw of [undefined, changedMs - 1]) {
    const refused = await desk.resend(id, 'corrected', saw);
    expect(JSON.stringify(refused)).toContain('It is in doubt now');
  }
  expect(await entriesOf('posting-resent')).toEqual([]);
  expect(await desk.resend(id, 'it is not there', changedMs)).toEqual({ kind: 'done' });
});

it('what Exact clearly refused is not looked for, and nothing of it is recorded', async () => {
  const id = await settled();
  expect(await desk.look(id, 'look again')).toMatchObject({ kind: 'refused' });
  expect(await entriesOf('posting-resent')).toEqual([]);
});

it('notes who deals with it, in the journal, the last one counts; the world is as before', async () => {
  const id = await settled();
  const before = hub.writer.world().documents;
  expect(await desk.assign('another', 'Nadia', 'who knows')).toEqual({ kind: 'gone' });
  expect(await desk.assign(id, 'Nadia', 'open the period')).toEqual({ kind: 'done' });
  expect(await desk.assign(id, 'Tom', 'Nadia is away')).toEqual({ kind: 'done' });
  const { rejected } = await desk.page({});
  expect(rejected[0]?.assigned).toMatchObject({ person: 'Tom', note: 'Nadia is away' });
  expect(await entriesOf('exception-assigned')).toHaveLength(2);
  expect(hub.writer.world().documents).toEqual(before);
  await hub.stop();
  hub = await startHub(hub.store.file, [order()]);
  expect(hub.writer.world().documents).toEqual(before);
});

it('nobody is named for what is booked or dropped', async () => {
  const id = await settled();
  expect(await desk.drop(id, 'booked by hand')).toEqual({ kind: 'done' });
  expect(await desk.assign(id, 'Nadia', 'too late')).toEqual({ kind: 'gone' });
  expect(await entriesOf('exception-assigned')).toEqual([]);
});

it('I-16: a journal that cannot be read costs the way back, not the list', async () => {
  answer = { kind: 'done', result: { exactId: 'x', documentNumber: '7' } };
  const id = await settled();
  const failure = { kind: 'io', message: 'disk I/O error' };
  const broken = vi.spyOn(hub.writer, 'recall').mockResolvedValue({ ok: false, failure });
  expect((await desk.page({})).postings.map((line) => line.id)).toEqual([id]);
  expect((await desk.reverse(id, 'wrong')).kind).toBe('refused');
  broken.mockRestore();
  expect((await desk.reverse(id, 'wrong')).kind).toBe('done');
});

it('takes nothing back that Exact has not booked', async () => {
  const id = await settled();
  const refused = await desk.reverse(id, 'wrong dock');
  expect(refused).toMatchObject({ kind: 'refused' });
  expect(JSON.stringify(refused)).toContain('nothing to take back');
  expect(await desk.reverse('another', 'wrong dock')).toMatchObject({ kind: 'refused' });
  expect(await entriesOf('posting-cut')).toHaveLength(1);
});

it('takes a booked receipt back once, with its reason, and never the return itself', async () => {
  answer = { kind: 'done', result: { exactId: 'e-1', documentNumber: '17' } };
  const id = await settled();
  expect((await desk.page({})).postings).toMatchObject([{ reversible: true, state: 'posted' }]);
  expect(await desk.reverse(id, 'wrong dock')).toEqual({ kind: 'done' });
  expect(await desk.reverse(id, 'once again')).toEqual({
    kind: 'refused',
    reason: 'It was taken back before.',
  });
  await drain();
  const [back, receipt] = (await desk.page({})).postings;
  expect(back).toMatchObject({ kind: 'purchaseReturn', state: 'posted', reversible: false });
  expect(back?.takesBack).toBe(receipt?.marker);
  expect(receipt).toMatchObject({ id, reversible: false, takenBackBy: back?.marker });
  const cuts = await entriesOf('posting-cut');
  expect(cuts[1]).toMatchObject({ reason: 'wrong dock', posting: { reverses: id } });
  const office = await desk.reverse(back?.id ?? '', 'and back again');
  expect(JSON.stringify(office)).toContain('book the goods anew');
});

it('I-02 I-03: a station takes one line back: shown first, done once, whatever comes twice', async () => {
  answer = { kind: 'done', result: { exactId: 'e-1', documentNumber: '17' } };
  await hub.writer.submit(command(1, plain(4)));
  const target = id<CommandId>('c', 1);
  await hub.writer.submit(command(2, batch(3)));
  await hub.writer.submit(command(3, finish()));
  await drain();
  const told = await hub.writer.submit(command(4, { type: 'line.undo', document: ORDER, target }));
  expect(told).toMatchObject({ fault: { code: 'ledger.undo-posted', data: { number: '17' } } });
  expect((await exceptions.open()).list[0]?.what).toBe(`Undo of 4 ${PLAIN.item}, from Anna`);
  const word = command(5, { type: 'line.reverse', document: ORDER, target, reason: 'wrong dock' });
  const first = await hub.writer.submit(word);
  expect(first.kind).toBe('accepted');
  expect(await hub.writer.submit(word)).toEqual({ ...first, again: true });
  await drain();
  expect((await exceptions.open()).list).toEqual([]);
  const [back, receipt] = (await desk.page({})).postings;
  expect(back).toMatchObject({ kind: 'purchaseReturn', state: 'posted', lines: 1, attempts: 1 });
  expect(receipt).toMatchObject({ reversible: false, takenBackBy: back?.marker });
  const cuts = await entriesOf('posting-cut');
  expect(cuts[1]).toMatchObject({ reason: 'wrong dock', posting: { takesBack: [target] } });
  await hub.stop();
  hub = await startHub(hub.store.file, [order()]);
  expect(await entriesOf('posting-cut')).toHaveLength(2);
});

it('lists by state and kind, newest first, page after page without gap or repeat', async () => {
  const many = LIMITS.postingsPage * 2 + 1;
  for (let at = 0; at < many; at += 1) {
    const id = `p-${1000 + at}`;
    const doubtful = at % 2 === 1;
    await hub.store.db
      .insertInto('posting')
      .values({
        ...{ id, marker: `M-${id}`, kind: doubtful ? 'stockCount' : 'goodsReceipt' },
        ...{ document: ORDER, body: '{}', state: doubtful ? 'in-doubt' : 'posted', attempts: 1 },
        ...{ first_sent_ms: 1, last_sent_ms: 1, looked_up_count: 1, next_at_ms: 5 },
        ...{ exact_id: null, document_number: null, step: 0, results: '[]' },
        ...{ fault: null, words: null, updated_ms: 1 },
      })
      .execute();
  }
  const seen: string[] = [];
  let pages = 0;
  for (let before: string | undefined, more = true; more; pages += 1) {
    const page = await desk.page(before === undefined ? {} : { before });
    expect(page.total).toBe(many);
    seen.push(...page.postings.map(({ id }) => id));
    before = page.older;
    more = before !== undefined;
  }
  const all = Array.from({ length: many }, (_, at) => `p-${1000 + at}`).reverse();
  expect([pages, seen]).toEqual([3, all]);

  const counts = await desk.page({ kind: 'stockCount', state: 'in-doubt' });
  expect([counts.total, counts.older]).toEqual([LIMITS.postingsPage, undefined]);
  expect(counts.doubts[0]).toMatchObject({ looks: 1, sinceMs: 1, nextLookMs: 5 });
  expect(counts.doubts[0]?.lookedFor).toContain('inventory/StockCounts');
  expect((await desk.page({ kind: 'stockCount', state: 'posted' })).total).toBe(0);

  const exported: string[] = [];
  for await (const portion of desk.portions({ kind: 'goodsReceipt' })) {
    exported.push(...portion.map(({ id }) => id));
  }
  expect(exported).toEqual(all.filter((_, at) => at % 2 === 0));
});
