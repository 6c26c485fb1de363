// Who lives here: what the proofs take for a flow that was called and is left again: done, with all
// the facts that the file lets it bring; or left as it was. What happens in between is proven where
// that flow is: it has its own walk, and two presses lead out of it.

import type { Facts } from '../domain/index.ts';
import type { Move } from './profiles.ts';
import type { Brought, Call, Step } from './types.ts';

/** What comes back at most, in the sample warehouse. */
function facts(given: Facts, bring: readonly Brought[] | undefined): Facts {
  const all: Facts = { ...given, batch: 'A1', expiry: '2030-01-01' };
  if (bring === undefined) return all;
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => bring.some((fact) => fact === name)),
  );
}

/** The ways back from each flow that is called. */
export function returns(steps: readonly Step[], detours: readonly Call[], given: Facts): Move[] {
  const put = steps.flatMap((step) => {
    if (step.kind !== 'ask' || step.call === undefined) return [];
    return [{ call: step.call, bring: step.bring, step: { step: step.id } }];
  });
  const touched = detours.map(({ call, bring }) => ({ call, bring, step: {} }));
  return [...put, ...touched].flatMap(({ call, bring, step }): Move[] => {
    const whole = { type: 'returned', ...step, done: true } as const;
    return [
      { says: `do “${call}” and come back`, event: whole },
      {
        says: `come back from “${call}” with what was found`,
        event: { ...whole, facts: facts(given, bring) },
      },
      {
        says: `leave “${call}”`,
        event: { type: 'returned', ...step, done: false },
        retreat: true,
      },
    ];
  });
}
