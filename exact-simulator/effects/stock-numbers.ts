/*
 * Batch and serial rows posted on their own (Exact KB, batch and serial numbers): drafts for a
 * transaction that follows, or further numbers of a stock count line that is still a draft.
 */
import { ApiError } from '../http/answer.ts';
import type { Row, SqlValue } from '../store/database.ts';
import { updateRow, type Writer } from '../store/rows.ts';
import { addDraft, draftsOf, dropDraft } from './drafts.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { checkQuantity, numberAt } from './manufacturing-stock.ts';
import { text } from './messages.ts';
import { lineLocation, mustFind } from './movements.ts';
import { BATCH, findMaster, SERIAL, stockOfNumber } from './numbers.ts';
import { checkRoom, differenceOf, DRAFT, STOCK_COUNT } from './stock-count-lines.ts';

/** Every `StockTransactionType` there is but those of transfers, which cannot be drafted. */
const DRAFTABLE: ReadonlySet<number> = new Set([
  ...[10, 120, 121, 122, 123, 130, 131, 132, 133, 140, 141, 147, 148, 150, 151, 155, 156],
  ...[160, 161, 165, 166, 180, 181, 195, 196, 197, 200],
]);
/** Types whose numbers leave stock, so that they must be there. */
const LEAVING: ReadonlySet<number> = new Set([120, 131, 141, 148, 150, 155, 161, 165, 196]);

type Kind = typeof BATCH | typeof SERIAL;

interface Wanted {
  kind: Kind;
  item: Row;
  warehouse: Row;
  location: SqlValue;
  name: string;
  quantity: number;
  /** -1 when the number leaves stock. */
  sign: 1 | -1;
}

function mandatory(writer: Writer, name: string): ApiError {
  return new ApiError(400, text(writer.store, 'mandatory', name));
}

/** The stock count line a number of type 195 extends. */
function countLineOf(writer: Writer, fields: Row): Row {
  if ((fields['StockCountLine'] ?? null) === null) throw mandatory(writer, 'StockCountLine');
  const line = mustFind(writer, 'StockCountLines', fields['StockCountLine'], 'StockCountLine');
  if (number(line['Status']) !== DRAFT) throw broken(writer, 'countProcessed');
  if (line['Warehouse'] !== fields['Warehouse']) throw broken(writer, 'invalid', 'Warehouse');
  const item = fields['Item'] ?? line['Item'];
  if (item !== line['Item']) throw broken(writer, 'invalid', 'Item');
  const used = writer.store.get(
    'SELECT "DraftTransactionID" AS n FROM "StockSerialBatchNumbers" WHERE "StockCountLine" = ?',
    line['ID'] ?? null,
  );
  if (used && used['n'] !== fields['DraftStockTransactionID']) {
    throw broken(writer, 'invalid', 'DraftStockTransactionID');
  }
  return line;
}

function checkOut(writer: Writer, wanted: Wanted): void {
  const { item, name } = wanted;
  const code = String(item['Code']);
  const master = findMaster(writer, wanted.kind, item['ID'] ?? null, name);
  if (!master) throw broken(writer, 'numberUnknown', code, name);
  if (number(master['IsBlocked']) !== 0) throw broken(writer, 'numberBlocked', code, name);
  const id = master['ID'] ?? null;
  const usesLocations = number(wanted.warehouse['UseStorageLocations']) !== 0;
  // Without a location the transaction decides where it leaves from, and whether it is there.
  const there =
    usesLocations && wanted.location === null
      ? stockOfNumber(writer, id)
      : numberAt(writer, id, wanted.warehouse['ID'] ?? null, wanted.location);
  if (there < wanted.quantity) throw broken(writer, 'numberTooLow', code, name);
}

function checkIn(writer: Writer, wanted: Wanted): void {
  if (wanted.kind !== SERIAL) return;
  const master = findMaster(writer, SERIAL, wanted.item['ID'] ?? null, wanted.name);
  if (master && stockOfNumber(writer, master['ID'] ?? null) > 0) {
    throw broken(writer, 'serialInStock', wanted.name);
  }
}

