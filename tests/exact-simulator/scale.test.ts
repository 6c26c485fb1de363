/*
 * Size: sync pages come off the index on row versions, whole tables are never scanned for one, and
 * what the simulator remembers is bounded.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEntities } from '../../exact-simulator/odata/catalogue.ts';
import { sources } from '../../exact-simulator/store/sources.ts';
import { parsed, record, rowsOf, startExact, type Exact } from './helpers.ts';

const ITEMS = 3000;
let exact: Exact;

beforeAll(async () => {
  exact = await startExact({ items: ITEMS });
  await exact.control('POST', '/limits', { minutely: 1000 });
}, 60_000);
afterAll(async () => {
  await exact.close();
});

const synced = allEntities().filter((of) => of.isSync && sources[of.name] !== undefined);

/** The steps of a query's plan; scans are those that read a table from end to end. */
function plan(sql: string): string[] {
  const rows = exact.running.simulation.store.all(`EXPLAIN QUERY PLAN ${sql}`, 123456, 1, 1000);
  return rows.map((row) => String(row['detail']));
}

describe('a sync page', () => {
  it.each(synced.map((of) => [of.name]))('of %s comes off an index, in order', (name) => {
    const steps = plan(
      `SELECT * FROM "${name}" WHERE "_division" = ? AND "Timestamp" > ?
       ORDER BY "Timestamp" LIMIT ?`,
    );
    const table = sources[name]?.table ?? '';
    expect(steps.some((step) => step.includes(`${table}_version`))).toBe(true);
    expect(steps.filter((step) => /^SCAN t\b/.test(step))).toEqual([]);
    expect(steps.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });

  it('holds 1,000 rows, and all pages together hold every row once', async () => {
    const seen: unknown[] = [];
    const sizes: number[] = [];
    const first = '123456/sync/Logistics/Items?$filter=Timestamp gt 1L&$select=ID,Timestamp';
    for (let url: unknown = first; typeof url === 'string';) {
      const answer = await exact.call('GET', url.replace(/^.*\/api\/v1\//, ''));
      const rows = rowsOf(answer);
      sizes.push(rows.length);
      seen.push(...rows.map((row) => row['ID']));
      url = record(parsed(answer)['d'])['__next'];
    }
    expect(sizes).toEqual([1000, 1000, 1000]);
    expect(new Set(seen).size).toBe(ITEMS);
  });
});

describe('memory', () => {
  it('keeps the data on disk above a measure, whatever the size of the company', () => {
    const { db } = exact.running.simulation.store;
    // An unnamed database is SQLite's own temporary file; its cache has a fixed size in KiB.
    expect(db.name).toBe('');
    expect(db.pragma('cache_size', { simple: true })).toBe(-65_536);
  });
});
