// What the hub says of a line that Exact has: shown before anybody says that it goes back.

import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  Operator,
  PLAIN,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { Fault } from '../../domain/index.ts';

const opened = () => new Operator().open(anOrder([aLine(PLAIN), aLine(BATCH)], { seq: 2 }));

describe('the answer that Exact has the line', () => {
  const told = { quantity: 4, number: '17', by: 'purchaseReturn' };
  const HAS: Fault = { code: 'ledger.undo-posted', data: told };
  const undone = () => opened().scan({ item: PLAIN, quantity: 4 }).press('UNDO', 'OK');

  it('is shown before anybody says so; OK says it, and the order counts it until Exact took it', () => {
    const operator = undone();
    const [line] = operator.ids;
    operator.refusal(operator.lastId, HAS);
    expect(operator.step).toMatchObject({ signal: 'step', commands: [] });
    expect(operator.step.screen).toMatchObject({
      view: 'reverse',
      back: {
        line: { id: line, itemCode: 'PLAIN', quantity: 4 },
        number: '17',
        by: 'purchaseReturn',
      },
    });
    expect(operator.step.screen.back).not.toHaveProperty('used');
    operator.press('OK');
    expect(operator.last).toMatchObject({
      type: 'line.reverse',
      document: 'order-1',
      target: line,
    });
    expect([operator.asks, operator.done(PLAIN)]).toEqual(['item', 4]);
    expect(operator.press('UNDO').fault).toBe('step.nothing-to-undo');
  });

  it('says who used the goods', () => {
    const used = { operator: 'pick-1', did: 'deliver.line', used: 2, minutes: 5 };
    const operator = undone();
    operator.refusal(operator.lastId, { code: HAS.code, data: { ...told, ...used } });
    expect(operator.step.screen.back).toMatchObject({ used });
  });

  it('I-14: a scan, a touch or a typed value there says nothing', () => {
    const operator = undone();
    operator.refusal(operator.lastId, HAS).scan({ item: BATCH }).choose(PLAIN);
    operator.enter('quantity', '4').read('X');
    expect([operator.step.screen.view, operator.commands.length]).toEqual(['reverse', 2]);
  });

  it('I-11: is left by BACK, CANCEL, FINISH, UNDO; the line stands', () => {
    for (const [word, view] of [
      ['BACK', 'ask'],
      ['CANCEL', 'ask'],
      ['FINISH', 'close'],
      ['UNDO', 'undo'],
    ] as const) {
      const operator = undone();
      operator.refusal(operator.lastId, HAS).press(word);
      expect(operator.step.screen.view).toBe(view);
      expect([operator.done(PLAIN), operator.commands.length]).toEqual([4, 2]);
    }
  });

  it('turns no screen under goods in the hand: it is said, and UNDO finds the line again', () => {
    const operator = undone();
    const undo = operator.lastId;
    operator.scan({ item: BATCH }).refusal(undo, HAS);
    expect([operator.asks, operator.fault]).toEqual(['batch', 'ledger.undo-posted']);
    operator.press('CANCEL', 'UNDO');
    expect(operator.step.screen.taken).toMatchObject([{ itemCode: 'PLAIN' }]);
  });

  it('a word that was refused leaves the line in the list, counted as before', () => {
    const operator = undone();
    operator.refusal(operator.lastId, HAS).press('OK');
    const why: Fault = { code: 'ledger.undo-used', data: { operator: 'pick-1' } };
    operator.refusal(operator.lastId, why);
    expect([operator.fault, operator.done(PLAIN)]).toEqual(['ledger.undo-used', 4]);
    expect(operator.press('UNDO').step.screen.taken).toHaveLength(1);
  });
});
