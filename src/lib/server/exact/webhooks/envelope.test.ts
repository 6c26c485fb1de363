// What a notification must be before anybody listens to it: nothing about it may be believed but
// the signature over its bytes.

import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { readNotification } from './envelope.ts';

const SECRET = 'a webhook secret';
const DIVISION = 123_456;
const content = (change: Record<string, unknown> = {}) =>
  JSON.stringify({
    ...{ Topic: 'Items', ClientId: 'x', Division: DIVISION, Action: 'Update' },
    ...{ Key: '1f0a0000-0000-4000-8000-000000000000', EventCreatedOn: '2026-06-18T13:05:11.223' },
    ...change,
  });
const hashOf = (text: string, secret = SECRET) =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex').toUpperCase();
const signed = (text: string, secret = SECRET) =>
  Buffer.from(`{"Content":${text},"HashCode":"${hashOf(text, secret)}"}`);
const read = (raw: Uint8Array, division: number | undefined = DIVISION) =>
  readNotification(raw, SECRET, division);

it('a signed one is a hint of its topic and nothing more', () => {
  const key = '1f0a0000-0000-4000-8000-000000000000';
  expect(read(signed(content()))).toEqual({ kind: 'hint', topic: 'Items', key, deleted: false });
  const gone = content({ Action: 'Delete' });
  expect(read(signed(gone))).toMatchObject({ kind: 'hint', deleted: true });
  // An action that nobody knows is a change.
  expect(read(signed(content({ Action: 'Frobnicate' })))).toMatchObject({ deleted: false });
});

it('the hash is over the bytes as they came: spaces, order and letters of any language count', () => {
  const spaced = content({ Key: 'ключ, "HashCode":"x"' }).replace(',"Division"', ' ,  "Division"');
  expect(read(signed(spaced))).toMatchObject({ kind: 'hint' });
  const raw = signed(spaced).toString('utf8').replace(' ,  "Division"', ',"Division"');
  expect(read(Buffer.from(raw))).toEqual({ kind: 'refused' });
});

it('an empty body is Exact seeing whether somebody is there', () => {
  expect(read(new Uint8Array())).toEqual({ kind: 'empty' });
});

it('another division, none of ours, and a topic we never asked for are dropped', () => {
  expect(read(signed(content({ Division: 1 })))).toEqual({ kind: 'ignored' });
  expect(readNotification(signed(content()), SECRET, undefined)).toEqual({ kind: 'ignored' });
  expect(read(signed(content({ Topic: 'BankEntries' })))).toEqual({ kind: 'ignored' });
  expect(read(signed(content({ Topic: 'constructor' })))).toEqual({ kind: 'ignored' });
});

const good = signed(content()).toString('utf8');
it.each([
  ['another secret', signed(content(), 'another').toString('utf8')],
  ['a flipped digit', good.replace(/.(?="})/, (digit) => (digit === 'A' ? 'B' : 'A'))],
  ['a changed content', good.replace('Items', 'items')],
  ['no hash', `{"Content":${content()}}`],
  ['a short hash', good.replace(/.{10}"}$/, '"}')],
  ['something behind it', `${good}\n`],
  ['something before it', ` ${good}`],
  ['no JSON', 'hello'],
  ['a brace', '{'],
  ['signed, but no notification', signed('[]').toString('utf8')],
  ['signed, but not JSON', signed('{"Topic":').toString('utf8')],
  ['a hash in small letters', good.replace(/[0-9A-F]{64}(?="})/, (hash) => hash.toLowerCase())],
])('refused: %s', (_, raw) => {
  expect(read(Buffer.from(raw))).toEqual({ kind: 'refused' });
});
