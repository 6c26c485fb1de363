// The third form of the hub's database: recorded sessions, and the workflow files that were in
// force with what a replay said of each. Applied migrations are history: never change this text,
// write the next number.

export const tapes = `
CREATE TABLE tape (
  session TEXT PRIMARY KEY,
  workflow TEXT NOT NULL,
  revision TEXT NOT NULL,
  received_ms INTEGER NOT NULL,
  events INTEGER NOT NULL,
  cut INTEGER NOT NULL CHECK (cut IN (0, 1)),
  gzip BLOB NOT NULL
) STRICT;
CREATE INDEX tape_by_age ON tape (received_ms, session);
CREATE INDEX tape_by_workflow ON tape (workflow, received_ms, session);
CREATE TABLE workflow_revision (
  workflow_set TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  text TEXT NOT NULL,
  judgement TEXT
) STRICT;
`;
