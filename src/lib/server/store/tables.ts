// Who lives here: the shape of every table, for Kysely. The SQL that makes them is in migrations/;
// a test compares the two. Columns that hold JSON are text here: who reads them knows their type.
// Words: `_ms` is the hub's clock in milliseconds since 1970 UTC; `_cipher` is encrypted at rest.

import type { PostingState } from '../../ledger/index.ts';

/** The words of every room that keeps something; a row type a table. */
export interface Database {
  meta: MetaRow;
  entry: EntryRow;
  command: CommandRow;
  posting: PostingRow;
  replica_row: ReplicaRowRow;
  mirror_row: MirrorRow;
  sync_cursor: SyncCursorRow;
  exact_connection: ExactConnectionRow;
  call_slot: CallSlotRow;
  tape: TapeRow;
  workflow_revision: WorkflowRevisionRow;
  person: PersonRow;
  demand: DemandRow;
  photo: PhotoRow;
}

/** A photo that an operator took. */
export interface PhotoRow {
  /** SHA-256, hex, of the bytes. */
  id: string;
  received_ms: number;
  /** Id of the command that names it. */
  command: string;
  /** Whether that command has come: 1, else 0. */
  named: number;
  jpeg: Uint8Array;
}

/** What a revision of a workflow demands of people. */
export interface DemandRow {
  revision: string;
  /** When it was last in force. */
  at_ms: number;
  /** JSON of the Demand. */
  body: string;
}

/** Facts about this database itself: `hubId`. */
export interface MetaRow {
  key: string;
  value: string;
}

/** The journal. Never updated, never deleted. */
export interface EntryRow {
  seq: number;
  at_ms: number;
  /** EntryBody['type'], for readers; the body holds it too. */
  type: string;
  document: string;
  /** Canonical JSON of the EntryBody. */
  body: string;
  /** SHA-256, hex, over the hash before it and this row. */
  hash: string;
}

/** Every command that got a final verdict, for ever: its id is the key of the act (I-02). */
export interface CommandRow {
  /** The command's id; for the refused second use of an id: `<id>#<payload_hash>`. */
  id: string;
  station: string;
  /** Null when the command did not use up its station's number. */
  station_seq: number | null;
  /** SHA-256, hex, over the canonical JSON of the whole command. */
  payload_hash: string;
  /** JSON of the accepted or refused Verdict. */
  verdict: string;
  /** The first entry that it caused. */
  seq: number;
}

/** The outbox. Made by posting-cut entries, finished by posting-settled entries. */
export interface PostingRow {
  id: string;
  marker: string;
  kind: string;
  document: string;
  /** JSON of the Posting. */
  body: string;
  state: PostingState;
  attempts: number;
  first_sent_ms: number | null;
  last_sent_ms: number | null;
  looked_up_count: number;
  /** Not to be touched before this time. */
  next_at_ms: number;
  exact_id: string | null;
  document_number: string | null;
  /** The step that is next, counted from 0: what comes before it is in Exact. */
  step: number;
  /** JSON array: what each step that is done gave. */
  results: string;
  /** JSON of a Fault. */
  fault: string | null;
  /** Exact's own words about a rejection. */
  words: string | null;
  updated_ms: number;
}

/** Master data and open orders as stations get them; `version` is their cursor. */
export interface ReplicaRowRow {
  kind: string;
  id: string;
  version: number;
  /** JSON array of look-up keys. */
  keys: string;
  /** JSON; null: it is gone. */
  body: string | null;
}

/** Exact's records as the sync API gave them. */
export interface MirrorRow {
  entity: string;
  id: string;
  body: string;
  /** Exact's row version, a number beyond 2^53, hence text. */
  timestamp: string | null;
  /** What readers ask by: an item for its prices, an order for its lines. */
  subject: string;
  /** The other thing it is about: an order line's item. Empty: none. */
  link: string;
  /** 1: a document that goods may still move on. */
  live: number;
  /** The comparison with Exact that saw it last. */
  seen: number;
}

export interface SyncCursorRow {
  entity: string;
  /** JSON: where the reading stands. */
  cursor: string;
  /** Rows that are here. */
  rows: number;
  /** Rows of the reading under way, as Exact counted them at its beginning; null: not said. */
  expected: number | null;
  /** Rows read in it so far. */
  read: number;
  synced_ms: number;
  /** When the entity was last read from the beginning to the end. */
  full_ms: number | null;
  /** JSON of a Fault. */
  fault: string | null;
}

/** The one connection to Exact Online; `id` is 1. */
export interface ExactConnectionRow {
  id: number;
  base_url: string;
  client_id: string;
  secret_cipher: string;
  division: number | null;
  tokens_cipher: string | null;
  /** When the tokens were issued, by the hub's clock. */
  issued_ms: number | null;
  state: string;
  updated_ms: number;
  /** Who gave the app: `environment`, `typed`, or `stand-in`. */
  origin: string;
  secret_set_ms: number | null;
  division_name: string | null;
  /** `site division` that the open postings belong to. */
  books: string | null;
  consented_ms: number | null;
  /** A person disconnected and nobody connected since. */
  disconnected_ms: number | null;
  /** Why a consent is needed, in Exact's words. */
  words: string | null;
  /** JSON: what the last check of the user's rights found. */
  rights: string | null;
  /** The process that refreshes the tokens just now, and until when at the latest. */
  lock_holder: string | null;
  lock_until_ms: number | null;
  /** JSON array: the moments of the token calls of the last day. */
  token_calls: string;
}

/** Calls to Exact in one quarter of an hour; kept for `LIMITS.exactCallDays`. */
export interface CallSlotRow {
  /** Exact's day: `yyyy-mm-dd`, UTC. */
  day: string;
  /** Quarter of an hour of that day, 0 to 95. */
  slot: number;
  lane: string;
  /** Calls that Exact counts. */
  calls: number;
  /** Answers among them that Exact counts as errors. */
  errors: number;
}

/** A recorded session. No station and no operator: whoever looks at work, not at people. */
export interface TapeRow {
  session: string;
  workflow: string;
  /** Of the workflow, as the session ran it. */
  revision: string;
  received_ms: number;
  events: number;
  /** 1: the session went on after the tape was full. */
  cut: number;
  /** One line of JSON. */
  gzip: Uint8Array;
}

/** A workflow file that came into force; the newest is in force. */
export interface WorkflowRevisionRow {
  workflow_set: string;
  at_ms: number;
  text: string;
  /** JSON: what the replay said before it came into force; null: there was none. */
  judgement: string | null;
}

/** Somebody with a badge. */
export interface PersonRow {
  id: string;
  name: string;
  /** Look-up key of the badge: a salted hash. */
  badge: string;
  /** JSON array of names that workflows.yaml uses. */
  roles: string;
  since_ms: number;
}
