// Who lives here: who acts, as a dialogue and its tape may know it: the same person is the same letters
// within one session and other letters in the next. What a person did in two sessions nobody can put
// together who has not the keys of the people as well.

import type { SessionId } from '../domain/index.ts';
import type { Acting } from '../workflows/index.ts';

/** FNV-1a, 32 bits: it tells two people of one session apart, and keeps nothing secret. */
function letters(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash.toString(36);
}

/** `person`: the key of whoever is signed in. */
export function actor(session: SessionId, person: string | undefined): Pick<Acting, 'operator'> {
  return person === undefined ? {} : { operator: letters(`${session} ${person}`) };
}
