// Who lives here: the hub's log: JSON lines in a file beside the data, because the console belongs
// to the person who started the product. Nothing secret is ever handed to it.

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pino from 'pino';
import type { Logger } from 'pino';
import type { Environment } from '../env/index.ts';

export type { Logger };

/** Opens the log. Lines are written at once, so that the last words of a crash are there. */
export function openLog(file: string, level: Environment['logLevel']): Logger {
  mkdirSync(dirname(file), { recursive: true });
  const redact = { paths: ['*.secret', '*.clientSecret', '*.access', '*.refresh'], remove: true };
  return pino({ level, redact, base: null }, pino.destination({ dest: file, sync: true }));
}

/** What to say of anything that was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
