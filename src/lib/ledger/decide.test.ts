// The ledger's judgement as tables: what it refuses and why, what it accepts and what it keeps.

import { describe, expect, it } from 'vitest';
import {
  batch,
  BATCH,
  command,
  contextOf,
  finish,
  id,
  order,
  orderWith,
  ORDER,
  OTHER_PLACE,
  plain,
  PLAIN,
  serials,
  SERIAL,
  undo,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import type { Command, ReceiveLine, SessionId } from '../domain/index.ts';
import { decide, fold } from './index.ts';
import type { World } from './index.ts';

/** Decides and folds one after the other, as the writer does. */
function after(world: World, ...commands: Command[]): World {
  return commands.reduce((known, one) => {
    return decide(known, one, contextOf(known)).entries.reduce(fold, known);
  }, world);
}

function without(line: ReceiveLine, ...facts: (keyof ReceiveLine)[]): ReceiveLine {
  const known = Object.entries(line).filter(([name]) => !facts.some((fact) => fact === name));
  return Object.fromEntries(known) as unknown as ReceiveLine;
}

const fresh = worldWith(order());
const noPlaces = worldWith(order({ usesLocations: false }));
const noExpiry = worldWith(orderWith(BATCH.line, { hasExpiry: false }));
const unknown = id('d', 404) as string;
const two = { session: id<SessionId>('a', 102) };

const REFUSALS: [name: string, world: World, line: ReceiveLine, code: string, data: object][] = [
  ['an order nobody knows', fresh, plain(1, { document: unknown }), 'ledger.unknown-document', {}],
  ['a closed order', worldWith(order({ open: false })), plain(1), 'ledger.unknown-document', {}],
  ['a line nobody knows', fresh, plain(1, { line: unknown }), 'ledger.unknown-line', {}],
  ['another item', fresh, plain(1, { item: SERIAL.item }), 'ledger.invalid', { reason: 'item' }],
  ['seven decimals', fresh, plain(0.1234567), 'ledger.invalid', { reason: 'quantity' }],
  ['nothing', fresh, plain(0), 'ledger.invalid', { reason: 'quantity' }],
  ['no number', fresh, plain(NaN), 'ledger.invalid', { reason: 'quantity' }],
  ['odd tolerance', fresh, plain(1, { tolerance: NaN }), 'ledger.invalid', { reason: 'tolerance' }],
  ['no place', fresh, without(plain(1), 'location'), 'ledger.facts-missing', { fact: 'location' }],
  ['no batch', fresh, without(batch(1), 'batch'), 'ledger.facts-missing', { fact: 'batch' }],
  ['no expiry', fresh, without(batch(1), 'expiry'), 'ledger.facts-missing', { fact: 'expiry' }],
  [
    '30 February',
    fresh,
    batch(1, { expiry: '2027-02-30' }),
    'ledger.invalid',
    { reason: 'expiry' },
  ],
  [
    'no serials',
    fresh,
    without(serials('a'), 'serials'),
    'ledger.facts-missing',
    { fact: 'serials' },
  ],
  [
    'two pieces, one serial',
    fresh,
    { ...serials('a'), quantity: 2 },
    'ledger.facts-missing',
    { fact: 'serials', count: 1, quantity: 2 },
  ],
  ['a serial twice', fresh, serials('a', 'b', 'a'), 'ledger.serial-known', { serial: 'a' }],
  [
    'a serial that was taken before',
    after(fresh, command(1, serials('a', 'b'))),
    serials('c', 'b'),
    'ledger.serial-known',
    { serial: 'b' },
  ],
  [
    'more than is open',
    after(fresh, command(1, plain(7))),
    plain(4),
    'ledger.over-receipt',
    { open: 3, allowed: 3, quantity: 4, unit: 'pc' },
  ],
  [
    'more than open plus tolerance',
    after(fresh, command(1, plain(10))),
    plain(1.5, { tolerance: 0.1 }),
    'ledger.over-receipt',
    { open: 0, allowed: 1, quantity: 1.5, unit: 'pc' },
  ],
  [
    'goods on a line that Exact closed',
    worldWith(orderWith(PLAIN.line, { open: false })),
    plain(1, { tolerance: 0.5 }),
    'ledger.over-receipt',
    { open: 0, allowed: 0, quantity: 1, unit: 'pc' },
  ],
];

describe('receive.line refuses, and keeps the refusal as an entry (I-01):', () => {
  it.each(REFUSALS)('%s', (_name, world, line, code, data) => {
    const asked = command(9, line);
    const decision = decide(world, asked, contextOf(world));
    const fault = { code, data };
    expect(decision.verdict).toEqual({ kind: 'refused', seq: world.seq + 1, fault });
    expect(decision.entries.map((entry) => entry.body)).toMatchObject([
      { type: 'command-refused', by: { command: asked.id }, payload: line, fault },
    ]);
  });
});

const ACCEPTED: [name: string, world: World, line: ReceiveLine, kept: ReceiveLine][] = [
  ['plain goods', fresh, plain(10), plain(10)],
  ['up to the tolerance', fresh, plain(11, { tolerance: 0.1 }), plain(11, { tolerance: 0.1 })],
  ['tenths that binary cannot hold', fresh, plain(0.3), plain(0.3)],
  ['a batch with expiry', fresh, batch(3), batch(3)],
  ['serials', fresh, serials('a', 'b'), serials('a', 'b')],
  ['a batch on a plain item, without it', fresh, plain(1, { batch: 'L' }), plain(1)],
  ['an expiry that the item lacks, without it', noExpiry, batch(1), without(batch(1), 'expiry')],
  ['a place that nobody keeps, without it', noPlaces, plain(1), without(plain(1), 'location')],
  [
    'a serial that was taken and undone',
    after(fresh, command(1, serials('a')), command(2, undo(1))),
    serials('a'),
    serials('a'),
  ],
];

describe('receive.line accepts', () => {
  it.each(ACCEPTED)('%s', (_name, world, line, kept) => {
    const decision = decide(world, command(9, line), contextOf(world));
    expect(decision.verdict).toEqual({ kind: 'accepted', seq: world.seq + 1 });
    expect(decision.entries).toHaveLength(1);
    expect(decision.entries[0]?.body).toMatchObject({ type: 'line-received', line: kept });
    const { body } = decision.entries[0] ?? {};
    expect(body?.type === 'line-received' ? body.line : undefined).toEqual(kept);
  });

  it('the same serial number of another item', () => {
    const other = orderWith(PLAIN.line, { tracking: 'serial' });
    const world = after(worldWith(other), command(1, serials('a')));
    const line = plain(1, { serials: ['a'] });
    expect(decide(world, command(2, line), contextOf(world)).verdict.kind).toBe('accepted');
  });

  it('line-complete: the posting is cut in the same decision', () => {
    const asked = command(1, batch(2, { posting: 'line-complete' }));
    const { entries } = decide(fresh, asked, contextOf(fresh));
    expect(entries.map(({ seq, body }) => [seq, body.type])).toEqual([
      [1, 'line-received'],
      [2, 'posting-cut'],
    ]);
    expect(entries[1]?.body).toMatchObject({
      posting: {
        document: ORDER,
        commands: [asked.id],
        lines: [{ orderLine: BATCH.line, quantity: 2, batches: [{ number: 'L1', quantity: 2 }] }],
      },
    });
  });
});

describe('line.undo', () => {
  const taken = after(fresh, command(1, plain(4)));

  it('takes back an accepted line of the same session, and frees its quantity', () => {
    const world = after(taken, command(2, undo(1)));
    expect(decide(world, command(3, plain(10)), contextOf(world)).verdict.kind).toBe('accepted');
  });

  const cases: [name: string, world: World, asked: Command, code: string][] = [
    ['an unknown target', taken, command(2, undo(77)), 'ledger.nothing-to-undo'],
    ["another session's line", taken, command(2, undo(1), two), 'ledger.nothing-to-undo'],
    [
      'a line that was undone',
      after(taken, command(2, undo(1))),
      command(3, undo(1)),
      'ledger.nothing-to-undo',
    ],
    [
      'a line that is in a posting',
      after(taken, command(2, finish())),
      command(3, undo(1)),
      'ledger.undo-under-way',
    ],
  ];
  it.each(cases)('refuses %s', (_name, world, asked, code) => {
    const { verdict } = decide(world, asked, contextOf(world));
    expect(verdict).toMatchObject({ kind: 'refused', fault: { code } });
  });
});

describe('document.finish', () => {
  it('cuts the goods of this session into one posting: piles by line and place', () => {
    const world = after(
      fresh,
      command(1, plain(0.1)),
      command(2, plain(0.2)),
      command(3, plain(1, { location: OTHER_PLACE })),
      command(4, batch(2)),
      command(5, batch(3)),
      command(6, batch(1, { batch: 'L2' })),
      command(7, serials('a')),
      command(8, serials('b', 'c')),
      command(9, plain(1), two),
      command(10, plain(5)),
      command(11, undo(10)),
    );
    const { entries } = decide(world, command(12, finish(1)), contextOf(world));
    expect(entries.map((entry) => entry.body.type)).toEqual(['document-finished', 'posting-cut']);
    const { body } = entries[1] ?? {};
    const posting = body?.type === 'posting-cut' ? body.posting : undefined;
    expect(posting?.commands).toHaveLength(8);
    expect(posting?.kind === 'goodsReceipt' && posting.lines).toEqual([
      { orderLine: PLAIN.line, item: PLAIN.item, quantity: 0.3, location: plain(1).location },
      { orderLine: PLAIN.line, item: PLAIN.item, quantity: 1, location: OTHER_PLACE },
      {
        orderLine: BATCH.line,
        item: BATCH.item,
        quantity: 6,
        location: plain(1).location,
        batches: [
          { number: 'L1', quantity: 5, expiry: '2027-02-28' },
          { number: 'L2', quantity: 1, expiry: '2027-02-28' },
        ],
      },
      {
        orderLine: SERIAL.line,
        item: SERIAL.item,
        quantity: 3,
        location: plain(1).location,
        serials: ['a', 'b', 'c'],
      },
    ]);
  });

  it('with nothing to cut is accepted and posts nothing', () => {
    const { entries, verdict } = decide(fresh, command(1, finish()), contextOf(fresh));
    expect(verdict).toEqual({ kind: 'accepted', seq: 1 });
    expect(entries.map((entry) => entry.body.type)).toEqual(['document-finished']);
  });

  it('of an order that nobody knows is refused', () => {
    const asked = command(1, { ...finish(), document: unknown });
    const { verdict } = decide(fresh, asked, contextOf(fresh));
    expect(verdict).toMatchObject({ fault: { code: 'ledger.unknown-document' } });
  });

  it('of several orders cuts one posting for each; one that nobody knows by then holds up none', () => {
    const world = after(fresh, command(1, plain(0.1)));
    const asked = { ...finish(), document: unknown, also: [plain(1).document] };
    const { entries, verdict } = decide(world, command(2, asked), contextOf(world));
    expect(verdict.kind).toBe('accepted');
    expect(entries.map(({ body }) => body.type)).toEqual(['document-finished', 'posting-cut']);
    const neither = { ...finish(), document: unknown, also: [unknown] };
    expect(decide(fresh, command(1, neither), contextOf(fresh)).verdict).toMatchObject({
      fault: { code: 'ledger.unknown-document' },
    });
  });

  it('never cuts twice: a second finish posts nothing', () => {
    const world = after(fresh, command(1, plain(1)), command(2, finish()));
    const { entries } = decide(world, command(3, finish()), contextOf(world));
    expect(entries).toHaveLength(1);
  });
});

describe('the laws of the ledger stop a program that breaks them', () => {
  it('I-02: a command is decided once', () => {
    const world = after(fresh, command(1, plain(1)));
    expect(() => decide(world, command(1, plain(1)), contextOf(world))).toThrow('I-02');
  });

  it('I-09: an entry follows the one before it', () => {
    const [entry] = decide(fresh, command(1, plain(1)), contextOf(fresh)).entries;
    if (entry === undefined) throw new Error('no entry');
    expect(() => fold(fresh, { ...entry, seq: 2 })).toThrow('I-09');
  });

  it('no goods are cut into two postings', () => {
    const taken = after(fresh, command(1, plain(1)));
    const { entries } = decide(taken, command(2, finish()), contextOf(taken));
    const world = entries.reduce(fold, taken);
    const cut = entries[1];
    if (cut?.body.type !== 'posting-cut') throw new Error('no cut');
    const posting = { ...cut.body.posting, id: id('b', 999) } as typeof cut.body.posting;
    const again = { seq: world.seq + 1, atMs: 0, body: { ...cut.body, posting } };
    expect(() => fold(world, again)).toThrow('no goods are cut into two postings');
  });
});
