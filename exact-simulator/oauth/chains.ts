/*
 * Codes, token chains and tokens (Exact KB, lifetimes and refresh rules). One consent makes one
 * chain of rotating refresh tokens; a new consent for the same app ends the earlier chain.
 */
import { randomBytes } from 'node:crypto';
import type { SimClock } from '../clock/clock.ts';
import type { Store } from '../store/database.ts';

export const ACCESS_LIFE_MS = 600_000;
export const EARLIEST_REFRESH_MS = 570_000;
const REFRESH_LIFE_MS = 30 * 86_400_000;
const CODE_LIFE_MS = 180_000;
/** How long an expired code or token is still known as such. */
const TOKENS_KEPT_MS = 86_400_000;

export interface Pair {
  access: string;
  refresh: string;
}

export interface Session {
  chain: number;
  client: string;
  divisions: number[];
  expired: boolean;
}

export type Refusal = 'unknown' | 'used' | 'dead-chain' | 'early';

const random = (bytes: number): string => randomBytes(bytes).toString('base64url');

function divisionsOf(value: unknown): number[] {
  return String(value).split(',').filter(Boolean).map(Number);
}

export class Chains {
  constructor(
    private readonly store: Store,
    private readonly clock: SimClock,
  ) {}

  /** A code for a consent. It holds a `!`, which must travel percent-encoded. */
  issueCode(client: string, redirectUri: string, divisions: readonly number[]): string {
    const code = `stampNL001.${random(6)}!IAAAA${random(48)}`;
    this.store.run(
      `INSERT INTO sim_code (code, client, redirect_uri, divisions, expires_ms)
       VALUES (?, ?, ?, ?, ?)`,
      code,
      client,
      redirectUri,
      divisions.join(','),
      this.clock.nowMs() + CODE_LIFE_MS,
    );
    return code;
  }

  /** Trades a code for the first pair of a new chain; undefined when the code is no good. */
  exchange(client: string, code: string, redirectUri: string): Pair | undefined {
    return this.store.transaction(() => {
      const row = this.store.get('SELECT * FROM sim_code WHERE code = ? AND used = 0', code);
      if (!row || row['client'] !== client || row['redirect_uri'] !== redirectUri) return undefined;
      if (Number(row['expires_ms']) <= this.clock.nowMs()) return undefined;
      this.store.run('UPDATE sim_code SET used = 1 WHERE code = ?', code);
      return this.begin(client, divisionsOf(row['divisions']));
    });
  }

  /** Starts a chain without a code, as a consent would; the earlier chain of the app ends. */
  begin(client: string, divisions: readonly number[]): Pair {
    return this.store.transaction(() => {
      this.store.run('UPDATE sim_chain SET alive = 0 WHERE client = ?', client);
      const chain = this.store.next('chain');
      this.store.run(
        'INSERT INTO sim_chain (id, client, divisions, issued_ms) VALUES (?, ?, ?, ?)',
        chain,
        client,
        divisions.join(','),
        this.clock.nowMs(),
      );
      return this.issue(chain);
    });
  }

  /** Rotates a refresh token, or says why not. Nothing changes on a refusal. */
  refresh(client: string, token: string): Pair | Refusal {
    return this.store.transaction(() => {
      const row = this.store.get(
        `SELECT t.*, c.client, c.alive, c.issued_ms FROM sim_token t
         JOIN sim_chain c ON c.id = t.chain WHERE t.token = ? AND t.kind = 'refresh'`,
        token,
      );
      const nowMs = this.clock.nowMs();
      if (!row || row['client'] !== client) return 'unknown';
      if (row['used'] === 1) return 'used';
      if (row['alive'] === 0) return 'dead-chain';
      if (Number(row['expires_ms']) <= nowMs) return 'unknown';
      if (nowMs - Number(row['issued_ms']) < EARLIEST_REFRESH_MS) return 'early';
      this.store.run('UPDATE sim_token SET used = 1 WHERE token = ?', token);
      return this.issue(Number(row['chain']));
    });
  }

  /** What an access token stands for; undefined for one that was never issued. */
  session(token: string): Session | undefined {
    const row = this.store.get(
      `SELECT t.expires_ms, c.* FROM sim_token t
       JOIN sim_chain c ON c.id = t.chain WHERE t.token = ? AND t.kind = 'access'`,
      token,
    );
    if (!row) return undefined;
    return {
      chain: Number(row['id']),
      client: String(row['client']),
      divisions: divisionsOf(row['divisions']),
      expired: Number(row['expires_ms']) <= this.clock.nowMs(),
    };
  }

  /** Ends access tokens (and with `refresh` also refresh tokens) at once, for tests. */
  expire(kinds: { access: boolean; refresh: boolean }): number {
    let count = 0;
    for (const [kind, on] of Object.entries(kinds)) {
      if (!on) continue;
      // An expired access token may be refreshed at once, as after its 600 seconds.
      if (kind === 'access') {
        const issuedMs = this.clock.nowMs() - ACCESS_LIFE_MS;
        this.store.run('UPDATE sim_chain SET issued_ms = min(issued_ms, ?)', issuedMs);
      }
      count += this.store.run(
        'UPDATE sim_token SET expires_ms = ? WHERE kind = ? AND expires_ms > ?',
        this.clock.nowMs(),
        kind,
        this.clock.nowMs(),
      );
    }
    return count;
  }

  /**
   * Forgets tokens that nobody can tell from unknown ones any more. Used refresh tokens stay for
   * their life, because Exact says "old" of them and "invalid" of others.
   */
  private forget(nowMs: number): void {
    this.store.run('DELETE FROM sim_token WHERE expires_ms < ?', nowMs - TOKENS_KEPT_MS);
    this.store.run('DELETE FROM sim_code WHERE expires_ms < ?', nowMs - TOKENS_KEPT_MS);
  }

  private issue(chain: number): Pair {
    const nowMs = this.clock.nowMs();
    this.forget(nowMs);
    const pair: Pair = {
      // Longer than 1,000 characters, as real ones can be.
      access: `stampNL001.gAAAA${random(600)}!${random(180)}`,
      refresh: `stampNL001.${random(3)}!IAAAA${random(180)}`,
    };
    const sql = 'INSERT INTO sim_token (token, kind, chain, expires_ms) VALUES (?, ?, ?, ?)';
    this.store.run(sql, pair.access, 'access', chain, nowMs + ACCESS_LIFE_MS);
    this.store.run(sql, pair.refresh, 'refresh', chain, nowMs + REFRESH_LIFE_MS);
    this.store.run('UPDATE sim_chain SET issued_ms = ? WHERE id = ?', nowMs, chain);
    return pair;
  }
}
