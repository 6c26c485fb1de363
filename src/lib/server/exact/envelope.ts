// Who lives here: the envelope of OData v2 "verbose" JSON: `d` holds an object, a bare array, or
// `results` with an optional `__next`; an error holds its words in `error.message.value`
// (exact-online-api.md §2.2, §2.8). The reader decides nothing about what the rows mean.

import { LIMITS } from '../../domain/index.ts';

export type Row = Readonly<Record<string, unknown>>;

export interface Page {
  readonly rows: readonly Row[];
  /** Absolute address of the next page, as Exact gave it. */
  readonly next?: string;
  /** How many rows there are in all, where that was asked (`$inlinecount`). */
  readonly count?: number;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function allRows(list: readonly unknown[]): readonly Row[] | null {
  return list.every(isRow) ? list : null;
}

/** A parsed answer as a page; null when it is not an answer of this dialect. */
export function readPage(body: unknown): Page | null {
  if (!isRow(body) || !('d' in body)) return null;
  const d = body['d'];
  if (Array.isArray(d)) {
    const rows = allRows(d);
    return rows === null ? null : { rows };
  }
  if (!isRow(d)) return null;
  const results = d['results'];
  if (!Array.isArray(results)) return { rows: [d] };
  const rows = allRows(results);
  if (rows === null) return null;
  const count = readCount(d['__count']);
  const page = count === undefined ? { rows } : { rows, count };
  const next = d['__next'];
  if (next === undefined || next === null) return page;
  return typeof next === 'string' ? { ...page, next } : null;
}

/** A text in OData v2, a number in some answers. A count that is none is as good as no count. */
function readCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d{1,12}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) ? count : undefined;
}

/** JSON, or undefined when the text is none (a page that broke off, or has an error behind it). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

/** Exact's own words of a refusal; null when the body holds none. */
export function readWords(text: string): string | null {
  const body = parseJson(text);
  const error = isRow(body) ? body['error'] : undefined;
  const message = isRow(error) ? error['message'] : undefined;
  const value = isRow(message) ? message['value'] : message;
  if (typeof value !== 'string' || value.trim() === '') return null;
  return value.trim().slice(0, LIMITS.exactWordsChars);
}
