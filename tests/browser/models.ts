// Who lives here: sample screens of a receipt, one of each kind, as the workflow runtime would give
// them. The gallery mounts them in every language and size.

import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';
import { DOCUMENT, lines, ORDERS, TITLE, TRAIL } from './goods.ts';

const BASE: Omit<KioskModel, 'screen'> = {
  phase: 'dialogue',
  stationName: 'dock-1',
  hub: { kind: 'connected' },
  waiting: 0,
  menu: [],
  orders: [],
  trail: [],
  notices: [],
  flash: { signal: 'none', count: 0 },
};

const ask = (screen: Partial<ScreenModel> & Pick<ScreenModel, 'prompt'>): ScreenModel => ({
  view: 'ask',
  step: screen.asks ?? 'ask',
  title: TITLE,
  document: DOCUMENT,
  known: [],
  actions: [
    { word: 'BACK', tone: 'plain' },
    { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
    { word: 'HELP', tone: 'plain' },
  ],
  ...screen,
});

const RESIN = {
  code: 'RESIN-5',
  name: 'Epoxy resin 5 kg, transparent, with hardener',
  unit: 'can',
};
const PUMP = { code: 'PUMP-220', name: 'Submersible pump 220 V', unit: 'pc' };

/** One of each kind, by name. */
export const GALLERY: Readonly<Record<string, KioskModel>> = {
  'choose-order': {
    ...BASE,
    orders: ORDERS,
    trail: TRAIL,
    screen: {
      view: 'choose-order',
      step: 'document',
      asks: 'document',
      title: TITLE,
      prompt: { key: 'prompt.document' },
      known: [],
      actions: [{ word: 'HELP', tone: 'plain' }],
    },
  },
  item: {
    ...BASE,
    flash: { signal: 'green', count: 1 },
    screen: ask({
      asks: 'item',
      prompt: { key: 'prompt.item' },
      lines: lines({ code: 'BOLT-M8-40', as: 'just-done' }),
      message: {
        tone: 'good',
        text: {
          key: 'message.line-done-at',
          data: { quantity: 500, unit: 'pc', item: 'BOLT-M8-40', place: 'A-01-3' },
        },
      },
      actions: [
        { word: 'FINISH', tone: 'primary' },
        { word: 'UNDO', tone: 'plain' },
        { word: 'BACK', tone: 'plain' },
        { word: 'HELP', tone: 'plain' },
      ],
    }),
  },
  batch: {
    ...BASE,
    screen: ask({
      asks: 'batch',
      prompt: { key: 'prompt.batch' },
      item: RESIN,
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'batch', value: '' },
    }),
  },
  expiry: {
    ...BASE,
    screen: ask({
      asks: 'expiry',
      prompt: { key: 'prompt.expiry' },
      item: RESIN,
      known: [{ fact: 'batch', text: 'L26-0815' }],
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'expiry', value: '' },
    }),
  },
  serial: {
    ...BASE,
    screen: ask({
      asks: 'serial',
      prompt: { key: 'prompt.serial' },
      item: PUMP,
      count: { done: 2, of: 3 },
      known: [
        { fact: 'serial', text: 'SP-2026-00017' },
        { fact: 'serial', text: 'SP-2026-00018' },
      ],
      lines: lines({ code: 'PUMP-220', as: 'current' }),
      input: { fact: 'serial', value: '' },
      actions: [
        { word: 'OK', tone: 'primary', key: 'action.serials-done' },
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    }),
  },
  quantity: {
    ...BASE,
    hub: { kind: 'away' },
    waiting: 4,
    screen: ask({
      asks: 'quantity',
      prompt: { key: 'prompt.quantity' },
      item: RESIN,
      known: [
        { fact: 'batch', text: 'L26-0815' },
        { fact: 'expiry', text: '2027-06-30' },
      ],
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'quantity', value: '14', unit: 'can', max: 16 },
      actions: [
        { word: 'OK', tone: 'primary' },
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    }),
  },
  'quantity-fault': {
    ...BASE,
    flash: { signal: 'error', count: 3 },
    screen: ask({
      asks: 'quantity',
      prompt: { key: 'prompt.quantity' },
      item: RESIN,
      known: [
        { fact: 'batch', text: 'L26-0815' },
        { fact: 'expiry', text: '2027-06-30' },
      ],
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'quantity', value: '14', unit: 'can', max: 16 },
      message: {
        tone: 'error',
        fault: { code: 'step.over-tolerance', data: { quantity: 200, most: 16, unit: 'can' } },
      },
      actions: [
        { word: 'OK', tone: 'primary' },
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    }),
  },
  location: {
    ...BASE,
    screen: ask({
      asks: 'location',
      prompt: { key: 'prompt.location' },
      item: RESIN,
      suggestion: 'A-01-3',
      known: [
        { fact: 'batch', text: 'L26-0815' },
        { fact: 'expiry', text: '2027-06-30' },
        { fact: 'quantity', text: '14 can' },
      ],
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'location', value: '' },
      actions: [
        { word: 'OK', tone: 'primary', key: 'action.put-there' },
        { word: 'BACK', tone: 'plain' },
        { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
        { word: 'HELP', tone: 'plain' },
      ],
    }),
  },
  fault: {
    ...BASE,
    flash: { signal: 'error', count: 2 },
    screen: ask({
      asks: 'batch',
      prompt: { key: 'prompt.batch' },
      item: RESIN,
      lines: lines({ code: 'RESIN-5', as: 'current' }),
      input: { fact: 'batch', value: '' },
      message: {
        tone: 'error',
        fault: {
          code: 'step.finish-line-first',
          data: { item: 'RESIN-5', other: 'GLOVE-XL' },
        },
        read: '(01)08712345678906(10)X-99',
      },
    }),
  },
  close: {
    ...BASE,
    screen: {
      view: 'close',
      step: 'close',
      title: TITLE,
      prompt: { key: 'close.prompt', data: { open: 4 } },
      document: DOCUMENT,
      lines: lines(),
      known: [],
      actions: [
        { word: 'OK', tone: 'primary', key: 'action.close-order' },
        { word: 'BACK', tone: 'plain', key: 'action.go-on' },
        { word: 'UNDO', tone: 'plain' },
      ],
    },
  },
  ended: {
    ...BASE,
    trail: TRAIL,
    screen: {
      view: 'ended',
      step: 'done',
      title: TITLE,
      prompt: { key: 'ended.done', data: { lines: 3 } },
      document: DOCUMENT,
      lines: lines(),
      known: [],
      actions: [{ word: 'OK', tone: 'primary', key: 'action.next-order' }],
    },
  },
  'ended-many': {
    ...BASE,
    trail: [0, 1, 2].flatMap((at) => TRAIL.map((line) => ({ ...line, id: `${line.id}-${at}` }))),
    screen: {
      ...{ view: 'ended', step: 'done', title: TITLE, document: DOCUMENT, known: [] },
      prompt: { key: 'ended.done', data: { lines: 9 } },
      actions: [{ word: 'OK', tone: 'primary', key: 'action.next-order' }],
    },
  },
  booked: {
    ...BASE,
    trail: TRAIL.map((line) => ({ ...line, stage: 'booked' as const, receiptNumber: '26700042' })),
    screen: {
      view: 'ended',
      step: 'done',
      title: TITLE,
      prompt: { key: 'ended.done', data: { lines: 3 } },
      document: DOCUMENT,
      known: [],
      actions: [{ word: 'OK', tone: 'primary', key: 'action.next-order' }],
    },
  },
  help: {
    ...BASE,
    screen: ask({ asks: 'batch', prompt: { key: 'prompt.batch' }, item: RESIN, help: true }),
  },
  notice: {
    ...BASE,
    notices: [
      {
        id: 'n1',
        fault: {
          code: 'ledger.over-receipt',
          data: { allowed: 2, open: 2, quantity: 3, unit: 'pc' },
        },
        order: '4500123',
        itemCode: 'PUMP-220',
      },
    ],
    screen: ask({ asks: 'item', prompt: { key: 'prompt.item' }, lines: lines() }),
  },
  menu: {
    ...BASE,
    phase: 'menu',
    menu: [
      { id: 'receive', label: TITLE.label, icon: 'truck' },
      { id: 'receive-fast', label: { ...TITLE.label, en: 'Receive, no locations' }, icon: 'truck' },
      { id: 'pick', label: { ...TITLE.label, en: 'Pick', de: 'Kommissionieren' }, icon: 'box' },
      { id: 'count', label: { ...TITLE.label, en: 'Count', de: 'Zählen' }, icon: 'clipboard' },
      { id: 'move', label: { ...TITLE.label, en: 'Move', de: 'Umlagern' }, icon: 'arrows' },
      { id: 'make', label: { ...TITLE.label, en: 'Produce', de: 'Fertigen' }, icon: 'factory' },
    ],
  },
  blocked: { ...BASE, phase: 'blocked', fault: { code: 'station.second-tab', data: {} } },
  waiting: { ...BASE, phase: 'waiting', hub: { kind: 'away' } },
};
