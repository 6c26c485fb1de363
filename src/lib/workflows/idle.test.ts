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

const FLOWS = [WHOLE, ASKING, CONSTRUCTS, WITH_CALL, WITH_DETOURS].flatMap(
  (text) => compile(text, (canonical) => `r${canonical.length}`).workflows,
);
const ACTING = { today: TODAY, commandId: COMMAND };
const BACK = { type: 'press', word: 'BACK' } as const;

/** Each workflow as it is proven: one for each kind of goods and way of its conditions. */
function* proven(): Generator<readonly [CompiledWorkflow, Profile]> {
  for (const workflow of FLOWS) {
    for (const profile of profilesOf(workflow.action, (kind) => isOfWork(workflow, kind))) {
      for (const steps of variantsOf(workflow.steps, profile)) {
        yield [{ ...workflow, steps, machine: machineConfig(workflow.id, steps) }, profile];
      }
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
  it('say why not and do nothing else, and the walk without them reaches the same states', () => {
    const left = new Map<string, number>();
    for (const [workflow, profile] of proven()) {
      const faults: string[] = [];
      const keys = wholeWalk(workflow, profile, (at, move, after) => {
        if (!saysOnly(workflow, at, move.event)) return;
        left.set(move.says, (left.get(move.says) ?? 0) + 1);
        faults.push(...wrongly(workflow, at, move, after));
      });
      expect(faults, `${workflow.id}, ${profile.name}`).toEqual([]);
      const { nodes } = explore(workflow, profile, new Meter(Infinity));
      expect([...nodes.keys()].sort(), `${workflow.id}, ${profile.name}`).toEqual([...keys].sort());
    }
    // Each row of the table leaves out something somewhere.
    const says = [...left.keys()];
    for (const word of ['FINISH', 'UNDO', 'REPEAT', 'choose the order', 'touch the booked line']) {
      expect(says).toContain(word);
    }
    expect(says).toContain('type 1 as quantity');
  });
});
