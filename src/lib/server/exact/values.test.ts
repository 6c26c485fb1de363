// Exact's plain values and envelopes, each with the trap that its reference warns of.

import { expect, it } from 'vitest';
import { parseJson, readPage, readWords } from './envelope.ts';
import {
  calendarDate,
  dutchWallMs,
  int64,
  latestUtcMs,
  sinceLiteral,
  textLiteral,
  wallText,
} from './values.ts';

it('reads a /Date()/ as the Dutch calendar date it was written as, in summer and winter', () => {
  expect(calendarDate('/Date(1455753600000)/')).toBe('2016-02-18');
  expect(calendarDate('/Date(-86400000)/')).toBe('1969-12-31');
  for (const value of [null, '', '2026-01-01', '/Date(x)/', 5]) {
    expect(calendarDate(value)).toBeUndefined();
  }
});

it('knows what the Dutch wall clock shows, also where it jumps', () => {
  const wall = (iso: string) => wallText(dutchWallMs(Date.parse(iso)));
  expect(wall('2026-07-01T12:00:00Z')).toBe('2026-07-01T14:00:00');
  expect(wall('2026-01-01T12:00:00Z')).toBe('2026-01-01T13:00:00');
  expect(wall('2026-03-29T00:59:59Z')).toBe('2026-03-29T01:59:59');
  expect(wall('2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00:00');
  expect(wall('2026-12-31T23:30:00Z')).toBe('2027-01-01T00:30:00');
});

it('asks an hour back, so that the doubled hour of October loses nothing', () => {
  const before = dutchWallMs(Date.parse('2026-10-25T00:50:00Z'));
  const changed = dutchWallMs(Date.parse('2026-10-25T01:10:00Z'));
  expect(changed).toBeLessThan(before);
  expect(sinceLiteral(before) <= `datetime'${wallText(changed)}'`).toBe(true);
});

it('goes back to real time: to the millisecond, and to the later of two hours', () => {
  for (const iso of ['2026-07-01T12:00:00.185Z', '2026-01-01T12:00:00.001Z']) {
    const ms = Date.parse(iso) % 1000;
    expect(new Date(latestUtcMs(dutchWallMs(Date.parse(iso)) + ms)).toISOString()).toBe(iso);
  }
  const doubled = dutchWallMs(Date.parse('2026-10-25T00:30:00Z'));
  expect(new Date(latestUtcMs(doubled)).toISOString()).toBe('2026-10-25T01:30:00.000Z');
});

it('takes Int64 as text or number, and nothing that lost digits', () => {
  expect(int64('9007199254740993')).toBe(9007199254740993n);
  expect(int64(12)).toBe(12n);
  for (const value of ['', '1.5', 'x', null, 2 ** 60, undefined]) expect(int64(value)).toBeNull();
});

it('doubles quotes in a text literal', () => {
  expect(textLiteral("it's")).toBe("'it''s'");
});

it('reads every envelope of the dialect, and refuses what is none', () => {
  expect(readPage({ d: { results: [{ a: 1 }], __next: 'https://x/' } })).toEqual({
    rows: [{ a: 1 }],
    next: 'https://x/',
  });
  expect(readPage({ d: [{ a: 1 }] })).toEqual({ rows: [{ a: 1 }] });
  expect(readPage({ d: { ID: 'x' } })).toEqual({ rows: [{ ID: 'x' }] });
  for (const body of [null, {}, { d: 5 }, { d: [5] }, { d: { results: [1] } }, [], 'x']) {
    expect(readPage(body)).toBeNull();
  }
  expect(readPage({ d: { results: [], __next: 5 } })).toBeNull();
});

it('finds the words of a refusal, and none in a page of HTML or an answer that broke off', () => {
  const said = '{"error":{"code":"","message":{"lang":"","value":" Ongeldig: Aantal\\r\\n"}}}';
  expect(readWords(said)).toBe('Ongeldig: Aantal');
  for (const text of ['', '<html></html>', '{"error":{}}', `{"d":[${said}`]) {
    expect(readWords(text)).toBeNull();
  }
  expect(parseJson('{"d":[]}{"error":{}}')).toBeUndefined();
});
