// Who lives here: the keeper of the token chain (I-19). Exact's refresh tokens are used once, an
// early refresh is punished, and two refreshers kill the chain (exact-online-api.md §1.4 to §1.7).
// So: one flight in this process, one row lock over all, never before 570 s, the new pair durable
// before its first use, and a dead chain is said plainly and left alone.

import { Buffer } from 'node:buffer';
import { LIMITS } from '../../../domain/index.ts';
import type { Clock, Random, Scheduler } from '../../../domain/index.ts';
import type { TokenSource } from '../http.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import type { ConnectionStore, LiveTokens } from './connection.ts';
import type { Grant, Grants } from './grants.ts';

/** 570 s by Exact's rule (§1.4), and one second for a clock that runs a little fast. */
const EARLIEST_REFRESH_MS = 571_000;
/** A token is not used in its last seconds: the request would arrive too late. */
const LAST_USE_MS = 5_000;
/** Longer than two timed-out refreshes: a holder that is silent for so long is gone. */
const LOCK_MS = 90_000;
const LOCK_POLL_MS = 500;
const FIRST_BACKOFF_MS = 5_000;
const DAY_MS = 24 * 3_600_000;

export interface KeeperParts {
  readonly store: ConnectionStore;
  readonly grants: Grants;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly random: Random;
  /** The chain died: tell the admin. Picking goes on without Exact. */
  readonly onNeedsConsent: (words: string) => void;
}

export class TokenKeeper implements TokenSource {
  readonly #parts: KeeperParts;
  readonly #holder: string;
  #flight: Promise<Outcome<string>> | undefined;
  #refusedToken: string | undefined;
  #notBeforeMs = 0;
  #failures = 0;
  #calls: number[] = [];

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#holder = Buffer.from(parts.random.bytes(12)).toString('base64url');
  }

  current(): Promise<Outcome<string>> {
    this.#flight ??= this.#settle().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  refused(token: string): Promise<void> {
    this.#refusedToken = token;
    return Promise.resolve();
  }

  /** A person's consent brought a new chain: what went wrong before is over. */
  async adopt(grant: Extract<Grant, { kind: 'pair' }>): Promise<void> {
    await this.#parts.store.saveTokens(pairOf(grant), this.#parts.clock.nowMs());
    this.#failures = 0;
    this.#notBeforeMs = 0;
  }

  async #settle(): Promise<Outcome<string>> {
    const live = await this.#parts.store.tokens();
    if (live === null) return this.#consent();
    const early = this.#early(live);
    if (early !== null) return early;
    const refreshed = await this.#refreshLocked();
    if (refreshed.kind === 'ok' || !this.#usable(live)) return refreshed;
    const gone = refreshed.kind === 'auth' && refreshed.state === 'needs-consent';
    return gone ? refreshed : { kind: 'ok', value: live.pair.access };
  }

  /** The token itself while it may not be renewed; null when it is time to renew. */
  #early(live: LiveTokens): Outcome<string> | null {
    const ageMs = this.#parts.clock.nowMs() - live.issuedMs;
    const usable = this.#usable(live);
    // A clock that was set back must not lock us out until it catches up.
    if (ageMs >= EARLIEST_REFRESH_MS || (ageMs < 0 && !usable)) return null;
    if (usable) return { kind: 'ok', value: live.pair.access };
    return { kind: 'auth', state: 'waiting', untilMs: live.issuedMs + EARLIEST_REFRESH_MS };
  }

  #usable(live: LiveTokens): boolean {
    const leftMs = live.issuedMs + live.pair.lifeMs - this.#parts.clock.nowMs();
    return leftMs > LAST_USE_MS && live.pair.access !== this.#refusedToken;
  }

  async #refreshLocked(): Promise<Outcome<string>> {
    const { store, clock, scheduler } = this.#parts;
    if (clock.nowMs() < this.#notBeforeMs) {
      return { kind: 'auth', state: 'waiting', untilMs: this.#notBeforeMs };
    }
    const giveUpMs = clock.nowMs() + LOCK_MS;
    while (!(await store.lock(this.#holder, clock.nowMs() + LOCK_MS))) {
      if (clock.nowMs() >= giveUpMs) {
        return { kind: 'unavailable', nothingSent: true, words: 'another process is refreshing' };
      }
      await new Promise<void>((resolve) => scheduler.after(LOCK_POLL_MS, resolve));
    }
    try {
      // Another process may have been faster: its pair is in the store now.
      const live = await store.tokens();
      if (live === null) return this.#consent();
      return this.#early(live) ?? (await this.#refresh(live));
    } finally {
      await store.unlock(this.#holder);
    }
  }

  async #refresh(live: LiveTokens): Promise<Outcome<string>> {
    const { store, clock, grants } = this.#parts;
    let grant = await this.#counted(() => grants.refresh(live.pair.refresh));
    // Lost: Exact may have used the token up. Asking once more with it tells (§1.7).
    if (grant.kind === 'lost') grant = await this.#counted(() => grants.refresh(live.pair.refresh));
    if (grant.kind === 'pair') {
      await store.saveTokens(pairOf(grant), clock.nowMs());
      this.#failures = 0;
      return { kind: 'ok', value: grant.access };
    }
    if (grant.kind === 'dead') {
      await store.needsConsent();
      this.#parts.onNeedsConsent(grant.words);
      return this.#consent();
    }
    const waitMs = Math.min(FIRST_BACKOFF_MS * 2 ** this.#failures, LIMITS.exactBackoffMaxMs);
    this.#failures += 1;
    this.#notBeforeMs = Math.max(this.#notBeforeMs, clock.nowMs() + waitMs);
    if (grant.kind === 'too-early') {
      return { kind: 'auth', state: 'waiting', untilMs: this.#notBeforeMs };
    }
    return { kind: 'unavailable', nothingSent: true, words: grant.words };
  }

  /** Keeps below Exact's 200 token calls a day, whatever goes wrong. */
  async #counted(call: () => Promise<Grant>): Promise<Grant> {
    const now = this.#parts.clock.nowMs();
    this.#calls = this.#calls.filter((at) => at > now - DAY_MS && at <= now);
    const oldest = this.#calls[0];
    if (oldest !== undefined && this.#calls.length >= LIMITS.exactTokenCallsPerDay) {
      this.#notBeforeMs = oldest + DAY_MS;
      return { kind: 'unavailable', words: 'too many token calls today' };
    }
    this.#calls.push(now);
    return call();
  }

  #consent(): Failure {
    return { kind: 'auth', state: 'needs-consent', untilMs: this.#parts.clock.nowMs() };
  }
}

function pairOf(grant: Extract<Grant, { kind: 'pair' }>) {
  return { access: grant.access, refresh: grant.refresh, lifeMs: grant.lifeMs };
}
