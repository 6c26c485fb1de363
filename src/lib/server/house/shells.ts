// Who lives here: the machine's own clock, chance and timers, for the hub. Everything else gets
// them handed in.

import { randomBytes } from 'node:crypto';
import type { Clock, Random, Scheduler } from '../../domain/index.ts';

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Time since the process began, which nobody sets. */
export const systemSteady = { elapsedMs: () => performance.now() };

export const systemRandom: Random = { bytes: (count) => new Uint8Array(randomBytes(count)) };

export const systemScheduler: Scheduler = {
  after: (delayMs, act) => {
    const timer = setTimeout(act, delayMs);
    return () => {
      clearTimeout(timer);
    };
  },
};
