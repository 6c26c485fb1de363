/*
 * What purchase and sales orders check and reckon alike: links to master data, and money.
 */
import { findRow, type Writer } from '../store/rows.ts';
import type { Row } from '../store/database.ts';
import { broken } from './effect.ts';

/** An amount of money, rounded to cents. */
export const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** Throws `Invalid` for the first link that names no row of its table; an empty one is fine. */
export function checkLinks(writer: Writer, fields: Row, links: Record<string, string>): void {
  for (const [name, table] of Object.entries(links)) {
    const id = fields[name] ?? null;
    if (id !== null && !findRow(writer, table, id)) throw broken(writer, 'invalid', name);
  }
}
