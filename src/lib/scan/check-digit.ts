// Who lives here: the GS1 check digit (General Specifications 7.9), one rule for GTIN and SSCC.

/** Lengths in which a GTIN is printed: EAN-8, UPC-A, EAN-13, GTIN-14. */
const GTIN_LENGTHS = new Set([8, 12, 13, 14]);

/**
 * Whether the last digit of `digits` is the check digit of the others: weights 3 and 1 in turn,
 * counted from the right, bring the sum to a multiple of ten. False for anything but digits.
 */
export function hasCheckDigit(digits: string): boolean {
  if (!/^\d{2,}$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    sum += Number(digits[digits.length - 1 - at]) * (at % 2 === 0 ? 1 : 3);
  }
  return sum % 10 === 0;
}

/** Whether `text` is a GTIN as printed: a right length, a right check digit, not all zeros. */
export function isGtin(text: string): boolean {
  return GTIN_LENGTHS.has(text.length) && hasCheckDigit(text) && !/^0+$/.test(text);
}
