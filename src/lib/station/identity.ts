// Who lives here: who this station is, and the number of its last command. A station that can no
// longer number its commands as the hub expects (another hub, a lost row) becomes a new station
// with the same commands; their ids stay, so the hub still knows each one again.

import { makeId } from '../domain/index.ts';
import type { Clock, Random, StationId } from '../domain/index.ts';
import { commit, isRecord } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';

export interface Identity {
  readonly id: StationId;
  readonly name: string;
  /** stationSeq of the newest command; 0 when there is none. */
  readonly lastSeq: number;
}

function isIdentity(value: unknown): value is Identity {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['name'] === 'string' &&
    typeof value['lastSeq'] === 'number'
  );
}

/** The identity as it stands in this transaction; whoever numbers commands reads it here. */
export async function readIdentity(tx: WriteTx): Promise<Identity | undefined> {
  const row = await tx.objectStore('meta').get('station');
  return isIdentity(row) ? row : undefined;
}

export async function writeIdentity(tx: WriteTx, identity: Identity): Promise<void> {
  await tx.objectStore('meta').put(identity, 'station');
}

/**
 * The station's identity, made at the first start. `name` is written when it is given and new.
 */
export async function ensureIdentity(
  db: StationDb,
  name: string | undefined,
  fallbackName: string,
  ports: { clock: Clock; random: Random },
): Promise<Stored<Identity>> {
  return commit(db, ['meta', 'queue'], async (tx) => {
    const known = await readIdentity(tx);
    if (known !== undefined && (name === undefined || name === known.name)) return known;
    // A lost identity over a queue that is still there goes on counting where the queue ends.
    const newest = await tx.objectStore('queue').index('sendSeq').openKeyCursor(null, 'prev');
    const fresh: Identity = known ?? {
      id: makeId<StationId>(ports.clock, ports.random),
      name: fallbackName,
      lastSeq: newest?.key ?? 0,
    };
    const named = { ...fresh, name: name ?? fresh.name };
    await writeIdentity(tx, named);
    return named;
  });
}
