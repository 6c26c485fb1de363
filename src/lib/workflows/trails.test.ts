// A walk that follows another one's trail finds what it would have found alone: the same states, by the
// same ways, for as many moves. Only what looks at the difference is done again.

import { describe, expect, it } from 'vitest';
import { RECEIVE, WHOLE } from '../../../tests/samples/workflows/warehouse.ts';
import { Prover } from './check.ts';
import { machineConfig } from './compile.ts';
import { explore, Meter } from './exploring.ts';
import type { Node } from './exploring.ts';
import { compile } from './index.ts';
import { KeptProofs } from './kept-proofs.ts';
import { profilesOf, variantsOf } from './profiles.ts';
import type { Profile } from './profiles.ts';
import { isOfWork } from './runtime/fits.ts';
import type { AskStep } from './runtime/fits.ts';
import { ofKind, Trail, Watch } from './trails.ts';
import type { AskedFact, CompiledWorkflow, Step } from './types.ts';

const FLOWS = compile(WHOLE, (canonical) => `r${canonical.length}`).workflows;
const number = (value: number) => ({ op: 'literal', value }) as const;

/** Twins: each says another thing of the same option. */
const TWINS: readonly (readonly [AskedFact, readonly Partial<AskStep>[]])[] = [
  ['quantity', [{ default: number(1) }, { default: number(2) }, { default: number(1_000_000) }]],
  ['quantity', [{ count: 'scan' }, { count: 'type' }, { count: 'all' }]],
  ['quantity', [{ max: number(1) }, { max: number(0) }, { max: number(2) }]],
  ['location', [{ suggest: 'default-location' }, { suggest: 'source' }]],
];
const CASES = FLOWS.flatMap((workflow) =>
  TWINS.map(([fact, options]) => ({ name: workflow.id, workflow, fact, options })),
);

function twin(workflow: CompiledWorkflow, fact: AskedFact, option: Partial<AskStep>) {
  const steps = workflow.steps.map((step): Step =>
    step.kind === 'ask' && step.fact === fact ? { ...step, ...option } : step,
  );
  return { ...workflow, steps };
}

/** Each way of the conditions, as it is walked. */
function ways(workflow: CompiledWorkflow, profile: Profile): readonly CompiledWorkflow[] {
  return variantsOf(workflow.steps, profile).map((steps) => ({
    ...workflow,
    ...{ steps, machine: machineConfig(workflow.id, steps) },
  }));
}

const told = (nodes: ReadonlyMap<string, Node>) =>
  [...nodes.values()].map(({ key, path, forward, cancelled }) => [key, path, forward, cancelled]);

describe('a walk on the trail of another', () => {
  it.each(CASES)('$name, another $fact: finds what it finds alone', (one) => {
    const { workflow, fact, options } = one;
    const goods = profilesOf(workflow.action, (kind) => isOfWork(workflow, kind));
    // With locations where there are such; and goods whose code means several things.
    for (const profile of goods.filter((_, at) => at === 1 || at === goods.length - 2)) {
      const trails: Trail[] = [];
      for (const option of options) {
        for (const [index, way] of ways(twin(workflow, fact, option), profile).entries()) {
          const trail = (trails[index] ??= new Trail(way.steps));
          const [mine, alone] = [new Meter(Infinity), new Meter(Infinity)];
          const followed = explore(way, profile, mine, trail);
          const fresh = explore(way, profile, alone);
          expect(told(followed.nodes), profile.name).toEqual(told(fresh.nodes));
          expect(mine.events).toBe(alone.events);
          expect(followed.broken).toEqual(fresh.broken);
        }
      }
    }
  });

  it('takes only the steps anew that look at what differs', () => {
    const [profile] = profilesOf(RECEIVE.action);
    const [first] = profile ? ways(RECEIVE, profile) : [];
    const [second] = profile
      ? ways(twin(RECEIVE, 'quantity', { default: number(2) }), profile)
      : [];
    if (profile === undefined || first === undefined || second === undefined) throw new Error();
    const trail = new Trail(first.steps);
    const before = explore(first, profile, new Meter(Infinity), trail).nodes;
    const after = explore(second, profile, new Meter(Infinity), trail).nodes;
    const anew = [...after.values()].filter(({ key, at }) => before.get(key)?.at !== at);
    expect(after.size).toBeGreaterThan(20);
    expect(anew.length).toBeLessThan(3);
  });

  it('goes another way where the difference leads: planted', () => {
    const keys = ['scan', 'type'].map((count) => {
      const flow = twin(RECEIVE, 'quantity', { count: count as 'scan' | 'type' });
      return profilesOf(flow.action)
        .flatMap((profile) =>
          ways(flow, profile).map((way) => explore(way, profile, new Meter(1e6))),
        )
        .flatMap(({ nodes }) => [...nodes.keys()]);
    });
    expect(keys[0]).not.toEqual(keys[1]);
  });

  it('a faulty twin of a flow that was proven is found', () => {
    const prover = new Prover(machineConfig, new KeptProofs());
    const place = () => ({ line: 1, column: 1 });
    const check = (most: number) =>
      prover.check(twin(RECEIVE, 'quantity', { max: number(most) }), place);
    expect(check(5)).toEqual([]);
    // Nothing may ever be received.
    expect(check(0).map(({ code }) => code)).toContain('trap');
    expect(check(6)).toEqual([]);
  });
});

describe('a watch', () => {
  it('notices every look at an option, also by a copy, and tells flows of one kind by the rest', () => {
    const step: Step = { kind: 'ask', id: 'quantity', fact: 'quantity', default: number(1) };
    const watch = new Watch();
    const watched = watch.over(step);
    expect(watched).toEqual(step);
    watch.begin();
    expect([watched.kind, watched.id, watch.looked]).toEqual(['ask', 'quantity', 0]);
    expect({ ...watched }).toEqual(step);
    expect(watch.looked).not.toBe(0);
    const other = { ...step, default: number(2) };
    expect(ofKind(other)).toEqual(ofKind(step));
    expect(new Trail([step]).differs([other])).toBe(watch.looked);
    expect(new Trail([step]).differs([step])).toBe(0);
    const { default: _d, ...without } = step;
    expect(ofKind(without)).not.toEqual(ofKind(step));
  });
});
