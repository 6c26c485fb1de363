// The GS1 check digit (General Specifications 7.9), one rule for GTIN and SSCC, and the number of a
// logistic unit as people and printers write it.

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

/**
 * The SSCC that a text is: eighteen digits with a right check digit, with or without the identifier
 * (00) before them, with spaces as labels print it. Undefined for anything else, and for all zeros.
 */
export function logisticUnitIn(text: string): string | undefined {
  const digits = text.replaceAll(' ', '').replace(/^(?:\(00\)|00(?=\d{18}$))/, '');
  const whole = digits.length === 18 && hasCheckDigit(digits) && !/^0+$/.test(digits);
  return whole ? digits : undefined;
}
