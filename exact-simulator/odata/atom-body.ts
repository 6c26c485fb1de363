/*
 * Reads the Atom entry of a POST or PUT into the same raw object a JSON body gives, so that one
 * set of rules checks both (Exact KB, headers: XML and Atom bodies are accepted as well).
 */
import type { Entity, Property } from './catalogue.ts';
import { collectionEntity } from './collections.ts';
import { parseXml, XmlError, type XmlElement } from './xml.ts';

export const ATOM = 'http://www.w3.org/2005/Atom';
export const DATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices';
export const METADATA = 'http://schemas.microsoft.com/ado/2007/08/dataservices/metadata';
export const RELATED = `${DATA}/related/`;

function is(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespace === namespace && element.name === name;
}

function inside(element: XmlElement | undefined, namespace: string, name: string) {
  return element?.children.find((child) => is(child, namespace, name));
}

function valueOf(field: XmlElement, property: Property | undefined): unknown {
  if (field.attributes.get(`{${METADATA}}null`) === 'true') return null;
  const { text } = field;
  if (property?.type === 'Boolean' && /^(?:true|false|1|0)$/.test(text.trim())) {
    return text.trim() === 'true' || text.trim() === '1';
  }
  // An empty element of a type that has no empty value means null; only texts can be empty.
  if (text === '' && property !== undefined && property.type !== 'String') return null;
  return property?.type === 'String' ? text : text.trim();
}

/** The entries of an expanded link, or undefined for a link that is only an address. */
function inlineEntries(link: XmlElement): XmlElement[] | undefined {
  const inline = inside(link, METADATA, 'inline');
  if (!inline) return undefined;
  const feed = inside(inline, ATOM, 'feed');
  return (feed?.children ?? inline.children).filter((child) => is(child, ATOM, 'entry'));
}

function readEntry(of: Entity, entry: XmlElement): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  const content = inside(entry, ATOM, 'content');
  const properties =
    inside(content, METADATA, 'properties') ?? inside(entry, METADATA, 'properties');
  for (const field of properties?.children ?? []) {
    if (field.namespace !== DATA) throw new XmlError(`${field.name} is no data`);
    raw[field.name] = valueOf(field, of.properties.get(field.name));
  }
  for (const link of entry.children.filter((child) => is(child, ATOM, 'link'))) {
    const relation = link.attributes.get('{}rel') ?? '';
    const entries = inlineEntries(link);
    if (!relation.startsWith(RELATED) || entries === undefined) continue;
    const name = relation.slice(RELATED.length);
    const property = of.properties.get(name);
    const inner = property ? collectionEntity(of, property) : undefined;
    raw[name] = entries.map((child) => readEntry(inner ?? of, child));
  }
  return raw;
}

/**
 * The fields and nested rows of an Atom entry as a JSON body would hold them; undefined when the
 * text is no Atom entry.
 */
export function readAtomBody(of: Entity, text: string): Record<string, unknown> | undefined {
  try {
    const root = parseXml(text);
    return is(root, ATOM, 'entry') ? readEntry(of, root) : undefined;
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}
