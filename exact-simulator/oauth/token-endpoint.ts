/*
 * POST /api/oauth2/token with every rule and refusal Exact is known for (Exact KB, token endpoint
 * and token errors). Client credentials are taken from the body or from HTTP Basic.
 */
import type { Registration } from './registration.ts';
import { json, type Answer, type Request } from '../http/answer.ts';
import type { Limits } from '../limits/limits.ts';
import type { Velocity } from '../limits/velocity.ts';
import type { Store } from '../store/database.ts';
import { type Chains, type Pair, type Refusal } from './chains.ts';

export const DEFAULT_TOKEN_CALLS_PER_DAY = 200;
const TOO_EARLY = 'Rate limit exceeded: access_token not expired';

export interface TokenDeps {
  store: Store;
  registration: Registration;
  chains: Chains;
  limits: Limits;
  velocity: Velocity;
}

function refuse(
  status: number,
  error: string,
  description: string,
  headers: Record<string, string> = {},
): Answer {
  return json(status, { error, error_description: description }, headers);
}

function granted(pair: Pair): Answer {
  return json(200, {
    access_token: pair.access,
    token_type: 'bearer',
    // A string in Exact's own answers; strict clients check exactly that.
    expires_in: '600',
    refresh_token: pair.refresh,
  });
}

export const REFUSALS: Record<Refusal, Answer> = {
  unknown: refuse(400, 'invalid_grant', 'Refresh token is invalid.'),
  used: refuse(401, 'unauthorized_client', 'Old refresh token used.'),
  'dead-chain': refuse(
    ...([400, 'invalid_grant'] as const),
    'Token is not allowed, because of invalid or empty chainId',
  ),
  early: refuse(400, 'access_denied', TOO_EARLY, {
    Reason: `TooEarlyToRefreshTokens: ${TOO_EARLY}`,
  }),
};

function basic(header: string | undefined): { id: string; secret: string } | undefined {
  if (header === undefined || !/^basic /i.test(header)) return undefined;
  const [id = '', ...rest] = Buffer.from(header.slice(6).trim(), 'base64').toString().split(':');
  return { id: decodeForm(id), secret: decodeForm(rest.join(':')) };
}

/** HTTP Basic credentials are form-encoded by some clients and sent bare by others. */
function decodeForm(text: string): string {
  return /%[0-9a-f]{2}/i.test(text) ? (new URLSearchParams(`v=${text}`).get('v') ?? text) : text;
}

function grant(deps: TokenDeps, client: string, form: URLSearchParams): Answer {
  const kind = form.get('grant_type');
  if (kind === 'authorization_code') {
    const code = form.get('code');
    const redirectUri = form.get('redirect_uri');
    if (!code || !redirectUri) {
      return refuse(400, 'invalid_request', 'The code and redirect_uri parameters are required.');
    }
    const pair = deps.chains.exchange(client, code, redirectUri);
    return pair ? granted(pair) : REFUSALS['dead-chain'];
  }
  if (kind === 'refresh_token') {
    const token = form.get('refresh_token');
    if (!token) return refuse(400, 'invalid_request', 'The refresh_token parameter is required.');
    const outcome = deps.chains.refresh(client, token);
    return typeof outcome === 'string' ? REFUSALS[outcome] : granted(outcome);
  }
  return kind === null
    ? refuse(400, 'invalid_request', 'The grant_type parameter is required.')
    : refuse(400, 'unsupported_grant_type', `The grant type '${kind}' is not supported.`);
}

/** Answers a token call. Never throws: every refusal is an OAuth error answer. */
export function answerToken(deps: TokenDeps, request: Request): Answer {
  const type = request.headers['content-type'] ?? '';
  if (request.method !== 'POST' || !type.includes('application/x-www-form-urlencoded')) {
    const message = 'POST a body of type application/x-www-form-urlencoded.';
    return refuse(400, 'invalid_request', message);
  }
  const form = new URLSearchParams(request.body);
  const header = basic(request.headers['authorization']);
  const id = form.get('client_id') ?? header?.id;
  const secret = form.get('client_secret') ?? header?.secret;
  if (!id || !secret) return refuse(400, 'invalid_request', 'The client credentials are missing.');
  if (id !== deps.registration.clientId || secret !== deps.registration.clientSecret) {
    return refuse(400, 'invalid_client', 'The client credentials are not valid.');
  }
  const blocked = deps.velocity.blocked(`${id} token`);
  if (blocked) return blocked;
  const perDay = deps.store.settings.number('limits.tokenCallsPerDay', DEFAULT_TOKEN_CALLS_PER_DAY);
  if (!deps.limits.takeDaily(id, 'token', perDay)) {
    return refuse(429, 'access_denied', 'Rate limit exceeded: too many token requests today');
  }
  const answer = grant(deps, id, form);
  deps.velocity.note(`${id} token`, answer.status);
  return answer;
}
