// Who lives here: how the link waits: for a while, for an answer, and no longer than its connection.

/** Whether the round has ended; asked anew after every wait. */
export const over = (signal: AbortSignal): boolean => signal.aborted;

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

/** The hub's answer, or undefined when it did not come in time or the connection broke. */
export async function answered<T>(asked: Promise<T>): Promise<T | undefined> {
  return asked.then(
    (answer) => answer,
    (error: unknown) => {
      if (error instanceof Error) return undefined;
      throw error;
    },
  );
}
