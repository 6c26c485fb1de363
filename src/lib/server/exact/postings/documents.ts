// Who lives here: the bodies of documents whose lines stand inside them: receipts, deliveries,
// returns and transfers (exact-online-api.md §7 to §9, §14.1). Only writable members: Exact
// refuses unknown ones. The header carries the marker, each line carries it once more as a witness.

import { quantity } from '../../../domain/index.ts';
import type { DeliveryLine, PostingOf, ReceiptLine, TransferLine } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import { dutchWallMs, guidLiteral } from '../values.ts';
import { nested } from './numbers.ts';
import { readRows } from './reading.ts';
import { guidIn } from './step.ts';
import type { Body, Desk, Made } from './step.ts';

const UNMIRRORED_WAIT_MS = 60_000;
const RECEIPT_LINES = 'purchaseorder/GoodsReceiptLines';
const COMPLETE = 50;

/** Midnight of the Dutch calendar day, in the form that Exact takes (§2.6). */
export function today(atMs: number): string {
  return `${new Date(dutchWallMs(atMs)).toISOString().slice(0, 10)}T00:00:00`;
}

export function place(field: string, location: string | undefined): Body {
  return location === undefined ? {} : { [field]: location };
}

/**
 * Stock units in one purchase unit of every line, or what keeps us from knowing. A line that is not
 * in the mirror may come; once the list was read again without it, it is gone.
 */
async function factorsOf(
  desk: Desk,
  lines: readonly ReceiptLine[],
): Promise<ReadonlyMap<string, number> | Made> {
  const ids = lines.map((line) => line.orderLine);
  const factors = await desk.facts.purchaseUnitFactors(ids);
  const missing = ids.find((id) => !factors.has(id));
  if (missing === undefined) return factors;
  const readAtMs = (await desk.facts.readAtMs?.('PurchaseOrders')) ?? 0;
  if (readAtMs > desk.sinceMs) {
    const words = `order line ${missing} is not in Exact any more: book these goods there by hand`;
    return { kind: 'rejected', status: 404, words, code: 'exact.line-gone' };
  }
  const retryAtMs = desk.clock.nowMs() + UNMIRRORED_WAIT_MS;
  const words = `order line ${missing} is not in the mirror of Exact`;
  return { kind: 'not-applied', scope: 'posting', retryAtMs, words };
}

export async function goodsReceiptBody(
  desk: Desk,
  { lines, marker }: PostingOf<'goodsReceipt'>,
): Promise<Made> {
  const factors = await factorsOf(desk, lines);
  if ('kind' in factors) return factors;
  const body = {
    ReceiptDate: today(desk.clock.nowMs()),
    Description: marker,
    GoodsReceiptLines: lines.map((line) => {
      const factor = factors.get(line.orderLine) ?? 1;
      return {
        PurchaseOrderLineID: line.orderLine,
        QuantityReceived: quantity(line.quantity / factor),
        Notes: marker,
        ...place('Location', line.location),
        ...nested(line, factor),
      };
    }),
  };
  return { kind: 'body', body };
}

export async function goodsDeliveryBody(
  desk: Desk,
  { lines, marker, document }: PostingOf<'goodsDelivery'>,
): Promise<Made> {
  const method = await desk.facts.shippingMethod?.(document);
  const lineOf = (line: DeliveryLine) => ({
    SalesOrderLineID: line.orderLine,
    QuantityDelivered: line.quantity,
    Notes: marker,
    ...place('StorageLocation', line.location),
    ...nested(line),
  });
  const body = {
    DeliveryDate: today(desk.clock.nowMs()),
    Description: marker,
    ...(method === undefined ? {} : { ShippingMethod: method }),
    GoodsDeliveryLines: lines.map(lineOf),
  };
  return { kind: 'body', body };
}

/** Both kinds of transfer: within one warehouse from and to are the same (§9.2). */
export function transferBody(
  desk: Desk,
  posting: PostingOf<'warehouseTransfer'> | PostingOf<'locationTransfer'>,
): Made {
  const within = posting.kind === 'locationTransfer';
  const lineOf = (line: TransferLine) => ({
    Item: line.item,
    Quantity: line.quantity,
    Description: posting.marker,
    ...place('StorageLocationFrom', line.fromLocation),
    ...place('StorageLocationTo', line.toLocation),
    ...nested(line),
  });
  const body = {
    EntryDate: today(desk.clock.nowMs()),
    Description: posting.marker,
    WarehouseFrom: within ? posting.warehouse : posting.fromWarehouse,
    WarehouseTo: within ? posting.warehouse : posting.toWarehouse,
    Status: COMPLETE,
    WarehouseTransferLines: posting.lines.map(lineOf),
  };
  return { kind: 'body', body };
}

/** Each line names the receipt's line that it takes back, so those are read first (§7). */
export async function purchaseReturnBody(
  desk: Desk,
  posting: PostingOf<'purchaseReturn'>,
): Promise<Made> {
  const factors = await factorsOf(desk, posting.lines);
  if ('kind' in factors) return factors;
  const found = await readRows(desk, RECEIPT_LINES, 'the lines of the receipt', {
    $filter: `GoodsReceiptID eq ${guidLiteral(posting.receipt)}`,
    $select: 'ID,PurchaseOrderLineID,Location,QuantityReceived',
  });
  if ('kind' in found) return found;
  const unused = [...found];
  const lines: Body[] = [];
  for (const line of posting.lines) {
    const factor = factors.get(line.orderLine) ?? 1;
    const amount = quantity(line.quantity / factor);
    const at = unused.findIndex((row) => isThat(row, line, amount));
    const [row] = at < 0 ? [] : unused.splice(at, 1);
    if (row === undefined) {
      const words = `the receipt has no line for ${amount} of order line ${line.orderLine}`;
      return { kind: 'rejected', status: 404, words };
    }
    lines.push({
      PurchaseOrderLineID: line.orderLine,
      GoodsReceiptLineID: guidIn(row, 'ID'),
      ReturnQuantity: amount,
      Notes: posting.marker,
      ...place('Location', line.location),
      ...nested({ ...line, ...withoutExpiry(line) }, factor),
    });
  }
  const body = {
    ReturnDate: today(desk.clock.nowMs()),
    Description: posting.marker,
    PurchaseReturnLines: lines,
  };
  return { kind: 'body', body };
}

/** Goods that leave bring no expiry date along. */
function withoutExpiry({ batches }: ReceiptLine): Pick<ReceiptLine, 'batches'> {
  if (batches === undefined) return {};
  return { batches: batches.map(({ number, quantity: amount }) => ({ number, quantity: amount })) };
}

function isThat(row: Row, line: ReceiptLine, amount: number): boolean {
  const received = row['QuantityReceived'];
  return (
    guidIn(row, 'PurchaseOrderLineID') === line.orderLine.toLowerCase() &&
    (line.location === undefined || guidIn(row, 'Location') === line.location.toLowerCase()) &&
    typeof received === 'number' &&
    quantity(received) >= amount
  );
}
