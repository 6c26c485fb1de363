// `check: digits`: what proves that somebody stands before the place that is shown, and what does not.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  aScan,
  onlyWorkflow,
  Operator,
  PLAIN,
} from '../../../../tests/samples/workflows/warehouse.ts';
import { placeDigits } from '../../domain/index.ts';
import type { Facts, SourceView } from '../../domain/index.ts';

const CHECKED = onlyWorkflow(`scandock: 1
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
        check: digits
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`);
const PLACE = { id: 'l-1', code: 'A-01' };
const SHELF = { ...PLACE, name: '', warehouseId: 'w' };
const RIGHT = placeDigits('A-01');
const WRONG = placeDigits('A-02');

/** At the question for the place, with the goods in the hand. */
function asked(...sources: SourceView[]): Operator {
  const line = aLine(PLAIN, { ordered: 3, sources });
  const order = anOrder(undefined, { usesLocations: true });
  const lines = [line];
  return new Operator(CHECKED).open({ ...order, kind: 'salesOrder', lines }).choose(PLAIN);
}
const shown = () => asked({ location: PLACE, quantity: 9 });

/** A code from the keys of the glass. */
function typed(operator: Operator, text: string, ...facts: Facts[]): Operator {
  const event = aScan(text, ...facts);
  if (event.type !== 'scan') throw new Error('a scan was made');
  const raw = { ...event.scan.raw, device: 'typed' };
  return operator.give({ ...event, scan: { ...event.scan, raw } });
}

describe('check: digits', () => {
  it('asks for them by the name of the place, and no button takes the place', () => {
    const { screen } = shown().step;
    expect(screen.prompt).toEqual({ key: 'prompt.check-digits', data: { place: 'A-01' } });
    expect(screen.actions.map(({ word }) => word)).not.toContain('OK');
  });

  it.each([
    ['the digits, typed', () => typed(shown(), RIGHT)],
    ['the digits, scanned', () => shown().read(RIGHT)],
    [
      'the digits, though they are the code of something else too',
      () => shown().scan({ item: PLAIN }, RIGHT),
    ],
    ['the barcode of the place', () => shown().scan({ location: SHELF }, 'A-01')],
  ])('takes %s', (_what, act) => expect(act().asks).toBe('quantity'));

  it.each([
    ['OK', () => shown().press('OK'), 'step.scan-it'],
    ['other digits, typed', () => typed(shown(), WRONG), 'step.wrong-digits'],
    ['other digits, scanned', () => shown().read(WRONG), 'step.wrong-digits'],
    [
      'the code of the place, typed',
      () => typed(shown(), 'A-01', { location: SHELF }),
      'step.digits-wanted',
    ],
  ] as const)('I-14: does not take %s', (_what, act, code) => {
    const operator = act();
    expect(operator.fault).toBe(code);
    expect(operator.asks).toBe('location');
    expect(operator.commands).toEqual([]);
  });

  it('takes digits that are the barcode of other goods as what they are', () => {
    expect(shown().scan({ location: { ...SHELF, id: 'l-7', code: WRONG } }, WRONG).asks).toBe(
      'quantity',
    );
  });

  it('lets places be scanned and typed as ever where none is shown', () => {
    expect(typed(asked(), 'A-01', { location: SHELF }).asks).toBe('quantity');
    expect(asked().scan({ location: SHELF }, 'A-01').asks).toBe('quantity');
  });
});
