// Who lives here: goods receipts, as Exact wants them, and the way to find one again. The header's
// `Description` carries the marker, each line's `Notes` carries it as a second witness; `YourRef`
// is the supplier's invoice number and stays theirs (exact-online-api.md §7; invariants I-03).
//
// Terms: marker (at most 20 characters that name our posting inside Exact), factor (stock units in
// one purchase unit), sighting (what looking for a marker showed).

import * as z from 'zod';
import { assert, quantity } from '../../domain/index.ts';
import type { Clock, Marker } from '../../domain/index.ts';
import type { GoodsReceiptPosting, ReceiptLine } from '../../ledger/index.ts';
import type { Page } from './envelope.ts';
import type { ExactClient } from './http.ts';
import type { MirrorReader } from './mirror/readers.ts';
import { describe } from './outcomes.ts';
import type { Failure, Outcome } from './outcomes.ts';
import { dutchWallMs, sinceLiteral, textLiteral } from './values.ts';

const PATH = 'purchaseorder/GoodsReceipts';
const SELECT = 'ID,ReceiptNumber,Description';
/** Pages of recent receipts that are searched when Exact refuses to search by text. */
const SEARCH_PAGES = 50;
const UNMIRRORED_WAIT_MS = 60_000;

const headForm = z.object({
  ID: z.string().regex(/^[0-9a-f-]{36}$/i),
  ReceiptNumber: z.union([z.int(), z.null()]).optional(),
  Description: z.union([z.string(), z.null()]).optional(),
});

/** The body of the POST (§14.1). Only writable members; Exact refuses unknown ones. */
export interface GoodsReceiptBody {
  readonly ReceiptDate: string;
  readonly Description: string;
  readonly GoodsReceiptLines: readonly GoodsReceiptLineBody[];
}

interface GoodsReceiptLineBody {
  readonly PurchaseOrderLineID: string;
  /** Purchase units. */
  readonly QuantityReceived: number;
  readonly Notes: string;
  readonly Location?: string;
  readonly BatchNumbers?: readonly {
    readonly BatchNumber: string;
    readonly Quantity: number;
    readonly EndDate?: string;
  }[];
  readonly SerialNumbers?: readonly { readonly SerialNumber: string }[];
}

export type Sent =
  | { readonly kind: 'posted'; readonly exactId: string; readonly documentNumber: string }
  /** Exact refused it in these words. It was not applied. */
  | { readonly kind: 'rejected'; readonly status: number; readonly words: string }
  /** It was surely not applied: never sent, or answered so. `retryAtMs` when a time was named. */
  | {
      readonly kind: 'not-applied';
      readonly retryAtMs: number | null;
      readonly words: string;
      /** The reason lies in this document: others may be sent meanwhile. */
      readonly onlyThis?: true;
    }
  /** It may have been applied. */
  | { readonly kind: 'unknown'; readonly words: string };

export type Sighting =
  | { readonly kind: 'found'; readonly exactId: string; readonly documentNumber: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'several'; readonly documentNumbers: readonly string[] }
  /** It could not be looked up now. */
  | { readonly kind: 'unknown'; readonly retryAtMs: number | null; readonly words: string };

function lineBody(line: ReceiptLine, factor: number, marker: Marker): GoodsReceiptLineBody {
  // Batch quantities follow the unit of their line, so that they add up to it (§7).
  const inPurchaseUnits = (stock: number) => quantity(stock / factor);
  return {
    PurchaseOrderLineID: line.orderLine,
    QuantityReceived: inPurchaseUnits(line.quantity),
    Notes: marker,
    ...(line.location === undefined ? {} : { Location: line.location }),
    ...(line.batches === undefined
      ? {}
      : {
          BatchNumbers: line.batches.map((batch) => ({
            BatchNumber: batch.number,
            Quantity: inPurchaseUnits(batch.quantity),
            ...(batch.expiry === undefined ? {} : { EndDate: `${batch.expiry}T00:00:00` }),
          })),
        }),
    ...(line.serials === undefined
      ? {}
      : { SerialNumbers: line.serials.map((serial) => ({ SerialNumber: serial })) }),
  };
}

/** `factors`: stock units per purchase unit by order line; every line must be in it. */
export function buildGoodsReceipt(
  posting: GoodsReceiptPosting,
  factors: ReadonlyMap<string, number>,
  atMs: number,
): GoodsReceiptBody {
  const today = new Date(dutchWallMs(atMs)).toISOString().slice(0, 10);
  return {
    ReceiptDate: `${today}T00:00:00`,
    Description: posting.marker,
    GoodsReceiptLines: posting.lines.map((line) => {
      const factor = factors.get(line.orderLine);
      assert(factor !== undefined && factor > 0, 'the purchase unit of every line is known');
      return lineBody(line, factor, posting.marker);
    }),
  };
}

export class Receipts {
  readonly #client: ExactClient;
  readonly #reader: MirrorReader;
  readonly #clock: Clock;
  /** Exact refused to filter by Description here: search by time from now on (§13.3). */
  #filterRefused = false;

  constructor(client: ExactClient, reader: MirrorReader, clock: Clock) {
    this.#client = client;
    this.#reader = reader;
    this.#clock = clock;
  }

