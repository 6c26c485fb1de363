// Who lives here: the auditor. The hub's journal on one side, the simulator's books on the other,
// both opened read-only: every accepted command is in exactly one posting, every posting in exactly
// one document, the sums agree line by line, number by number, and the mirror shows the books.

import { ok, deepStrictEqual } from 'node:assert';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { countsNumbers } from '../../../src/lib/domain/index.ts';
import type { GoodsLine, Posting, PostingKind } from '../../../src/lib/domain/index.ts';
import type { EntryBody } from '../../../src/lib/ledger/index.ts';

type Sums = Record<string, number>;

/** Where documents of a kind stand, and which of their columns say what of how much where. */
const LINES: Readonly<Record<string, string>> = {
  goodsReceipt: `SELECT h."ID" AS doc, l."PurchaseOrderLineID" AS what, l."Location" AS at,
      l."QuantityReceived" AS amount FROM "GoodsReceipts" h
    LEFT JOIN "GoodsReceiptLines" l ON l."GoodsReceiptID" = h."ID" WHERE h."Description" = ?`,
  goodsDelivery: `SELECT h."EntryID" AS doc, l."SalesOrderLineID" AS what,
      l."StorageLocation" AS at, l."QuantityDelivered" AS amount FROM "GoodsDeliveries" h
    LEFT JOIN "GoodsDeliveryLines" l ON l."EntryID" = h."EntryID" WHERE h."Description" = ?`,
  stockCount: `SELECT h."StockCountID" AS doc, l."Item" AS what, l."StorageLocation" AS at,
      l."QuantityDifference" AS amount FROM "StockCounts" h
    LEFT JOIN "StockCountLines" l ON l."StockCountID" = h."StockCountID"
    WHERE h."Status" = 21 AND h."Description" = ?`,
  locationTransfer: `SELECT h."TransferID" AS doc, l."Item" AS what, l."StorageLocationTo" AS at,
      l."Quantity" AS amount FROM "WarehouseTransfers" h
    LEFT JOIN "WarehouseTransferLines" l ON l."TransferID" = h."TransferID"
    WHERE h."Status" = 50 AND h."Description" = ?`,
  warehouseTransfer: `SELECT h."TransferID" AS doc, l."Item" AS what,
      l."StorageLocationTo" AS at, l."Quantity" AS amount FROM "WarehouseTransfers" h
    LEFT JOIN "WarehouseTransferLines" l ON l."TransferID" = h."TransferID"
    WHERE h."Status" = 50 AND h."Description" = ?`,
  materialIssue: `SELECT "StockTransactionId" AS doc, "ShopOrderMaterialPlan" AS what,
      "StorageLocation" AS at, "Quantity" AS amount FROM "MaterialIssues" WHERE "Note" = ?`,
  shopOrderReceipt: `SELECT "StockTransactionId" AS doc, "ShopOrder" AS what,
      "StorageLocation" AS at, "Quantity" AS amount FROM "ShopOrderReceipts"
    WHERE "StockTransactionId" = ?`,
};

interface BookLine {
  readonly doc: string;
  readonly what: string;
  readonly at: string | null;
  readonly amount: number | null;
}

interface PostingRow {
  readonly id: string;
  readonly marker: string;
  readonly kind: string;
  readonly state: string;
  readonly words: string | null;
  readonly exact_id: string | null;
}

export interface Audited {
  readonly accepted: number;
  readonly postings: number;
  /** Postings by kind: all of them came to their document. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly numbers: number;
}

function add(sums: Sums, key: string, amount: number): void {
  sums[key] = Math.round(((sums[key] ?? 0) + amount) * 1e6) / 1e6;
}

const lower = (id: string | null | undefined): string => (id ?? '').toLowerCase();

/** `kind what place` of a line that the hub took in, and how much. */
function ofLine(line: GoodsLine): readonly [key: string, amount: number] {
  switch (line.type) {
    case 'receive.line':
      return [`goodsReceipt ${line.line} ${lower(line.location)}`, line.quantity];
    case 'deliver.line':
      // It waits to be packed, and is booked as what was packed of it.
      if (line.posting === 'packed') return [`goodsDelivery ${line.line} `, 0];
      return [`goodsDelivery ${line.line} ${lower(line.location)}`, line.quantity];
    case 'pack.line': {
      const [first] = line.of ?? [];
      return [`goodsDelivery ${line.line} ${lower(first?.location)}`, line.quantity];
    }
    case 'issue.line':
      return [`materialIssue ${line.line} ${lower(line.location)}`, line.quantity];
    case 'return.line':
      return [`materialReturn ${line.line} ${lower(line.location)}`, line.quantity];
    case 'produce.line':
      return [`shopOrderReceipt ${line.document} ${lower(line.location)}`, line.quantity];
    case 'count.line':
      return [`stockCount ${line.item} ${lower(line.location)}`, line.found.quantity];
    case 'arrive.line': {
      const kind = transferOf({ from: line.from ?? line.to, to: line.to });
      return [`${kind} ${line.item} ${lower(line.to.location)}`, line.quantity];
    }
    case 'move.line':
      return [`${transferOf(line)} ${line.item} ${lower(line.to.location)}`, line.quantity];
  }
}

function transferOf({
  from,
  to,
}: Pick<Extract<GoodsLine, { type: 'move.line' }>, 'from' | 'to'>): PostingKind {
  return from.warehouse === to.warehouse ? 'locationTransfer' : 'warehouseTransfer';
}

export class Auditor {
  readonly #hub: Sqlite.Database;
  readonly #books: Sqlite.Database;

