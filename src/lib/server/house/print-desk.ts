// Who lives here: the desk of labels and packing lists: what waits to be printed, what one of them
// says, and who printed it. All of it is read from the journal. What is asked for once more while
// it still waits is the same piece of work; what was dealt with and is asked for again is a new one.

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { LIMITS, plus, printKey } from '../../domain/index.ts';
import type { CarriedGoods, Clock, GoodsLine } from '../../domain/index.ts';
import type { EntryBody, JournalEntry } from '../../ledger/index.ts';
import { printSaid } from '../admin/index.ts';
import type {
  ActionOutcome,
  PackedLine,
  PackingList,
  PrintFound,
  PrintLine,
  PrintsPort,
  PrintsReport,
} from '../admin/index.ts';
import type { Writer } from '../hub/index.ts';
import type { Database, Store } from '../store/index.ts';
import { unrecordedWords } from './exceptions.ts';

interface Item {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
}

export interface PrintParts {
  readonly store: Pick<Store, 'db'>;
  readonly writer: Pick<Writer, 'record'>;
  readonly clock: Clock;
  readonly item: (id: string) => Promise<Item | undefined>;
  /** Whom the goods of an order go to; undefined where nobody buys them. */
  readonly customer: (order: string) => Promise<string | undefined>;
  /** Who acted: the name of a person, else what the command says. */
  readonly named: (operator: string) => string;
}

type Asked = JournalEntry & { readonly body: Extract<EntryBody, { type: 'print-asked' }> };
type Settled = JournalEntry & { readonly body: Extract<EntryBody, { type: 'print-settled' }> };

/** The journal wrote it and vouches for it at every start, hence the cast. */
function entryOf<T extends JournalEntry>(row: { seq: number; at_ms: number; body: string }): T {
  return { seq: row.seq, atMs: row.at_ms, body: JSON.parse(row.body) as EntryBody } as T;
}

/** Found by the index on documents. */
const notSettled = sql<boolean>`not exists (
  select 1 from entry as settled, json_each(settled.body, '$.entries') as one
  where settled.document = entry.document
    and settled.type = 'print-settled' and one.value = entry.seq)`;

const asked = (db: Kysely<Database>) =>
  db.selectFrom('entry').select(['seq', 'at_ms', 'body']).where('type', '=', 'print-asked');

/** What waits, oldest first: one entry, and those that asked for the same once more meanwhile. */
type Waiting = readonly [Asked, ...Asked[]];

