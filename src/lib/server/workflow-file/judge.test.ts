// A changed file before it comes into force: what the hub hears of a thread that fails, what the
// replay says, and that the hub goes on meanwhile. Real threads, a real database.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Recorder } from '../../../../tests/samples/tapes/recorder.ts';
import { SMALL } from '../../../../tests/samples/workflows/small.ts';
import { anOrder, aScan, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';
import { bundleThread } from '../../../../tests/support/bundled-thread.ts';
import type { BundledThread } from '../../../../tests/support/bundled-thread.ts';
import { compile } from '../../workflows/index.ts';
import type { CompiledWorkflow } from '../../workflows/index.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { revisionOf, Revisions, WorkflowFile } from './index.ts';
import type { Judgement, TapeShelf, WorkflowFileParts } from './index.ts';
import { judge } from './judge.ts';

const SHIPPED = readFileSync(join(import.meta.dirname, '../../../../workflows.yaml'), 'utf8');
const clock = { nowMs: () => Date.now() };
const inForce = (text: string) => compile(text, revisionOf).workflows;
const BEFORE = inForce(SMALL);
const replacing = (from: string, to: string): string => {
  expect(SMALL).toContain(from);
  return SMALL.replace(from, to);
};
const ONE = replacing('default: line.open', 'default: 1');

function receive(): CompiledWorkflow {
  const [first] = BEFORE;
  if (first === undefined) throw new Error('the sample is faulty');
  return first;
}

/** Receipts that take what the screen proposes, and some that type it. */
function recordings(proposed: number, typed: number): string[] {
  const begun = () => new Recorder(receive()).give({ type: 'open', order: anOrder() });
  const ok = { type: 'press', word: 'OK' } as const;
  const five = { type: 'enter', fact: 'quantity', value: '5' } as const;
  return [
    ...Array.from({ length: proposed }, () => begun().give(aScan('P', { item: PLAIN }), ok).text),
    ...Array.from({ length: typed }, () => begun().give(aScan('P', { item: PLAIN }), five).text),
  ];
}

/** Tapes as the room gives them: newest first, from behind a place. */
function shelfOf(texts: readonly string[]): TapeShelf {
  const all = texts.map((text, at) => ({
    ...{ receivedMs: texts.length - at, session: String(at), gzip: gzipSync(text) },
  }));
  return {
    countOf: () => Promise.resolve(all.length),
    newest: (most, _workflows, behind) => {
      const from = behind === undefined ? 0 : Number(behind.session) + 1;
      return Promise.resolve(all.slice(from, from + most));
    },
  };
}

/** As a build has it; one test takes the door that the sources have. */
let bundled: BundledThread;
beforeAll(async () => {
  bundled = await bundleThread();
});
afterAll(() => bundled.remove());

let folder: string;
let store: Store;
const opened: WorkflowFile[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scandock-judge-'));
  const random = { bytes: (n: number) => crypto.getRandomValues(new Uint8Array(n)) };
  store = await openStore({ file: join(folder, 'hub.db'), clock, random });
});
afterEach(async () => {
  for (const file of opened.splice(0)) await file.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A thread that says it compiled, and then does this with the first tapes. */
function thread(then: string, compiled = true): URL {
  const file = join(folder, 'thread.mjs');
  const said = `{ kind: 'compiled', compiled: { workflows: [{}], diagnostics: [] }, changed: ['receive'] }`;
  const first = compiled ? `parentPort.postMessage(${said});` : then;
  const text = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', () => { ${then} }); ${first}`;
  writeFileSync(file, text);
  return pathToFileURL(file);
}

describe('a thread that fails', () => {
  it.each([
    ['takes too long', 'for (;;);', 'it took longer than 0.5 seconds'],
    ['throws', "throw new Error('out of order');", 'out of order'],
    ['ends by itself', 'process.exit(3);', 'it ended by itself (3)'],
  ])('before the proof, because it %s: the file is not proven', async (_how, what, why) => {
    const parts = { clock, compileMs: 500, thread: thread(what, false) };
    expect(await judge(SMALL, BEFORE, parts)).toEqual({ ok: false, why });
  });

  it.each([
    ['takes too long', 'for (;;);', 'it took longer than 0.5 seconds'],
    ['throws', "throw new Error('out of order');", 'out of order'],
    ['runs out of memory', 'const a = []; for (;;) a.push([...a, 1]);', 'memory'],
  ])('after the proof, because it %s: judged without a replay', async (_how, what, why) => {
    const tapes = shelfOf(recordings(1, 0));
    const playMs = why.includes('0.5') ? 500 : 30_000;
    const judged = await judge(SMALL, BEFORE, { clock, tapes, playMs, thread: thread(what) });
    if (!judged.ok) throw new Error(judged.why);
    expect(judged.judgement).toMatchObject({ tapes: 1, replayed: 0, workflows: [] });
    expect(judged.judgement?.stopped).toContain(why);
  });

  it('a disk that gives no tapes: judged without a replay', async () => {
    const tapes = { ...shelfOf([]), newest: () => Promise.reject(new Error('SQLITE_IOERR')) };
    const judged = await judge(ONE, BEFORE, { clock, tapes, thread: bundled.url });
    expect(judged).toMatchObject({ ok: true, judgement: { stopped: 'SQLITE_IOERR' } });
  });
});

it('a faulty file gives its diagnostics, and nothing is replayed', async () => {
  const text = replacing('ask: item', 'ask: itm');
  const tapes = { ...shelfOf([]), countOf: () => Promise.reject(new Error('asked')) };
  const judged = await judge(text, BEFORE, { clock, tapes, thread: bundled.url });
  expect(judged).toEqual({ ok: true, compiled: compile(text, revisionOf) });
});

it('tells a planted change exactly, in every language', async () => {
  const judged = await judge(ONE, BEFORE, { clock, tapes: shelfOf(recordings(6, 36)) });
  if (!judged.ok) throw new Error(judged.why);
  const [verdict, ...more] = judged.judgement?.workflows ?? [];
  expect(more).toEqual([]);
  expect(judged.judgement).toMatchObject({ tapes: 42, replayed: 42, unread: 0 });
  expect(verdict).toMatchObject({ id: 'receive', replayed: 42, differing: 6 });
  expect(verdict?.told).toMatchObject({
    en: '36 of 42 receipts identical; 6 book another quantity',
    de: 'Wareneingänge: 36 von 42 gleich; 6 buchen anders: Menge',
  });
});

it('what differs in words only makes no difference, and what is no tape is counted', async () => {
  const text = replacing('en: Receive', 'en: Take in');
  const tapes = shelfOf([...recordings(2, 1), '{"tape":1}', 'nothing']);
  const judged = await judge(text, BEFORE, { clock, tapes, thread: bundled.url });
  expect(judged).toMatchObject({
    judgement: { replayed: 5, unread: 2, workflows: [{ replayed: 3, differing: 0 }] },
  });
});

it('stops when it has taken long enough, and says how many it played of how many', async () => {
  let now = 0;
  const tapes = shelfOf(recordings(0, 60));
  const slow = { nowMs: () => (now += 40_000) };
  const parts = { clock: slow, tapes, playMs: 60_000, thread: bundled.url };
  const judged = await judge(ONE, BEFORE, parts);
  expect(judged).toMatchObject({ judgement: { tapes: 60, replayed: 20 } });
});

it('lets the hub go on while a whole file is proven', async () => {
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 10);
  await judge(SHIPPED, [], { clock, thread: bundled.url });
  clearInterval(counting);
  // The proof takes hundreds of milliseconds: on this thread nothing else would have its turn.
  expect(turns).toBeGreaterThan(5);
});

describe('a changed file', () => {
  const path = () => join(folder, 'workflows.yaml');
  const told: { waits: boolean; judgement: Judgement }[] = [];

  async function open(over: Partial<WorkflowFileParts> = {}): Promise<WorkflowFile> {
    const read = await WorkflowFile.open({
      ...{ file: path(), clock, memory: new Revisions(store), onChanged: () => undefined },
      ...{ tapes: shelfOf(recordings(1, 2)), thread: bundled.url },
      onJudged: (_set, judgement, waits) => told.push({ waits, judgement }),
      ...over,
    });
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    opened.push(read.file);
    return read.file;
  }
  const change = async (file: WorkflowFile, text: string): Promise<void> => {
    writeFileSync(path(), text);
    await file.reload();
  };
  beforeEach(() => {
    told.length = 0;
    writeFileSync(path(), SMALL);
  });

  it('I-12 with errors changes nothing, also while another waits', async () => {
    const file = await open({ changes: 'review' });
    const { workflowSet } = file.set;
    await change(file, ONE);
    await change(file, 'nonsense');
    expect(file.set.workflowSet).toBe(workflowSet);
    expect(file.report()).toMatchObject({ faults: [{ severity: 'error' }] });
    expect(file.report().waiting).toBeUndefined();
    expect(told).toHaveLength(1);
  });

  it('comes into force by itself and keeps what it changed, also over a restart', async () => {
    const file = await open();
    const { workflowSet } = file.set;
    await change(file, ONE);
    expect(file.set.workflowSet).not.toBe(workflowSet);
    expect(told).toMatchObject([{ waits: false, judgement: { replayed: 3 } }]);
    await file.close();
    const again = await open();
    expect(again.report().judgement).toMatchObject({ workflows: [{ differing: 1 }] });
  });

  it('waits under review: put in force by a person, and only what that person saw', async () => {
    const seen: string[] = [];
    const onChanged = ({ workflowSet }: { workflowSet: string }) => seen.push(workflowSet);
    const file = await open({ changes: 'review', onChanged });
    const old = file.set.workflowSet;
    await change(file, ONE);
    expect(file.set.workflowSet).toBe(old);
    const shown = file.report().waiting?.workflowSet ?? '';
    await change(file, replacing('default: line.open', 'default: 2'));
    expect(await file.putInForce(shown)).toBe(false);
    expect(file.keepOld(shown)).toBe(false);
    const waiting = file.report().waiting?.workflowSet ?? '';
    expect(file.keepOld(waiting)).toBe(true);
    expect(file.report().waiting?.declined).toBe(true);
    expect(file.set.workflowSet).toBe(old);
    expect(await file.putInForce(waiting)).toBe(true);
    expect(file.set.workflowSet).toBe(waiting);
    expect(file.report().waiting).toBeUndefined();
    expect(seen).toEqual([waiting]);
  });

  it('waits under review over a restart; what was in force stays until then', async () => {
    const file = await open({ changes: 'review' });
    const old = file.set.workflowSet;
    await change(file, ONE);
    await file.close();
    const again = await open({ changes: 'review' });
    expect(again.set.workflowSet).toBe(old);
    await again.reload();
    expect(again.set.workflowSet).toBe(old);
    expect(again.report().waiting?.judgement.workflows).toMatchObject([{ differing: 1 }]);
    // Who no longer wants to be asked has the file.
    await again.close();
    expect((await open()).set.workflowSet).not.toBe(old);
  });

  it('without a difference comes into force under review too; without a replay it waits', async () => {
    const file = await open({ changes: 'review' });
    const { workflowSet } = file.set;
    await change(file, replacing('en: Receive', 'en: Take in'));
    expect(file.set.workflowSet).not.toBe(workflowSet);
    await file.close();
    const broken = { ...shelfOf([]), countOf: () => Promise.reject(new Error('SQLITE_IOERR')) };
    const other = await open({ changes: 'review', tapes: broken });
    await change(other, SMALL);
    expect(other.report().waiting?.judgement.stopped).toBe('SQLITE_IOERR');
  });

  it('that is judged when the hub closes is left as it was', async () => {
    const file = await open();
    const { workflowSet } = file.set;
    writeFileSync(path(), SHIPPED);
    const reloading = file.reload();
    await file.close();
    await reloading;
    expect(file.set.workflowSet).toBe(workflowSet);
  });

  it('a disk that does not keep it: in force all the same, and told', async () => {
    const failures: unknown[] = [];
    const memory = {
      newest: () => Promise.resolve(undefined),
      keep: () => Promise.reject(new Error('SQLITE_FULL')),
    };
    const file = await open({ memory, onFailure: (error) => failures.push(error) });
    const { workflowSet } = file.set;
    await change(file, ONE);
    expect(file.set.workflowSet).not.toBe(workflowSet);
    expect(failures).toHaveLength(2);
  });
});
