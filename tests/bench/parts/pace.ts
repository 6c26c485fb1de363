// Who lives here: the rhythm of a measurement.

/** A timer is late by up to this much: from here on it is spun. */
const SPIN_MS = 2.2;

/**
 * Waits until `performance.now()` is `dueMs`, to some hundredths. It sleeps first: whoever spins all
 * the time is put aside by the system just when his moment comes.
 */
export async function until(dueMs: number): Promise<void> {
  for (;;) {
    const leftMs = dueMs - performance.now();
    if (leftMs <= 0) return;
    if (leftMs > SPIN_MS) await pause(1);
    else {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}

/**
 * Sends on a schedule, whether or not earlier answers have come, and measures each from the moment
 * at which it was due: so a stall shows in all that it held up, not in one alone. Milliseconds.
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
    await until(dueMs);
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
