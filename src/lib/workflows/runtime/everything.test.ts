// Everything in a place with one word: nothing is taken that nobody saw, and the proofs walk it.
// Whole visits stand in tests/stories/transfer/everything*.

import { describe, expect, it } from 'vitest';
import { onlyWorkflow, Operator, PLAIN } from '../../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../../domain/index.ts';
import type { LyingView } from '../../domain/index.ts';
import { Prover } from '../check.ts';
import { machineConfig } from '../compile.ts';

const CARRY = `scandock: 1
workflows:
  - id: carry
    label: { en: Carry, nl: Dragen, de: Tragen, fr: Porter }
    icon: arrows
    action: transfer
    posting: { when: line-complete }
    steps:
      - ask: location
      - ask: item
        everything: true
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
      - ask: yes-no
        id: whole
        prompt: { en: Whole?, nl: Heel?, de: Heil?, fr: Entier ? }
      - ask: to
      - confirm: line
      - repeat: item
`;
const WORKFLOW = onlyWorkflow(CARRY);
const goods = { id: 'i', code: 'BOLT', name: 'Bolt', unit: 'pc', tracking: 'none' } as const;
const bolts: LyingView = { goods, warehouse: 'W', quantity: 3 };
const place = (code: string) => ({ location: { id: code, code, name: '', warehouseId: 'w' } });

function shown(lies: readonly LyingView[], more = 0): Operator {
  const operator = new Operator(WORKFLOW).scan(place('A-01'), 'A-01').press('ALL');
  const ask = { kind: 'location', id: 'A-01' } as const;
  return operator.give({ type: 'looked', ask, answer: { lies, more }, planned: [] });
}

describe('everything in a place', () => {
  const batch = { ...goods, id: 'b', code: 'GLUE', tracking: 'batch' } as const;
  it.each<[string, readonly LyingView[], number]>([
    ['of nothing', [], 0],
    ['below nought', [bolts, { ...bolts, quantity: -1 }], 0],
    ['a batch item without its batch', [bolts, { ...bolts, goods: batch }], 0],
    ['more than is shown', [bolts], 1],
    ['more than one word carries', Array(LIMITS.everythingRows + 1).fill(bolts), 0],
  ])('is not taken: %s', (_why, lies, more) => {
    for (const taken of ['OK', 'ALL'] as const) {
      const operator = shown(lies, more).press(taken);
      expect(operator.fault).toBe('step.not-here');
      expect(operator.step.screen.look?.state).toBe('known');
      expect(operator.commands).toEqual([]);
    }
    expect(shown(lies, more).scan(place('A-02'), 'A-02').fault).toBe('step.not-here');
  });

  it('is not taken before anybody saw it, and an answer about another place is none', () => {
    const operator = new Operator(WORKFLOW).scan(place('A-01'), 'A-01').press('ALL', 'OK');
    expect(operator.fault).toBe('step.not-here');
    const ask = { kind: 'location', id: 'A-02' } as const;
    operator.give({ type: 'looked', ask, answer: { lies: [bolts], more: 0 }, planned: [] });
    expect(operator.press('OK').fault).toBe('step.not-here');
  });

  it('puts questions of the file once, and their answers travel with all of it', () => {
    const operator = shown([bolts]).scan(place('A-02'), 'A-02');
    expect(operator.asks).toBe('whole');
    operator.enter('yes-no', 'yes');
    expect(operator.last).toMatchObject({
      ...{ type: 'move.line', item: 'i', quantity: 3, answers: [{ step: 'whole', value: true }] },
      everything: { place: 'A-01', others: [] },
    });
  });

  it('is no line to repeat, and goods that are scanned instead are taken one by one', () => {
    const operator = shown([bolts]).scan(place('A-02'), 'A-02').enter('yes-no', 'yes');
    expect(operator.press('REPEAT').fault).toBe('step.nothing-to-repeat');
    expect(shown([bolts]).scan({ item: PLAIN }).asks).toBe('quantity');
  });

  it('is walked by the proofs: what is taken and then goes nowhere is a trap', () => {
    const nowhere = () => ({ line: 1, column: 1 });
    expect(new Prover().check(WORKFLOW, nowhere)).toEqual([]);
    const lost = new Prover((id, steps) => {
      const made = machineConfig(id, steps);
      const { item, undo } = made.states;
      const accept = { type: 'accept', params: { asks: 'item' } };
      const OK = [{ guard: 'isEmptying', target: 'pit', actions: accept }, { actions: accept }];
      const deaf = Object.fromEntries(Object.keys(undo?.on ?? {}).map((word) => [word, [{}]]));
      const pit = { on: { ...deaf, SCAN: [{ target: 'item' }] } };
      return {
        ...made,
        states: { ...made.states, item: { ...item, on: { ...item?.on, OK } }, pit },
      };
    });
    const without = onlyWorkflow(CARRY.replace('        everything: true\n', ''));
    const codes = (of: typeof WORKFLOW) => lost.check(of, nowhere).map(({ code }) => code);
    expect(codes(without)).toEqual([]);
    expect(codes(WORKFLOW)).toContain('no-way-home');
  });
});
