// Who lives here: sample screens of goods that go out, and of goods that are made: a sales order
// that is picked, a shop order whose material is issued and whose product is taken in.

import type { OrderLineView, OrderView, SourceView } from '../../src/lib/domain/index.ts';
import type { KioskModel } from '../../src/lib/ui/index.ts';
import type { LineModel, OrderModel, ScreenModel } from '../../src/lib/workflows/index.ts';
import { lines as rows, ORDERS } from './goods.ts';

const PICK = {
  label: { en: 'Pick', nl: 'Picken', de: 'Kommissionieren', fr: 'Prélever' },
} as const;
const ISSUE = {
  label: { en: 'Issue material', nl: 'Materiaal', de: 'Material', fr: 'Matières' },
} as const;
const PRODUCE = {
  label: { en: 'Finished goods', nl: 'Gereed', de: 'Fertigware', fr: 'Produits finis' },
} as const;

const at = (code: string, rest: Partial<SourceView> = {}): SourceView => ({
  location: { id: code, code },
  quantity: 120,
  ...rest,
});
const PLACES: Readonly<Record<string, readonly SourceView[]>> = {
  'RESIN-5': [at('B-02-1', { batch: 'L26-0815', expiry: '2027-06-30' }), at('C-11-4')],
  'PUMP-220': [at('A-01-3')],
  'TAPE-50': [at('A-04-2')],
  'GLOVE-XL': [],
  'FILTER-HEPA-13': [at('HALL-2-RACK-118')],
};

/** The order of the gallery's receipts, as one that goes out. */
function goingOut(order: OrderView, change: Partial<OrderView>, part?: 'material'): OrderView {
  const lines = order.lines.map((line): OrderLineView => {
    const sources = PLACES[line.item.code];
    return {
      ...line,
      ...(sources === undefined || line.done >= line.ordered ? {} : { sources }),
      ...(part === undefined ? {} : { part }),
    };
  });
  return { ...order, lines, ...change };
}

const CUSTOMERS = [
  'Bakkerij Van der Linden & Zonen',
  'Stadtwerke Osnabrück GmbH',
  'Hôpital Saint-Louis',
  'Jansen Installatietechniek',
  'Nordic Pumps ApS',
];
const PICKS = ORDERS.slice(0, 5).map((order, index) => {
  const partnerName = CUSTOMERS[index] ?? '';
  return goingOut(order, { kind: 'salesOrder', number: String(20_013 + index), partnerName });
});

const WIDE = { id: 'wide', number: '', partner: '' };
/** An order line for each row that the gallery's screens list. */
function listed(order: OrderView, part?: 'material'): OrderView {
  const like = order.lines[0];
  if (like === undefined) throw new Error('an order has a line');
  const lines = rows().map((row, lineNumber) => {
    const item = { ...like.item, id: row.itemCode, code: row.itemCode, name: row.itemName };
    return { ...like, ...{ id: row.id, lineNumber, item, ordered: row.ordered, done: row.done } };
  });
  return goingOut({ ...order, id: WIDE.id, lines }, {}, part);
}

const MADE = 'Extraction unit AX-2000 series II, 220 V';
function shopOrder(index: number, quantity: number): OrderView {
  const order = ORDERS[index];
  const like = order?.lines[0];
  if (order === undefined || like === undefined) throw new Error('the gallery has orders');
  const item = { ...like.item, id: 'made', code: 'AX-2000', name: MADE };
  const product = { ...like, id: order.id, item, ordered: quantity, done: 0 };
  const number = String(90_001 + index);
  const named = { kind: 'shopOrder', number, partnerName: MADE, partnerCode: 'AX-2000' } as const;
  const made = listed(goingOut(order, named), 'material');
  const own: OrderLineView = { ...product, lineNumber: 0, part: 'product' };
  return { ...made, id: order.id, lines: [own, ...made.lines] };
}
const SHOP = [shopOrder(1, 40), shopOrder(3, 6), shopOrder(5, 1)];

const BASE: Omit<KioskModel, 'screen' | 'orderKind'> = {
  ...{ phase: 'dialogue', stationName: 'pack-1', hub: { kind: 'connected' }, waiting: 0 },
  ...{ menu: [], orders: [], trail: [], notices: [], flash: { signal: 'none', count: 0 } },
};
const choose = (title: ScreenModel['title']): ScreenModel => ({
  ...{ view: 'choose-order', step: 'document', asks: 'document', title, known: [] },
  prompt: { key: 'prompt.document' },
  actions: [{ word: 'HELP', tone: 'plain' }],
});
const WAYS: ScreenModel['actions'] = [
  { word: 'BACK', tone: 'plain' },
  { word: 'CANCEL', tone: 'danger', key: 'action.cancel-line' },
  { word: 'HELP', tone: 'plain' },
];

