/*
 * Fills an empty store with the seeded company. Everything follows from the seed, the number of
 * items and the day: guids, codes and quantities from the first two alone, dates from all three.
 */
import type { Store } from '../store/database.ts';
import type { Writer } from '../store/rows.ts';
import { MAIN_DIVISION, USER_ID } from './company.ts';
import type { Seeding } from './context.ts';
import { daysFrom } from './day.ts';
import { seedDeliveries } from './deliveries.ts';
import { seedItems } from './items.ts';
import { seedManufacturing } from './manufacturing.ts';
import { seedSalesOrders, seedShopOrders } from './other-orders.ts';
import { seedCustomers, seedSuppliers } from './parties.ts';
import { seedCompanyRows, seedPlaces, seedUnits, seedWay } from './places.ts';
import { seedPicking } from './picking.ts';
import { seedPurchaseOrders } from './purchase-orders.ts';
import { Random } from './random.ts';
import { seedReference } from './reference.ts';
import { seedStock } from './stock.ts';

/** Fewer items than this do not have enough of every kind for the seeded orders. */
export const LEAST_ITEMS = 70;
export const MOST_ITEMS = 200_000;
export const DEFAULT_ITEMS = 200;
export const DEFAULT_SEED = 1;

export interface SeedOptions {
  seed: number;
  items: number;
  /** The Dutch calendar day on which the company stands, `2026-11-02`. */
  day: string;
}

/**
 * Seeds the company. The caller holds the transaction. Throws a RangeError when the day is none.
 */
export function seedCompany(store: Store, options: SeedOptions): void {
  const day = daysFrom(options.day);
  const random = new Random(options.seed);
  const writer: Writer = {
    ...{ store, division: MAIN_DIVISION, user: USER_ID },
    // Midnight, so that on its own day no row is stamped later than what happens next.
    clock: { wallMs: () => day(0) },
    newId: () => random.guid(),
  };
  seedCompanyRows({ writer, day });
  const units = seedUnits({ writer });
  const places = seedPlaces({ writer });
  const suppliers = seedSuppliers({ writer, day });
  const customers = seedCustomers({ writer, day });
  const base = { store, writer, day, random, places, suppliers, customers, units };
  const seeding: Seeding = { ...base, items: seedItems(base, options.items) };
  seedStock(seeding);
  seedPurchaseOrders(seeding);
  seedSalesOrders(seeding);
  seedShopOrders(seeding);
  seedManufacturing(seeding);
  seedReference(seeding);
  seedPicking(seeding);
  seedDeliveries(seeding);
  seedWay(seeding);
}
