// Who lives here: the rows that stations keep: items, places and open orders with their progress.
// Every change of a row takes the next version, and a station asks for what came after the version
// it has: catch-up, reconnect and first load are one mechanism (docs/adr/0007). Terms: dirty (to
// be made anew), flush (all dirty rows made and written in one transaction).

import { LIMITS } from '../../domain/index.ts';
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

/** Goods first, so that an order never comes before what it is about. */
const ORDER: readonly RowKind[] = ['person', 'location', 'warehouse', 'item', 'order'];

/** What a row of this kind says of what it is about. */
type BodyOf<K extends RowKind> = NonNullable<Extract<ReplicaRow, { kind: K }>['body']>;

interface StoredRow {
  readonly kind: string;
  readonly id: string;
  readonly version: number;
  readonly keys: string;
  readonly body: string | null;
}

export class Projection {
  readonly #parts: ProjectionParts;
  readonly #dirty: Readonly<Record<RowKind, Set<string>>> = {
    ...{ location: new Set(), warehouse: new Set(), item: new Set(), order: new Set() },
    person: new Set(),
  };
  #version = 0;
  #callOff: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(parts: ProjectionParts) {
    this.#parts = parts;
  }

  /** Opens the projection as it was left; `everything` brings it up to date. */
  static async open(parts: ProjectionParts): Promise<Projection> {
    const projection = new Projection(parts);
    const last = await parts.store.db
      .selectFrom('replica_row')
      .select(({ fn }) => fn.max('version').as('version'))
      .executeTakeFirst();
    projection.#version = last?.version ?? 0;
    return projection;
  }

  get version(): number {
    return this.#version;
  }

  /**
   * Makes every row of these kinds anew, after a start: a batch at a time, in the order of their
   * ids, so that a hundred thousand are never held together and the hub answers in between.
   */
  async everything(kinds: readonly RowKind[] = ORDER): Promise<void> {
    for (const kind of kinds) {
      let after: string | undefined = '';
      while (after !== undefined && !this.#closed) after = await this.#walk(kind, after);
    }
  }

  /** Rows of one kind after an id: those that are known and those that the source has. */
  async #walk(kind: RowKind, after: string): Promise<string | undefined> {
    const most = LIMITS.projectionBatchRows;
    const rows = await this.#parts.store.db
      .selectFrom('replica_row')
      .select('id')
      .where('kind', '=', kind)
      .where('id', '>', after)
      .orderBy('id')
      .limit(most)
      .execute();
    const known = rows.map((row) => row.id);
    const there = await this.#parts.source.ids(kind, after, most);
    // Beyond the end of a page that is full there may be more: both lists go that far and no further.
    const ends = [known, there].flatMap((list) => (list.length < most ? [] : (list.at(-1) ?? [])));
    const end = ends.sort()[0];
    for (const id of [...known, ...there]) {
      if (end === undefined || id <= end) this.#dirty[kind].add(id);
    }
    await this.flush();
    if (end !== undefined) await this.#breathe();
    return end;
  }

  /** These rows changed at their source; stations hear of it within a moment. */
  touch(kind: RowKind, ids: Iterable<string>): void {
    for (const id of ids) this.#dirty[kind].add(id);
    this.#schedule(LIMITS.projectionCoalesceMs);
  }

  #schedule(delayMs: number): void {
    if (this.#next() === undefined || this.#closed) return;
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

  /** The kind whose rows are made next. */
  #next(): RowKind | undefined {
    return ORDER.find((kind) => this.#dirty[kind].size > 0);
  }

  async #flushNow(): Promise<void> {
    const before = this.#version;
    for (let kind = this.#next(); kind !== undefined && !this.#closed; kind = this.#next()) {
      const ids = firstOf(this.#dirty[kind], LIMITS.projectionBatchRows);
      for (const id of ids) this.#dirty[kind].delete(id);
      try {
        await this.#write(await this.#make(kind, ids));
      } catch (error) {
        for (const id of ids) this.#dirty[kind].add(id);
        throw error;
      }
      // SQLite answers at once: without a pause nobody else would get a turn between batches.
      if (this.#next() !== undefined) await this.#breathe();
    }
    if (this.#version !== before) this.#parts.onChanged(this.#version);
  }

  #breathe(): Promise<void> {
    return new Promise((resolve) => this.#parts.later(0, resolve));
  }

  async #make(kind: RowKind, ids: readonly string[]) {
    const { source, ledger } = this.#parts;
    await source.warm?.(kind, ids);
    const made: Omit<StoredRow, 'version'>[] = [];
    for (const id of ids) {
      const content = await rowContent(kind, id, source, ledger);
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

  /**
   * Rows that came after a version, oldest first: at most a page of them, and no more than fit in
   * one message. A row that fits in none comes alone: it is needed whatever its size.
   */
  async page(after: number): Promise<ReplicaPage> {
    const found = await this.#parts.store.db
      .selectFrom('replica_row')
      .selectAll()
      .where('version', '>', after)
      .orderBy('version')
      .limit(LIMITS.replicaPageRows)
      .execute();
    const rows = fitting(found);
    const version = rows.at(-1)?.version ?? Math.max(after, this.#version);
    return {
      rows: rows.map(asReplicaRow),
      version,
      complete: found.length < LIMITS.replicaPageRows && rows.length === found.length,
    };
  }

  /** Up to `most` rows of one kind, whichever: of 100,000 items nobody wants all on one page. */
  async some<K extends RowKind>(kind: K, most: number): Promise<readonly BodyOf<K>[]> {
    const rows = await this.#parts.store.db
      .selectFrom('replica_row')
      .selectAll()
      .where('kind', '=', kind)
      .where('body', 'is not', null)
      .limit(most)
      .execute();
    const isOfKind = (row: ReplicaRow): row is Extract<ReplicaRow, { kind: K }> =>
      row.kind === kind;
    return rows.flatMap((row) => {
      const read = asReplicaRow(row);
      return isOfKind(read) && read.body !== null ? [read.body as BodyOf<K>] : [];
    });
  }

  /** Stops the timer; what is dirty is made again at the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#flushing;
  }
}

function firstOf(ids: ReadonlySet<string>, most: number): readonly string[] {
  const first: string[] = [];
  for (const id of ids) {
    if (first.length >= most) break;
    first.push(id);
  }
  return first;
}

/** What a message says besides its rows, and a row besides its keys and body; generously. */
const ENVELOPE_BYTES = 512;
const ROW_BYTES = 128;

/** The first of these rows that together fit in one message; at least one. */
function fitting(rows: readonly StoredRow[]): readonly StoredRow[] {
  let bytes = ENVELOPE_BYTES;
  const end = rows.findIndex(({ keys, body }, at) => {
    bytes += ROW_BYTES + Buffer.byteLength(keys) + Buffer.byteLength(body ?? 'null');
    return at > 0 && bytes > LIMITS.messageBytes;
  });
  return end < 0 ? rows : rows.slice(0, end);
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
