// Who lives here: the barcodes of the seeded company, read from the simulator.

import * as z from 'zod';
import type { Books } from './books.ts';

const item = z.object({ Code: z.string(), Barcode: z.string().nullable() });
export type Items = ReadonlyMap<string, string>;

/** Barcodes by item code. */
export async function itemsOf(books: Books, codes: readonly string[]): Promise<Items> {
  const found = new Map<string, string>();
  for (const code of codes) {
    const $filter = `Code eq '${code}'`;
    const [row] = await books.list(item, 'logistics/Items', { $filter, $select: 'Code,Barcode' });
    const barcode = row?.Barcode ?? undefined;
    if (barcode === undefined) throw new Error(`${code} has no barcode`);
    found.set(code, barcode);
  }
  return found;
}

/** Fourteen digits, as they stand behind (01). */
export function gtinOf(items: Items, code: string): string {
  const barcode = items.get(code);
  if (barcode === undefined) throw new Error(`${code} was not read`);
  return barcode.padStart(14, '0');
}
