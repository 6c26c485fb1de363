/*
 * Every entity of the reference, one by one: it answers to what it declares and to nothing else.
 * The table of entities is the specification; what is not served shows up here by name.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEntities, type Entity } from '../../exact-simulator/odata/catalogue.ts';
import { functionAt } from '../../exact-simulator/odata/functions.ts';
import { sources } from '../../exact-simulator/store/sources.ts';
import { list, parsed, peek, record, rowsOf, startExact, type Exact } from './helpers.ts';

let exact: Exact;
beforeAll(async () => {
  exact = await startExact();
  const free = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', free);
});
afterAll(async () => {
  await exact.close();
});

const NOBODY = '00000000-0000-0000-0000-000000000000';
const isFunction = (of: Entity): boolean => functionAt(of.path.toLowerCase()) !== undefined;
const pathOf = (of: Entity): string =>
  of.path.startsWith('current/') ? of.path : `123456/${of.path}`;
const get = (path: string, headers?: HeadersInit) => exact.call('GET', path, undefined, headers);

/** The options without which a collection may refuse to answer. */
function demanded(of: Entity): string {
  const plain = [...of.properties.values()].filter((p) => p.type !== 'Collection');
  const select = `$select=${plain.map((p) => p.name).join(',')}`;
  const [first] = sources[of.name]?.filterFields ?? [];
  const filter = first === undefined ? '' : `&$filter=${first} ne guid'${NOBODY}'`;
  return `${select}${filter}`;
}

function keyText(of: Entity, value: unknown): string {
  if (of.key.type === 'Guid') return `guid'${String(value)}'`;
  return of.key.type === 'Int64' ? `${String(value)}L` : String(value);
}

const endpoints = allEntities().filter((of) => !of.hidden);
const lists = endpoints.filter((of) => of.methods.includes('GET') && !isFunction(of));
const named = (list: readonly Entity[]) => list.map((of) => [of.name, of] as const);

describe('every entity of the table', () => {
  it.each(named(endpoints))('%s is served', (_name, of) => {
    expect(isFunction(of) || sources[of.name] !== undefined).toBe(true);
  });

  it.each(named(lists))('%s lists its rows with all its fields', async (_name, of) => {
    const answer = await get(`${pathOf(of)}?${demanded(of)}`);
    expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)]);
    const plain = [...of.properties.values()].filter((p) => p.type !== 'Collection');
    for (const row of rowsOf(answer).slice(0, 3)) {
      expect(Object.keys(row)).toEqual(['__metadata', ...plain.map((p) => p.name)]);
      expect(record(row['__metadata'])['type']).toBe(of.typeName);
      for (const property of plain) checkValue(property.type, row[property.name], property.name);
    }
  });

  it.each(named(lists))('%s answers to the key of its rows, and 404 to another', async (_n, of) => {
    const rows = rowsOf(await get(`${pathOf(of)}?$top=1&${demanded(of)}`));
    for (const row of rows) {
      const one = await get(`${pathOf(of)}(${keyText(of, row[of.key.name])})`);
      expect(one.status).toBe(200);
      const d = record(parsed(one)['d']);
      expect(d[of.key.name]).toBe(row[of.key.name]);
      const uri = String(record(d['__metadata'])['uri']);
      expect((await get(uri.split('/api/v1/')[1] ?? '')).status).toBe(200);
    }
    const nobody = of.key.type === 'Guid' ? `guid'${NOBODY}'` : '2147483';
    expect((await get(`${pathOf(of)}(${nobody})`)).status).toBe(404);
  });

  it.each(named(lists))('%s counts what it lists', async (_name, of) => {
    const filter = demanded(of).split('&').slice(1).join('&');
    const count = await get(`${pathOf(of)}/$count?${filter}`);
    expect([count.status, count.text]).toEqual([200, expect.stringMatching(/^\d+$/)]);
    const listed = await get(`${pathOf(of)}?${demanded(of)}&$inlinecount=allpages`);
    expect(record(parsed(listed)['d'])['__count']).toBe(count.text);
  });

  it.each(named(lists))('%s speaks Atom as well', async (_name, of) => {
    const feed = await get(`${pathOf(of)}?${demanded(of)}`, { Accept: 'application/atom+xml' });
    expect(feed.headers.get('content-type')).toBe('application/atom+xml;type=feed;charset=utf-8');
    const rows = rowsOf(await get(`${pathOf(of)}?${demanded(of)}`));
    expect(feed.text.split('<entry>')).toHaveLength(rows.length + 1);
  });

  it.each(named(lists))('%s leads to each of its collections', async (_name, of) => {
    const collections = [...of.properties.values()].filter((p) => p.type === 'Collection');
    for (const { name } of collections) {
      expect(sources[of.name]?.navigations, `${of.name}.${name}`).toHaveProperty(name);
      // Sync knows no $expand; its rows still lead to their collections by address.
      const expand = of.isSync ? '' : `&$expand=${name}`;
      for (const row of await peek(exact, `${of.path}?$top=2${expand}`)) {
        const uri = String(record(row['__metadata'])['uri']).split('/api/v1/')[1] ?? '';
        const reached = rowsOf(await get(`${uri}/${name}`));
        if (expand !== '') expect(list(record(row[name])['results'])).toHaveLength(reached.length);
      }
    }
  });

  const VERBS = ['POST', 'PUT', 'DELETE'];
  /** Documented, but refused in practice (Exact KB, webhooks). */
  const isRefused = (of: Entity, verb: string) =>
    of.set === 'WebhookSubscriptions' && verb === 'PUT';
  it.each(named(endpoints))('%s answers 405 to exactly the verbs it lacks', async (_name, of) => {
    for (const verb of VERBS) {
      const key = of.key.type === 'Guid' ? `(guid'${NOBODY}')` : '(2147483)';
      const path = `${pathOf(of)}${verb === 'POST' ? '' : key}`;
      const { status } = await exact.call(verb, path, verb === 'DELETE' ? undefined : {});
      const lacks = !of.methods.includes(verb) || isRefused(of, verb);
      expect([verb, status === 405]).toEqual([verb, lacks]);
    }
    if (!of.methods.includes('GET')) expect((await get(pathOf(of))).status).toBe(405);
  });
});

/** Values as verbose JSON spells each type (Exact KB, values in JSON). */
function checkValue(type: string, value: unknown, name: string): void {
  if (value === null) return;
  switch (type) {
    case 'Guid':
      expect(value, name).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      return;
    case 'DateTime':
      expect(value, name).toMatch(/^\/Date\(-?\d+\)\/$/);
      return;
    case 'Boolean':
      expect(value, name).toBeTypeOf('boolean');
      return;
    case 'Int64':
      expect(value, name).toMatch(/^-?\d+$/);
      return;
    case 'String':
    case 'Binary':
      expect(value, name).toBeTypeOf('string');
      return;
    default:
      expect(value, name).toBeTypeOf('number');
      if (type !== 'Double') expect(Number.isInteger(value), name).toBe(true);
  }
}
