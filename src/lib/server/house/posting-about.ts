// Who lives here: what a posting is about, for the office: the number of its order, or of work without
// one the goods and where they lie or go. In English, as all of the office's pages.

import type { Posting } from '../../domain/index.ts';
import type { MasterSource } from '../projection/index.ts';

type Names = Pick<MasterSource, 'item' | 'warehouse' | 'location'>;
type Kind<K extends Posting['kind']> = Extract<Posting, { kind: K }>;
type Moved = Kind<'warehouseTransfer'> | Kind<'locationTransfer'>;

/** Goods named one by one; of more, how many there are besides. */
const NAMED = 2;

async function code(of: Promise<{ readonly code: string } | undefined>, id: string) {
  // Not here (any more): its id is all that can be said.
  return (await of)?.code ?? id;
}

async function codes(ids: readonly string[], codeOf: (id: string) => Promise<string>) {
  const each = [...new Set(ids)];
  const named = await Promise.all(each.slice(0, NAMED).map(codeOf));
  const more = each.length - named.length;
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
}

const present = (ids: readonly (string | undefined)[]): readonly string[] =>
  ids.flatMap((id) => id ?? []);

/** The places at one end of a transfer; where it names none, the warehouse. */
function end(names: Names, places: readonly (string | undefined)[], warehouse: string) {
  const known = present(places);
  return known.length === 0
    ? code(names.warehouse(warehouse), warehouse)
    : codes(known, (id) => code(names.location(id), id));
}

const warehousesOf = (moved: Moved): readonly [string, string] =>
  moved.kind === 'warehouseTransfer'
    ? [moved.fromWarehouse, moved.toWarehouse]
    : [moved.warehouse, moved.warehouse];

/** Of work without an order, `A-01 → B-02: BOLT`; of a posting on an order nothing. */
export async function aboutOf(posting: Posting, names: Names): Promise<string | undefined> {
  const goods = (lines: readonly { readonly item: string }[]) =>
    codes(
      lines.map(({ item }) => item),
      (id) => code(names.item(id), id),
    );
  switch (posting.kind) {
    case 'stockCount': {
      const places = posting.lines.map(({ location }) => location);
      return `${await end(names, places, posting.warehouse)}: ${await goods(posting.lines)}`;
    }
    case 'warehouseTransfer':
    case 'locationTransfer': {
      const [from, to] = warehousesOf(posting);
      const taken = posting.lines.map(({ fromLocation }) => fromLocation);
      const put = posting.lines.map(({ toLocation }) => toLocation);
      const way = `${await end(names, taken, from)} → ${await end(names, put, to)}`;
      return `${way}: ${await goods(posting.lines)}`;
    }
    default:
      return undefined;
  }
}
