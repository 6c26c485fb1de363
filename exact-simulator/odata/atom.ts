/*
 * Atom, the format Exact answers with when a client forgets `Accept: application/json` (Exact KB,
 * headers). It is made from the JSON answer, so both formats always say the same.
 */

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const NAMESPACES =
  'xmlns="http://www.w3.org/2005/Atom" ' +
  'xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices" ' +
  'xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function property(name: string, value: unknown): string {
  if (value === null) return `<d:${name} m:null="true" />`;
  return isRecord(value) ? '' : `<d:${name}>${escape(String(value))}</d:${name}>`;
}

function entry(row: unknown, attributes = ''): string {
  if (!isRecord(row)) return '';
  const about = isRecord(row['__metadata']) ? row['__metadata'] : {};
  const fields = Object.entries(row).filter(([name]) => name !== '__metadata');
  return (
    `<entry${attributes}><id>${escape(String(about['uri'] ?? ''))}</id>` +
    `<category term="${escape(String(about['type'] ?? ''))}" />` +
    '<content type="application/xml"><m:properties>' +
    fields.map(([name, value]) => property(name, value)).join('') +
    '</m:properties></content></entry>'
  );
}

/** The Atom text of the value of `d`. */
export function atomOf(d: unknown): string {
  const head = '<?xml version="1.0" encoding="utf-8"?>';
  if (isRecord(d) && !Array.isArray(d['results'])) return head + entry(d, ` ${NAMESPACES}`);
  const rows: unknown = isRecord(d) ? d['results'] : d;
  const next = isRecord(d) && typeof d['__next'] === 'string' ? d['__next'] : undefined;
  const link = next === undefined ? '' : `<link rel="next" href="${escape(next)}" />`;
  const entries = Array.isArray(rows) ? rows.map((row) => entry(row)).join('') : '';
  return `${head}<feed ${NAMESPACES}>${entries}${link}</feed>`;
}

/** The XML text of an error. */
export function atomError(message: string): string {
  return (
    '<?xml version="1.0" encoding="utf-8"?>' +
    '<error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">' +
    `<code></code><message xml:lang="">${escape(message)}</message></error>`
  );
}
