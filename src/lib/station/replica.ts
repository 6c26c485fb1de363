// Who lives here: the station's copy of master data and open orders, pulled from the hub page by
// page. It is a copy: the hub can give it again, so its writes are relaxed. Terms: key (a
// normalised look-up key of scan/, `gtin:…`), row (one record with the keys it is found under).

import { fault, LIMITS, openQuantity } from '../domain/index.ts';
import type { OrderView, PersonView } from '../domain/index.ts';
import { isReplicaRow, PROTOCOL } from '../protocol/index.ts';
import type { ReplicaPage, ReplicaRow } from '../protocol/index.ts';
import type { Match } from '../scan/index.ts';
import { commit, quarantine, read } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';

/** What `interpret` needs of a row found under `key`. */
function matchOf(key: string, row: ReplicaRow): Match | undefined {
  if (row.body === null) return undefined;
  switch (row.kind) {
    case 'item':
      return { key, kind: 'item', body: row.body };
    case 'location':
      return { key, kind: 'location', body: row.body };
    case 'order':
      return { key, kind: 'order', body: row.body };
    case 'warehouse':
      return { key, kind: 'warehouse', body: row.body };
    case 'person':
      // Nobody is goods: badges are asked for by themselves.
      return undefined;
  }
}

const allOf = (kind: ReplicaRow['kind']) => IDBKeyRange.bound([kind, ''], [kind, '\uffff']);

/**
 * Rows are kept in the form of the protocol they came by. Those of another one, from before this
 * program was renewed or after it was put back, are asked for again.
 */
async function dropOtherForm(tx: WriteTx): Promise<void> {
  const meta = tx.objectStore('meta');
  if ((await meta.get('replicaProtocol')) === PROTOCOL) return;
  await tx.objectStore('replica').clear();
  await meta.delete('replicaVersion');
  await meta.put(PROTOCOL, 'replicaProtocol');
}

/** Expected first, then by number; orders without a date come last. */
function byExpectedDate(a: OrderView, b: OrderView): number {
  const [x, y] = [a.expectedDate ?? '9999', b.expectedDate ?? '9999'];
  return x < y ? -1 : x > y ? 1 : a.number.localeCompare(b.number, 'en', { numeric: true });
}

export class Replica {
  readonly #orders = new Map<string, OrderView>();
  readonly #people = new Map<string, Extract<ReplicaRow, { kind: 'person' }>>();
  /** Least recently used first, as Map keeps its insertion order. */
  readonly #cache = new Map<string, readonly Match[]>();
  #version = 0;
  readonly #listeners = new Set<(orders: ReadonlySet<string>) => void>();

  constructor(private readonly db: StationDb) {}

  get version(): number {
    return this.#version;
  }

