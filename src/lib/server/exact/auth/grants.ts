// Who lives here: the two requests to Exact's token endpoint, and what their answers mean for the
// chain of tokens (exact-online-api.md §1.3 to §1.5). oauth4webapi builds and checks them; the
// transport says whether an answer came at all, because a refresh whose answer was lost may have
// used the token up. Nothing that leaves this file holds a token, except the pair itself.

import * as oauth from 'oauth4webapi';
import { LIMITS } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import type { Line } from '../line.ts';
import type { Exchanged } from '../transport.ts';

/** The app as it is registered with Exact, for one site. */
export interface ExactApp {
  /** e.g. `https://start.exactonline.nl`. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Exactly as registered. */
  readonly redirectUri: string;
}

export type Grant =
  | {
      readonly kind: 'pair';
      readonly access: string;
      readonly refresh: string;
      readonly lifeMs: number;
    }
  | { readonly kind: 'too-early' }
  /** The chain is dead: only a person's consent makes a new one. `error` is OAuth's own word. */
  | { readonly kind: 'dead'; readonly error: string; readonly words: string }
  | { readonly kind: 'lost'; readonly words: string }
  /** Surely never sent: Exact counts nothing. `untilMs`: when the line is tried next. */
  | { readonly kind: 'not-sent'; readonly untilMs: number; readonly words: string }
  | { readonly kind: 'unavailable'; readonly words: string };

const DEAD = new Set([
  'invalid_grant',
  'unauthorized_client',
  'invalid_client',
  'unsupported_grant_type',
]);

/** Whether plain http is acceptable: only when it never leaves this machine. */
export function isLoopback(url: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
}

function server(app: ExactApp): oauth.AuthorizationServer {
  return {
    issuer: app.baseUrl,
    authorization_endpoint: `${app.baseUrl}/api/oauth2/auth`,
    token_endpoint: `${app.baseUrl}/api/oauth2/token`,
  };
}

/** What the body of a refusal says; the description is Exact's text and holds no token. */
function readRefusal(answer: Extract<Exchanged, { kind: 'answer' }>): Grant {
  const body = parseJson(answer.text);
  const member = (name: string) => {
    if (typeof body !== 'object' || body === null) return '';
    const value: unknown = Reflect.get(body, name);
    return typeof value === 'string' ? value.slice(0, LIMITS.exactWordsChars) : '';
  };
  const error = member('error');
  const words = `${error} ${member('error_description')}`.trim();
  const reason = answer.headers.get('reason') ?? '';
  if (reason.startsWith('TooEarly') || /not expired/i.test(words)) return { kind: 'too-early' };
  if (DEAD.has(error)) return { kind: 'dead', error, words };
  const said = words === '' ? '' : `: ${words}`;
  return { kind: 'unavailable', words: `token endpoint: status ${answer.status}${said}` };
}

/** Nothing is asked of Exact while nobody gave an app. */
const NO_APP: Grant = { kind: 'unavailable', words: 'no client id and secret are set' };

export class Grants {
  readonly #app: () => ExactApp | undefined;
  readonly #line: Line;

  /** `app` is asked at every call: a person may change it. */
  constructor(app: () => ExactApp | undefined, line: Line) {
    this.#app = app;
    this.#line = line;
  }

  /** `parameters` is the query of the callback, its state already checked and spent. */
  async fromCode(parameters: URLSearchParams, state: string): Promise<Grant> {
    const app = this.#app();
    if (app === undefined) return NO_APP;
    const as = server(app);
    const client: oauth.Client = { client_id: app.clientId };
    const auth = oauth.ClientSecretPost(app.clientSecret);
    const checked = oauth.validateAuthResponse(as, client, parameters, state);
    const ask = (options: oauth.TokenEndpointRequestOptions) =>
      oauth.authorizationCodeGrantRequest(
        ...([as, client, auth, checked] as const),
        ...([app.redirectUri, oauth.nopkce, options] as const),
      );
    return this.#grant(app, ask, (response) =>
      oauth.processAuthorizationCodeResponse(as, client, response),
    );
  }

  async refresh(token: string): Promise<Grant> {
    const app = this.#app();
    if (app === undefined) return NO_APP;
    const as = server(app);
    const client: oauth.Client = { client_id: app.clientId };
    const auth = oauth.ClientSecretPost(app.clientSecret);
    return this.#grant(
      app,
      (options) => oauth.refreshTokenGrantRequest(as, client, auth, token, options),
      (response) => oauth.processRefreshTokenResponse(as, client, response),
    );
  }

  async #grant(
    app: ExactApp,
    ask: (options: oauth.TokenEndpointRequestOptions) => Promise<Response>,
    read: (response: Response) => Promise<oauth.TokenEndpointResponse>,
  ): Promise<Grant> {
    let exchanged: Exchanged | undefined;
    const viaTransport = async (
      url: string,
      options: oauth.CustomFetchOptions<'POST', URLSearchParams>,
    ) => {
      const request = {
        method: 'POST' as const,
        url: new URL(url),
        headers: options.headers,
        body: options.body.toString(),
        timeoutMs: LIMITS.exactGetTimeoutMs,
      };
      exchanged = await this.#line.exchange(request);
      if (exchanged.kind !== 'answer') return Response.error();
      const { status, headers, text } = exchanged;
      return new Response(text === '' ? null : text, { status, headers });
    };
    const insecure = isLoopback(new URL(app.baseUrl));
    const response = await ask({
      [oauth.allowInsecureRequests]: insecure,
      [oauth.customFetch]: viaTransport,
    });
    if (exchanged === undefined) throw new Error('the token request did not pass the transport');
    if (exchanged.kind === 'not-sent') {
      const untilMs = this.#line.down(new URL(app.baseUrl))?.untilMs ?? 0;
      return { kind: 'not-sent', untilMs, words: exchanged.words };
    }
    if (exchanged.kind !== 'answer') return { kind: 'lost', words: exchanged.words };
    if (exchanged.status !== 200) return readRefusal(exchanged);
    return readPair(() => read(response));
  }
}

/** A 200 that is no pair may still have used the old token up: it counts as lost. */
async function readPair(read: () => Promise<oauth.TokenEndpointResponse>): Promise<Grant> {
  try {
    const tokens = await read();
    if (tokens.refresh_token !== undefined && tokens.expires_in !== undefined) {
      const lifeMs = tokens.expires_in * 1000;
      return { kind: 'pair', access: tokens.access_token, refresh: tokens.refresh_token, lifeMs };
    }
  } catch (error) {
    // The library puts the body, and with it the tokens, into the cause: only the name may leave.
    const name = error instanceof Error ? error.name : 'unknown';
    return { kind: 'lost', words: `the token answer cannot be read (${name})` };
  }
  return { kind: 'lost', words: 'the token answer lacks a refresh token or a life' };
}
