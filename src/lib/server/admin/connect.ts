// Who lives here: what the page "Exact Online" shows, and what its forms ask for. The House gathers
// and does; the page only shows. No secret ever leaves: a form brings one in, nothing brings it out.
//
// Terms: site (Exact's house of one country), app (client id and secret at one site), books (the
// administration of all postings so far), stage (how far a person has come).

import * as z from 'zod';

export interface SiteChoice {
  readonly id: string;
  readonly country: string;
  readonly baseUrl: string;
  /** What must be registered for the app at this site, character by character. */
  readonly redirectUri: string;
  /** The simulator beside the hub. */
  readonly simulator: boolean;
}

export interface DivisionReport {
  readonly code: number;
  readonly name: string;
  readonly status: 'active' | 'inactive' | 'archived' | 'blocked';
}

export interface RightsReport {
  readonly checkedMs: number;
  readonly asked: number;
  readonly total: number;
  readonly missing: readonly {
    readonly endpoint: string;
    readonly action: string;
    /** What stands still without it. */
    readonly stops: string;
  }[];
  /** Why not everything was asked. */
  readonly words: string | null;
}

export interface ProblemReport {
  /** The page knows the words for each; see `connect-words.ts` there. */
  readonly problem: string;
  /** Exact's own words, or ours. */
  readonly words: string;
  readonly atMs: number;
}

export interface ConnectReport {
  /** The hub's clock when this was gathered. */
  readonly atMs: number;
  readonly stage: 'app' | 'consent' | 'choose' | 'rights' | 'connected' | 'needs-consent';
  readonly origin: 'environment' | 'typed' | 'stand-in';
  readonly sites: readonly SiteChoice[];
  /** The simulator needs no id and secret to be typed. */
  readonly standIn: boolean;
  /** The app's site; undefined while there is no app. */
  readonly site?: SiteChoice;
  readonly clientId: string;
  readonly secretSetMs: number | null;
  readonly division: { readonly code: number; readonly name: string | null } | null;
  /** Only while one may be chosen: the companies, or why they cannot be read. */
  readonly divisions?: readonly DivisionReport[];
  readonly divisionsProblem?: string;
  /** Code of the division that all postings so far belong to. */
  readonly booksDivision: string | null;
  readonly consentedMs: number | null;
  readonly refreshedMs: number | null;
  readonly expiresMs: number | null;
  readonly disconnectedMs: number | null;
  /** Why a new consent is needed, in Exact's words. */
  readonly words: string | null;
  readonly rights: RightsReport | null;
  /** What is not in Exact yet, in words. */
  readonly openWork: string | null;
  readonly problem: ProblemReport | null;
}

/** `confirm`: another administration than before; asked again, it happens. */
export type ConnectOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'confirm' }
  | { readonly kind: 'refused'; readonly problem: string; readonly words: string };

/** Where a browser goes to log in at Exact. */
export type LoginStart =
  | { readonly kind: 'go'; readonly url: string }
  /** Exact would send the browser back to another name of this machine: begin from there. */
  | { readonly kind: 'elsewhere'; readonly origin: string }
  | { readonly kind: 'no-app' };

/** What the House gives to the page. Each step is taken alone, whoever else asks. */
export interface ConnectPort {
  /** `choosing`: the person wants to see the divisions although one is in use. */
  report(choosing: boolean): Promise<ConnectReport>;
  /** `site` is a SiteChoice's id; an empty id and secret take the simulator's own app. */
  useApp(
    app: { readonly site: string; readonly clientId: string; readonly clientSecret: string },
    confirmed: boolean,
  ): Promise<ConnectOutcome>;
  /** `origin` of the page that asks; `browser`: what the browser is known by, a cookie. */
  login(origin: string, browser: string): LoginStart;
  /** The query of the callback address. */
  returned(query: URLSearchParams, browser: string | undefined): Promise<ConnectOutcome>;
  choose(division: number, confirmed: boolean): Promise<ConnectOutcome>;
  checkRights(): Promise<ConnectOutcome>;
  goToWork(): Promise<ConnectOutcome>;
  disconnect(): Promise<ConnectOutcome>;
}

