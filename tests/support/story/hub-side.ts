// Who lives here: the hub's journal, postings and mirror as they stand on its disk, read-only; and
// the admin's button that has Exact read now.

import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import type { JournalEntry } from '../../../src/lib/ledger/index.ts';
import type { Product } from '../product.ts';

const PAUSE_MS = 50;
const READ_MS = 30_000;
const BOOKED_MS = 30_000;
/** The list that is read after all others. */
const LAST_LIST = 'Deleted';

export interface PostingRow {
  readonly kind: string;
  readonly document: string;
  readonly state: string;
  readonly words: string | null;
}

/** Asks until the answer is yes. @throws after `mostMs`, with what was waited for */
export async function until(
  what: string,
  mostMs: number,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const endMs = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > endMs) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

export class HubSide {
  readonly #product: Product;
  readonly #db: Sqlite.Database;

  constructor(product: Product) {
    this.#product = product;
    this.#db = new Sqlite(join(product.dataDir, 'hub.db'), { readonly: true });
  }

  close(): void {
    this.#db.close();
  }

  lastSeq(): number {
    const sql = 'SELECT coalesce(max(seq), 0) AS n FROM entry';
    return (this.#db.prepare(sql).get() as { n: number }).n;
  }

  /** Entries after `seq`, numbered anew from 1, with every text passed through `renamed`. */
  entriesAfter(seq: number, renamed: (text: string) => string): JournalEntry[] {
    const rows = this.#db.prepare('SELECT seq, at_ms, body FROM entry WHERE seq > ? ORDER BY seq');
    return (rows.all(seq) as { seq: number; at_ms: number; body: string }[]).map((row) => ({
      ...{ seq: row.seq - seq, atMs: row.at_ms },
      body: JSON.parse(renamed(row.body)) as JournalEntry['body'],
    }));
  }

  postings(): PostingRow[] {
    return this.#db
      .prepare('SELECT kind, document, state, words FROM posting')
      .all() as PostingRow[];
  }

  /** Waits until Exact has answered for all postings, or for those of one document. */
  async booked(document?: string): Promise<void> {
    await until(`Exact's answer to ${document ?? 'all postings'}`, BOOKED_MS, () => {
      const rows = this.postings().filter(
        (row) => document === undefined || row.document === document,
      );
      return rows.every(({ state }) => state === 'posted' || state === 'rejected');
    });
    // The outbox has it; the journal a moment later.
    await until('the journal to hear of it', BOOKED_MS, () => this.#unsettled() === 0);
  }

  #unsettled(): number {
    const sql = `SELECT (SELECT count(*) FROM entry WHERE type = 'posting-cut')
      - (SELECT count(*) FROM entry WHERE type = 'posting-settled') AS n`;
    return (this.#db.prepare(sql).get() as { n: number }).n;
  }

  /** Writes somebody down on the admin page, and gives their id. */
  async writeDown(name: string, badge: string, roles: readonly string[]): Promise<string> {
    await this.#send('people', { name, badge, roles: roles.join(',') });
    const sql = 'SELECT id FROM person WHERE name = ? ORDER BY since_ms DESC';
    return (this.#db.prepare(sql).get(name) as { id: string }).id;
  }

  /** Their badge is nobody's any more. */
  forget(person: string): Promise<void> {
    return this.#send('people', { act: 'remove', id: person });
  }

  /** The admin approves the link of a barcode that somebody reported. */
  async approve(barcode: string): Promise<void> {
    const rows = this.#db.prepare("SELECT seq, body FROM entry WHERE type = 'exception-reported'");
    const reported = (rows.all() as { seq: number; body: string }[]).findLast(({ body }) => {
      return (JSON.parse(body) as { report: { read?: string } }).report.read === barcode;
    });
    if (reported === undefined) throw new Error(`nobody reported ${barcode}`);
    const exception = `entry:${reported.seq}`;
    await this.#send('?/exception', { action: 'approve', exception, reason: 'seen' });
  }

  /** Everything of Exact is read now, and has been when this resolves. */
  async readsExact(): Promise<void> {
    const before = Math.max(0, ...this.#synced().values());
    // A hub that has just begun reads everything by itself; then it is asked to once more.
    await until('the hub to read for us', READ_MS, async () => {
      return (await this.#refusal('mirror?/read', {})) === undefined;
    });
    await until('all of Exact to be read', READ_MS, () => {
      const synced = this.#synced();
      return synced.has(LAST_LIST) && [...synced.values()].every((ms) => ms > before);
    });
  }

  async #send(page: string, fields: Readonly<Record<string, string>>): Promise<void> {
    const refusal = await this.#refusal(page, fields);
    if (refusal !== undefined) throw new Error(`the admin may not: ${page}: ${refusal}`);
  }

  /** A form of an admin page, as a browser sends it; what the page says against it. */
  async #refusal(
    page: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<string | undefined> {
    const { url } = this.#product;
    const answer = await fetch(`${url}/admin${page.startsWith('?') ? '' : '/'}${page}`, {
      ...{ method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' },
      headers: { origin: url, accept: 'application/json' },
    });
    const words = await answer.text();
    // SvelteKit answers 200 to a form that it refused, and says so inside.
    const { type } = JSON.parse(words) as { type?: string };
    return type === 'success' ? undefined : words;
  }

  #synced(): ReadonlyMap<string, number> {
    const rows = this.#db.prepare('SELECT entity, synced_ms FROM sync_cursor').all();
    return new Map(
      (rows as { entity: string; synced_ms: number }[]).map((row) => [row.entity, row.synced_ms]),
    );
  }
}
