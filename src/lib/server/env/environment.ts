// Who lives here: the environment, read once at start, checked, and handed on as a typed value.
// Nothing else reads process.env. A wrong value gives one plain line each, all at once, so that a
// person fixes them in one round.
//
// Terms: loopback (the machine's own interface, unreachable from elsewhere), credentials (what
// Exact's App Center gave for this application), key (what tokens are encrypted with at rest).

import { isIP } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';

export interface ExactCredentials {
  /** Scheme, host and port of the region's Exact Online, without a path. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where Exact sends the person back to; registered there character by character. */
  readonly redirectUri: string;
  /** The simulator stands in: its consent page may be answered without a person. */
  readonly simulator: boolean;
}

/** The route that takes Exact's answer after consent. */
export const EXACT_CALLBACK_PATH = '/api/exact/callback';

export interface Environment {
  readonly port: number;
  readonly host: string;
  /** Absolute. Databases, the key file and what else must survive. */
  readonly dataDir: string;
  /** Absolute. */
  readonly workflowsFile: string;
  /** Whether a changed file that makes a difference to recorded sessions waits for a person. */
  readonly workflowChanges: 'apply' | 'review';
  /** How long recorded sessions are kept for replays. */
  readonly tapeDays: number;
  /** How long photos are kept, and how many bytes of them. */
  readonly photoDays: number;
  readonly photoBytes: number;
  /** Undefined: none were given; a person types them, or the simulator stands in for Exact. */
  readonly exact?: ExactCredentials;
  /** Where Exact sends the browser back to when a person typed the credentials. */
  readonly redirectUri: string;
  /** The same for a simulator, which is on this machine. */
  readonly ownRedirectUri: string;
  /** A simulator runs beside the hub, at this address. */
  readonly simulatorUrl?: string;
  readonly simulatorPort: number;
  /** How long Exact may take to apply a posting whose answer was lost (I-03). */
  readonly settleMs: number;
  /** Free text fields of items that hold further barcodes, besides what Exact has for them. */
  readonly barcodeFields: readonly string[];
  /** Where Exact may tell us of changes, and what it signs with; undefined: it is not asked to. */
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** 32 bytes; undefined: none was given, and one is made and kept in `dataDir`. */
  readonly key?: Uint8Array;
  /** Keys before `key`, which records may still be sealed with. */
  readonly oldKeys: readonly Uint8Array[];
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export type EnvironmentRead =
  | { readonly ok: true; readonly environment: Environment }
  /** One sentence a fault, each beginning with the variable's name. */
  | { readonly ok: false; readonly lines: readonly string[] };

const KEY_BYTES = 32;
const PORT = 'a port number from 1 to 65535';

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/, PORT)
    .transform(Number)
    .refine((value) => value >= 1 && value <= 65_535, PORT)
    .default(fallback);

/** Without credentials the address would be passed over in silence. */
const NO_CREDENTIALS =
  'EXACT_BASE_URL: given without EXACT_CLIENT_ID and EXACT_CLIENT_SECRET; ' +
  'give both, or leave it out and choose the country on the admin page';

const SETTLE = 'seconds from 1 to 86400';

const settleSeconds = z
  .string()
  .regex(/^\d{1,5}$/, SETTLE)
  .transform(Number)
  .refine((value) => value >= 1 && value <= 86_400, SETTLE)
  .default(LIMITS.settleMs / 1000);

