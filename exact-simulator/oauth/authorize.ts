/*
 * GET and POST /api/oauth2/auth: sign in, choose companies, go back with a code (Exact KB,
 * authorize). Plain HTML forms; nothing is kept between the two pages but a signed-in cookie.
 */
import { randomBytes } from 'node:crypto';
import { html, type Answer, type Request } from '../http/answer.ts';
import { consentPage, loginPage, refusedPage, type Company } from '../pages/oauth-pages.ts';
import type { Store } from '../store/database.ts';
import { scopeLevels } from '../store/rights.ts';
import type { Chains } from './chains.ts';
import { DEMO_PASSWORD, DEMO_USER_NAME, type Registration } from './registration.ts';

const COOKIE = 'exact_simulator_session';
/** Sign-ins that are remembered; the oldest is forgotten first. */
const MOST_SESSIONS = 1000;

export class Authorize {
  /** Sign-ins of this run; a restart signs everybody out, as a maintenance night would. */
  private readonly signedIn = new Set<string>();

  constructor(
    private readonly store: Store,
    private readonly registration: Registration,
    private readonly chains: Chains,
  ) {}

  /** Answers the page or the form. Never throws. */
  answer(request: Request): Answer {
    const form = request.method === 'POST' ? new URLSearchParams(request.body) : undefined;
    const asked = form ?? request.query;
    const problem = this.problem(asked);
    if (problem !== undefined) return html(400, refusedPage(problem));
    if (form) return this.submit(form, request);
    const force = asked.get('force_login') === '1';
    if (!force && this.hasSession(request)) return html(200, this.consent(asked));
    return html(200, loginPage(asked));
  }

  private problem(asked: URLSearchParams): string | undefined {
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== this.registration.clientId) {
      return `Client '${asked.get('client_id') ?? ''}' is not registered`;
    }
    if (!this.registration.redirectUris.includes(redirectUri)) {
      return `Callback URI '${redirectUri}' is not valid`;
    }
    const type = asked.get('response_type');
    return type === 'code' ? undefined : `Response type '${type ?? ''}' is not supported`;
  }

  private submit(form: URLSearchParams, request: Request): Answer {
    if (form.get('step') === 'login') return this.login(form);
    if (!this.hasSession(request)) return html(200, loginPage(form));
    if (form.get('choice') === 'refuse') return this.redirect(form, { error: 'access_denied' });
    const known = this.companies().map((company) => company.code);
    const chosen = form
      .getAll('division')
      .map(Number)
      .filter((code) => known.includes(code));
    if (chosen.length === 0) {
      return html(400, this.consent(form, 'Choose at least one company.'));
    }
    const redirectUri = form.get('redirect_uri') ?? '';
    const code = this.chains.issueCode(this.registration.clientId, redirectUri, chosen);
    return this.redirect(form, { code });
  }

  private login(form: URLSearchParams): Answer {
    const right = form.get('user') === DEMO_USER_NAME && form.get('password') === DEMO_PASSWORD;
    if (!right) return html(401, loginPage(form, 'The user name or the password is wrong.'));
    const session = randomBytes(18).toString('base64url');
    this.signedIn.add(session);
    const [oldest] = this.signedIn;
    if (this.signedIn.size > MOST_SESSIONS && oldest !== undefined) this.signedIn.delete(oldest);
    return html(200, this.consent(form), {
      'Set-Cookie': `${COOKIE}=${session}; HttpOnly; SameSite=Lax; Path=/api/oauth2`,
    });
  }

  private redirect(form: URLSearchParams, values: Record<string, string>): Answer {
    const target = new URL(form.get('redirect_uri') ?? '');
    const state = form.get('state');
    const all = { ...values, ...(state === null ? {} : { state }) };
    for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value);
    return { status: 302, headers: { Location: target.toString() }, body: '' };
  }

  private hasSession(request: Request): boolean {
    const cookies = (request.headers['cookie'] ?? '').split(/;\s*/);
    const found = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`));
    return found !== undefined && this.signedIn.has(found.slice(COOKIE.length + 1));
  }

  private consent(asked: URLSearchParams, error?: string): string {
    const levels = Object.entries(scopeLevels(this.store));
    const scopes = levels.filter(([, level]) => level !== 'none');
    return consentPage(asked, this.companies(), scopes, error);
  }

  private companies(): Company[] {
    const rows = this.store.all('SELECT "Code", "Description" FROM "Divisions" ORDER BY "Code"');
    return rows.map((row) => ({
      code: Number(row['Code']),
      name: String(row['Description'] ?? ''),
    }));
  }
}