const pickOrder = listed(PICKS[1] ?? shopOrder(1, 1));
const picking = (screen: Partial<ScreenModel> & Pick<ScreenModel, 'prompt'>): KioskModel => ({
  ...BASE,
  ...{ orderKind: 'salesOrder', order: pickOrder },
  screen: {
    ...{ view: 'ask', step: 'ask', title: PICK, known: [], actions: WAYS, lines: rows() },
    document: { id: WIDE.id, number: '20014', partner: 'Stadtwerke Osnabrück GmbH' },
    ...screen,
  },
});
const RESIN = {
  ...{ code: 'RESIN-5', name: 'Epoxy resin 5 kg, transparent, with hardener', unit: 'can' },
};
const resin: LineModel[] = rows({ code: 'RESIN-5', as: 'current' });

const TOGETHER: readonly OrderModel[] = [0, 1, 2, 3, 4, 5].map((index) => ({
  ...{ id: `o-${index}`, number: String(20_013 + index), partner: CUSTOMERS[index % 5] ?? '' },
  ...{ tote: index + 1, complete: index === 1 },
  ...(index < 3 ? { code: `TOTE-00${index + 40}` } : {}),
  ...(index === 2 ? { current: true as const } : {}),
}));

const issueOrder = shopOrder(1, 40);

const lies = (date: string, quantity: number) => [
  { key: 'choice.until', data: { date } },
  { key: 'choice.lies', data: { quantity, unit: 'can' } },
];

/** Goods on their way: who sent them stands where a customer would. */
const LOADS = PICKS.map((order, index) => ({
  ...{ ...order, kind: 'load' as const, number: `ONWAY-UTRECHT/${18_204 + index}` },
  partnerName: 'Central warehouse Utrecht · hand-terminal-1',
}));
const TAKE_IN = {
  label: { en: 'Take in', nl: 'Aannemen', de: 'Annehmen', fr: 'Recevoir un envoi' },
} as const;

