// A yes by badge: who may give it, to how much, and that nobody is trapped without it.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  onlyWorkflow,
  Operator,
  PLAIN,
  SERIAL,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { Recorder } from '../../../../tests/samples/tapes/recorder.ts';
import { aScan } from '../../../../tests/samples/workflows/warehouse.ts';
import type { ReceiveLine } from '../../domain/index.ts';
import { readTape } from '../index.ts';
import { replay } from '../replay.ts';

const ROLES = `roles:
  supervisor: { en: Supervisor, nl: Leiding, de: Leitung, fr: Responsable }`;
const flow = (quantity: string, more = '') =>
  onlyWorkflow(`scandock: 1
${ROLES}
workflows:
  - id: receive
    label: { en: Receive, nl: Ontvangen, de: Wareneingang, fr: Réception }
    icon: truck
    action: goodsReceipt
    document: purchaseOrder
    steps:
      - ask: document
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: expiry
        when: item.tracking == "batch" && item.hasExpiry
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
${quantity}
${more}
      - ask: location
        when: warehouse.usesLocations
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`);
const TEN = flow('        tolerance: 10%\n        over: { role: supervisor }');
const NONE = flow('        over: { role: supervisor }');
const FREE = flow(
  '        tolerance: 10%',
  '      - ask: approval\n        role: supervisor\n        when: line.over > 0',
);

const badge = (...roles: string[]) => ({ type: 'badge', who: 'key-1', roles }) as const;
const YES = badge('office', 'supervisor');
const YES_TO = (over: number) => ({
  step: 'quantity-approval',
  role: 'supervisor',
  by: 'key-1',
  over,
});
const approvals = (operator: Operator) => (operator.last as ReceiveLine | undefined)?.approvals;

