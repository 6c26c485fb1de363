/*
 * Lines of a stock count (Exact KB, stock counts): what was counted, or by how much stock is off, at
 * one place; and the batch and serial numbers that make up the difference, drafts until the count
 * is processed.
 */
import { ApiError } from '../http/answer.ts';
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { addDraft, consumeDraft, draftsOf, dropDraft } from './drafts.ts';
import { broken, number, rounded, type Body } from './effect.ts';
import { isNumbered, moveQuantities, numbersOf, stockAt } from './manufacturing-stock.ts';
import { text } from './messages.ts';
import { checkNumber, demandLink, lineLocation, mustFind, nestedNumbers } from './movements.ts';

/** Statuses of counts and their lines. */
export const DRAFT = 12;
export const PROCESSED = 21;
/** `StockTransactionType` of a stock count. */
export const STOCK_COUNT = 195;
/** `Source` of what comes over the API. */
export const WEB_SERVICE = 4;

/** By how much a line says that stock is off; a difference sent beats a counted quantity. */
export function differenceOf(line: Row): number {
  if (line['QuantityDifference'] !== null) return number(line['QuantityDifference']);
  return rounded(number(line['QuantityNew']) - number(line['QuantityInStock']));
}

/** The draft numbers of a line. */
function numbersOnLine(writer: Writer, line: Row): Row[] {
  const row = writer.store.get(
    'SELECT "DraftTransactionID" AS n FROM "StockSerialBatchNumbers" WHERE "StockCountLine" = ?',
    line['ID'] ?? null,
  );
  return row ? draftsOf(writer, row['n'] ?? null) : [];
}

/** Refuses numbers beyond the difference of their line; fewer may be completed later. */
export function checkRoom(writer: Writer, line: Row, more: number): void {
  const drafts = numbersOnLine(writer, line);
  const sum = drafts.reduce((total, row) => total + Math.abs(number(row['Quantity'])), more);
  const wanted = Math.abs(differenceOf(line));
  if (rounded(sum) <= wanted) return;
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  throw broken(writer, 'numbersMissing', String(item['Code']), rounded(sum), wanted);
}

function quantitiesOf(writer: Writer, fields: Row, item: Row): Row {
  const sent = (name: string): SqlValue => fields[name] ?? null;
  const [difference, counted] = [sent('QuantityDifference'), sent('QuantityNew')];
  const quantity = difference ?? counted;
  if (quantity === null) {
    throw new ApiError(400, text(writer.store, 'mandatory', 'QuantityNew'));
  }
  if (number(item['IsFractionAllowedItem']) === 0 && !Number.isInteger(number(quantity))) {
    throw broken(writer, 'fraction', String(item['Code']));
  }
  if (difference === null && number(counted) < 0) throw broken(writer, 'invalid', 'QuantityNew');
  return { QuantityDifference: difference, QuantityNew: difference === null ? counted : null };
}

/** The reason of a line; a company without reason codes takes any text. */
function reasonOf(writer: Writer, code: SqlValue | undefined): Row {
  if (code === undefined) return {};
  const find = (where: string, ...values: SqlValue[]) =>
    writer.store.get(
      `SELECT "ID" FROM "ReasonCodes" WHERE "_division" = ?${where} LIMIT 1`,
      writer.division,
      ...values,
    );
  const found = code === null ? undefined : find(' AND "Code" = ?', code);
  if (code !== null && !found && find('')) throw broken(writer, 'invalid', 'ReasonCode');
  return { ReasonCode: code, ReasonCodeID: found?.['ID'] ?? null };
}

function checkAlone(
  writer: Writer,
  count: Row,
  item: Row,
  place: SqlValue,
  lineId: SqlValue,
): void {
  const other = writer.store.get(
    `SELECT 1 FROM "StockCountLines" WHERE "StockCountID" = ? AND "Item" = ?
     AND "StorageLocation" IS ? AND "ID" IS NOT ?`,
    count['StockCountID'] ?? null,
    item['ID'] ?? null,
    place,
    lineId,
  );
  if (other) throw broken(writer, 'countTwice', String(item['Code']));
}

function addNumbers(writer: Writer, line: Row, body: Body): void {
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const warehouse = mustFind(writer, 'Warehouses', line['Warehouse'], 'Warehouse');
  const location = line['StorageLocation'] ?? null;
  const quantity = differenceOf(line);
  const draftId = writer.newId();
  for (const n of nestedNumbers(writer, body, item, { warehouse, location })) {
    if (n.location !== location) throw broken(writer, 'invalid', 'StorageLocation');
    checkNumber(writer, { item, warehouse: warehouse['ID'] ?? null, quantity }, n);
    checkRoom(writer, line, n.quantity);
    addDraft(writer, {
      ...{ type: n.type, item: item['ID'] ?? null, warehouse: warehouse['ID'] ?? null, location },
      ...{ number: n.number, endDate: n.endDate, remarks: n.remarks, draftId },
      ...{ quantity: Math.sign(quantity) * n.quantity, transactionType: STOCK_COUNT },
      links: { StockCountLine: line['ID'] ?? null },
    });
  }
}

function dropNumbers(writer: Writer, line: Row): void {
  for (const row of numbersOnLine(writer, line)) dropDraft(writer, row);
}

