// Pages of the replica: every row once, in order, and no more on a page than fit in a message.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import type { SourceView } from '../../domain/index.ts';
import type { ReplicaRow } from '../../protocol/index.ts';
import { openStore } from '../store/index.ts';
import type { Store } from '../store/index.ts';
import { Projection } from './projection.ts';
import type { MasterSource, SourceItem, SourceLine } from './sources.ts';

const PACKS = Array.from({ length: 6 }, (_, at) => {
  return { barcode: `0871234500${at}016`, quantity: 12, unit: 'box' };
});
const items = new Map<string, SourceItem>();
const lines: SourceLine[] = [];

function item(id: string, name: string, packs = PACKS): void {
  items.set(id, {
    ...{ id, name, code: id.toUpperCase(), unit: 'pc', tracking: 'batch', hasExpiry: true },
    ...{ fractions: false, packs, supplierCodes: [], defaultLocations: {} },
  });
}

const SOURCES: readonly SourceView[] = Array.from({ length: LIMITS.sourcesPerLine }, (_, at) => {
  const location = { id: `00000000-0000-4000-8000-00000000000${at}`, code: `A-01-0${at}` };
  return { location, batch: `L2611-000${at}`, expiry: '2027-06-30', quantity: 100 };
});

const source: MasterSource = {
  item: (id) => Promise.resolve(items.get(id)),
  location: () => Promise.resolve(undefined),
  warehouse: (id) => Promise.resolve({ id, code: '1', name: 'Utrecht', usesLocations: true }),
  order: (id) =>
    Promise.resolve({
      ...{ kind: 'salesOrder' as const, id, number: '20013', warehouseId: 'w', lines },
      ...{ customerName: 'Van Dijk', deliverable: true },
    }),
  sources: () => Promise.resolve(SOURCES),
  ids: (kind, after) => {
    const none = { warehouse: [], location: [], person: [] };
    const all = { item: [...items.keys()], order: ['o1'], ...none }[kind];
    return Promise.resolve(
      all
        .sort()
        .filter((id) => id > after)
        .slice(0, LIMITS.projectionBatchRows),
    );
  },
};

let folder: string;
let store: Store;
let projection: Projection;
beforeEach(async () => {
  items.clear();
  lines.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'scandock-pages-'));
  const random = { bytes: (count: number) => new Uint8Array(count) };
  const clock = { nowMs: () => 0 };
  store = await openStore({ file: join(folder, 'hub.sqlite'), clock, random });
  projection = await Projection.open({
    ...{ store, source },
    ledger: { progress: () => ({ seq: 0, lines: new Map() }) },
    onChanged: () => undefined,
    onFailure: (error) => expect.unreachable(String(error)),
    later: (_delayMs, work) => {
      const soon = setImmediate(work);
      return () => clearImmediate(soon);
    },
  });
});
afterEach(async () => {
  await projection.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** As a station pulls them: the bytes of each page, and the rows. */
async function pulled() {
  const sizes: number[] = [];
  const rows: ReplicaRow[] = [];
  for (let after = 0, complete = false; !complete;) {
    const page = await projection.page(after);
    expect(page.rows.length).toBeLessThanOrEqual(LIMITS.replicaPageRows);
    sizes.push(Buffer.byteLength(JSON.stringify([{ ok: true, value: page }])));
    rows.push(...page.rows);
    ({ version: after, complete } = page);
  }
  return { sizes, rows };
}

it('a page of items with long names and many packs fits in a message, and none is lost', async () => {
  for (let at = 0; at < 450; at += 1) item(`item-${at}`, 'Ä'.repeat(60));
  await projection.everything(['item']);
  const { sizes, rows } = await pulled();
  expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMITS.messageBytes);
  expect(rows.map((row) => row.version)).toEqual(rows.map((_, at) => at + 1));
  expect(rows).toHaveLength(450);
  // Most of each message is used.
  expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(LIMITS.messageBytes * 0.8);
});

it('small rows come two hundred a page, and a last page that is just full is not the last', async () => {
  for (let at = 0; at < LIMITS.replicaPageRows; at += 1) item(`item-${at}`, 'x', []);
  await projection.everything(['item']);
  const { sizes, rows } = await pulled();
  expect(rows).toHaveLength(LIMITS.replicaPageRows);
  expect(sizes).toHaveLength(2);
});

it('a row that fits in no message comes alone, and what is behind it comes too', async () => {
  item('item-0', 'x'.repeat(LIMITS.messageBytes));
  item('item-1', 'small');
  await projection.everything(['item']);
  const { sizes, rows } = await pulled();
  expect(rows.map(({ id }) => id)).toEqual(['item-0', 'item-1']);
  expect(sizes).toHaveLength(2);
});

it.each([
  [1, 8],
  [20, 8],
  [100, 1],
])('an order of %i lines names %i places each, and fits in a message', async (count, places) => {
  for (let at = 0; at < count; at += 1) {
    item(`item-${at}`, 'Hexagon bolt M8 × 40 zinc plated', []);
    lines.push({ id: `line-${at}`, lineNumber: at, itemId: `item-${at}`, ordered: 10 });
  }
  projection.touch('order', ['o1']);
  await projection.flush();
  const { sizes, rows } = await pulled();
  const body = rows[0]?.kind === 'order' ? rows[0].body : null;
  expect(body?.lines.map((line) => line.sources?.length)).toEqual(lines.map(() => places));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMITS.messageBytes);
});
