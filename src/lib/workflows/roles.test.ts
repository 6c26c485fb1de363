// Roles of a file: what is made of them, and how they are told in every language.

import { describe, expect, it } from 'vitest';
import { onlyWorkflow } from '../../../tests/samples/workflows/warehouse.ts';
import { draw, explain, jsonSchema, LANGUAGES } from './index.ts';

const LABELS = { en: 'Supervisor', nl: 'Leiding', de: 'Leitung', fr: 'Responsable' };
const QUANTITY = `      - ask: quantity
        default: line.open`;
/** With these options of its quantity, or with other steps for it. */
const flow = (options: string, asked = `${QUANTITY}\n${options}`) =>
  onlyWorkflow(`scandock: 1
roles:
  supervisor: { en: Supervisor, nl: Leiding, de: Leitung, fr: Responsable }
workflows:
  - id: issue
    label: { en: Issue, nl: Uitgeven, de: Ausgeben, fr: Sortir }
    icon: factory
    action: materialIssue
    document: shopOrder
    steps:
      - ask: document
      - ask: item
      - ask: location
        when: warehouse.usesLocations
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
${asked}
      - confirm: line
      - repeat: item
    posting: { when: line-complete }
`);

describe('a role', () => {
  it('goes with the workflow that asks for it, and with no other', () => {
    const asks = flow('        over: { role: supervisor }');
    expect(asks.roles).toEqual([{ name: 'supervisor', label: LABELS }]);
    expect(asks.steps.map(({ id }) => id)).toContain('quantity-approval');
  });

  it('puts the yes behind the quantity and before what comes after it, with a reason too', () => {
    const { steps } = flow(`        tolerance: 5%
        over: { reason: required, role: supervisor }
      - ask: reason
        of:
          - { value: A, label: { en: A, nl: A, de: A, fr: A } }
          - { value: B, label: { en: B, nl: B, de: B, fr: B } }`);
    const ids = steps.map(({ id }) => id);
    expect(ids.slice(-5)).toEqual(['quantity', 'quantity-approval', 'reason', 'confirm', 'repeat']);
  });

  it('with the same yes in both arms of an if is asked once', () => {
    const arms = `      - if: line.open > 100
        then:
          - ask: quantity
            over: { role: supervisor }
        else:
          - ask: quantity
            default: line.open
            over: { role: supervisor }`;
    const { steps } = flow('', arms);
    expect(steps.filter((step) => step.kind === 'ask' && step.fact === 'approval')).toHaveLength(1);
  });

  it.each(LANGUAGES)('is told in %s, at the quantity and at its own question', (language) => {
    const asks = flow('        tolerance: 5%\n        over: { role: supervisor }');
    const told = explain(asks, language);
    expect(told.split(LABELS[language]).length - 1).toBe(2);
    expect(told).not.toMatch(/\{\w+\}/);
    expect(draw([asks], language)).toContain('<svg');
  });

  it('is never over where nothing may be over: the sentence stays as it was', () => {
    const plain = explain(flow('        tolerance: 5%\n        over: { role: supervisor }'), 'en');
    expect(plain).toContain('At most 5% more than ordered may come.');
    const none = explain(flow('        over: { role: supervisor }'), 'en');
    expect(none).not.toContain('Never more than is open.');
  });

  it('is known to editors', () => {
    expect(JSON.stringify(jsonSchema())).toContain('"roles"');
  });
});
