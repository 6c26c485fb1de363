// Who lives here: what every kind of code on a warehouse floor reads as. Tables first for what is
// refused, then for what is read.

import { describe, expect, it } from 'vitest';
import { isFault, LIMITS } from '../domain/index.ts';
import type { Fault, RawScan } from '../domain/index.ts';
import { cutAim, read } from './index.ts';
import type { Reading } from './index.ts';

const GTIN = '08712345678906';
const SSCC = '387123450000000012';
const YEAR = 2026;

/** `typed` as a scanner would send it; `␝` stands for FNC1. */
function raw(typed: string): RawScan {
  const text = typed.replaceAll('␝', '\u001d');
  const bytes = new TextEncoder().encode(text);
  return { bytes, ...cutAim(text), device: 'test', startedMs: 0, endedMs: 0 };
}

function reading(typed: string): Reading {
  const result = read(raw(typed), YEAR);
  if (isFault(result)) throw new Error(`${typed}: ${JSON.stringify(result)}`);
  return result;
}

function refusal(typed: string): Fault {
  const result = read(raw(typed), YEAR);
  if (!isFault(result)) throw new Error(`${typed} was read: ${JSON.stringify(result.keys)}`);
  return result;
}

describe('a code that is refused (I-14)', () => {
  it.each([
    ['', 'scan.empty', {}],
    ['   ', 'scan.empty', {}],
    [`]C101${GTIN.slice(0, 13)}7`, 'scan.check-digit', { ai: '01', value: '08712345678907' }],
    [']C10287123456789069', 'scan.check-digit', { ai: '02' }],
    [']C100387123450000000013', 'scan.check-digit', { ai: '00', value: '387123450000000013' }],
    [']C101087123456789', 'scan.gs1-too-short', { ai: '01', value: '087123456789' }],
    [`]C101${GTIN}10`, 'scan.gs1-too-short', { ai: '10', value: '' }],
    [`]C101${GTIN}10␝17261231`, 'scan.gs1-too-short', { ai: '10' }],
    [`]C101${GTIN}1726123`, 'scan.gs1-too-short', { ai: '17', value: '26123' }],
    [`]C101${GTIN}31`, 'scan.gs1-too-short', { ai: '31' }],
    [`]C101${GTIN}17261331`, 'scan.gs1-bad-date', { ai: '17', value: '261331' }],
    [`]C101${GTIN}15260132`, 'scan.gs1-bad-date', { ai: '15' }],
    [`]C101${GTIN}11250229`, 'scan.gs1-bad-date', { ai: '11' }],
    [`]C101${GTIN}0512`, 'scan.gs1-unknown-ai', { ai: '0512' }],
    [`]C101${GTIN}8999X`, 'scan.gs1-unknown-ai', { ai: '8999' }],
    [`]C101${GTIN}10${'A'.repeat(21)}`, 'scan.gs1-bad-value', { ai: '10' }],
    [`]C101${GTIN}10LOT 1`, 'scan.gs1-bad-value', { ai: '10', value: 'LOT 1' }],
    [`]C102${GTIN}37x`, 'scan.gs1-bad-value', { ai: '37', value: 'x' }],
    [`]C102${GTIN}370`, 'scan.gs1-bad-value', { ai: '37', value: '0' }],
    [`]C102${GTIN}371000001`, 'scan.gs1-bad-value', { ai: '37' }],
    [']C10100000000000000', 'scan.gs1-bad-value', { ai: '01' }],
    [`]C101${GTIN}10A␝10B`, 'scan.gs1-twice', { ai: '10', value: 'B' }],
    [`]C102${GTIN}3712␝3013`, 'scan.gs1-twice', { ai: '30', value: '13' }],
    [`]C101${GTIN}3712`, 'scan.gs1-exclusive', { ai: '37' }],
    [`]C101${GTIN}0218712345678903`, 'scan.gs1-exclusive', { ai: '02' }],
    [`]C101${GTIN}31030007503102000075`, 'scan.gs1-exclusive', { ai: '3102' }],
    [']C1SD:OK', 'scan.gs1-unknown-ai', { ai: 'SD:O' }],
    ['␝', 'scan.gs1-too-short', {}],
    ['␝10A␝␝21B', 'scan.gs1-unknown-ai', { ai: '␝21B' }],
    [`01${GTIN}10A␝05B`, 'scan.gs1-unknown-ai', { ai: '05B', read: `01${GTIN}10A␝05B` }],
    ['(01)08712345678907', 'scan.check-digit', { ai: '01' }],
    ['(01)08712345678906(9)x', 'scan.gs1-bad-value', { ai: '01' }],
    [']E08712345678907', 'scan.check-digit', { value: '8712345678907' }],
    [']E0871234567890', 'scan.check-digit', {}],
    [']E087123456', 'scan.unreadable', {}],
    [']E0ABC', 'scan.unreadable', {}],
    [']E00000000000000', 'scan.unreadable', {}],
    [']E496385075', 'scan.check-digit', {}],
    ['SD:PRINTER', 'scan.unknown-command', { read: 'SD:PRINTER' }],
    ['SD:JUMP', 'scan.unknown-command', { read: 'SD:JUMP' }],
    ['SD:', 'scan.unknown-command', {}],
    ['LOT\u0000A', 'scan.unreadable', { read: 'LOT␀A' }],
    ['10ABC␝17261231', 'scan.unreadable', { read: '10ABC␝17261231' }],
    ['caf\ufffd', 'scan.unreadable', {}],
    ['x'.repeat(LIMITS.codeChars + 1), 'scan.too-long', { max: LIMITS.codeChars }],
    ['9'.repeat(LIMITS.scanBytes + 1), 'scan.too-long', { max: LIMITS.scanBytes }],
  ])('%j gives %s', (typed, code, data) => {
    const result = refusal(typed);
    expect(result.code).toBe(code);
    expect(result.data).toMatchObject(data);
    expect(result.data).toHaveProperty('read');
  });

  it('is refused by its bytes too, whatever its text says', () => {
    const long: RawScan = { ...raw('A'), bytes: new Uint8Array(LIMITS.scanBytes + 1) };
    expect(read(long, YEAR)).toMatchObject({ code: 'scan.too-long' });
  });
});