  /** Told after every page that was written: the ids of orders it touched. */
  onChange(listener: (orders: ReadonlySet<string>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads orders and cursor at start; the number of unreadable rows is the value. */
  async load(): Promise<Stored<number>> {
    const loaded = await commit(this.db, ['meta', 'replica', 'quarantine'], async (tx) => {
      await dropOtherForm(tx);
      const store = tx.objectStore('replica');
      const version = await tx.objectStore('meta').get('replicaVersion');
      let unreadable = 0;
      const held: ReplicaRow[] = [];
      const rows = [
        ...(await store.getAll(allOf('order'))),
        ...(await store.getAll(allOf('person'))),
      ];
      for (const row of rows) {
        if (isReplicaRow(row) && row.body !== null) held.push(row);
        else {
          unreadable += 1;
          await quarantine(tx, 'replica', row);
        }
      }
      // A copy with a hole is not a copy: the whole of it is asked for again.
      if (unreadable > 0) await store.clear();
      if (unreadable > 0) await tx.objectStore('meta').delete('replicaVersion');
      return { held: unreadable > 0 ? [] : held, version: Number(version ?? 0), unreadable };
    });
    if (!loaded.ok) return loaded;
    const { held, version, unreadable } = loaded.value;
    this.#version = unreadable > 0 || !Number.isSafeInteger(version) ? 0 : version;
    this.#orders.clear();
    this.#people.clear();
    for (const row of held) this.#hold(row);
    return { ok: true, value: unreadable };
  }

  /** Writes one page and moves the cursor with it, or changes nothing. */
  async apply(page: ReplicaPage): Promise<Stored<void>> {
    const written = await commit(
      this.db,
      ['meta', 'replica'],
      async (tx) => {
        const store = tx.objectStore('replica');
        for (const row of page.rows) {
          if (row.body === null) await store.delete([row.kind, row.id]);
          else await store.put(row);
        }
        await tx.objectStore('meta').put(page.version, 'replicaVersion');
      },
      'relaxed',
    );
    if (!written.ok) return written;
    this.#version = page.version;
    if (page.rows.length > 0) this.#cache.clear();
    const touched = new Set<string>();
    for (const row of page.rows) {
      this.#hold(row);
      if (row.kind === 'order') touched.add(row.id);
    }
    for (const listener of this.#listeners) listener(touched);
    return written;
  }

  /** Forgets everything: another hub has another journal behind its rows. */
  async clear(): Promise<Stored<void>> {
    const cleared = await commit(this.db, ['meta', 'replica'], async (tx) => {
      await tx.objectStore('replica').clear();
      await tx.objectStore('meta').delete('replicaVersion');
    });
    if (!cleared.ok) return cleared;
    const touched = new Set(this.#orders.keys());
    this.#version = 0;
    this.#orders.clear();
    this.#people.clear();
    this.#cache.clear();
    for (const listener of this.#listeners) listener(touched);
    return cleared;
  }

  /** Everything that is found under any of these keys, in the order of the keys. */
  async match(keys: readonly string[]): Promise<Stored<readonly Match[]>> {
    const found: Match[] = [];
    for (const key of keys) {
      const matches = this.#cached(key) ?? (await this.#look(key));
      if ('fault' in matches) return { ok: false, fault: matches.fault };
      found.push(...matches);
    }
    return { ok: true, value: found };
  }

  order(id: string): OrderView | undefined {
    return this.#orders.get(id);
  }

  /** Orders with something open as `seen` sees them, the first expected first. */
  openOrders(seen: (order: OrderView) => OrderView): OrderView[] {
    return [...this.#orders.values()]
      .map(seen)
      .filter((order) => order.lines.some((line) => openQuantity(line) > 0))
      .sort(byExpectedDate);
  }

  /** Everybody who has a badge. */
  get people(): readonly PersonView[] {
    return [...this.#people.values()].flatMap(({ body }) => body ?? []);
  }

  person(id: string): PersonView | undefined {
    return this.#people.get(id)?.body ?? undefined;
  }

  /** Whose badge it is, by its look-up key. */
  badgeOf(key: string): PersonView | undefined {
    const row = [...this.#people.values()].find(({ keys }) => keys.includes(key));
    return row?.body ?? undefined;
  }

  /** What is asked without the disk: orders and people. */
  #hold(row: ReplicaRow): void {
    if (row.kind === 'order') {
      if (row.body === null) this.#orders.delete(row.id);
      else this.#orders.set(row.id, row.body);
    } else if (row.kind === 'person') {
      if (row.body === null) this.#people.delete(row.id);
      else this.#people.set(row.id, row);
    }
  }

  #cached(key: string): readonly Match[] | undefined {
    const matches = this.#cache.get(key);
    if (matches === undefined) return undefined;
    this.#cache.delete(key);
    this.#cache.set(key, matches);
    return matches;
  }

  async #look(key: string): Promise<readonly Match[] | { fault: ReturnType<typeof fault> }> {
    const rows = await read(() => this.db.getAllFromIndex('replica', 'key', key));
    if (!rows.ok) return { fault: rows.fault };
    const matches: Match[] = [];
    for (const row of rows.value) {
      if (!isReplicaRow(row)) return { fault: fault('station.corrupt-row', { rows: 1 }) };
      const match = matchOf(key, row);
      if (match !== undefined) matches.push(match);
    }
    this.#cache.set(key, matches);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > LIMITS.replicaCacheKeys && !oldest.done)
      this.#cache.delete(oldest.value);
    return matches;
  }
}
