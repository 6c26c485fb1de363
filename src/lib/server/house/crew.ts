// Who lives here: the people of the hub beside the records of Exact: both are rows that stations keep.

import type { MasterSource } from '../projection/index.ts';
import type { People } from '../people/index.ts';
import type { MasterOfGoods } from './master.ts';

/** Everything that stations keep rows of. */
export function withCrew(master: MasterOfGoods, people: Pick<People, 'row' | 'ids'>): MasterSource {
  return {
    item: (id) => master.item(id),
    warehouse: (id) => master.warehouse(id),
    location: (id) => master.location(id),
    order: (id) => master.order(id),
    sources: (item, warehouse) => master.sources?.(item, warehouse) ?? Promise.resolve([]),
    person: (id) => people.row(id),
    ids: (kind, after, most) =>
      kind === 'person' ? Promise.resolve(people.ids(after, most)) : master.ids(kind, after, most),
    warm: (kind, ids) => (kind === 'person' ? Promise.resolve() : master.warm(kind, ids)),
  };
}
