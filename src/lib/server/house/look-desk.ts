// Who lives here: the answer to somebody who looks something up: what lies where, with the names
// that stand on shelves and boxes. Bounded: a station gets so many rows, and how many more there are.

import { LIMITS } from '../../domain/index.ts';
import type { LookAnswer, LookQuestion, LyingView } from '../../domain/index.ts';
import type { Lying } from './look-stock.ts';
import type { Master } from './master.ts';

type Names = Pick<Master, 'item' | 'warehouse' | 'location' | 'warm'>;

/** Later than every date: what does not expire comes after what does. */
const NEVER = '9999-12-31';
const inOrder = (one = '', other = '') => one.localeCompare(other, 'en', { numeric: true });

function before(a: LyingView, b: LyingView): number {
  return (
    inOrder(a.expiry ?? NEVER, b.expiry ?? NEVER) ||
    inOrder(a.warehouse, b.warehouse) ||
    inOrder(a.location?.code, b.location?.code) ||
    inOrder(a.goods.code, b.goods.code) ||
    inOrder(a.number, b.number)
  );
}

/** With its names; nothing for goods or places that this warehouse does not keep. */
async function named(row: Lying, names: Names): Promise<LyingView | undefined> {
  const { warehouseId, locationId, number, expiry, blocked, quantity } = row;
  const item = await names.item(row.item);
  const warehouse = await names.warehouse(warehouseId);
  const location = locationId === null ? undefined : await names.location(locationId);
  if (item === undefined || warehouse === undefined) return undefined;
  return {
    goods: {
      ...{ id: item.id, code: item.code, name: item.name, unit: item.unit },
      tracking: item.tracking,
    },
    warehouse: warehouse.name,
    ...(location === undefined ? {} : { location: { id: location.id, code: location.code } }),
    ...(number === null ? {} : { number }),
    ...(expiry === null ? {} : { expiry }),
    ...(blocked ? { blocked: true as const } : {}),
    quantity,
  };
}

/** What the hub knows of this. */
export async function lookUp(
  ask: LookQuestion,
  names: Names,
  lying: (ask: LookQuestion) => Promise<readonly Lying[]>,
): Promise<LookAnswer> {
  const rows = await lying(ask);
  await names.warm('item', [...new Set(rows.map((row) => row.item))]);
  await names.warm('location', [...new Set(rows.flatMap((row) => row.locationId ?? []))]);
  const views: LyingView[] = [];
  for (const row of rows) {
    const view = await named(row, names);
    if (view !== undefined) views.push(view);
  }
  const lies = views.sort(before).slice(0, LIMITS.lookRows);
  return { lies, more: views.length - lies.length };
}
