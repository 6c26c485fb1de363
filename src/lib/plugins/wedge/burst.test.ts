// Who lives here: proofs of the state machine between keys and codes, for every typing there can be.
// Recorded typing is played in tests/conformance/wedge-traces.test.ts.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../domain/index.ts';
import { IDLE, onKey, onSilence } from './burst.ts';
import type { Burst, BurstOptions, BurstStep, Key } from './burst.ts';

const RUNS = { numRuns: 1000, seed: 20260203 };
const AUTO: BurstOptions = { ending: 'silence', minLength: 2, maxGapMs: 50 };
const ENTER: BurstOptions = { ...AUTO, ending: 'Enter' };

type Timed = readonly [gapMs: number, key: Key];
const text = (character: string): Key => ({ kind: 'text', text: character });
const enter: Key = { kind: 'end', name: 'Enter' };
const tab: Key = { kind: 'end', name: 'Tab' };
const other: Key = { kind: 'other' };
const rhythm: Key = { kind: 'rhythm' };

interface Outcome {
  readonly reads: string[];
  readonly losses: string[];
  /** Text that reached the page and stayed there. */
  readonly passed: string;
  readonly burst: Burst;
}

/** Plays keys as the DOM part would, silences included. */
function play(keys: readonly Timed[], options = AUTO): Outcome {
  const reads: string[] = [];
  const losses: string[] = [];
  let burst = IDLE;
  let atMs = 0;
  let waitMs: number | undefined;
  let passed = '';
  let before = '';
  const follow = (step: BurstStep): void => {
    burst = step.burst;
    waitMs = step.waitMs;
    if (step.read !== undefined) reads.push(step.read.text);
    if (step.lost !== undefined) losses.push(step.lost.why);
    if (step.read !== undefined || step.lost !== undefined || step.proven) passed = before;
  };
  for (const [gapMs, key] of keys) {
    if (waitMs !== undefined && gapMs > waitMs) follow(onSilence(burst, options));
    atMs += gapMs;
    const step = onKey(burst, key, atMs, options);
    follow(step);
    if (step.begins) before = passed;
    if (!step.swallow && key.kind === 'text') passed += key.text;
  }
  if (waitMs !== undefined) follow(onSilence(burst, options));
  return { reads, losses, passed, burst };
}

const at = (gapMs: number, keys: string): Timed[] =>
  Array.from(keys, (character) => [gapMs, text(character)] as const);

/** A batch L7, or the check digits of a place. */
const TWO_AND_ENTER: readonly Timed[] = [...at(5, 'L7'), [5, enter]];

describe('what is no code', () => {
  it.each<[string, readonly Timed[], BurstOptions?]>([
    ['two keys at 1 ms', at(1, 'AB')],
    ['one key with Enter at 1 ms', [...at(1, 'A'), [1, enter]]],
    ['two keys at 1 ms with Enter when a person gets to it', [...at(1, 'AB'), [35, enter]]],
    ['two keys rolled at 35 ms with Enter at once', [...at(35, 'AB'), [1, enter]]],
    [
      'two keys at 1 ms with Enter, too few for this device',
      TWO_AND_ENTER,
      { ...AUTO, minLength: 3 },
    ],
    ['five keys rolled at 35 ms', at(35, 'there')],
    ['one short gap among three keys', [...at(5, 'AB'), [45, text('C')]]],
    ['keys at 51 ms', at(51, 'keys at a steady pace')],
    [
      'Enter alone, again and again',
      [
        [1, enter],
        [1, enter],
        [1, enter],
      ],
    ],
    ['modifiers alone', Array.from({ length: 20 }, () => [5, rhythm] as const)],
    ['other keys in between', [...at(5, 'AB'), [5, other], ...at(5, 'CD')]],
    ['too few keys for this device', at(1, 'ABC'), { ...AUTO, minLength: 4 }],
  ])('%s', (_, keys, options) => {
    const { reads, losses, passed } = play(keys, options);
    expect({ reads, losses }).toEqual({ reads: [], losses: [] });
    expect(passed).toBe(keys.map(([, key]) => (key.kind === 'text' ? key.text : '')).join(''));
  });

  it('is whatever a person types, at any length', () => {
    const key = fc.oneof(
      fc.string({ minLength: 1, maxLength: 1 }).map(text),
      fc.constantFrom(enter, tab, other, rhythm),
    );
    const typing = fc.array(fc.tuple(fc.integer({ min: 80, max: 250 }), key), { maxLength: 60 });
    fc.assert(
      fc.property(typing, (keys) => {
        const { reads, losses, passed } = play(keys);
        expect([...reads, ...losses]).toEqual([]);
        expect(passed).toBe(keys.map(([, one]) => (one.kind === 'text' ? one.text : '')).join(''));
      }),
      RUNS,
    );
  });
});

