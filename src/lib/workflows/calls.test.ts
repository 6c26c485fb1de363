// Flows that call flows, as the reader and the proofs see them: what is put into what, at which
// stations; that a call which never comes back is found; and what whoever runs the warehouse reads.

import { describe, expect, it } from 'vitest';
import { WITH_CALL, WITH_DETOURS } from '../../../tests/samples/workflows/detours.ts';
import { Prover } from './check.ts';
import { machineConfig } from './compile.ts';
import { compile, draw, explain, LANGUAGES } from './index.ts';
import type { CompiledWorkflow } from './index.ts';

const hash = (text: string) => String(text.length);
const all = (text: string) => compile(text, hash).workflows;
const first = (text: string): CompiledWorkflow => {
  const [workflow] = all(text);
  if (workflow === undefined) throw new Error('the sample has mistakes');
  return workflow;
};
const PLACE = { line: 1, column: 1 };

describe('a call', () => {
  it('puts the whole flow into the one that calls, and no level more than there are', () => {
    const receive = first(WITH_DETOURS);
    expect(receive.calls?.map(({ id }) => id)).toEqual(['look-up', 'transfer', 'count']);
    const [lookUp, transfer] = receive.calls ?? [];
    expect(lookUp?.calls).toBeUndefined();
    expect(transfer?.calls?.map(({ id }) => id)).toEqual(['look-up']);
  });

  it('leads to the flow with the settings of the same stations', () => {
    const text = WITH_CALL.replace(
      'scandock: 1\n',
      `scandock: 1
settings: { wait: true }
overrides:
  - stations: ['cold-*']
    settings: { wait: false }
`,
    ).replace(
      '      - ask: quantity # typed',
      '      - show: { en: a, nl: a, de: a, fr: a }\n        when: settings.wait\n      - ask: quantity # typed',
    );
    const [cold, others] = all(text).filter(({ id }) => id === 'receive');
    const shows = (workflow: CompiledWorkflow | undefined) =>
      workflow?.calls?.[0]?.steps.some(({ id }) => id === 'show');
    expect(cold?.only).toEqual(['cold-*']);
    expect([shows(cold), shows(others)]).toEqual([false, true]);
  });

  it('that never comes back is a trap, told with the scans that lead there: planted', () => {
    const { calls: _c, ...whole } = first(WITH_CALL);
    const steps = whole.steps.map((step) => {
      if (step.kind !== 'ask' || step.call === undefined) return step;
      const { skip: _s, ...must } = step;
      return must;
    });
    const proven = (machineOf: typeof machineConfig) =>
      new Prover(machineOf).check({ ...whole, steps }, () => PLACE);
    expect(proven(machineConfig)).toEqual([]);
    const deaf: typeof machineConfig = (id, given) => {
      const made = machineConfig(id, given);
      const { count } = made.states;
      const on = { ...count?.on, RETURNED: [{}] };
      return { ...made, states: { ...made.states, count: { ...count, on } } };
    };
    const found = proven(deaf);
    expect(found.map(({ code }) => code)).toContain('trap');
    expect(found[0]?.message).toContain('“count”');
  });
});

describe('in words', () => {
  it.each(LANGUAGES)(
    '%s: detours, calls and what comes back, with the names of their flows',
    (l) => {
      const told = `${explain(first(WITH_DETOURS), l)}\n${explain(first(WITH_CALL), l)}`;
      for (const { label } of first(WITH_DETOURS).calls ?? []) expect(told).toContain(label[l]);
      expect(told).not.toMatch(/\{\w+\}|undefined|look-up|call:/);
    },
  );

  it('says them in English', () => {
    const told = explain(first(WITH_DETOURS), 'en');
    expect(told).toContain('From every question a touch leads to “Transfer” and back.');
    expect(told).toContain('It brings back: the item.');
    expect(explain(first(WITH_CALL), 'en')).toContain(
      'OK leads to “Count”; when that is done, this goes on.',
    );
  });

  it('and draws them', () => {
    expect(draw([first(WITH_CALL)], 'en')).toContain('Other work');
  });
});
