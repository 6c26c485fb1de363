// Who lives here: a robot that gives consent at the simulator on this machine the way a person
// would: it opens the authorize address, fills in what the forms ask, presses the button, and
// follows the redirect to our own callback. It knows nothing of the simulator but a user's name
// and password, and it refuses to speak to anything that is not this machine.

import { LIMITS } from '../../domain/index.ts';
import type { Scheduler } from '../../domain/index.ts';
import { isLoopback } from './auth/grants.ts';
import { exchange } from './transport.ts';
import type { Exchanged } from './transport.ts';

export interface SimulatorLogin {
  readonly userName: string;
  readonly password: string;
}

export type Walked =
  | { readonly kind: 'arrived'; readonly status: number }
  | { readonly kind: 'lost-the-way'; readonly words: string };

interface Form {
  readonly action: URL;
  readonly method: 'GET' | 'POST';
  readonly fields: URLSearchParams;
}

/** Pages and redirects between the authorize address and our callback. */
const STEPS_MAX = 12;

function decode(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_, digits: string) => String.fromCodePoint(Number(digits)))
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The attributes of one HTML tag, names in lower case; a bare attribute is the empty text. */
function attributes(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  const inside = tag.replace(/^<\s*\w+/, '').replace(/\/?>$/, '');
  for (const match of inside.matchAll(
    /([^\s=/"'>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g,
  )) {
    const value = match[2] ?? match[3] ?? match[4] ?? '';
    found.set((match[1] ?? '').toLowerCase(), decode(value));
  }
  return found;
}

/** What a person would leave in a field: given values stay, empty ones are filled by their type. */
function fill(field: Map<string, string>, login: SimulatorLogin): string | null {
  const type = (field.get('type') ?? 'text').toLowerCase();
  const value = field.get('value') ?? '';
  if (['submit', 'button', 'reset', 'image', 'file'].includes(type)) return null;
  if (type === 'password') return login.password;
  if (type === 'checkbox') return value === '' ? 'on' : value;
  if (type === 'radio') return field.has('checked') ? value : null;
  if (type === 'hidden') return value;
  return value === '' ? login.userName : value;
}

/** Buttons that say no in some language or by name; a person who connects presses the other one. */
const REFUSAL = /deny|refuse|reject|cancel|weiger|annul|decline/i;

/** The first form of a page, filled in; null when the page has none. */
export function readForm(html: string, page: URL, login: SimulatorLogin): Form | null {
  const found = /<form\b[^>]*>([\s\S]*?)<\/form>/i.exec(html);
  if (found === null) return null;
  const open = attributes(/<form\b[^>]*>/i.exec(found[0])?.[0] ?? '');
  const fields = new URLSearchParams();
  for (const [tag] of (found[1] ?? '').matchAll(/<input\b[^>]*>/gi)) {
    const field = attributes(tag);
    const name = field.get('name');
    const value = fill(field, login);
    if (name !== undefined && value !== null) fields.append(name, value);
  }
  for (const [tag] of (found[1] ?? '').matchAll(/<(?:button|input)\b[^>]*>/gi)) {
    const button = attributes(tag);
    const name = button.get('name');
    const presses = /^<button/i.test(tag) || button.get('type')?.toLowerCase() === 'submit';
    if (!presses || name === undefined || REFUSAL.test(`${name} ${button.get('value') ?? ''}`))
      continue;
    fields.append(name, button.get('value') ?? '');
    break;
  }
  const action = new URL(open.get('action') ?? '', page);
  return { action, method: /^post$/i.test(open.get('method') ?? '') ? 'POST' : 'GET', fields };
}

class Walk {
  readonly #cookies = new Map<string, string>();
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  async step(url: URL, body: string | undefined): Promise<Exchanged> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await exchange(
      {
        method: body === undefined ? 'GET' : 'POST',
        url,
        headers: {
          Accept: 'text/html',
          ...(cookie === '' ? {} : { Cookie: cookie }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
        },
        ...(body === undefined ? {} : { body }),
        timeoutMs: LIMITS.exactGetTimeoutMs,
      },
      this.#scheduler,
    );
    if (answer.kind === 'answer') {
      for (const line of answer.headers.getSetCookie()) {
        const [pair] = line.split(';');
        const at = pair?.indexOf('=') ?? -1;
        if (pair !== undefined && at > 0) this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
      }
    }
    return answer;
  }
}

/**
 * Walks from `authorizeUrl` to `callbackUrl`, whose own handler then fetches the tokens. Call it
 * when the hub already listens.
 */
export async function connectToSimulator(
  authorizeUrl: URL,
  callbackUrl: URL,
  login: SimulatorLogin,
  scheduler: Scheduler,
): Promise<Walked> {
  const walk = new Walk(scheduler);
  let url = authorizeUrl;
  let body: string | undefined;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if (!isLoopback(url)) return lost(`${url.origin} is not this machine`);
    const arrived = url.origin === callbackUrl.origin && url.pathname === callbackUrl.pathname;
    const answer = await walk.step(url, body);
    if (answer.kind !== 'answer') return lost(answer.words);
    if (arrived) {
      const fine = answer.status < 400;
      return fine
        ? { kind: 'arrived', status: answer.status }
        : lost(`our callback said ${answer.status}`);
    }
    const next = answer.headers.get('location');
    if (answer.status >= 300 && answer.status < 400 && next !== null) {
      [url, body] = [new URL(next, url), undefined];
      continue;
    }
    const form = answer.status < 400 ? readForm(answer.text, url, login) : null;
    if (form === null) return lost(`no form at ${url.pathname} (status ${answer.status})`);
    url = form.action;
    body = form.method === 'POST' ? form.fields.toString() : undefined;
    if (body === undefined) url.search = form.fields.toString();
  }
  return lost(`our callback was not reached in ${STEPS_MAX} steps`);
}

function lost(words: string): Walked {
  return { kind: 'lost-the-way', words };
}
