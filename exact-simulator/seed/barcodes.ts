/*
 * GS1 barcodes with right check digits: EAN-13 for pieces, GTIN-14 or a second EAN-13 for packs.
 */

/** The GS1 check digit of a code without it. */
export function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, n) => total + Number(digit) * (n % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** The EAN-13 of a running number (below 10,000,000) under the prefix 871 23. */
export function ean13(number: number): string {
  const body = `87123${String(number).padStart(7, '0')}`;
  return body + checkDigit(body);
}

/** The GTIN-14 of a pack around an EAN-13; the indicator (1 to 8) tells packs apart. */
export function gtin14(indicator: number, ean: string): string {
  const body = `${indicator}${ean.slice(0, 12)}`;
  return body + checkDigit(body);
}