  constructor(dataDir: string) {
    this.#hub = new Sqlite(join(dataDir, 'hub.db'), { readonly: true });
    this.#books = new Sqlite(join(dataDir, 'exact-simulator.db'), { readonly: true });
  }

  close(): void {
    this.#hub.close();
    this.#books.close();
  }

  /** Postings that are not final yet. */
  open(): number {
    const sql = "SELECT count(*) AS n FROM posting WHERE state NOT IN ('posted', 'rejected')";
    return (this.#hub.prepare(sql).get() as { n: number }).n;
  }

  /** Stock rows of the books that the mirror shows otherwise. */
  unlikeMirror(): number {
    const mirror = this.#hub.prepare(
      "SELECT id, body FROM mirror_row WHERE entity = 'StockPositions'",
    );
    const shown = new Map(
      (mirror.all() as { id: string; body: string }[]).map(({ id, body }) => [
        lower(id),
        (JSON.parse(body) as { CurrentStock: number | null }).CurrentStock ?? 0,
      ]),
    );
    const rows = this.#books.prepare(
      'SELECT "ID" AS id, "CurrentStock" AS n FROM "StockPositions"',
    );
    return (rows.all() as { id: string; n: number | null }[]).filter(
      ({ id, n }) => Math.abs((shown.get(lower(id)) ?? 0) - (n ?? 0)) > 1e-6,
    ).length;
  }

  /** @param told the commands that a station heard `accepted` for */
  audit(told: readonly string[]): Audited {
    const entries = this.#hub.prepare('SELECT body FROM entry ORDER BY seq').all();
    const bodies = (entries as { body: string }[]).map(({ body }) => JSON.parse(body) as EntryBody);
    const lines = bodies.filter((body) => body.type === 'line-received');
    const accepted = lines.map(({ by }) => by.command as string);
    ok(new Set(accepted).size === accepted.length, 'I-02: a command is in the journal twice');
    const known = new Set(accepted);
    const lost = told.filter((id) => !known.has(id));
    ok(lost.length === 0, `I-01: told accepted, and not in the journal: ${lost.join(', ')}`);
    const cut = bodies.flatMap((body) => (body.type === 'posting-cut' ? [body.posting] : []));
    this.#eachOnce(accepted, cut);
    const counts = new Set(cut.filter(isReckoned).map(({ marker }) => marker as string));
    const summed = lines.map(({ line }) => line).filter((line) => !isCounted(line));
    deepStrictEqual(this.#booked(counts), this.#taken(summed));
    const refused = counted(
      bodies.flatMap((body) =>
        body.type === 'command-refused' ? [`${body.payload.type} ${body.fault.code}`] : [],
      ),
    );
    // Nobody asks for more than there is, or for what is not there.
    deepStrictEqual(refused, {}, 'commands were refused that the hub could have taken');
    return {
      accepted: accepted.length,
      postings: cut.length,
      kinds: counted(cut.map(({ kind }) => kind)),
      numbers: this.#numbers(lines.map(({ line }) => line)),
    };
  }

  #eachOnce(accepted: readonly string[], cut: readonly Posting[]): void {
    const times = new Map<string, number>();
    for (const { commands } of cut) {
      for (const id of commands) times.set(id, (times.get(id) ?? 0) + 1);
    }
    const wrong = accepted.filter((id) => times.get(id) !== 1);
    ok(wrong.length === 0, `not in exactly one posting: ${wrong.join(', ')}`);
  }

