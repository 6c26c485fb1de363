// Who lives here: the tables this room keeps its things in, as it sees them. Whoever opens the
// database hands over a Kysely whose tables have at least these columns; the room knows no more
// of the store than this. Columns that end in `_cipher` are sealed by auth/vault.ts.

import type { Kysely } from 'kysely';

export interface ExactTables {
  meta: { key: string; value: string };
  mirror_row: {
    entity: string;
    id: string;
    body: string;
    timestamp: string | null;
    subject: string;
    link: string;
    live: number;
    seen: number;
  };
  sync_cursor: {
    entity: string;
    cursor: string;
    rows: number;
    expected: number | null;
    read: number;
    synced_ms: number;
    full_ms: number | null;
    fault: string | null;
  };
  exact_connection: {
    id: number;
    base_url: string;
    client_id: string;
    secret_cipher: string;
    division: number | null;
    tokens_cipher: string | null;
    issued_ms: number | null;
    state: string;
    updated_ms: number;
    origin: string;
    secret_set_ms: number | null;
    division_name: string | null;
    books: string | null;
    consented_ms: number | null;
    disconnected_ms: number | null;
    words: string | null;
    rights: string | null;
    lock_holder: string | null;
    lock_until_ms: number | null;
    token_calls: string;
  };
  call_slot: { day: string; slot: number; lane: string; calls: number; errors: number };
}

export type ExactDb = Kysely<ExactTables>;

/** A fact of this room by its key, or undefined. */
export async function readMeta(db: ExactDb, key: string): Promise<string | undefined> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value;
}

export async function writeMeta(db: ExactDb, key: string, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