function wantedOf(writer: Writer, kind: Kind, fields: Row, line: Row | undefined): Wanted {
  const itemId = fields['Item'] ?? line?.['Item'] ?? null;
  if (itemId === null) throw mandatory(writer, 'Item');
  const item = mustFind(writer, 'Items', itemId, 'Item');
  const tracked = kind === BATCH ? 'IsBatchItem' : 'IsSerialItem';
  if (number(item[tracked]) === 0) {
    const message = kind === BATCH ? 'notBatchItem' : 'notSerialItem';
    throw broken(writer, message, String(item['Code']));
  }
  const warehouse = mustFind(writer, 'Warehouses', fields['Warehouse'], 'Warehouse');
  const property = kind === BATCH ? 'BatchNumber' : 'SerialNumber';
  const name = String(fields[property]).trim();
  if (name.length > 30) throw broken(writer, 'numberTooLong', property);
  // The sign of a stock count is that of the difference, whatever was sent.
  const quantity = kind === SERIAL ? 1 : Math.abs(number(fields['Quantity']));
  checkQuantity(writer, item, line || kind === SERIAL ? quantity : number(fields['Quantity']));
  const sent = fields['StorageLocation'] ?? line?.['StorageLocation'] ?? null;
  const leaves = line
    ? differenceOf(line) < 0
    : LEAVING.has(number(fields['StockTransactionType']));
  return {
    ...{ kind, item, warehouse, name, quantity, sign: leaves ? -1 : 1 },
    location: sent === null ? null : lineLocation(writer, sent, warehouse, 'refuse'),
  };
}

function create(kind: Kind) {
  return (writer: Writer, { fields }: Body): string => {
    const type = number(fields['StockTransactionType']);
    if (type === 124 || type === 125) throw broken(writer, 'cannotDraft', type);
    if (!DRAFTABLE.has(type)) throw broken(writer, 'invalid', 'StockTransactionType');
    const line = type === STOCK_COUNT ? countLineOf(writer, fields) : undefined;
    const wanted = wantedOf(writer, kind, fields, line);
    const { item, warehouse, location, name, quantity, sign } = wanted;
    if (sign < 0) checkOut(writer, wanted);
    else checkIn(writer, wanted);
    const draftId = fields['DraftStockTransactionID'] ?? null;
    const twice = draftsOf(writer, draftId).some(
      (row) => row['Item'] === item['ID'] && row['name'] === name && kind === SERIAL,
    );
    if (twice) throw broken(writer, 'numberTwice', name);
    if (line) checkRoom(writer, line, quantity);
    const links = ['ParentID', 'PickOrderLine', 'SalesReturnLine', 'StockCountLine'] as const;
    return addDraft(writer, {
      ...{ type: kind, item: item['ID'] ?? null, warehouse: warehouse['ID'] ?? null, location },
      ...{ number: name, quantity: line ? sign * quantity : quantity, draftId },
      ...{ endDate: fields['EndDate'] ?? null, remarks: fields['Remarks'] ?? null },
      transactionType: type,
      links: Object.fromEntries(links.map((link) => [link, fields[link] ?? null])),
    });
  };
}

function update(writer: Writer, row: Row, { fields }: Body): void {
  if (number(row['IsDraft']) === 0) throw broken(writer, 'notDraft');
  const values: Row = {};
  const quantity = fields['Quantity'];
  if (quantity !== undefined && Math.abs(number(quantity)) !== Math.abs(number(row['Quantity']))) {
    if (number(row['StockTransactionType']) !== STOCK_COUNT) throw broken(writer, 'draftQuantity');
    const line = mustFind(writer, 'StockCountLines', row['StockCountLine'], 'StockCountLine');
    const item = mustFind(writer, 'Items', row['Item'], 'Item');
    const size = Math.abs(number(quantity));
    checkQuantity(writer, item, size);
    checkRoom(writer, line, rounded(size - Math.abs(number(row['Quantity']))));
    values['Quantity'] = Math.sign(number(row['Quantity'])) * size;
  }
  if (fields['Remarks'] !== undefined) values['Remarks'] = fields['Remarks'];
  updateRow(writer, 'StockSerialBatchNumbers', row['ID'] ?? null, values);
}

function remove(writer: Writer, row: Row): void {
  if (number(row['IsDraft']) === 0) throw broken(writer, 'notDraft');
  dropDraft(writer, row);
}

export const stockBatchNumber: Effect = { create: create(BATCH), update, remove };
export const stockSerialNumber: Effect = { create: create(SERIAL), update, remove };
