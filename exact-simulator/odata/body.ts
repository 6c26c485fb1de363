/*
 * Reads the body of a POST or PUT, JSON or Atom, against the table of entities: unknown names and
 * values of the wrong type are refused, read-only fields are ignored, mandatory fields are demanded
 * (Exact KB, write semantics). Nested collections are read the same way with the fields of their
 * entity.
 */
import { ApiError, type Request } from '../http/answer.ts';
import type { Body, Effect } from '../effects/effect.ts';
import { text } from '../effects/messages.ts';
import type { Store } from '../store/database.ts';
import { readAtomBody } from './atom-body.ts';
import type { Entity, Property } from './catalogue.ts';
import { collectionEntity } from './collections.ts';
import { fromJson } from './values.ts';

const PREFIX = 'Error processing request stream.';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parse(of: Entity, request: Request): Record<string, unknown> {
  const type = (request.headers['content-type'] ?? '').toLowerCase();
  const isXml = /\b(?:atom\+xml|application\/xml|text\/xml)\b/.test(type);
  let value: unknown;
  if (type.includes('json')) value = parseJson(request.body);
  else if (isXml) value = readAtomBody(of, request.body);
  if (!isRecord(value)) {
    throw new ApiError(400, `${PREFIX} The request should be a valid top-level resource object.`);
  }
  return value;
}

/**
 * A nested collection: a plain array, or `results` as OData v2 spells it. Undefined for what a GET
 * gave and a PUT sends back: a deferred collection, or nothing.
 */
function readChildren(of: Entity, property: Property, value: unknown): Body[] | undefined {
  if (value === null || (isRecord(value) && '__deferred' in value)) return undefined;
  const rows: unknown = isRecord(value) ? value['results'] : value;
  const inner = collectionEntity(of, property);
  if (!Array.isArray(rows) || !inner) throw badValue(property);
  return rows.map((row) => {
    if (!isRecord(row)) throw badValue(property);
    return readRecord(inner, row, 'onCreate');
  });
}

function badValue(property: Property): ApiError {
  return new ApiError(
    400,
    `${PREFIX} Error encountered in converting the value from request payload for property ` +
      `'${property.name}' to type 'Edm.${property.type}'.`,
  );
}

function readRecord(of: Entity, raw: Record<string, unknown>, on: 'onCreate' | 'onUpdate'): Body {
  const body: Body = { fields: {}, children: {} };
  for (const [name, value] of Object.entries(raw)) {
    if (name === '__metadata') continue;
    const property = of.properties.get(name);
    if (!property) {
      throw new ApiError(
        400,
        `${PREFIX} The property name '${name}' specified for type '${of.typeName}' is not valid.`,
      );
    }
    if (!property[on]) continue;
    if (property.type === 'Collection') {
      const children = readChildren(of, property, value);
      if (children) body.children[name] = children;
      continue;
    }
    const stored = fromJson(property, value);
    if (stored === undefined) throw badValue(property);
    body.fields[name] = stored;
  }
  return body;
}

function missing(of: Entity, body: Body, effect: Effect): string[] {
  const mandatory =
    effect.mandatory?.[of.name] ??
    [...of.properties.values()].filter((p) => p.required && p.onCreate).map((p) => p.name);
  const absent = mandatory.filter((name) => {
    const value = body.fields[name];
    const children = body.children[name];
    if (children !== undefined) return children.length === 0;
    return value === null || value === undefined || value === '';
  });
  for (const [name, children] of Object.entries(body.children)) {
    const property = of.properties.get(name);
    const inner = property ? collectionEntity(of, property) : undefined;
    for (const child of children) if (inner) absent.push(...missing(inner, child, effect));
  }
  return absent;
}

/** The body of a POST. Throws 400 for what is malformed and `Mandatory: …` for what is missing. */
export function readCreateBody(store: Store, of: Entity, request: Request, effect: Effect): Body {
  const body = readRecord(of, parse(of, request), 'onCreate');
  const absent = missing(of, body, effect);
  if (absent.length > 0) {
    const lines = [...new Set(absent)].map((name) => text(store, 'mandatory', name));
    throw new ApiError(400, lines.join('\r\n'));
  }
  return body;
}

/**
 * The body of a PUT: a merge, so nothing is mandatory but a mandatory field cannot be emptied.
 * Nested rows are handed on; most effects leave them alone, as lines have a PUT of their own.
 */
export function readUpdateBody(store: Store, of: Entity, request: Request): Body {
  const body = readRecord(of, parse(of, request), 'onUpdate');
  const emptied = [...of.properties.values()].filter(
    (p) => p.required && body.fields[p.name] === null,
  );
  if (emptied.length > 0) {
    const lines = emptied.map((p) => text(store, 'mandatory', p.name));
    throw new ApiError(400, lines.join('\r\n'));
  }
  delete body.fields[of.key.name];
  return body;
}
