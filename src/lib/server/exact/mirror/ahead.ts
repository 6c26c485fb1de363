// Who lives here: the first minute. A first load of a hundred thousand items takes many; the items
// of the orders that are open now are a few dozen, and with them the kiosk can begin. They are
// fetched by their ids, 50 a call, before the lists that hold everything. A small company needs no
// such help: there these calls would only add to the few that its lists take.

import { sql } from 'kysely';
import * as z from 'zod';
import { LIMITS } from '../../../domain/index.ts';
import type { Failure } from '../outcomes.ts';
import { guidLiteral } from '../values.ts';
import { selectOf, specOf } from './entities.ts';
import type { EntitySpec } from './entities.ts';
import { startPlace } from './place.ts';
import { clean } from './pull.ts';
import type { Pulled, PullParts } from './pull.ts';
import { applyAhead } from './rows.ts';
import type { CleanRow } from './rows.ts';

/** Exact gives 60 rows a page; fifty guids make an address of 3,000 characters. */
const IDS_PER_CALL = 50;
/** One call ahead for so many items: with all that hangs on items, a fortieth of their pages. */
const ITEMS_PER_CALL = 4_000;
const PATH = 'logistics/Items';
const idsForm = z.array(z.object({ id: z.string() }));

/** Items of documents that goods may still move on, newest documents first. */
async function missingItems(parts: PullParts, most: number): Promise<readonly string[]> {
  const { rows } = await sql`
    SELECT l.link AS id, max(l.rowid) AS newest FROM mirror_row h
    CROSS JOIN mirror_row l ON l.subject = h.subject AND l.link <> ''
      AND l.entity IN (h.entity, replace(h.entity, 'SalesOrderHeaders', 'SalesOrderLines'),
        replace(h.entity, 'ShopOrders', 'ShopOrderMaterialPlans'))
    WHERE h.live = 1 AND h.entity IN ('PurchaseOrders', 'SalesOrderHeaders', 'ShopOrders')
      AND NOT EXISTS (SELECT 1 FROM mirror_row i WHERE i.entity = 'Items' AND i.id = l.link)
    GROUP BY l.link ORDER BY newest DESC LIMIT ${most}`.execute(parts.db);
  return idsForm.parse(rows).map((row) => row.id);
}

function fitting(spec: EntitySpec, rows: readonly (CleanRow | Pulled)[]): readonly CleanRow[] {
  // A row that does not fit is told when the list itself is read.
  return rows.flatMap((row) => ('kind' in row ? [] : [row]));
}

/**
 * Fetches what is missing; the first failure ends it, and nothing depends on it. `items`: how many
 * there are in all, as Exact counted them with the list's first page.
 */
export async function fetchAhead(parts: PullParts, items: number): Promise<Failure | null> {
  const spec = specOf('Items');
  const most = Math.floor(items / ITEMS_PER_CALL) * IDS_PER_CALL;
  const ids = await missingItems(parts, Math.min(LIMITS.exactItemsAhead, most));
  for (let from = 0; from < ids.length; from += IDS_PER_CALL) {
    const some = ids.slice(from, from + IDS_PER_CALL);
    const query = {
      $filter: some.map((id) => `ID eq ${guidLiteral(id)}`).join(' or '),
      // The fields of the list's own rows; these have no row version.
      $select: selectOf({ ...spec, by: 'whole' }, parts.conventions),
    };
    const answer = await parts.client.get(PATH, query, 'sync');
    if (answer.kind !== 'ok') return answer;
    const rows = answer.value.rows.map((row) => clean(spec, row, parts.conventions));
    const start = JSON.stringify(startPlace(spec.by));
    const applied = await applyAhead(parts.db, spec, fitting(spec, rows), start);
    if (applied.rows.length > 0) await parts.onPage(spec, applied, false);
  }
  return null;
}
