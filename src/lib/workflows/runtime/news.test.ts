// What the hub says while an operator works: other stations on the same order, and refusals. News
// changes what may still come; it never answers a question or makes a command, and turns a screen only
// where it is the answer to an UNDO and nothing was begun since.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aLine,
  anOrder,
  BATCH,
  onlyWorkflow,
  Operator,
  PLAIN,
  SERIAL,
  SHIPPED,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { OrderView } from '../../domain/index.ts';

const seed = Number(process.env['SEED'] ?? 20_260_615);
const taken = (pending: number, item = PLAIN): OrderView =>
  anOrder([aLine(item, { pending }), aLine(BATCH)], { seq: 2 });
const opened = (item = PLAIN) => new Operator().open(taken(0, item));
const OVER = { code: 'ledger.over-receipt', data: { open: 0, allowed: 0, quantity: 4 } } as const;
const POSTED = { code: 'ledger.already-posted', data: {} } as const;

describe('a changed order', () => {
  it('shows what others did, silently, and keeps what is said on the screen', () => {
    const operator = opened().read('X').hears(taken(3));
    expect(operator.done(PLAIN)).toBe(3);
    expect(operator.fault).toBe('scan.unknown-code');
    expect(operator.step.signal).toBe('none');
  });

  it('does not sound or make green again', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 2 });
    expect(operator.step.signal).toBe('green');
    operator.hears(taken(2));
    expect([operator.step.signal, operator.step.commands]).toEqual(['none', []]);
    expect(operator.step.screen.lines?.[0]?.focus).toBe('just-done');
  });

  it('of another order, or with no order open, changes nothing', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 2 });
    const before = operator.step;
    operator.hears(anOrder([], { id: 'other' }));
    expect(operator.step).toEqual({ ...before, commands: [], signal: 'none' });
    expect(new Operator().hears(anOrder()).step.screen.view).toBe('choose-order');
  });

  it('lowers what is proposed and what may come', () => {
    const operator = opened().choose(PLAIN).hears(taken(7));
    expect(operator.step.screen.input).toMatchObject({ value: '3', max: 4 });
    expect(operator.enter('quantity', '5').fault).toBe('step.over-tolerance');
  });

  it('leaves a typed quantity that no longer fits to be asked again, with the reason, once', () => {
    const order = (pending: number) => ({
      ...taken(pending),
      ...anOrder([aLine(PLAIN, { pending })], { usesLocations: true }),
    });
    const operator = new Operator().open(order(0)).choose(PLAIN).enter('quantity', '8');
    operator.hears(order(7)).press('OK');
    expect([operator.fault, operator.asks]).toEqual(['step.over-tolerance', 'quantity']);
    expect(operator.commands).toEqual([]);
    expect(operator.press('OK').last).toMatchObject({ quantity: 3, location: 'l-1' });
  });

  it('that took the whole rest ends the line with the reason, and the next item is asked', () => {
    for (const act of ['OK', 'enter'] as const) {
      const order = (pending: number) =>
        anOrder([aLine(PLAIN, { pending })], { usesLocations: true });
      const operator = new Operator().open(order(0)).choose(PLAIN).enter('quantity', '8');
      operator.hears(order(11));
      if (act === 'OK') operator.press('OK');
      else operator.scan({ location: { id: 'l-2', code: 'A-02', name: '', warehouseId: 'w' } });
      expect([operator.fault, operator.asks]).toEqual(['step.line-complete', 'item']);
      expect(operator.commands).toEqual([]);
    }
  });

  it('that took the whole rest at the quantity is told at every answer, and BACK and CANCEL help', () => {
    const operator = opened().choose(PLAIN).hears(taken(11));
    expect(operator.press('OK').fault).toBe('step.line-complete');
    expect(operator.enter('quantity', '1').fault).toBe('step.line-complete');
    expect(operator.words).toEqual(expect.arrayContaining(['BACK', 'CANCEL']));
    expect(operator.press('CANCEL').asks).toBe('item');
  });

  it('without the line at work is told by the next answer', () => {
    const operator = opened()
      .choose(PLAIN)
      .hears(anOrder([aLine(BATCH)]));
    expect(operator.press('OK').fault).toBe('step.not-on-order');
    expect(operator.press('CANCEL').asks).toBe('item');
  });

  it('never books serials by itself: fewer open than scanned is asked, as many waits for OK', () => {
    const operator = opened(SERIAL).scan({ item: SERIAL }).read('S1').read('S2').read('S3');
    operator.hears(taken(7, SERIAL));
    expect(operator.step.screen.count).toEqual({ done: 3, of: 3 });
    expect(operator.commands).toEqual([]);
    expect(operator.press('HELP').commands).toEqual([]);
    expect(operator.press('OK').last).toMatchObject({ quantity: 3 });
    const late = opened(SERIAL)
      .scan({ item: SERIAL })
      .read('S1')
      .read('S2')
      .hears(taken(10, SERIAL));
    expect(late.press('OK').fault).toBe('step.over-tolerance');
    expect([late.asks, late.commands]).toEqual(['serial', []]);
    expect(late.press('BACK').press('OK').last).toMatchObject({ serials: ['S1'] });
  });

  it('never turns the question under the operator, whatever a condition makes of it', () => {
    const condition = '"warehouse.usesLocations && line.open > 5"';
    const text = SHIPPED.replace('when: warehouse.usesLocations', `when: ${condition}`);
    // No proof would accept this file; the runtime must be safe without it.
    expect(() => onlyWorkflow(text)).toThrow();
    const workflow = onlyWorkflow(SHIPPED);
    const when = {
      op: '>',
      left: { op: 'get', path: ['line', 'open'] },
      right: { op: 'literal', value: 5 },
    } as const;
    const steps = workflow.steps.map((step) => (step.id === 'location' ? { ...step, when } : step));
    const operator = new Operator({ ...workflow, steps })
      .open(taken(0))
      .scan({ item: PLAIN, quantity: 2 });
    expect(operator.asks).toBe('location');
    operator.hears(taken(6)).press('HELP').read('X');
    expect([operator.asks, operator.commands]).toEqual(['location', []]);
    // BACK puts the questions anew; the line is then complete, and waits for a word.
    operator.press('OK');
    expect(operator.last).toMatchObject({ quantity: 2 });
  });

  it('that asks for more after all questions were answered waits for OK, and then asks it', () => {
    const location = / {6}- ask: location\n(?: {8}.*\n)*/.exec(SHIPPED)?.[0] ?? '';
    const early = SHIPPED.replace(location, '');
    const text = early
      .replace('      - ask: item\n', `${location}      - ask: item\n`)
      .replace('repeat: item', 'repeat: location');
    const operator = new Operator(onlyWorkflow(text)).open(taken(0)).choose(PLAIN);
    const moved = anOrder([aLine(PLAIN)], { usesLocations: true });
    operator.hears(moved).press('OK');
    expect([operator.asks, operator.commands]).toEqual(['confirm', []]);
    expect(operator.words).toEqual(['OK', 'BACK', 'CANCEL', 'HELP']);
    expect(operator.press('OK').asks).toBe('location');
    expect(operator.press('OK').last).toMatchObject({ quantity: 10, location: 'l-1' });
    // The fact is needed no more: still no news and no help books the line, only a word does.
    const waiting = new Operator(operator.workflow).open(taken(0)).choose(PLAIN);
    waiting.hears(moved).press('OK').hears(taken(0)).press('HELP');
    expect([waiting.asks, waiting.commands]).toEqual(['confirm', []]);
    expect(waiting.press('OK').last).toMatchObject({ quantity: 10 });
  });

  it('never makes a command and never another question (property)', () => {
    const acts = fc.array(fc.constantFrom('choose', 'serial', 'batch', 'news', 'refused', 'ok'), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(acts, fc.infiniteStream(fc.nat(12)), (all, numbers) => {
        const operator = opened(SERIAL);
        for (const act of all) {
          const { asks, commands } = { asks: operator.asks, commands: operator.commands.length };
          const number = numbers.next().value ?? 0;
          if (act === 'choose') operator.choose(SERIAL);
          if (act === 'serial') operator.read(`S${number}`);
          if (act === 'batch')
            operator.scan({ item: BATCH, batch: `B${number}`, quantity: number });
          if (act === 'ok') operator.press('OK');
          if (act === 'news') operator.hears(taken(number, SERIAL));
          if (act === 'refused') operator.refusal(operator.ids[number], OVER);
          if (act !== 'news' && act !== 'refused') continue;
          expect(operator.commands).toHaveLength(commands);
          expect(operator.asks).toBe(asks);
        }
      }),
      { numRuns: 200, seed },
    );
  });
});

