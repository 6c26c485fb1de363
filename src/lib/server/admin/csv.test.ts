// A CSV record is what RFC 4180 says, and no cell of it is a formula.

import { expect, it } from 'vitest';
import { csvRecord } from './csv.ts';

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('makes the formula %j text', (cell) => {
  expect(csvRecord([cell, 'x'])).toContain(`'${cell}`);
});

it('a formula that needs quotes has both', () => {
  expect(csvRecord(['=HYPERLINK("http://x","y")'])).toBe(`"'=HYPERLINK(""http://x"",""y"")"\r\n`);
});

it('quotes what would end a field or a record, and nothing else', () => {
  expect(csvRecord(['a,b', 'say "no"', 'two\nlines', 'plain text'])).toBe(
    '"a,b","say ""no""","two\nlines",plain text\r\n',
  );
});

it('numbers stay numbers, null is an empty field', () => {
  expect(csvRecord([-1, 0, null, ''])).toBe('-1,0,,\r\n');
});
