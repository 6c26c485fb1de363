// Every sentence in every language: the same keys, the same holes, and one for every fault.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { FAULTS } from '../../domain/index.ts';
import { CATALOGUE as de } from './de.ts';
import { CATALOGUE as en } from './en.ts';
import { CATALOGUE as fr } from './fr.ts';
import { chooseLanguage, makeSpeaker } from './index.ts';
import type { Catalogue } from './index.ts';
import { CATALOGUE as nl } from './nl.ts';

const OTHERS: Readonly<Record<string, Catalogue>> = { nl, de, fr };
const ALL = { en, ...OTHERS };
const FACTS = ['document', 'item', 'batch', 'expiry', 'serial', 'quantity', 'location'].concat([
  'reason',
  'choice',
  'text',
  'number',
  'yes-no',
  'weight',
  'logisticUnit',
  'tote',
  'photo',
  'show',
  'call',
]);
const WORDS = [
  'OK',
  'BACK',
  'CANCEL',
  'UNDO',
  'FINISH',
  'HELP',
  'SKIP',
  'PROBLEM',
  'REPEAT',
  'MORE',
  'ALL',
];
const KEY = /['"`]((?:action|message|prompt|close|ended|answer|title)\.[A-Za-z.-]+)['"`]/g;

const holes = (sentence: string) =>
  [...sentence.matchAll(/\{(\w+)\}/g)].map((hole) => hole[1]).sort();

it('an unknown key is a programmer’s error, named with language and key', () => {
  expect(() => makeSpeaker('nl', nl).text('no.such.key')).toThrow(/nl.*no\.such\.key/);
});

it('a missing hole is shown as missing, not as the word undefined', () => {
  expect(makeSpeaker('en', en).text('close.missing', { quantity: 3 })).toBe('3 … open');
});

it('every language has the keys of English, no more, and nothing empty', () => {
  for (const [language, catalogue] of Object.entries(OTHERS)) {
    expect({ language, keys: Object.keys(catalogue).sort() }).toEqual({
      language,
      keys: Object.keys(en).sort(),
    });
    expect(Object.values(catalogue).filter((sentence) => sentence.trim() === '')).toEqual([]);
  }
});

it('every language has the holes of English in every sentence', () => {
  for (const [language, catalogue] of Object.entries(OTHERS)) {
    for (const [key, sentence] of Object.entries(en)) {
      expect({ language, key, holes: holes(catalogue[key] ?? '') }).toEqual({
        language,
        key,
        holes: holes(sentence),
      });
    }
  }
});

it('a word that goes with a number has a form for one and for others, and names a hole of its sentence', () => {
  const forms = Object.entries(ALL).flatMap(([language, catalogue]) =>
    Object.entries(catalogue).flatMap(([key, sentence]) =>
      [...sentence.matchAll(/\{[^{}]*[^\w{}][^{}]*\}/g)].map(([form]) => {
        const [, hole = '', one, others] = /^\{(\w+):([^|]+)\|([^|]+)\}$/.exec(form) ?? [];
        const right = holes(sentence).includes(hole) && one !== others;
        return { language, key, form, right };
      }),
    ),
  );
  expect(new Set(forms.map(({ language }) => language))).toEqual(new Set(Object.keys(ALL)));
  expect(forms.filter(({ right }) => !right)).toEqual([]);
});

it.each([
  ['en', en, '0 lines still open', '1 line still open', '2 lines still open'],
  ['nl', nl, 'Nog 0 regels open', 'Nog 1 regel open', 'Nog 2 regels open'],
  ['de', de, 'Noch 0 Zeilen offen', 'Noch 1 Zeile offen', 'Noch 2 Zeilen offen'],
  ['fr', fr, '0 ligne ouverte', '1 ligne ouverte', '2 lignes ouvertes'],
] as const)('in %s none, one and two lines are said right', (language, catalogue, ...said) => {
  const { text } = makeSpeaker(language, catalogue);
  const prompts = [0, 1, 2].map((open) => text('close.prompt', { open }).split('. ')[0]);
  expect(prompts).toEqual(said);
});

it('of two numbers the word goes with its own', () => {
  const lines = (catalogue: Catalogue, language: 'en' | 'fr', done: number, of: number) =>
    makeSpeaker(language, catalogue).text('lines.done', { done, of });
  expect(lines(en, 'en', 1, 3)).toBe('1 of 3 lines complete');
  expect(lines(en, 'en', 0, 1)).toBe('0 of 1 line complete');
  expect(lines(fr, 'fr', 1, 3)).toBe('1 ligne sur 3 complète');
  expect(lines(fr, 'fr', 2, 3)).toBe('2 lignes sur 3 complètes');
});

it('every fault has what happened, why, and a sentence for each way out, in every language', () => {
  for (const [code, { ways }] of Object.entries(FAULTS)) {
    const wanted = [`fault.${code}`, `fault.${code}.why`, ...ways.map((way) => `way.${way}`)];
    for (const catalogue of Object.values(ALL)) {
      expect(wanted.filter((key) => catalogue[key] === undefined)).toEqual([]);
    }
  }
});

it('every fact and every command word has its sentences', () => {
  const wanted = [
    ...FACTS.flatMap((fact) => [`prompt.${fact}`, `prompt.hint.${fact}`, `fact.${fact}`]),
    ...WORDS.map((word) => `action.${word}`),
  ];
  expect(wanted.filter((key) => en[key] === undefined)).toEqual([]);
});

it('every key that the workflow runtime speaks is in the catalogue', () => {
  const folder = new URL('../../workflows/runtime/', import.meta.url);
  const sources = readdirSync(folder).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const used = sources.flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(KEY)].flatMap(
      (found) => found[1] ?? [],
    ),
  );
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((key) => en[key] === undefined)).toEqual([]);
});

it('a fault speaks its facts, numbers and dates in the operator’s language', () => {
  const speaker = makeSpeaker('nl', nl);
  const conflict = { fact: 'batch', known: 'A1', read: 'B2' };
  expect(speaker.fault({ code: 'step.conflict', data: conflict }).why).toBe(
    'Batch: A1 is bekend, B2 is gelezen.',
  );
  const over = { quantity: 1200.5, most: 1000, unit: 'kg' };
  expect(speaker.fault({ code: 'step.over-tolerance', data: over }).why).toContain('1.200,5 kg');
  const expired = speaker.fault({ code: 'step.expired', data: { expiry: '2026-01-05' } }).why;
  expect(expired).toContain('5 jan 2026');
});

it('the first wish that is spoken here wins; English if none is', () => {
  expect(chooseLanguage(null, undefined, 'nl-BE')).toBe('nl');
  expect(chooseLanguage('xx', 'fr', 'de')).toBe('fr');
  expect(chooseLanguage('toString', 'zh')).toBe('en');
});
