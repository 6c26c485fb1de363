// Who lives here: one writer. Two tabs of one browser share one database and one queue; only the
// one that holds the lock may work, the other says so and takes over when the first one closes.

import { fault } from '../domain/index.ts';
import type { Fault } from '../domain/index.ts';

/**
 * Waits for the lock `name`. `taken` is told once if another tab holds it now. Resolves with the
 * function that lets go, or with a Fault where the browser has no locks (an insecure address).
 */
export async function holdLock(
  name: string,
  taken: () => void,
  signal: AbortSignal,
): Promise<(() => void) | Fault> {
  // A browser gives locks to secure addresses (https or localhost) only.
  if (!('locks' in navigator)) {
    return fault('station.storage-failed', { reason: 'insecure address' });
  }
  return new Promise((resolve, reject) => {
    const hold = (): Promise<void> => new Promise((release) => resolve(release));
    const waitFor = async (): Promise<void> => {
      const had = await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
        if (lock === null) return false;
        await hold();
        return true;
      });
      if (had || signal.aborted) return;
      taken();
      await navigator.locks.request(name, { signal }, hold);
    };
    waitFor().catch((error: unknown) => {
      // A page that goes away while it waits has nothing to hear.
      if (!signal.aborted) reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
