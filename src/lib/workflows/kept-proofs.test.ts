// What was proven before is not walked again, and costs as much as if it were: a verdict does not
// depend on which files were read before.

import { expect, it } from 'vitest';
import { RECEIVE } from '../../../tests/samples/workflows/warehouse.ts';
import { LIMITS } from '../domain/index.ts';
import { Prover } from './check.ts';
import { machineConfig } from './compile.ts';
import { KeptProofs } from './kept-proofs.ts';
import type { CompiledWorkflow } from './types.ts';

const nowhere = () => ({ line: 1, column: 1 });

/** Steps that one file may take here. */
const FEW = 20_000;

/** The usual compiler of machines, and how many it was asked for: one for each walk. */
function counting() {
  const asked = { walks: 0 };
  const machineOf: typeof machineConfig = (id, steps) => {
    asked.walks += 1;
    return machineConfig(id, steps);
  };
  return { asked, machineOf };
}

/** The same flow with its quantity asked under another name: other walks. */
function named(name: string): CompiledWorkflow {
  const steps = RECEIVE.steps.map((step) =>
    step.kind === 'ask' && step.fact === 'quantity' ? { ...step, id: name } : step,
  );
  return { ...RECEIVE, steps, machine: machineConfig(RECEIVE.id, steps) };
}

it('a flow that another file had as well is not walked again', () => {
  const kept = new KeptProofs();
  const { asked, machineOf } = counting();
  expect(new Prover(machineOf, kept).check(RECEIVE, nowhere)).toEqual([]);
  const { walks } = asked;
  expect(walks).toBeGreaterThan(3);
  expect(new Prover(machineOf, kept).check(RECEIVE, nowhere)).toEqual([]);
  expect(asked.walks).toBe(walks);
  expect(new Prover(machineOf, kept).check(named('how-many'), nowhere)).toEqual([]);
  expect(asked.walks).toBe(2 * walks);
});

it('what was found then is found now', () => {
  const kept = new KeptProofs();
  const steps = RECEIVE.steps.filter((step) => step.kind !== 'ask' || step.fact !== 'quantity');
  const wrong = { ...RECEIVE, steps, machine: machineConfig(RECEIVE.id, steps) };
  const first = new Prover(machineConfig, kept).check(wrong, nowhere);
  expect(first.map(({ code }) => code)).toContain('trap');
  expect(new Prover(machineConfig, kept).check(wrong, nowhere)).toEqual(first);
});

it('a file that is too large stays too large, though all of it was walked before', () => {
  const kept = new KeptProofs();
  const flows = Array.from({ length: 30 }, (_, n) => named(`quantity-${n}`));
  const tooLarge = (prover: Prover) =>
    flows.findIndex((flow) => prover.check(flow, nowhere).some(({ code }) => code === 'too-large'));
  const cold = tooLarge(new Prover(machineConfig, kept, FEW));
  expect(cold).toBeGreaterThan(0);
  for (const flow of flows.slice(0, cold + 1)) {
    expect(new Prover(machineConfig, kept).check(flow, nowhere)).toEqual([]);
  }
  expect(tooLarge(new Prover(machineConfig, kept, FEW))).toBe(cold);
});

it('only so many are kept: the one that was asked for least lately goes', () => {
  const kept = new KeptProofs();
  const proof = { stopped: new Set<string>(), events: 1 };
  for (let n = 0; n < LIMITS.proofsKept; n += 1) kept.set(`walk ${n}`, proof);
  expect(kept.get('walk 0')).toBe(proof);
  kept.set('one more', proof);
  expect([kept.get('walk 0'), kept.get('walk 1')]).toEqual([proof, undefined]);
});
