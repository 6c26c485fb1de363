// Who lives here: what open orders still want: of sales orders what is not delivered, of shop orders
// what is not issued.

import { minus } from '../../domain/index.ts';
import type { MirrorReader, MirrorSalesOrder, MirrorShopOrder } from '../exact/index.ts';
import { deliverable, pickable, workable } from './documents.ts';
import type { Demand } from './refills.ts';
import type { Remembered } from './remembered.ts';

/** What was asked of the mirror lately. */
interface Known {
  readonly salesOrder: Remembered<MirrorSalesOrder>;
  readonly shopOrder: Remembered<MirrorShopOrder>;
}

/** The demand of all open orders, line by line. */
export async function openDemands(reader: MirrorReader, known: Known): Promise<readonly Demand[]> {
  const { salesOrder, shopOrder } = known;
  const main = await reader.mainWarehouseId();
  const sales = await reader.liveIds('SalesOrderHeaders');
  const shop = await reader.liveIds('ShopOrders');
  await Promise.all([salesOrder.warm(sales), shopOrder.warm(shop)]);
  const demands: Demand[] = [];
  for (const id of sales) {
    const order = await salesOrder.get(id);
    if (order !== undefined) demands.push(...salesDemands(order, main));
  }
  for (const id of shop) {
    const order = await shopOrder.get(id);
    if (order !== undefined) demands.push(...shopDemands(order, main));
  }
  return demands;
}

/** What an order still wants of the pick places of its warehouse, or of the main one. */
function salesDemands(order: MirrorSalesOrder, main: string | undefined): readonly Demand[] {
  if (!deliverable(order)) return [];
  const { warehouseId, deliveryDate } = order;
  const lines = order.lines.filter(pickable);
  return demandsOf(
    lines.map(({ itemId, ordered, delivered }) => ({ itemId, left: minus(ordered, delivered) })),
    { warehouseId: warehouseId ?? main, date: deliveryDate },
  );
}

/** The same for material, also for what Exact takes by itself: it takes it from there. */
function shopDemands(order: MirrorShopOrder, main: string | undefined): readonly Demand[] {
  if (!workable(order)) return [];
  const { warehouseId, plannedDate } = order;
  const materials = order.materials.filter(({ byProduct }) => !byProduct);
  return demandsOf(
    materials.map(({ itemId, planned, issued }) => ({ itemId, left: minus(planned, issued) })),
    { warehouseId: warehouseId ?? main, date: plannedDate },
  );
}

function demandsOf(
  lines: readonly { readonly itemId: string; readonly left: number }[],
  { warehouseId, date }: { warehouseId: string | undefined; date: string | undefined },
): readonly Demand[] {
  if (warehouseId === undefined) return [];
  return lines
    .filter(({ left }) => left > 0)
    .map(({ itemId, left: quantity }) => ({
      ...{ itemId, quantity, warehouseId },
      ...(date === undefined ? {} : { date }),
    }));
}
