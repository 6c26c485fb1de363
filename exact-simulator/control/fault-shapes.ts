/*
 * Good answers in a shape a client did not expect: other wrapping, other types, fields that came
 * or went, pages that overlap (Exact KB, JSON shapes and paging).
 */
import { allEntities } from '../odata/catalogue.ts';
import type { Answer, Request } from '../http/answer.ts';
import { OTHER_DIVISION } from '../seed/company.ts';
import type { FaultKind } from './fault-kinds.ts';

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The rows of `d` and, where it is an object, that object. */
function collection(body: unknown): { d: Json | undefined; rows: unknown[] } | undefined {
  const d = isObject(body) ? body['d'] : undefined;
  if (Array.isArray(d)) return { d: undefined, rows: d };
  if (!isObject(d) || !Array.isArray(d['results'])) return undefined;
  return { d, rows: d['results'] };
}

const INT64 = new Set(
  allEntities().flatMap((e) =>
    [...e.properties.values()].filter((p) => p.type === 'Int64').map((p) => p.name),
  ),
);

function int64AsNumbers(body: string): string {
  return body.replaceAll(/"(\w+)":"(-?\d+)"/g, (whole, name: string, digits: string) =>
    INT64.has(name) ? `"${name}":${digits}` : whole,
  );
}

function ofOtherCompany(body: string): string {
  return body
    .replaceAll(/"Division":\d+/g, `"Division":${OTHER_DIVISION}`)
    .replaceAll(/\/api\/v1\/\d+\//g, `/api/v1/${OTHER_DIVISION}/`);
}

/** `__next` that starts at the last row of this page once more; keys that are guids only. */
function overlapping(d: Json, rows: unknown[]): boolean {
  const before = rows.at(-2);
  const metadata = isObject(before) ? before['__metadata'] : undefined;
  const uri = isObject(metadata) ? String(metadata['uri']) : '';
  const key = /\((guid'[^']+')\)$/.exec(uri)?.[1];
  if (key === undefined) return false;
  d['__next'] = String(d['__next']).replace(/skiptoken=[^&]*/, () => {
    return `skiptoken=${encodeURIComponent(key)}`;
  });
  return true;
}

function dropLastField(row: unknown): void {
  if (!isObject(row)) return;
  const last = Object.keys(row)
    .filter((name) => name !== '__metadata')
    .at(-1);
  if (last !== undefined) delete row[last];
}

/** Changes a parsed body; false when it has nothing that could be changed. */
function change(kind: FaultKind, request: Request, body: Json): boolean {
  const found = collection(body);
  if (!found) return false;
  const { d, rows } = found;
  switch (kind) {
    case 'd-array':
      if (!d || d['__next'] !== undefined || d['__count'] !== undefined) return false;
      body['d'] = rows;
      return true;
    case 'unknown-field':
      for (const row of rows) if (isObject(row)) row['BrandNewField'] = 'new this morning';
      return rows.length > 0;
    case 'missing-field':
      rows.forEach(dropLastField);
      return rows.length > 0;
    case 'repeat-page':
      if (d?.['__next'] === undefined) return false;
      d['__next'] = `${request.origin}${request.path}?${request.query}`;
      return true;
    case 'page-shift':
      return d?.['__next'] !== undefined && overlapping(d, rows);
    default:
      return false;
  }
}

/** The answer in the shape of a fault; the same answer when it has nothing to change. */
export function reshaped(kind: FaultKind, request: Request, answer: Answer): Answer {
  if (answer.status !== 200 || !(answer.headers['Content-Type'] ?? '').includes('json')) {
    return answer;
  }
  const textual = { 'int64-number': int64AsNumbers, 'wrong-answer-division': ofOtherCompany };
  if (kind === 'int64-number' || kind === 'wrong-answer-division') {
    const body = textual[kind](answer.body);
    return body === answer.body ? answer : { ...answer, body };
  }
  const body: unknown = JSON.parse(answer.body);
  if (!isObject(body) || !change(kind, request, body)) return answer;
  return { ...answer, body: JSON.stringify(body) };
}