describe('an element string', () => {
  it.each([
    [`]C101${GTIN}10LOT-5␝17261231`, { batch: 'LOT-5', expiry: '2026-12-31' }],
    [']C11726123110LOT-5', { batch: 'LOT-5', expiry: '2026-12-31' }],
    [`]d2␝01${GTIN}17261200`, { expiry: '2026-12-31' }],
    [`]Q301${GTIN}21S/1␝`, { serial: 'S/1' }],
    [`]e001${GTIN}3103000750`, { weightKg: 0.75 }],
    [`]J101${GTIN}3100000012`, { weightKg: 12 }],
    [`]C101${GTIN}3105000001`, { weightKg: 0.00001 }],
    [`]C101${GTIN}3103000000`, {}],
    [`]C102${GTIN}3724`, { quantity: 24 }],
    [`]C100${SSCC}02${GTIN}3700000024`, { logisticUnit: SSCC, quantity: 24 }],
    [`]C100${SSCC}`, { logisticUnit: SSCC }],
    [`]C101${GTIN}3006`, { quantity: 6 }],
    [`]C101${GTIN}15260630`, { expiry: '2026-06-30' }],
    [`]C101${GTIN}1726123115260630`, { expiry: '2026-12-31' }],
    [`]C101${GTIN}1526063017261231`, { expiry: '2026-12-31' }],
    [`]C101${GTIN}11250630`, {}],
    [`]C101${GTIN}17770101`, { expiry: '1977-01-01' }],
    [`]C101${GTIN}10A␝10A`, { batch: 'A' }],
    [`]C101${GTIN}␝10A`, { batch: 'A' }],
    ['␝10ABC␝17261231', { batch: 'ABC', expiry: '2026-12-31' }],
    ['(10)ABC(17)261231', { batch: 'ABC', expiry: '2026-12-31' }],
    [`(01)${GTIN} (10) LOT(5)`, { batch: 'LOT(5)' }],
    [`]Q1(01)${GTIN}(21)7`, { serial: '7' }],
    [`]C1(01)${GTIN}(21)7`, { serial: '7' }],
  ])('%j says %j', (typed, own) => {
    expect(reading(typed)).toMatchObject({ symbology: 'gs1' });
    expect(reading(typed).own).toEqual(own);
  });

  it.each([
    `]C101${GTIN}240ART-9␝10A`,
    `]C101${GTIN}400PO-2026-17␝10A`,
    `]C101${GTIN}39221234␝10A`,
    `]C1410871234500001601${GTIN}10A`,
    `]C101${GTIN}8008260131120000␝10A`,
    `]C101${GTIN}91any/thing␝99${'z'.repeat(90)}␝10A`,
    `]C101${GTIN}421528AB12␝3922199␝10A`,
    `]C101${GTIN}200110A`,
    `]C101${GTIN}7101234␝10A`,
    `]C101${GTIN}330300125010A`,
  ])('is cut rightly around identifiers of no use to us: %j', (typed) => {
    const { own, keys } = reading(typed);
    expect(own).toEqual({ batch: 'A' });
    expect(keys).toEqual([`gtin:${GTIN}`]);
  });

  it('keeps every element as it was read, production date included', () => {
    expect(reading(`]C101${GTIN}1125063010A`).elements).toEqual([
      { ai: '01', value: GTIN },
      { ai: '11', value: '250630' },
      { ai: '10', value: 'A' },
    ]);
  });

  it('looks up what (01) or (02) names and nothing else', () => {
    expect(reading(`]C100${SSCC}02${GTIN}3724`).keys).toEqual([`gtin:${GTIN}`]);
    expect(reading('␝10ABC').keys).toEqual([]);
    expect(reading(`]C101${GTIN}`).plain).toBeUndefined();
  });

  it('is recognised without any word of its carrier only when sound and opened by 00, 01, 02', () => {
    expect(reading(`01${GTIN}10A␝17261231`)).toMatchObject({ symbology: 'gs1' });
    expect(reading(`01${GTIN}`)).toMatchObject({ symbology: 'gs1', keys: [`gtin:${GTIN}`] });
    expect(reading(`00${SSCC}`)).toMatchObject({ symbology: 'gs1' });
    expect(reading('10ABC')).toMatchObject({ symbology: 'plain', plain: '10ABC' });
    expect(reading('17261231')).toMatchObject({ symbology: 'plain' });
    expect(reading('0108712345678907')).toMatchObject({ symbology: 'plain' });
    expect(reading('01-A-3')).toMatchObject({ symbology: 'plain', plain: '01-A-3' });
    expect(reading('(10)a b')).toMatchObject({ symbology: 'plain' });
    expect(reading('(A1)')).toMatchObject({ symbology: 'plain' });
  });

  it('is not suspected in a carrier that says it is none', () => {
    expect(reading(`]C001${GTIN}`)).toMatchObject({ symbology: 'plain' });
    expect(reading(`]A001${GTIN}`)).toMatchObject({ symbology: 'plain' });
  });
});