describe('a code that is lost is named, and no part of it is read (I-14)', () => {
  it.each<[string, readonly Timed[], BurstOptions, string]>([
    ['without its known suffix', at(5, '8712345678906'), ENTER, 'no-suffix'],
    ['stalled for too long', [...at(5, '871234'), [251, text('5')]], ENTER, 'no-suffix'],
    [
      'broken into by Escape',
      [...at(5, '871234'), [5, other], ...at(5, '5678')],
      AUTO,
      'broken-in',
    ],
    ['longer than a code may be', at(1, '9'.repeat(LIMITS.scanBytes + 1)), AUTO, 'too-long'],
    ['longer in bytes', at(1, '漢'.repeat(LIMITS.scanBytes / 3 + 1)), AUTO, 'too-long'],
  ])('%s', (_, keys, options, why) => {
    const { reads, losses } = play(keys, options);
    expect(reads).toEqual([]);
    expect(losses).toEqual([why]);
  });

  it('keeps the rest of a lost code from the page until it is silent', () => {
    const keys = [
      ...at(1, 'x'.repeat(LIMITS.scanBytes + 200)),
      [1, enter],
      [300, text('a')],
    ] as const;
    expect(play(keys)).toMatchObject({ losses: ['too-long'], passed: 'a' });
  });

  it('does not take the rest of a code for a second one', () => {
    // Silence after 871234 ends the code; what comes 45 ms after its last key belongs to it.
    const keys = [...at(1, '871234'), [45, text('5')], ...at(1, '678906'), [1, enter]] as const;
    expect(play(keys)).toMatchObject({ reads: ['871234'], losses: ['continued'], passed: '' });
  });
});

describe('a code at scanner speed', () => {
  const codes = fc
    .array(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), {
      minLength: 3,
      maxLength: 60,
    })
    .map((characters) => characters.join(''));

  it('is read with its suffix when it has but two characters', () => {
    expect(play(TWO_AND_ENTER)).toMatchObject({ reads: ['L7'], losses: [], passed: '' });
    expect(play(TWO_AND_ENTER, ENTER)).toMatchObject({ reads: ['L7'], losses: [], passed: '' });
  });

  it('is read whole with a suffix, whatever it holds, and nothing of it stays on the page', () => {
    fc.assert(
      fc.property(
        codes,
        fc.infiniteStream(fc.integer({ min: 1, max: 19 })),
        fc.constantFrom(enter, tab),
        (code, gaps, suffix) => {
          const keys = Array.from(code, (one) => [gaps.next().value ?? 1, text(one)] as const);
          const { reads, losses, passed } = play([...keys, [gaps.next().value ?? 1, suffix]]);
          expect({ reads, losses, passed }).toEqual({ reads: [code], losses: [], passed: '' });
        },
      ),
      RUNS,
    );
  });

  it('is read whole without a suffix when its gaps are even', () => {
    fc.assert(
      fc.property(codes, fc.integer({ min: 1, max: 19 }), (code, gapMs) => {
        const { reads, passed } = play(at(gapMs, code));
        expect({ reads, passed }).toEqual({ reads: [code], passed: '' });
      }),
      RUNS,
    );
  });

  it('is read up to the slowest burst when it is long or has a suffix', () => {
    expect(play(at(50, 'ABCDEF')).reads).toEqual(['ABCDEF']);
    expect(play([...at(50, 'ABC'), [50, enter]]).reads).toEqual(['ABC']);
  });

  it('may stall on the radio when its suffix is known', () => {
    const keys = [...at(5, '871'), [250, text('2')], ...at(5, '345'), [5, enter]] as const;
    expect(play(keys, ENTER)).toMatchObject({ reads: ['8712345'], losses: [] });
  });

  it('holds a foreign end key as a character when its suffix is known', () => {
    expect(play([...at(5, 'ABC'), [5, tab], ...at(5, 'D'), [5, enter]], ENTER).reads).toEqual([
      'ABC\tD',
    ]);
  });

  it('is read when its silence was noticed late, by the next key', () => {
    let burst = IDLE;
    for (const [place, key] of Array.from('ABCD').entries()) {
      ({ burst } = onKey(burst, text(key), place, AUTO));
    }
    expect(onKey(burst, text('x'), 500, AUTO)).toMatchObject({
      read: { text: 'ABCD', startedMs: 0, lastMs: 3 },
      begins: true,
      burst: { phase: 'open', text: 'x' },
    });
  });

  it('takes its late or second suffix with it, and lets a later Enter pass', () => {
    const after = (gapMs: number): boolean => {
      const { burst } = play([...at(5, 'ABC'), [5, enter]]);
      return onKey(burst, enter, 20 + gapMs, AUTO).swallow === true;
    };
    expect(after(5)).toBe(true);
    expect(after(100)).toBe(true);
    expect(after(101)).toBe(false);
  });

  it.each([
    [1, 20],
    [7, 21],
    [10, 30],
    [19, 57],
    [40, 60],
  ])('at %i ms waits %i ms for its end (P-04)', (gapMs, waitMs) => {
    let burst = IDLE;
    let step: BurstStep = { burst };
    for (let place = 0; place < 10; place++) {
      step = onKey(burst, text('1'), place * gapMs, AUTO);
      ({ burst } = step);
    }
    expect(step.waitMs).toBe(waitMs);
  });
});

describe('any keys at any times', () => {
  it('give a step, and never a read that is too short or too long', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).map(text),
      fc.constantFrom(enter, tab, other, rhythm),
    );
    const gap = fc.oneof(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -1000, max: 1000 }));
    const suffix = fc.constantFrom(
      'unknown' as const,
      'silence' as const,
      'Enter' as const,
      'Tab' as const,
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, key), { maxLength: 80 }), suffix, (keys, end) => {
        for (const read of play(keys, { ...AUTO, ending: end }).reads) {
          expect(Array.from(read).length).toBeGreaterThanOrEqual(AUTO.minLength);
          expect(new TextEncoder().encode(read).length).toBeLessThanOrEqual(LIMITS.scanBytes);
        }
      }),
      RUNS,
    );
  });
});
