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
  // The types promise it; a browser gives it to secure addresses (https or localhost) only.
  const locks: LockManager | undefined = navigator.locks;
  if (locks === undefined) return fault('station.storage-failed', { reason: 'insecure address' });
  return new Promise((resolve) => {
    const hold = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) return undefined;
      return new Promise((release) => resolve(release));
    };
    const waitFor = async (): Promise<void> => {
      let had = false;
      await locks.request(name, { ifAvailable: true }, (lock) => {
        had = lock !== null;
        return hold(lock);
      });
      if (had || signal.aborted) return;
      taken();
      await locks.request(name, { signal }, hold).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    };
    void waitFor();
  });
}
