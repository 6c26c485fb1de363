// The first form of the hub's database. Applied migrations are history: never change this text,
// write the next number.

export const firstLight = `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  type TEXT NOT NULL,
  document TEXT NOT NULL,
  body TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX entry_by_document ON entry (document, seq);
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END;
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'a journal entry is never removed'); END;

CREATE TABLE command (
  id TEXT PRIMARY KEY,
  station TEXT NOT NULL,
  station_seq INTEGER,
  payload_hash TEXT NOT NULL,
  verdict TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES entry (seq),
  UNIQUE (station, station_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE posting (
  id TEXT PRIMARY KEY,
  marker TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  document TEXT NOT NULL,
  body TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ready', 'sending', 'in-doubt', 'posted', 'rejected')),
  attempts INTEGER NOT NULL DEFAULT 0,
  first_sent_ms INTEGER,
  last_sent_ms INTEGER,
  looked_up_count INTEGER NOT NULL DEFAULT 0,
  next_at_ms INTEGER NOT NULL DEFAULT 0,
  exact_id TEXT,
  document_number TEXT,
  fault TEXT,
  words TEXT,
  updated_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX posting_by_state ON posting (state, next_at_ms);
CREATE INDEX posting_by_document ON posting (document);

CREATE TABLE replica_row (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL UNIQUE,
  keys TEXT NOT NULL,
  body TEXT,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE mirror_row (
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  timestamp TEXT,
  PRIMARY KEY (entity, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_cursor (
  entity TEXT PRIMARY KEY,
  cursor TEXT NOT NULL,
  rows INTEGER NOT NULL,
  synced_ms INTEGER NOT NULL,
  full_ms INTEGER,
  fault TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE exact_connection (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  base_url TEXT NOT NULL,
  client_id TEXT NOT NULL,
  secret_cipher TEXT NOT NULL,
  division INTEGER,
  tokens_cipher TEXT,
  issued_ms INTEGER,
  state TEXT NOT NULL,
  updated_ms INTEGER NOT NULL
) STRICT;
`;
