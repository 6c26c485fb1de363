// Who lives here: what is kept of a line when it becomes a command: the facts that the command has a
// use for, the places that stay, what `end` may still ask about, and what REPEAT takes over.

import { keptOf } from './dialogue.ts';
import type { Dialogue, Work } from './dialogue.ts';
import { neededFor, staying } from './fits.ts';
import type { Rules } from './fits.ts';

type BookedFacts = Pick<Work, 'batch' | 'expiry' | 'serials' | 'location' | 'to'>;

/** The facts of the work that its item has a use for here, as its command wants them. */
export function factsBooked(d: Dialogue, rules: Rules): BookedFacts {
  const { work } = d;
  const needed = work.item === undefined ? [] : neededFor(d, work.item, rules);
  const { batch, expiry, serials, location, to } = work;
  return {
    ...(needed.includes('batch') && batch !== undefined ? { batch } : {}),
    ...(needed.includes('expiry') && expiry !== undefined ? { expiry } : {}),
    ...(needed.includes('serial') && serials !== undefined ? { serials } : {}),
    ...(needed.includes('location') && location !== undefined ? { location } : {}),
    ...(needed.includes('to') && to !== undefined ? { to } : {}),
  };
}

/** What the next line begins with: the places that the file lets stay. */
export function stays(work: Partial<Work>, { steps, next }: Rules): Work {
  // Who is led goes from place to place.
  if (next !== undefined) return {};
  const kept = staying(steps).filter((fact) => work[fact] !== undefined);
  return kept.length === 0 ? {} : keptOf({ ...work, kept });
}

/** What `end` may ask about; how many there were stands in the line by then. */
export function bookedWork({ quantity: _q, serials: _s, ...work }: Work): Work {
  return work;
}

/** What REPEAT takes over to the next line; serials are one of a kind. */
export function repeatedFacts({ pack, expiry }: Work, { batch, location, to }: Partial<Work>) {
  return {
    ...(pack === undefined ? {} : { pack }),
    ...(expiry === undefined ? {} : { expiry }),
    ...(batch === undefined ? {} : { batch }),
    ...(location === undefined ? {} : { location }),
    ...(to === undefined ? {} : { to }),
  };
}
