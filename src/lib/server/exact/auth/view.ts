// Who lives here: what may be known about our connection to Exact outside this folder: nothing
// secret. Terms: stage (how far a person has come with connecting), origin (who gave the app's id
// and secret), books (the administration that our open postings are for).

import * as z from 'zod';
import { parseJson } from '../envelope.ts';
import type { ExactTables } from '../tables.ts';

export type ConnectionState = 'unconnected' | 'connected' | 'needs-consent';

/**
 * `app`: no id and secret yet. `consent`: nobody logged in at Exact yet, or a person disconnected.
 * `choose`: logged in, the division is to be chosen. `rights`: chosen, and some rights are missing.
 */
export type Stage = 'app' | 'consent' | 'choose' | 'rights' | 'connected' | 'needs-consent';

export type Origin = 'environment' | 'typed' | 'stand-in';

/** Exact lets an unused refresh token live this long (exact-online-api.md §1.4). */
export const REFRESH_LIFE_MS = 30 * 24 * 3_600_000;

const rightsForm = z.object({
  checkedMs: z.number(),
  /** Questions that Exact answered, of how many. */
  asked: z.int(),
  total: z.int(),
  missing: z.array(z.object({ endpoint: z.string(), action: z.string(), stops: z.string() })),
  /** Why the check ended before the end. */
  words: z.nullable(z.string()),
  /** What was asked for, each as `POST purchaseorder/GoodsReceipts`; not known of old checks. */
  needs: z.optional(z.array(z.string())),
});

/** What the last check of the user's rights found. */
export type RightsFound = z.output<typeof rightsForm>;

/** What the admin page may know. */
export interface ConnectionView {
  readonly state: ConnectionState;
  readonly stage: Stage;
  /** Empty while there is no app. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly origin: Origin;
  readonly secretSetMs: number | null;
  /** Chosen last; also while it must be chosen anew. */
  readonly division: number | null;
  readonly divisionName: string | null;
  /** `site division` of the mirror and of all postings so far. */
  readonly books: string | null;
  readonly consentedMs: number | null;
  /** When the tokens in use were received; null without tokens. */
  readonly issuedMs: number | null;
  readonly refreshedMs: number | null;
  /** When the chain dies if nobody refreshes it before. */
  readonly expiresMs: number | null;
  /** A person disconnected, and nobody connected since. */
  readonly disconnectedMs: number | null;
  /** Why the chain died, in Exact's words. */
  readonly words: string | null;
  readonly rights: RightsFound | null;
}

export type ConnectionRow = ExactTables['exact_connection'];

const storedForm = z.enum(['unconnected', 'choosing', 'checking', 'connected', 'needs-consent']);
const originForm = z.enum(['environment', 'typed', 'stand-in']);
type Stored = z.output<typeof storedForm>;

const STAGES: Readonly<Record<Stored, Stage>> = {
  unconnected: 'consent',
  choosing: 'choose',
  checking: 'rights',
  connected: 'connected',
  'needs-consent': 'needs-consent',
};

export const NO_CONNECTION: ConnectionView = {
  ...{ state: 'unconnected', stage: 'app', baseUrl: '', clientId: '', origin: 'typed' },
  ...{ secretSetMs: null, division: null, divisionName: null, books: null, consentedMs: null },
  ...{ issuedMs: null, refreshedMs: null, expiresMs: null, disconnectedMs: null, words: null },
  rights: null,
};

export function viewOf(row: ConnectionRow): ConnectionView {
  const stored = storedForm.parse(row.state);
  const issued = row.tokens_cipher === null ? null : row.issued_ms;
  return {
    state: stored === 'choosing' || stored === 'checking' ? 'unconnected' : stored,
    stage: row.secret_cipher === '' ? 'app' : STAGES[stored],
    baseUrl: row.base_url,
    clientId: row.client_id,
    origin: originForm.parse(row.origin),
    secretSetMs: row.secret_set_ms,
    division: row.division,
    divisionName: row.division_name,
    books: row.books,
    consentedMs: row.consented_ms,
    issuedMs: issued,
    refreshedMs: issued,
    expiresMs: issued === null ? null : issued + REFRESH_LIFE_MS,
    disconnectedMs: row.disconnected_ms,
    words: row.words,
    rights: row.rights === null ? null : rightsForm.parse(parseJson(row.rights)),
  };
}
