// Who lives here: the one row about our connection to Exact: which app, which division, the sealed
// tokens, and whether a person's consent is needed. In it the lock that keeps two processes from
// refreshing one chain at the same time, which kills it (exact-online-api.md §1.7; I-19).
//
// A pair is replaced only where it still is the pair that the new one came from: a person's new
// consent and a refresh under way never overwrite each other.

import * as z from 'zod';
import type { Clock } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import type { ExactApp } from './grants.ts';
import type { Vault } from './vault.ts';
import { NO_CONNECTION, viewOf } from './view.ts';
import type { ConnectionRow, ConnectionView, Origin, RightsFound } from './view.ts';

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
  readonly lifeMs: number;
}

export interface LiveTokens {
  readonly pair: TokenPair;
  /** When we received them: never earlier than when Exact issued them. */
  readonly issuedMs: number;
  /** The record they are sealed in; another one means another pair. */
  readonly record: string;
}

/** What stands in the row's `state`; view.ts says what others see of it. */
export type StoredState = 'unconnected' | 'choosing' | 'checking' | 'connected' | 'needs-consent';

const THE_ONE = 1;
const SECRET = 'client-secret';
const TOKENS = 'token-pair';
const DAY_MS = 24 * 3_600_000;
const WITH_TOKENS: readonly string[] = ['choosing', 'checking', 'connected'];
const pairForm = z.object({ access: z.string(), refresh: z.string(), lifeMs: z.number() });
const callsForm = z.array(z.number());

/** The row's sealed columns and what each is bound to, for a change of key. */
export const SEALED = [
  ['secret_cipher', SECRET],
  ['tokens_cipher', TOKENS],
] as const;

type Change = Partial<Omit<ConnectionRow, 'id' | 'updated_ms'>> & { readonly state?: StoredState };

const WITHOUT_TOKENS = { tokens_cipher: null, issued_ms: null, rights: null } as const;

export class ConnectionStore {
  readonly #db: ExactDb;
  readonly #vault: Vault;
  readonly #clock: Clock;

  constructor(db: ExactDb, vault: Vault, clock: Clock) {
    this.#db = db;
    this.#vault = vault;
    this.#clock = clock;
  }

