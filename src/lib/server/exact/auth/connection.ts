// Who lives here: the one row about our connection to Exact: which app, which division, the sealed
// tokens, and whether a person's consent is needed. Beside it the row lock that keeps two processes
// from refreshing one chain at the same time, which kills it (exact-online-api.md §1.7; I-19).

import * as z from 'zod';
import type { Clock } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import type { ExactApp } from './grants.ts';
import type { Vault } from './vault.ts';

export type ConnectionState = 'unconnected' | 'connected' | 'needs-consent';

export interface TokenPair {
  readonly access: string;
  readonly refresh: string;
  readonly lifeMs: number;
}

/** What the admin page may know: nothing secret. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly baseUrl: string;
  readonly clientId: string;
  readonly division: number | null;
  readonly issuedMs: number | null;
}

export interface LiveTokens {
  readonly pair: TokenPair;
  /** When we received them: never earlier than when Exact issued them. */
  readonly issuedMs: number;
}

const THE_ONE = 1;
const LOCK = 'exact.refresh-lock';
const SECRET = 'client-secret';
const TOKENS = 'token-pair';
const pairForm = z.object({ access: z.string(), refresh: z.string(), lifeMs: z.number() });
const stateForm = z.enum(['unconnected', 'connected', 'needs-consent']);

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
  async prepare(app: ExactApp): Promise<void> {
    const old = await this.#row();
    const same = old?.base_url === app.baseUrl && old.client_id === app.clientId;
    const row = {
      id: THE_ONE,
      base_url: app.baseUrl,
      client_id: app.clientId,
      secret_cipher: this.#vault.seal(app.clientSecret, SECRET),
      division: same ? old.division : null,
      tokens_cipher: same ? old.tokens_cipher : null,
      issued_ms: same ? old.issued_ms : null,
      state: same ? old.state : 'unconnected',
      updated_ms: this.#clock.nowMs(),
    };
    await this.#db
      .insertInto('exact_connection')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }

  async view(): Promise<ConnectionView | null> {
    const row = await this.#row();
    if (row === undefined) return null;
    return {
      state: stateForm.parse(row.state),
      baseUrl: row.base_url,
      clientId: row.client_id,
      division: row.division,
      issuedMs: row.issued_ms,
    };
  }

  /** The stored pair, when there is one and no consent is needed. Throws KeyFault. */
  async tokens(): Promise<LiveTokens | null> {
    const row = await this.#row();
    if (row?.state !== 'connected' || row.tokens_cipher === null || row.issued_ms === null) {
      return null;
    }
    const pair = pairForm.parse(parseJson(this.#vault.open(row.tokens_cipher, TOKENS)));
    return { pair, issuedMs: row.issued_ms };
  }

  /** Durable when it resolves; only then may the new access token be used. */
  async saveTokens(pair: TokenPair, issuedMs: number): Promise<void> {
    await this.#update({
      tokens_cipher: this.#vault.seal(JSON.stringify(pair), TOKENS),
      issued_ms: issuedMs,
      state: 'connected',
    });
  }

  /** The chain is dead: the tokens are deleted, a person must connect again. */
  async needsConsent(): Promise<void> {
    await this.#update({ tokens_cipher: null, issued_ms: null, state: 'needs-consent' });
  }

  async saveDivision(division: number): Promise<void> {
    await this.#update({ division });
  }

  /** Takes the refresh lock for `holder` if nobody else holds it; true when it is ours. */
  async lock(holder: string, untilMs: number): Promise<boolean> {
    const now = this.#clock.nowMs();
    return this.#db.transaction().execute(async (tx) => {
      const held = await tx
        .selectFrom('meta')
        .select('value')
        .where('key', '=', LOCK)
        .executeTakeFirst();
      const [by, until] = (held?.value ?? '').split(' ');
      if (held !== undefined && by !== holder && Number(until) > now) return false;
      const value = `${holder} ${untilMs}`;
      await tx
        .insertInto('meta')
        .values({ key: LOCK, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
      return true;
    });
  }

  async unlock(holder: string): Promise<void> {
    await this.#db
      .deleteFrom('meta')
      .where('key', '=', LOCK)
      .where('value', 'like', `${holder} %`)
      .execute();
  }

  async #row() {
    return this.#db
      .selectFrom('exact_connection')
      .selectAll()
      .where('id', '=', THE_ONE)
      .executeTakeFirst();
  }

  async #update(change: {
    tokens_cipher?: string | null;
    issued_ms?: number | null;
    state?: ConnectionState;
    division?: number;
  }): Promise<void> {
    await this.#db
      .updateTable('exact_connection')
      .set({ ...change, updated_ms: this.#clock.nowMs() })
      .where('id', '=', THE_ONE)
      .execute();
  }
}
