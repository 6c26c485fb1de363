// The law of narrowing: in every workflow that the product ships with, the barcodes of one line end
// in the same state with the same command, in whatever order they come and however they are joined
// on labels; also codes that stand for several items, packs and lines. Wrong on purpose: goods that
// are taken by the first meaning that fits, which the law must catch.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aLine,
  anItem,
  anOrder,
  aScan,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  SHELF,
  shippedOnly,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { Facts, ItemView, OrderLineView, OrderView } from '../../domain/index.ts';
import type { CompiledWorkflow } from '../index.ts';
import { ACTIONS } from './actions.ts';

const seed = Number(process.env['SEED'] ?? 20_261_123);

/** One barcode: what its goods can be (none: it names no goods), and what it says beside them. */
interface Code {
  readonly goods?: readonly Facts[];
  readonly own?: Facts;
}

interface Case {
  readonly name: string;
  readonly order?: OrderView;
  readonly codes: readonly Code[];
  /** One of them says what the goods have no use for: that is told, and no part of the law. */
  readonly noise?: true;
}

const KINDS: readonly Partial<ItemView>[] = [
  { tracking: 'none' },
  { tracking: 'batch' },
  { tracking: 'batch', hasExpiry: true },
  { tracking: 'serial' },
];

const pack = (quantity: number) => ({ barcode: `P${quantity}`, quantity, unit: 'box' });

/** The facts of a line of this item beside goods and quantity, each on a code of its own. */
function factsFor({ action }: CompiledWorkflow, item: ItemView): Code[] {
  const { facts } = ACTIONS[action];
  const batch: Facts[] = item.tracking === 'batch' ? [{ batch: 'L-7' }] : [];
  const expiry: Facts[] =
    item.hasExpiry && facts.includes('expiry') ? [{ expiry: '2027-03-31' }] : [];
  const serials: Facts[] = item.tracking === 'serial' ? [{ serial: 'S1' }, { serial: 'S2' }] : [];
  const places: Facts[] = [{ location: SHELF }];
  if (facts.includes('to')) places.push({ location: OTHER_SHELF });
  return [...batch, ...expiry, ...serials, ...places].map((own) => ({ own }));
}

function orderFor(workflow: CompiledWorkflow, lines: readonly OrderLineView[]) {
  const { order } = ACTIONS[workflow.action];
  if (order === undefined) return {};
  const { kind, part } = order;
  const all = part === undefined ? lines : lines.map((line) => ({ ...line, part }));
  return { order: anOrder(all, { kind, usesLocations: true }) };
}

const quantity = (count: number): Code => ({ own: { quantity: count } });

/** Lines that take several codes to know, for one kind of item. */
function casesOf(workflow: CompiledWorkflow, kind: Partial<ItemView>): Case[] {
  const [a, b, c] = ['A', 'B', 'C'].map((code) => anItem(code, kind));
  if (a === undefined || b === undefined || c === undefined) return [];
  const facts = factsFor(workflow, a);
  const { order, blind } = ACTIONS[workflow.action];
  const short = aLine(a, { id: 'short', ordered: 4 });
  const long = aLine(a, { id: 'long', ordered: 36, lineNumber: 2 });
  const lines = [short, long, aLine(b), aLine(c)];
  const two: Code[] = [
    { goods: [{ item: a }, { item: b }] },
    { goods: [{ item: c }, { item: a }] },
  ];
  const packs: Code[] = [6, 24].map((other) => ({
    goods: [other, 12].map((size) => ({ item: a, pack: pack(size) })),
  }));
  const counted = a.tracking !== 'serial';
  const alone = orderFor(workflow, [long]);
  const made = order?.part === 'product';
  const where = [SHELF, OTHER_SHELF].map(({ id, code }) => [
    {
      location: { id, code },
      quantity: 50,
      ...(a.tracking === 'batch' ? { batch: `L-${code}` } : {}),
    },
  ]);
  const [near = [], far = []] = where;
  const lying = [
    { ...short, sources: far },
    { ...long, sources: near },
  ];
  // The batch makes these likely, until another code says that they are not meant.
  const fresh = anItem('B', { tracking: 'batch', hasExpiry: true });
  const misled: Code[] = [
    { goods: [{ item: a }, { item: fresh }] },
    { goods: [{ item: c }, { item: a }] },
    { own: { batch: 'L-7' } },
  ];
  const all: (Case | false)[] = [
    !made &&
      blind !== true &&
      a.tracking === 'none' && {
        name: 'a batch that misleads',
        codes: [...misled, ...facts],
        noise: true,
        ...orderFor(workflow, [long, aLine(fresh), aLine(c)]),
      },
    ACTIONS[workflow.action].way === 'out' && {
      name: 'two lines, told by the place',
      codes: [{ goods: [{ item: a }] }, ...facts],
      ...orderFor(workflow, lying),
    },
    !made &&
      counted && {
        name: 'two items, told by codes and count',
        codes: [...two, ...facts, quantity(7)],
        ...orderFor(workflow, lines),
      },
    !made &&
      blind !== true && {
        name: 'two items and two lines',
        codes: [...two, ...facts],
        ...orderFor(workflow, lines),
      },
    counted && blind !== true && { name: 'two packs', codes: [...packs, ...facts], ...alone },
    {
      name: 'one code',
      codes: [
        { goods: [{ item: a }] },
        ...facts,
        ...(blind === true && counted ? [quantity(7)] : []),
      ],
      ...alone,
    },
  ];
  return all.filter((each) => each !== false);
}

