// Who lives here: sample screens of what goes wrong and of what is taken back: a problem's list, its
// questions and remedies, the zero check, UNDO and what Exact has already, and a line that is led to.

import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';
import { lines } from './goods.ts';

const PICK = {
  label: { en: 'Pick', nl: 'Picken', de: 'Kommissionieren', fr: 'Prélever' },
} as const;
const PUMP = { code: 'PUMP-220', name: 'Submersible pump 220 V, stainless steel', unit: 'pc' };
const DROP: ScreenModel['actions'] = [
  { word: 'BACK', tone: 'plain' },
  { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
  { word: 'HELP', tone: 'plain' },
];
const KEEP: ScreenModel['actions'] = [
  { word: 'BACK', tone: 'plain' },
  { word: 'HELP', tone: 'plain' },
];
const LISTED = [
  ...['short', 'over', 'damaged', 'unexpected-item', 'batch-blocked', 'batch-not-there'],
  ...['location-not-empty', 'place-empty'],
];

const shown = (screen: Partial<ScreenModel> & Pick<ScreenModel, 'prompt'>): KioskModel => ({
  ...{ phase: 'dialogue', stationName: 'pick-1', hub: { kind: 'connected' }, waiting: 0 },
  ...{ menu: [], orders: [], trail: [], notices: [], flash: { signal: 'none', count: 0 } },
  orderKind: 'salesOrder',
  screen: {
    ...{ view: 'problem', step: 'problem', title: PICK, known: [], lines: lines() },
    document: { id: 'wide', number: '20014', partner: 'Stadtwerke Osnabrück GmbH' },
    actions: DROP,
    ...screen,
  },
});

const PUMPS = { id: 'c3', itemCode: PUMP.code, itemName: PUMP.name, quantity: 10, unit: 'pc' };
const TAKEN = [
  { ...PUMPS, serials: ['SN-220-000817', 'SN-220-000818'], place: 'HALL-2-RACK-118' },
  {
    ...{ id: 'c2', itemCode: 'RESIN-5', itemName: 'Epoxy resin 5 kg, transparent', quantity: 1.5 },
    ...{ unit: 'can', batch: 'L26-0815', place: 'B-02-1' },
  },
  { ...PUMPS, id: 'c1', quantity: 1 },
];

/** One of each kind, by name. */
export const PROBLEMS: Readonly<Record<string, KioskModel>> = {
  'problem-list': shown({
    ...{ prompt: { key: 'problem.prompt' }, item: PUMP },
    ways: LISTED.map((id) => ({ id, text: { key: `exception.${id}` }, kind: 'exception' })),
  }),
  'problem-quantity': shown({
    ...{ title: { key: 'exception.damaged' }, prompt: { key: 'problem.quantity' }, item: PUMP },
    ...{ asks: 'quantity', input: { fact: 'quantity', value: '1', unit: 'pc' } },
    actions: [{ word: 'OK', tone: 'primary' }, ...DROP],
  }),
  'problem-remedies': shown({
    ...{ title: { key: 'exception.short' }, prompt: { key: 'problem.way' }, item: PUMP },
    ways: ['take-found', 'close-short'].map((id) => ({
      ...{ id, text: { key: `remedy.${id}` }, kind: 'remedy' },
    })),
  }),
  'problem-zero-check': shown({
    ...{ title: { key: 'exception.zero-check' }, item: PUMP },
    prompt: { key: 'problem.empty', data: { item: PUMP.code, place: 'HALL-2-RACK-118' } },
    message: {
      tone: 'good',
      text: {
        key: 'message.picked-from',
        data: { quantity: 3, unit: 'pc', item: PUMP.code, place: 'HALL-2-RACK-118' },
      },
    },
    ways: [{ id: 'left-there', text: { key: 'remedy.left-there' }, kind: 'remedy' }],
    actions: [{ word: 'OK', tone: 'primary', key: 'remedy.place-empty' }, ...KEEP],
  }),
  undo: shown({
    ...{ view: 'undo', step: 'undo', prompt: { key: 'prompt.undo' }, taken: TAKEN },
    actions: [{ word: 'OK', tone: 'primary', key: 'action.undo-last' }, ...KEEP],
  }),
  reverse: shown({
    ...{ view: 'reverse', step: 'reverse', prompt: { key: 'prompt.reverse' } },
    back: {
      ...{ line: PUMPS, number: '17000412', by: 'locationTransfer' },
      used: { operator: 'hand-2', did: 'deliver.line', used: 3, minutes: 12 },
    },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.reverse' },
      { word: 'BACK', tone: 'plain', key: 'action.keep' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  led: shown({
    ...{ view: 'ask', step: 'item', asks: 'item', prompt: { key: 'prompt.item' } },
    next: {
      ...{ line: 'PUMP-220', itemCode: PUMP.code, itemName: PUMP.name, unit: 'pc', quantity: 3 },
      ...{ place: 'A-01-3', batch: 'L26-0815' },
    },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.take-next' },
      { word: 'SKIP', tone: 'plain' },
      { word: 'MORE', tone: 'plain' },
      { word: 'PROBLEM', tone: 'plain' },
      ...KEEP,
    ],
  }),
};
