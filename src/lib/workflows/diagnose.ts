// Who lives here: how a fault of the file becomes a sentence with a place and, where we can tell,
// the thing to write instead.

import { LIMITS } from '../domain/index.ts';
import type { Path, Place, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

/** What zod tells of one fault, as far as we read it. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly input?: unknown;
  /** Of a name that may not be one: why not. */
  readonly issues?: readonly { readonly message: string }[];
}

export function diagnostic(at: Place, code: string, message: string, hint?: string): Diagnostic {
  return {
    severity: 'error',
    code,
    message,
    line: at.line,
    column: at.column,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Letters to change, add or leave out; `most + 1` for anything farther apart. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known name that `wrong` most likely meant. */
export function nearestTo(wrong: string, known: readonly string[]): string | undefined {
  const [best] = known
    .flatMap((name) => {
      const most = Math.max(2, Math.floor(name.length / 3));
      const away = distance(wrong.toLowerCase(), name.toLowerCase(), most);
      // Of three letters two others are another word, unless it begins alike.
      const short = wrong.length <= 3 && away > 1 && wrong[0] !== name[0];
      const near = away <= most && !short;
      return near && away < name.length ? [{ name, away }] : [];
    })
    .sort((a, b) => a.away - b.away);
  return best?.name;
}

/** The same as a hint; where there is none, the names that are known, if there are `most` at most. */
export function didYouMean(wrong: string, known: readonly string[], most = 17): string | undefined {
  const best = nearestTo(wrong, known);
  if (best !== undefined) return `Did you mean ${best}?`;
  return known.length > 0 && known.length <= most ? `Known here: ${known.join(', ')}.` : undefined;
}

/** What a message shows of a value in the file. */
function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= LIMITS.shownChars ? text : `${text.slice(0, LIMITS.shownChars)}…`;
}

/** Unknown names that are told of one place: more would bury the rest. */
const MAX_UNKNOWN_KEYS = 20;
/** Values that a hint lists: those of a question are the most. */
const MOST_VALUES = 20;
const LANGUAGE_KEYS = new Set(['en', 'nl', 'de', 'fr']);

function missing(issue: Issue, path: Path, source: Source): Diagnostic {
  const key = String(path.at(-1));
  const at = source.at(path.slice(0, -1));
  const parent = String(path.at(-2) ?? '');
  if (
    LANGUAGE_KEYS.has(key) &&
    (parent === 'label' || parent === 'prompt' || path[0] === 'roles')
  ) {
    const message = `The text has no translation into “${key}”.`;
    return diagnostic(at, 'missing-translation', message, `Add ${key}: … to ${parent}.`);
  }
  const values = issue.values?.map(String) ?? [];
  const hint = values.length > 0 ? `One of: ${values.join(', ')}.` : `Add ${key}: …`;
  return diagnostic(at, 'missing', `“${key}” is missing.`, hint);
}

/** A sentence of the schema behind the name of what it is about. */
function said({ message }: Issue, path: Path): string {
  if (!/^(must|is|has) /.test(message)) return message;
  const named = path.findLast((part) => typeof part === 'string') ?? '';
  const subject = typeof path.at(-1) === 'number' ? `An entry of “${named}”` : `“${named}”`;
  return `${subject} ${message}.`;
}

/** A name that can't be one; what it could be called instead, where that is plain. */
function wrongName(issue: Issue, path: Path, source: Source): Diagnostic {
  const name = String(path.at(-1)).slice(0, LIMITS.shownChars);
  const why = issue.issues?.[0]?.message ?? 'is no name';
  const joined = name.replace(/[-_ ]+([A-Za-z0-9])/g, (_all, letter: string) =>
    letter.toUpperCase(),
  );
  const better = ['fragments', 'roles'].includes(String(path[0]))
    ? name.toLowerCase().replace(/[_ ]+/g, '-')
    : joined;
  const other = better === name ? undefined : `Write ${better}.`;
  const hint = name === '<<' ? 'What a merge key does, settings and fragments do.' : other;
  return diagnostic(source.atKey(path), 'invalid-value', `“${name}” ${why}.`, hint);
}

/** One zod issue as diagnostics: an unknown key each, else one. `known` are the keys allowed. */
export function fromIssue(
  issue: Issue,
  above: Path,
  source: Source,
  known: readonly string[],
): Diagnostic[] {
  const path: Path = [
    ...above,
    ...issue.path.map((part) => (typeof part === 'symbol' ? '' : part)),
  ];
  if (issue.code === 'unrecognized_keys') {
    return (issue.keys ?? []).slice(0, MAX_UNKNOWN_KEYS).map((key) => {
      const message = `“${key.slice(0, LIMITS.shownChars)}” means nothing here.`;
      const at = source.atKey([...path, key]);
      return diagnostic(at, 'unknown-name', message, didYouMean(key, known));
    });
  }
  if (valueAt(source.value, path) === undefined) return [missing(issue, path, source)];
  const values = issue.values?.map(String) ?? [];
  const read = valueAt(source.value, path);
  const hint = values.length > 0 ? didYouMean(String(read), values, MOST_VALUES) : undefined;
  if (issue.code === 'invalid_key') return [wrongName(issue, path, source)];
  const message =
    values.length > 0 ? `${shown(read)} is not one of ${values.join(', ')}.` : said(issue, path);
  return [diagnostic(source.at(path), 'invalid-value', message, hint)];
}

/** The value at a path of plain data; undefined when there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let here: unknown = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = (here as Record<string, unknown>)[String(part)];
  }
  return here;
}