/** `whole days from 1 to 90`. */
function whole(unit: string, most: number, fallback: number) {
  const words = `whole ${unit} from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,7}$/, words)
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, words)
    .default(fallback);
}

/** Null when the text is not 32 bytes, written as 64 hexadecimal digits or as base64. */
function readKey(text: string): Uint8Array | null {
  const hex = /^[0-9a-fA-F]{64}$/.test(text);
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text);
  const bytes = Buffer.from(text, hex ? 'hex' : 'base64');
  return (hex || base64) && bytes.byteLength === KEY_BYTES ? new Uint8Array(bytes) : null;
}

const KEY = '32 random bytes, as 64 hexadecimal digits or 44 characters of base64';

const key = z.string().transform((text, context): Uint8Array => {
  const bytes = readKey(text);
  if (bytes !== null) return bytes;
  context.addIssue(KEY);
  return z.NEVER;
});

const keys = z.string().transform((text, context): readonly Uint8Array[] => {
  const read = text.split(',').map((one) => readKey(one.trim()));
  const good = read.filter((bytes) => bytes !== null);
  if (good.length < read.length) context.addIssue(`${KEY}, several with commas between them`);
  return good;
});

const BARCODE_FIELD = /^FreeTextField_(0[1-9]|10)$/;
const BARCODE_FIELDS =
  'item fields FreeTextField_01 to FreeTextField_10, with commas between them ' +
  '(Barcode, Code and SearchCode are always looked up)';

const barcodeFields = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((field) => field.trim()))])
  .refine((fields) => fields.every((field) => BARCODE_FIELD.test(field)), BARCODE_FIELDS);

const WEBHOOK_URL =
  'a whole https address that Exact can reach, such as https://hub.example.com/api/exact/webhook';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];
const HOST = 'localhost, 127.0.0.1 or ::1: there is no pairing of stations yet';
const BASE_URL =
  'an address such as https://start.exactonline.nl: https (or http on this machine), no path';

const schema = z.object({
  PORT: port(3000),
  HOST: z
    .string()
    .refine((host) => HOSTS.includes(host), HOST)
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('data'),
  SCANDOCK_WORKFLOWS: z.string().default('workflows.yaml'),
  SCANDOCK_WORKFLOW_CHANGES: z.enum(['apply', 'review'], 'apply or review').default('apply'),
  SCANDOCK_TAPE_DAYS: whole('days', 90, 14),
  SCANDOCK_PHOTO_DAYS: whole('days', 3650, 90),
  SCANDOCK_PHOTO_MB: whole('megabytes', 100_000, 2_000),
  EXACT_BASE_URL: z.string().refine(isBaseUrl, BASE_URL).default('https://start.exactonline.nl'),
  EXACT_CLIENT_ID: z.string().optional(),
  EXACT_CLIENT_SECRET: z.string().optional(),
  EXACT_REDIRECT_URI: z.url('a whole address').optional(),
  // Internal, and in no handbook: `npm start` says with it that the simulator it began is at
  // EXACT_BASE_URL. Nobody sets it by hand.
  EXACT_STANDS_IN: z.enum(['0', '1'], '0 or 1').default('0'),
  EXACT_SETTLE_SECONDS: settleSeconds,
  EXACT_BARCODE_FIELDS: barcodeFields.default([]),
  EXACT_WEBHOOK_URL: z.string().refine(isWebhookUrl, WEBHOOK_URL).optional(),
  EXACT_WEBHOOK_SECRET: z.string().optional(),
  EXACT_SIMULATOR_PORT: port(4100),
  SCANDOCK_KEY: key.optional(),
  SCANDOCK_OLD_KEYS: keys.default([]),
  LOG_LEVEL: z.enum(LEVELS, `one of ${LEVELS.join(', ')}`).default('info'),
});

/**
 * Reads the environment. An empty value counts as none, as shells and service files write it.
 * Relative paths are taken from the working directory.
 */
export function readEnvironment(
  values: Readonly<Record<string, string | undefined>>,
): EnvironmentRead {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => {
      const value = values[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? [] : parsed.error.issues.map((issue) => lineFor(issue, given));
  const lines = [...faults, ...halfCredentials(given), ...halfWebhook(given)];
  if (!parsed.success || lines.length > 0) return { ok: false, lines };
  return { ok: true, environment: shape(parsed.data) };
}

function shape(data: z.output<typeof schema>): Environment {
  const exact = credentials(data);
  const baseUrl = new URL(data.EXACT_BASE_URL).origin;
  return {
    port: data.PORT,
    host: data.HOST,
    dataDir: resolve(data.DATA_DIR),
    workflowsFile: resolve(data.SCANDOCK_WORKFLOWS),
    workflowChanges: data.SCANDOCK_WORKFLOW_CHANGES,
    tapeDays: data.SCANDOCK_TAPE_DAYS,
    photoDays: data.SCANDOCK_PHOTO_DAYS,
    photoBytes: data.SCANDOCK_PHOTO_MB * 1_000_000,
    simulatorPort: data.EXACT_SIMULATOR_PORT,
    settleMs: data.EXACT_SETTLE_SECONDS * 1000,
    logLevel: data.LOG_LEVEL,
    redirectUri: data.EXACT_REDIRECT_URI ?? ownCallback(data.PORT),
    ownRedirectUri: ownCallback(data.PORT),
    oldKeys: data.SCANDOCK_OLD_KEYS,
    barcodeFields: data.EXACT_BARCODE_FIELDS,
    ...webhook(data),
    ...(data.EXACT_STANDS_IN === '1' ? { simulatorUrl: baseUrl } : {}),
    ...(exact === undefined ? {} : { exact }),
    ...(data.SCANDOCK_KEY === undefined ? {} : { key: data.SCANDOCK_KEY }),
  };
}

function ownCallback(hubPort: number): string {
  return `http://localhost:${hubPort}${EXACT_CALLBACK_PATH}`;
}

