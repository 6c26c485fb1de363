// People with a badge: of the badge a salted hash, as its look-up key (protocol/badge.ts). The one
// place where the name behind an operator's key stands: a row that goes takes the name with it.

export const people = `
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  badge TEXT NOT NULL UNIQUE,
  roles TEXT NOT NULL,
  since_ms INTEGER NOT NULL
) STRICT;
`;