/** Adds a line to a draft count and returns its ID. Throws when a rule of counting is broken. */
export function addLine(writer: Writer, count: Row, body: Body): string {
  const { fields } = body;
  const item = mustFind(writer, 'Items', fields['Item'], 'Item');
  const warehouse = mustFind(writer, 'Warehouses', count['Warehouse'], 'Warehouse');
  const other = fields['Warehouse'] ?? warehouse['ID'];
  if (other !== warehouse['ID']) throw broken(writer, 'invalid', 'Warehouse');
  demandLink(writer, item, warehouse);
  const location = lineLocation(writer, fields['StorageLocation'], warehouse, 'refuse');
  checkAlone(writer, count, item, location, null);
  const last = writer.store.get(
    'SELECT max("LineNumber") AS n FROM "StockCountLines" WHERE "StockCountID" = ?',
    count['StockCountID'] ?? null,
  );
  const itemId = item['ID'] ?? null;
  const row: Row = {
    ...{ StockCountID: count['StockCountID'] ?? null, LineNumber: number(last?.['n']) + 1 },
    ...{ Item: itemId, Warehouse: count['Warehouse'] ?? null, StorageLocation: location },
    QuantityInStock: stockAt(writer, itemId, count['Warehouse'] ?? null, location),
    ...quantitiesOf(writer, fields, item),
    ...reasonOf(writer, fields['ReasonCode']),
    CountedBy: fields['CountedBy'] ?? count['CountedBy'] ?? null,
    ...{ Status: DRAFT, Source: WEB_SERVICE },
  };
  const id = insertRow(writer, 'StockCountLines', row);
  addNumbers(writer, { ...row, ID: id }, body);
  return id;
}

/**
 * Changes a line of a draft count. A smaller quantity, another sign or another location drops the
 * numbers bound to the line; nested numbers replace them.
 */
export function changeLine(writer: Writer, count: Row, line: Row, body: Body): void {
  const { fields } = body;
  for (const name of ['Item', 'StockCountID', 'Warehouse']) {
    if (fields[name] !== undefined && fields[name] !== line[name]) {
      throw broken(writer, 'lineBooked', name);
    }
  }
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const after: Row = { ...line, ...reasonOf(writer, fields['ReasonCode']) };
  if (fields['CountedBy'] !== undefined) after['CountedBy'] = fields['CountedBy'];
  const place = fields['StorageLocation'];
  if (place !== undefined && place !== line['StorageLocation']) {
    const warehouse = mustFind(writer, 'Warehouses', line['Warehouse'], 'Warehouse');
    const location = lineLocation(writer, place, warehouse, 'refuse');
    checkAlone(writer, count, item, location, line['ID'] ?? null);
    after['StorageLocation'] = location;
    after['QuantityInStock'] = stockAt(
      ...([writer, item['ID'] ?? null, warehouse['ID'] ?? null, location] as const),
    );
  }
  const quantities = [fields['QuantityNew'], fields['QuantityDifference']];
  const sent = quantities.some((quantity) => quantity !== undefined && quantity !== null);
  if (sent) Object.assign(after, quantitiesOf(writer, fields, item));
  const [before, now] = [differenceOf(line), differenceOf(after)];
  const moved = after['StorageLocation'] !== line['StorageLocation'];
  const nested = (['BatchNumbers', 'SerialNumbers'] as const).some((name) => body.children[name]);
  if (moved || nested || Math.abs(now) < Math.abs(before) || before * now < 0) {
    dropNumbers(writer, line);
  }
  const { ID: id, ...rest } = after;
  const changed = Object.entries(rest).filter(
    ([name, value]) => !name.startsWith('_') && value !== line[name],
  );
  updateRow(writer, 'StockCountLines', id ?? null, Object.fromEntries(changed));
  if (nested) addNumbers(writer, after, body);
}

/** Deletes a line with its draft numbers. */
export function deleteCountLine(writer: Writer, line: Row): void {
  dropNumbers(writer, line);
  deleteRow(writer, 'StockCountLines', line['ID'] ?? null);
}

/**
 * Books a line: stock becomes the counted quantity, or moves by the difference. Throws when the
 * numbers of the line do not add up to what stock changes by, or stock would fall below zero.
 */
export function processLine(writer: Writer, line: Row): void {
  const item = mustFind(writer, 'Items', line['Item'], 'Item');
  const itemId = item['ID'] ?? null;
  const lineId = String(line['ID']);
  const warehouse = line['Warehouse'] ?? null;
  const location = line['StorageLocation'] ?? null;
  const counted = line['QuantityDifference'] === null;
  // What moved since the line was made is overwritten by what was counted.
  const quantity = counted
    ? rounded(number(line['QuantityNew']) - stockAt(writer, itemId, warehouse, location))
    : differenceOf(line);
  const drafts = numbersOnLine(writer, line);
  if (quantity !== 0) {
    if (isNumbered(item)) {
      if (drafts.length === 0) {
        const code = String(item['Code']);
        throw broken(writer, 'numbersMissing', code, 0, Math.abs(quantity));
      }
      consumeDraft(writer, drafts[0]?.['DraftTransactionID'] ?? null, {
        ...{ type: STOCK_COUNT, item: itemId, warehouse, location, transactionId: lineId },
        ...{ quantity: Math.abs(quantity), sign: quantity < 0 ? -1 : 1 },
      });
    }
    moveQuantities(
      writer,
      { item, warehouse, location, quantity, transactionId: lineId, transactionType: STOCK_COUNT },
      numbersOf(writer, lineId),
    );
  }
  updateRow(writer, 'StockCountLines', lineId, { Status: PROCESSED });
}
