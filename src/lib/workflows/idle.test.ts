// What the walk of the proofs leaves out hides nothing: here the flows that the product ships with, and
// those that have all the language has, are walked with nothing left out, and both walks agree.

import { describe, expect, it } from 'vitest';
import { ASKING } from '../../../tests/samples/workflows/asking.ts';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { WITH_CALL, WITH_DETOURS } from '../../../tests/samples/workflows/detours.ts';
import { WHOLE } from '../../../tests/samples/workflows/warehouse.ts';
import { answersTo } from './answer-moves.ts';
import { machineConfig } from './compile.ts';
import { explore, lost, Meter } from './exploring.ts';
import { ended, leaks } from './findings.ts';
import { saysOnly } from './idle.ts';
import { compile } from './index.ts';
import { touching } from './order-moves.ts';
import { COMMAND, movesOf, profilesOf, TODAY, variantsOf } from './profiles.ts';
import type { Move, Profile } from './profiles.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { react } from './runtime/detour.ts';
import { isOfWork } from './runtime/fits.ts';
import { ACTIONS } from './runtime/index.ts';
import { BY_HAND } from './runtime/stepper.ts';
import type { CompiledWorkflow } from './types.ts';
import { keyOf, movesAt, remediesOf } from './walking.ts';

const read = (text: string) => compile(text, (canonical) => `r${canonical.length}`).workflows;
/** Of the samples each kind of workflow, of those that are shipped also each kind of goods. */
const FLOWS = [
  ...read(WHOLE).map((workflow) => ({ name: workflow.id, workflow, every: 1 })),
  ...[ASKING, CONSTRUCTS, WITH_CALL, WITH_DETOURS].flatMap(read).map((workflow, index) => ({
    ...{ name: `sample ${index} ${workflow.id}`, workflow, every: 3 },
  })),
];
const ACTING = { today: TODAY, commandId: COMMAND };
const CANCEL = { type: 'press', word: 'CANCEL' } as const;
const BACK = { type: 'press', word: 'BACK' } as const;

/** A workflow as it is proven: one for each kind of goods and way of its conditions. */
function* proven(
  workflow: CompiledWorkflow,
  every: number,
): Generator<readonly [CompiledWorkflow, Profile]> {
  const all = profilesOf(workflow.action, (kind) => isOfWork(workflow, kind));
  for (const profile of all.filter((_, at) => (all.length - 1 - at) % every === 0)) {
    for (const steps of variantsOf(workflow.steps, profile)) {
      yield [{ ...workflow, steps, machine: machineConfig(workflow.id, steps) }, profile];
    }
  }
}

/** I-11, pressed by hand: what the walk reads off the ways that CANCEL led. */
function leadsHome(workflow: CompiledWorkflow, from: AtRest): boolean {
  const onOrder = ACTIONS[workflow.action].order !== undefined;
  const home = (at: AtRest): boolean => ended(at) || (onOrder && at.context.document === undefined);
  let at = from;
  for (let press = 0; press < 2 && !home(at); press += 1) {
    at = react(workflow, at, CANCEL, ACTING, BY_HAND);
  }
  return home(at);
}

type Seen = (at: AtRest, move: Move, after: AtRest) => void;

/** Every state, by every move there is. */
function wholeWalk(
  workflow: CompiledWorkflow,
  profile: Profile,
  seen: Seen,
): ReadonlyMap<string, AtRest> {
  const moves = movesOf(profile, workflow);
  const reached = new Map<string, AtRest>();
  const tried = new Set<string>();
  const visit = (at: AtRest): void => {
    const key = keyOf(workflow, at);
    if (!reached.has(key)) reached.set(key, at);
  };
  visit(BY_HAND.origin(workflow));
  for (const at of reached.values()) {
    if (ended(at)) continue;
    for (const move of [...movesAt(workflow, at, moves), ...answersTo(workflow.steps, at)]) {
      const after = react(workflow, at, move.event, ACTING, BY_HAND);
      seen(at, move, after);
      visit(after);
      for (const remedy of remediesOf(workflow, after)) {
        const once = `${after.value} ${after.context.message?.fault?.code} ${remedy}`;
        if (tried.has(once)) continue;
        tried.add(once);
        visit(react(workflow, after, touching(remedy).event, ACTING, BY_HAND));
      }
    }
  }
  return reached;
}

/** What a move does that the walk leaves out, where it does more than to say why not. */
function wrongly(workflow: CompiledWorkflow, at: AtRest, move: Move, after: AtRest): string[] {
  const back = move.event.type === 'press' && move.event.word === 'UNDO';
  const same = back ? react(workflow, at, BACK, ACTING, BY_HAND) : at;
  const [key, expected] = [keyOf(workflow, after), keyOf(workflow, same)];
  const faults = [
    ...(key === expected ? [] : [`leads to ${key}`]),
    ...(leaks(at, after) ? ['leaks'] : []),
    ...remediesOf(workflow, after).map((remedy) => `offers ${remedy}`),
  ];
  return faults.map((fault) => `${keyOf(workflow, at)}: ${move.says} ${fault}`);
}

describe('moves that the proofs leave out', () => {
  const left = new Set<string>();

  it.each(FLOWS)(
    '$name: they do nothing but say why not, and every state without them leads home (I-11)',
    ({ workflow, every }) => {
      for (const [variant, profile] of proven(workflow, every)) {
        const faults: string[] = [];
        const reached = wholeWalk(variant, profile, (at, move, after) => {
          if (!saysOnly(variant, at, move.event)) return;
          left.add(move.says);
          faults.push(...wrongly(variant, at, move, after));
        });
        expect(faults, profile.name).toEqual([]);
        const { nodes } = explore(variant, profile, new Meter(Infinity));
        const keys = [...reached.keys()];
        expect([...nodes.keys()].sort(), profile.name).toEqual(keys.sort());
        const away = keys.filter((key) => !leadsHome(variant, reached.get(key) ?? fail()));
        expect([away, lost(variant, nodes)], profile.name).toEqual([[], undefined]);
      }
    },
  );

  it('are left out by every row of the table somewhere', () => {
    const rows = ['FINISH', 'UNDO', 'REPEAT', 'choose the order', 'touch the booked line'];
    for (const says of [...rows, 'type 1 as quantity']) expect([...left]).toContain(says);
  });
});

function fail(): never {
  throw new Error('every state that was reached is known');
}