/** What was picked waits on lines of its own. */
const PACKS = PICKS.map((order, index) => ({
  ...order,
  ...(index % 2 === 0 ? { totes: ['TOTE-0042', 'TOTE-0107'].slice(0, 1 + (index % 3)) } : {}),
  lines: order.lines.map((line) => ({ ...line, part: 'picked' as const })),
}));
const PACK = { label: { en: 'Pack', nl: 'Inpakken', de: 'Packen', fr: 'Emballer' } } as const;
const packing = { ...BASE, orderKind: 'salesOrder', orderPart: 'picked' } as const;
/** One of each kind, by name. */
export const OUTGOING: Readonly<Record<string, KioskModel>> = {
  'pick-orders': { ...BASE, orderKind: 'salesOrder', orders: PICKS, screen: choose(PICK) },
  'load-orders': { ...BASE, orderKind: 'load', orders: LOADS, screen: choose(TAKE_IN) },
  'load-none': { ...BASE, orderKind: 'load', screen: choose(TAKE_IN) },
  'pack-orders': { ...packing, orders: PACKS, screen: choose(PACK) },
  'pack-none': { ...packing, screen: choose(PACK) },
  'pick-item': picking({ asks: 'item', prompt: { key: 'prompt.item' } }),
  'pick-labels': picking({
    ...{ asks: 'quantity', prompt: { key: 'prompt.quantity' }, item: RESIN },
    labels: [
      { key: 'prints.labels', data: { what: 'RESIN-5 L26-0815-AAAA-BBBB-CCCC', count: 120 } },
      { key: 'prints.label-again', data: { what: '387123450000000011', count: 1 } },
    ],
    input: { fact: 'quantity', value: '4', unit: 'can', max: 4 },
    actions: [{ word: 'OK', tone: 'primary' }, ...WAYS],
  }),
  'pick-together': picking({
    ...{ asks: 'quantity', prompt: { key: 'prompt.quantity' }, item: RESIN, orders: TOGETHER },
    lines: resin.map((line, index) => ({ ...line, tote: (index % 3) + 1 })),
    known: [{ fact: 'batch', text: 'L26-0815' }],
    input: { fact: 'quantity', value: '4', unit: 'can', max: 4 },
    actions: [{ word: 'OK', tone: 'primary' }, ...WAYS],
  }),
  'pick-together-led': picking({
    ...{ asks: 'item', prompt: { key: 'prompt.item' }, orders: TOGETHER },
    lines: rows().map((line, index) => ({ ...line, tote: (index % 6) + 1 })),
    next: {
      ...{ line: 'PUMP-220', tote: 3, itemCode: 'PUMP-220', itemName: 'Submersible pump 220 V' },
      ...{ unit: 'pc', quantity: 3, place: 'HALL-2-RACK-118' },
    },
    message: {
      tone: 'good',
      text: { key: 'message.picked', data: { quantity: 4, unit: 'can', item: 'RESIN-5' } },
    },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.take-next' },
      { word: 'SKIP', tone: 'plain' },
      { word: 'FINISH', tone: 'plain' },
      { word: 'UNDO', tone: 'plain' },
      { word: 'PROBLEM', tone: 'plain' },
      { word: 'BACK', tone: 'plain' },
      { word: 'HELP', tone: 'plain' },
    ],
  }),
  'pick-together-item': picking({
    ...{ asks: 'item', prompt: { key: 'prompt.item' }, orders: TOGETHER },
    lines: rows().map((line, index) => ({ ...line, tote: (index % 6) + 1 })),
    message: {
      tone: 'good',
      text: { key: 'message.order-added', data: { order: '20018', tote: 6 } },
    },
    actions: [{ word: 'MORE', tone: 'plain' }, ...WAYS],
  }),
  'pick-batch': picking({
    ...{ asks: 'batch', prompt: { key: 'prompt.batch' }, item: RESIN, lines: resin },
    input: { fact: 'batch', value: '' },
  }),
  'pick-place': picking({
    ...{ asks: 'location', prompt: { key: 'prompt.take-from' }, item: RESIN, lines: resin },
    ...{ suggestion: 'B-02-1', input: { fact: 'location', value: '' } },
    known: [{ fact: 'batch', text: 'L26-0815' }],
    actions: [{ word: 'OK', tone: 'primary', key: 'action.take-there' }, ...WAYS],
  }),
  'pick-batches': picking({
    ...{ asks: 'batch', prompt: { key: 'prompt.batch' }, item: RESIN, lines: resin },
    ...{ suggestion: 'L26-0815', input: { fact: 'batch', value: '' } },
    known: [{ fact: 'location', text: 'B-02-1' }],
    choices: [
      { id: 'a', name: 'L26-0815', about: lies('2027-06-30', 120), proposed: true },
      { id: 'b', name: 'L26-0977', about: lies('2027-11-30', 48) },
    ],
    actions: [{ word: 'OK', tone: 'primary', key: 'action.take-batch' }, ...WAYS],
  }),
  'pick-which-line': picking({
    ...{ asks: 'item', prompt: { key: 'prompt.which-line' }, item: RESIN, lines: resin },
    input: { fact: 'item', value: '' },
    choices: [1, 2, 3].map((line) => ({
      id: String(line),
      name: { key: 'choice.line', data: { line: String(line) } },
      about: [
        { key: 'choice.open', data: { open: 14, ordered: 10 + line, unit: 'can' } },
        { key: 'choice.at', data: { place: `B-02-${line}` } },
        ...lies('2027-06-30', 40),
      ],
      ...(line === 1 ? { proposed: true as const } : {}),
    })),
    actions: [{ word: 'OK', tone: 'primary', key: 'action.take-first' }, ...WAYS],
  }),
  'pick-quantity': picking({
    ...{ asks: 'quantity', prompt: { key: 'prompt.quantity' }, item: RESIN, lines: resin },
    input: { fact: 'quantity', value: '14', unit: 'can', max: 14 },
    actions: [{ word: 'OK', tone: 'primary' }, ...WAYS],
  }),
  'pick-close': picking({
    ...{ view: 'close', step: 'close', prompt: { key: 'close.prompt', data: { open: 4 } } },
    actions: [
      { word: 'OK', tone: 'primary', key: 'action.close-order' },
      { word: 'BACK', tone: 'plain', key: 'action.go-on-working' },
    ],
  }),
  'pick-booked': {
    ...picking({
      ...{ view: 'ended', step: 'done', prompt: { key: 'ended.picked' } },
      actions: [{ word: 'OK', tone: 'primary', key: 'action.next-order' }],
    }),
    trail: [
      {
        ...{ id: 't1', order: '20014', itemCode: 'RESIN-5', itemName: RESIN.name, unit: 'can' },
        ...{ quantity: 14, stage: 'booked', kind: 'salesOrder', receiptNumber: '60031' },
      },
    ],
  },
  'shop-orders': {
    ...BASE,
    ...{ orderKind: 'shopOrder', orderPart: 'material', orders: SHOP, screen: choose(ISSUE) },
  },
  'issue-item': {
    ...BASE,
    ...{ orderKind: 'shopOrder', orderPart: 'material', order: issueOrder },
    screen: {
      ...{ view: 'ask', step: 'item', asks: 'item', title: ISSUE, known: [], actions: WAYS },
      document: { id: issueOrder.id, number: issueOrder.number, partner: MADE },
      prompt: { key: 'prompt.item' },
      lines: [product(issueOrder), ...rows()],
    },
  },
  'produce-quantity': {
    ...BASE,
    ...{ orderKind: 'shopOrder', orderPart: 'product', order: issueOrder },
    screen: {
      ...{ view: 'ask', step: 'quantity', asks: 'quantity', title: PRODUCE, known: [] },
      document: { id: issueOrder.id, number: issueOrder.number, partner: MADE },
      prompt: { key: 'prompt.quantity' },
      item: { code: 'AX-2000', name: MADE, unit: 'pc' },
      lines: [{ ...product(issueOrder), focus: 'current' }, ...rows()],
      input: { fact: 'quantity', value: '40', unit: 'pc', max: 44 },
      actions: [{ word: 'OK', tone: 'primary' }, ...WAYS],
    },
  },
};

/** What a shop order makes, as the runtime lists it among the order's lines. */
function product({ id }: OrderView): LineModel {
  const name = { itemCode: 'AX-2000', itemName: MADE, unit: 'pc' };
  return { id, ...name, ordered: 40, done: 0, state: 'open' };
}
