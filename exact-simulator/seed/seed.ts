/*
 * Fills an empty store with the seeded company. Everything follows from the seed and the number of
 * items: guids, codes, quantities and dates are the same on every machine and every day.
 */
import type { Store } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { MAIN_DIVISION, SEED_WALL_MS, USER_ID } from './company.ts';
import type { Seeding } from './context.ts';
import { seedItems } from './items.ts';
import { seedSalesOrders, seedShopOrders } from './other-orders.ts';
import { seedCustomers, seedSuppliers } from './parties.ts';
import { seedCompanyRows, seedPlaces, seedUnits } from './places.ts';
import { seedPurchaseOrders } from './purchase-orders.ts';
import { Random } from './random.ts';
import { seedStock } from './stock.ts';

/** Fewer items than this do not have enough of every kind for the seeded orders. */
export const LEAST_ITEMS = 70;
export const MOST_ITEMS = 200_000;
export const DEFAULT_ITEMS = 200;
export const DEFAULT_SEED = 1;

/** Seeds the company. The caller holds the transaction. */
export function seedCompany(store: Store, options: { seed: number; items: number }): void {
  const random = new Random(options.seed);
  const writer: Writer = {
    ...{ store, division: MAIN_DIVISION, user: USER_ID },
    clock: { wallMs: () => SEED_WALL_MS },
    newId: () => random.guid(),
  };
  seedCompanyRows({ writer });
  const units = seedUnits({ writer });
  const places = seedPlaces({ writer });
  const suppliers = seedSuppliers({ writer });
  const customers = seedCustomers({ writer });
  const base = { store, writer, random, places, suppliers, customers, units };
  const seeding: Seeding = { ...base, items: seedItems(base, options.items) };
  seedStock(seeding);
  seedPurchaseOrders(seeding);
  seedSalesOrders(seeding);
  seedShopOrders(seeding);
}
