/*
 * What an entity does when it is written to. The OData layer checks names, types and mandatory
 * fields from the table of entities; an effect adds what only this business document means, and
 * runs inside the one transaction of the call.
 */
import { ApiError } from '../http/answer.ts';
import type { Row, SqlValue } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { text, type Message } from './messages.ts';

/** A request body after its names and types were checked. */
export interface Body {
  fields: Row;
  children: Record<string, Body[]>;
}

export interface Effect {
  /**
   * Mandatory fields per entity where they differ from the table of entities: nested numbers need
   * less than stand-alone ones, and an omitted quantity means "all that is open".
   */
  mandatory?: Record<string, readonly string[]>;
  /** Books the new document and returns its key. Throws ApiError when a rule is broken. */
  create?: (writer: Writer, body: Body) => string;
  /** Changes an existing row. */
  update?: (writer: Writer, row: Row, body: Body) => void;
  /** Deletes a row and undoes what hangs on it. Throws ApiError when a rule forbids it. */
  remove?: (writer: Writer, row: Row) => void;
  /** Creating is refused with 403 and this text. */
  createForbidden?: Message;
}

/** A business rule was broken: 500 with a message (Exact KB, errors). */
export function broken(writer: Writer, message: Message, ...values: (string | number)[]): ApiError {
  return new ApiError(500, text(writer.store, message, ...values));
}

/** A stored number, 0 when empty. */
export function number(value: SqlValue | undefined): number {
  return Number(value ?? 0);
}

/** Quantities are doubles; six decimals is what a warehouse can mean. */
export function rounded(quantity: number): number {
  return Math.round(quantity * 1e6) / 1e6;
}