describe('a retail code', () => {
  it.each([
    [']E08712345678906', ['gtin:08712345678906']],
    [']E00036000291452', ['gtin:00036000291452']],
    [']E0036000291452', ['gtin:00036000291452']],
    [']E496385074', ['gtin:00000096385074']],
    [']E3871234567890612', ['gtin:08712345678906']],
    [']E3871234567890612345', ['gtin:08712345678906']],
  ])('%j is a GTIN and nothing else', (typed, keys) => {
    expect(reading(typed)).toMatchObject({ symbology: 'gtin', keys });
    expect(reading(typed).plain).toBeUndefined();
  });

  it.each([
    ['8712345678906', ['gtin:08712345678906', 'code:8712345678906']],
    ['96385074', ['gtin:00000096385074', 'code:96385074']],
    ['036000291452', ['gtin:00036000291452', 'code:036000291452']],
    [']I118712345678903', ['gtin:18712345678903', 'code:18712345678903']],
    [']C08712345678906', ['gtin:08712345678906', 'code:8712345678906']],
  ])('%j may be a GTIN, and a code that looks like one', (typed, keys) => {
    expect(reading(typed)).toMatchObject({ symbology: 'gtin', keys });
  });

  it('is no bare text that could be a batch, once it is as long as a retail code (I-14)', () => {
    for (const typed of ['8712345678906', '036000291452', ']I118712345678903']) {
      expect(reading(typed).plain).toBeUndefined();
    }
    // Eight digits are a short lot number as often as an EAN-8.
    expect(reading('96385074').plain).toBe('96385074');
  });

  it('with a wrong check digit and no word of its carrier is a plain code', () => {
    expect(reading('8712345678907')).toMatchObject({
      symbology: 'plain',
      keys: ['code:8712345678907'],
    });
  });
});

describe('a plain code', () => {
  it.each([
    ['PO-26001', 'code:PO-26001'],
    [' a-01-1\r\n', 'code:A-01-1'],
    ['26001', 'code:26001'],
    ['Ünïcode Ø', 'code:ÜNÏCODE Ø'],
    [']X0-x', 'code:-X'],
  ])('%j is looked up as %j', (typed, key) => {
    expect(reading(typed)).toMatchObject({ symbology: 'plain', keys: [key], elements: [] });
  });

  it('keeps its own spelling for a step that waits for a batch or a serial', () => {
    expect(reading(' lot-5b ').plain).toBe('lot-5b');
    const longest = Math.max(LIMITS.batchChars, LIMITS.serialChars);
    expect(reading('x'.repeat(longest)).plain).toHaveLength(longest);
    expect(reading('x'.repeat(longest + 1)).plain).toBeUndefined();
  });
});

describe('a command code', () => {
  it.each(['OK', 'BACK', 'CANCEL', 'UNDO', 'FINISH', 'HELP', 'SKIP', 'PROBLEM', 'MORE', 'ALL'])(
    'SD:%s',
    (word) => {
      expect(reading(`SD:${word}`)).toMatchObject({ symbology: 'command', own: { command: word } });
      expect(reading(`sd:${word.toLowerCase()}`).own).toEqual({ command: word });
      expect(reading(`]C0SD:${word}`).keys).toEqual([]);
    },
  );
});
