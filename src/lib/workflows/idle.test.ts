// What the walk of the proofs leaves out hides nothing: here the flows that the product ships with, and
// those that have all the language has, are walked with nothing left out, and both walks agree.

import { describe, expect, it } from 'vitest';
import { ASKING } from '../../../tests/samples/workflows/asking.ts';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { WITH_CALL, WITH_DETOURS } from '../../../tests/samples/workflows/detours.ts';
import { WHOLE } from '../../../tests/samples/workflows/warehouse.ts';
import { answersTo } from './answer-moves.ts';
import { machineConfig } from './compile.ts';
import { explore, Meter } from './exploring.ts';
import { ended, leaks } from './findings.ts';
import { saysOnly } from './idle.ts';
import { compile } from './index.ts';
import { touching } from './order-moves.ts';
import { COMMAND, movesOf, profilesOf, TODAY, variantsOf } from './profiles.ts';
import type { Move, Profile } from './profiles.ts';
import type { AtRest } from './runtime/at-rest.ts';
import { react } from './runtime/detour.ts';
import { isOfWork } from './runtime/fits.ts';
import { BY_HAND } from './runtime/stepper.ts';
import type { CompiledWorkflow } from './types.ts';
import { keyOf, movesAt, remediesOf } from './walking.ts';

const FLOWS = [WHOLE, ASKING, CONSTRUCTS, WITH_CALL, WITH_DETOURS]
  .flatMap((text) => compile(text, (canonical) => `r${canonical.length}`).workflows)
  .map((workflow, index) => ({ name: `${index} ${workflow.id}`, workflow }));
const ACTING = { today: TODAY, commandId: COMMAND };
const BACK = { type: 'press', word: 'BACK' } as const;

/** A workflow as it is proven: one for each kind of goods and way of its conditions. */
function* proven(workflow: CompiledWorkflow): Generator<readonly [CompiledWorkflow, Profile]> {
  for (const profile of profilesOf(workflow.action, (kind) => isOfWork(workflow, kind))) {
    for (const steps of variantsOf(workflow.steps, profile)) {
      yield [{ ...workflow, steps, machine: machineConfig(workflow.id, steps) }, profile];
    }
  }
}

type Seen = (at: AtRest, move: Move, after: AtRest) => void;

/** Every state, by every move there is. */
function wholeWalk(workflow: CompiledWorkflow, profile: Profile, seen: Seen): readonly string[] {
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
  return [...reached.keys()];
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
    '$name: they say why not and do nothing else; without them the same states are reached',
    ({ workflow }) => {
      for (const [variant, profile] of proven(workflow)) {
        const faults: string[] = [];
        const keys = wholeWalk(variant, profile, (at, move, after) => {
          if (!saysOnly(variant, at, move.event)) return;
          left.add(move.says);
          faults.push(...wrongly(variant, at, move, after));
        });
        expect(faults, profile.name).toEqual([]);
        const { nodes } = explore(variant, profile, new Meter(Infinity));
        expect([...nodes.keys()].sort(), profile.name).toEqual([...keys].sort());
      }
    },
  );

  it('are left out by every row of the table somewhere', () => {
    const rows = ['FINISH', 'UNDO', 'REPEAT', 'choose the order', 'touch the booked line'];
    for (const says of [...rows, 'type 1 as quantity']) expect([...left]).toContain(says);
  });
});
