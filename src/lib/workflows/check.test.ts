// The proofs, and that they can fail: each rule is shown a file that only it refuses, and each
// refusal is shown to be true by walking its path with the runtime.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASKING } from '../../../tests/samples/workflows/asking.ts';
import { onlyWorkflow, Operator, SHIPPED } from '../../../tests/samples/workflows/warehouse.ts';
import { Prover } from './check.ts';
import { KeptProofs } from './kept-proofs.ts';
import { machineConfig } from './compile.ts';
import type { MachineConfig } from './compile.ts';
import { compile } from './index.ts';
import type { CompiledWorkflow, DialogueEvent, Step } from './index.ts';
import { movesOf, profilesOf, variantsOf } from './profiles.ts';
import type { Move } from './profiles.ts';
import { machineOf, VOCABULARY } from './runtime/index.ts';
import { readSource } from './source.ts';
import { readSteps } from './steps.ts';
import { checkStructure } from './structure.ts';

const SAMPLES = join(import.meta.dirname, '../../../tests/samples/workflows');
const sample = (name: string) => readFileSync(join(SAMPLES, `${name}.yaml.txt`), 'utf8');
const shipped = compile(SHIPPED, () => 'x').workflows[0] as CompiledWorkflow;
const PATH = ['workflows', 0, 'steps'];

/** What the reader alone makes of a file: the steps, and the faults it sees without any proof. */
function unproven(text: string): { workflow: CompiledWorkflow; faults: string[] } {
  const { source } = readSource(text);
  if (source === undefined) throw new Error('the sample is no YAML');
  const raw = (source.value as { workflows: [{ steps: unknown[] }] }).workflows[0].steps;
  const { steps, places, diagnostics } = readSteps(raw, PATH, source);
  const ids = steps.map((step) => step.id);
  const faults = [...diagnostics, ...checkStructure(steps, places, source, ids, true)];
  const machine = machineConfig('sample', steps);
  return { workflow: { ...shipped, steps, machine }, faults: faults.map(({ code }) => code) };
}

/** Workflows in one file that all ask differently, and steps of walks that are too few for them. */
const TOO_MANY = 60;
const FEW = 20_000;

const nowhere = () => ({ line: 1, column: 1 });
const proven = (workflow: CompiledWorkflow) => new Prover().check(workflow, nowhere);
const codes = (workflow: CompiledWorkflow) => proven(workflow).map(({ code }) => code);
const without = (name: string): CompiledWorkflow => ({
  ...shipped,
  steps: shipped.steps.filter((step) => step.id !== name),
});

const TRAPS = [
  'trap-no-batch-question',
  'trap-no-location-question',
  'trap-no-quantity-question',
  'trap-serial-of-everybody',
  'trap-batch-of-everybody',
  'trap-location-of-everybody',
  'trap-expiry-never-asked',
  'trap-open-condition',
];

/** What somebody at a station can do. */
function outside(event: Move['event']): DialogueEvent {
  if (event.type === 'returned') throw new Error('nobody comes back from where nobody went');
  return event;
}