function together(open: readonly Asked[]): Waiting[] {
  const groups: [Asked, ...Asked[]][] = [];
  for (const entry of open) {
    const { by, request } = entry.body;
    const same = groups.findLast(([first]) => {
      const { body } = first;
      return body.by.session === by.session && printKey(body.request) === printKey(request);
    });
    if (request.again === true && same !== undefined) same.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

export class PrintDesk implements PrintsPort {
  readonly #parts: PrintParts;

  constructor(parts: PrintParts) {
    this.#parts = parts;
  }

  async report(): Promise<PrintsReport> {
    const { clock, store } = this.#parts;
    const waiting = await this.#waiting();
    const rows = await store.db
      .selectFrom('entry')
      .select(['seq', 'at_ms', 'body'])
      .where('type', '=', 'print-settled')
      .orderBy('seq', 'desc')
      .limit(LIMITS.printsDone)
      .execute();
    const done: PrintLine[] = [];
    for (const settled of rows.map((row) => entryOf<Settled>(row))) {
      const first = await this.#asked(settled.body.entries[0] ?? 0);
      if (first !== undefined) done.push(this.#line([first], settled));
    }
    return {
      atMs: clock.nowMs(),
      waiting: waiting.slice(0, LIMITS.printsWaiting).map((group) => this.#line(group)),
      waitingTotal: waiting.length,
      done,
    };
  }

  /** How many wait. */
  async count(): Promise<number> {
    return (await this.#waiting()).length;
  }

  async find(id: string): Promise<PrintFound | undefined> {
    const entry = await this.#asked(Number(id));
    if (entry === undefined) return undefined;
    const { request } = entry.body;
    const waiting = await this.#group(entry.seq);
    const line = this.#line(waiting ?? [entry], await this.#settledOf(entry));
    if (request.prints !== 'packingList') return { line, request };
    return { line, request, list: await this.#list(entry) };
  }

  async settle(id: string, outcome: 'printed' | 'dropped', person: string): Promise<ActionOutcome> {
    const group = await this.#group(Number(id));
    if (group === undefined) return { kind: 'gone' };
    const { document } = group[0].body.request;
    const entries = group.map(({ seq }) => seq);
    const body: EntryBody = { type: 'print-settled', document, entries, outcome, person };
    const recorded = await this.#parts.writer.record((_world, { nowMs, nextSeq }) => [
      { seq: nextSeq, atMs: nowMs, body },
    ]);
    if (recorded.ok) return { kind: 'done' };
    return { kind: 'refused', reason: unrecordedWords(recorded.failure.message) };
  }

  /** What nobody printed for so long is not wanted any more: it is only looked for after this. */
  async #since(): Promise<number> {
    const { clock, store } = this.#parts;
    const old = await asked(store.db)
      .where('at_ms', '<', clock.nowMs() - LIMITS.printKeepMs)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst();
    return old?.seq ?? 0;
  }

  async #waiting(): Promise<Waiting[]> {
    const { db } = this.#parts.store;
    const rows = await asked(db)
      .where('seq', '>', await this.#since())
      .where(notSettled)
      .orderBy('seq')
      .execute();
    return together(rows.map((row) => entryOf<Asked>(row)));
  }

  async #group(seq: number): Promise<Waiting | undefined> {
    return (await this.#waiting()).find(([first]) => first.seq === seq);
  }

  async #asked(seq: number): Promise<Asked | undefined> {
    const row = await asked(this.#parts.store.db).where('seq', '=', seq).executeTakeFirst();
    return row && entryOf<Asked>(row);
  }

  async #settledOf({ seq, body }: Asked): Promise<Settled | undefined> {
    const row = await this.#parts.store.db
      .selectFrom('entry')
      .select(['seq', 'at_ms', 'body'])
      .where('document', '=', body.request.document)
      .where('type', '=', 'print-settled')
      .where(
        sql<boolean>`exists (
        select 1 from json_each(entry.body, '$.entries') as one where one.value = ${seq})`,
      )
      .executeTakeFirst();
    return row && entryOf<Settled>(row);
  }

  #line([first, ...more]: Waiting, settled?: Settled): PrintLine {
    const { by, request } = first.body;
    const last = settled?.body;
    return {
      id: String(first.seq),
      atMs: first.atMs,
      what: printSaid(request),
      from: this.#parts.named(by.operator),
      order: request.order ?? '',
      times: 1 + (last === undefined ? more.length : last.entries.length - 1),
      again: request.again === true,
      ...(settled === undefined || last === undefined
        ? {}
        : { settled: { outcome: last.outcome, person: last.person, atMs: settled.atMs } }),
    };
  }

  /** What this session booked on the order before it asked, without what was taken back. */
  async #list({ seq, body }: Asked): Promise<PackingList> {
    const { by, request } = body;
    const rows = await this.#parts.store.db
      .selectFrom('entry')
      .select(['seq', 'at_ms', 'body'])
      .where('document', '=', request.document)
      .where('type', 'in', ['line-received', 'line-undone', 'line-reversed'])
      .where('seq', '<', seq)
      .orderBy('seq')
      .execute();
    const packed = new Map<string, GoodsLine>();
    for (const { body: each } of rows.map((row) => entryOf<JournalEntry>(row))) {
      if (each.type === 'line-received' && each.by.session === by.session) {
        packed.set(each.by.command, each.line);
      } else if (each.type === 'line-undone') packed.delete(each.undo.target);
      else if (each.type === 'line-reversed') packed.delete(each.reverse.target);
    }
    const lines = await this.#packed([...packed.values()]);
    return {
      order: request.order ?? '',
      partner: (await this.#parts.customer(request.document)) ?? '',
      lines: lines.slice(0, LIMITS.packingLines),
      more: Math.max(0, lines.length - LIMITS.packingLines),
    };
  }

  async #packed(lines: readonly GoodsLine[]): Promise<PackedLine[]> {
    const packed = new Map<string, PackedLine>();
    for (const line of lines.flatMap(goodsIn)) {
      const key = `${line.item} ${line.batch ?? ''}`;
      const known = packed.get(key);
      const numbers = [...(known?.numbers ?? []), ...(line.serials ?? [])];
      const { code, name, unit } = known
        ? { code: known.itemCode, name: known.itemName, unit: known.unit }
        : ((await this.#parts.item(line.item)) ?? { code: line.item, name: '', unit: '' });
      packed.set(key, {
        ...{ itemCode: code, itemName: name, unit },
        quantity: plus(known?.quantity ?? 0, line.quantity),
        numbers: line.batch === undefined ? numbers : [line.batch],
      });
    }
    return [...packed.values()];
  }
}

type Goods = Pick<CarriedGoods, 'item' | 'quantity' | 'batch' | 'serials'>;

/** The goods of a line, and what was carried with them. */
function goodsIn(line: GoodsLine): readonly Goods[] {
  if (line.type === 'count.line') return [];
  const others = line.type === 'move.line' ? (line.everything?.others ?? []) : [];
  return [line, ...others];
}
