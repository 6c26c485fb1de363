// A count that is off the books: counted once more, by somebody else where the file wants it, and far
// off with a yes. The books are never shown, and where nobody knows them every count is believed.

import { describe, expect, it } from 'vitest';
import {
  BATCH,
  onlyWorkflow,
  Operator,
  OTHER_SHELF,
  PACK,
  PLAIN,
  SERIAL,
  SHELF,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { CommandId, CountPlace, ItemView, LyingView } from '../../domain/index.ts';
import type { DialogueEvent } from '../types.ts';
import { advance } from './index.ts';

const ROLES = `roles:
  supervisor: { en: Supervisor, nl: Leiding, de: Leitung, fr: Responsable }
`;
const flow = (recount: string, roles = '') =>
  onlyWorkflow(`scandock: 1
${roles}workflows:
  - id: count
    label: { en: Count, nl: Tellen, de: Zählen, fr: Compter }
    icon: clipboard
    action: stockCount
    steps:
      - ask: location
      - ask: item
      - ask: batch
        when: item.tracking == "batch"
      - ask: serial
        when: item.tracking == "serial"
        each: quantity
      - ask: quantity
        recount: ${recount}
      - confirm: line
      - repeat: item
    posting: { when: document-complete }
`);
const TEN = flow(
  '{ tolerance: 10%, pieces: 2, above: { tolerance: 50%, pieces: 5, role: supervisor } }',
  ROLES,
);
const STRICT = flow('{}');
const OTHER = flow('{ by: other }');

const lie = (item: ItemView, quantity: number, place = SHELF, number?: string): LyingView => ({
  goods: { ...item },
  ...{ warehouse: 'Main', location: { id: place.id, code: place.code }, quantity },
  ...(number === undefined ? {} : { number }),
});
const books = (item: ItemView, lies: readonly LyingView[], number?: string): DialogueEvent => ({
  ...{ type: 'looked', planned: [], answer: { lies, more: 0 } },
  ask: { kind: 'item', id: item.id, ...(number === undefined ? {} : { number }) },
});
const atShelf = (workflow = TEN, item: ItemView = PLAIN) =>
  new Operator(workflow).scan({ location: SHELF }).scan({ item });
/** Twenty in this place, and more in another that are none of this count's business. */
const twenty = (workflow = TEN) =>
  atShelf(workflow).give(books(PLAIN, [lie(PLAIN, 20), lie(PLAIN, 500, OTHER_SHELF)]));
const found = (operator: Operator) => (operator.last as CountPlace | undefined)?.found.quantity;

describe('a count that is held against the books', () => {
  it('asks the hub for them while the goods are counted, and shows nothing of them', () => {
    const operator = atShelf();
    expect(operator.step.screen.books).toEqual({
      ...{ state: 'asked', ask: { kind: 'item', id: PLAIN.id } },
    });
    const known = twenty().enter('quantity', '3').step.screen;
    expect(known.books?.state).toBe('known');
    expect(known.look).toBeUndefined();
    expect(known.input).toMatchObject({ value: '' });
    expect(JSON.stringify(known)).not.toMatch(/\b20\b|\b500\b/);
  });

  it.each([
    ['as the books have it', 20],
    ['off by the pieces that do not matter', 22],
    ['the same the other way', 18],
  ])('is believed %s', (_what, quantity) => {
    expect(found(twenty().enter('quantity', String(quantity)))).toBe(quantity);
  });

  it('is asked once more when it is farther off, and no line is booked', () => {
    const operator = twenty().enter('quantity', '23');
    expect(operator.commands).toEqual([]);
    expect(operator.asks).toBe('quantity');
    const { message, prompt } = operator.step.screen;
    expect(message).toEqual({ tone: 'warning', text: { key: 'message.count-again' } });
    expect(prompt).toEqual({ key: 'prompt.recount' });
    expect(found(operator.enter('quantity', '21'))).toBe(21);
  });

  it('is right when it is found twice, also after something else in between', () => {
    const twice = twenty().enter('quantity', '25').enter('quantity', '24').enter('quantity', '25');
    expect(found(twice)).toBe(25);
    expect(twenty(STRICT).enter('quantity', '19').enter('quantity', '18').commands).toEqual([]);
  });

  it('may be nought, twice: nothing is there', () => {
    const operator = twenty(STRICT).enter('quantity', '0');
    expect(operator.asks).toBe('quantity');
    expect(found(operator.enter('quantity', '0'))).toBe(0);
  });

  it('may be counted piece by piece as well, from the beginning each time', () => {
    const operator = twenty(STRICT).scan({ item: PLAIN, pack: PACK });
    expect(operator.step.screen.input).toMatchObject({ value: '7' });
    operator.press('OK');
    expect(operator.step.screen.input).toMatchObject({ value: '' });
    expect(operator.asks).toBe('quantity');
    expect(found(operator.enter('quantity', '7'))).toBe(7);
  });

  it('is no number on a label: that says what was packed', () => {
    const operator = new Operator(TEN)
      .scan({ location: SHELF })
      .scan({ item: PLAIN, quantity: 99 });
    expect(operator.asks).toBe('quantity');
    expect(new Operator(TEN).scan({ quantity: 9 }).scan({ location: SHELF }).commands).toEqual([]);
    const before = new Operator(TEN).scan({ location: SHELF, quantity: 9 }).scan({ item: PLAIN });
    expect(before.asks).toBe('quantity');
  });

  it('is one of a batch where there are batches', () => {
    const operator = atShelf(STRICT, BATCH).read('L1');
    expect(operator.step.screen.books?.ask).toEqual({ kind: 'item', id: BATCH.id, number: 'L1' });
    operator.give(books(BATCH, [lie(BATCH, 4, SHELF, 'L1')], 'L1')).enter('quantity', '5');
    expect(operator.commands).toEqual([]);
    expect(found(operator.enter('quantity', '4'))).toBe(4);
  });

  it.each([
    [
      'while the hub is away',
      () => atShelf().give({ ...books(PLAIN, []), answer: undefined } as never),
    ],
    ['while it has not answered', () => atShelf()],
    [
      'of goods in more places than it tells',
      () => atShelf().give({ ...books(PLAIN, []), answer: { lies: [], more: 3 } } as DialogueEvent),
    ],
  ])('is believed %s', (_what, operator) => {
    expect(found(operator().enter('quantity', '777'))).toBe(777);
  });

  it('is none of serial numbers, of which each was seen', () => {
    expect(atShelf(STRICT, SERIAL).step.screen.books).toBeUndefined();
  });

  it('asks the hub anew for the next line, also of the same goods', () => {
    const operator = twenty().enter('quantity', '20').scan({ item: PLAIN });
    expect(operator.step.screen.books?.state).toBe('asked');
  });

  it('I-11 leaves BACK to the count before, CANCEL to drop the line, and home in two', () => {
    const again = () => twenty().enter('quantity', '3');
    expect(again().press('BACK').step.screen.prompt).toEqual({ key: 'prompt.quantity' });
    expect(again().press('CANCEL').asks).not.toBe('quantity');
    expect(again().press('CANCEL', 'CANCEL').step.ended).toBe('cancelled');
  });
});

describe('far off the books', () => {
  it('somebody with the role says yes to what was found twice', () => {
    const operator = twenty().enter('quantity', '3').enter('quantity', '3');
    expect(operator.asks).toBe('quantity-approval');
    expect(operator.step.screen.prompt).toEqual({ key: 'prompt.approval-count' });
    expect(operator.press('OK').fault).toBe('step.badge-wanted');
    operator.give({ type: 'badge', who: 'key-1', roles: ['supervisor'] });
    expect(operator.last).toMatchObject({
      ...{ found: { quantity: 3 } },
      approvals: [{ step: 'quantity-approval', role: 'supervisor', by: 'key-1' }],
    });
  });

  it('nobody is asked where it is not that far', () => {
    expect(found(twenty().enter('quantity', '24').enter('quantity', '24'))).toBe(24);
  });
});

describe('by: other', () => {
  /** `22` counted by these, one after the other. */
  function counts(...people: (string | undefined)[]) {
    let { state } = twenty(OTHER).step;
    const events = people.map((operator, at) => {
      const commandId = `c-${at}` as CommandId;
      const acting = { today: '2026-06-15', commandId, ...(operator && { operator }) };
      const event = { type: 'enter', fact: 'quantity', value: '22' } as const;
      const step = advance(OTHER, state, event, acting);
      ({ state } = step);
      return step;
    });
    const last = events.at(-1);
    return { fault: last?.screen.message?.fault?.code, booked: last?.commands.length };
  }

  it('the second count is somebody else’s: whoever counted first is named as such', () => {
    expect(counts('anna', 'anna')).toEqual({ fault: 'step.other-counts', booked: 0 });
    expect(counts('anna', 'anna', 'bert')).toEqual({ fault: undefined, booked: 1 });
    expect(counts('anna', 'bert')).toEqual({ fault: undefined, booked: 1 });
  });

  it('signing out makes nobody else of the one who counted', () => {
    expect(counts('anna', undefined)).toEqual({ fault: 'step.other-counts', booked: 0 });
  });

  it('where nobody was signed in anybody counts again', () => {
    expect(counts(undefined, undefined)).toEqual({ fault: undefined, booked: 1 });
    expect(counts(undefined, 'anna')).toEqual({ fault: undefined, booked: 1 });
  });
});
