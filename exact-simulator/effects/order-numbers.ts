/*
 * Order numbers: a sequence per company and kind of order, in which a client may take a number of
 * its own (Exact KB, numbers).
 */
import type { SqlValue } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { broken } from './effect.ts';

function isTaken(writer: Writer, table: string, wanted: SqlValue): boolean {
  const sql = `SELECT 1 FROM "${table}" WHERE "OrderNumber" = ? AND "_division" = ?`;
  return writer.store.get(sql, wanted, writer.division) !== undefined;
}

/** The number sent, or the next free one of the sequence. Throws when the one sent is taken. */
export function orderNumber(writer: Writer, table: string, sent: SqlValue | undefined): number {
  if (sent !== undefined && sent !== null && sent !== 0) {
    if (isTaken(writer, table, sent)) throw broken(writer, 'dataExists');
    return Number(sent);
  }
  const top = writer.store.get(
    `SELECT max("OrderNumber") AS n FROM "${table}" WHERE "_division" = ?`,
    writer.division,
  );
  const name = `${table}.OrderNumber.${writer.division}`;
  let next = writer.store.next(name, Number(top?.['n'] ?? 0));
  while (isTaken(writer, table, next)) next = writer.store.next(name);
  return next;
}
