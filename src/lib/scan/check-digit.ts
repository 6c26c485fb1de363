// Who lives here: which texts are GTINs, and the check digit that they share with the SSCC.

import { hasCheckDigit } from '../domain/index.ts';

export { hasCheckDigit };

/** Lengths in which a GTIN is printed: EAN-8, UPC-A, EAN-13, GTIN-14. */
const GTIN_LENGTHS = new Set([8, 12, 13, 14]);

/** Whether `text` is a GTIN as printed: a right length, a right check digit, not all zeros. */
export function isGtin(text: string): boolean {
  return GTIN_LENGTHS.has(text.length) && hasCheckDigit(text) && !/^0+$/.test(text);
}
