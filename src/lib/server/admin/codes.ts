// Who lives here: what the codes of the sheet say. Orders, plain items and locations carry what is
// printed on them in a warehouse; batches and serials are made up here, as a supplier would.
// GS1 element strings follow the GS1 General Specifications: (01) GTIN, 14 digits; (17) expiry,
// YYMMDD; (10) batch; (21) serial.

import { placeDigits } from '../../domain/index.ts';
import type { ItemView, OrderKind, OrderLineView, OrderView, Pack } from '../../domain/index.ts';
import type { PrintedAnswer, SheetData } from './sheet.ts';

export interface Code {
  readonly title: string;
  readonly detail: string;
  readonly text: string;
  readonly drawing: 'code128' | 'ean13' | 'ean8' | 'upca' | 'gs1-128' | 'gs1datamatrix' | 'qrcode';
}

export interface CodeGroup {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly codes: readonly Code[];
}

/** A sheet that a person can still find something on; a group that is cut says so. */
const ORDERS = 40;
const ITEMS = 60;
const LOCATIONS = 24;
const ANSWERS = 120;
const SERIALS_PER_ITEM = 5;
const BATCHES_PER_ITEM = 2;
const SOURCE_BATCHES = 60;

/** A kind of orders as a person calls them, and what a scan of one does. */
const KINDS = [
  {
    ...{ kind: 'purchaseOrder', id: 'orders', title: 'Purchase orders' },
    note: 'Scan one to open it.',
  },
  {
    ...{ kind: 'salesOrder', id: 'sales-orders', title: 'Sales orders' },
    note: 'Scan one at a station that picks.',
  },
  {
    ...{ kind: 'shopOrder', id: 'shop-orders', title: 'Shop orders' },
    note: 'Scan one at a station that issues material or takes finished goods in.',
  },
] as const satisfies readonly { kind: OrderKind; id: string; title: string; note: string }[];

function ordersOf(each: (typeof KINDS)[number], { orders }: SheetData) {
  const all = orders.filter(({ kind }) => kind === each.kind).sort(byExpectedDate);
  return { ...each, shown: all.slice(0, ORDERS), all: all.length };
}

/** As the kiosk lists them, so that an order stays where it is while goods come on it. */
function byExpectedDate(a: OrderView, b: OrderView): number {
  const key = (order: OrderView) => `${order.expectedDate ?? '9999'} ${order.number}`;
  return key(a) < key(b) ? -1 : 1;
}

function cutNote(shown: number, all: number): string {
  return shown < all ? ` The first ${shown} of ${all}.` : '';
}

/** The groups of the sheet in the order in which the work needs them. */
export function codesFor(data: SheetData): CodeGroup[] {
  const kinds = KINDS.map((kind) => ordersOf(kind, data));
  const orders = kinds.flatMap(({ shown }) => shown);
  const items = itemsOf(orders, data.items);
  return [
    {
      id: 'commands',
      title: 'Commands',
      note: 'What the buttons say, for hands that hold a scanner.',
      codes: COMMANDS,
    },
    answerGroup(data),
    ...kinds.map(({ id, title, note, shown, all }) => ({
      ...{ id, title, note: `${note}${cutNote(shown.length, all)}` },
      codes: shown.map(orderCode),
    })),
    {
      id: 'items',
      title: 'Items',
      note: 'Items that are counted by quantity alone.',
      codes: items.filter((item) => item.tracking === 'none').map(itemCode),
    },
    {
      id: 'batches',
      title: 'Batch items',
      note: 'GTIN, expiry date and batch in one code.',
      codes: items
        .filter((item) => item.tracking === 'batch')
        .flatMap((item) => batchCodes(item, data.today)),
    },
    {
      id: 'source-batches',
      title: 'Batches in stock',
      note: 'What lies there for the orders above that go out.',
      codes: sourceCodes(orders),
    },
    {
      id: 'serials',
      title: 'Serial items',
      note: 'Each piece has its own number.',
      codes: items
        .filter((item) => item.tracking === 'serial')
        .flatMap((item) => serialCodes(item, data.today)),
    },
    {
      id: 'packs',
      title: 'Packs',
      note: 'One scan means several pieces.',
      codes: items.flatMap((item) => item.packs.map((pack) => packCode(item, pack))),
    },
    {
      id: 'locations',
      title: 'Storage locations',
      note: 'Where the goods go; last its check digits.',
      codes: locationCodes(data),
    },
  ];
}

