/*
 * The command line of the simulator: reading and checking it, apart from running it.
 */
import { parseArgs } from 'node:util';
import { ALL_KINDS, FAULT_KINDS, isFaultKind } from './control/fault-kinds.ts';
import { DEFAULT_RATE } from './control/nemesis.ts';
import type { SimulatorOptions, StartFault } from './index.ts';
import { DAY_WANTED, DEFAULT_DAY, isDay } from './seed/day.ts';
import { LEAST_ITEMS, MOST_ITEMS } from './seed/seed.ts';

export const HELP = `Exact Online simulator: a stand-in for Exact's REST API.

  npx tsx exact-simulator/main.ts [options]

  --port N            port to listen on (default 4100; 0 takes any free one)
  --host ADDRESS      address to listen on (default 127.0.0.1)
  --seed N            seed of the company's data (default 1)
  --items N           number of items (default 200, at least ${LEAST_ITEMS})
  --day YYYY-MM-DD    Dutch day on which a new company stands (default ${DEFAULT_DAY})
  --fault WHAT        a seeded nemesis, SEED[:RATE] such as 42:0.05 (default rate ${DEFAULT_RATE}),
                      or a fault that befalls every call, KIND[:TIMES] such as status-500:3;
                      may be given several times; the kinds are listed below
  --db FILE           keep the state in this SQLite file (default: it goes with the process)
  --client-id ID      client id of the registered app
  --client-secret S   its secret
  --webhook-secret S  what its webhook notifications are signed with
  --redirect-uri URI  a redirect URI of the app; may be given several times
  --tls-cert FILE     speak HTTPS with this certificate (PEM); wants --tls-key
  --tls-key FILE      the key of that certificate (PEM)
  --json-ready        print one JSON line when ready, for programs
  --help              this text

Kinds of faults:
${ALL_KINDS.map((kind) => `  ${kind.padEnd(22)}${FAULT_KINDS[kind].says}`).join('\n')}
`;

export type Command =
  | { kind: 'run'; options: SimulatorOptions; jsonReady: boolean }
  | { kind: 'help' }
  | { kind: 'mistake'; message: string };

class Mistake extends Error {}

function wholeNumber(name: string, value: string | undefined, low: number, high: number) {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || number < low || number > high) {
    throw new Mistake(`--${name} wants a whole number from ${low} to ${high}, not '${value}'`);
  }
  return number;
}

function calendarDay(value: string | undefined): string | undefined {
  if (value === undefined || isDay(value)) return value;
  throw new Mistake(`--day wants ${DAY_WANTED}, not '${value}'`);
}

function textValue(name: string, value: string | undefined): string | undefined {
  if (value?.trim() === '') throw new Mistake(`--${name} must not be empty`);
  return value;
}

function redirectUris(values: string[] | undefined): string[] | undefined {
  for (const value of values ?? []) {
    if (!URL.canParse(value)) throw new Mistake(`--redirect-uri '${value}' is no URL`);
  }
  return values;
}

function tlsFiles(cert: string | undefined, key: string | undefined): SimulatorOptions['tls'] {
  const certFile = textValue('tls-cert', cert);
  const keyFile = textValue('tls-key', key);
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile };
  if (certFile === keyFile) return undefined;
  throw new Mistake('--tls-cert and --tls-key go together');
}

/** `42`, `42:0.05`, `status-500` or `status-500:3`. */
function startFault(value: string): StartFault {
  const [what = '', number, ...more] = value.split(':');
  const amount = number === undefined ? undefined : Number(number);
  const good = (low: number, high: number) =>
    amount === undefined || (number !== '' && amount >= low && amount <= high);
  if (more.length === 0 && /^\d{1,9}$/.test(what) && good(0, 1)) {
    return { seed: Number(what), ...(amount === undefined ? {} : { rate: amount }) };
  }
  const whole = amount === undefined || Number.isInteger(amount);
  if (more.length === 0 && isFaultKind(what) && whole && good(1, 1_000_000)) {
    return { kind: what, ...(amount === undefined ? {} : { times: amount }) };
  }
  throw new Mistake(
    `--fault wants a seed (42 or 42:0.05) or a kind (status-500 or status-500:3), not '${value}'`,
  );
}

function startFaults(values: string[] | undefined): StartFault[] | undefined {
  const faults = values?.map(startFault);
  if ((faults ?? []).filter((fault) => 'seed' in fault).length > 1) {
    throw new Mistake('--fault takes one seed only');
  }
  return faults;
}

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  seed: { type: 'string' },
  items: { type: 'string' },
  day: { type: 'string' },
  db: { type: 'string' },
  'client-id': { type: 'string' },
  'client-secret': { type: 'string' },
  'webhook-secret': { type: 'string' },
  fault: { type: 'string', multiple: true },
  'redirect-uri': { type: 'string', multiple: true },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'json-ready': { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Only what was really given, so that defaults stay in one place. */
function given<T extends object>(values: { [K in keyof T]: T[K] | undefined }): Partial<T> {
  const kept: Partial<T> = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept;
}

/** Reads the arguments; a mistake comes back as one line of text, never as a throw. */
export function readCommand(args: string[]): Command {
  try {
    const { values } = parseArgs({ args, options: OPTIONS, allowPositionals: false });
    if (values.help === true) return { kind: 'help' };
    const options: SimulatorOptions = {
      port: wholeNumber('port', values.port, 0, 65_535) ?? 4100,
      ...given<SimulatorOptions>({
        host: textValue('host', values.host),
        seed: wholeNumber('seed', values.seed, 0, 2_147_483_647),
        items: wholeNumber('items', values.items, LEAST_ITEMS, MOST_ITEMS),
        day: calendarDay(values.day),
        db: textValue('db', values.db),
        clientId: textValue('client-id', values['client-id']),
        clientSecret: textValue('client-secret', values['client-secret']),
        webhookSecret: textValue('webhook-secret', values['webhook-secret']),
        faults: startFaults(values.fault),
        redirectUris: redirectUris(values['redirect-uri']),
        tls: tlsFiles(values['tls-cert'], values['tls-key']),
      }),
    };
    return { kind: 'run', options, jsonReady: values['json-ready'] === true };
  } catch (error) {
    if (error instanceof Mistake || (error instanceof TypeError && 'code' in error)) {
      return { kind: 'mistake', message: error.message.split('\n')[0] ?? error.message };
    }
    throw error;
  }
}