describe('the proof of no trap', () => {
  it.each(TRAPS)('%s: without the proof the file would be accepted', (name) => {
    const { workflow, faults } = unproven(sample(name));
    expect(faults, 'no other rule sees it').toEqual([]);
    expect(codes(workflow)).toContain('trap');
  });

  it.each(TRAPS)('%s: the path that is shown really ends in the trap', (name) => {
    const { workflow } = unproven(sample(name));
    for (const { path = [], message } of proven(workflow)) {
      const profile = profilesOf('goodsReceipt')
        .filter((each) => message.includes(each.name))
        .at(-1);
      if (profile === undefined) throw new Error(message);
      const moves = movesOf(profile, workflow);
      // A finding belongs to one way of deciding the open conditions; one of them must show it.
      const ends = variantsOf(workflow.steps, profile).map((steps) => {
        const operator = new Operator({ ...workflow, steps, machine: machineConfig('s', steps) });
        for (const says of path) {
          const move = moves.find((each) => each.says === says);
          if (move === undefined) throw new Error(says);
          operator.give(outside(move.event), '2026-01-01');
        }
        // All is answered, and still nothing is booked: a fact is missing that nobody asks for.
        if (operator.asks === 'confirm') return operator.commands.length;
        const forward = moves.filter((move) => move.retreat !== true);
        for (const { event } of [...forward, ...forward])
          operator.give(outside(event), '2026-01-01');
        return operator.commands.length;
      });
      expect(ends, message).toContain(0);
    }
  });

  it('accepts the shipped file, and refuses it without any one of its questions', () => {
    expect(proven(shipped)).toEqual([]);
    for (const name of ['batch', 'expiry', 'serial', 'quantity', 'location']) {
      expect(codes(without(name)), name).toContain('trap');
    }
  });

  it('is blind when the condition it must take both ways is decided for it: planted', () => {
    const { workflow } = unproven(sample('trap-open-condition'));
    const decided = workflow.steps.map((step): Step =>
      step.kind === 'ask' && step.fact === 'batch'
        ? { ...step, when: (shipped.steps[2] as Extract<Step, { kind: 'ask' }>).when ?? fail() }
        : step,
    );
    expect(codes({ ...workflow, steps: decided })).toEqual([]);
    expect(codes(workflow)).toEqual(['trap']);
  });

  it('gives up aloud when there are too many cases, and never accepts what it has not proven', () => {
    const prover = new Prover(machineConfig, new KeptProofs(), FEW);
    let said: string[] = [];
    // Each has another default, so none is proven by another's walk.
    for (let index = 0; index < TOO_MANY && !said.includes('too-large'); index += 1) {
      const steps = shipped.steps.map((step): Step =>
        step.kind === 'ask' && step.fact === 'quantity'
          ? { ...step, default: { op: 'literal', value: index + 1 } }
          : step,
      );
      said = prover.check({ ...shipped, steps }, nowhere).map(({ code }) => code);
    }
    expect(said).toContain('too-large');
  });

  it('walks workflows that ask alike once', () => {
    // As many as the prover gives up at, when it has to walk each of them.
    const prover = new Prover(machineConfig, new KeptProofs(), FEW);
    for (let index = 0; index < TOO_MANY; index += 1) {
      expect(prover.check({ ...shipped, id: `w${index}` }, nowhere)).toEqual([]);
    }
  });
});

describe('the proofs that nothing is left behind and nothing goes round: planted machines', () => {
  const checkWith = (machineOf: typeof machineConfig) =>
    new Prover(machineOf).check(shipped, nowhere);
  /** The machine with its transitions of one event of every state changed. */
  const changed =
    (event: string, change: (ways: readonly object[]) => readonly object[]) =>
    (id: string, steps: readonly Step[]): MachineConfig => {
      const made = machineConfig(id, steps);
      const states = Object.entries(made.states).map(([name, state]) => {
        const ways = state.on?.[event];
        const on = ways === undefined ? state.on : { ...state.on, [event]: change(ways) };
        return [name, { ...state, ...(on && { on }) }];
      });
      return { ...made, states: Object.fromEntries(states) as MachineConfig['states'] };
    };

  it('a flow for several orders is not proven by the walk of one for a single order', () => {
    const prover = new Prover(changed('MORE', () => [{ target: 'cancelled' }]));
    const { together: _t, ...single } = shipped;
    expect(prover.check(single, nowhere)).toEqual([]);
    expect(prover.check(shipped, nowhere).map(({ code }) => code)).toContain('leak');
  });

  it('leak: CANCEL leaves an order with booked lines and does not finish it', () => {
    const [found] = checkWith(
      changed('CANCEL', (ways) =>
        ways.filter((way) => !('guard' in way) || way.guard !== 'hasBooked'),
      ),
    );
    expect(found).toMatchObject({ code: 'leak' });
    expect(found?.path?.at(-1)).toBe('CANCEL');
  });

  it('leak: the end comes without the word that the work is finished', () => {
    const found = checkWith(
      changed('OK', (ways) =>
        ways.map((way) => ('target' in way && way.target === 'done' ? { target: 'done' } : way)),
      ),
    );
    expect(found.map(({ code }) => code)).toContain('leak');
  });

  it.each(['CHOOSE', 'ENTER'])('a problem that does not hear %s is a trap', (event) => {
    const found = checkWith((id, steps) => {
      const made = machineConfig(id, steps);
      const { problem } = made.states;
      const on = { ...problem?.on, [event]: [{}], ...(event === 'ENTER' ? { OK: [{}] } : {}) };
      return { ...made, states: { ...made.states, problem: { ...problem, on } } };
    });
    expect(found).toMatchObject([{ code: 'trap' }]);
    expect(found[0]?.path).toContain('PROBLEM');
  });

  it('I-11: a problem that CANCEL does not leave', () => {
    const found = checkWith((id, steps) => {
      const made = machineConfig(id, steps);
      const { problem } = made.states;
      const on = { ...problem?.on, CANCEL: [{}] };
      return { ...made, states: { ...made.states, problem: { ...problem, on } } };
    });
    expect(found.map(({ code }) => code)).toContain('no-way-home');
  });

  it('I-11: CANCEL stays where it is, and nobody gets home', () => {
    const found = checkWith(changed('CANCEL', () => [{}]));
    expect(found.map(({ code }) => code)).toContain('no-way-home');
  });

  it('loop: a question that passes to itself', () => {
    const found = checkWith((id, steps) => {
      const made = machineConfig(id, steps);
      return { ...made, states: { ...made.states, item: { always: [{ target: 'item' }] } } };
    });
    expect(found).toMatchObject([{ code: 'loop' }]);
    expect(found[0]?.message).toContain('“item”');
  });

  it('accepts the machine that is compiled', () => {
    expect(checkWith(machineConfig)).toEqual([]);
  });
});

