// Check digits of places: two digits that stand on the label of a place and nowhere else, so that
// whoever says them stands before it. They are reckoned from the code of the place (ISO/IEC 7064
// MOD 97-10, letters as 10 to 35): no list to keep, the same at every station and on the sheet, and
// one changed or swapped character always gives others.

/** The two check digits of a place's code; everything but letters and digits is passed over. */
export function placeDigits(code: string): string {
  let rest = 0;
  for (const character of code.toUpperCase()) {
    if (!/[0-9A-Z]/.test(character)) continue;
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return String(98 - ((rest * 100) % 97)).padStart(2, '0');
}
