// Who lives here: the six-digit dates of GS1 (General Specifications 7.12).

const DATE = /^(\d\d)(\d\d)(\d\d)$/;

/**
 * The year that two digits mean: the one within 49 years back and 50 years ahead of `thisYear`.
 */
function fullYear(yearOfCentury: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const ahead = yearOfCentury - (thisYear % 100);
  if (ahead >= 51) return century - 100 + yearOfCentury;
  if (ahead <= -50) return century + 100 + yearOfCentury;
  return century + yearOfCentury;
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * `yymmdd` as a calendar date `yyyy-mm-dd`; day 00 is the last day of the month. Undefined when
 * there is no such day.
 */
export function gs1Date(yymmdd: string, thisYear: number): string | undefined {
  const match = DATE.exec(yymmdd);
  if (match === null) return undefined;
  const year = fullYear(Number(match[1]), thisYear);
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  const lastDay = daysOfMonth(year, month);
  const day = Number(match[3]) === 0 ? lastDay : Number(match[3]);
  if (day > lastDay) return undefined;
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
