/*
 * A small strict XML reader for Atom bodies: elements, attributes, namespaces, text, CDATA and
 * comments. DTDs, processing instructions and entities other than the five of XML are refused, so
 * a body can neither fetch nor blow up anything.
 */

export interface XmlElement {
  /** Namespace URI, '' for none. */
  namespace: string;
  name: string;
  /** By `{namespace}name`; attributes without a prefix stand in no namespace: `{}name`. */
  attributes: Map<string, string>;
  children: XmlElement[];
  /** All character data directly inside, put together. */
  text: string;
}

/** The text is no XML this reader takes. */
export class XmlError extends Error {}

const MOST_LEVELS = 64;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const COMMENT = /<!--(?:[^-]|-(?!-))*-->/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;
const TEXT = /[^<]+/y;
const DECLARATION = /^\uFEFF?<\?xml\s[^?]*\?>/;
const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function codePoint(text: string): string {
  const code = text.startsWith('#x') ? parseInt(text.slice(2), 16) : Number(text.slice(1));
  const control = code < 32 && ![9, 10, 13].includes(code);
  if (control || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
    throw new XmlError(`no character ${text}`);
  }
  return String.fromCodePoint(code);
}

function unescape(text: string): string {
  return text.replaceAll(/&([^;&]*;?)/g, (_all, reference: string) => {
    if (!reference.endsWith(';')) throw new XmlError('a bare ampersand');
    const name = reference.slice(0, -1);
    if (/^#(?:\d+|x[0-9a-fA-F]+)$/.test(name)) return codePoint(name);
    const known = ENTITIES[name];
    if (known === undefined) throw new XmlError(`unknown entity ${name}`);
    return known;
  });
}

type Scope = ReadonlyMap<string, string>;

function resolve(scope: Scope, qualified: string, isAttribute: boolean): [string, string] {
  const [first = '', second] = qualified.split(':');
  if (second === undefined) return [isAttribute ? '' : (scope.get('') ?? ''), first];
  const namespace = scope.get(first);
  if (namespace === undefined) throw new XmlError(`unknown prefix ${first}`);
  return [namespace, second];
}

function readAttributes(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const pattern = new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g');
  for (const [, name = '', double, single] of text.matchAll(pattern)) {
    if (found.has(name)) throw new XmlError(`${name} twice`);
    found.set(name, unescape(double ?? single ?? ''));
  }
  return found;
}

function scopeOf(outer: Scope, attributes: Map<string, string>): Scope {
  const scope = new Map(outer);
  for (const [name, value] of attributes) {
    if (name === 'xmlns') scope.set('', value);
    else if (name.startsWith('xmlns:')) scope.set(name.slice(6), value);
  }
  return scope;
}

interface Level {
  qualified: string;
  scope: Scope;
  element: XmlElement;
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';

class Reader {
  private at = 0;
  private readonly open: Level[] = [];
  private root: XmlElement | undefined;

  constructor(private readonly source: string) {}

  whole(): XmlElement {
    this.at = DECLARATION.exec(this.source)?.[0].length ?? 0;
    while (this.at < this.source.length) this.step();
    if (!this.root || this.open.length > 0) throw new XmlError('the document ends too early');
    return this.root;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private step(): void {
    const text = this.match(TEXT);
    if (text) {
      this.text(unescape(text[0]));
      return;
    }
    if (this.match(COMMENT)) return;
    const raw = this.match(CDATA);
    if (raw) {
      this.text(raw[1] ?? '');
      return;
    }
    const close = this.match(CLOSE);
    if (close) {
      if (this.open.pop()?.qualified !== close[1]) throw new XmlError(`unexpected end ${close[1]}`);
      return;
    }
    const tag = this.match(OPEN);
    if (!tag) throw new XmlError(`no XML at character ${this.at}`);
    this.element(tag[1] ?? '', tag[2] ?? '', tag[3] === '/');
  }

  private text(text: string): void {
    const level = this.open.at(-1);
    if (level) level.element.text += text;
    else if (text.trim() !== '') throw new XmlError('text outside the document');
  }

  private element(qualified: string, attributeText: string, isEmpty: boolean): void {
    const parent = this.open.at(-1);
    if (!parent && this.root) throw new XmlError('a second root');
    if (this.open.length >= MOST_LEVELS) throw new XmlError('too many levels');
    const raw = readAttributes(attributeText);
    const scope = scopeOf(parent?.scope ?? new Map([['xml', XML_NAMESPACE]]), raw);
    const [namespace, name] = resolve(scope, qualified, false);
    const attributes = new Map<string, string>();
    for (const [key, value] of raw) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
      const [space, local] = resolve(scope, key, true);
      attributes.set(`{${space}}${local}`, value);
    }
    const element: XmlElement = { namespace, name, attributes, children: [], text: '' };
    if (parent) parent.element.children.push(element);
    else this.root = element;
    if (!isEmpty) this.open.push({ qualified, scope, element });
  }
}

/** The root element of a document. Throws XmlError for anything but well-formed, plain XML. */
export function parseXml(source: string): XmlElement {
  return new Reader(source).whole();
}

/** XML 1.0 has no way to write most control characters; Exact drops them as well. */
function writable(character: string): string {
  if (character === '\r') return '&#xD;';
  return character >= ' ' || character === '\t' || character === '\n' ? character : '';
}

/** Text made safe to stand in an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/\p{Cc}/gu, writable)
    .replaceAll(/[\uFFFE\uFFFF]/g, '');
}
