// The proofs step machines by hand (stepper.ts), the floor by XState: both must come to the same,
// whatever happens. And a machine that never rests is found, not waited for.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compiled, files, next, walks } from '../../../../tests/samples/workflows/random.ts';
import { anOrder, Operator, TODAY, WHOLE } from '../../../../tests/samples/workflows/warehouse.ts';
import type { CommandId } from '../../domain/index.ts';
import { machineConfig } from '../compile.ts';
import { compile } from '../index.ts';
import type { CompiledWorkflow } from '../index.ts';
import { movesOf, profilesOf, variantsOf } from '../profiles.ts';
import { react } from './detour.ts';
import type { AtRest } from './at-rest.ts';
import { BY_XSTATE } from './flat.ts';
import { BY_HAND, EndlessLoop } from './stepper.ts';

const seed = Number(process.env['SEED'] ?? 20_261_123);
const shipped = compile(WHOLE, (text) => `r${text.length}`).workflows;
const acting = (count: number) => ({ today: TODAY, commandId: `c${count}` as CommandId });

describe('a machine stepped by hand', () => {
  it('comes to the same as XState over random workflows and random events', () => {
    fc.assert(
      fc.property(files, fc.boolean(), walks(80), (text, usesLocations, walk) => {
        const workflow = compiled(text);
        let at = BY_HAND.origin(workflow);
        expect(at).toStrictEqual(BY_XSTATE.origin(workflow));
        // The operator says what a good one would do; it is stepped along by XState itself.
        const operator = new Operator(workflow);
        const order = anOrder(undefined, { usesLocations });
        const events = [
          () => ({ type: 'open', order }) as const,
          ...walk.map((each) => () => next(operator, each)),
        ];
        for (const [index, eventOf] of events.entries()) {
          const event = eventOf();
          const expected = react(workflow, at, event, acting(index), BY_XSTATE);
          at = react(workflow, at, event, acting(index), BY_HAND);
          expect(at).toStrictEqual(expected);
          operator.give(event);
        }
      }),
      { numRuns: 60, seed },
    );
  });

  it.each(shipped.map((workflow) => [workflow.id, workflow] as const))(
    'comes to the same on every way that the proofs go through “%s”',
    (_id, workflow) => {
      for (const profile of profilesOf(workflow.action)) {
        const moves = movesOf(profile, workflow);
        for (const steps of variantsOf(workflow.steps, profile)) {
          const way = { ...workflow, steps, machine: machineConfig(workflow.id, steps) };
          const seen = new Map<string, AtRest>();
          const origin = BY_XSTATE.origin(way);
          const open = [origin];
          for (let at = open.pop(); at !== undefined && seen.size < 40; at = open.pop()) {
            seen.set(JSON.stringify(at), at);
            for (const { event } of moves) {
              const after = react(way, at, event, acting(1), BY_XSTATE);
              expect(react(way, at, event, acting(1), BY_HAND)).toStrictEqual(after);
              if (!seen.has(JSON.stringify(after))) open.push(after);
            }
          }
        }
      }
    },
  );

  it('names the state in which a machine goes round without end', () => {
    const steps = [{ kind: 'repeat', id: 'again', from: 'again' }] as const;
    const circle: CompiledWorkflow = {
      ...(shipped[0] ?? fail()),
      steps,
      machine: machineConfig('circle', steps),
    };
    expect(() => BY_HAND.origin(circle)).toThrow(EndlessLoop);
  });
});

function fail(): never {
  throw new Error('the shipped file has a workflow');
}
