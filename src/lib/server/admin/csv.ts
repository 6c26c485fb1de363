// Who lives here: tables as CSV files (RFC 4180) that a spreadsheet opens as they are. What looks
// like a formula is made text by a leading apostrophe, since part of it came from scanned codes and
// from Exact's answers.

/** By it Excel knows that the file is UTF-8. */
export const CSV_START = '\u{FEFF}';

const FORMULA = /^[=+\-@\t\r]/;

/** One record, its line end included. Numbers stay numbers; null is an empty field. */
export function csvRecord(fields: readonly (string | number | null)[]): string {
  return `${fields.map(fieldOf).join(',')}\r\n`;
}

function fieldOf(field: string | number | null): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  const text = FORMULA.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
