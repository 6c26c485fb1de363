// Who lives here: where items lie, for the lines of orders that go out: one question to the mirror
// for as many items as rows are being made of, and the choice of the places that a line tells of.
// Terms: source (a place, and the batch in it, that goods can be taken from).

import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import * as z from 'zod';
import { fitsPattern, quantity } from '../../domain/index.ts';
import type { LocationView, SourceView, Tracking } from '../../domain/index.ts';
import type { Database } from '../store/index.ts';

/** Stock units of one item that lie together. */
export interface StockPlace {
  readonly warehouseId: string;
  /** Null: the whole warehouse, or goods that nobody has put away yet. */
  readonly locationId: string | null;
  /** Null: of what is not kept by batch. */
  readonly batch: string | null;
  /** Calendar date, `yyyy-mm-dd`, of the batch. */
  readonly expiry: string | null;
  readonly quantity: number;
}

const placesForm = z.array(
  z.object({
    item: z.string(),
    warehouseId: z.string(),
    locationId: z.string().nullable(),
    batch: z.string().nullable(),
    expiry: z.string().nullable(),
    quantity: z.number(),
  }),
);

/**
 * What is above zero of each of these items, place by place, in one question. Of batch items the
 * sum of their movements, as Exact keeps no other record of a batch's stock; blocked batches, of
 * which Exact lets nothing out, are left out.
 */
export async function stockPlaces(
  db: Kysely<Database>,
  items: ReadonlyMap<string, Tracking>,
): Promise<ReadonlyMap<string, readonly StockPlace[]>> {
  const batched: string[] = [];
  const others: string[] = [];
  for (const [id, tracking] of items) (tracking === 'batch' ? batched : others).push(id);
  const { rows } = await sql`
    SELECT m.subject AS item, m.body ->> '$.Warehouse' AS "warehouseId", NULL AS "locationId",
      NULL AS batch, NULL AS expiry, m.body ->> '$.CurrentStock' AS quantity
    FROM json_each(${JSON.stringify(others)}) j
    CROSS JOIN mirror_row m ON m.entity = 'StockPositions' AND m.subject = j.value
    WHERE quantity > 0
    UNION ALL
    SELECT m.subject, m.body ->> '$.Warehouse', m.body ->> '$.StorageLocation', NULL, NULL,
      m.body ->> '$.Stock' AS quantity
    FROM json_each(${JSON.stringify(others)}) j
    CROSS JOIN mirror_row m ON m.entity = 'StorageLocationStockPositions' AND m.subject = j.value
    WHERE quantity > 0 AND m.body ->> '$.StorageLocation' IS NOT NULL
    UNION ALL
    SELECT m.subject, m.body ->> '$.Warehouse', m.body ->> '$.StorageLocation',
      b.body ->> '$.SerialBatchNumber', b.body ->> '$.EndDate',
      sum(m.body ->> '$.Quantity') AS quantity
    FROM json_each(${JSON.stringify(batched)}) j
    CROSS JOIN mirror_row m ON m.entity = 'StockSerialBatchNumbers' AND m.subject = j.value
    CROSS JOIN mirror_row b
      ON b.entity = 'SerialBatchNumbers' AND b.id = m.body ->> '$.SerialBatchNumber'
    WHERE NOT (m.body ->> '$.IsDraft') AND NOT (b.body ->> '$.IsBlocked')
      AND m.body ->> '$.Warehouse' IS NOT NULL
    GROUP BY m.subject, m.body ->> '$.Warehouse', m.body ->> '$.StorageLocation', b.id
    HAVING quantity > 0`.execute(db);
  const found = new Map<string, StockPlace[]>();
  for (const { item, ...place } of placesForm.parse(rows)) {
    const cleaned = { ...place, quantity: quantity(place.quantity) };
    if (cleaned.quantity <= 0) continue;
    const places = found.get(item);
    if (places === undefined) found.set(item, [cleaned]);
    else places.push(cleaned);
  }
  return found;
}

/** What says which of an item's places a line may name. */
export interface Choice {
  readonly warehouseId: string;
  readonly usesLocations: boolean;
  /** Locations that are here, by id; goods in one that is not come with it. */
  readonly locations: ReadonlyMap<string, Pick<LocationView, 'id' | 'code' | 'sequence'>>;
  /** `yyyy-mm-dd`: what expired before it is not picked. */
  readonly today: string;
  /** Patterns of the codes of places in which goods are on their way: trucks, gates. */
  readonly onTheWay?: readonly string[];
}

/** Later than every date: what does not expire comes after what does. */
const NEVER = '9999-12-31';
/** Places without a turn on the walk come after those that have one. */
const LAST = Number.MAX_SAFE_INTEGER;

function before(a: SourceView, b: SourceView): number {
  const [x, y] = [a.expiry ?? NEVER, b.expiry ?? NEVER];
  if (x !== y) return x < y ? -1 : 1;
  const [turn, other] = [a.sequence ?? LAST, b.sequence ?? LAST];
  if (turn !== other) return turn - other;
  const inOrder = (one = '', two = '') => one.localeCompare(two, 'en', { numeric: true });
  return inOrder(a.location?.code, b.location?.code) || inOrder(a.batch, b.batch);
}

function placed({ id, code, sequence }: Pick<LocationView, 'id' | 'code' | 'sequence'>) {
  const location = { id, code };
  return sequence === undefined ? { location } : { location, sequence };
}

/**
 * Where a line's goods can be taken from: what expires first is first, then the place that
 * comes first on the walk, then the lowest code. What stands in a truck was sent to somebody.
 */
export function sourcesOf(places: readonly StockPlace[], choice: Choice): readonly SourceView[] {
  const { warehouseId, usesLocations, locations, today, onTheWay = [] } = choice;
  const sources = places.flatMap((place): SourceView[] => {
    if (place.warehouseId !== warehouseId) return [];
    if (place.expiry !== null && place.expiry < today) return [];
    const location = place.locationId === null ? undefined : locations.get(place.locationId);
    if (usesLocations ? location === undefined : place.locationId !== null) return [];
    if (location && onTheWay.some((pattern) => fitsPattern(pattern, location.code))) return [];
    return [
      {
        ...(location === undefined ? {} : placed(location)),
        ...(place.batch === null ? {} : { batch: place.batch }),
        ...(place.expiry === null ? {} : { expiry: place.expiry }),
        quantity: place.quantity,
      },
    ];
  });
  return sources.sort(before);
}
