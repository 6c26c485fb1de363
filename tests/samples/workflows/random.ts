// Random workflows that are valid, random events, and walks of an operator who is good three times
// out of four: for the laws that must hold whatever happens.

import * as fc from 'fast-check';
import { fault } from '../../../src/lib/domain/index.ts';
import type { CommandWord, Facts } from '../../../src/lib/domain/index.ts';
import type { CompiledWorkflow, DialogueEvent } from '../../../src/lib/workflows/index.ts';
import type { Operator } from './warehouse.ts';
import {
  aLine,
  anItem,
  anOrder,
  aScan,
  FOREIGN,
  ITEMS,
  onlyWorkflow,
  OTHER_SHELF,
  PACK,
  SHELF,
  SHIPPED,
} from './warehouse.ts';

const WORDS: readonly CommandWord[] = [
  'OK',
  'BACK',
  'CANCEL',
  'UNDO',
  'FINISH',
  'HELP',
  'SKIP',
  'REPEAT',
  'PRINT',
  'PROBLEM',
  'MORE',
  'ALL',
];

/** Valid workflows: the questions in any order that the rules allow, with and without options. */
const HEAD = `scandock: 1
workflows:
  - id: w
    label: { en: a, nl: a, de: a, fr: a }
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
    steps:
      - ask: document
`;
const LOCATION = '{ ask: location, when: warehouse.usesLocations }';
const texts = fc
  .record({
    order: fc.shuffledSubarray(
      [
        `{ ask: batch, when: 'item.tracking == "batch"' }`,
        `{ ask: expiry, when: 'item.hasExpiry && item.tracking in ["batch"]' }`,
        `{ ask: serial, when: 'item.tracking == "serial"', each: quantity }`,
        '{ ask: quantity, default: line.open, tolerance: 25% }',
        LOCATION,
      ],
      { minLength: 5 },
    ),
    early: fc.boolean(),
    each: fc.boolean(),
    proposes: fc.boolean(),
    suggests: fc.boolean(),
    together: fc.boolean(),
  })
  .map(({ order, early, each, proposes, suggests, together }) => {
    const rest = early ? order.filter((step) => step !== LOCATION) : order;
    const steps = [...(early ? [LOCATION] : []), '{ ask: item }', ...rest];
    const from = early ? 'location' : 'item';
    const all = [...steps, '{ confirm: line }', `{ repeat: ${from} }`];
    let text = HEAD + all.map((step) => `      - ${step}\n`).join('');
    if (together) text = text.replace('    posting:', '    together: 2\n    posting:');
    if (!each) text = text.replace(', each: quantity', '');
    if (!proposes) text = text.replace('default: line.open, ', '');
    if (suggests)
      text = text.replace('usesLocations }', 'usesLocations, suggest: item.defaultLocation }');
    return text;
  });

const made = new Map<string, CompiledWorkflow>();

/** The workflow of a text; compiled once. */
export function compiled(text: string): CompiledWorkflow {
  const known = made.get(text);
  if (known !== undefined) return known;
  const workflow = onlyWorkflow(text);
  made.set(text, workflow);
  return workflow;
}

/** Texts of valid files with one workflow, the shipped one among them. */
export const files = fc.oneof(fc.constant(SHIPPED), texts);

const usesLocations = fc.boolean();
export const quantities = fc.constantFrom(0, 1, 2, 3, 5, 12, 1.5, 2_000_000);
const facts: fc.Arbitrary<Facts> = fc.record(
  {
    item: fc.constantFrom(...ITEMS, anItem('ELSE')),
    pack: fc.constant(PACK),
    batch: fc.constantFrom('A', 'B'),
    expiry: fc.constantFrom('2025-01-01', '2027-01-01', '2028-01-01'),
    serial: fc.constantFrom('S1', 'S2', 'S3', 'S4'),
    quantity: quantities,
    location: fc.constantFrom(SHELF, OTHER_SHELF, FOREIGN),
  },
  { requiredKeys: [] },
);
const orders = fc
  .tuple(
    usesLocations,
    fc.array(fc.nat(11), { minLength: 5, maxLength: 5 }),
    fc.constantFrom('1', '2'),
  )
  .map(([places, pending, id]) =>
    anOrder(
      ITEMS.map((item, index) => {
        const line = aLine(item, { pending: pending[index] ?? 0, ordered: 4 });
        // Two orders that are worked on together have no line in common.
        return id === '1' ? line : { ...line, id: `${line.id}-${id}` };
      }),
      { usesLocations: places, id: `order-${id}` },
    ),
  );

