// Time travel: what is on a tape, what a changed file would have done with it, and how that is said.
// Failure paths first: tapes of another version, cut, foreign, of workflows that are gone.

import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../tests/samples/tapes/recorder.ts';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import {
  anOrder,
  aScan,
  BATCH,
  deepFreeze,
  FRESH,
  onlyWorkflow,
  PLAIN,
  SERIAL,
  SHELF,
} from '../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../domain/index.ts';
import type { Revision } from '../domain/index.ts';
import { machineConfig } from './compile.ts';
import { compareTapes, difference, readTape, summary } from './index.ts';
import type { CompiledWorkflow, DialogueEvent } from './index.ts';
import { replay } from './replay.ts';
import type { Tape } from './runtime/index.ts';

const NOW = onlyWorkflow(SMALL);
const changed = (from: string, to: string): CompiledWorkflow => {
  expect(SMALL).toContain(from);
  return onlyWorkflow(SMALL.replace(from, to));
};

/** As a file of a product that did not prove as much could be: without the question. */
function lacking(fact: 'expiry' | 'location'): CompiledWorkflow {
  const steps = NOW.steps.filter((step) => step.kind !== 'ask' || step.fact !== fact);
  const machine = machineConfig(NOW.id, steps);
  return { ...NOW, steps, machine, revision: `without ${fact}` as Revision };
}

const press = (word: 'OK' | 'FINISH' | 'BACK'): DialogueEvent => ({ type: 'press', word });
const open = (usesLocations = false): DialogueEvent => ({
  type: 'open',
  order: anOrder(undefined, { usesLocations }),
});
const enter = (fact: 'batch' | 'expiry' | 'quantity', value: string): DialogueEvent => ({
  ...{ type: 'enter', fact, value },
});

const plainReceipt = (): Tape =>
  new Recorder(NOW).give(
    open(),
    aScan('P', { item: PLAIN }),
    press('OK'),
    press('FINISH'),
    press('OK'),
  ).tape;
const freshReceipt = (): Tape =>
  new Recorder(NOW).give(
    open(),
    aScan('F', { item: FRESH }),
    enter('batch', 'B1'),
    enter('expiry', '2027-01-31'),
    enter('quantity', '11'),
    press('FINISH'),
  ).tape;
const placedReceipt = (): Tape =>
  new Recorder(NOW).give(
    open(true),
    aScan('P', { item: PLAIN }),
    press('OK'),
    aScan('A-01', { location: SHELF }),
  ).tape;

const said = (tape: Tape, workflow: CompiledWorkflow): string => {
  const found = replay(tape, [workflow]);
  return difference({ cut: false, replayed: found }, 'en');
};

describe('a line that is no tape is refused with its reason', () => {
  const whole = JSON.stringify(plainReceipt());
  const altered = (change: (tape: Record<string, unknown>) => void): string => {
    const tape = JSON.parse(whole) as Record<string, unknown>;
    change(tape);
    return JSON.stringify(tape);
  };

  it.each([
    ['cut in the middle', whole.slice(0, 200), 'not-whole'],
    ['of another version', altered((tape) => (tape['tape'] = 2)), 'other-version'],
    ['of no version', altered((tape) => delete tape['tape']), 'not-a-tape'],
    ['with a member we do not know', altered((tape) => (tape['operator'] = 'Jan')), 'not-a-tape'],
    ['an array', '[]', 'not-a-tape'],
    ['null', 'null', 'not-a-tape'],
    ['too large', ' '.repeat(LIMITS.tapeBytes + 1), 'too-large'],
  ])('%s', (_name, line, why) => {
    expect(readTape(line)).toMatchObject({ ok: false, why });
  });

  it('says where in it something is wrong', () => {
    const line = altered((tape) => {
      const [frame] = tape['frames'] as { event: { order: { partnerName: string } } }[];
      if (frame !== undefined) frame.event.order.partnerName = 'Jansen';
    });
    expect(readTape(line)).toEqual({
      ok: false,
      why: 'not-a-tape',
      where: 'frames.0.event.order.partnerName',
    });
  });
});

