// A place that is asked above the step that `repeat` names stays for the next line: until another
// one is scanned, or BACK. Whichever comes first, the place or the goods, makes no difference.

import { describe, expect, it } from 'vitest';
import {
  anOrder,
  BATCH,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  PLAIN,
  SHELF,
  SHIPPED,
  shippedOnly,
} from '../../../../tests/samples/workflows/warehouse.ts';

const counting = () => new Operator(onlyWorkflow(shippedOnly('count')));
const carrying = () => new Operator(onlyWorkflow(shippedOnly('transfer')));
const places = (operator: Operator) =>
  operator.step.screen.known.filter(({ fact }) => fact === 'location' || fact === 'to');
const STAYS = [{ fact: 'location', text: 'A-01', stays: true }];

/** One line counted in A-01. */
const counted = () =>
  counting().scan({ location: SHELF }).scan({ item: PLAIN }).enter('quantity', '3');

describe('the place of a line stays for the next', () => {
  it('and is shown as what it is: where the work goes on', () => {
    const operator = counted();
    expect([operator.asks, places(operator)]).toEqual(['item', STAYS]);
    operator.scan({ item: PLAIN }).enter('quantity', '4');
    expect(operator.last).toMatchObject({ location: 'l-1', found: { quantity: 4 } });
  });

  it('until another is scanned, before the goods or after them', () => {
    for (const facts of [
      [{ location: OTHER_SHELF }, { item: PLAIN }],
      [{ item: PLAIN }, { location: OTHER_SHELF }],
      [{ item: PLAIN, location: OTHER_SHELF }],
    ]) {
      const operator = counted();
      for (const each of facts) operator.scan(each);
      expect(places(operator)).toEqual([{ fact: 'location', text: OTHER_SHELF.code }]);
      expect(operator.enter('quantity', '4').last).toMatchObject({ location: OTHER_SHELF.id });
    }
  });

  it('or until BACK, which asks it anew; the next BACK shows what was done', () => {
    const operator = counted().press('BACK');
    expect([operator.asks, places(operator)]).toEqual(['location', []]);
    expect(operator.press('BACK').step.screen.view).toBe('close');
  });

  it('scanned once more it is an answer of this line, and the same place', () => {
    const operator = counted().scan({ location: SHELF });
    expect([operator.fault, places(operator)]).toEqual([
      undefined,
      [{ fact: 'location', text: 'A-01' }],
    ]);
  });

  it('when the line is dropped, and when its first answer is taken back', () => {
    for (const word of ['CANCEL', 'BACK'] as const) {
      const operator = counted().scan({ item: PLAIN }).press(word);
      expect([operator.asks, places(operator)]).toEqual(['item', STAYS]);
    }
  });

  it('but not when the line that is dropped was in another place', () => {
    const operator = counted().scan({ location: OTHER_SHELF }).scan({ item: PLAIN });
    expect(operator.press('CANCEL').asks).toBe('location');
  });
});

describe('a place that stays is no line in progress (I-11)', () => {
  it('the work can be finished, and the last line taken back', () => {
    expect(counted().words).toEqual(['FINISH', 'UNDO', 'BACK', 'HELP']);
    expect(counted().press('UNDO', 'OK').last).toMatchObject({ type: 'line.undo' });
    expect(counted().press('FINISH').step.ended).toBe('done');
    expect(counted().press('CANCEL').step.ended).toBe('done');
  });
});

describe('of goods that are carried', () => {
  const carried = () =>
    carrying()
      .scan({ location: SHELF })
      .scan({ item: PLAIN })
      .enter('quantity', '3')
      .scan({ location: OTHER_SHELF });

  it('it is the place they come from; where they go is asked each time', () => {
    const operator = carried();
    expect([operator.asks, places(operator)]).toEqual(['item', STAYS]);
    operator.scan({ item: PLAIN }).enter('quantity', '1');
    expect(operator.asks).toBe('to');
    // Goods are not carried to where they are.
    expect(operator.scan({ location: SHELF }).fault).toBe('step.same-place');
    expect(operator.scan({ location: OTHER_SHELF }).last).toMatchObject({
      from: { location: 'l-1' },
      to: { location: OTHER_SHELF.id },
    });
  });

  it('before the goods a place is where they come from, after them where they go', () => {
    const from = carried().scan({ location: OTHER_SHELF }).scan({ item: PLAIN });
    expect(places(from)).toEqual([{ fact: 'location', text: OTHER_SHELF.code }]);
    const to = carried().scan({ item: BATCH }).scan({ location: OTHER_SHELF });
    expect(places(to)).toEqual([...STAYS, { fact: 'to', text: OTHER_SHELF.code }]);
  });
});

it('on an order it stays until the order is left', () => {
  const location = `      - ask: location
        when: warehouse.usesLocations
        suggest: item.defaultLocation
`;
  const first = SHIPPED.replace(location, '').replace(
    '      - ask: item\n',
    '      - ask: location\n        when: warehouse.usesLocations\n      - ask: item\n',
  );
  const workflow = onlyWorkflow(first);
  const operator = new Operator(workflow).open(anOrder(undefined, { usesLocations: true }));
  operator.scan({ location: SHELF }).scan({ item: PLAIN }).enter('quantity', '1');
  expect([operator.asks, places(operator)]).toEqual(['item', STAYS]);
  operator.press('UNDO', 'OK', 'CANCEL');
  expect([operator.asks, places(operator)]).toEqual(['document', []]);
});