describe('the proof that every question is put', () => {
  it.each(['never-true', 'never-true-spelling'])('%s', (name) => {
    const { workflow, faults } = unproven(sample(name));
    expect(faults).toEqual([]);
    expect(codes(workflow)).toContain('unreachable');
  });

  it('tells no question unreachable only because a trap stands before it', () => {
    const { workflow } = unproven(sample('trap-batch-of-everybody'));
    expect(codes(workflow)).not.toContain('unreachable');
  });
});

describe('the rules of order', () => {
  it.each([
    ['asked-twice', 'asked-twice'],
    ['repeat-too-late', 'repeat-too-late'],
    ['step-after-confirm', 'after-confirm'],
    ['no-item', 'no-item'],
    ['batch-before-item', 'before-item'],
    ['reserved-name', 'reserved-name'],
    ['step-after-repeat', 'unreachable'],
  ])('%s is seen by its own rule', (name, code) => {
    expect(unproven(sample(name)).faults).toContain(code);
  });
});

describe('the machine', () => {
  interface Shown {
    readonly states: Readonly<
      Record<string, { always?: readonly Way[]; on?: Readonly<Record<string, readonly Way[]>> }>
    >;
  }
  interface Way {
    readonly target?: string;
    readonly guard?: string | { type: string };
    readonly actions?: { type: string };
  }
  const { states } = shipped.machine as Shown;
  const waysOf = (machine: unknown) =>
    Object.values((machine as Shown).states).flatMap((state) => [
      ...(state.always ?? []),
      ...Object.values(state.on ?? {}).flat(),
    ]);
  const ways = waysOf(shipped.machine);

  it('is plain data in the closed vocabulary, and uses all of it', () => {
    expect(JSON.parse(JSON.stringify(shipped.machine))).toEqual(shipped.machine);
    const print = SHIPPED.replace('- repeat: item', '- print: item\n      - repeat: item');
    const all = [...ways, ...[ASKING, print].flatMap((text) => waysOf(onlyWorkflow(text).machine))];
    const guards = all.flatMap(({ guard }) =>
      guard === undefined ? [] : [typeof guard === 'string' ? guard : guard.type],
    );
    const actions = all.flatMap(({ actions: action }) => action?.type ?? []);
    expect([...new Set(guards)].sort()).toEqual([...VOCABULARY.guards].sort());
    expect([...new Set(actions)].sort()).toEqual([...VOCABULARY.actions].sort());
    const { implementations } = machineOf(shipped);
    expect(Object.keys(implementations.guards).sort()).toEqual([...VOCABULARY.guards].sort());
    expect(Object.keys(implementations.actions).sort()).toEqual([...VOCABULARY.actions].sort());
  });

  it('leads only to states it has, and answers the same events in every state that waits', () => {
    for (const { target } of ways) {
      if (target !== undefined) expect(Object.keys(states)).toContain(target);
    }
    const waiting = Object.values(states).flatMap(({ on }) => (on ? [Object.keys(on).sort()] : []));
    expect(waiting.length).toBeGreaterThan(7);
    for (const events of waiting) expect(events).toEqual(waiting[0]);
    expect(waiting[0]).toHaveLength(23);
  });
});

function fail(): never {
  throw new Error('the shipped file has no condition where one was planted');
}
