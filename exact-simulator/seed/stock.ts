/*
 * Seeds opening stock: quantities on shelves, batches with and without expiry, serial numbers.
 */
import { BATCH, moveNumber, SERIAL } from '../effects/numbers.ts';
import { moveStock } from '../effects/stock.ts';
import type { Seeding, SeedItem, SqlValue } from './context.ts';

/** `StockTransactionType` of an opening balance. */
const OPENING_BALANCE = 10;

interface Lot {
  number: string;
  type: typeof BATCH | typeof SERIAL;
  quantity: number;
  endDate: SqlValue;
}

function batchLots(seeding: Seeding, item: SeedItem): Lot[] {
  const { random } = seeding;
  return Array.from({ length: random.int(1, 3) }, (_, n) => ({
    number: `L${26 - n}${String(random.int(1, 9999)).padStart(4, '0')}`,
    type: BATCH,
    quantity: random.int(4, 40),
    endDate: item.ware.family.tracking === 'expiry' ? seeding.day(random.int(60, 900)) : null,
  }));
}

function serialLots(seeding: Seeding, item: SeedItem): Lot[] {
  const { random } = seeding;
  const first = random.int(100_000, 900_000);
  return Array.from({ length: random.int(1, 4) }, (_, n) => ({
    number: `${item.ware.family.prefix}${first + n * 7}`,
    ...{ type: SERIAL, quantity: 1, endDate: null },
  }));
}

function stock(seeding: Seeding, item: SeedItem, warehouse: string, location: SqlValue): void {
  const { random, writer } = seeding;
  const { tracking } = item.ware.family;
  const lots = tracking === 'serial' ? serialLots(seeding, item) : batchLots(seeding, item);
  const numbered = tracking !== 'plain';
  for (const lot of numbered ? lots : []) {
    moveNumber(writer, {
      ...lot,
      ...{ item: item.id, warehouse, location, remarks: null },
      ...{ transactionId: writer.newId(), transactionType: OPENING_BALANCE },
    });
  }
  const quantity = numbered ? lots.reduce((sum, lot) => sum + lot.quantity, 0) : random.int(5, 400);
  moveStock(writer, item.id, warehouse, location, quantity);
}

/** Opening stock: nine items in ten have some in the main warehouse, one in three in the outlet. */
export function seedStock(seeding: Seeding): void {
  const { places, random } = seeding;
  for (const [n, item] of seeding.items.entries()) {
    if (random.chance(0.9)) stock(seeding, item, places.main, item.pickLocation);
    if (item.ware.family.tracking === 'plain' && random.chance(0.3)) {
      stock(seeding, item, places.main, random.pick(places.shelves));
    }
    if (n % 3 === 0) stock(seeding, item, places.outlet, null);
  }
}