/** What the page says after a form; `confirm` names the form that wants a confirmation. */
export interface ConnectMessage {
  readonly ok: boolean;
  readonly form: FormName;
  readonly confirm: boolean;
  readonly problem?: { readonly problem: string; readonly words: string };
  /** What was filled in, to be shown again; never a secret. */
  readonly fields: {
    readonly site?: string;
    readonly clientId?: string;
    readonly division?: number;
  };
}

export type FormName = 'app' | 'address' | 'division' | 'rights' | 'work' | 'disconnect';

/** By it the callback knows the browser that the login began in: no script reads it. */
export const CONSENT_COOKIE = 'scandock-consent';
/** `lax`: Exact's redirect brings it along. Plain http stays on this machine. */
export const CONSENT_COOKIE_OPTIONS = {
  ...{ path: '/', httpOnly: true, secure: false, maxAge: 600 },
  sameSite: 'lax',
} as const;

const ID_CHARS = 100;
const SECRET_CHARS = 200;
const ADDRESS_CHARS = 4000;

const confirmed = z.literal('yes').optional();
const appForm = z.object({
  site: z.string().min(1, 'Choose a country.').max(ID_CHARS),
  clientId: z.string().trim().max(ID_CHARS, 'A client id is not that long.').default(''),
  clientSecret: z.string().trim().max(SECRET_CHARS, 'A secret is not that long.').default(''),
  confirmed,
});
const divisionForm = z.object({
  division: z
    .string('Choose a division.')
    .regex(/^\d{1,10}$/, 'Choose a division.')
    .transform(Number),
  confirmed,
});
const addressForm = z.object({
  address: z
    .string()
    .trim()
    .max(ADDRESS_CHARS, 'The address is longer than Exact’s are.')
    .refine((text) => URL.canParse(text), 'Paste the whole address, from https:// to the end.')
    .transform((text) => new URL(text)),
});

const incomplete = (error: z.ZodError): ConnectOutcome => {
  const words = error.issues[0]?.message ?? 'This form is not complete.';
  return { kind: 'refused', problem: 'form', words };
};

function message(
  form: FormName,
  outcome: ConnectOutcome,
  fields: ConnectMessage['fields'] = {},
): ConnectMessage {
  const base = { form, fields, ok: outcome.kind === 'done', confirm: outcome.kind === 'confirm' };
  if (outcome.kind !== 'refused') return base;
  return { ...base, problem: { problem: outcome.problem, words: outcome.words } };
}

/** Fields `site`, `clientId`, `clientSecret`, `confirmed`. */
export async function typeApp(port: ConnectPort, form: FormData): Promise<ConnectMessage> {
  const read = appForm.safeParse(Object.fromEntries(form));
  if (!read.success) return message('app', incomplete(read.error));
  const { site, clientId, clientSecret } = read.data;
  const sure = read.data.confirmed === 'yes';
  const outcome = await port.useApp({ site, clientId, clientSecret }, sure);
  return message('app', outcome, { site, clientId });
}

/** Field `address`: where Exact sent the browser, when that page could not be opened. */
export async function pasteAddress(
  port: ConnectPort,
  form: FormData,
  browser: string | undefined,
): Promise<ConnectMessage> {
  const read = addressForm.safeParse(Object.fromEntries(form));
  if (!read.success) return message('address', incomplete(read.error));
  return message('address', await port.returned(read.data.address.searchParams, browser));
}

/** Fields `division`, `confirmed`. */
export async function chooseDivision(port: ConnectPort, form: FormData): Promise<ConnectMessage> {
  const read = divisionForm.safeParse(Object.fromEntries(form));
  if (!read.success) return message('division', incomplete(read.error));
  const { division } = read.data;
  const outcome = await port.choose(division, read.data.confirmed === 'yes');
  return message('division', outcome, { division });
}

/** The forms that are a button only. */
export async function pressed(
  port: ConnectPort,
  form: 'rights' | 'work' | 'disconnect',
): Promise<ConnectMessage> {
  if (form === 'rights') return message(form, await port.checkRights());
  if (form === 'work') return message(form, await port.goToWork());
  return message(form, await port.disconnect());
}
