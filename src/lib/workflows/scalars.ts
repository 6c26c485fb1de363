// Who lives here: where a character of a YAML scalar's value stands in the file. A condition may be
// written plain, quoted, folded or as a block; a fault inside it must still have its exact column.
// Source: YAML 1.2.2, chapters 7.3 (flow scalars) and 8.1 (block scalars).

import type { Scalar } from 'yaml';

const ESCAPE_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

interface Aligning {
  readonly text: string;
  readonly value: string;
  readonly end: number;
}

/** Length of one escape of a double-quoted scalar that begins at `at`. */
function escapeLength(text: string, at: number): number {
  return 2 + (ESCAPE_DIGITS[text[at + 1] ?? ''] ?? 0);
}

/** Spaces that are folded away or indentation: from `at` over all line breaks that follow. */
function foldLength(text: string, at: number): number {
  return /^[ \t]*(?:\r?\n[ \t]*)+/.exec(text.slice(at, at + 2_000))?.[0].length ?? 0;
}

function inFlow({ text, value, end }: Aligning, start: number, quote: string): number[] {
  const places: number[] = [];
  let at = start;
  while (places.length < value.length && at < end) {
    const fold = foldLength(text, at);
    if (fold > 0) {
      const breaks = /^(?: |\n+)/.exec(value.slice(places.length))?.[0].length ?? 0;
      for (let count = 0; count < breaks; count += 1) places.push(at);
      at += fold;
    } else if (quote === '"' && text[at] === '\\') {
      const fold = foldLength(text, at + 1);
      const length = fold > 0 ? 1 + fold : escapeLength(text, at);
      if (fold === 0) places.push(at);
      // One escape of eight digits may be two UTF-16 units of the value.
      if (length === 10 && (value.codePointAt(places.length - 1) ?? 0) > 0xffff) places.push(at);
      at += length;
    } else {
      places.push(at);
      at += quote === "'" && text[at] === "'" ? 2 : 1;
    }
  }
  return places;
}

function inBlock({ text, value, end }: Aligning, start: number): number[] {
  const places: number[] = [];
  let at = text.indexOf('\n', start) + 1;
  const lead = /^(?:[ \t]*\r?\n)*( *)/.exec(text.slice(at, end))?.[1]?.length ?? 0;
  const indent = lead - (/^\n*( *)/.exec(value)?.[1]?.length ?? 0);
  const skipIndent = (): void => {
    for (let count = 0; count < indent && text[at] === ' '; count += 1) at += 1;
  };
  skipIndent();
  while (places.length < value.length && at < end) {
    const wanted = value[places.length];
    const atBreak = text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
    if (!atBreak) {
      places.push(at);
      at += 1;
      continue;
    }
    // A folded break is a space or, before an empty line, nothing.
    if (wanted === '\n' || wanted === ' ') places.push(at);
    at = text.indexOf('\n', at) + 1;
    skipIndent();
  }
  return places;
}

/** Offset in the file of the character `offset` of the scalar's value; the nearest one there is. */
export function placeInScalar(text: string, node: Scalar, offset: number): number {
  const [start, end] = node.range ?? [0, 0];
  const aligning: Aligning = { text, value: String(node.value), end };
  const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
  const quote = text[start] === '"' || text[start] === "'" ? (text[start] ?? '') : '';
  const places = block
    ? inBlock(aligning, start)
    : inFlow(aligning, quote === '' ? start : start + 1, quote);
  const exact = places[offset];
  if (exact !== undefined) return exact;
  const last = places.at(-1);
  return last === undefined ? start : last + 1;
}