describe('what goes over the tolerance', () => {
  it.each([
    ['a badge of somebody else', () => badge('office'), 'step.not-approved'],
    ['OK', () => ({ type: 'press', word: 'OK' }) as const, 'step.badge-wanted'],
    ['the goods once more', () => aScan('P', { item: PLAIN }), 'step.not-expected'],
    ['a text', () => ({ type: 'enter', fact: 'approval', value: 'yes' }) as const, 'step.not-here'],
    ['a printed answer', () => aScan('SD:=yes', { answer: 'yes' }), 'step.not-expected'],
  ])('I-14 is not answered by %s', (_what, event, code) => {
    const operator = new Operator(TEN).open().scan({ item: PLAIN }).enter('quantity', '12');
    expect(operator.asks).toBe('quantity-approval');
    expect(operator.give(event()).fault).toBe(code);
    expect(operator.commands).toEqual([]);
    expect(operator.asks).toBe('quantity-approval');
    expect(operator.give(YES).last).toMatchObject({ quantity: 12 });
  });

  it('takes a yes of the role, and the line tells whose and to how much', () => {
    const operator = new Operator(TEN).open().scan({ item: PLAIN }).enter('quantity', '12');
    const { screen } = operator.step;
    expect(screen.badge?.name).toBe('supervisor');
    expect(screen.prompt).toEqual({ key: 'prompt.approval-over', data: { over: 2, unit: 'pc' } });
    expect(screen.input).toBeUndefined();
    operator.give(YES);
    expect(approvals(operator)).toEqual([YES_TO(2)]);
    expect(operator.step.signal).toBe('green');
  });

  it('is asked from the first piece on where the file has no tolerance, and never within it', () => {
    const without = new Operator(NONE).open().scan({ item: PLAIN }).enter('quantity', '11');
    expect(without.asks).toBe('quantity-approval');
    const within = new Operator(TEN).open().scan({ item: PLAIN }).enter('quantity', '11');
    expect(within.last).toMatchObject({ quantity: 11 });
    expect(approvals(within)).toBeUndefined();
  });

  it('I-11 leaves BACK to take fewer, CANCEL to drop the line, and home in two', () => {
    const asked = () => new Operator(TEN).open().scan({ item: PLAIN }).enter('quantity', '12');
    expect(asked().words).toEqual(expect.arrayContaining(['BACK', 'CANCEL', 'HELP']));
    expect(asked().press('BACK').enter('quantity', '10').last).toMatchObject({ quantity: 10 });
    expect(asked().press('CANCEL').asks).toBe('item');
    expect(asked().press('CANCEL', 'CANCEL').asks).toBe('document');
  });

  it('comes with what is open: a line that is complete stays so, as without a role', () => {
    const full = anOrder([aLine(PLAIN, { done: 10 }), aLine(SERIAL)]);
    expect(new Operator(NONE).open(full).scan({ item: PLAIN }).fault).toBe('step.line-complete');
  });

  it('is taken back with BACK: another quantity wants another yes', () => {
    const order = anOrder([aLine(PLAIN)], { usesLocations: true });
    const operator = new Operator(TEN).open(order).scan({ item: PLAIN }).enter('quantity', '12');
    expect(operator.give(YES).asks).toBe('location');
    const known = operator.step.screen.known.find(({ fact }) => fact === 'approval');
    expect(known).toMatchObject({ text: 'supervisor', said: { label: { en: 'Supervisor' } } });
    operator.press('BACK', 'BACK').enter('quantity', '20');
    expect(operator.asks).toBe('quantity-approval');
    expect(approvals(operator.give(YES).scan({ location: SHELF }))).toEqual([YES_TO(10)]);
  });

  it('wants another yes when others took some meanwhile, and none when the order grew', () => {
    const order = (line: object) => anOrder([aLine(PLAIN, line)], { usesLocations: true, seq: 2 });
    const said = () =>
      new Operator(TEN).open(order({})).scan({ item: PLAIN }).enter('quantity', '12').give(YES);
    const more = said().hears(order({ pending: 4 }));
    expect(more.asks).toBe('location');
    expect(more.scan({ location: SHELF }).asks).toBe('quantity-approval');
    expect(more.commands).toEqual([]);
    expect(approvals(more.give(YES))).toEqual([YES_TO(6)]);
    const grown = said()
      .hears(order({ ordered: 12 }))
      .scan({ location: SHELF });
    expect(grown.last).toMatchObject({ quantity: 12 });
    expect(approvals(grown)).toBeUndefined();
  });

  it('a badge that nobody asks for changes nothing but the message', () => {
    const operator = new Operator(TEN).open().scan({ item: PLAIN });
    const { state } = operator.step;
    expect(operator.give(YES).fault).toBe('step.not-here');
    expect(operator.press('BACK').asks).toBe('item');
    expect(state.revision).toBe(operator.step.state.revision);
  });
});

describe('ask: approval', () => {
  it('is put where its condition holds, and its yes is to no quantity', () => {
    const operator = new Operator(FREE).open().scan({ item: PLAIN }).enter('quantity', '11');
    expect(operator.asks).toBe('approval');
    expect(approvals(operator.give(YES))).toEqual([
      { step: 'approval', role: 'supervisor', by: 'key-1' },
    ]);
    const within = new Operator(FREE).open().scan({ item: PLAIN }).enter('quantity', '9');
    expect(approvals(within)).toBeUndefined();
    expect(within.commands).toHaveLength(1);
  });
});

it('a tape holds neither who said yes nor who used goods, and plays back the same', () => {
  const recorder = new Recorder(TEN).give(
    { type: 'open', order: anOrder() },
    aScan('P', { item: PLAIN }),
    { type: 'enter', fact: 'quantity', value: '12' },
    { type: 'badge', who: 'key-1', roles: ['supervisor'] },
  );
  expect(recorder.text).toContain('"type":"badge"');
  expect(recorder.text).toContain('"over":2');
  expect(recorder.text).not.toContain('key-1');
  expect(readTape(recorder.text)).toEqual({ ok: true, tape: recorder.tape });
  expect(replay(recorder.tape, [TEN])).toEqual({ kind: 'identical' });
  const named = recorder.text.replace('"who":""', '"who":"key-1"');
  expect(readTape(named)).toMatchObject({ ok: false, why: 'not-a-tape' });
});