  #taken(lines: readonly GoodsLine[]): Sums {
    const sums: Sums = {};
    for (const line of lines) add(sums, ...ofLine(line));
    return sorted(sums);
  }

  /** What the documents of our postings hold, each of which stands there exactly once. */
  #booked(counts: ReadonlySet<string>): Sums {
    const sums: Sums = {};
    for (const row of this.#hub.prepare('SELECT * FROM posting').all() as PostingRow[]) {
      ok(row.state === 'posted', `${row.kind} ${row.marker} is ${row.state}: ${row.words ?? ''}`);
      const sql = LINES[row.kind];
      ok(sql !== undefined, `no posting of kind ${row.kind} was expected`);
      const name = row.kind === 'shopOrderReceipt' ? row.exact_id : row.marker;
      const found = this.#books.prepare(sql).all(name) as BookLine[];
      const documents = new Set(found.map(({ doc }) => doc));
      ok(documents.size === 1, `I-03: ${documents.size} documents of ${row.kind} ${row.marker}`);
      if (counts.has(row.marker)) {
        // Its lines are differences to what was there; what is there at the end is looked at by number.
        const second = this.#books.prepare(sql).all(`${row.marker} 2`) as BookLine[];
        const more = new Set(second.map(({ doc }) => doc)).size;
        ok(more <= 1, `I-03: ${more} second documents of ${row.kind} ${row.marker}`);
        continue;
      }
      for (const { what, at, amount } of found) {
        add(sums, `${row.kind} ${lower(what)} ${lower(at)}`, Math.abs(amount ?? 0));
      }
    }
    this.#unmarkedOnce();
    return sorted(sums);
  }

  /** Shop order receipts have no marker: there are as many as postings. */
  #unmarkedOnce(): void {
    const one = (db: Sqlite.Database, sql: string) => (db.prepare(sql).get() as { n: number }).n;
    const ours = `SELECT count(*) AS n FROM posting WHERE kind = 'shopOrderReceipt'`;
    const theirs = 'SELECT count(*) AS n FROM "ShopOrderReceipts"';
    const [wanted, there] = [one(this.#hub, ours), one(this.#books, theirs)];
    ok(wanted === there, `I-03: ${there} shop order receipts for ${wanted} postings`);
  }

  /** Batches and serials of this run: as much in the books as the journal says. */
  #numbers(lines: readonly GoodsLine[]): number {
    const taken: Sums = {};
    for (const line of lines) {
      if (isCounted(line)) {
        setCounted(taken, line);
        continue;
      }
      const sign = line.type === 'issue.line' ? -1 : 1;
      for (const serial of line.serials ?? []) add(taken, serial, sign);
      const [, amount] = ofLine(line);
      if (line.batch !== undefined) add(taken, line.batch, sign * amount);
    }
    const sql = `SELECT n."SerialBatchNumber" AS number, sum(m."Quantity") AS amount
      FROM "StockSerialBatchNumbers" m
      JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
      WHERE m."IsDraft" = 0 AND n."SerialBatchNumber" LIKE 'K_-%' GROUP BY 1`;
    const rows = this.#books.prepare(sql).all() as { number: string; amount: number }[];
    const booked = Object.fromEntries(rows.map(({ number, amount }) => [number, amount]));
    deepStrictEqual(notNone(booked), notNone(taken));
    return rows.length;
  }
}

type Count = Extract<GoodsLine, { type: 'count.line' }>;

/** It says what lies there, and not how much more or less. */
function isCounted(line: GoodsLine): line is Count {
  return line.type === 'count.line' && line.found.kind === 'counted';
}

function isReckoned(posting: Posting): boolean {
  return posting.kind === 'stockCount' && posting.lines.some(countsNumbers);
}

/** The last count of a batch is right; of a player's serials those that it names are there. */
function setCounted(taken: Sums, { batch, serials = [], found }: Count): void {
  if (batch !== undefined) taken[batch] = found.quantity;
  const [first] = serials;
  if (first === undefined) return;
  const player = first.slice(0, first.lastIndexOf('-'));
  for (const number of Object.keys(taken)) {
    if (number.startsWith(player)) taken[number] = 0;
  }
  for (const serial of serials) taken[serial] = 1;
}

function counted(names: readonly string[]): Sums {
  const sums: Sums = {};
  for (const name of names) add(sums, name, 1);
  return sorted(sums);
}

/** What was there and is gone is as what never was. */
function notNone(sums: Sums): Sums {
  return sorted(Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0)));
}

function sorted(sums: Sums): Sums {
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}
