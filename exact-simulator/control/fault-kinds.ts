/*
 * Every kind of fault as data (Exact KB, simulator fault switches): which calls it can befall and
 * what it does. The control API, the command line, the nemesis and the front page read it.
 */

/**
 * `any`: every API call · `data`: below `/api/v1` · `read`: GETs among them · `write`: the others ·
 * `token`: the token endpoint · `webhook`: a notification instead of a call.
 */
export type Target = 'any' | 'data' | 'read' | 'write' | 'token' | 'webhook';

interface Kind {
  target: Target;
  says: string;
  /** Ends a link, moves the company, blocks an endpoint or takes a minute: the nemesis leaves it
   * out unless it is named. */
  harsh?: true;
  /** What `delayMs` is when it is not given; 0 unless it stands here. */
  delayMs?: number;
}

const kinds = <K extends string>(table: Record<K, Kind>): Readonly<Record<K, Kind>> => table;

export const FAULT_KINDS = kinds({
  'lose-answer': { target: 'any', says: 'does the work, then cuts the line' },
  'lose-request': { target: 'any', says: 'cuts the line without doing the work' },
  'lose-refresh': { target: 'token', says: 'rotates, then loses the new pair', harsh: true },
  'apply-later': {
    ...{ target: 'write', delayMs: 10_000 },
    says: 'cuts the line; the work is done delayMs later',
  },
  lag: {
    ...{ target: 'write', delayMs: 10_000 },
    says: 'does the work; readers see it, and all written after it, delayMs later',
  },
  'late-commit': {
    ...{ target: 'write', delayMs: 10_000 },
    says: 'as lag, while later writes pass it by: low row versions come late',
  },
  'status-500': { target: 'any', says: '500 with an empty body, nothing done' },
  'status-500-message': { target: 'data', says: '500 with a message, nothing done', harsh: true },
  'status-500-after': { target: 'write', says: 'does the work, then answers 500' },
  'status-408': { target: 'data', says: '408, nothing done' },
  'status-429': { target: 'data', says: '429 with only the headers of one window' },
  'status-403': { target: 'data', says: '403 with message and Reason header', harsh: true },
  'wrong-division': { target: 'data', says: '403 Forbidden - WrongDivision', harsh: true },
  'scope-violated': { target: 'data', says: '403 Application Scope Violated', harsh: true },
  'error-block': {
    target: 'data',
    says: 'blocks the endpoint as after too many errors',
    harsh: true,
  },
  'html-503': { target: 'any', says: 'the maintenance page' },
  'html-200': { target: 'data', says: '200 with a page instead of JSON, nothing done' },
  truncate: { target: 'data', says: 'does the work; JSON that ends in an error' },
  'half-body': { target: 'data', says: 'does the work; cuts the line in mid-answer' },
  delay: { target: 'any', says: 'waits delayMs (real time) before the work' },
  'delay-answer': { target: 'any', says: 'does the work, then waits delayMs (real time)' },
  slow: {
    ...{ target: 'any', harsh: true, delayMs: 61_000 },
    says: 'does the work; answers delayMs of the simulator’s clock later (61 s)',
  },
  'expire-tokens': { target: 'data', says: 'ends all access tokens before the call: 401' },
  'early-refresh': { target: 'token', says: '400: refreshed too early, nothing done' },
  'old-refresh': { target: 'token', says: '401: old refresh token, nothing done', harsh: true },
  'ignore-prefer': { target: 'write', says: 'answers as if Prefer was not sent' },
  'd-array': { target: 'read', says: '`d` as a bare array where a page has no next' },
  'int64-number': { target: 'read', says: 'Int64 as JSON numbers' },
  'no-minutely': { target: 'data', says: 'without the minutely headers' },
  'unknown-field': { target: 'read', says: 'rows with a field nobody knows' },
  'missing-field': { target: 'read', says: 'rows without their last field', harsh: true },
  'wrong-answer-division': { target: 'read', says: 'rows of another company', harsh: true },
  'repeat-page': { target: 'read', says: '`__next` leads to the same page again' },
  'page-shift': { target: 'read', says: 'rows move while they are being paged' },
  'dutch-messages': { target: 'write', says: 'messages in Dutch' },
  'move-company': { target: 'read', says: 'the company moves: new row versions', harsh: true },
  'webhook-duplicate': { target: 'webhook', says: 'a notification comes twice' },
  'webhook-delay': {
    ...{ target: 'webhook', delayMs: 60_000 },
    says: 'a notification comes delayMs later',
  },
  'webhook-reorder': {
    ...{ target: 'webhook', delayMs: 60_000 },
    says: 'a notification is overtaken by the next one, or comes delayMs later',
  },
  'webhook-bad-hash': { target: 'webhook', says: 'a notification with a wrong HashCode' },
  'webhook-lost': { target: 'webhook', says: 'a notification never comes' },
});

export type FaultKind = keyof typeof FAULT_KINDS;

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULT_KINDS, text);
}

export const ALL_KINDS: readonly FaultKind[] = Object.keys(FAULT_KINDS).filter(isFaultKind);

/** What a seeded nemesis uses when it is not told otherwise: what a good client comes through. */
export const MILD_KINDS: readonly FaultKind[] = ALL_KINDS.filter(
  (kind) => FAULT_KINDS[kind].harsh !== true,
);
