// Who lives here: sample screens of work without an order: something that is looked up, in every
// state, and a count whose place stays.

import type { LyingView } from '../../src/lib/domain/index.ts';
import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { LookModel, ScreenModel } from '../../src/lib/workflows/index.ts';
import { lines } from './goods.ts';

const LOOK = {
  label: { en: 'Look up', nl: 'Opzoeken', de: 'Nachsehen', fr: 'Consulter' },
} as const;
const MOVE = {
  label: { en: 'Transfer', nl: 'Verplaatsen', de: 'Umlagern', fr: 'Déplacer' },
} as const;
const COUNT = { label: { en: 'Count', nl: 'Tellen', de: 'Zählen', fr: 'Compter' } } as const;
const ISSUE = {
  label: {
    ...{ en: 'Issue material', nl: 'Materiaal uitgeven', de: 'Material ausgeben' },
    fr: 'Sortir matières',
  },
} as const;

const BASE: Omit<KioskModel, 'screen'> = {
  ...{ phase: 'dialogue', stationName: 'hand-1', hub: { kind: 'connected' }, waiting: 0 },
  ...{ menu: [], orders: [], trail: [], notices: [], flash: { signal: 'none', count: 0 } },
};

const RESIN = {
  ...{ id: 'r', code: 'RESIN-5', name: 'Epoxy resin 5 kg, transparent, with hardener' },
  unit: 'can',
  tracking: 'batch',
} as const;
const PUMP = {
  ...{ id: 'p', code: 'PUMP-220', name: 'Submersible pump 220 V', unit: 'pc' },
  tracking: 'serial',
} as const;

const at = (code: string) => ({ location: { id: code, code }, warehouse: 'Main hall' });
const BATCHES: readonly LyingView[] = [
  { ...at('B-02-1'), goods: RESIN, number: 'L26-0815', expiry: '2027-06-30', quantity: 120 },
  {
    ...{ ...at('HALL-2-RACK-118'), goods: RESIN, number: 'L26-0902', expiry: '2027-09-30' },
    ...{ blocked: true, quantity: 1_044.5 },
  },
  { warehouse: 'Outdoor yard, north side', goods: RESIN, quantity: 6 },
];

const known: LookModel = { state: 'known', lies: [], more: 0, planned: [] };

function looking(look: Partial<LookModel>, screen: Partial<ScreenModel> = {}): KioskModel {
  return {
    ...BASE,
    screen: {
      ...{ view: 'ask', step: 'item', title: LOOK, prompt: { key: 'prompt.look' }, known: [] },
      actions: [
        { word: 'BACK', tone: 'plain' },
        { word: 'HELP', tone: 'plain' },
      ],
      look: { ...known, ...look },
      ...screen,
    },
  };
}

/** One of each kind, by name. */
export const LOOKING: Readonly<Record<string, KioskModel>> = {
  'menu-many': {
    ...{ ...BASE, phase: 'menu' },
    menu: [...'abcdefghijkl'].map((id) => ({ id, label: ISSUE.label, icon: 'factory' as const })),
  },
  'look-item': looking(
    {
      lies: BATCHES,
      more: 12,
      planned: [
        {
          ...{ kind: 'purchaseOrder', number: '4500123', partner: 'Van Dijk', open: 24 },
          ...{ itemCode: 'RESIN-5', unit: 'can', expected: '2026-11-30' },
        },
        {
          ...{ kind: 'shopOrder', part: 'material', number: '90001', partner: 'AX-2000' },
          ...{ itemCode: 'RESIN-5', unit: 'can', open: 4 },
        },
      ],
    },
    { item: RESIN },
  ),
  'look-place': looking(
    { lies: [...BATCHES.slice(0, 1), { ...at('B-02-1'), goods: PUMP, quantity: 3 }] },
    { known: [{ fact: 'location', text: 'B-02-1' }] },
  ),
  'look-number': looking({
    ...{ ask: { kind: 'number', number: 'L26-0815' }, lies: BATCHES.slice(0, 1) },
  }),
  'look-order': looking({
    order: {
      ...{ kind: 'salesOrder', number: '20014', partner: 'Stadtwerke Osnabrück GmbH' },
      lines: lines(),
    },
  }),
  'look-asked': looking({ state: 'asked' }, { item: PUMP }),
  'look-away': looking({ state: 'away' }, { item: PUMP }),
  'look-nothing': looking({}, { item: PUMP }),
  'count-empty': looking(
    { lies: [...BATCHES.slice(0, 1), { ...at('B-02-1'), goods: PUMP, quantity: 3 }] },
    {
      ...{ step: 'item', title: COUNT, known: [{ fact: 'location', text: 'B-02-1' }] },
      prompt: { key: 'prompt.empty', data: { place: 'B-02-1' } },
      actions: [
        { word: 'OK', tone: 'danger', key: 'action.empty' },
        { word: 'BACK', tone: 'plain' },
        { word: 'HELP', tone: 'plain' },
      ],
    },
  ),
  everything: looking(
    { lies: BATCHES.map((row) => ({ ...row, ...at('B-02-1') })) },
    {
      title: MOVE,
      prompt: { key: 'prompt.everything', data: { place: 'B-02-1' } },
      known: [{ fact: 'location', text: 'B-02-1' }],
      actions: [
        { word: 'OK', tone: 'primary', key: 'action.everything' },
        { word: 'BACK', tone: 'plain' },
        { word: 'HELP', tone: 'plain' },
      ],
    },
  ),
  'everything-odd': looking(
    { lies: [{ ...at('B-02-1'), goods: PUMP, quantity: 2 }] },
    {
      title: MOVE,
      prompt: { key: 'prompt.everything-odd', data: { item: 'PUMP-220' } },
      message: { tone: 'warning', text: { key: 'message.everything-old' } },
      known: [{ fact: 'location', text: 'B-02-1' }],
    },
  ),
  'everything-to': {
    ...BASE,
    screen: {
      ...{ view: 'ask', step: 'to', asks: 'to', title: MOVE, prompt: { key: 'prompt.to' } },
      item: { code: 'B-02-1', name: 'RESIN-5, PUMP-220, BOLT-M8, NUT-M8 …', unit: '' },
      known: [{ fact: 'location', text: 'B-02-1' }],
      input: { fact: 'to', value: '' },
      actions: [
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    },
  },
  'count-next': {
    ...BASE,
    screen: {
      ...{ view: 'ask', step: 'item', asks: 'item', title: COUNT },
      ...{ prompt: { key: 'prompt.item' }, input: { fact: 'item', value: '' } },
      known: [{ fact: 'location', text: 'B-02-1', stays: true }],
      actions: [
        { word: 'FINISH', tone: 'primary' },
        { word: 'UNDO', tone: 'plain' },
        { word: 'BACK', tone: 'plain' },
        { word: 'HELP', tone: 'plain' },
      ],
    },
  },
};
