// The laws of a dialogue over random workflows and random events: I-11 (nobody is trapped), I-13
// (a restart equals no restart, by the Operator), I-14 (a wrong scan makes no command), I-15 (what
// is shown is what is recorded), and that every button on a screen does something.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  home,
  next,
  quantities,
  scans,
  walks,
  compiled,
  files,
} from '../../../../tests/samples/workflows/random.ts';
import {
  anItem,
  anOrder,
  FOREIGN,
  ITEMS,
  Operator,
  PLAIN,
  RECEIVE,
} from '../../../../tests/samples/workflows/warehouse.ts';
import type { CompiledWorkflow } from '../index.ts';

const seed = Number(process.env['SEED'] ?? 20_260_615);
const usesLocations = fc.boolean();
/** Milliseconds: each random workflow is proven first, and a machine may have more to do. */
const PATIENCE = 180_000;

/** A walk begins with an order and goods, so that it comes far. */
function begun(workflow: CompiledWorkflow, places: boolean): Operator {
  return new Operator(workflow).open(anOrder(undefined, { usesLocations: places }));
}

describe('over random workflows and 200 random events', () => {
  it(
    'I-11: CANCEL, CANCEL leads home from everywhere',
    () => {
      fc.assert(
        fc.property(
          files,
          usesLocations,
          walks(200, 200),
          fc.integer({ min: 1, max: 200 }),
          (text, places, walk, stop) => {
            let operator = begun(compiled(text), places);
            for (const each of walk.slice(0, stop)) {
              if (operator.step.ended !== undefined) operator = begun(compiled(text), places);
              operator.give(next(operator, each));
            }
            expect(home(operator.press('CANCEL', 'CANCEL'))).toBe(true);
          },
        ),
        { numRuns: 60, seed },
      );
    },
    PATIENCE,
  );

  it(
    'I-14, I-15: a command comes of a sound step only, and says what the screen says',
    () => {
      let lines = 0;
      fc.assert(
        fc.property(files, usesLocations, walks(60), (text, places, walk) => {
          let operator = begun(compiled(text), places);
          for (const each of walk) {
            if (operator.step.ended !== undefined) operator = begun(compiled(text), places);
            const before = operator.step.screen;
            const { commands, screen, signal } = operator.give(next(operator, each)).step;
            expect(commands.length).toBeLessThanOrEqual(1);
            const payload = commands[0]?.payload;
            if (signal === 'error' || signal === 'none') expect(payload).toBeUndefined();
            if (payload?.type === 'receive.line') {
              lines += 1;
              expect(signal).toBe('green');
              const line =
                before.lines?.find(({ id }) => id === payload.line) ??
                screen.lines?.find(({ id }) => id === payload.line);
              const after = screen.lines?.find(({ id }) => id === payload.line);
              expect(after?.focus).toBe('just-done');
              expect(screen.message?.text).toMatchObject({
                data: { quantity: payload.quantity, item: line?.itemCode ?? '' },
              });
              expect(payload.serials?.length ?? payload.quantity).toBe(payload.quantity);
            }
          }
        }),
        { numRuns: 150, seed },
      );
      expect(lines, 'the walks book lines').toBeGreaterThan(60);
    },
    PATIENCE,
  );

  it(
    'no event is dropped in silence, and every button does something',
    () => {
      fc.assert(
        fc.property(files, usesLocations, walks(40), (text, places, walk) => {
          let operator = begun(compiled(text), places);
          for (const each of walk) {
            if (operator.step.ended !== undefined) operator = begun(compiled(text), places);
            const before = operator.step;
            for (const { word } of before.screen.actions) {
              const other = begun(compiled(text), places);
              other.step = before;
              const after = other.press(word).step;
              if (word === 'HELP' && before.screen.help === true) continue;
              // The same OK may be wrong twice where a number stands beside it.
              const again = word === 'OK' && before.screen.asks === 'quantity';
              if (again && after.signal === 'error') continue;
              expect(after.screen, `${word} at ${before.screen.step}`).not.toEqual(before.screen);
              expect(after.signal, `${word} at ${before.screen.step}`).not.toBe('error');
            }
            const event = next(operator, each);
            operator.give(event);
            const acts = !['order', 'found'].includes(event.type);
            if (acts)
              expect(operator.step.signal !== 'none' || operator.step.screen.help).toBe(true);
          }
        }),
        { numRuns: 60, seed },
      );
    },
    PATIENCE,
  );
});

describe('a wrong scan never makes a command (I-14)', () => {
  it(
    'whatever the step, whatever it holds',
    () => {
      const wrong = fc.oneof(
        fc.record({
          location: fc.constant(FOREIGN),
          item: fc.constantFrom(...ITEMS),
          quantity: quantities,
        }),
        fc.record({
          item: fc.constant(anItem('ELSE')),
          batch: fc.constant('A'),
          quantity: fc.constant(1),
        }),
        fc.record({
          item: fc.constantFrom(...ITEMS),
          expiry: fc.constant('2020-01-01'),
          quantity: fc.constant(1),
        }),
      );
      fc.assert(
        fc.property(fc.array(scans, { maxLength: 6 }), wrong, (path, bad) => {
          const operator = begun(RECEIVE, true);
          for (const event of path) operator.give(event);
          const made = operator.commands.length;
          operator.scan(bad);
          expect(operator.commands).toHaveLength(made);
          expect(operator.step.signal).toBe('error');
        }),
        { numRuns: 300, seed },
      );
    },
    PATIENCE,
  );
});

describe('one event, one answer', () => {
  it('the end of a line is the same after any number of presses of HELP', () => {
    const operator = begun(RECEIVE, false)
      .scan({ item: PLAIN })
      .press('HELP', 'HELP', 'HELP', 'OK');
    expect(operator.commands).toHaveLength(1);
  });
});
