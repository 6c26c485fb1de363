/*
 * The seeded company's fixed points: numbers and guids that depend on neither the seed nor the day, so that
 * documentation and tests may name them.
 */

export const MAIN_DIVISION = 123456;
/** A second, empty company, to see that access is per company. */
export const OTHER_DIVISION = 123987;

export const USER_ID = '7a1c5b0e-2f64-4d38-9c1a-6f0e5d2b8a10';
export const CUSTOMER_ID = '3e9d7c21-8b40-4f5a-a6d2-1c7f9e0b4d53';

export const DIVISIONS = [
  { code: MAIN_DIVISION, hid: 1, name: 'De Bouwschuur B.V.', city: 'Utrecht', main: 1 },
  { code: OTHER_DIVISION, hid: 2, name: 'De Bouwschuur Verhuur B.V.', city: 'Zwolle', main: 0 },
] as const;

/** A unit code as Exact shows it: padded with blanks to eight characters. */
export function padUnit(code: string): string {
  return code.padEnd(8);
}

/** An account code as Exact shows it: padded in front to eighteen characters. */
export function padAccount(code: number): string {
  return String(code).padStart(18);
}
