// Who lives here: the two sets of limit headers that Exact sends with every answer to a URL with a
// division, errors included (exact-online-api.md §3.2). A 429 brings only the set of the window
// that is used up (§3.3): what is absent says nothing, and is not zero.

/** One window as Exact told it. */
export interface Told {
  readonly remaining: number;
  /** Absent in some answers. */
  readonly limit: number | undefined;
  /** End of the window, by Exact's clock. */
  readonly resetMs: number;
}

const MINUTE_MS = 60_000;

function digits(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A reset that does not stand on a whole minute is none. */
function read(headers: Headers, prefix: string): Told | undefined {
  const remaining = digits(headers, `${prefix}Remaining`);
  const resetMs = digits(headers, `${prefix}Reset`);
  if (remaining === undefined || resetMs === undefined || resetMs % MINUTE_MS !== 0)
    return undefined;
  const limit = digits(headers, `${prefix}Limit`);
  return { remaining, resetMs, limit: limit === 0 ? undefined : limit };
}

export function readMinute(headers: Headers): Told | undefined {
  return read(headers, 'X-RateLimit-Minutely-');
}

export function readDay(headers: Headers): Told | undefined {
  return read(headers, 'X-RateLimit-');
}

/**
 * The smallest number of calls that the window still has by Exact's word: what it said, less what
 * left since. Within one window the word never grows: a larger one is a count that lags.
 */
export class ToldLeft {
  readonly #windowMs: number;
  #told: { remaining: number; readonly resetMs: number } | undefined;

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** `since`: own calls that left after the one that was answered. */
  heard(told: Told, since: number): void {
    const remaining = told.remaining - since;
    const known = this.#told;
    const behindMs = known === undefined ? 0 : known.resetMs - told.resetMs;
    if (behindMs > 0 && behindMs <= this.#windowMs) return;
    const same = known !== undefined && behindMs === 0;
    this.#told = {
      resetMs: told.resetMs,
      remaining: same ? Math.min(known.remaining, remaining) : remaining,
    };
  }

  sent(): void {
    if (this.#told !== undefined) this.#told.remaining -= 1;
  }

  unsent(): void {
    if (this.#told !== undefined) this.#told.remaining += 1;
  }

  /** Undefined once Exact's clock has passed the reset for certain. */
  left(earliestMs: number): number | undefined {
    const told = this.#told;
    return told !== undefined && earliestMs < told.resetMs ? told.remaining : undefined;
  }

  get resetMs(): number | undefined {
    return this.#told?.resetMs;
  }
}