/** Places keep their order: the first is where goods come from. */
function inPlaceOrder(codes: readonly Code[]): Code[] {
  const places = codes.filter(({ own }) => own?.location !== undefined);
  places.sort((x, y) => ((x.own?.location?.id ?? '') < (y.own?.location?.id ?? '') ? -1 : 1));
  return codes.map((code) => (code.own?.location === undefined ? code : (places.shift() ?? code)));
}

/** Joins a code to the label before it, where one label can hold both. */
function labelsOf(codes: readonly Code[], joined: readonly boolean[]): Code[] {
  const labels: Code[] = [];
  codes.forEach((code, index) => {
    const last = labels.at(-1);
    const clash = Object.keys(code.own ?? {}).some((name) => name in (last?.own ?? {}));
    const goods = last?.goods !== undefined && code.goods !== undefined;
    if (last === undefined || clash || goods || joined[index] !== true) labels.push(code);
    else labels.push({ ...labels.pop(), ...code, own: { ...last.own, ...code.own } });
  });
  return labels;
}

function eventOf({ goods = [{}], own = {} }: Code, index: number) {
  return aScan(`code ${index}`, ...goods.map((one) => ({ ...one, ...own })));
}

type Played = { readonly rest: unknown; readonly commands: unknown; readonly faults: unknown };

/** Ids of events and the order of serials and of codes that were read are no part of a state. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, member: unknown) => {
      if (
        [
          'command',
          'piece',
          'document',
          'past',
          'reads',
          'justDone',
          'message',
          'trouble',
        ].includes(key)
      )
        return undefined;
      return key === 'serials' && Array.isArray(member) ? [...member].sort() : member;
    }),
  );
}

function play(
  workflow: CompiledWorkflow,
  { order, noise }: Case,
  labels: readonly Code[],
  oks: number,
): Played {
  const operator = new Operator(workflow);
  if (order !== undefined) operator.open(order);
  const faults: unknown[] = [];
  labels.forEach((label, index) => {
    operator.give(eventOf(label, index));
    faults.push(...(operator.fault === undefined ? [] : [operator.fault]));
  });
  for (let press = 0; press < oks && operator.commands.length === 0; press += 1)
    operator.press('OK');
  const told = noise === true ? [] : faults;
  const { snapshot } = operator.step.state;
  return { rest: plain(snapshot), commands: plain(operator.commands), faults: told };
}

const WORKING = ['receive', 'pick', 'issue', 'return-material', 'produce', 'count', 'transfer'];

describe.each(WORKING)('%s: the barcodes of one line', (id) => {
  const workflow = onlyWorkflow(shippedOnly(id));
  const cases = KINDS.flatMap((kind) =>
    casesOf(workflow, kind).map((each) => ({
      ...each,
      name: `${kind.tracking}${kind.hasExpiry === true ? ' with expiry' : ''}: ${each.name}`,
    })),
  );

  it.each(cases)('end in the same state and command: $name', (each) => {
    const { codes } = each;
    const straight = play(workflow, each, codes, 4);
    expect(straight.commands, 'a line is booked').toHaveLength(1);
    const shuffled = fc.shuffledSubarray([...codes], { minLength: codes.length });
    const joins = fc.array(fc.boolean(), { minLength: codes.length, maxLength: codes.length });
    fc.assert(
      fc.property(shuffled, joins, (order, joined) => {
        const labels = labelsOf(inPlaceOrder(order), joined);
        expect(play(workflow, each, labels, 4)).toEqual({ ...straight, faults: [] });
      }),
      { numRuns: 20, seed },
    );
  });

  it.each(cases)('and with one of them missing in the same state: $name', (each) => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.shuffledSubarray([...each.codes], { minLength: 2 }),
        (salt, some) => {
          const twice = [0, 1].map((turn) =>
            [...some].sort((x, y) => rank(x, salt * turn) - rank(y, salt * turn)),
          );
          const [one, other] = twice.map((codes) => play(workflow, each, inPlaceOrder(codes), 0));
          expect(other).toEqual(one);
        },
      ),
      { numRuns: 10, seed },
    );
  });
});

describe('goods taken by the first meaning that fits, as a planted fault', () => {
  it('do not keep the law, and the law says so', () => {
    const workflow = onlyWorkflow(shippedOnly('receive'));
    const [each] = casesOf(workflow, { tracking: 'batch' });
    if (each === undefined) throw new Error('there is no case to plant the fault in');
    const codes = each.codes.map((code) =>
      code.goods === undefined ? code : { ...code, goods: code.goods.slice(0, 1) },
    );
    const straight = play(workflow, each, codes, 4);
    const shuffled = fc.shuffledSubarray([...codes], { minLength: codes.length });
    const found = fc.check(
      fc.property(shuffled, (order) => {
        expect(play(workflow, each, inPlaceOrder(order), 4)).toEqual({ ...straight, faults: [] });
      }),
      { numRuns: 20, seed },
    );
    expect(found.failed).toBe(true);
  });
});

/** Some number of a code that differs with the salt. */
function rank(code: Code, salt: number): number {
  const text = JSON.stringify(code);
  return [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0) + salt) % 1009, 7);
}
