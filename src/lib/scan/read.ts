// Who lives here: the first step from bytes to meaning: what a code says by itself, and under which
// keys to look it up. Pure and total: any bytes give a Reading or a Fault, never an exception.
//
// Terminology. A *symbol* is the printed thing; the *carrier* is its kind, as the AIM identifier
// tells it. An *element string* is GS1's text of elements (see gs1.ts). A *plain code* is any other
// text: item code, order number, location code, batch, serial. A *command code* is `SD:` and a word
// of ours, or `SD:=` and an answer. A *key* is normalised text under which master data is found (see keys.ts).

import { assert, fault, LIMITS } from '../domain/index.ts';
import type { CommandWord, Element, Fault, RawScan, Scan } from '../domain/index.ts';
import { carrierOf } from './aim.ts';
import { hasCheckDigit } from './check-digit.ts';
import { GS, looksBracketed, parseBracketed, parseElements } from './gs1.ts';
import type { Gs1Problem } from './gs1.ts';
import { codeKey, gtinKey } from './keys.ts';
import { ownFacts } from './own-facts.ts';
import type { OwnFacts } from './own-facts.ts';
import { hasUnreadable, printable } from './printable.ts';

/** A code that was read and is sound in itself; master data has not been asked yet. */
export interface Reading {
  readonly raw: RawScan;
  readonly symbology: Scan['symbology'];
  /** GS1 elements as read; empty for every other kind of code. */
  readonly elements: readonly Element[];
  /** Keys to look up, see `gtinKey` and `codeKey`; empty when there is nothing to look up. */
  readonly keys: readonly string[];
  /** What the code says without master data. */
  readonly own: OwnFacts;
  /** See `Scan.plain`. */
  readonly plain?: string;
  /** See `Scan.wrongCheckDigit`. */
  readonly wrongCheckDigit?: true;
}

const COMMAND = /^SD:(.*)$/i;
const WORDS: readonly CommandWord[] = [
  'OK',
  'BACK',
  'CANCEL',
  'UNDO',
  'FINISH',
  'HELP',
  'SKIP',
  'REPEAT',
  'PRINT',
  'PROBLEM',
  'MORE',
  'ALL',
];

const PLAIN_CHARS = Math.max(LIMITS.batchChars, LIMITS.serialChars);

/** A code without any word of its carrier counts as GS1 only when it begins with one of these. */
const OPENING = /^(?:00|01|02)/;
const OPENING_BRACKETED = /^\((?:00|01|02)\)/;

function gs1Fault(text: string, { code, ai, value }: Gs1Problem): Fault {
  return fault(code, { read: printable(text), ai: printable(ai), value: printable(value) });
}

/** The element string in `text`, or why it is none. */
function readGs1(raw: RawScan, text: string, thisYear: number): Reading | Fault {
  const body = text.startsWith(GS) ? text.slice(1) : text;
  const parse = looksBracketed(body) ? parseBracketed : parseElements;
  const parsed = parse(body, thisYear);
  if ('problem' in parsed) return gs1Fault(text, parsed.problem);
  const told = ownFacts(parsed.elements, thisYear);
  if ('problem' in told) return gs1Fault(text, told.problem);
  const named = parsed.elements.find(({ ai }) => ai === '01' || ai === '02');
  const key = named && gtinKey(named.value);
  return {
    raw,
    symbology: 'gs1',
    elements: parsed.elements,
    keys: key === undefined ? [] : [key],
    own: told.facts,
  };
}

/** EAN-13 and UPC-A (]E0; some scanners drop the leading zero), EAN-8 (]E4), with add-on (]E3). */
function readEan(raw: RawScan, text: string, lengths: readonly number[]): Reading | Fault {
  const read = printable(text);
  if (!/^\d+$/.test(text) || !lengths.includes(text.length)) {
    return fault('scan.unreadable', { read });
  }
  const digits = text.length > 13 ? text.slice(0, 13) : text;
  const key = gtinKey(digits);
  if (key === undefined) {
    const code = hasCheckDigit(digits) ? 'scan.unreadable' : 'scan.check-digit';
    return fault(code, { read, ai: '', value: printable(digits) });
  }
  return { raw, symbology: 'gtin', elements: [], keys: [key], own: {} };
}

