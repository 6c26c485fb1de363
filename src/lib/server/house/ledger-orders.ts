// Who lives here: Exact's orders in the words of the ledger: what is ordered on each line, what of
// it Exact has, and whether anybody may work on it.

import type { ExactOrderKind, WarehouseView } from '../../domain/index.ts';
import type { MirrorLine, MirrorOrder as LedgerOrder } from '../../ledger/index.ts';
import type { MirrorItem, MirrorOrder, MirrorReader } from '../exact/index.ts';
import { deliverable, pickable, receivable, workable } from './documents.ts';
import type { Remembered } from './remembered.ts';

/** What was asked of the mirror lately. */
interface Known {
  readonly item: Remembered<MirrorItem>;
  readonly warehouse: Remembered<WarehouseView>;
  readonly order: Remembered<MirrorOrder>;
}

/** An order as the ledger decides on it; undefined until its warehouse is here. */
export function ledgerOrder(
  reader: MirrorReader,
  known: Known,
  {
    kind,
    id,
    asOfMs,
  }: { readonly kind: ExactOrderKind; readonly id: string; readonly asOfMs: number },
): Promise<LedgerOrder | undefined> {
  const asked = { reader, known, id, asOfMs };
  if (kind === 'purchaseOrder') return purchaseOrder(asked);
  return kind === 'salesOrder' ? salesOrder(asked) : shopOrder(asked);
}

interface Asked {
  readonly reader: MirrorReader;
  readonly known: Known;
  readonly id: string;
  readonly asOfMs: number;
}

async function purchaseOrder({ reader, known, id, asOfMs }: Asked) {
  const order = await known.order.get(id);
  const warehouse = order && (await known.warehouse.get(order.warehouseId));
  if (order === undefined || warehouse === undefined) return undefined;
  const lines = await linesOf(
    known,
    order.lines.map((line) => {
      const { id: lineId, itemId, ordered, received } = line;
      return { id: lineId, itemId, ordered, done: received, open: true };
    }),
  );
  const made: LedgerOrder = {
    ...{ id: order.id, kind: 'purchaseOrder', open: receivable(order), lines },
    usesLocations: warehouse.usesLocations,
    asOfMs: Math.min(asOfMs, await reader.readAtMs('PurchaseOrders')),
  };
  return made;
}

/**
 * A sales order as the ledger decides on it. Lines that go from the supplier to the customer, and
 * goods that are traded in, are not ours to pick.
 */
async function salesOrder({ reader, known, id, asOfMs }: Asked) {
  const order = (await reader.salesOrdersById([id])).get(id);
  if (order === undefined) return undefined;
  const warehouse = await warehouseOf(reader, known, order.warehouseId);
  const lines = await linesOf(
    known,
    order.lines.map((line) => {
      const { id: lineId, itemId, ordered, delivered } = line;
      const asked = Math.max(0, ordered);
      return { id: lineId, itemId, ordered: asked, done: delivered, open: pickable(line) };
    }),
  );
  if (warehouse === undefined) return undefined;
  const readMs = [
    await reader.readAtMs('SalesOrderHeaders'),
    await reader.readAtMs('SalesOrderLines'),
  ];
  const made: LedgerOrder = {
    ...{ id: order.id, kind: 'salesOrder', warehouse: warehouse.id, lines },
    open: deliverable(order),
    usesLocations: warehouse.usesLocations,
    asOfMs: Math.min(asOfMs, ...readMs),
  };
  return made;
}

/**
 * A shop order as the ledger decides on it: a line for each material
 * and by-product, and one with the order's own id for what it makes. What Exact books by itself
 * (backflush) is not booked by hand.
 */
async function shopOrder({ reader, known, id, asOfMs }: Asked) {
  const order = (await reader.shopOrdersById([id])).get(id);
  if (order === undefined) return undefined;
  const warehouse = await warehouseOf(reader, known, order.warehouseId);
  const { itemId: product, planned: ordered, produced: done } = order;
  const lines = await linesOf(known, [
    ...order.materials.map((material) => {
      const { id: lineId, itemId, planned, issued, backflush, byProduct } = material;
      const line = { id: lineId, itemId, ordered: planned, done: issued, open: !backflush };
      return byProduct ? { ...line, byProduct: true as const } : line;
    }),
    { id: order.id, itemId: product, ordered, done, open: true },
  ]);
  if (warehouse === undefined) return undefined;
  // Who has no by-products may have no right to read them either.
  const beside = lines.some((line) => line.byProduct) ? (['ByProductReceipts'] as const) : [];
  const lists = ['ShopOrders', 'ShopOrderMaterialPlans', 'MaterialIssues', ...beside] as const;
  const readMs = await Promise.all(lists.map((list) => reader.readAtMs(list)));
  const made: LedgerOrder = {
    ...{ id: order.id, kind: 'shopOrder', warehouse: warehouse.id, lines },
    open: workable(order),
    usesLocations: warehouse.usesLocations,
    asOfMs: Math.min(asOfMs, ...readMs),
  };
  return made;
}

/** The warehouse that a document names, or else the main one. */
async function warehouseOf(reader: MirrorReader, known: Known, id: string | null) {
  const named = id ?? (await reader.mainWarehouseId());
  return named === undefined ? undefined : known.warehouse.get(named);
}

/** Lines with what their items say. Nobody works on one whose item is not here yet. */
async function linesOf(
  known: Known,
  lines: readonly {
    readonly id: string;
    readonly itemId: string;
    readonly ordered: number;
    readonly done: number;
    readonly open: boolean;
    readonly byProduct?: true;
  }[],
): Promise<readonly MirrorLine[]> {
  await known.item.warm(lines.map((line) => line.itemId));
  const made: MirrorLine[] = [];
  for (const { id, itemId, ordered, done, open, ...part } of lines) {
    const item = await known.item.get(itemId);
    const line = { id, item: itemId, ordered, doneInExact: done, ...part };
    if (item === undefined) {
      made.push({ ...line, open: false, tracking: 'none', hasExpiry: false });
      continue;
    }
    const { tracking, hasExpiry, unit } = item;
    made.push({ ...line, open, tracking, hasExpiry, unit });
  }
  return made;
}
