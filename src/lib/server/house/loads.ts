// Who lives here: goods on their way as stations see them: a row like an order's, made of what the
// journal knows. Exact has no such document; it has the goods in the place that they were sent to.

import { loadTold, progress } from '../../ledger/index.ts';
import type { LoadTold, World } from '../../ledger/index.ts';
import type { MasterSource, SourceLoad } from '../projection/index.ts';

/** Calendar date, `yyyy-mm-dd`, of the hub's clock. */
const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/** It is work until Exact has all of it, but not for ever. */
function isOpen(world: World, { order }: LoadTold): boolean {
  const lines = progress(world, order.id);
  return order.lines.some(({ id, ordered }) => ordered > (lines.get(id)?.received ?? 0));
}

/** A person's key is a made id; a station that nobody signed in at has its own name. */
const KEY = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Who sent it; nothing for somebody who is not written down any more. */
function nameOf(operator: string, source: MasterSource): string | undefined {
  const known = source.person?.(operator);
  return known?.body.name ?? (KEY.test(operator) ? undefined : operator);
}

/** A load with the names of places and people; undefined while its place is not here. */
async function loadSource(world: World, told: LoadTold, source: MasterSource) {
  const { order, from, at, operator, seq, atMs } = told;
  const place = at.location === undefined ? undefined : await source.location(at.location);
  const sender = await source.warehouse(from);
  const who = nameOf(operator, source);
  if (place === undefined) return undefined;
  const load: SourceLoad = {
    ...{ kind: 'load', id: order.id, number: `${place.code}/${seq}`, placeCode: place.code },
    warehouseId: at.warehouse,
    senderName: [sender?.name, who].filter((part) => part !== undefined).join(' · '),
    expectedDate: dayOf(atMs),
    open: isOpen(world, told),
    lines: order.lines.map(({ id, item, ordered }, index) => {
      return { id, lineNumber: index + 1, itemId: item, ordered };
    }),
  };
  return load;
}

/** Ids of loads that goods may still be taken in of; `by`: those that this operator sent. */
export function openLoads(world: World, by?: string): readonly string[] {
  const open: string[] = [];
  for (const [id, state] of world.documents.entries()) {
    const told = loadTold(state);
    const meant = told !== undefined && (by === undefined || told.operator === by);
    if (meant && isOpen(world, told)) open.push(id);
  }
  return open;
}

/** The same source, which knows of goods on their way besides what Exact has. */
export function withLoads(source: MasterSource, world: () => World): MasterSource {
  const own: Pick<MasterSource, 'order' | 'ids'> = {
    order: async (id) => {
      const told = loadTold(world().documents.get(id));
      return told === undefined ? source.order(id) : loadSource(world(), told, source);
    },
    ids: async (kind, after, limit) => {
      const there = await source.ids(kind, after, limit);
      if (kind !== 'order') return there;
      const loads = openLoads(world()).filter((id) => id > after);
      return [...there, ...loads].sort().slice(0, limit);
    },
  };
  // What else there is stays as it is, also what nobody has thought of yet.
  return new Proxy(source, {
    get: (target, name) => {
      if (name === 'order' || name === 'ids') return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
