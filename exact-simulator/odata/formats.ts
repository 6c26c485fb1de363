/*
 * Which format an answer has (Exact KB, headers): verbose JSON for `application/json`, Atom when
 * Accept is absent or takes anything, and nothing for a client that only takes `application/xml`.
 */
import { ApiError, json, type Answer, type Request } from '../http/answer.ts';
import { atomEntry, atomError, atomFeed, type AtomContext } from './atom.ts';
import type { Entity } from './catalogue.ts';

export type Format = 'json' | 'atom';

interface Wanted {
  type: string;
  quality: number;
}

function accepted(request: Request): Wanted[] {
  return (request.headers['accept'] ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => {
      const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='));
      return { type, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter((wanted) => wanted.type !== '' && wanted.quality > 0)
    .sort((a, b) => b.quality - a.quality);
}

const FORMATS: Record<string, Format> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/atom+xml': 'atom',
  'application/*': 'atom',
  '*/*': 'atom',
};

function unsupported(): ApiError {
  return new ApiError(415, 'Unsupported media type requested.');
}

/** The format of a data answer. Throws 415 when the client takes neither JSON nor Atom. */
export function formatOf(request: Request): Format {
  const option = request.query.get('$format');
  if (option !== null) {
    if (option === 'json' || option === 'atom') return option;
    throw unsupported();
  }
  const wanted = accepted(request);
  if (wanted.length === 0) return 'atom';
  const found = wanted.map(({ type }) => FORMATS[type]).find((format) => format !== undefined);
  if (found === undefined) throw unsupported();
  return found;
}

/** Whether an error should be told in JSON; never throws. */
function wantsJson(request: Request): boolean {
  if (request.query.get('$format') === 'json') return true;
  return (request.headers['accept'] ?? '').toLowerCase().includes('json');
}

/** Throws 415 when the client does not take XML: `$metadata` has no other format. */
export function demandXml(request: Request): void {
  const wanted = accepted(request);
  const fits = ({ type }: Wanted) => type.endsWith('xml') || type.endsWith('/*');
  if (wanted.length > 0 && !wanted.some(fits)) throw unsupported();
}

/** `http://host/api/v1/123456/inventory/`: the service an entity belongs to. */
function serviceUri(base: string, of: Entity): string {
  return `${base}/${of.path.slice(0, of.path.lastIndexOf('/') + 1)}`;
}

export interface Shown {
  /** `http://host/api/v1/123456` */
  base: string;
  of: Entity;
  /** The value of `d`. */
  d: unknown;
  nowMs: number;
}

function contextOf(shown: Shown): AtomContext {
  return { serviceUri: serviceUri(shown.base, shown.of), nowMs: shown.nowMs };
}

/** A collection as the client asked for it. */
export function answerFeed(request: Request, shown: Shown): Answer {
  if (formatOf(request) === 'json') return json(200, { d: shown.d });
  const headers = { 'Content-Type': 'application/atom+xml;type=feed;charset=utf-8' };
  const uri = `${request.origin}${request.path}`;
  return { status: 200, headers, body: atomFeed(contextOf(shown), shown.of, shown.d, uri) };
}

/** One row as the client asked for it. */
export function answerEntry(
  request: Request,
  shown: Shown,
  status: 200 | 201,
  headers: Record<string, string> = {},
): Answer {
  if (formatOf(request) === 'json') return json(status, { d: shown.d }, headers);
  const type = { 'Content-Type': 'application/atom+xml;type=entry;charset=utf-8' };
  const body = atomEntry(contextOf(shown), shown.of, shown.d);
  return { status, headers: { ...type, ...headers }, body };
}

/** An error as the client asked for it: JSON, or XML without `Accept: application/json`. */
export function answerError(request: Request, error: ApiError): Answer {
  if (wantsJson(request)) {
    const body = { error: { code: '', message: { lang: '', value: error.message } } };
    return json(error.status, body, error.headers);
  }
  const headers = { 'Content-Type': 'application/xml;charset=utf-8', ...error.headers };
  return { status: error.status, headers, body: atomError(error.message) };
}