describe('a refused command', () => {
  it('takes its line out of what is done, and says so loudly', () => {
    const operator = opened()
      .scan({ item: PLAIN, quantity: 4 })
      .refusal('c2' as never, OVER);
    expect(operator.step.signal).toBe('error');
    expect(operator.step.screen.message).toMatchObject({ fault: OVER, read: 'PLAIN' });
    expect(operator.done(PLAIN)).toBe(0);
    expect(operator.words).not.toContain('UNDO');
  });

  it('does not disturb the line in progress', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 4 });
    const line = operator.lastId;
    operator.scan({ item: BATCH }).refusal(line, OVER);
    expect([operator.asks, operator.fault]).toEqual(['batch', OVER.code]);
    expect(operator.read('A').press('OK').last).toMatchObject({ batch: 'A' });
  });

  it('that is not ours is said all the same, and takes nothing out', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 4 }).refusal(undefined, OVER);
    expect([operator.fault, operator.done(PLAIN)]).toEqual([OVER.code, 4]);
  });

  it('is taken out once, also when it is heard twice', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 4 }).scan({ item: PLAIN, quantity: 3 });
    const [, last] = operator.ids;
    operator.refusal(last, OVER).refusal(last, OVER);
    expect(operator.done(PLAIN)).toBe(4);
  });

  it('which was an undo that came too late: the line stands again and is counted', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 4 }).press('UNDO', 'OK');
    expect(operator.done(PLAIN)).toBe(0);
    operator.refusal(operator.lastId, POSTED);
    expect([operator.done(PLAIN), operator.fault]).toEqual([4, POSTED.code]);
    expect(operator.words).toContain('FINISH');
    operator.press('FINISH', 'OK');
    expect(operator.step.screen.prompt).toMatchObject({ data: { lines: 1 } });
  });

  it('which was an undo of a line that never stood takes nothing back', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 4 });
    const line = operator.lastId;
    operator.press('UNDO', 'OK').refusal(line, OVER);
    operator.refusal(operator.lastId, { code: 'ledger.nothing-to-undo', data: {} });
    expect(operator.done(PLAIN)).toBe(0);
    expect(operator.words).not.toContain('FINISH');
  });

  it('which was an undo leaves UNDO to the lines that can still be taken back', () => {
    const operator = opened().scan({ item: PLAIN, quantity: 1 }).scan({ item: PLAIN, quantity: 2 });
    const [first, second] = operator.ids;
    operator.press('UNDO', 'OK');
    expect(operator.last).toMatchObject({ target: second });
    operator.refusal(operator.lastId, POSTED).press('UNDO', 'OK');
    expect(operator.last).toMatchObject({ target: first });
  });
});
