// Who lives here: GS1 element strings, cut into elements and checked one by one. Terms: an element
// is an application identifier (AI) with its value; FNC1 parts elements of open length and arrives
// as GS (char 29). Rules: GS1 General Specifications 7.8. Values of identifiers that the product
// does not use are held to their length and characters only: a wrong GLN beside a right GTIN is not
// ours to refuse.

import type { Element, FaultCode } from '../domain/index.ts';
import { hasCheckDigit } from './check-digit.ts';
import { gs1Date } from './dates.ts';
import { IDENTIFIERS, identifierAt, isCutIdentifier } from './identifiers.ts';
import type { Identifier } from './identifiers.ts';

export const GS = '\u001d';

/** What is wrong with an element string, and where. */
export interface Gs1Problem {
  readonly code: FaultCode;
  readonly ai: string;
  readonly value: string;
}

export type Elements = { readonly elements: readonly Element[] } | { readonly problem: Gs1Problem };

const CHECKED = new Set(['00', '01', '02', '03']);
const DATES = new Set(['11', '12', '13', '15', '16', '17']);

const refused = (code: FaultCode, ai: string, value: string): { problem: Gs1Problem } => ({
  problem: { code, ai, value },
});

function problemOf(known: Identifier, value: string, thisYear: number): Gs1Problem | undefined {
  const { ai } = known;
  if (value.length < known.minLength) return { code: 'scan.gs1-too-short', ai, value };
  if (!known.form.test(value)) return { code: 'scan.gs1-bad-value', ai, value };
  if (CHECKED.has(ai)) {
    if (!hasCheckDigit(value)) return { code: 'scan.check-digit', ai, value };
    if (/^0+$/.test(value)) return { code: 'scan.gs1-bad-value', ai, value };
  }
  if (DATES.has(ai) && gs1Date(value, thisYear) === undefined) {
    return { code: 'scan.gs1-bad-date', ai, value };
  }
  return undefined;
}

/** Adds an element; the same one again adds nothing, another value for it is a problem. */
function add(elements: Element[], ai: string, value: string): Gs1Problem | undefined {
  const before = elements.find((element) => element.ai === ai);
  if (before !== undefined && before.value !== value) return { code: 'scan.gs1-twice', ai, value };
  if (before === undefined) elements.push({ ai, value });
  return undefined;
}

/**
 * The elements of `text`, in the order read; FNC1 as GS. A GS after an element of predefined length
 * and one at the end are let pass: both are printed in practice and mislead nobody.
 */
export function parseElements(text: string, thisYear: number): Elements {
  const elements: Element[] = [];
  let at = 0;
  while (at < text.length) {
    const known = identifierAt(text, at);
    if (known === undefined) {
      const rest = text.slice(at);
      return refused(
        isCutIdentifier(rest) ? 'scan.gs1-too-short' : 'scan.gs1-unknown-ai',
        rest.slice(0, 4),
        rest,
      );
    }
    const from = at + known.ai.length;
    const separator = text.indexOf(GS, from);
    const upTo = separator === -1 ? text.length : separator;
    const end = known.predefined ? Math.min(from + known.maxLength, upTo) : upTo;
    const value = text.slice(from, end);
    const problem = problemOf(known, value, thisYear) ?? add(elements, known.ai, value);
    if (problem !== undefined) return { problem };
    at = text[end] === GS ? end + 1 : end;
  }
  if (elements.length === 0) return refused('scan.gs1-too-short', '', text);
  return { elements };
}

/** An opening bracket belongs to an identifier only when one that exists stands in the brackets. */
const BRACKETED = /\((\d{2,4})\)/g;

/**
 * The same from the form that is printed for people, `(01)…(10)…`, typed or in a homemade QR code.
 * Blanks around a value are let pass.
 */
export function parseBracketed(text: string, thisYear: number): Elements {
  const marks = Array.from(text.matchAll(BRACKETED)).filter(
    (mark) => mark.index === 0 || IDENTIFIERS.has(mark[1] ?? ''),
  );
  const elements: Element[] = [];
  for (const [position, mark] of marks.entries()) {
    const ai = mark[1] ?? '';
    const value = text.slice(mark.index + mark[0].length, marks[position + 1]?.index).trim();
    const known = IDENTIFIERS.get(ai);
    if (known === undefined) return refused('scan.gs1-unknown-ai', ai, value);
    const problem = problemOf(known, value, thisYear) ?? add(elements, ai, value);
    if (problem !== undefined) return { problem };
  }
  if (marks[0]?.index !== 0) return refused('scan.gs1-unknown-ai', text.slice(0, 4), text);
  return { elements };
}

/** Whether `text` opens with an identifier in brackets. */
export function looksBracketed(text: string): boolean {
  return /^\(\d{2,4}\)/.test(text);
}
