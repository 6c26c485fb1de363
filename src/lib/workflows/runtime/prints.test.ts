// Labels and packing lists: when they are asked for, what stands on them, and that none is asked for
// twice without a word.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  aScan,
  BATCH,
  BULK,
  FRESH,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SERIAL,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { WITH_DETOURS } from '../../../../tests/samples/workflows/detours.ts';
import { Recorder } from '../../../../tests/samples/tapes/recorder.ts';
import { LIMITS } from '../../domain/index.ts';
import type { PrintRequest } from '../../domain/index.ts';
import { compile } from '../index.ts';
import { replay } from '../replay.ts';

const flow = ({ before = '', after = '', order = 'purchaseOrder', action = 'goodsReceipt' }) =>
  onlyWorkflow(`scandock: 1
workflows:
  - id: work
    label: { en: Work, nl: Werk, de: Arbeit, fr: Travail }
    icon: truck
    action: ${action}
    document: ${order}
    together: 2
    steps:
      - ask: document
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
${action === 'goodsReceipt' ? EXPIRY : ''}
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        default: line.open
      - ask: location
        when: warehouse.usesLocations
${before}
      - confirm: line
${after}
      - repeat: item
    posting: { when: document-complete }
`);
const EXPIRY = `      - ask: expiry
        when: item.tracking == "batch" && item.hasExpiry`;
const BATCHES = '        when: item.tracking == "batch"';
const AFTER = flow({ after: `      - print: batch\n        copies: 2\n${BATCHES}` });
const BEFORE = flow({ before: `      - print: item` });
const PACKED = flow({
  ...{ order: 'salesOrder', action: 'goodsDelivery', after: '      - print: packingList' },
});

const requests = ({ commands }: Operator): readonly PrintRequest[] =>
  commands.flatMap((payload) => (payload.type === 'print.request' ? [payload] : []));
const types = ({ commands }: Operator) => commands.map(({ type }) => type);

describe('a label behind confirm', () => {
  it('is asked for with the line, under an id of its own, and nobody waits for it', () => {
    const operator = new Operator(AFTER).open().scan({ item: FRESH, batch: 'L7' });
    operator.enter('expiry', '2027-03-31').press('OK');
    expect(types(operator)).toEqual(['receive.line', 'print.request']);
    expect(new Set(operator.ids).size).toBe(2);
    expect(requests(operator)).toEqual([
      {
        ...{ type: 'print.request', document: 'order-1', order: '4711', prints: 'batch' },
        ...{ copies: 2, itemCode: 'FRESH', itemName: 'Name of FRESH' },
        ...{ batch: 'L7', expiry: '2027-03-31' },
      },
    ]);
    const { screen, signal } = operator.step;
    expect([operator.asks, signal]).toEqual(['item', 'green']);
    expect(screen.labels).toEqual([{ key: 'prints.labels', data: { what: 'FRESH L7', count: 2 } }]);
  });

  it('is asked for again for the next line, though it is of the same batch', () => {
    const operator = new Operator(AFTER).open();
    for (let line = 1; line <= 2; line += 1) {
      operator.scan({ item: BATCH, batch: 'L7' }).enter('quantity', '3');
    }
    expect(types(operator)).toEqual([
      ...['receive.line', 'print.request', 'receive.line', 'print.request'],
    ]);
  });

  it('is not asked for goods that its condition leaves out', () => {
    const operator = new Operator(AFTER).open().scan({ item: PLAIN }).press('OK');
    expect(types(operator)).toEqual(['receive.line']);
    expect(operator.step.screen.labels).toBeUndefined();
  });

  it('I-14 is never asked for by a wrong scan', () => {
    const operator = new Operator(AFTER).open().scan({ item: BATCH }).scan({ item: PLAIN });
    expect(operator.fault).toBeDefined();
    operator.read('x'.repeat(40));
    expect(operator.commands).toEqual([]);
  });
});