function readCommand(raw: RawScan, text: string, word: string): Reading | Fault {
  const answer = word.trim().slice(1).trim();
  if (word.startsWith('=') && answer !== '' && answer.length <= LIMITS.choiceChars) {
    return { raw, symbology: 'command', elements: [], keys: [], own: { answer } };
  }
  const command = WORDS.find((known) => known === word.trim().toUpperCase());
  if (command === undefined) return fault('scan.unknown-command', { read: printable(text) });
  return { raw, symbology: 'command', elements: [], keys: [], own: { command } };
}

function readPlain(raw: RawScan, text: string): Reading | Fault {
  const code = codeKey(text);
  if (code === undefined) {
    return fault('scan.too-long', { read: printable(text), max: LIMITS.codeChars });
  }
  // Digits with a right check digit may be a GTIN, and an order number or item code as well.
  const gtin = gtinKey(text);
  return {
    raw,
    symbology: gtin === undefined ? 'plain' : 'gtin',
    elements: [],
    keys: gtin === undefined ? [code] : [gtin, code],
    own: {},
    // Twelve digits and more with a right check digit are goods, also when nobody here knows them: a
    // foreign box must not become a batch. The one long lot number in ten that looks so is typed.
    ...(text.length <= PLAIN_CHARS && !isLongGtin(text, gtin) && { plain: text }),
    ...(gtin === undefined && RETAIL.test(text) && { wrongCheckDigit: true as const }),
  };
}

const RETAIL = /^\d{12,14}$/;

function isLongGtin(text: string, gtin: string | undefined): boolean {
  return gtin !== undefined && text.length >= 12;
}

/**
 * A code whose carrier does not say GS1 is an element string only if it opens with (00), (01) or
 * (02) and is sound to its last character; in brackets it may open with any identifier. A broken
 * one is named as such where it cannot be anything else: with GS in it, or with `(01)` written out.
 */
function readUnsaid(raw: RawScan, text: string, thisYear: number): Reading | Fault {
  if (looksBracketed(text)) {
    const reading = readGs1(raw, text, thisYear);
    if (!('code' in reading) || OPENING_BRACKETED.test(text)) return reading;
  } else if (raw.aim === undefined && OPENING.test(text)) {
    const reading = readGs1(raw, text, thisYear);
    if (!('code' in reading) || text.includes(GS)) return reading;
  }
  if (hasUnreadable(text)) return fault('scan.unreadable', { read: printable(text) });
  return readPlain(raw, text);
}

/**
 * Reads one completed scan. `thisYear` (of the station's calendar) decides the century of GS1
 * dates. Faults: the `scan.*` codes except `scan.unknown-code`; their data always holds `read`,
 * what was read as it may be shown, and for GS1 also `ai` and `value`.
 */
export function read(raw: RawScan, thisYear: number): Reading | Fault {
  assert(Number.isInteger(thisYear) && thisYear >= 0, 'thisYear is a calendar year');
  if (raw.bytes.length > LIMITS.scanBytes || raw.text.length > LIMITS.scanBytes) {
    return fault('scan.too-long', { read: printable(raw.text), max: LIMITS.scanBytes });
  }
  const text = raw.text.trim();
  if (text === '') return fault('scan.empty', { read: printable(raw.text) });
  const carrier = carrierOf(raw.aim);
  if (carrier === 'gs1' || text.startsWith(GS)) return readGs1(raw, text, thisYear);
  if (carrier === 'ean-13') return readEan(raw, text, [12, 13]);
  if (carrier === 'ean-8') return readEan(raw, text, [8]);
  if (carrier === 'ean-add-on') return readEan(raw, text, [15, 18]);
  const word = COMMAND.exec(text)?.[1];
  if (word !== undefined) return readCommand(raw, text, word);
  return readUnsaid(raw, text, thisYear);
}
