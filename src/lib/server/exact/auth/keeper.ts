// Who lives here: the keeper of the token chain (I-19). Exact's refresh tokens are used once, an
// early refresh is punished, and two refreshers kill the chain (exact-online-api.md §1.4 to §1.7).
// So: one flight in this process, one row lock over all, never before 570 s, the new pair durable
// before its first use, and a dead chain is said plainly and left alone.
//
// Terms: vouched (Exact itself said that a token is not expired, whatever our clock says).

import { Buffer } from 'node:buffer';
import { LIMITS } from '../../../domain/index.ts';
import type { Clock, Random, Scheduler } from '../../../domain/index.ts';
import type { TokenSource } from '../http.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import type { ConnectionStore, LiveTokens, TokenPair } from './connection.ts';
import type { Grant, Grants } from './grants.ts';

/** 570 s by Exact's rule (§1.4), and one second for a clock that runs a little fast. */
const EARLIEST_REFRESH_MS = 571_000;
/** A token is not used in its last seconds: the request would arrive too late. */
const LAST_USE_MS = 5_000;
/** Longer than two timed-out refreshes: a holder that is silent for so long is gone. */
const LOCK_MS = 90_000;
const LOCK_POLL_MS = 500;
/** Beyond the lock of a holder that died, whose clock may have been a little ahead. */
const LOCK_WAIT_MS = LOCK_MS + 30_000;
/** For so long the new pair of another process is awaited before the old token is used on. */
const PATIENCE_MS = 5_000;
const FIRST_BACKOFF_MS = 5_000;
/** Exact says "too early" for 570 s at most; asked this seldom, it counts at most five errors. */
const TOO_EARLY_MS = 120_000;
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

/** A pair that Exact gave and the disk refused: the old one is used up, so it must not be lost. */
interface Unsaved {
  readonly old: LiveTokens;
  readonly pair: TokenPair;
  readonly issuedMs: number;
}

export class TokenKeeper implements TokenSource {
  readonly #parts: KeeperParts;
  readonly #holder: string;
  #flight: Promise<Outcome<string>> | undefined;
  #refusedToken: string | undefined;
  #notBeforeMs = 0;
  #failures = 0;
  #vouchedToken: string | undefined;
  #unsaved: Unsaved | undefined;

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
  async adopt(grant: PairGrant, state: 'choosing' | 'connected'): Promise<void> {
    await this.#parts.store.adopt(pairOf(grant), this.#parts.clock.nowMs(), state);
    this.#failures = 0;
    this.#notBeforeMs = 0;
  }

  async #settle(): Promise<Outcome<string>> {
    if (this.#unsaved !== undefined) await this.#save(this.#unsaved);
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
    if (live.pair.access === this.#refusedToken) return false;
    const leftMs = live.issuedMs + live.pair.lifeMs - this.#parts.clock.nowMs();
    return leftMs > LAST_USE_MS || live.pair.access === this.#vouchedToken;
  }

  async #refreshLocked(): Promise<Outcome<string>> {
    const { store, clock, scheduler } = this.#parts;
    if (clock.nowMs() < this.#notBeforeMs) {
      return { kind: 'auth', state: 'waiting', untilMs: this.#notBeforeMs };
    }
    const sinceMs = clock.nowMs();
    while (!(await store.lock(this.#holder, LOCK_MS))) {
      const other = await this.#ofAnother(clock.nowMs() - sinceMs);
      if (other !== null) return other;
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

  /** While another process refreshes: its new pair, or the old one after a while, or null. */
  async #ofAnother(waitedMs: number): Promise<Outcome<string> | null> {
    const live = await this.#parts.store.tokens();
    if (live === null) return this.#consent();
    const early = this.#early(live);
    if (early !== null) return early;
    if (waitedMs >= PATIENCE_MS && this.#usable(live)) {
      return { kind: 'ok', value: live.pair.access };
    }
    if (waitedMs < LOCK_WAIT_MS) return null;
    return { kind: 'unavailable', nothingSent: true, words: 'another process is refreshing' };
  }

  async #refresh(live: LiveTokens): Promise<Outcome<string>> {
    const { store, clock, grants } = this.#parts;
    let grant = await this.#counted(() => grants.refresh(live.pair.refresh));
    // Lost: Exact may have used the token up. Asking once more with it tells (§1.7).
    if (grant.kind === 'lost') {
      const again = await this.#counted(() => grants.refresh(live.pair.refresh));
      // What did not leave tells nothing, and the first call was made: it is paused for.
      if (again.kind !== 'not-sent') grant = again;
    }
    if (grant.kind === 'pair') {
      this.#failures = 0;
      this.#unsaved = { old: live, pair: pairOf(grant), issuedMs: clock.nowMs() };
      return (await this.#save(this.#unsaved))
        ? { kind: 'ok', value: grant.access }
        : this.#meanwhile();
    }
    if (grant.kind === 'dead') {
      if (!(await store.needsConsent(live, grant.words))) return this.#meanwhile();
      this.#parts.onNeedsConsent(grant.words);
      return this.#consent();
    }
    return this.#later(live, grant);
  }

  async #save(unsaved: Unsaved): Promise<boolean> {
    const saved = await this.#parts.store.replaceTokens(
      unsaved.old,
      unsaved.pair,
      unsaved.issuedMs,
    );
    this.#unsaved = undefined;
    return saved;
  }

  /** A consent or a disconnection came between: what stands in the store now counts. */
  async #meanwhile(): Promise<Outcome<string>> {
    const live = await this.#parts.store.tokens();
    return live !== null && this.#usable(live)
      ? { kind: 'ok', value: live.pair.access }
      : this.#consent();
  }

  #later(live: LiveTokens, grant: Exclude<Grant, { kind: 'pair' | 'dead' }>): Failure {
    // Exact heard nothing and needs no rest: the line says when it is tried again.
    if (grant.kind === 'not-sent') {
      const { untilMs, words } = grant;
      return { kind: 'unavailable', nothingSent: true, untilMs, words };
    }
    const early = grant.kind === 'too-early';
    if (early) this.#vouchedToken = live.pair.access;
    const backoffMs = Math.min(FIRST_BACKOFF_MS * 2 ** this.#failures, LIMITS.exactBackoffMaxMs);
    this.#failures += 1;
    const waitMs = early ? TOO_EARLY_MS : backoffMs;
    this.#notBeforeMs = Math.max(this.#notBeforeMs, this.#parts.clock.nowMs() + waitMs);
    if (early) return { kind: 'auth', state: 'waiting', untilMs: this.#notBeforeMs };
    return { kind: 'unavailable', nothingSent: true, words: grant.words };
  }

  /** Keeps below Exact's 200 token calls a day, whatever goes wrong and however often we start. */
  async #counted(call: () => Promise<Grant>): Promise<Grant> {
    const { store } = this.#parts;
    const calls = await store.tokenCalls();
    const oldest = calls[0];
    if (oldest !== undefined && calls.length >= LIMITS.exactTokenCallsPerDay) {
      this.#notBeforeMs = oldest + DAY_MS;
      return { kind: 'unavailable', words: 'too many token calls today' };
    }
    const countedMs = await store.countTokenCall();
    const grant = await call();
    if (grant.kind === 'not-sent') await store.uncountTokenCall(countedMs);
    return grant;
  }

  #consent(): Failure {
    return { kind: 'auth', state: 'needs-consent', untilMs: this.#parts.clock.nowMs() };
  }
}

type PairGrant = Extract<Grant, { kind: 'pair' }>;

function pairOf(grant: PairGrant) {
  return { access: grant.access, refresh: grant.refresh, lifeMs: grant.lifeMs };
}
