// The question for photos at its edges: none, the same twice, one too many, again, enough.

import { expect, it } from 'vitest';
import { answers, ask, at } from '../../../../tests/samples/workflows/asked.ts';
import { begin, Taping } from './index.ts';

const [ONE, TWO, THREE] = ['1', '2', '3'].map((digit) => digit.repeat(64)) as [
  string,
  string,
  string,
];
const photo = (more = '') => ask('photo', `        id: picture\n${more}`);
const MAX_TWO = photo('        max: 2\n');

it('OK without a photo says so, and nothing is answered', () => {
  const operator = at(photo()).press('OK');
  expect(operator.fault).toBe('step.no-photo');
  expect(operator.asks).toBe('picture');
});

it.each(['', 'abc', ONE.slice(1), `${ONE}0`, ONE.replace('1', 'G'), 'A'.repeat(64)])(
  'what is no id of a photo is none: “%s”',
  (id) => expect(at(photo()).enter('photo', id).fault).toBe('step.no-photo'),
);

it('a scan answers it never, neither a bare code nor a printed answer', () => {
  const operator = at(photo()).scan({ answer: ONE }, ONE);
  expect(operator.fault).toBe('step.not-expected');
  expect(operator.scan({}, ONE).asks).toBe('picture');
});

it('one is taken, shown, and kept with OK; the line tells its id, and how many there are', () => {
  const operator = at(photo()).enter('photo', ONE);
  expect(operator.step.screen.input).toMatchObject({ max: 1, taken: [ONE], live: false });
  expect(operator.words).not.toContain('MORE');
  operator.press('OK').enter('quantity', '2');
  expect(answers(operator)).toEqual([{ step: 'picture', value: 1, kind: 'photo', photos: [ONE] }]);
});

it('BACK takes it again: the one before is in no line', () => {
  const operator = at(photo()).enter('photo', ONE).press('BACK');
  expect(operator.step.screen.input).toMatchObject({ taken: [], live: true });
  operator.enter('photo', TWO).press('OK').enter('quantity', '2');
  expect(answers(operator)).toMatchObject([{ value: 1, photos: [TWO] }]);
});

it('two of at most two are two; a third and the same twice are refused', () => {
  const operator = at(MAX_TWO).enter('photo', ONE);
  expect(operator.enter('photo', ONE).fault).toBe('step.photo-twice');
  expect(operator.press('MORE').step.screen.input).toMatchObject({ taken: [ONE], live: true });
  operator.enter('photo', TWO);
  expect(operator.press('MORE').fault).toBe('step.photos-full');
  expect(operator.enter('photo', THREE).fault).toBe('step.photos-full');
  operator.press('OK').enter('quantity', '2');
  expect(answers(operator)).toMatchObject([{ value: 2, photos: [ONE, TWO] }]);
});

it('with the camera on for one more, OK is content with those there are', () => {
  const operator = at(MAX_TWO).enter('photo', ONE).press('MORE', 'OK').enter('quantity', '2');
  expect(answers(operator)).toMatchObject([{ value: 1, photos: [ONE] }]);
});

it('MORE before the first is no way to one more', () => {
  expect(at(MAX_TWO).press('MORE').fault).toBe('step.no-photo');
});

it('where it may be skipped the line tells of none', () => {
  const operator = at(photo('        skip: true\n')).press('SKIP').enter('quantity', '2');
  expect(operator.last).toMatchObject({ type: 'receive.line' });
  expect(answers(operator)).toBeUndefined();
});

it('a condition asks how many were taken', () => {
  const note = '      - ask: text\n        prompt: { en: a, nl: a, de: a, fr: a }\n';
  const steps = `${MAX_TWO}${note}        when: answers.picture > 1\n`;
  expect(at(steps).enter('photo', ONE).press('OK').asks).toBe('quantity');
  const two = at(steps).enter('photo', ONE).press('MORE').enter('photo', TWO).press('OK');
  expect(two.asks).toBe('text');
});

it('CANCEL drops the photos with the line', () => {
  const operator = at(photo()).enter('photo', ONE).press('CANCEL');
  expect(operator.asks).toBe('item');
  expect(JSON.stringify(operator.step.state)).not.toContain(ONE);
});

it('a tape keeps how many there were, and nothing that a photo could be known by', () => {
  const operator = at(photo());
  const taping = new Taping();
  const acting = { today: '2026-03-02', commandId: 'x' as never };
  const pieces = [taping.begin(operator.workflow, begin(operator.workflow))];
  const heard = (event: Parameters<Taping['event']>[0]['event']) => {
    pieces.push(taping.event({ event, acting, step: operator.step }) ?? '');
  };
  operator.enter('photo', ONE);
  heard({ type: 'enter', fact: 'photo', value: ONE });
  heard({ type: 'enter', fact: 'photo', value: TWO });
  heard({ type: 'enter', fact: 'photo', value: ONE });
  operator.press('OK').enter('quantity', '2');
  heard({ type: 'enter', fact: 'quantity', value: '2' });
  const text = pieces.join('');
  expect(text).toContain('"step":"picture"');
  for (const id of [ONE, TWO]) expect(text).not.toContain(id.slice(0, 8));
  const stand = [...text.matchAll(/"value":"(0{40}\d+)"/g)].map(([, value]) => value);
  expect(stand.length).toBe(3);
  expect(stand[0]).toBe(stand[2]);
  expect(stand[0]).not.toBe(stand[1]);
});
