// The small judges before the writer, as tables: is it new, is it too much, may it come in.

import { describe, expect, it } from 'vitest';
import { admit } from './admit.ts';
import type { Admission } from './admit.ts';
import { TokenBucket } from './bucket.ts';
import { refuseOrigin } from './origin.ts';
import type { FinalVerdict } from './ports.ts';

const verdict: FinalVerdict = { kind: 'accepted', seq: 5 };
const same = { hash: 'mine', verdict };
const other = { hash: 'other', verdict: { ...verdict, seq: 4 } };
const used = { first: 2, last: 4 };

const TABLE: [
  name: string,
  seq: number,
  known: (typeof same)[],
  used: typeof used | undefined,
  is: Admission,
][] = [
  ['the next one', 5, [], used, { kind: 'new', counts: true }],
  ['the first one of a new station', 1, [], undefined, { kind: 'new', counts: true }],
  ['any number of a station that is not known', 77, [], undefined, { kind: 'new', counts: true }],
  ['one that the first one overtook', 1, [], used, { kind: 'new', counts: false }],
  ['delivered again', 4, [same], used, { kind: 'again', verdict }],
  ['delivered again much later', 1, [same], { first: 1, last: 99 }, { kind: 'again', verdict }],
  ['one too early', 6, [], used, { kind: 'gap', expect: 5 }],
  ['a known id, too early: first the gap', 6, [other], used, { kind: 'gap', expect: 5 }],
  ['another payload, in turn', 5, [other], used, { kind: 'id-reused', counts: true }],
  ['another payload, old number', 3, [other], used, { kind: 'id-reused', counts: false }],
  ['another payload, at a new station', 9, [other], undefined, { kind: 'id-reused', counts: true }],
  ['the other payload again', 3, [other, same], used, { kind: 'again', verdict }],
  ['a new id with an old number', 4, [], used, { kind: 'number-taken' }],
  ['a new id with the first number', 2, [], used, { kind: 'number-taken' }],
];

describe('I-02: admit', () => {
  it.each(TABLE)('%s', (_name, stationSeq, known, numbers, is) => {
    expect(admit({ stationSeq }, 'mine', known, numbers)).toEqual(is);
  });
});

describe('I-17: the bucket of a station', () => {
  it('gives a burst, then so many a second, and nothing for a clock that steps back', () => {
    let nowMs = 0;
    const bucket = new TokenBucket({ nowMs: () => nowMs }, 20, 3);
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
    expect(bucket.waitMs()).toBe(50);
    nowMs = 50;
    expect([bucket.take(), bucket.take()]).toEqual([true, false]);
    nowMs = -1_000_000;
    expect(bucket.take()).toBe(false);
    nowMs += 3_600_000;
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false]);
  });
});

describe('who may open a socket', () => {
  const host = 'hub.local:3000';
  const cases: [origin: string | undefined, from: string, refused: string | undefined][] = [
    ['http://hub.local:3000', '10.0.0.7', undefined],
    ['http://HUB.local:3000', '10.0.0.7', undefined],
    ['http://hub.local', '10.0.0.7', 'other origin'],
    ['http://evil.example', '127.0.0.1', 'other origin'],
    ['http://hub.local.evil.example:3000', '127.0.0.1', 'other origin'],
    ['null', '127.0.0.1', 'strange origin'],
    ['file://hub.local:3000', '127.0.0.1', 'strange origin'],
    ['', '127.0.0.1', 'strange origin'],
    [undefined, '127.0.0.1', undefined],
    [undefined, '::1', undefined],
    [undefined, '::ffff:127.0.0.1', undefined],
    [undefined, '10.0.0.7', 'no origin'],
    [undefined, '::ffff:10.0.0.7', 'no origin'],
  ];
  it.each(cases)('origin %s from %s: %s', (origin, remoteAddress, refused) => {
    const headers = origin === undefined ? { host } : { host, origin };
    expect(refuseOrigin({ headers, socket: { remoteAddress } })).toBe(refused);
  });
});
