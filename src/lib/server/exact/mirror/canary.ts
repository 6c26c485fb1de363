// Who lives here: what one cheap reading says about lists that were not read. Exact touches an
// item's stock position whenever stock or planning changes (exact-online-api.md §4.3): a new
// purchase order shows in what is planned to come in, a sales order in what is planned to go out.
// So the positions are asked often, and the documents only when a position moved that nothing else
// explains. Why, with numbers: docs/adr/0010-sync-by-canary.md.
//
// Terms: suspect (an item whose planning changed), explained (a list that was read had this item in
// a changed row, or a posting of ours moved it), chain (the lists to ask, one after another).

import { sql } from 'kysely';
import * as z from 'zod';
import { parseJson } from '../envelope.ts';
import type { ExactDb } from '../tables.ts';
import { DELETED } from './entities.ts';
import type { ListName } from './entities.ts';
import type { EntityName } from './forms.ts';
import type { ChangedRow } from './rows.ts';

const CHAINS = {
  in: ['PurchaseOrders', 'ShopOrders', DELETED],
  out: ['SalesOrderLines', 'ShopOrderMaterialPlans', DELETED],
} as const satisfies Record<string, readonly ListName[]>;
type Way = keyof typeof CHAINS;
const WAYS: readonly Way[] = ['in', 'out'];

const positionForm = z.object({
  ItemId: z.string(),
  Warehouse: z.string(),
  CurrentStock: z.number().nullable(),
  PlanningIn: z.number().nullable(),
  PlanningOut: z.number().nullable(),
});
type Position = z.infer<typeof positionForm>;
const flagsForm = z.array(z.object({ located: z.number(), tracked: z.number() }));
const NOTHING = { CurrentStock: 0, PlanningIn: 0, PlanningOut: 0 };

export class Canary {
  readonly #suspects = { in: new Set<string>(), out: new Set<string>() };
  /** Items that lists and postings spoke of since the positions were last read. */
  readonly #explained = { in: new Set<string>(), out: new Set<string>() };

  /** A posting of ours moves these items: their planning will change, and we know why. */
  expect(items: Iterable<string>): void {
    for (const item of items) for (const way of WAYS) this.#explained[way].add(item);
  }

  /** A list had changed rows about these items. */
  heard(list: ListName, items: Iterable<string>): void {
    const ways = WAYS.filter((way) => CHAINS[way].some((name) => name === list));
    for (const item of items) {
      for (const way of ways) {
        this.#explained[way].add(item);
        this.#suspects[way].delete(item);
      }
    }
  }

  /** Positions changed: the lists to ask about planning, and the positions whose stock moved. */
  positions(rows: readonly ChangedRow[]): {
    readonly suspected: readonly ListName[];
    readonly stock: readonly Position[];
  } {
    const stock: Position[] = [];
    for (const row of rows) {
      const now = positionForm.parse(parseJson(row.body));
      const before = row.before === null ? NOTHING : positionForm.parse(parseJson(row.before));
      if (differ(now.CurrentStock, before.CurrentStock)) stock.push(now);
      if (differ(now.PlanningIn, before.PlanningIn)) this.#suspect('in', now.ItemId);
      if (differ(now.PlanningOut, before.PlanningOut)) this.#suspect('out', now.ItemId);
    }
    for (const way of WAYS) this.#explained[way].clear();
    const ways = WAYS.filter((way) => this.#suspects[way].size > 0);
    return { suspected: ways.map((way) => CHAINS[way][0]), stock };
  }

  /** A list was read to its end: the next of its chain, while items are left unexplained. */
  after(list: ListName): readonly ListName[] {
    return WAYS.flatMap((way) => {
      const at = CHAINS[way].findIndex((name) => name === list);
      if (at < 0 || this.#suspects[way].size === 0) return [];
      const next = CHAINS[way][at + 1];
      // Nobody explains it: planning that comes from documents that are not mirrored.
      if (next === undefined) this.#suspects[way].clear();
      return next === undefined ? [] : [next];
    });
  }

  #suspect(way: Way, item: string): void {
    if (!this.#explained[way].has(item)) this.#suspects[way].add(item);
  }
}

function differ(a: number | null, b: number | null): boolean {
  return (a ?? 0) !== (b ?? 0);
}

/** Where stock stands besides: by location, and by the numbers of tracked goods. */
export const STOCK_FOLLOWERS = [
  'StorageLocationStockPositions',
  'StockSerialBatchNumbers',
] as const satisfies readonly EntityName[];

/** Those of them that stock of these positions stands in. */
export async function followersOf(db: ExactDb, stock: readonly Position[]): Promise<EntityName[]> {
  if (stock.length === 0) return [];
  const pairs = JSON.stringify(stock.map((each) => [each.ItemId, each.Warehouse]));
  const { rows } = await sql`
    SELECT coalesce(max(w.body ->> 'UseStorageLocations'), 0) AS located,
      coalesce(max((i.body ->> 'IsBatchItem') OR (i.body ->> 'IsSerialItem')), 0) AS tracked
    FROM json_each(${pairs}) j
    LEFT JOIN mirror_row i ON i.entity = 'Items' AND i.id = j.value ->> 0
    LEFT JOIN mirror_row w ON w.entity = 'Warehouses' AND w.id = j.value ->> 1`.execute(db);
  const [found] = flagsForm.parse(rows);
  const [located, tracked] = STOCK_FOLLOWERS;
  return [...(found?.located === 1 ? [located] : []), ...(found?.tracked === 1 ? [tracked] : [])];
}
