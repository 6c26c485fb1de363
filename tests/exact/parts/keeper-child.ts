// A process with a token keeper of its own on a database that others use too. It says `ready`,
// waits for a line, asks for a token, and says what it got; told to, it dies by its own hand
// (SIGKILL, so that nothing of it can clean up) at a call.
// Arguments: database, key file, app as JSON, the time in ms, and the death as JSON or nothing.

import { once } from 'node:events';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { z } from 'zod';
import { openVault } from '../../../src/lib/server/exact/index.ts';
import type { ExactTables } from '../../../src/lib/server/exact/tables.ts';
import { Deaths, makeKeeper } from '../keeper-kit.ts';

const [file = '', keyFile = '', appText = '', startText = '', deathText = ''] =
  process.argv.slice(2);
const text = z.string();
const app = z
  .object({ baseUrl: text, clientId: text, clientSecret: text, redirectUri: text })
  .parse(JSON.parse(appText));
const death =
  deathText === ''
    ? undefined
    : z.object({ at: z.int(), when: z.enum(['before', 'after']) }).parse(JSON.parse(deathText));

const database = new Sqlite(file, { timeout: 5_000 });
const begun = performance.now();
const { keeper } = makeKeeper(
  {
    db: new Kysely<ExactTables>({ dialect: new SqliteDialect({ database }) }),
    vault: openVault({ file: keyFile }),
    app,
    clock: { nowMs: () => Number(startText) + Math.floor(performance.now() - begun) },
    scheduler: {
      after: (delayMs, act) => {
        const timer = setTimeout(act, delayMs);
        return () => clearTimeout(timer);
      },
    },
  },
  new Deaths(death, () => {
    process.kill(process.pid, 'SIGKILL');
    throw new Error('a signal that kills has no answer');
  }),
);

process.stdout.write('ready\n');
await once(process.stdin, 'data');
const outcome = await keeper.current();
process.stdout.write(`${JSON.stringify(outcome)}\n`);
process.exit(0);