describe('how many', () => {
  const copies = (text: string, what = 'item') =>
    flow({ after: `      - print: ${what}\n        copies: ${text}` });

  it.each([
    ['quantity', 'PLAIN', '4', 4],
    ['quantity', 'BULK', '2,5', 3],
    ['line.ordered', 'PLAIN', '4', 10],
    ['line.ordered - 10', 'PLAIN', '4', undefined],
    ['line.ordered * 1000', 'PLAIN', '4', LIMITS.printCopies],
  ])('%s of %s: %s gives %s', (text, code, quantity, many) => {
    const item = code === 'BULK' ? BULK : PLAIN;
    const operator = new Operator(copies(text)).open().scan({ item }).enter('quantity', quantity);
    expect(requests(operator)[0]?.copies).toBe(many);
  });

  it('beyond the most, the screen says that there are no more', () => {
    const operator = new Operator(copies('line.ordered * 1000')).open();
    operator.scan({ item: PLAIN }).press('OK');
    expect(operator.step.screen.labels).toMatchObject([{ key: 'prints.most' }]);
  });

  it('of serial numbers each has its own', () => {
    const serials = flow({
      after: `      - print: serial\n        when: item.tracking == "serial"`,
    });
    const operator = new Operator(serials).open().scan({ item: SERIAL, serial: 'S1' });
    operator.scan({ serial: 'S2' }).press('OK');
    expect(requests(operator)).toMatchObject([{ prints: 'serial', serials: ['S1', 'S2'] }]);
    expect(operator.step.screen.labels).toMatchObject([{ data: { count: 2 } }]);
  });
});

describe('a label before confirm', () => {
  const places = () => anOrder(undefined, { usesLocations: true });

  it('is asked for once a line, however often BACK leads past it', () => {
    const early = flow({
      before:
        '      - print: item\n      - ask: yes-no\n        id: labelled\n        prompt: { en: Is it on?, nl: a, de: a, fr: a }',
    });
    const operator = new Operator(early).open().scan({ item: PLAIN }).press('OK');
    expect(types(operator)).toEqual(['print.request']);
    expect(operator.asks).toBe('labelled');
    operator.press('BACK').press('OK').press('BACK').press('OK');
    expect(types(operator)).toEqual(['print.request']);
    operator.enter('yes-no', 'yes');
    expect(types(operator)).toEqual(['print.request', 'receive.line']);
  });

  it('is another one when the goods are others', () => {
    const early = flow({
      before:
        '      - print: item\n      - ask: yes-no\n        id: labelled\n        prompt: { en: Is it on?, nl: a, de: a, fr: a }',
    });
    const operator = new Operator(early).open().scan({ item: PLAIN }).press('OK');
    operator.press('CANCEL').scan({ item: BULK }).press('OK');
    expect(requests(operator).map(({ itemCode }) => itemCode)).toEqual(['PLAIN', 'BULK']);
    operator.press('CANCEL').scan({ item: PLAIN }).press('OK');
    expect(requests(operator)).toHaveLength(2);
  });

  it('comes with the line when nothing is asked in between', () => {
    const operator = new Operator(BEFORE).open(places()).scan({ item: PLAIN }).press('OK');
    expect(operator.commands).toEqual([]);
    operator.scan({ location: SHELF });
    expect(types(operator)).toEqual(['receive.line', 'print.request']);
  });

  it('of the place may be asked for', () => {
    const place = flow({
      before: '      - print: location\n        when: warehouse.usesLocations',
    });
    const operator = new Operator(place).open(places()).scan({ item: PLAIN }).press('OK');
    operator.scan({ location: SHELF });
    expect(requests(operator)).toMatchObject([{ prints: 'location', place: 'A-01' }]);
  });

  it('of a logistic unit that was passed over there is none', () => {
    const unit = flow({
      before: '      - ask: logisticUnit\n        skip: true\n      - print: logisticUnit',
    });
    const operator = new Operator(unit).open().scan({ item: PLAIN }).press('OK', 'SKIP');
    expect(types(operator)).toEqual(['receive.line']);
    operator.scan({ item: BULK }).press('OK').enter('logisticUnit', '387123450000000012');
    expect(requests(operator)).toMatchObject([{ logisticUnit: '387123450000000012' }]);
  });
});

