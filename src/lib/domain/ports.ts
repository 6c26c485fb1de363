// Time and chance come in through these two, so that floors 1 to 3 run unchanged in the browser,
// in Node and under a virtual clock. Nothing below the shells may ask the machine for either.

/** Wall clock of the party that acts, in milliseconds since 1970 UTC. Never used for order. */
export interface Clock {
  nowMs(): number;
}

/** A source of random bytes; `bytes(n)` returns exactly n of them. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** Calls a shell back later. A virtual one lets a test drive every wait of the house. */
export interface Scheduler {
  /** Runs `act` once after `delayMs`; the answer cancels it. */
  after(delayMs: number, act: () => void): () => void;
}