  /** Makes the row for this app. Another site or app than before: its tokens mean nothing here. */
  async prepare(app: ExactApp, origin: Origin): Promise<void> {
    const old = await this.#row();
    const now = this.#clock.nowMs();
    const same = old?.base_url === app.baseUrl && old.client_id === app.clientId;
    const kept = same && old.origin === origin && origin !== 'typed';
    const row = {
      ...{ id: THE_ONE, base_url: app.baseUrl, client_id: app.clientId, origin },
      secret_cipher: this.#vault.seal(app.clientSecret, SECRET),
      secret_set_ms: kept ? (old.secret_set_ms ?? now) : now,
      division: same ? old.division : null,
      division_name: same ? old.division_name : null,
      consented_ms: same ? old.consented_ms : null,
      disconnected_ms: same ? old.disconnected_ms : null,
      words: same ? old.words : null,
      rights: same ? old.rights : null,
      tokens_cipher: same ? old.tokens_cipher : null,
      issued_ms: same ? old.issued_ms : null,
      state: same ? old.state : 'unconnected',
      updated_ms: now,
    };
    await this.#db
      .insertInto('exact_connection')
      .values({ ...row, token_calls: '[]' })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  /** The app that a person typed, unsealed; null when there is none. Throws KeyFault. */
  async typedApp(): Promise<Omit<ExactApp, 'redirectUri'> | null> {
    const row = await this.#row();
    if (row?.origin !== 'typed' || row.secret_cipher === '') return null;
    const clientSecret = this.#vault.open(row.secret_cipher, SECRET);
    return { baseUrl: row.base_url, clientId: row.client_id, clientSecret };
  }

  /** The app is no longer given: its secret and tokens go, what the books are stays. */
  async forgetApp(): Promise<void> {
    const gone = { ...WITHOUT_TOKENS, secret_cipher: '', secret_set_ms: null, words: null };
    await this.update({ ...gone, state: 'unconnected' });
  }

  async view(): Promise<ConnectionView> {
    const row = await this.#row();
    return row === undefined ? NO_CONNECTION : viewOf(row);
  }

  /** The stored pair, when there is one and no consent is needed. Throws KeyFault. */
  async tokens(): Promise<LiveTokens | null> {
    const row = await this.#row();
    if (row === undefined || !WITH_TOKENS.includes(row.state)) return null;
    if (row.tokens_cipher === null || row.issued_ms === null) return null;
    const pair = pairForm.parse(parseJson(this.#vault.open(row.tokens_cipher, TOKENS)));
    return { pair, issuedMs: row.issued_ms, record: row.tokens_cipher };
  }

  /** A person's consent: the first pair of a new chain. Durable when it resolves. */
  async adopt(pair: TokenPair, issuedMs: number, state: 'choosing' | 'connected'): Promise<void> {
    await this.update({
      ...{ tokens_cipher: this.#seal(pair), issued_ms: issuedMs, consented_ms: issuedMs },
      ...{ state, words: null, disconnected_ms: null },
    });
  }

  /**
   * The pair that `old` was traded for. Durable when it resolves; only then may the new access
   * token be used. False when something else took the place of `old` meanwhile: nothing changed.
   */
  async replaceTokens(old: LiveTokens, pair: TokenPair, issuedMs: number): Promise<boolean> {
    return this.#updateIf(old, { tokens_cipher: this.#seal(pair), issued_ms: issuedMs });
  }

  /** The chain of `old` is dead: its tokens are deleted. False as in `replaceTokens`. */
  async needsConsent(old: LiveTokens, words: string): Promise<boolean> {
    return this.#updateIf(old, { ...WITHOUT_TOKENS, state: 'needs-consent', words });
  }

  async disconnect(): Promise<void> {
    const now = this.#clock.nowMs();
    await this.update({ ...WITHOUT_TOKENS, state: 'unconnected', disconnected_ms: now });
  }

  async saveRights(rights: RightsFound): Promise<void> {
    await this.update({ rights: JSON.stringify(rights) });
  }

  /** Takes the refresh lock for `holder` if nobody else holds it; true when it is ours. */
  async lock(holder: string, holdMs: number): Promise<boolean> {
    const now = this.#clock.nowMs();
    // One statement, so that two processes never both read before either writes. A lock much
    // further ahead than anyone holds one was taken before the clock was set back; a little further
    // it is when the other one looked at its clock a moment after us.
    const done = await this.#db
      .updateTable('exact_connection')
      .set({ lock_holder: holder, lock_until_ms: now + holdMs })
      .where('id', '=', THE_ONE)
      .where((e) =>
        e.or([
          e('lock_holder', 'is', null),
          e('lock_holder', '=', holder),
          e('lock_until_ms', '<=', now),
          e('lock_until_ms', '>', now + 2 * holdMs),
        ]),
      )
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }

  async unlock(holder: string): Promise<void> {
    await this.#db
      .updateTable('exact_connection')
      .set({ lock_holder: null, lock_until_ms: null })
      .where('lock_holder', '=', holder)
      .execute();
  }

  /** Moments of the token calls of the last 24 hours, oldest first; a restart forgets none. */
  async tokenCalls(): Promise<readonly number[]> {
    const row = await this.#row();
    const now = this.#clock.nowMs();
    const calls = callsForm.parse(parseJson(row?.token_calls ?? '[]'));
    return calls.filter((at) => at > now - DAY_MS && at <= now);
  }

  /** Written down before the call is made: one that crashes us counts too. Returns its moment. */
  async countTokenCall(): Promise<number> {
    const nowMs = this.#clock.nowMs();
    const calls = [...(await this.tokenCalls()), nowMs];
    await this.update({ token_calls: JSON.stringify(calls) });
    return nowMs;
  }

  /** The call that was counted at this moment surely never left. */
  async uncountTokenCall(atMs: number): Promise<void> {
    const calls = await this.tokenCalls();
    const place = calls.lastIndexOf(atMs);
    if (place !== -1) await this.update({ token_calls: JSON.stringify(calls.toSpliced(place, 1)) });
  }

  async update(change: Change): Promise<void> {
    await this.#db
      .updateTable('exact_connection')
      .set({ ...change, updated_ms: this.#clock.nowMs() })
      .where('id', '=', THE_ONE)
      .execute();
  }

  async #updateIf(old: LiveTokens, change: Change): Promise<boolean> {
    const done = await this.#db
      .updateTable('exact_connection')
      .set({ ...change, updated_ms: this.#clock.nowMs() })
      .where('id', '=', THE_ONE)
      .where('tokens_cipher', '=', old.record)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  }

  #seal(pair: TokenPair): string {
    return this.#vault.seal(JSON.stringify(pair), TOKENS);
  }

  async #row(): Promise<ConnectionRow | undefined> {
    return this.#db
      .selectFrom('exact_connection')
      .selectAll()
      .where('id', '=', THE_ONE)
      .executeTakeFirst();
  }
}
