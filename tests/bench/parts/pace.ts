// Who lives here: the rhythm of a measurement.

/**
 * Sends on a schedule, whether or not earlier answers have come, and measures each from the moment
 * at which it was due: so a stall shows in all that it held up, not in one alone. Milliseconds.
 * It spins instead of sleeping, because a timer is late by more than what is measured.
 */
export async function onSchedule(
  count: number,
  everyMs: number,
  send: (index: number) => Promise<void>,
): Promise<number[]> {
  const startMs = performance.now() + everyMs;
  const answers: Promise<number>[] = [];
  for (let index = 0; index < count; index += 1) {
    const dueMs = startMs + index * everyMs;
    while (performance.now() < dueMs) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    answers.push(send(index).then(() => performance.now() - dueMs));
  }
  return Promise.all(answers);
}

/** How many a second `count` operations were that took since `startMs`. */
export function perSecond(count: number, startMs: number): number {
  return (count * 1000) / (performance.now() - startMs);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