function credentials(data: z.output<typeof schema>): ExactCredentials | undefined {
  const { EXACT_CLIENT_ID: clientId, EXACT_CLIENT_SECRET: clientSecret } = data;
  if (clientId === undefined || clientSecret === undefined) return undefined;
  const own = ownCallback(data.PORT);
  const simulator = data.EXACT_STANDS_IN === '1';
  return {
    baseUrl: new URL(data.EXACT_BASE_URL).origin,
    clientId,
    clientSecret,
    // A simulator of ours is sent back to this machine, wherever Exact itself would send people.
    redirectUri: simulator ? own : (data.EXACT_REDIRECT_URI ?? own),
    simulator,
  };
}

/** `PORT=eighty: expected a port number …`. A secret is named, never shown. */
function lineFor(issue: z.core.$ZodIssue, given: Readonly<Record<string, unknown>>): string {
  const name = String(issue.path[0]);
  const shown = /KEY|SECRET/.test(name) ? '' : `=${String(given[name])}`;
  return `${name}${shown}: expected ${issue.message}`;
}

function halfCredentials(given: Readonly<Record<string, unknown>>): string[] {
  const id = given['EXACT_CLIENT_ID'] !== undefined;
  const secret = given['EXACT_CLIENT_SECRET'] !== undefined;
  if (id && !secret) return ['EXACT_CLIENT_SECRET: missing, though EXACT_CLIENT_ID is given'];
  if (secret && !id) return ['EXACT_CLIENT_ID: missing, though EXACT_CLIENT_SECRET is given'];
  const elsewhere = given['EXACT_BASE_URL'] !== undefined && given['EXACT_STANDS_IN'] !== '1';
  if (!id && elsewhere) return [NO_CREDENTIALS];
  return [];
}

function webhook(data: z.output<typeof schema>): Pick<Environment, 'webhook'> {
  const { EXACT_WEBHOOK_URL: url, EXACT_WEBHOOK_SECRET: secret } = data;
  return url === undefined || secret === undefined ? {} : { webhook: { url, secret } };
}

function halfWebhook(given: Readonly<Record<string, unknown>>): string[] {
  const url = given['EXACT_WEBHOOK_URL'] !== undefined;
  const secret = given['EXACT_WEBHOOK_SECRET'] !== undefined;
  if (url && !secret) return ['EXACT_WEBHOOK_SECRET: missing, though EXACT_WEBHOOK_URL is given'];
  if (secret && !url) return ['EXACT_WEBHOOK_URL: missing, though EXACT_WEBHOOK_SECRET is given'];
  return [];
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

/** Tokens travel to this address, so it is https unless it stays on this machine. */
function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const plain = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return plain && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host)));
}

/** Exact calls https only; a simulator on this machine calls anything on it. */
function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.hash !== '') return false;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(host));
}
