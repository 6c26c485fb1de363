/*
 * Values between SQLite and JSON (Exact KB, values in JSON): guids lower-case, moments as
 * `/Date(ms)/` of the Dutch wall clock, Int64 as text, flags as numbers or booleans. The store
 * keeps moments as wall milliseconds and booleans as 0/1.
 */
import type { SqlValue } from '../store/database.ts';
import type { Property } from './catalogue.ts';

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return GUID.test(text);
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?)?(?:Z|[+-]\d\d:?\d\d)?$/;
const US = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d):(\d\d):(\d\d))?$/;

type Parts = (string | undefined)[];

function wall(year: Parts[0], month: Parts[0], day: Parts[0], time: Parts): number | undefined {
  const [hour = '0', minute = '0', second = '0', fraction = '0'] = time;
  const numbers = [year, month, day].map(Number);
  const [y = NaN, m = NaN, d = NaN] = numbers;
  const ms = Number(`0.${fraction}`) * 1000;
  const at = Date.UTC(y, m - 1, d, Number(hour), Number(minute), Number(second), Math.floor(ms));
  const back = new Date(at);
  // Date.UTC rolls 31 February over into March; such a date is a mistake of the client.
  if (Number.isNaN(at) || back.getUTCMonth() !== m - 1 || back.getUTCDate() !== d) return undefined;
  return at;
}

/**
 * Wall milliseconds of any spelling Exact accepts: ISO with or without time and zone (the zone is
 * ignored, the digits count), US order, `/Date(ms)/`. Undefined when it is none of them.
 */
export function parseMoment(text: string): number | undefined {
  const iso = ISO.exec(text);
  if (iso) return wall(iso[1], iso[2], iso[3], iso.slice(4));
  const us = US.exec(text);
  if (us) return wall(us[3], us[1], us[2], us.slice(4));
  const date = /^\/Date\((-?\d+)\)\/$/.exec(text);
  return date ? Number(date[1]) : undefined;
}

/** The JSON value of a stored one; a zero where there is none and null cannot be. */
export function toJson(property: Property, value: SqlValue | undefined): unknown {
  if (value === null || value === undefined) return blankJson(property);
  switch (property.type) {
    case 'DateTime':
      return `/Date(${value})/`;
    case 'Boolean':
      return value !== 0 && value !== '0';
    case 'Int64':
      return String(value);
    case 'Guid':
    case 'String':
    case 'Binary':
      return String(value);
    default:
      return Number(value);
  }
}

/** What .NET makes of a value that was never set, by type. */
const ZEROS: Record<Property['type'], unknown> = {
  ...{ Byte: 0, Int16: 0, Int32: 0, Int64: '0', Double: 0, Boolean: false },
  // 1 January of the year 1.
  DateTime: '/Date(-62135596800000)/',
  ...{ Guid: '00000000-0000-0000-0000-000000000000', String: '', Binary: '', Collection: null },
};

/** What an answer without `Prefer` shows: null, or a zero where null cannot be. */
export function blankJson(property: Property): unknown {
  return property.alwaysThere ? ZEROS[property.type] : null;
}

const INTEGER_RANGES: Partial<Record<Property['type'], [number, number]>> = {
  Byte: [0, 255],
  Int16: [-32_768, 32_767],
  Int32: [-2_147_483_648, 2_147_483_647],
  Int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};

function numberFrom(property: Property, value: unknown): number | undefined {
  if (value === '' || (typeof value !== 'number' && typeof value !== 'string')) {
    return property.type === 'Byte' && typeof value === 'boolean' ? Number(value) : undefined;
  }
  const number = Number(value);
  if (!Number.isFinite(number)) return undefined;
  const range = INTEGER_RANGES[property.type];
  if (range && (!Number.isInteger(number) || number < range[0] || number > range[1])) {
    return undefined;
  }
  return number;
}

/** The stored value of a JSON one; undefined when it does not fit the property's type. */
export function fromJson(property: Property, value: unknown): SqlValue | undefined {
  if (value === null) return null;
  switch (property.type) {
    case 'Guid':
      return typeof value === 'string' && isGuid(value) ? value.toLowerCase() : undefined;
    case 'String':
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    case 'Binary':
      return typeof value === 'string' ? value : undefined;
    case 'DateTime':
      return typeof value === 'string' ? parseMoment(value) : undefined;
    case 'Boolean':
      if (typeof value === 'boolean') return value ? 1 : 0;
      return value === 0 || value === 1 ? value : undefined;
    case 'Collection':
      return undefined;
    default:
      return numberFrom(property, value);
  }
}
