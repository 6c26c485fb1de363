// Who lives here: what lies in a place, of an item or of a number: the mirror's records of stock,
// summed. Of batches and serials the sum of their movements, as Exact keeps no other record of them.

import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import * as z from 'zod';
import { quantity } from '../../domain/index.ts';
import type { LookQuestion } from '../../domain/index.ts';
import type { Database } from '../store/index.ts';

/** Stock units of one item, and one number of it, in one place. */
export interface Lying {
  readonly item: string;
  readonly warehouseId: string;
  readonly locationId: string | null;
  readonly number: string | null;
  /** Calendar date, `yyyy-mm-dd`. */
  readonly expiry: string | null;
  readonly blocked: boolean;
  readonly quantity: number;
}

const form = z.array(
  z.object({
    item: z.string(),
    warehouseId: z.string(),
    locationId: z.string().nullable(),
    number: z.string().nullable(),
    expiry: z.string().nullable(),
    blocked: z.number().transform((flag) => flag === 1),
    quantity: z.number(),
  }),
);

/** Batches and serials; each way in has an index of its own (migration 0004). */
const NUMBERED: Readonly<Record<LookQuestion['kind'], (value: string) => RawBuilder<unknown>>> = {
  item: (id) => sql`mirror_row m
    CROSS JOIN mirror_row b ON b.entity = 'SerialBatchNumbers' AND b.id = m.link
    WHERE m.entity = 'StockSerialBatchNumbers' AND m.subject = ${id}`,
  location: (id) => sql`mirror_row m
    CROSS JOIN mirror_row b ON b.entity = 'SerialBatchNumbers' AND b.id = m.link
    WHERE m.entity = 'StockSerialBatchNumbers' AND m.body ->> '$.StorageLocation' = ${id}`,
  number: (number) => sql`mirror_row b
    CROSS JOIN mirror_row m ON m.entity = 'StockSerialBatchNumbers' AND m.link = b.id
      AND m.link <> ''
    WHERE b.entity = 'SerialBatchNumbers'
      AND lower(b.body ->> '$.SerialBatchNumber') = lower(${number})`,
};

/** What is counted by quantity alone; no number leads to it. */
const COUNTED: Readonly<
  Record<LookQuestion['kind'], (value: string) => RawBuilder<unknown> | undefined>
> = {
  item: (id) => sql`
    SELECT m.subject AS item, m.body ->> '$.Warehouse' AS "warehouseId", NULL AS "locationId",
      NULL AS number, NULL AS expiry, 0 AS blocked, m.body ->> '$.CurrentStock' AS quantity
    FROM mirror_row m WHERE m.entity = 'StockPositions' AND m.subject = ${id} AND quantity <> 0
    UNION ALL
    SELECT m.subject, m.body ->> '$.Warehouse', m.body ->> '$.StorageLocation',
      NULL, NULL, 0, m.body ->> '$.Stock' AS quantity
    FROM mirror_row m WHERE m.entity = 'StorageLocationStockPositions' AND m.subject = ${id}
      AND quantity <> 0 AND m.body ->> '$.StorageLocation' IS NOT NULL`,
  location: (id) => sql`
    SELECT m.subject AS item, m.body ->> '$.Warehouse' AS "warehouseId",
      m.body ->> '$.StorageLocation' AS "locationId", NULL AS number, NULL AS expiry,
      0 AS blocked, m.body ->> '$.Stock' AS quantity
    FROM mirror_row m WHERE m.entity = 'StorageLocationStockPositions'
      AND m.body ->> '$.StorageLocation' = ${id} AND quantity <> 0`,
  number: () => undefined,
};

/** What the question is about, as an id or a number. */
function valueOf(ask: LookQuestion): string {
  return ask.kind === 'number' ? ask.number : ask.id;
}

async function rowsOf(db: Kysely<Database>, query: RawBuilder<unknown>): Promise<Lying[]> {
  const { rows } = await query.execute(db);
  return form
    .parse(rows)
    .map((row) => ({ ...row, quantity: quantity(row.quantity) }))
    .filter((row) => row.quantity !== 0);
}

/** Everything with a number that the question is about, place by place. */
async function numbered(db: Kysely<Database>, ask: LookQuestion): Promise<Lying[]> {
  const rows = await rowsOf(
    db,
    sql`
    SELECT m.subject AS item, m.body ->> '$.Warehouse' AS "warehouseId",
      m.body ->> '$.StorageLocation' AS "locationId", b.body ->> '$.SerialBatchNumber' AS number,
      b.body ->> '$.EndDate' AS expiry, b.body ->> '$.IsBlocked' AS blocked,
      sum(m.body ->> '$.Quantity') AS quantity
    FROM ${NUMBERED[ask.kind](valueOf(ask))}
      AND NOT (m.body ->> '$.IsDraft') AND m.body ->> '$.Warehouse' IS NOT NULL
    GROUP BY m.subject, m.body ->> '$.Warehouse', m.body ->> '$.StorageLocation', b.id`,
  );
  const { kind } = ask;
  const only = kind === 'item' ? ask.number?.toLowerCase() : undefined;
  return rows.filter((row) => only === undefined || row.number?.toLowerCase() === only);
}

/** Of a warehouse whose locations are told too, only what lies in none of them. */
function unplaced(rows: readonly Lying[]): Lying[] {
  return rows.flatMap((row) => {
    if (row.locationId !== null) return [row];
    const placed = rows
      .filter((each) => each.warehouseId === row.warehouseId && each.locationId !== null)
      .reduce((sum, each) => sum + each.quantity, 0);
    const rest = quantity(row.quantity - placed);
    return rest === 0 ? [] : [{ ...row, quantity: rest }];
  });
}

/** What lies where; goods with numbers by their numbers and never once more as a sum. */
export async function lying(db: Kysely<Database>, ask: LookQuestion): Promise<readonly Lying[]> {
  const byNumber = await numbered(db, ask);
  const counted = COUNTED[ask.kind](valueOf(ask));
  if (counted === undefined || (ask.kind === 'item' && ask.number !== undefined)) return byNumber;
  const tracked = new Set(byNumber.map((row) => row.item));
  const rows = (await rowsOf(db, counted)).filter((row) => !tracked.has(row.item));
  return [...byNumber, ...unplaced(rows)];
}
