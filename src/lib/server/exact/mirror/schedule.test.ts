// When a list is read again after hints.

import { describe, expect, it } from 'vitest';
import {
  begin,
  hint,
  HINT_PAUSE_MS,
  HINT_WAIT_MS,
  newBeat,
  OWN_PAUSE_MS,
  rest,
} from './schedule.ts';
import type { Beat } from './schedule.ts';

const EVERY_MS = 3_600_000;

/** A list that was read to its end at 0. */
function read(): Beat {
  const rhythm = { leastMs: EVERY_MS, mostMs: EVERY_MS };
  const beat = { ...newBeat('Items', rhythm, 0), complete: true };
  begin(beat);
  rest(beat, true, false, 0);
  return beat;
}

describe('a hint that comes while its list is being read', () => {
  it.each([
    ['other', HINT_PAUSE_MS],
    ['own', OWN_PAUSE_MS],
  ] as const)('of %s is followed by another reading, after its pause', (whose, pauseMs) => {
    const beat = read();
    begin(beat);
    hint(beat, whose, EVERY_MS);
    begin(beat);
    rest(beat, false, false, EVERY_MS + 5);
    expect(beat.dueMs).toBe(EVERY_MS + 5 + pauseMs);
    begin(beat);
    rest(beat, true, false, 2 * EVERY_MS);
    expect(beat.dueMs).toBe(3 * EVERY_MS);
  });

  it('and one that came before is followed by this one', () => {
    const beat = read();
    hint(beat, 'other', EVERY_MS / 2);
    expect(beat.dueMs).toBe(EVERY_MS / 2 + HINT_WAIT_MS);
    begin(beat);
    rest(beat, true, false, EVERY_MS);
    expect(beat.dueMs).toBe(2 * EVERY_MS);
  });
});
