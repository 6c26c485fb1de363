// Who lives here: what is refused before the YAML parser builds a tree of it, because the tree
// itself would be the harm: too many bytes, control characters, several documents, depth without
// end. Only the lexer runs, which takes a time proportional to the text.

import { Lexer } from 'yaml';
import { LIMITS } from '../domain/index.ts';

/** What is wrong, and how many characters into the text. */
export interface Unread {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
}

/** Characters that no editor writes into a text: YAML 1.2.2 §5.1 forbids them. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/** Tokens of the lexer that stand for no text: mode changes, document starts. */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);

function tooDeep(offset: number): Unread {
  const message = `Nested deeper than ${LIMITS.workflowDepth} levels.`;
  return { code: 'yaml.depth', message, offset };
}

function inTokens(text: string): Unread | undefined {
  let offset = 0;
  let brackets = 0;
  let dashes = 0;
  let starts = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '---') starts += 1;
    if (starts > 1) {
      const message = 'One document a file: remove the second (---).';
      return { code: 'yaml.documents', message, offset };
    }
    if (token === '[' || token === '{') brackets += 1;
    if (token === ']' || token === '}') brackets -= 1;
    // A dash or a question mark opens a level of its own; anything but space between ends the row.
    if (token === '-' || token === '?') dashes += 1;
    else if (token.trim() !== '' || token.includes('\n')) dashes = 0;
    if (brackets > LIMITS.workflowDepth || dashes > LIMITS.workflowDepth) return tooDeep(offset);
    if (!MARKS.has(token)) offset += token.length;
  }
  return undefined;
}

/** Why the text is not even parsed; nothing for a text that a person may have written. */
export function refusedUnread(text: string): Unread | undefined {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > LIMITS.workflowFileBytes) {
    const message = `The file has ${bytes} bytes; ${LIMITS.workflowFileBytes} is the most.`;
    return { code: 'yaml.size', message, offset: 0 };
  }
  const control = CONTROL.exec(text);
  if (control === null) return inTokens(text);
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const message = `The control character U+${code} is not allowed.`;
  return { code: 'yaml.control', message, offset: control.index };
}