describe('replayed into', () => {
  const more = ['    steps:', '    # a comment\n    steps:'] as const;

  it('the workflow it was recorded with: identical', () => {
    for (const tape of [plainReceipt(), freshReceipt(), placedReceipt()]) {
      expect(replay(deepFreeze(tape), [NOW])).toEqual({ kind: 'identical' });
      expect(replay(tape, [changed(...more)])).toEqual({ kind: 'identical' });
    }
  });

  it('a file without its workflow: it is gone', () => {
    expect(replay(plainReceipt(), [])).toEqual({ kind: 'untold', why: 'gone' });
    expect(replay(plainReceipt(), [{ ...NOW, id: 'other' }])).toMatchObject({ why: 'gone' });
  });

  it('a workflow that asks for a name, which no tape holds: nothing is claimed', () => {
    const supplier = changed(
      'default: line.open',
      `default: 'document.supplier == "X" ? 1.0 : 2.0'`,
    );
    expect(replay(plainReceipt(), [supplier])).toEqual({ kind: 'untold', why: 'names' });
  });

  it('one that asks for more: the first question that is new', () => {
    const receipt = (): Tape =>
      new Recorder(lacking('expiry')).give(
        open(),
        aScan('F', { item: FRESH }),
        enter('batch', 'B1'),
        enter('quantity', '3'),
      ).tape;
    expect(said(receipt(), NOW)).toBe('now asks for the expiry date');
    const six = Array.from({ length: 6 }, receipt);
    const others = [plainReceipt(), plainReceipt()];
    const outcomes = [...compareTapes([...six, ...others], [lacking('expiry')], [NOW])];
    expect(summary(outcomes, 'en')).toBe(
      '2 of 8 receipts identical; 6 now ask for the expiry date',
    );
    const placed = new Recorder(lacking('location')).give(
      ...[open(true), aScan('P', { item: PLAIN }), press('OK')],
    ).tape;
    expect(said(placed, NOW)).toBe('now asks for the location');
  });

  it('one that asks for less, or elsewhere', () => {
    expect(said(freshReceipt(), lacking('expiry'))).toBe('no longer asks for the expiry date');
    const BATCH_STEP = '      - ask: batch\n        when: item.tracking == "batch"\n';
    const EXPIRY =
      '      - ask: expiry\n        when: item.tracking == "batch" && item.hasExpiry\n';
    const swapped = changed(BATCH_STEP + EXPIRY, EXPIRY + BATCH_STEP);
    expect(said(freshReceipt(), swapped)).toBe('asks for the batch at another moment');
  });

  it('one that proposes something else: another quantity is booked', () => {
    expect(said(plainReceipt(), changed('default: line.open', 'default: 1'))).toBe(
      'books another quantity',
    );
  });

  it('one with less tolerance: what was taken is refused; where it was not needed, only the rule differs', () => {
    const strict = changed('tolerance: 10%', 'tolerance: 5%');
    expect(replay(freshReceipt(), [strict])).toEqual({
      kind: 'differs',
      at: 5,
      difference: { kind: 'refuses', fault: 'step.over-tolerance' },
    });
    expect(said(plainReceipt(), strict)).toBe('allows more or less above what was ordered');
    expect(said(plainReceipt(), changed('document-complete', 'budget'))).toBe(
      'goes to Exact at another time',
    );
  });

  it('is total: events that mean nothing in the other workflow break nothing', () => {
    const events: DialogueEvent[] = [
      press('BACK'),
      open(true),
      aScan('S', { item: SERIAL }),
      aScan('SN1'),
      press('OK'),
      aScan('B', { item: BATCH }),
      { type: 'choose', id: 'none' },
      press('FINISH'),
    ];
    const { tape } = new Recorder(NOW).give(...events);
    expect(replay(tape, [{ ...NOW, steps: NOW.steps.slice(0, 2) }])).toMatchObject({});
  });
});

describe('many tapes in one sentence', () => {
  const tapes = [plainReceipt(), plainReceipt(), freshReceipt()];
  const before = [NOW];

  it('in every language, counted, what most do differently first', () => {
    const after = [changed('tolerance: 10%', 'tolerance: 5%')];
    const outcomes = [...compareTapes(tapes, before, after)];
    expect(summary(outcomes, 'en')).toBe(
      '0 of 3 receipts identical; 2 allow more or less above what was ordered; 1 now refuses what was taken',
    );
    expect(summary(outcomes, 'nl')).toBe(
      '0 van 3 ontvangsten gelijk; 2 staan meer of minder boven het bestelde toe; 1 weigert nu wat aangenomen werd',
    );
    expect(summary(outcomes, 'de')).toBe(
      'Wareneingänge: 0 von 3 gleich; 2 erlauben mehr oder weniger über dem Bestellten; 1 lehnt jetzt ab, was angenommen wurde',
    );
    expect(summary(outcomes, 'fr')).toBe(
      '0 réceptions sur 3 identiques; 2 admettent plus ou moins au-delà de la commande; 1 refuse maintenant ce qui était accepté',
    );
  });

  it('tells of the change alone: what an older file did otherwise is not its doing', () => {
    const old = changed('default: line.open', 'default: 1');
    const recordedThen = new Recorder(old).give(
      open(),
      aScan('P', { item: PLAIN }),
      press('OK'),
    ).tape;
    expect(replay(recordedThen, [NOW]).kind).toBe('differs');
    const after = [changed('    steps:', '    stations: [dock]\n    steps:')];
    const outcomes = [...compareTapes([recordedThen], before, after)];
    expect(summary(outcomes, 'en')).toBe('1 of 1 receipts identical');
  });

  it('says how many could not be told, and when there is nothing to compare', () => {
    const cut: Tape = { ...plainReceipt(), cut: true };
    const outcomes = [...compareTapes([...tapes, cut], before, [])];
    expect(summary(outcomes, 'en')).toBe(
      '0 of 4 receipts identical; 4 can’t be compared: their workflow is gone; 1 was recorded only in part',
    );
    expect(summary([], 'en')).toBe('no sessions to compare with');
  });

  it('takes no more tapes than a comparison may hold up anybody', () => {
    function* endless(): Generator<Tape> {
      for (;;) yield tapes[0] ?? plainReceipt();
    }
    expect([...compareTapes(endless(), before, [])]).toHaveLength(LIMITS.tapesCompared);
  });
});
