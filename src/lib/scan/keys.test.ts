// Who lives here: proofs of the look-up keys and of what is shown of a code.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../domain/index.ts';
import { codeKey, cutAim, gtinKey, printable } from './index.ts';

const SEED = 20260201;

describe('gtinKey', () => {
  it.each([
    ['', 'nothing'],
    ['8712345678907', 'a wrong check digit'],
    ['871234567890', 'twelve digits of an EAN-13'],
    ['00000000', 'all zeros'],
    ['87123456789O6', 'a letter'],
    ['٨٧١٢٣٤٥٦٧٨٩٠٦', 'digits of another script'],
    ['008712345678906000', 'eighteen digits'],
  ])('makes no key of %j: %s', (text) => {
    expect(gtinKey(text)).toBeUndefined();
  });

  it.each([
    ['96385074', 'gtin:00000096385074'],
    ['036000291452', 'gtin:00036000291452'],
    ['0036000291452', 'gtin:00036000291452'],
    ['8712345678906', 'gtin:08712345678906'],
    [' 8712345678906 ', 'gtin:08712345678906'],
    ['18712345678903', 'gtin:18712345678903'],
  ])('pads %j to %j', (text, key) => {
    expect(gtinKey(text)).toBe(key);
  });

  it('refuses every single wrong digit of a GTIN (I-14)', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('96385074', '036000291452', '8712345678906', '18712345678903'),
        fc.nat(13),
        fc.integer({ min: 1, max: 9 }),
        (gtin, place, more) => {
          const at = place % gtin.length;
          const wrong = String((Number(gtin[at]) + more) % 10);
          expect(gtinKey(gtin.slice(0, at) + wrong + gtin.slice(at + 1))).toBeUndefined();
        },
      ),
      { numRuns: 1000, seed: SEED },
    );
  });
});

describe('codeKey', () => {
  it('makes no key of blanks and none of more than the longest code', () => {
    expect(codeKey(' \t ')).toBeUndefined();
    expect(codeKey('x'.repeat(LIMITS.codeChars))).toBeDefined();
    expect(codeKey('x'.repeat(LIMITS.codeChars + 1))).toBeUndefined();
  });

  it('is the same for every way of writing one code', () => {
    expect(codeKey(' a-01-1 ')).toBe('code:A-01-1');
    expect(codeKey('Cafe\u0301')).toBe(codeKey('CAF\u00c9'));
  });

  it('does not change when it is made of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const key = codeKey(text);
        if (key !== undefined) expect(codeKey(key.slice('code:'.length))).toBe(key);
      }),
      { numRuns: 1000, seed: SEED },
    );
  });
});

describe('printable', () => {
  it('shows GS and other control characters as pictures', () => {
    expect(printable('10A\u001d17\u0000\u007f')).toBe('10A␝17␀␡');
  });

  it('shows no direction mark, invisible character or lone surrogate', () => {
    expect(printable('a\u202eb\u200bc\ud800d\u0085')).toBe('a\ufffdb\ufffdc\ufffdd\ufffd');
  });

  it('cuts to the limit by characters and says so', () => {
    expect(printable('😀'.repeat(100))).toBe('😀'.repeat(LIMITS.shownChars - 1) + '…');
    expect(printable('x'.repeat(LIMITS.shownChars))).toBe('x'.repeat(LIMITS.shownChars));
  });

  it('never gives more than the limit nor anything that cannot be printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = printable(text);
        expect(Array.from(shown).length).toBeLessThanOrEqual(LIMITS.shownChars);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 1000, seed: SEED },
    );
  });
});

describe('cutAim', () => {
  it.each([
    [']C10108712345678906', { aim: ']C1', text: '0108712345678906' }],
    [']E08712345678906', { aim: ']E0', text: '8712345678906' }],
    [']d2\u001d01', { aim: ']d2', text: '\u001d01' }],
    [']C1', { text: ']C1' }],
    [']-1abc', { text: ']-1abc' }],
    ['A]C1', { text: 'A]C1' }],
    ['', { text: '' }],
  ])('cuts %j into %j', (typed, expected) => {
    expect(cutAim(typed)).toEqual(expected);
  });
});
