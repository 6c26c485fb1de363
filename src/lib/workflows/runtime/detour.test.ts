// Detours: another flow runs in between and comes back to the same question with the same facts and
// what it found. Failure paths first: what comes back and does not fit, what is not there, refusals.
// The operator of warehouse.ts takes every event after a restart as well (I-13).

import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WITH_CALL, WITH_DETOURS } from '../../../../tests/samples/workflows/detours.ts';
import {
  aLine,
  anOrder,
  BATCH,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { fault } from '../../domain/index.ts';
import { compile } from '../index.ts';
import type { CompiledWorkflow } from '../index.ts';

const seed = Number(process.env['SEED'] ?? 20_261_123);

function flow(text: string, id = 'receive'): CompiledWorkflow {
  const { workflows, diagnostics } = compile(text, (canonical) => `r${canonical.length}`);
  expect(diagnostics).toEqual([]);
  const found = workflows.find((each) => each.id === id);
  if (found === undefined) throw new Error(`the sample has no ${id}`);
  return found;
}

const RECEIVE = flow(WITH_DETOURS);
const CALLS = flow(WITH_CALL);
const ORDER = anOrder([aLine(PLAIN), aLine(BATCH)], { usesLocations: true });

const open = (workflow = RECEIVE) => new Operator(workflow).open(ORDER);
const go = (operator: Operator, id: string) => operator.give({ type: 'choose', id: `call:${id}` });
const between = ({ step }: Operator) => step.screen.detour?.from.en;
const message = ({ step }: Operator) => {
  const text = step.screen.message?.text;
  return text !== undefined && 'key' in text ? text.key : undefined;
};

/** One line of the transfer that runs in between. */
const carry = (operator: Operator) =>
  operator
    .scan({ location: SHELF })
    .scan({ item: PLAIN })
    .enter('quantity', '2')
    .scan({ location: OTHER_SHELF });

describe('what comes back from a detour', () => {
  it('is named when it does not fit, and the question stands as it stood (I-14)', () => {
    const operator = open().scan({ item: PLAIN }).enter('quantity', '3');
    expect(operator.asks).toBe('location');
    go(operator, 'look-up').scan({ item: BATCH }).press('OK');
    expect(between(operator)).toBeUndefined();
    expect(operator.fault).toBe('step.finish-line-first');
    expect(operator.asks).toBe('location');
    expect(operator.commands).toEqual([]);
  });

  it('is no scan: where goods must be scanned it is refused', () => {
    const text = WITH_DETOURS.replace(
      '      - ask: item\n',
      '      - ask: item\n        by: scan\n',
    );
    const operator = go(open(flow(text)), 'look-up')
      .scan({ item: PLAIN })
      .press('OK');
    expect(operator.fault).toBe('step.scan-only');
  });

  it('is an item, a place, an order that was looked up', () => {
    const item = go(open(), 'look-up').scan({ item: PLAIN }).press('OK');
    expect(item.step.screen.item?.code).toBe('PLAIN');
    expect(item.asks).toBe('quantity');
    const place = go(open().scan({ item: PLAIN }).enter('quantity', '3'), 'look-up');
    place.scan({ location: SHELF }).press('OK');
    expect(place.last).toMatchObject({ type: 'receive.line', quantity: 3, location: 'l-1' });
    const order = go(new Operator(RECEIVE), 'look-up').scan({ document: ORDER }).press('OK');
    expect(order.step.screen.document?.number).toBe('4711');
  });

  it('is not counted in when it is the goods at work', () => {
    const operator = open().scan({ item: PLAIN });
    const before = operator.step.screen;
    go(operator, 'look-up').scan({ item: PLAIN }).press('OK');
    expect(operator.step.screen.input).toEqual(before.input);
    expect(message(operator)).toBe('message.back');
  });

  it('is only what the file says', () => {
    const operator = go(open().scan({ item: PLAIN }).enter('quantity', '1'), 'count');
    operator.scan({ location: SHELF }).scan({ item: PLAIN }).enter('quantity', '5');
    operator.press('FINISH');
    expect(between(operator)).toBeUndefined();
    expect(operator.asks, 'the place was not brought').toBe('location');
  });

  it('is what was carried, and where it lies now', () => {
    const operator = carry(go(open(), 'transfer'));
    expect(operator.last).toMatchObject({ type: 'move.line', quantity: 2 });
    operator.press('FINISH');
    expect(operator.last).toMatchObject({ type: 'document.finish' });
    expect(operator.step.screen.item?.code).toBe('PLAIN');
    expect(operator.step.screen.known).toContainEqual({ fact: 'location', text: 'A-02' });
  });

  it('completes no line in the event that finishes the work in between: an event is one command', () => {
    const operator = open().scan({ item: PLAIN }).enter('quantity', '3');
    carry(go(operator, 'transfer'));
    const { length } = operator.commands;
    operator.press('FINISH');
    expect(operator.commands).toHaveLength(length + 1);
    expect(operator.last).toMatchObject({ type: 'document.finish' });
    expect(operator.press('OK').last).toMatchObject({ type: 'receive.line', location: 'l-2' });
  });
});

describe('a detour', () => {
  it('that is not offered, or not there, is named', () => {
    expect(go(open(), 'receive').fault).toBe('step.not-here');
    const { calls: _c, ...alone } = RECEIVE;
    const operator = new Operator(alone).open(ORDER);
    expect(operator.step.screen.detours).toBeUndefined();
    expect(between(go(operator, 'look-up'))).toBeUndefined();
  });

  it('is offered by every question, with the words of its flow', () => {
    const names = (operator: Operator) =>
      operator.step.screen.detours?.map(({ label }) => label.en);
    expect(names(new Operator(RECEIVE))).toEqual(['Look up', 'Transfer', 'Count']);
    expect(names(open().scan({ item: PLAIN }))).toEqual(['Look up', 'Transfer', 'Count']);
  });

  it('is made by its barcode too, but where an answer is asked that is one', () => {
    const paper = (operator: Operator) => operator.scan({ answer: 'look-up' }, 'SD:=look-up');
    expect(between(paper(open()))).toBe('Receive');
    expect(paper(open(CALLS)).fault).toBe('step.not-expected');
    const note = '      - ask: text\n        prompt: { en: a, nl: a, de: a, fr: a }\n';
    const text = WITH_DETOURS.replace('      - confirm: line', `${note}      - confirm: line`);
    const asked = open(flow(text)).scan({ item: PLAIN }).enter('quantity', '1');
    asked.scan({ location: SHELF });
    expect(asked.asks).toBe('text');
    expect(paper(asked).last).toMatchObject({ answers: [{ step: 'text', value: 'look-up' }] });
  });

  it('comes back with BACK to the same question and the same facts', () => {
    const operator = open().scan({ item: BATCH }).read('L-7');
    const before = operator.step.screen;
    go(operator, 'transfer');
    expect(between(operator)).toBe('Receive');
    expect(operator.step.screen).toMatchObject({ title: { label: { en: 'Transfer' } } });
    const { message: said, ...after } = operator.press('BACK').step.screen;
    expect(after).toEqual(before);
    expect(said?.text).toEqual({ key: 'message.back' });
  });

  it('says what waits: the flow, its order, and whose work goes on', () => {
    expect(go(open(), 'transfer').step.screen.detour).toEqual({
      from: RECEIVE.label,
      order: '4711',
      behind: ['order-1'],
      work: { action: 'transfer' },
    });
  });

  it('may make one more: two levels, each leads back to the one before', () => {
    const operator = go(open(), 'transfer').scan({ location: SHELF });
    go(operator, 'look-up').scan({ item: PLAIN });
    expect(operator.step.screen.detour?.work.action).toBe('lookUp');
    operator.press('OK');
    expect(operator.step.screen.detour?.work.action).toBe('transfer');
    expect(operator.step.screen.item?.code).toBe('PLAIN');
    expect(operator.step.screen.known).toContainEqual({ fact: 'location', text: 'A-01' });
    expect(operator.step.screen.detours, 'no third level').toBeDefined();
  });

  it('hears of the orders that wait, and they are up to date when it comes back', () => {
    const operator = go(open(), 'transfer');
    const lines = [aLine(PLAIN, { done: 4 }), aLine(BATCH)];
    operator.hears(anOrder(lines, { usesLocations: true, seq: 2 })).press('BACK');
    expect(operator.done(PLAIN)).toBe(4);
  });

  it('shows at once what the hub refuses of the work that waits, and of its own', () => {
    const operator = open().scan({ item: PLAIN }).enter('quantity', '3').scan({ location: SHELF });
    const first = operator.lastId;
    carry(go(operator, 'transfer'));
    operator.refusal(first, fault('ledger.over-receipt'));
    expect(operator.fault).toBe('ledger.over-receipt');
    expect(between(operator)).toBe('Receive');
    operator.refusal(operator.lastId, fault('ledger.invalid'));
    expect(operator.fault).toBe('ledger.invalid');
    operator.press('BACK', 'BACK');
    expect(operator.done(PLAIN), 'the refused line is out of what is counted').toBe(0);
  });
});

describe('I-11: home from a detour in two actions', () => {
  const ended = ({ step }: Operator) =>
    step.ended ?? (step.screen.document === undefined && 'list');

  it('CANCEL leads back at once, whatever was begun, and says that once more leads home', () => {
    const operator = go(open().scan({ item: PLAIN }), 'transfer').scan({ location: SHELF });
    go(operator, 'look-up').scan({ item: PLAIN }).press('CANCEL');
    expect(between(operator)).toBeUndefined();
    expect(operator.asks).toBe('quantity');
    expect(message(operator)).toBe('message.back-home');
    const { actions } = operator.step.screen;
    expect(actions.find(({ word }) => word === 'CANCEL')?.key).toBe('action.leave-all');
    expect(ended(operator.press('CANCEL'))).toBe('list');
  });

  it('only right away: after any other act CANCEL drops the line alone', () => {
    const operator = go(open().scan({ item: PLAIN }), 'look-up').press('CANCEL', 'HELP', 'CANCEL');
    expect(operator.step.screen.document?.number).toBe('4711');
    const news = go(open().scan({ item: PLAIN }), 'look-up')
      .press('CANCEL')
      .hears(ORDER);
    expect(ended(news.press('CANCEL')), 'news are no act').toBe('list');
  });

  it('finishes what was booked in between with one command, and then what waited', () => {
    const operator = open().scan({ item: PLAIN }).enter('quantity', '3').scan({ location: SHELF });
    carry(go(operator, 'transfer')).press('CANCEL');
    expect(operator.last).toMatchObject({ type: 'document.finish', linesLeftOpen: 0 });
    operator.press('CANCEL');
    expect(operator.last).toMatchObject({ type: 'document.finish', document: 'order-1' });
    expect(operator.step.ended).toBe('done');
  });

  it('from wherever a walk at random has led', () => {
    const acts: readonly ((operator: Operator) => Operator)[] = [
      ...['look-up', 'transfer', 'count'].map((id) => (operator: Operator) => go(operator, id)),
      ...[PLAIN, BATCH].map((item) => (operator: Operator) => operator.scan({ item })),
      ...[SHELF, OTHER_SHELF].map((location) => (one: Operator) => one.scan({ location })),
      (operator) => operator.read('L-1'),
      (operator) => operator.enter('quantity', '1'),
      (operator) => operator.press('OK'),
      (operator) => operator.press('BACK'),
      (operator) => operator.press('FINISH'),
      (operator) => operator.press('PROBLEM'),
      (operator) => operator.press('UNDO'),
      (operator) => operator.open(ORDER),
    ];
    const walk = fc.array(fc.constantFrom(...acts), { maxLength: 25 });
    fc.assert(
      fc.property(walk, (some) => {
        const operator = some.reduce((one, act) => act(one), open());
        if (operator.step.ended !== undefined) return;
        expect(ended(operator.press('CANCEL', 'CANCEL'))).not.toBe(false);
      }),
      { numRuns: 60, seed },
    );
  });
});

describe('a step that calls', () => {
  const asked = () =>
    open(CALLS).scan({ item: PLAIN }).enter('quantity', '3').scan({ location: SHELF });

  it('waits for OK, is passed over where the file says so, and books nothing before', () => {
    const operator = asked();
    expect(operator.asks).toBe('count');
    expect(operator.words).toEqual(['OK', 'SKIP', 'PROBLEM', 'BACK', 'CANCEL', 'HELP']);
    expect(operator.commands).toEqual([]);
    expect(operator.press('SKIP').last).toMatchObject({ type: 'receive.line' });
  });

  it('that was left stands there again; that was done is done, and the line is whole', () => {
    const operator = asked().press('OK');
    expect(between(operator)).toBe('Receive');
    expect(operator.press('BACK').asks).toBe('count');
    operator.press('OK').scan({ location: SHELF }).scan({ item: PLAIN }).enter('quantity', '9');
    operator.press('FINISH');
    expect(between(operator)).toBeUndefined();
    expect(operator.press('OK').last).toMatchObject({ type: 'receive.line', quantity: 3 });
  });

  it('is taken back by BACK like any answer', () => {
    expect(asked().press('BACK').asks).toBe('location');
  });
});

it('a flow is another one when a flow that it calls is: its revision says so (I-12)', () => {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex');
  const revisionOf = (text: string) => compile(text, hash).workflows[0]?.revision;
  const before = revisionOf(WITH_DETOURS);
  expect(revisionOf(WITH_DETOURS)).toBe(before);
  expect(revisionOf(WITH_DETOURS.replace('en: Look up', 'en: Find'))).not.toBe(before);
});
