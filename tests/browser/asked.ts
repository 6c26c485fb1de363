// Who lives here: sample screens of a warehouse's own questions, one of each kind of answer.

import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';
import { DOCUMENT, TITLE } from './goods.ts';

const word = (en: string, de: string) => ({ en, nl: en, de, fr: en });
const PUMP = { code: 'PUMP-220', name: 'Submersible pump 220 V', unit: 'pc' };

function asked(screen: Partial<ScreenModel> & Pick<ScreenModel, 'asks' | 'prompt'>): KioskModel {
  return {
    phase: 'dialogue',
    stationName: 'dock-1',
    hub: { kind: 'connected' },
    ...{ waiting: 0, menu: [], orders: [], trail: [], notices: [] },
    flash: { signal: 'none', count: 0 },
    screen: {
      ...{ view: 'ask', step: screen.asks ?? 'ask', title: TITLE, document: DOCUMENT, item: PUMP },
      known: [{ fact: 'quantity', text: '12 pc' }],
      actions: [
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
      ...screen,
    },
  };
}

const choices = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    value: `C${n + 1}`,
    label: word(`Torn box ${n + 1}`, `Karton zerrissen, Ware lose ${n + 1}`),
  }));

/** One of each kind of answer, by name. */
/** The question for photos, with these taken. */
function photographed(taken: readonly string[], max: number, more = false): KioskModel {
  const live = taken.length === 0 || more;
  const key = live ? 'action.photo-take' : 'action.photo-keep';
  return asked({
    asks: 'photo',
    prompt: { label: word('Photograph the damage', 'Schaden fotografieren') },
    input: { fact: 'photo', value: '', max, taken, live },
    actions: [
      { word: 'OK', tone: 'primary', key },
      ...(live || taken.length >= max
        ? []
        : [{ word: 'MORE', tone: 'plain', key: 'action.photo-more' } as const]),
      { word: 'SKIP', tone: 'plain' },
      { word: 'BACK', tone: 'plain', ...(live ? {} : { key: 'action.photo-again' }) },
      { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
      { word: 'HELP', tone: 'plain' },
    ],
  });
}

export const ASKED: Readonly<Record<string, KioskModel>> = {
  'photo-live': photographed([], 3),
  'photo-taken': photographed(['a'], 1),
  'photo-two-of-three': photographed(['a', 'b'], 3),
  'photo-one-more': photographed(['a', 'b'], 3, true),
  'yes-no': asked({
    asks: 'yes-no',
    prompt: { label: word('Damaged?', 'Beschädigt?') },
    input: { fact: 'yes-no', value: '' },
  }),
  'choice-few': asked({
    asks: 'choice',
    prompt: { label: word('What is wrong?', 'Was ist falsch?') },
    input: { fact: 'choice', value: '', of: choices(3) },
  }),
  'reason-many': asked({
    asks: 'reason',
    prompt: { key: 'prompt.reason' },
    input: { fact: 'reason', value: '', of: choices(12) },
  }),
  number: asked({
    asks: 'number',
    prompt: { label: word('Temperature?', 'Temperatur?') },
    input: { fact: 'number', value: '', unit: '°C', decimals: 1, min: -25, max: 8 },
    within: 90,
  }),
  weight: asked({
    asks: 'weight',
    prompt: { key: 'prompt.weight' },
    input: { fact: 'weight', value: '', unit: 'kg', decimals: 3, min: 0, max: 500 },
    by: 'scan',
  }),
  'tote-first': asked({
    asks: 'tote',
    prompt: { key: 'prompt.tote', data: { order: '20014' } },
    input: { fact: 'tote', value: '' },
  }),
  'tote-known': asked({
    asks: 'tote',
    prompt: { key: 'prompt.put-into', data: { tote: 'TOTE-BLUE-0042' } },
    input: { fact: 'tote', value: '' },
    suggestion: 'TOTE-BLUE-0042',
    confirm: 'scan',
  }),
  unit: asked({
    asks: 'logisticUnit',
    prompt: { key: 'prompt.logisticUnit' },
    input: { fact: 'logisticUnit', value: '' },
    actions: [
      { word: 'SKIP', tone: 'plain' },
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  text: asked({
    asks: 'text',
    prompt: { label: word('Anything to note?', 'Bemerkung?') },
    input: { fact: 'text', value: '', max: 200 },
    actions: [
      { word: 'SKIP', tone: 'plain' },
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  show: asked({
    asks: 'show',
    prompt: {
      label: word('{item.code} is heavy: two people', '{item.code} ist schwer: zu zweit tragen'),
      data: { 'item.code': 'PUMP-220' },
    },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.read-it' },
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  // Another flow runs in between, and offers one more.
  between: asked({
    asks: 'text',
    prompt: { label: word('Anything to note?', 'Bemerkung?') },
    input: { fact: 'text', value: '', max: 200 },
    detour: {
      from: { en: 'Receive', nl: 'Ontvangen', de: 'Wareneingang', fr: 'Réception' },
      order: 'PO-1',
      behind: ['order'],
      work: { action: 'transfer' },
    },
    detours: [
      { id: 'call:look-up', label: word('Look up', 'Nachsehen'), icon: 'clipboard' },
      { id: 'call:count', label: word('Count', 'Zählen'), icon: 'clipboard' },
    ],
    actions: [
      { word: 'BACK', tone: 'plain' },
      { word: 'CANCEL', tone: 'plain', key: 'action.leave-detour' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  call: asked({
    asks: 'call',
    prompt: { label: word('Count', 'Zählen') },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.go-there' },
      { word: 'SKIP', tone: 'plain' },
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  'answer-known': asked({
    asks: 'yes-no',
    prompt: { label: word('Was that all?', 'War das alles?') },
    input: { fact: 'yes-no', value: '' },
    known: [
      {
        ...{ fact: 'choice', text: 'C1' },
        name: { label: word('What is wrong?', 'Was ist falsch?') },
        said: { label: word('Torn box', 'Karton zerrissen') },
      },
    ],
  }),
};
