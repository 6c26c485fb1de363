/*
 * What random documents are made of: goods that stand somewhere, places and numbers, picked from the
 * present state by dice.
 */
import type { Row, Store } from '../../exact-simulator/store/database.ts';
import type { Fields } from './document-stage.ts';

export const num = (value: unknown): number => Number(value ?? 0);

/** Picks goods, places and numbers; new numbers never repeat. */
export class RandomGoods {
  private made = 0;

  constructor(protected readonly store: Store) {}

  protected pick(sql: string, n: number): Row | undefined {
    const rows = this.store.all(sql);
    return rows[n % Math.max(rows.length, 1)];
  }

  protected item(id: unknown): Row {
    return this.store.get('SELECT * FROM "Items" WHERE "ID" = ?', String(id)) ?? {};
  }

  /** A location of a warehouse: one that holds the item, or any; undefined for the default one. */
  protected location(warehouse: unknown, item: unknown, n: number): string | undefined {
    if (n % 5 === 0) return undefined;
    const held = this.store.all(
      'SELECT "StorageLocation" AS id FROM "LocationStock" WHERE "Item" = ? AND "Warehouse" = ?',
      String(item),
      String(warehouse),
    );
    const all = this.store.all(
      'SELECT "ID" AS id FROM "StorageLocations" WHERE "Warehouse" = ?',
      String(warehouse),
    );
    const rows = n % 5 < 4 && held.length > 0 ? held : all;
    const id = rows[n % Math.max(rows.length, 1)]?.['id'];
    return id === undefined ? undefined : String(id);
  }

  protected place(warehouse: unknown, location: string | undefined): unknown {
    const row = this.store.get('SELECT * FROM "Warehouses" WHERE "ID" = ?', String(warehouse));
    return num(row?.['UseStorageLocations']) === 0
      ? null
      : (location ?? row?.['DefaultStorageLocation'] ?? null);
  }

  /** Numbers that stand at a place, as many as there are up to the quantity. */
  protected taken(item: Row, warehouse: unknown, location: unknown, quantity: number): Fields {
    const rows = this.store.all(
      `SELECT n."SerialBatchNumber" AS name, sum(m."Quantity") AS there
       FROM "StockSerialBatchNumbers" m JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
       WHERE m."Item" = ? AND m."Warehouse" = ? AND m."StorageLocation" IS ? AND m."IsDraft" = 0
       GROUP BY n."ID" HAVING there > 0`,
      String(item['ID']),
      String(warehouse),
      location === null ? null : String(location),
    );
    let rest = quantity;
    const numbers: { name: string; quantity: number }[] = [];
    for (const row of rows) {
      const some = Math.min(rest, num(row['there']));
      if (some > 0) numbers.push({ name: String(row['name']), quantity: some });
      rest -= some;
    }
    return this.nested(item, numbers);
  }

  protected fresh(item: Row, quantity: number): Fields {
    const name = () => `N${(this.made += 1)}`;
    if (num(item['IsSerialItem']) === 0) return this.nested(item, [{ name: name(), quantity }]);
    const numbers = Array.from({ length: quantity }, () => ({ name: name(), quantity: 1 }));
    return this.nested(item, numbers);
  }

  protected nested(item: Row, numbers: { name: string; quantity: number }[]): Fields {
    if (num(item['IsBatchItem']) !== 0) {
      return {
        BatchNumbers: numbers.map((n) => ({ BatchNumber: n.name, Quantity: n.quantity })),
      };
    }
    if (num(item['IsSerialItem']) === 0) return {};
    return { SerialNumbers: numbers.map((n) => ({ SerialNumber: n.name })) };
  }

  protected moves(...list: [item: unknown, warehouse: unknown, location: unknown, by: number][]) {
    const moves = new Map<string, number>();
    const add = (at: string, by: number) => moves.set(at, (moves.get(at) ?? 0) + by);
    for (const [item, warehouse, location, by] of list) {
      add(`${String(item)} ${String(warehouse)}`, by);
      if (location !== null) add(`${String(item)} ${String(warehouse)} ${String(location)}`, by);
    }
    return moves;
  }
}
