/*
 * What the parts of the seed hand to each other while they fill the company.
 */
import type { Row, SqlValue, Store } from '../store/database.ts';
import { insertRow, type Writer } from '../store/rows.ts';
import type { DayCount } from './day.ts';
import type { Random } from './random.ts';
import type { Ware } from './wares.ts';

export interface SeedItem {
  id: string;
  ware: Ware;
  barcode: string | null;
  /** The pack a purchase order may be placed in, when the item has one. */
  pack: { unit: string; pieces: number } | undefined;
  pickLocation: string;
  supplier: string;
  supplierItemCode: string;
}

export interface Places {
  /** The warehouse with storage locations. */
  main: string;
  /** The warehouse without. */
  outlet: string;
  /** The receiving dock, default location of the main warehouse. */
  dock: string;
  /** Storage locations in walking order, the dock left out. */
  shelves: string[];
}

export interface Seeding {
  store: Store;
  writer: Writer;
  /** Counts from the day on which the company stands. */
  day: DayCount;
  random: Random;
  places: Places;
  items: SeedItem[];
  suppliers: string[];
  customers: string[];
  units: Map<string, string>;
}

/** Inserts a row of a table. */
export function put(seeding: Pick<Seeding, 'writer'>, table: string, row: Row): string {
  return insertRow(seeding.writer, table, row);
}

/** What `bought` found before: a company of 100,000 items is asked for the same lists often. */
const known = new WeakMap<SeedItem[], Map<Tracking, SeedItem[]>>();
type Tracking = Ware['family']['tracking'];

/** Items of one tracking kind that are bought, in seeded order. */
export function bought({ items }: Seeding, tracking: Tracking): SeedItem[] {
  const lists = known.get(items) ?? new Map<Tracking, SeedItem[]>();
  known.set(items, lists);
  const list =
    lists.get(tracking) ??
    items.filter(({ ware }) => ware.family.tracking === tracking && ware.family.makes !== true);
  lists.set(tracking, list);
  return list;
}

export type { SqlValue };
