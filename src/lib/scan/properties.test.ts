// Who lives here: what holds for every code there can be. bwip-js, which draws GS1-128 and checks
// what it draws, is the second opinion on element strings.

import bwipjs from 'bwip-js/node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFault, LIMITS } from '../domain/index.ts';
import type { Element, Fault, RawScan } from '../domain/index.ts';
import { cutAim, interpret, read } from './index.ts';
import type { Reading } from './index.ts';

const RUNS = { numRuns: 1000, seed: 20260202 };
const GS = '\u001d';
const YEAR = 2026;
const PREDEFINED = new Set(['00', '01', '02', '11', '15', '17', '20', '3103', '410']);
const LINTED = ['00', '01', '02', '10', '11', '15', '17', '21', '30', '37', '3103'];

function rawOf(text: string, aim?: string): RawScan {
  const bytes = new TextEncoder().encode(text);
  return { bytes, text, device: 'test', startedMs: 0, endedMs: 0, ...(aim && { aim }) };
}

function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [at, digit] of Array.from(digits).reverse().entries()) {
    sum += Number(digit) * (at % 2 === 0 ? 3 : 1);
  }
  return digits + String((10 - (sum % 10)) % 10);
}

const digits = (least: number, most = least) =>
  fc.string({
    unit: fc.constantFrom(...'0123456789'),
    minLength: least,
    maxLength: most,
  });
const text82 = (most: number) =>
  fc.string({
    unit: fc.constantFrom(...'!"%&\'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz'),
    minLength: 1,
    maxLength: most,
  });
const gtin = digits(12).map((body) => withCheckDigit(`1${body}`));
const date = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1, max: 12 }), fc.nat(28))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(''));
const count = fc.integer({ min: 1, max: LIMITS.quantityMax }).map(String);

/** An element string's elements, each identifier at most once, in any order. */
const elementsArb: fc.Arbitrary<readonly Element[]> = fc
  .record(
    {
      '00': digits(16).map((body) => withCheckDigit(`3${body}`)),
      '01': gtin,
      '10': text82(20),
      '11': date,
      '15': date,
      '17': date,
      '21': text82(20),
      '30': count,
      '3103': digits(6),
      '20': digits(2),
      '240': text82(30),
      '410': digits(12).map(withCheckDigit),
      '3922': digits(1, 15),
      '91': text82(90),
    },
    { requiredKeys: ['01'] },
  )
  .chain((record) => {
    const elements = Object.entries(record).map(([ai, value]) => ({ ai, value }));
    return fc.shuffledSubarray(elements, { minLength: elements.length });
  });

const bracketless = elementsArb.filter((all) => all.every(({ value }) => !/[()]/.test(value)));

/** As a printer would encode it: FNC1 after open lengths, except at the end. */
function encode(elements: readonly Element[]): string {
  return elements
    .map(({ ai, value }, at) => {
      const last = at === elements.length - 1;
      return ai + value + (PREDEFINED.has(ai) || last ? '' : GS);
    })
    .join('');
}

const readGs1 = (text: string): Reading | Fault => read(rawOf(text, ']C1'), YEAR);

/**
 * Whether bwip-js, with its linter on, draws these elements. Its input has no way to write a bracket
 * within a value. GS1-128, because there it lets an element stand alone in its symbol, as we do.
 */
function draws(elements: readonly Element[]): boolean {
  const text = elements.map(({ ai, value }) => `(${ai})${value}`).join('');
  try {
    bwipjs.raw({ bcid: 'gs1-128', text });
    return true;
  } catch {
    return false;
  }
}

describe('any bytes give a reading or a fault, never an exception (I-14)', () => {
  const aims = fc.option(
    fc.oneof(
      fc.constantFrom(']C1', ']d2', ']Q3', ']e0', ']J1', ']E0', ']E3', ']E4', ']C0', ']A0', 'C1'),
      fc.string({ maxLength: 4 }),
    ),
    { nil: undefined },
  );

  function proveTotal(text: string, aim: string | undefined): void {
    const result = read(rawOf(text, aim), YEAR);
    if (isFault(result)) {
      expect(typeof result.data['read']).toBe('string');
      for (const value of Object.values(result.data)) {
        expect(String(value).length).toBeLessThanOrEqual(LIMITS.shownChars * 2);
      }
    } else {
      const scan = interpret(result, []);
      expect(isFault(scan) || scan.raw === result.raw).toBe(true);
    }
  }

  it('for any text under any identifier', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...'0123456789()', GS, 'A', 'S', 'D', ':', ' ') }),
    );
    fc.assert(fc.property(text, aims, proveTotal), RUNS);
  });

  it('for any bytes taken as UTF-8', () => {
    const decoder = new TextDecoder();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), aims, (bytes, aim) => {
        proveTotal(decoder.decode(bytes), aim);
      }),
      RUNS,
    );
  });

  it('for 4 KB of garbage and more', () => {
    const pieces = fc.constantFrom('0', '9', GS, '(01)', '10A', '91x', '😀', '\ud800', ' ');
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 1, maxLength: 5 }), aims, (unit, aim) => {
        const size = LIMITS.scanBytes + 200;
        proveTotal(unit.join('').repeat(size).slice(0, size), aim);
        proveTotal(unit.join('').repeat(size).slice(0, LIMITS.scanBytes), aim);
      }),
      { ...RUNS, numRuns: 200 },
    );
  });
});