describe('PRINT', () => {
  it('asks for the last label once more, and says so', () => {
    const operator = new Operator(AFTER).open().scan({ item: BATCH, batch: 'L7' }).press('OK');
    operator.press('PRINT');
    const [first, second] = requests(operator);
    expect(second).toEqual({ ...first, again: true });
    expect(operator.step.screen.labels).toEqual([
      { key: 'prints.label-again', data: { what: 'BATCH L7', count: 2 } },
    ]);
    expect(operator.asks).toBe('item');
  });

  it('also amid the next line, of which it changes nothing', () => {
    const operator = new Operator(AFTER).open().scan({ item: BATCH, batch: 'L7' }).press('OK');
    operator.scan({ item: PLAIN }).press('PRINT');
    expect([operator.asks, requests(operator)[1]?.itemCode]).toEqual(['quantity', 'BATCH']);
    expect(operator.press('OK').last).toMatchObject({ type: 'receive.line', quantity: 10 });
  });

  it('where nothing was asked for is told, and asks for nothing', () => {
    const operator = new Operator(AFTER).open().press('PRINT');
    expect(operator.fault).toBe('step.not-here');
    expect(operator.commands).toEqual([]);
  });
});

describe('a packing list', () => {
  const sales = (id: string, item = PLAIN) =>
    anOrder([aLine(item)], { kind: 'salesOrder', id, number: `SO-${id}` });

  it('is asked for when the order is finished, and not with its lines', () => {
    const operator = new Operator(PACKED).open(sales('1')).scan({ item: PLAIN });
    operator.enter('quantity', '4');
    expect(types(operator)).toEqual(['deliver.line']);
    operator.press('FINISH', 'OK');
    expect(types(operator)).toEqual(['deliver.line', 'document.finish', 'print.request']);
    expect(requests(operator)).toEqual([
      { type: 'print.request', document: '1', order: 'SO-1', prints: 'packingList', copies: 1 },
    ]);
    expect(operator.step.screen.labels).toMatchObject([{ key: 'prints.list' }]);
  });

  it('is one of each order that was worked on', () => {
    const operator = new Operator(PACKED).open(sales('1')).press('MORE').open(sales('2', BULK));
    operator.scan({ item: PLAIN }).press('OK').scan({ item: BULK }).press('OK').press('FINISH');
    expect(requests(operator).map(({ document }) => document)).toEqual(['1', '2']);
    expect(new Set(operator.ids).size).toBe(operator.ids.length);
  });
});

describe('a flow that runs in between', () => {
  const text = WITH_DETOURS.replace(/ *everything: true.*\n/, '').replace(
    /( {4}action: transfer\n[\s\S]*?)( {6}- repeat: item)/,
    (_all, a: string, b: string) => `${a}      - print: item\n${b}`,
  );
  const { workflows, diagnostics } = compile(text, (canonical) => `r${canonical.length}`);
  const receive = workflows.find(({ id }) => id === 'receive');

  it('asks for its labels itself, and the flow behind it goes on', () => {
    expect(diagnostics).toEqual([]);
    const operator = new Operator(receive).open(anOrder([aLine(PLAIN)], { usesLocations: true }));
    operator.scan({ item: PLAIN }).give({ type: 'choose', id: 'call:transfer' });
    operator.scan({ location: SHELF }).scan({ item: BULK }).enter('quantity', '2');
    operator.scan({ location: OTHER_SHELF });
    expect(types(operator)).toEqual(['move.line', 'print.request']);
    expect(operator.step.screen.labels).toMatchObject([{ data: { what: 'BULK' } }]);
    operator.press('PRINT');
    expect(requests(operator)).toMatchObject([{ itemCode: 'BULK' }, { again: true }]);
    operator.press('CANCEL');
    expect(operator.step.screen.labels).toBeUndefined();
    expect(types(operator).slice(3)).toEqual(['document.finish']);
    expect([operator.asks, new Set(operator.ids).size]).toEqual(['quantity', 4]);
  });
});

it('what is asked for is on the tape, and replayed alike', () => {
  const recorder = new Recorder(AFTER);
  recorder.give({ type: 'open', order: anOrder() }, aScan('L7', { item: BATCH, batch: 'L7' }));
  recorder.give({ type: 'press', word: 'OK' }, { type: 'press', word: 'PRINT' });
  const { tape } = recorder;
  const commands = tape.frames.flatMap(({ shown }) => shown.commands.map(({ type }) => type));
  expect(commands).toEqual(['receive.line', 'print.request', 'print.request']);
  expect(replay(tape, [AFTER])).toEqual({ kind: 'identical' });
  expect(replay(tape, [flow({})])).not.toEqual({ kind: 'identical' });
});
