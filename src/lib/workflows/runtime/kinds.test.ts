// Every kind of work by the same table: the order and grouping of its barcodes make no difference,
// and the laws of a dialogue hold: I-11 (nobody is trapped), I-13 (by the Operator), I-14 (a wrong
// scan makes no command), I-15 (what is shown is what is recorded).

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { home, next, walks } from '../../../../tests/samples/workflows/random.ts';
import {
  aLine,
  anOrder,
  BATCH,
  FRESH,
  ITEMS,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SERIAL,
  SHELF,
  shippedOnly,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { isGoods } from '../../domain/index.ts';
import type { CommandPayload, Facts, OrderLineView, OrderView } from '../../domain/index.ts';
import { ACTIONS } from './actions.ts';

const seed = Number(process.env['SEED'] ?? 20_260_615);
const KINDS = [
  ...(['receive', 'pick', 'issue', 'return-material', 'produce'] as const),
  ...(['count', 'transfer', 'look-up'] as const),
] as const;
type Kind = (typeof KINDS)[number];

const made = new Map(KINDS.map((id) => [id, onlyWorkflow(shippedOnly(id))]));

function workflowOf(kind: Kind) {
  const workflow = made.get(kind);
  if (workflow === undefined) throw new Error(kind);
  return workflow;
}

/** The lines of an order of this kind, material and product told apart where it has both. */
function orderFor(kind: Kind, usesLocations: boolean): OrderView | undefined {
  const { order } = ACTIONS[workflowOf(kind).action];
  if (order === undefined) return undefined;
  const { part } = order;
  const lines = ITEMS.map((item): OrderLineView => {
    // What a shop order makes stands on a line with the order's own id.
    const id = part === 'product' && item === FRESH ? { id: 'order-1' } : {};
    return { ...aLine(item), ...(part === undefined ? {} : { part }), ...id };
  });
  const other: OrderLineView = { ...aLine(FRESH), id: 'order-1', part: 'product' };
  return anOrder(part === 'material' ? [...lines, other] : lines, {
    kind: order.kind,
    usesLocations,
  });
}

function begun(kind: Kind, usesLocations = true): Operator {
  const operator = new Operator(workflowOf(kind));
  const order = orderFor(kind, usesLocations);
  return order === undefined ? operator : operator.open(order);
}

/** The labels of one line, and what they must become in whatever order they are scanned. */
const LINES: readonly {
  readonly kind: Kind;
  readonly parts: readonly Facts[];
  readonly command: Partial<CommandPayload>;
}[] = [
  {
    kind: 'pick',
    parts: [{ item: FRESH }, { batch: 'L-7' }, { quantity: 4 }, { location: SHELF }],
    command: {
      type: 'deliver.line',
      document: 'order-1',
      line: 'line-FRESH',
      item: 'id-FRESH',
      quantity: 4,
      batch: 'L-7',
      location: 'l-1',
      posting: 'document-complete',
    },
  },
  {
    kind: 'issue',
    parts: [{ item: BATCH }, { batch: 'L-7' }, { quantity: 4 }, { location: SHELF }],
    command: {
      type: 'issue.line',
      document: 'order-1',
      line: 'line-BATCH',
      item: 'id-BATCH',
      quantity: 4,
      batch: 'L-7',
      warehouse: 'w',
      location: 'l-1',
      tolerance: 0.05,
      posting: 'line-complete',
    },
  },
  {
    kind: 'produce',
    parts: [
      { item: FRESH },
      { batch: 'L-7' },
      { expiry: '2027-03-31' },
      { quantity: 4 },
      { location: SHELF },
    ],
    command: {
      type: 'produce.line',
      document: 'order-1',
      item: 'id-FRESH',
      quantity: 4,
      batch: 'L-7',
      expiry: '2027-03-31',
      warehouse: 'w',
      location: 'l-1',
      tolerance: 0,
      posting: 'line-complete',
    },
  },
  {
    kind: 'return-material',
    parts: [{ item: FRESH }, { batch: 'L-7' }, { quantity: 4 }, { location: SHELF }],
    command: {
      type: 'return.line',
      document: 'order-1',
      line: 'line-FRESH',
      item: 'id-FRESH',
      quantity: 4,
      batch: 'L-7',
      warehouse: 'w',
      location: 'l-1',
      posting: 'line-complete',
    },
  },
  {
    kind: 'count',
    parts: [{ item: PLAIN }, { quantity: 4 }, { location: SHELF }],
    command: {
      type: 'count.line',
      document: 'c1',
      warehouse: 'w',
      tracking: 'none',
      item: 'id-PLAIN',
      location: 'l-1',
      found: { kind: 'counted', quantity: 4 },
      posting: 'document-complete',
    },
  },
  {
    kind: 'transfer',
    parts: [
      { item: BATCH },
      { batch: 'L-7' },
      { quantity: 4 },
      { location: SHELF },
      { location: OTHER_SHELF },
    ],
    command: {
      type: 'move.line',
      document: 'c1',
      tracking: 'batch',
      item: 'id-BATCH',
      quantity: 4,
      batch: 'L-7',
      from: { warehouse: 'w', location: 'l-1' },
      to: { warehouse: 'w', location: 'l-2' },
      posting: 'line-complete',
    },
  },
];

/** Of two places the first that is scanned is where the goods are: those two keep their order. */
function placesInOrder(labels: readonly Facts[]): Facts[] {
  const places = [SHELF, OTHER_SHELF];
  return labels.map((facts) =>
    facts.location === undefined ? facts : { location: places.shift() ?? OTHER_SHELF },
  );
}

describe('every order and grouping of the barcodes of a line', () => {
  it.each(LINES)('of $kind ends in the same command', ({ kind, parts, command }) => {
    const orders = fc.shuffledSubarray([...parts], { minLength: parts.length });
    const joins = fc.array(fc.boolean(), { minLength: parts.length, maxLength: parts.length });
    fc.assert(
      fc.property(orders, joins, (shuffled, joined) => {
        const labels: Facts[] = [];
        placesInOrder(shuffled).forEach((facts, index) => {
          const last = labels.at(-1);
          const both = last?.location !== undefined && facts.location !== undefined;
          if (last === undefined || joined[index] !== true || both) labels.push(facts);
          else labels.splice(-1, 1, { ...last, ...facts });
        });
        const operator = begun(kind);
        for (const facts of labels) operator.scan(facts);
        expect(operator.commands).toEqual([command]);
        expect(operator.step.signal).toBe('green');
      }),
      { numRuns: 100, seed },
    );
  });

  it('of serials too: they are carried piece by piece', () => {
    const operator = begun('transfer').scan({ location: SHELF }).scan({ serial: 'S1' });
    operator.scan({ item: SERIAL }).scan({ location: OTHER_SHELF }).read('S2').press('OK');
    expect(operator.last).toMatchObject({ type: 'move.line', quantity: 2, serials: ['S1', 'S2'] });
  });
});

describe.each(KINDS)('%s over random events', (kind) => {
  it('I-11: CANCEL, CANCEL leads home from everywhere', () => {
    fc.assert(
      fc.property(fc.boolean(), walks(40), (places, walk) => {
        let operator = begun(kind, places);
        for (const each of walk) {
          if (operator.step.ended !== undefined) operator = begun(kind, places);
          operator.give(next(operator, each));
        }
        expect(home(operator.press('CANCEL', 'CANCEL'))).toBe(true);
      }),
      { numRuns: 40, seed },
    );
  });

  it('I-14, I-15: a command comes of a sound step only, and every button does something', () => {
    let lines = 0;
    fc.assert(
      fc.property(fc.boolean(), walks(40), (places, walk) => {
        let operator = begun(kind, places);
        for (const each of walk) {
          if (operator.step.ended !== undefined) operator = begun(kind, places);
          const before = operator.step;
          for (const { word } of before.screen.actions) {
            const other = begun(kind, places);
            other.step = before;
            const after = other.press(word).step;
            const again = word === 'OK' && before.screen.asks === 'quantity';
            if ((word === 'HELP' && before.screen.help === true) || again) continue;
            expect(after.signal, `${word} at ${before.screen.step}`).not.toBe('error');
          }
          const { commands, screen, signal } = operator.give(next(operator, each)).step;
          if (signal === 'error' || signal === 'none') expect(commands).toEqual([]);
          const payload = commands[0]?.payload;
          if (payload === undefined || signal !== 'green') continue;
          lines += 1;
          if (!isGoods(payload)) throw new Error(payload.type);
          const counted = payload.type === 'count.line';
          const quantity = counted ? payload.found.quantity : payload.quantity;
          expect(screen.message?.text).toMatchObject({ data: { quantity } });
        }
      }),
      { numRuns: 40, seed },
    );
    expect(lines > 5).toBe(kind !== 'look-up');
  });
});
