// Steps that print, as the reader makes them and as they are told in every language.

import { describe, expect, it } from 'vitest';
import { onlyWorkflow, SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { PRINTED } from '../domain/index.ts';
import { compile, draw, explain, LANGUAGES } from './index.ts';

const PICK = `scandock: 1
settings: { labels: true, each: 3 }
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
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        default: line.open
      - ask: logisticUnit
        skip: true
      - print: logisticUnit
      - confirm: line
      - if: settings.labels
        then:
          - print: item
            copies: quantity
      - print: batch
        when: item.tracking == "batch"
        copies: settings.each + 1
      - print: serial
        when: item.tracking == "serial"
      - print: location
        when: warehouse.usesLocations
      - print: packingList
        copies: 2
      - repeat: item
    posting: { when: document-complete }
`;

/** What such a step is called. */
const NAMES = /^ *\d+\. (?:Print|Afdrukken|Drucken|Imprimer)\b/;

describe('a step that prints', () => {
  const prints = (text: string) =>
    onlyWorkflow(text).steps.flatMap((step) => (step.kind === 'print' ? [step] : []));

  it('needs no name, and is what a setting makes of it', () => {
    const steps = prints(PICK);
    expect(new Set(steps.map(({ id }) => id)).size).toBe(6);
    expect(new Set(steps.map((step) => step.prints))).toEqual(new Set(PRINTED));
    expect(prints(PICK.replace('labels: true', 'labels: false'))).toHaveLength(5);
  });

  it('is no part of the flow of a station whose settings leave it out', () => {
    const there = PICK.replace(
      'workflows:\n',
      'overrides:\n  - stations: [hand-*]\n    settings: { labels: false }\nworkflows:\n',
    );
    const { workflows, diagnostics } = compile(there, (text) => String(text.length));
    expect(diagnostics).toEqual([]);
    const of = workflows.map(({ steps }) => steps.filter(({ kind }) => kind === 'print').length);
    expect(of).toEqual([5, 6]);
  });

  it.each(LANGUAGES)('is told and drawn in %s, with nothing left open', (language) => {
    const told = explain(onlyWorkflow(PICK), language);
    expect(told).not.toMatch(/\{\w+\}|undefined|\[object/);
    const names = told.split('\n').filter((line) => NAMES.test(line));
    expect(names).toHaveLength(6);
    expect(draw([onlyWorkflow(PICK)], language)).toContain('</svg>');
  });

  it('of anything is refused where nobody can know it, for every kind of goods', () => {
    for (const what of ['batch', 'serial', 'location']) {
      const text = SHIPPED.replace(
        '      - repeat: item',
        `      - print: ${what}\n      - repeat: item`,
      );
      const { diagnostics } = compile(text, (all) => String(all.length));
      expect(diagnostics.map(({ code }) => code)).toContain('print-unknown');
      expect(diagnostics[0]?.path?.length).toBeGreaterThan(1);
    }
  });
});
