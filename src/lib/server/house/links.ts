// Who lives here: barcodes that a person approved for an item (ADR 0017). Exact keeps one barcode an
// item; these are in our journal, and stations find items by them as by Exact's own.

import type { Kysely } from 'kysely';
import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';
import type { Database } from '../store/index.ts';

const entryForm = z.object({ item: z.string(), barcode: z.string() });

export class Links {
  readonly #items = new Map<string, string[]>();
  readonly #barcodes = new Map<string, string>();

  /** All that the journal has. */
  static async read(db: Kysely<Database>): Promise<Links> {
    const links = new Links();
    const rows = await db
      .selectFrom('entry')
      .select('body')
      .where('type', '=', 'barcode-linked')
      .orderBy('seq')
      .execute();
    for (const { body } of rows) {
      const { item, barcode } = entryForm.parse(JSON.parse(body));
      links.add(item, barcode);
    }
    return links;
  }

  codesOf(item: string): readonly string[] {
    return this.#items.get(item) ?? [];
  }

  /** Why this barcode can't be given to this item; undefined when it can. */
  problem(item: string, barcode: string): string | undefined {
    const owner = this.#barcodes.get(barcode);
    if (owner !== undefined && owner !== item)
      return 'This barcode belongs to another item already.';
    const full =
      this.codesOf(item).length >= LIMITS.linksPerItem || this.#barcodes.size >= LIMITS.links;
    return full ? 'There are too many linked barcodes; add this one in Exact.' : undefined;
  }

  add(item: string, barcode: string): void {
    if (this.#barcodes.has(barcode)) return;
    this.#barcodes.set(barcode, item);
    this.#items.set(item, [...this.codesOf(item), barcode]);
  }
}