  /** When the budget lets a receipt out; in the past means now. */
  mayPostAtMs(): number {
    return this.#client.freeAtMs(PATH, 'post');
  }

  /** One POST. The caller has made "it is being sent" durable before. */
  async postReceipt(posting: GoodsReceiptPosting): Promise<Sent> {
    const lines = posting.lines.map((line) => line.orderLine);
    const factors = await this.#reader.purchaseUnitFactors(lines);
    const missing = lines.find((line) => !factors.has(line));
    if (missing !== undefined) {
      const retryAtMs = this.#clock.nowMs() + UNMIRRORED_WAIT_MS;
      const words = `order line ${missing} is not in the mirror of Exact`;
      return { kind: 'not-applied', retryAtMs, words, onlyThis: true };
    }
    const body = buildGoodsReceipt(posting, factors, this.#clock.nowMs());
    const answer = await this.#client.post(PATH, body, 'post');
    if (answer.kind !== 'ok') return sentOf(answer);
    const head = headForm.safeParse(answer.value.rows[0]);
    if (!head.success) {
      return { kind: 'unknown', words: 'Exact took it but did not say under which id' };
    }
    const exactId = head.data.ID.toLowerCase();
    const number = head.data.ReceiptNumber;
    if (typeof number === 'number' && number > 0) {
      return { kind: 'posted', exactId, documentNumber: String(number) };
    }
    // `Prefer: return=representation` may be ignored (§2.7): then only the key is filled.
    return this.#numberOf(exactId);
  }

  /** Looks for our marker among Exact's receipts. `sinceMs`: before the first send. */
  async findByMarker(marker: Marker, sinceMs: number): Promise<Sighting> {
    if (!this.#filterRefused) {
      const $filter = `Description eq ${textLiteral(marker)}`;
      const page = await this.#client.get(PATH, { $filter, $select: SELECT }, 'settle');
      if (page.kind !== 'rejected') return this.#sighting(page, marker);
      this.#filterRefused = true;
    }
    const $filter = `Created ge ${sinceLiteral(dutchWallMs(sinceMs))}`;
    const page = await this.#client.get(PATH, { $filter, $select: SELECT }, 'settle');
    return this.#sighting(page, marker);
  }

  async #numberOf(exactId: string): Promise<Sent> {
    const query = { $filter: `ID eq guid'${exactId}'`, $select: SELECT };
    const page = await this.#client.get(PATH, query, 'settle');
    const row = page.kind === 'ok' ? headForm.safeParse(page.value.rows[0]) : undefined;
    const number = row?.data?.ReceiptNumber;
    if (typeof number === 'number') {
      return { kind: 'posted', exactId, documentNumber: String(number) };
    }
    return { kind: 'unknown', words: 'Exact took it but did not say under which number' };
  }

  async #sighting(first: Outcome<Page>, marker: Marker): Promise<Sighting> {
    const found = new Map<string, string>();
    let page = first;
    for (let pages = 0; pages < SEARCH_PAGES; pages += 1) {
      if (page.kind !== 'ok') return { kind: 'unknown', ...laterOf(page) };
      for (const row of page.value.rows) {
        const head = headForm.safeParse(row);
        if (!head.success) {
          return { kind: 'unknown', retryAtMs: null, words: 'a receipt has another form' };
        }
        if (head.data.Description?.trim() !== marker) continue;
        found.set(head.data.ID.toLowerCase(), String(head.data.ReceiptNumber ?? ''));
      }
      if (page.value.next === undefined) return sightingOf(found);
      page = await this.#client.follow(page.value.next, 'settle');
    }
    return { kind: 'unknown', retryAtMs: null, words: 'too many receipts to search' };
  }
}

function sightingOf(found: ReadonlyMap<string, string>): Sighting {
  const [first] = found;
  if (first === undefined) return { kind: 'absent' };
  if (found.size > 1) return { kind: 'several', documentNumbers: [...found.values()] };
  return { kind: 'found', exactId: first[0], documentNumber: first[1] };
}

function laterOf(failure: Failure): { retryAtMs: number | null; words: string } {
  // A missing consent has no time: whoever connects again wakes the outbox.
  const consent = failure.kind === 'auth' && failure.state === 'needs-consent';
  const named = failure.kind === 'throttled' || (failure.kind === 'auth' && !consent);
  return { retryAtMs: named ? failure.untilMs : null, words: describe(failure) };
}

/** What a failure says about a document: was it applied, surely not, or perhaps. */
function sentOf(failure: Failure): Sent {
  switch (failure.kind) {
    case 'throttled':
    case 'auth':
      return { kind: 'not-applied', ...laterOf(failure) };
    case 'forbidden':
      return { kind: 'rejected', status: 403, words: failure.reason };
    case 'rejected':
      return { kind: 'rejected', status: failure.status, words: failure.words };
    case 'unavailable':
      return failure.nothingSent
        ? { kind: 'not-applied', retryAtMs: null, words: failure.words }
        : { kind: 'unknown', words: failure.words };
    case 'unknown':
      return { kind: 'unknown', words: failure.words };
  }
}
