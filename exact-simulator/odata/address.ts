/*
 * Reads the path of an API call: division, endpoint, key, navigation and `$count`. Tolerant where
 * real clients are sloppy (Exact KB, token endpoint: double slashes, other case, trailing slash).
 */
import { ApiError } from '../http/answer.ts';
import { entityAt, type Entity } from './catalogue.ts';

/** A key as the URL spells it: `guid'…'` or `123`. */
export interface KeyLiteral {
  type: 'guid' | 'number';
  value: string | number;
}

export interface Address {
  /** undefined for `/api/v1/current/Me`. */
  division: number | undefined;
  /** `purchaseorder/goodsreceipts`: the unit of the error budget, without key. */
  endpoint: string;
  entity: Entity | undefined;
  key: KeyLiteral | undefined;
  navigation: string | undefined;
  count: boolean;
  /** The address ends in `$metadata`; `endpoint` is the service. */
  metadata: boolean;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new ApiError(400, 'Bad Request - Error in query syntax.');
  }
}

/** A key literal, bare or with its name in front: `ID=guid'…'`. */
function readKey(literal: string): KeyLiteral {
  const text = literal.trim().replace(/^\w+=/, '');
  const guid = /^guid'([0-9a-fA-F-]{36})'$/.exec(text);
  if (guid?.[1] !== undefined) return { type: 'guid', value: guid[1].toLowerCase() };
  if (/^\d+L?$/.test(text)) return { type: 'number', value: Number(text.replace('L', '')) };
  throw new ApiError(400, 'Bad Request - Error in query syntax.');
}

function resolve(parts: string[]): Omit<Address, 'division'> {
  const [last = ''] = parts.slice(-1);
  const count = last === '$count';
  const metadata = last.toLowerCase() === '$metadata';
  const rest = count || metadata ? parts.slice(0, -1) : [...parts];
  const keyed = rest.findIndex((part) => part.endsWith(')'));
  let key: KeyLiteral | undefined;
  let navigation: string | undefined;
  if (keyed >= 0) {
    const match = /^([^(]+)\((.*)\)$/.exec(rest[keyed] ?? '');
    if (match?.[1] === undefined || match[2] === undefined) throw notFound(rest.join('/'));
    if (rest.length > keyed + 2) throw notFound(rest.slice(keyed + 2).join('/'));
    navigation = rest[keyed + 1];
    // `Items()` is the collection itself.
    if (match[2].trim() !== '') key = readKey(match[2]);
    rest.splice(keyed, rest.length, match[1]);
  }
  const endpoint = rest.join('/').toLowerCase();
  return { endpoint, entity: entityAt(endpoint), key, navigation, count, metadata };
}

/** 404 for an endpoint, key or navigation that does not exist. */
export function notFound(segment: string): ApiError {
  return new ApiError(404, `Resource not found for the segment '${segment}'.`);
}

/** Takes a path below `/api/v1` apart. Throws 400 or 404 for one that cannot be read. */
export function readAddress(path: string): Address {
  const parts = path.split('/').filter(Boolean).slice(2).map(decode);
  const [first = '', ...rest] = parts;
  if (first.toLowerCase() === 'current') {
    return { division: undefined, ...resolve(['current', ...rest]) };
  }
  if (!/^\d{1,10}$/.test(first)) throw notFound(first);
  return { division: Number(first), ...resolve(rest) };
}
