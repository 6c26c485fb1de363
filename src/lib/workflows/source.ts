// Who lives here: the text of workflows.yaml with positions. Refuses what a workflow file never
// needs and an attacker likes (anchors, aliases, tags, several documents, deep or huge trees), and
// answers where anything stands, by its path.

import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Document, Node, Scalar } from 'yaml';
import { LIMITS } from '../domain/index.ts';
import { plainYaml } from './plain.ts';
import { placeInScalar } from './scalars.ts';
import { refusedUnread } from './unread.ts';
import type { Diagnostic } from './types.ts';

export type Path = readonly (string | number)[];

/** A place in the file; both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Source {
  readonly value: unknown;
  /** Where the value at `path` stands, or the nearest thing above it that does. */
  at(path: Path): Place;
  /** Where the key itself stands: for a key that should not be there. */
  atKey(path: Path): Place;
  /** Whether a place lies within the value at `path`. */
  covers(path: Path, at: Place): boolean;
  /** Where the character `offset` of a scalar's value stands, however the scalar is written. */
  inside(path: Path, offset: number): Place;
}

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

function place(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function refuse(
  lines: LineCounter,
  offset: number,
  code: string,
  message: string,
  hint?: string,
): Diagnostic {
  const at = place(lines, offset);
  return { severity: 'error', code, message, ...at, ...(hint === undefined ? {} : { hint }) };
}

interface Walk {
  readonly text: string;
  readonly lines: LineCounter;
  readonly found: Diagnostic[];
  nodes: number;
}

function start(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/** What is used several times has a name in this language. */
const INSTEAD = 'What is written once and used several times is a setting or a fragment.';

/** Where the anchor and the tag of a node begin, which its own place does not count. */
function propertiesOf(node: Node, { text }: Walk): number {
  const offset = start(node);
  const [before = ''] = /(?:[&!]\S*\s+)+$/.exec(text.slice(0, offset)) ?? [];
  return offset - before.length;
}

function twice(key: Scalar, first: number, walk: Walk): void {
  const { line } = place(walk.lines, first);
  const message = `“${String(key.value)}” stands in line ${line} already; only one can be meant.`;
  walk.found.push(refuse(walk.lines, start(key), 'yaml.duplicate-key', message));
}

function examine(node: unknown, depth: number, walk: Walk): void {
  if (!isNode(node)) return;
  walk.nodes += 1;
  const say = (code: string, message: string, hint?: string): void => {
    if (walk.found.length >= 50) return;
    walk.found.push(refuse(walk.lines, propertiesOf(node, walk), code, message, hint));
  };
  if (isAlias(node)) {
    say('yaml.alias', 'Aliases (*name) are not allowed in a workflow file.', INSTEAD);
    return;
  }
  if ('anchor' in node && node.anchor) {
    say('yaml.anchor', 'Anchors (&name) are not allowed here.', INSTEAD);
  }
  if (node.tag !== undefined) say('yaml.tag', `The tag ${node.tag} is not allowed here.`);
  if (depth > LIMITS.workflowDepth) {
    say('yaml.depth', `Nested deeper than ${LIMITS.workflowDepth} levels.`);
    return;
  }
  if (walk.nodes > LIMITS.workflowNodes || !isCollection(node)) return;
  const keys = new Map<unknown, number>();
  for (const entry of node.items) {
    if (!isPair(entry)) examine(entry, depth + 1, walk);
    else {
      if (isScalar(entry.key)) {
        const first = keys.get(entry.key.value);
        if (first === undefined) keys.set(entry.key.value, start(entry.key));
        else twice(entry.key, first, walk);
      }
      if (isScalar(entry.key) && FORBIDDEN_KEYS.has(String(entry.key.value))) {
        const message = `The name ${String(entry.key.value)} is not allowed.`;
        walk.found.push(refuse(walk.lines, start(entry.key), 'yaml.key', message));
      }
      examine(entry.key, depth + 1, walk);
      examine(entry.value, depth + 1, walk);
    }
  }
}

function nodeAt(doc: Document, path: Path): Node | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown =
      length === 0 ? doc.contents : doc.getIn(path.slice(0, length) as unknown[], true);
    if (isNode(node)) return node;
  }
  return undefined;
}

