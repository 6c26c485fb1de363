// `recount` of a file: what the steps become, and how it is told in every language.

import { describe, expect, it } from 'vitest';
import { onlyWorkflow } from '../../../tests/samples/workflows/warehouse.ts';
import { explain, LANGUAGES } from './index.ts';

const flow = (recount: string, top = '') =>
  onlyWorkflow(`scandock: 1
${top}workflows:
  - id: count
    label: { en: Count, nl: Tellen, de: Zählen, fr: Compter }
    icon: clipboard
    action: stockCount
    steps:
      - ask: location
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: quantity
        recount: ${recount}
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`);
const ROLES = `roles:
  supervisor: { en: Supervisor, nl: Leiding, de: Leitung, fr: Responsable }
`;
const WHOLE =
  '{ tolerance: 5%, pieces: 2, by: other, above: { pieces: 20, tolerance: 50%, role: supervisor } }';

const quantityOf = (workflow: ReturnType<typeof flow>) =>
  workflow.steps.find(({ id }) => id === 'quantity');

describe('recount', () => {
  it('without anything beside it means every difference', () => {
    expect(quantityOf(flow('{}'))).toMatchObject({ recount: { share: 0, pieces: 0 } });
  });

  it('may be a setting, so that stations differ', () => {
    const workflow = flow('{ tolerance: settings.off }', 'settings:\n  off: 4%\n');
    expect(quantityOf(workflow)).toMatchObject({ recount: { share: 0.04 } });
  });

  it('puts the yes to what is far off behind the count', () => {
    const { steps, roles } = flow(WHOLE, ROLES);
    expect(quantityOf(flow(WHOLE, ROLES))).toMatchObject({ recount: { other: true } });
    const at = steps.findIndex(({ id }) => id === 'quantity-approval');
    expect(steps[at - 1]?.id).toBe('quantity');
    expect(steps[at]).toMatchObject({ fact: 'approval', off: { share: 0.5, pieces: 20 } });
    expect(roles?.map(({ name }) => name)).toEqual(['supervisor']);
  });

  it.each(LANGUAGES)('is told in %s, whole, with how far and who', (language) => {
    const told = explain(flow(WHOLE, ROLES), language);
    expect(told).toMatch(/5.?%/);
    expect(told).toMatch(/50.?%/);
    expect(told).not.toMatch(/\{\w+\}/);
    const shares = ['{}', '{ pieces: 3 }', '{ tolerance: 1% }'].map((each) =>
      explain(flow(each), language),
    );
    expect(new Set(shares).size).toBe(3);
    for (const each of shares) expect(each).not.toMatch(/\{\w+\}|undefined/);
  });
});
