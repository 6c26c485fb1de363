// The eighth form of the hub's database: photos that operators took. `id` is the SHA-256 of `jpeg`;
// `command` is the one that names the photo, and `named` says that the hub knows that command.
// Applied migrations are history: never change this text, write the next number.

export const photos = `
CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  command TEXT NOT NULL,
  named INTEGER NOT NULL CHECK (named IN (0, 1)),
  jpeg BLOB NOT NULL
) STRICT;
CREATE INDEX photo_by_age ON photo (received_ms, id);
CREATE INDEX photo_unnamed ON photo (received_ms, id) WHERE named = 0;
`;