const COMMANDS: readonly Code[] = [
  ['OK', 'Yes, that is right'],
  ['BACK', 'One step back'],
  ['CANCEL', 'Leave this order'],
  ['UNDO', 'Take the last line back'],
  ['FINISH', 'Done with this order'],
  ['SKIP', 'Pass this question or line over'],
  ['HELP', 'What can I do here?'],
  ['PROBLEM', 'Something is wrong'],
  ['REPEAT', 'The same once more'],
  ['PRINT', 'The last label once more'],
  ['MORE', 'One more order beside this one'],
  ['ALL', 'Everything that lies in the place'],
].flatMap(([word = '', detail = '']): Code[] => [
  { title: word, detail, text: `SD:${word}`, drawing: 'code128' },
  { title: word, detail, text: `SD:${word}`, drawing: 'qrcode' },
]);

function answerGroup({ answers = [] }: SheetData): CodeGroup {
  const note = 'For questions of your own: the answer to what is on the screen.';
  return { id: 'answers', title: 'Answers', note, codes: answerCodes(answers) };
}

/** Each value once: it answers whichever question is on the screen. */
function answerCodes(answers: readonly PrintedAnswer[]): Code[] {
  const codes = new Map<string, Code>();
  for (const { question, value, label } of answers) {
    const key = value.toLowerCase();
    const known = codes.get(key)?.detail;
    const said = `${question}: ${label}`;
    const detail = known === undefined || known === said ? said : `${known} · ${said}`;
    codes.set(key, { title: label, detail, text: `SD:=${value}`, drawing: 'code128' });
  }
  return [...codes.values()].slice(0, ANSWERS);
}

/** What the shown orders ask for comes first; then other items, up to the maximum. */
function itemsOf(orders: readonly OrderView[], all: readonly ItemView[]): ItemView[] {
  const ordered = orders.flatMap((order) => order.lines.map((line) => line.item));
  const byId = new Map([...ordered, ...all].map((item) => [item.id, item]));
  return [...byId.values()].slice(0, ITEMS);
}

function orderCode(order: OrderView): Code {
  const lines = order.lines.length === 1 ? '1 line' : `${order.lines.length} lines`;
  return {
    title: `Order ${order.number}`,
    detail: `${order.partnerName} · ${lines} · ${order.warehouse.name}`,
    ...plain(order.number),
  };
}

function itemCode(item: ItemView): Code {
  return { title: item.code, detail: item.name, ...printed(item.barcode ?? item.code) };
}

function packCode(item: ItemView, pack: Pack): Code {
  const detail = `${pack.quantity} × ${item.code} ${item.name}`;
  return { title: pack.unit, detail, ...printed(pack.barcode) };
}

function batchCodes(item: ItemView, today: string): Code[] {
  const gtin = gtinOf(item);
  if (gtin === undefined) return [itemCode(item)];
  return Array.from({ length: BATCHES_PER_ITEM }, (_, index): Code => {
    const expiry = monthsLater(today, 6 * (index + 1));
    const batch = `L${today.slice(2, 4)}${today.slice(5, 7)}${'AB'[index] ?? 'C'}`;
    const until = item.hasExpiry ? `, until ${expiry}` : '';
    const date = expiryAi(item.hasExpiry ? expiry : undefined);
    return {
      title: item.code,
      detail: `${item.name}, batch ${batch}${until}`,
      text: `(01)${gtin}${date}(10)${batch}`,
      drawing: index === 0 ? 'gs1datamatrix' : 'gs1-128',
    };
  });
}

/** The labels of batches that lie there, each once however many orders want them. */
function sourceCodes(orders: readonly OrderView[]): Code[] {
  const codes = new Map<string, Code>();
  for (const line of orders.flatMap((order) => order.lines)) {
    for (const source of line.sources ?? []) {
      const code = sourceCode(line, source);
      if (code !== undefined && !codes.has(code.text)) codes.set(code.text, code);
    }
  }
  return [...codes.values()].slice(0, SOURCE_BATCHES);
}

