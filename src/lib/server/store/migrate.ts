// Who lives here: what brings a database to the form this code expects, one numbered step after
// the other, each in its own transaction; and the fence that keeps old code off a newer database.

import { createHash } from 'node:crypto';
import type { Connection } from './connection.ts';
import { StoreRefused } from './failure.ts';
import type { Migration } from './migrations/index.ts';

const TABLE = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL
) STRICT`;

/**
 * Applies what is missing.
 * @throws StoreRefused `newer` for a database made by later code, `changed` when the text of an
 * applied migration is not the text that was applied.
 */
export function migrate(connection: Connection, file: string, steps: readonly Migration[]): void {
  connection.script(TABLE);
  const applied = connection.prepare('SELECT number, name, hash FROM migration ORDER BY number');
  const rows = applied.all([]).map(asApplied);
  const last = rows.at(-1);
  if (last !== undefined && last.number > steps.length) {
    throw new StoreRefused(
      'newer',
      `The database ${file} was made by a newer version of Scandock (${last.name}). ` +
        'Start that version, or restore a backup of the older database.',
    );
  }
  for (const row of rows) {
    const step = steps[row.number - 1];
    if (step === undefined || row.hash !== hashOf(step)) {
      const sentence = `The database ${file} was made by another text of migration ${row.name}.`;
      throw new StoreRefused('changed', sentence);
    }
  }
  for (const [at, step] of steps.entries()) {
    if (at >= rows.length) apply(connection, at + 1, step);
  }
}

function apply(connection: Connection, number: number, step: Migration): void {
  connection.transaction(() => {
    connection.script(step.sql);
    const sql = 'INSERT INTO migration (number, name, hash) VALUES (?, ?, ?)';
    connection.run(sql, number, step.name, hashOf(step));
  });
}

function hashOf(step: Migration): string {
  return createHash('sha256').update(step.sql).digest('hex');
}

function asApplied(row: unknown): { number: number; name: string; hash: string } {
  if (
    typeof row === 'object' &&
    row !== null &&
    'number' in row &&
    'name' in row &&
    'hash' in row &&
    typeof row.number === 'number' &&
    typeof row.name === 'string' &&
    typeof row.hash === 'string'
  ) {
    return { number: row.number, name: row.name, hash: row.hash };
  }
  throw new StoreRefused('changed', 'The table of migrations is not one of ours.');
}