describe('an element string (I-14)', () => {
  it('comes back as it was encoded, in any order', () => {
    fc.assert(
      fc.property(elementsArb, fc.boolean(), (elements, closed) => {
        const result = readGs1(encode(elements) + (closed ? GS : ''));
        expect(result).toMatchObject({ elements, symbology: 'gs1' });
      }),
      RUNS,
    );
  });

  it('comes back from the form for people, unless a value holds brackets', () => {
    fc.assert(
      fc.property(bracketless, (elements) => {
        const typed = elements.map(({ ai, value }) => `(${ai})${value}`).join('');
        expect(read(rawOf(typed), YEAR)).toMatchObject({ elements, symbology: 'gs1' });
      }),
      RUNS,
    );
  });

  it('with one wrong digit in its GTIN is refused', () => {
    fc.assert(
      fc.property(elementsArb, fc.nat(13), fc.integer({ min: 1, max: 9 }), (elements, at, more) => {
        const wrong = elements.map(({ ai, value }) => {
          if (ai !== '01') return { ai, value };
          const digit = String((Number(value[at]) + more) % 10);
          return { ai, value: value.slice(0, at) + digit + value.slice(at + 1) };
        });
        expect(readGs1(encode(wrong))).toMatchObject({ code: 'scan.check-digit' });
      }),
      RUNS,
    );
  });

  it('cut off anywhere never names another GTIN', () => {
    fc.assert(
      fc.property(elementsArb, (elements) => {
        const whole = encode(elements);
        const value = elements.find(({ ai }) => ai === '01')?.value ?? '';
        for (let length = 0; length < whole.length; length++) {
          const result = readGs1(whole.slice(0, length));
          if (isFault(result)) continue;
          expect(result.keys.filter((key) => key !== `gtin:${value}`)).toEqual([]);
        }
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it('cut off anywhere, and without any word of its carrier, never gives a foreign fact', () => {
    fc.assert(
      fc.property(elementsArb, (elements) => {
        const whole = encode(elements);
        const value = elements.find(({ ai }) => ai === '01')?.value ?? '';
        for (let length = 0; length < whole.length; length++) {
          const result = read(rawOf(whole.slice(0, length)), YEAR);
          if (isFault(result)) continue;
          // Fourteen digits left of an element string may be a GTIN by chance. It stays a text that
          // is looked up: no fact is made of it, and no row of this label answers.
          if (result.symbology !== 'gs1') expect(result.own).toEqual({});
          else expect(result.keys.filter((key) => key !== `gtin:${value}`)).toEqual([]);
        }
      }),
      { ...RUNS, numRuns: 300 },
    );
  });

  it('that we take, bwip-js draws', () => {
    fc.assert(
      fc.property(bracketless, (elements) => {
        expect(isFault(readGs1(encode(elements)))).toBe(false);
        expect(draws(elements)).toBe(true);
      }),
      RUNS,
    );
  });

  it('that bwip-js refuses, we refuse', () => {
    const ai = fc.constantFrom(...LINTED);
    const value = fc.oneof(
      digits(1, 18),
      date,
      digits(6),
      gtin,
      digits(13).map((body) => body + '0'),
      fc.string({ unit: fc.constantFrom(...'AZaz09 #~[é-_'), minLength: 1, maxLength: 25 }),
    );
    let refusals = 0;
    fc.assert(
      fc.property(
        fc.array(fc.record({ ai, value }), { minLength: 1, maxLength: 3 }),
        (elements) => {
          if (draws(elements)) return;
          refusals++;
          const typed = elements.map((element) => `(${element.ai})${element.value}`).join('');
          expect(read(rawOf(typed, ']C1'), YEAR)).toHaveProperty('code');
        },
      ),
      RUNS,
    );
    expect(refusals).toBeGreaterThan(RUNS.numRuns / 2);
  });
});

describe('an identifier that a device typed', () => {
  it('is cut off without losing a character', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.constantFrom('', ']C1', ']E0'), (rest, aim) => {
        const cut = cutAim(aim + rest);
        expect((cut.aim ?? '') + cut.text).toBe(aim + rest);
      }),
      RUNS,
    );
  });
});
