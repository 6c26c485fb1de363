// Who lives here: the look-up keys. The hub makes the keys of its replica rows with these same two
// functions, so that what is printed and what is on record meet however each was written.

import { LIMITS } from '../domain/index.ts';
import { isGtin } from './check-digit.ts';

/**
 * `gtin:` and fourteen digits, so that UPC-A, EAN-13 and GTIN-14 of one trade item are one key.
 * Undefined when `text`, trimmed, is no GTIN with a right check digit.
 */
export function gtinKey(text: string): string | undefined {
  const digits = text.trim();
  return isGtin(digits) ? `gtin:${digits.padStart(14, '0')}` : undefined;
}

/**
 * `code:` and the text, trimmed and in capitals (a wedge under Caps Lock swaps case, and nobody has
 * two items that differ in case alone). Undefined when nothing or more than `LIMITS.codeChars` is
 * left.
 */
export function codeKey(text: string): string | undefined {
  const code = text.trim().toUpperCase().normalize('NFC');
  return code.length === 0 || code.length > LIMITS.codeChars ? undefined : `code:${code}`;
}
