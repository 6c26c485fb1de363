// Who lives here: the rows that stations keep: items, places and open orders with their progress.
// Every change of a row takes the next version, and a station asks for what came after the version
// it has: catch-up, reconnect and first load are one mechanism (docs/adr/0007). Terms: dirty (to
// be made anew), flush (all dirty rows made and written in one transaction).

import { assert, LIMITS } from '../../domain/index.ts';
import type { ReplicaPage, ReplicaRow } from '../../protocol/index.ts';
import type { Store, Transaction } from '../store/index.ts';
import { rowContent } from './rows.ts';
import type { MasterSource, ProgressSource, RowKind } from './sources.ts';

export interface ProjectionParts {
  readonly store: Store;
  readonly source: MasterSource;
  readonly ledger: ProgressSource;
  /** Called after a flush that changed something, with the newest version. */
  readonly onChanged: (version: number) => void;
  /** A flush that failed: the rows stay dirty and are tried again; this tells somebody. */
  readonly onFailure: (error: unknown) => void;
  /** Runs `work` after `delayMs`; answers how to call it off. */
  readonly later: (delayMs: number, work: () => void) => () => void;
}

type Key = `${RowKind}:${string}`;
/** Goods first, so that an order never comes before what it is about. */
const ORDER: readonly RowKind[] = ['location', 'warehouse', 'item', 'order'];

interface StoredRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly keys: string;
  readonly body: string | null;
}

export class Projection {
  readonly #parts: ProjectionParts;
  readonly #dirty = new Set<Key>();
  #version = 0;
  #callOff: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(parts: ProjectionParts) {
    this.#parts = parts;
  }

  /** Opens the projection and brings every row up to what the mirror and the ledger say now. */
  static async open(parts: ProjectionParts): Promise<Projection> {
    const projection = new Projection(parts);
    const last = await parts.store.db
      .selectFrom('replica_row')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst();
    projection.#version = last?.version ?? 0;
    await projection.everything();
    return projection;
  }

  get version(): number {
    return this.#version;
  }

  /** Makes every row of these kinds anew: after a start, a first load or a full compare. */
  async everything(kinds: readonly RowKind[] = ORDER): Promise<void> {
    for (const kind of kinds) {
      const known = await this.#parts.store.db
        .selectFrom('replica_row')
        .select('id')
        .where('kind', '=', kind)
        .execute();
      for (const { id } of known) this.#dirty.add(`${kind}:${id}`);
      for (const id of await this.#parts.source.ids(kind)) this.#dirty.add(`${kind}:${id}`);
    }
    await this.flush();
  }

  /** These rows changed at their source; stations hear of it within a moment. */
  touch(kind: RowKind, ids: Iterable<string>): void {
    for (const id of ids) this.#dirty.add(`${kind}:${id}`);
    this.#schedule(LIMITS.projectionCoalesceMs);
  }

  #schedule(delayMs: number): void {
    if (this.#dirty.size === 0 || this.#closed) return;
    this.#callOff ??= this.#parts.later(delayMs, () => {
      this.#callOff = undefined;
      this.flush().catch((error: unknown) => {
        this.#parts.onFailure(error);
        this.#schedule(LIMITS.projectionRetryMs);
      });
    });
  }

  /** Makes all dirty rows now. One flush at a time, in the order they were asked for. */
  flush(): Promise<void> {
    const run = this.#flushing.then(() => this.#flushNow());
    this.#flushing = run.catch(() => undefined);
    return run;
  }

  async #flushNow(): Promise<void> {
    const before = this.#version;
    while (this.#dirty.size > 0) {
      const keys = [...this.#dirty].sort(byKind).slice(0, LIMITS.projectionBatchRows);
      for (const key of keys) this.#dirty.delete(key);
      try {
        await this.#write(await this.#make(keys));
      } catch (error) {
        for (const key of keys) this.#dirty.add(key);
        throw error;
      }
    }
    if (this.#version !== before) this.#parts.onChanged(this.#version);
  }

  async #make(keys: readonly Key[]) {
    const made: { kind: RowKind; id: string; keys: string; body: string | null }[] = [];
    for (const key of keys) {
      const [kind, id] = splitKey(key);
      const content = await rowContent(kind, id, this.#parts.source, this.#parts.ledger);
      made.push({
        kind,
        id,
        keys: JSON.stringify(content?.keys ?? []),
        body: content === null ? null : JSON.stringify(content.body),
      });
    }
    return made;
  }

  async #write(rows: readonly Omit<StoredRow, 'version'>[]): Promise<void> {
    const version = await this.#parts.store.transaction((tx) => {
      let next = this.#version;
      for (const row of rows) {
        if (!differs(tx, row)) continue;
        next += 1;
        tx.run(
          `INSERT INTO replica_row (kind, id, version, keys, body) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (kind, id) DO UPDATE SET
             version = excluded.version, keys = excluded.keys, body = excluded.body`,
          row.kind,
          row.id,
          next,
          row.keys,
          row.body,
        );
      }
      return next;
    });
    this.#version = version;
  }

  /** Rows that came after a version, oldest first, at most a page of them. */
  async page(after: number): Promise<ReplicaPage> {
    const rows = await this.#parts.store.db
      .selectFrom('replica_row')
      .selectAll()
      .where('version', '>', after)
      .orderBy('version')
      .limit(LIMITS.replicaPageRows)
      .execute();
    const version = rows.at(-1)?.version ?? Math.max(after, this.#version);
    return {
      rows: rows.map(asReplicaRow),
      version,
      complete: rows.length < LIMITS.replicaPageRows,
    };
  }

  /** Stops the timer; what is dirty is made again at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#flushing;
  }
}

function splitKey(key: Key): [RowKind, string] {
  const colon = key.indexOf(':');
  const kind = ORDER.find((each) => each === key.slice(0, colon));
  assert(kind !== undefined, 'a dirty row has a kind');
  return [kind, key.slice(colon + 1)];
}

function byKind(a: Key, b: Key): number {
  return ORDER.indexOf(splitKey(a)[0]) - ORDER.indexOf(splitKey(b)[0]);
}

function differs(tx: Transaction, row: Omit<StoredRow, 'version'>): boolean {
  const [known] = tx.all(
    'SELECT keys, body FROM replica_row WHERE kind = ? AND id = ?',
    row.kind,
    row.id,
  ) as { keys: string; body: string | null }[];
  if (known === undefined) return row.body !== null;
  return known.keys !== row.keys || known.body !== row.body;
}

/** What this room wrote itself is read back without a second check of its form. */
function asReplicaRow(row: StoredRow): ReplicaRow {
  return {
    kind: row.kind,
    id: row.id,
    version: row.version,
    keys: JSON.parse(row.keys) as string[],
    body: row.body === null ? null : (JSON.parse(row.body) as unknown),
  } as ReplicaRow;
}
