// What every revision of a workflow that was in force demands of people: a command that comes late
// is judged by the revision that it names.

export const demands = `
CREATE TABLE demand (
  revision TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX demand_by_age ON demand (at_ms);
`;
