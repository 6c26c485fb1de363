// Receipts that ask questions of their own, for the tests of answers: short to write, compiled once.

import { compiled } from './random.ts';
import { aLine, anOrder, Operator, PLAIN } from './warehouse.ts';
import type { CompiledWorkflow } from '../../../src/lib/workflows/index.ts';

export const WORD = '{ en: a, nl: a, de: a, fr: a }';
export const HEAD = `scandock: 1
workflows:
  - id: w
    label: ${WORD}
    icon: box
    action: goodsReceipt
    document: purchaseOrder
    posting: { when: line-complete }
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
`;
export const TAIL = `      - ask: location
        when: warehouse.usesLocations
      - confirm: line
`;

/** A receipt with these steps between the goods and their place, and others behind confirm. */
export function workflow(steps: string, behind = ''): CompiledWorkflow {
  const quantity = steps.includes('ask: quantity') ? '' : '      - ask: quantity\n';
  return compiled(`${HEAD}${steps}${quantity}${TAIL}${behind}      - repeat: item\n`);
}

export const LINES = [aLine(PLAIN, { ordered: 10 })];

export function at(steps: string, behind = ''): Operator {
  return new Operator(workflow(steps, behind)).open(anOrder(LINES)).scan({ item: PLAIN });
}

export const ask = (kind: string, more = ''): string =>
  `      - ask: ${kind}\n        prompt: ${WORD}\n${more}`;
export const CHOICES = `        of:
          - { value: wet, label: { en: Wet, nl: Nat, de: Nass, fr: Mouillé } }
          - { value: torn, label: { en: Torn, nl: Kapot, de: Zerrissen, fr: Déchiré } }
`;
export const CONDITION = ask('choice', `        id: condition\n${CHOICES}`);
export const DAMAGED = ask('yes-no', '        id: damaged\n');
export const TEMPERATURE = ask(
  'number',
  '        id: temp\n        unit: °C\n        min: -25\n        max: 8\n        decimals: 1\n',
);

export const answers = (operator: Operator) => {
  const { last } = operator;
  return last !== undefined && 'answers' in last ? last.answers : undefined;
};
