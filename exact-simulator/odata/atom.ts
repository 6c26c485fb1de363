/*
 * Atom, the format Exact answers with when a client forgets `Accept: application/json` (Exact KB,
 * headers). It is made from the value of `d` of the JSON answer plus the types of the entity, so
 * both formats always say the same.
 */
import { ATOM, DATA, METADATA, RELATED } from './atom-body.ts';
import type { Entity, Property } from './catalogue.ts';
import { collectionEntity } from './collections.ts';
import { escapeXml } from './xml.ts';

export interface AtomContext {
  /** `http://host/api/v1/123456/inventory/`: what relative links start from. */
  serviceUri: string;
  /** UTC milliseconds for `updated`. */
  nowMs: number;
}

const HEAD = '<?xml version="1.0" encoding="utf-8"?>';
const NAMESPACES = `xmlns="${ATOM}" xmlns:d="${DATA}" xmlns:m="${METADATA}"`;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `/Date(1455753600000)/` as Atom spells it: `2016-02-18T00:00:00`, without a zone. */
function momentText(value: string): string {
  const ms = Number(/-?\d+/.exec(value)?.[0]);
  const text = new Date(ms).toISOString();
  return text.endsWith('.000Z') ? text.slice(0, 19) : text.slice(0, 23);
}

function property(of: Property, value: unknown): string {
  const type = of.type === 'String' ? '' : ` m:type="Edm.${of.type}"`;
  if (value === null || value === undefined) return `<d:${of.name}${type} m:null="true" />`;
  const text = of.type === 'DateTime' ? momentText(String(value)) : String(value);
  const space = text !== text.trim() ? ' xml:space="preserve"' : '';
  return `<d:${of.name}${type}${space}>${escapeXml(text)}</d:${of.name}>`;
}

const updatedAt = (context: AtomContext): string =>
  `<updated>${new Date(context.nowMs).toISOString().slice(0, 19)}Z</updated>`;

function relative(context: AtomContext, uri: string): string {
  return uri.startsWith(context.serviceUri) ? uri.slice(context.serviceUri.length) : uri;
}

function navigationLink(
  context: AtomContext,
  of: Entity,
  uri: string,
  name: string,
  value: unknown,
) {
  const attributes =
    `rel="${RELATED}${name}" type="application/atom+xml;type=feed" title="${name}" ` +
    `href="${escapeXml(`${relative(context, uri)}/${name}`)}"`;
  const declared = of.properties.get(name);
  const inner = declared ? collectionEntity(of, declared) : undefined;
  if (!isRecord(value) || !Array.isArray(value['results']) || !inner) {
    return `<link ${attributes} />`;
  }
  const feed = feedBody(context, inner, value, `${uri}/${name}`, '');
  return `<link ${attributes}><m:inline>${feed}</m:inline></link>`;
}

function entry(context: AtomContext, of: Entity, row: unknown, attributes: string): string {
  if (!isRecord(row)) return '';
  const about = isRecord(row['__metadata']) ? row['__metadata'] : {};
  const uri = String(about['uri'] ?? '');
  const fields: string[] = [];
  const links: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    const declared = of.properties.get(name);
    if (!declared) continue;
    if (declared.type === 'Collection') {
      links.push(navigationLink(context, of, uri, name, value));
    } else fields.push(property(declared, value));
  }
  return (
    `<entry${attributes}><id>${escapeXml(uri)}</id>` +
    `<category term="${escapeXml(of.typeName)}" scheme="${DATA}/scheme" />` +
    `<link rel="edit" title="${of.typeName.split('.').at(-1) ?? ''}" ` +
    `href="${escapeXml(relative(context, uri))}" />${links.join('')}` +
    `<title />${updatedAt(context)}<author><name /></author>` +
    `<content type="application/xml"><m:properties>${fields.join('')}</m:properties></content>` +
    '</entry>'
  );
}

function feedBody(
  context: AtomContext,
  of: Entity,
  d: unknown,
  uri: string,
  attributes: string,
): string {
  const rows: unknown = isRecord(d) ? d['results'] : d;
  const next = isRecord(d) && typeof d['__next'] === 'string' ? d['__next'] : undefined;
  const count = isRecord(d) && typeof d['__count'] === 'string' ? d['__count'] : undefined;
  const entries = Array.isArray(rows) ? rows.map((row) => entry(context, of, row, '')) : [];
  return (
    `<feed${attributes}>` +
    (count === undefined ? '' : `<m:count>${count}</m:count>`) +
    `<title type="text">${escapeXml(of.set)}</title><id>${escapeXml(uri)}</id>` +
    `${updatedAt(context)}` +
    `<link rel="self" title="${escapeXml(of.set)}" href="${escapeXml(relative(context, uri))}" />` +
    (entries.length === 0 ? '<author><name /></author>' : entries.join('')) +
    (next === undefined ? '' : `<link rel="next" href="${escapeXml(next)}" />`) +
    '</feed>'
  );
}

const rootAttributes = (context: AtomContext): string =>
  ` xml:base="${escapeXml(context.serviceUri)}" ${NAMESPACES}`;

/** A feed from the value of `d` of a collection. */
export function atomFeed(context: AtomContext, of: Entity, d: unknown, uri: string): string {
  return HEAD + feedBody(context, of, d, uri, rootAttributes(context));
}

/** An entry from the value of `d` of a single row. */
export function atomEntry(context: AtomContext, of: Entity, d: unknown): string {
  return HEAD + entry(context, of, d, rootAttributes(context));
}

/** The XML text of a function's plain values. */
export function xmlValue(name: string, value: boolean | string): string {
  const type = typeof value === 'boolean' ? ' m:type="Edm.Boolean"' : '';
  const names = `xmlns:d="${DATA}" xmlns:m="${METADATA}"`;
  return `${HEAD}<d:${name} ${names}${type}>${escapeXml(String(value))}</d:${name}>`;
}

/** The XML text of an error. */
export function atomError(message: string): string {
  return (
    `${HEAD}<error xmlns="${METADATA}">` +
    `<code></code><message xml:lang="">${escapeXml(message)}</message></error>`
  );
}