export const scans = fc.oneof(
  facts.map((each) => aScan('code', each)),
  fc.tuple(facts, facts).map(([one, other]) => aScan('code', one, other)),
  fc.constantFrom('S1', 'S9', 'A', 'x'.repeat(31)).map((text) => aScan(text)),
  orders.map((document) => aScan('4711', { document })),
);
const events: fc.Arbitrary<DialogueEvent> = fc.oneof(
  { weight: 8, arbitrary: scans },
  {
    weight: 6,
    arbitrary: fc.constantFrom(...WORDS).map((word) => ({ type: 'press', word }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...WORDS).map((command) => aScan(`SD:${command}`, { command })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        fc.constantFrom('quantity', 'batch', 'serial', 'expiry', 'location', 'item', 'document'),
        fc.constantFrom('1', '2', '0', '99', '', 'A', '2027-01-01', '1,5'),
      )
      .map(([fact, value]) => ({ type: 'enter', fact, value }) as const),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(...ITEMS)
      .map((item) => ({ type: 'choose', id: `line-${item.code}` }) as const),
  },
  { weight: 2, arbitrary: orders.map((order) => ({ type: 'open', order }) as const) },
  {
    weight: 1,
    arbitrary: fc
      .array(orders, { maxLength: 3 })
      .map((all) => ({ type: 'found', orders: all }) as const),
  },
  { weight: 2, arbitrary: orders.map((order) => ({ type: 'order', order }) as const) },
  {
    weight: 1,
    arbitrary: fc.nat(20).map((number) => {
      const code = number % 2 === 0 ? 'ledger.over-receipt' : 'ledger.undo-posted';
      return { type: 'refused', command: `c${number}` as never, fault: fault(code) } as const;
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant({
      type: 'misread',
      fault: fault('scan.check-digit'),
      text: '1',
    } as const),
  },
);

/** Three of four events are what a good operator would do, so that the walks come far. */
export const walks = (maxLength: number, minLength = 0) =>
  fc.array(
    fc.record({
      event: events,
      good: fc.constantFrom(true, true, true, false),
      number: fc.nat(999),
    }),
    {
      minLength,
      maxLength,
    },
  );
type Walk = (typeof walks extends (...args: never[]) => fc.Arbitrary<infer T> ? T : never)[number];

export function next(operator: Operator, { event, good, number }: Walk): DialogueEvent {
  const { asks, view, input } = operator.step.screen;
  if (!good || view !== 'ask') return event;
  const item = ITEMS[number % ITEMS.length];
  if (asks === 'item' && item !== undefined) return aScan('code', { item });
  if (asks === 'batch' || asks === 'serial') return aScan(`N${number}`);
  if (asks === 'expiry') return { type: 'enter', fact: 'expiry', value: '2027-01-01' };
  if (asks === 'to') return aScan('A-02', { location: OTHER_SHELF });
  if (asks === 'location') return aScan('A-01', { location: SHELF });
  const most = input?.fact === 'quantity' ? (input.max ?? 1) : 1;
  return { type: 'enter', fact: 'quantity', value: String(1 + (number % Math.max(1, most))) };
}

/** Where nothing is begun: the list of orders, or without an order the end. */
export const home = ({ step, workflow }: Operator): boolean =>
  step.ended !== undefined ||
  (workflow.document !== undefined && step.screen.document === undefined);