function sourceCode(
  { item }: OrderLineView,
  { batch, expiry, location }: NonNullable<OrderLineView['sources']>[number],
): Code | undefined {
  if (batch === undefined) return undefined;
  const gtin = gtinOf(item);
  const until = expiry === undefined ? '' : `, until ${expiry}`;
  const at = location === undefined ? '' : `, at ${location.code}`;
  const title = { title: item.code, detail: `${item.name}, batch ${batch}${until}${at}` };
  // A label that no GS1 symbol can hold says its batch and nothing else.
  if (gtin === undefined || !GS1_BATCH.test(batch)) return { ...title, ...plain(batch) };
  return { ...title, text: `(01)${gtin}${expiryAi(expiry)}(10)${batch}`, drawing: 'gs1datamatrix' };
}

/** Whether GS1 (10) and (21) can hold it. */
export const inGs1 = (number: string): boolean => GS1_BATCH.test(number);

/** GS1 (10): up to 20 characters of its alphabet 82, less the brackets that drawing reads. */
const GS1_BATCH = /^[!"%&'*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;

export function expiryAi(expiry: string | undefined): string {
  return expiry === undefined ? '' : `(17)${expiry.slice(2).replaceAll('-', '')}`;
}

/** A serial number is received once; tomorrow's sheet has new ones. */
function serialCodes(item: ItemView, today: string): Code[] {
  const gtin = gtinOf(item);
  const code = item.code.replaceAll(/[^A-Za-z0-9]/g, '').slice(-10);
  const day = today.slice(2).replaceAll('-', '');
  const serials = Array.from({ length: SERIALS_PER_ITEM }, (_, i) => `${code}-${day}${i + 1}`);
  const first = gtin === undefined ? [itemCode(item)] : [];
  const pieces = serials.map((serial): Code => {
    const detail = `${item.name}, serial ${serial}`;
    if (gtin === undefined) return { title: item.code, detail, text: serial, drawing: 'code128' };
    return { title: item.code, detail, text: `(01)${gtin}(21)${serial}`, drawing: 'gs1datamatrix' };
  });
  return [...first, ...pieces];
}

function locationCodes(data: SheetData): Code[] {
  const names = new Map(data.warehouses.map((warehouse) => [warehouse.id, warehouse.name]));
  return data.locations.slice(0, LOCATIONS).map((location) => ({
    title: location.code,
    detail: [location.name, names.get(location.warehouseId), placeDigits(location.code)]
      .filter(Boolean)
      .join(' · '),
    ...plain(location.code),
  }));
}

/** How this number is printed on goods: a GTIN in its own symbology, else Code 128. */
export function printed(text: string): Pick<Code, 'text' | 'drawing'> {
  if (hasCheckDigit(text)) {
    if (text.length === 13) return { text, drawing: 'ean13' };
    if (text.length === 12) return { text, drawing: 'upca' };
    if (text.length === 8) return { text, drawing: 'ean8' };
    if (text.length === 14) return { text: `(01)${text}`, drawing: 'gs1-128' };
  }
  return plain(text);
}

/** Code 128 holds ASCII; what else a code may hold goes into a QR code. */
export function plain(text: string): Pick<Code, 'text' | 'drawing'> {
  return { text, drawing: /^[ -~]+$/.test(text) ? 'code128' : 'qrcode' };
}

export function gtinOf(item: Pick<ItemView, 'barcode'>): string | undefined {
  const { barcode } = item;
  if (barcode === undefined || ![8, 12, 13, 14].includes(barcode.length)) return undefined;
  return hasCheckDigit(barcode) ? barcode.padStart(14, '0') : undefined;
}

/** GS1 check digit, modulo 10 with weights 3 and 1 from the right (General Specifications 7.9). */
function hasCheckDigit(text: string): boolean {
  if (!/^\d{8,14}$/.test(text)) return false;
  const digits = [...text].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** The first day of the month that many months later: a day that every month has. */
function monthsLater(date: string, months: number): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}
