// Who lives here: the change of the key that seals the tokens and the client secret. It runs while
// the hub stands still (the database's own lock sees to that), and may be broken off anywhere: the
// old key is accepted until every record is sealed with the new one, and beginning again finishes
// what was begun.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../env/index.ts';
import { changeKey, KeyFault, openVault, resealAll } from '../exact/index.ts';
import type { KeyChange } from '../exact/index.ts';
import { openStore, StorageFailure, StoreRefused } from '../store/index.ts';
import type { StoreParts } from '../store/index.ts';
import { keyFileOf } from './opening.ts';
import { systemClock, systemRandom } from './shells.ts';

/** Sentences for the person at the console. */
export interface Rotated {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

const NO_OLD_KEY = [
  'SCANDOCK_KEY is set, so the new key comes from there: put the new one into SCANDOCK_KEY, the',
  'one before into SCANDOCK_OLD_KEYS, and run this again. Nothing was changed.',
];

/** `watch`: sees every statement; for tests that break the change off. */
export async function rotateKey(
  environment: Environment,
  watch?: StoreParts['watch'],
): Promise<Rotated> {
  const file = join(environment.dataDir, 'hub.db');
  if (!existsSync(file)) return { ok: false, lines: [`There is no database at ${file} yet.`] };
  if (environment.key !== undefined && environment.oldKeys.length === 0) {
    return { ok: false, lines: NO_OLD_KEY };
  }
  try {
    const parts = { file, clock: systemClock, random: systemRandom };
    const store = await openStore({ ...parts, ...(watch === undefined ? {} : { watch }) });
    try {
      const change = begin(environment);
      const records = await resealAll(store.db, change.vault);
      change.finish();
      return { ok: true, lines: told(records, environment) };
    } finally {
      await store.close();
    }
  } catch (error) {
    const known = [KeyFault, StoreRefused, StorageFailure].some((kind) => error instanceof kind);
    if (!known || !(error instanceof Error)) throw error;
    return { ok: false, lines: [error.message, 'Nothing was changed.'] };
  }
}

function begin(environment: Environment): KeyChange {
  const { key, oldKeys: older } = environment;
  const file = keyFileOf(environment);
  if (key === undefined) return changeKey(file, older);
  return { vault: openVault({ key, older, file }), finish: () => undefined };
}

function told(records: number, environment: Environment): readonly string[] {
  const count = `${records} ${records === 1 ? 'record is' : 'records are'} sealed with the new key.`;
  return environment.key === undefined
    ? [count, `The new key is in ${keyFileOf(environment)}; the old one is deleted.`]
    : [count, 'SCANDOCK_OLD_KEYS may go; keep the old key while backups from before are kept.'];
}
