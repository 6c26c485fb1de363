// Who lives here: how a step on the way to a connection can end, and what others hear of it.
// Terms: problem (why a step led nowhere; the page has the words for a person).

import { LIMITS } from '../../domain/index.ts';
import type { Consent } from './auth/consent.ts';
import type { ExactApp, Grant } from './auth/grants.ts';

export interface SessionEvents {
  /** A chain of tokens and a division are there: the mirror and the outbox may go to work. */
  connected: [division: number];
  'needs-consent': [words: string];
  /**
   * The division is about to be left, and the tokens still work: the moment to take back what was
   * left at Exact (webhooks). `wait` holds the leaving up until the work has ended, for 30 s.
   */
  disconnecting: [wait: (work: Promise<unknown>) => void];
  /** There is no division any more. */
  disconnected: [];
}

export type ProblemKind =
  | ('not-asked' | 'other-browser' | 'app-changed' | 'denied' | 'no-code')
  | ('wrong-secret' | 'code-refused' | 'too-early' | 'unavailable' | 'lost')
  | ('division' | 'not-choosable' | 'open-work' | 'no-tokens' | 'environment' | 'address');

export interface Problem {
  readonly problem: ProblemKind;
  /** Exact's own words, or ours; fit to be shown. */
  readonly words: string;
}

export type Refused = Problem & { readonly kind: 'refused' };

export type Connected =
  | { readonly kind: 'connected'; readonly division: number }
  /** Tokens are there; a person must choose the division, or say what happens without rights. */
  | { readonly kind: 'asks' }
  /** Another administration than before: the mirror begins anew. Ask a person, then come again. */
  | { readonly kind: 'confirm' }
  | Refused;

export function refused(problem: ProblemKind, words: string): Refused {
  return { kind: 'refused', problem, words };
}

/** What is wrong with an answer to a consent that we asked for; null: it brings a code. */
export function amissWith(
  consent: Consent,
  app: ExactApp | undefined,
  query: URLSearchParams,
  browser: string | undefined,
): Refused | null {
  if (consent.browser !== undefined && consent.browser !== browser) {
    return refused('other-browser', 'the login began in another browser');
  }
  if (app?.baseUrl !== consent.app.baseUrl || app.clientId !== consent.app.clientId) {
    return refused('app-changed', 'the client id was changed while the login was under way');
  }
  if ((query.get('code') ?? '') !== '') return null;
  const error = (query.get('error') ?? 'no code came').slice(0, LIMITS.exactWordsChars);
  return refused(error === 'access_denied' ? 'denied' : 'no-code', `no consent: ${error}`);
}

export function noPair(grant: Exclude<Grant, { kind: 'pair' }>): Refused {
  if (grant.kind === 'too-early') return refused('too-early', 'Exact asks to wait ten minutes');
  if (grant.kind === 'not-sent') return refused('unavailable', grant.words);
  if (grant.kind !== 'dead') return refused(grant.kind, grant.words);
  const secret = grant.error === 'invalid_client' || grant.error === 'unauthorized_client';
  return refused(secret ? 'wrong-secret' : 'code-refused', grant.words);
}
