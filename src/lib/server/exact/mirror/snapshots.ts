// Who lives here: the mirror's master data joined once and looked up by id, for whoever rebuilds a
// projection row by row. It is built when first asked for and forgotten when the mirror changes.

import type { LocationView, WarehouseView } from '../../../domain/index.ts';
import type { MirrorItem, MirrorOrder, MirrorReader } from './readers.ts';

export interface MirrorSnapshot {
  readonly items: ReadonlyMap<string, MirrorItem>;
  readonly warehouses: ReadonlyMap<string, WarehouseView>;
  readonly locations: ReadonlyMap<string, LocationView>;
  readonly orders: ReadonlyMap<string, MirrorOrder>;
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

export class MirrorSnapshots {
  readonly #reader: MirrorReader;
  #current: Promise<MirrorSnapshot> | undefined;

  constructor(reader: MirrorReader) {
    this.#reader = reader;
  }

  /** Call it on the mirror's `changed`, before anyone rebuilds. */
  forget(): void {
    this.#current = undefined;
  }

  current(): Promise<MirrorSnapshot> {
    this.#current ??= this.#build();
    return this.#current;
  }

  async #build(): Promise<MirrorSnapshot> {
    try {
      return {
        items: byId(await this.#reader.items()),
        warehouses: byId(await this.#reader.warehouses()),
        locations: byId(await this.#reader.locations()),
        orders: byId(await this.#reader.orders()),
      };
    } catch (error) {
      this.#current = undefined;
      throw error;
    }
  }
}