function keyAt(doc: Document, path: Path): Node | undefined {
  const parent: unknown = path.length <= 1 ? doc.contents : doc.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return nodeAt(doc, path);
  const pair = parent.items.find((each) => isScalar(each.key) && each.key.value === path.at(-1));
  return pair !== undefined && isNode(pair.key) ? pair.key : nodeAt(doc, path);
}

/** One slip makes several faults of a line to the parser; the first is enough for a person. */
function onePerLine(found: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<number>();
  return found.filter((each) => {
    if (seen.has(each.line)) return false;
    seen.add(each.line);
    return true;
  });
}

/** A quote without end is told where it begins, not where the file ends. */
function opening(doc: Document.Parsed, offset: number): number {
  let begin = offset;
  visit(doc, {
    Scalar: (_key, { type = '', range }) => {
      const [first, end] = range ?? [0, 0];
      if (type.startsWith('QUOTE') && first < offset && offset <= end) begin = first;
    },
  });
  return begin;
}

function syntax(doc: Document.Parsed, lines: LineCounter): Diagnostic[] {
  const deep = doc.errors.find((problem) => problem.code === 'RESOURCE_EXHAUSTION');
  if (deep !== undefined) {
    const message = `Nested far deeper than ${LIMITS.workflowDepth} levels.`;
    return [refuse(lines, deep.pos[0], 'yaml.depth', message)];
  }
  const found = [...doc.errors, ...doc.warnings].map((problem) => ({
    severity: 'error' as const,
    code: `yaml.${problem.code.toLowerCase().replaceAll('_', '-')}`,
    message: plainYaml(problem.code, problem.message),
    ...place(lines, opening(doc, problem.pos[0])),
  }));
  return onePerLine(found);
}

/** Reads the text; on any diagnostic there is no source. Total: any text gives one or the other. */
export function readSource(text: string): { source?: Source; diagnostics: Diagnostic[] } {
  const lines = new LineCounter();
  const unread = refusedUnread(text);
  if (unread !== undefined) {
    for (const line of text.matchAll(/^/gm)) lines.addNewLine(line.index);
    return { diagnostics: [refuse(lines, unread.offset, unread.code, unread.message)] };
  }
  // Equal keys are found below: the parser would compare each with each.
  const parsed = parseAllDocuments(text, { lineCounter: lines, uniqueKeys: false, merge: false });
  const docs = Array.isArray(parsed) ? parsed : [];
  const doc = docs[0];
  if (doc === undefined || (doc.contents === null && doc.errors.length === 0)) {
    return { diagnostics: [refuse(lines, 0, 'yaml.empty', 'The file is empty.')] };
  }
  const second = docs[1];
  if (second !== undefined) {
    const message = 'One document a file: remove the second (---).';
    return { diagnostics: [refuse(lines, second.range[0], 'yaml.documents', message)] };
  }
  const walk: Walk = { text, lines, found: syntax(doc, lines), nodes: 0 };
  const { yaml, tags } = doc.directives;
  if (yaml.explicit === true || Object.keys(tags).length > 1) {
    walk.found.push(refuse(lines, 0, 'yaml.directive', 'Directives (%…) are not allowed here.'));
  }
  if (walk.found.length === 0) examine(doc.contents, 0, walk);
  if (walk.nodes > LIMITS.workflowNodes) {
    walk.found.push(refuse(lines, 0, 'yaml.nodes', `More than ${LIMITS.workflowNodes} values.`));
  }
  if (walk.found.length > 0) return { diagnostics: walk.found };
  return { source: sourceOf(text, doc, lines), diagnostics: [] };
}

function sourceOf(text: string, doc: Document.Parsed, lines: LineCounter): Source {
  return {
    value: doc.toJS({ maxAliasCount: 0 }) as unknown,
    at: (path) => place(lines, start(nodeAt(doc, path))),
    atKey: (path) => place(lines, start(keyAt(doc, path))),
    covers: (path, at) => {
      const node: unknown = doc.getIn([...path], true);
      const offset = (lines.lineStarts[at.line - 1] ?? 0) + at.column - 1;
      const [first, end] = isNode(node) ? (node.range ?? [0, 0]) : [0, 0];
      return offset >= first && offset < end;
    },
    inside: (path, offset) => {
      const node = nodeAt(doc, path);
      return place(lines, isScalar(node) ? placeInScalar(text, node, offset) : start(node));
    },
  };
}
