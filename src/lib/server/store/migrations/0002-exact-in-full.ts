// The second form of the hub's database: postings of several steps, journal entries found by their
// type, and a mirror that is read by what its rows are about (it is a copy: it is made anew, and
// read again from Exact). Applied migrations are history: never change this text, write the next
// number.

export const exactInFull = `
ALTER TABLE posting ADD COLUMN step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posting ADD COLUMN results TEXT NOT NULL DEFAULT '[]';
CREATE INDEX posting_by_kind ON posting (kind, state, next_at_ms);
CREATE INDEX posting_with_fault ON posting (state, id) WHERE fault IS NOT NULL;
CREATE INDEX entry_by_type ON entry (type, seq);
ALTER TABLE exact_connection ADD COLUMN origin TEXT NOT NULL DEFAULT 'environment';
ALTER TABLE exact_connection ADD COLUMN secret_set_ms INTEGER;
ALTER TABLE exact_connection ADD COLUMN division_name TEXT;
ALTER TABLE exact_connection ADD COLUMN books TEXT;
ALTER TABLE exact_connection ADD COLUMN consented_ms INTEGER;
ALTER TABLE exact_connection ADD COLUMN disconnected_ms INTEGER;
ALTER TABLE exact_connection ADD COLUMN words TEXT;
ALTER TABLE exact_connection ADD COLUMN rights TEXT;
ALTER TABLE exact_connection ADD COLUMN lock_holder TEXT;
ALTER TABLE exact_connection ADD COLUMN lock_until_ms INTEGER;
ALTER TABLE exact_connection ADD COLUMN token_calls TEXT NOT NULL DEFAULT '[]';
UPDATE exact_connection SET books = base_url || ' ' || division WHERE division IS NOT NULL;
DROP TABLE mirror_row;
CREATE TABLE mirror_row (
  entity TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,
  timestamp TEXT,
  subject TEXT NOT NULL DEFAULT '',
  link TEXT NOT NULL DEFAULT '',
  live INTEGER NOT NULL DEFAULT 0,
  seen INTEGER NOT NULL DEFAULT 0,
  UNIQUE (entity, id)
) STRICT;
CREATE INDEX mirror_by_subject ON mirror_row (entity, subject);
CREATE INDEX mirror_by_link ON mirror_row (entity, link) WHERE link <> '';
CREATE INDEX mirror_live ON mirror_row (entity, subject) WHERE live = 1;
DELETE FROM sync_cursor;
ALTER TABLE sync_cursor ADD COLUMN expected INTEGER;
ALTER TABLE sync_cursor ADD COLUMN read INTEGER NOT NULL DEFAULT 0;
CREATE TABLE call_slot (
  day TEXT NOT NULL,
  slot INTEGER NOT NULL CHECK (slot BETWEEN 0 AND 95),
  lane TEXT NOT NULL CHECK (lane IN ('human', 'post', 'settle', 'sync')),
  calls INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  PRIMARY KEY (day, slot, lane)
) STRICT, WITHOUT ROWID;
`;
