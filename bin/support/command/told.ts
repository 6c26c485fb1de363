// Who lives here: one diagnostic of a workflow file as a person reads it in a terminal: where, what,
// the line itself with a caret under the place, what to write instead, and the scans that lead there.

import type { Diagnostic } from '../../../src/lib/workflows/index.ts';

/** Characters of a line that are shown; of a longer one the part around the fault. */
const SHOWN_CHARS = 100;
/** What would move the cursor or change the colours of a terminal. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text of a file, harmless in a terminal: a workflow file may come from anywhere. */
export const harmless = (text: string): string => text.replace(CONTROL, '\u{fffd}');

/** The part of the line around `column`, and the column in that part; columns count from 1. */
function excerpt(line: string, column: number): { text: string; column: number } {
  if (line.length <= SHOWN_CHARS) return { text: line, column };
  const from = Math.max(0, Math.min(column - 1 - SHOWN_CHARS / 2, line.length - SHOWN_CHARS));
  const text = line.slice(from, from + SHOWN_CHARS);
  const [before, after] = [from > 0 ? '…' : '', from + SHOWN_CHARS < line.length ? '…' : ''];
  return { text: `${before}${text}${after}`, column: column - from + before.length };
}

function pointed(lines: readonly string[], { line, column }: Diagnostic): string[] {
  const whole = lines[line - 1];
  if (whole === undefined) return [];
  const shown = excerpt(whole, column);
  const gutter = String(line);
  // A tab stays one, so that the caret stands under the character in every terminal.
  const under = shown.text.slice(0, shown.column - 1).replace(/[^\t]/g, ' ');
  return [`  ${gutter} | ${shown.text}`, `  ${' '.repeat(gutter.length)} | ${under}^`];
}

/** All lines of one diagnostic; `file` as the person named it, `text` what it holds. */
export function told(diagnostic: Diagnostic, file: string, text: string): string {
  const { line, column, severity, code, message, hint, path = [] } = diagnostic;
  const steps = path.map((step, index) => `      ${index + 1}. ${step}`);
  return [
    `${file}:${line}:${column} ${severity} ${code} ${message}`,
    ...pointed(text.split(/\r?\n/), diagnostic),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
    ...(steps.length === 0 ? [] : ['  this leads there:', ...steps]),
  ]
    .map(harmless)
    .join('\n');
}
