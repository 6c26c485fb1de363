// The zero check: asked once after the line that should have emptied its place, never in the way,
// and walked by the proofs. Whole visits stand in tests/stories/pick/zero-check*.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  onlyWorkflow,
  Operator,
  PLAIN,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { OrderView, SourceView } from '../../domain/index.ts';
import { Prover } from '../check.ts';
import { machineConfig } from '../compile.ts';

const PICK = `scandock: 1
workflows:
  - id: pick
    label: { en: Pick, nl: Picken, de: Kommissionieren, fr: Prélever }
    icon: box
    action: goodsDelivery
    document: salesOrder
    steps:
      - ask: document
      - ask: item
      - ask: location
        when: warehouse.usesLocations
        suggest: line.source
        zeroCheck: true
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        default: line.open
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`;
const CHECKED = onlyWorkflow(PICK);
const ENDING = onlyWorkflow(
  PICK.replace(
    '      - repeat: item\n',
    '      - if: line.open == 0\n        then:\n          - end: work\n      - repeat: item\n',
  ),
);
const PLACE = { id: 'l-1', code: 'A-01' };

function orderWith(...sources: SourceView[]): OrderView {
  const line = aLine(PLAIN, { ordered: 3, sources });
  return { ...anOrder(undefined, { usesLocations: true }), kind: 'salesOrder', lines: [line] };
}

/** Takes `quantity` of the three from the shelf. */
function picked(order: OrderView, quantity: string, workflow = CHECKED): Operator {
  const operator = new Operator(workflow).open(order).choose(PLAIN);
  const location = { ...PLACE, name: '', warehouseId: 'w' };
  return operator.scan({ location }, 'A-01').enter('quantity', quantity);
}

describe('the zero check', () => {
  it.each([
    ['something should be left', orderWith({ location: PLACE, quantity: 3 }), '2'],
    ['the books never said that anything lay there', orderWith(), '3'],
    [
      'only another place should be empty',
      orderWith({ location: { id: 'x', code: 'X' }, quantity: 3 }),
      '3',
    ],
  ])('is not put where %s', (_why, order, quantity) => {
    expect(picked(order, quantity).step.screen).toMatchObject({ view: 'ask' });
  });

  it('counts what was taken there before, and names goods and place', () => {
    const operator = picked(orderWith({ location: PLACE, quantity: 3 }), '1');
    operator.choose(PLAIN).press('OK').enter('quantity', '2');
    const { screen, signal } = operator.step;
    expect(signal).toBe('green');
    expect(screen).toMatchObject({
      view: 'problem',
      prompt: { key: 'problem.empty', data: { item: 'PLAIN', place: 'A-01' } },
      actions: [{ word: 'OK', key: 'remedy.place-empty' }, { word: 'BACK' }, { word: 'HELP' }],
    });
  });

  it('reports nothing when nothing is left, whichever way it is said', () => {
    const order = orderWith({ location: PLACE, quantity: 3 });
    const ways = [
      picked(order, '3').press('OK'),
      picked(order, '3').give({ type: 'choose', id: 'left-there' }).enter('quantity', '0'),
      picked(order, '3').press('BACK'),
      picked(order, '3').press('CANCEL'),
    ];
    for (const operator of ways) {
      expect(operator.commands.map(({ type }) => type)).toEqual(['deliver.line']);
      expect(operator.asks).toBe('item');
    }
  });

  it('reports what is left with its goods and place, once', () => {
    const operator = picked(orderWith({ location: PLACE, quantity: 3 }), '3');
    operator.give({ type: 'choose', id: 'left-there' }).enter('quantity', '7');
    expect(operator.last).toMatchObject({
      ...{ type: 'exception.report', exception: 'zero-check', remedy: 'left-there' },
      ...{ itemCode: 'PLAIN', line: 'line-PLAIN', place: 'A-01', quantity: 7 },
    });
    expect(operator.press('OK').commands).toHaveLength(2);
  });

  it('is left out where the work ends with the line', () => {
    const operator = picked(orderWith({ location: PLACE, quantity: 3 }), '3', ENDING);
    expect(operator.step.screen.view).toBe('close');
    expect(operator.press('OK').step.screen.view).toBe('ended');
  });

  it('is walked by the proofs: one that hears neither OK, a touch nor BACK is a trap', () => {
    const nowhere = () => ({ line: 1, column: 1 });
    expect(new Prover().check(CHECKED, nowhere)).toEqual([]);
    const deaf = new Prover((id, steps) => {
      const made = machineConfig(id, steps);
      const { problem } = made.states;
      const on = { ...problem?.on, OK: [{}], CHOOSE: [{}], BACK: [{}] };
      return { ...made, states: { ...made.states, problem: { ...problem, on } } };
    });
    // Nothing else leads to a problem here.
    const checked = PICK.replace('    steps:', '    exceptions: []\n    steps:');
    const unchecked = checked.replace('        zeroCheck: true\n', '');
    const found = (text: string) => deaf.check(onlyWorkflow(text), nowhere);
    expect(found(checked)).toMatchObject([{ code: 'trap' }]);
    expect(found(unchecked)).toEqual([]);
  });
});
