/*
 * Assembly: an order makes an item out of its parts (or the other way round) without a shop floor.
 * Finishing it, also in parts, moves product and parts at once (Exact KB, assembly).
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';
import { nextLine, plainEffect } from './manufacturing-plain.ts';
import { nestedNumbers } from './manufacturing-reversals.ts';
import {
  bookMovement,
  checkQuantity,
  isNumbered,
  itemOf,
  placeOf,
  TYPES,
  type Movement,
  type PlacedNumber,
} from './manufacturing-stock.ts';
import { BATCH, findMaster, SERIAL } from './numbers.ts';

/** Assembly order statuses and types (Exact KB, assembly). */
const PARTIAL = 30;
const COMPLETE = 50;
const DISASSEMBLE = 8061;

/** The nested numbers of one item: a row without an item belongs to the assembled one. */
function numbersFor(writer: Writer, body: Body, movement: Movement, product: SqlValue) {
  const item = movement.item['ID'] ?? null;
  const type = number(movement.item['IsBatchItem']) !== 0 ? BATCH : SERIAL;
  const name = type === BATCH ? 'BatchNumber' : 'SerialNumber';
  const rows = body.children[`${name}s`] ?? [];
  const own = rows.filter((row) => (row.fields['Item'] ?? product) === item);
  return own.map(({ fields }): PlacedNumber => {
    const text = String(fields[name]).trim();
    return {
      ...{ type, number: text, location: fields['StorageLocation'] ?? movement.location },
      master: findMaster(writer, type, item, text)?.['ID'] ?? null,
      quantity: type === SERIAL ? 1 : number(fields['Quantity']),
    };
  });
}

function move(writer: Writer, body: Body, movement: Movement, product: SqlValue): void {
  if (!isNumbered(movement.item)) {
    bookMovement(writer, movement, []);
    return;
  }
  const numbers = numbersFor(writer, body, movement, product);
  const code = String(movement.item['Code']);
  if (numbers.some((n) => n.quantity <= 0)) throw broken(writer, 'notPositive', code);
  const sum = rounded(numbers.reduce((total, n) => total + n.quantity, 0));
  const wanted = Math.abs(movement.quantity);
  if (sum !== wanted) throw broken(writer, 'numbersMissing', code, sum, wanted);
  bookMovement(writer, movement, numbers);
}

function partsOf(writer: Writer, item: SqlValue): Row[] {
  return writer.store.all(
    'SELECT * FROM "AssemblyBillOfMaterialMaterials" WHERE "AssembledItem" = ? ORDER BY "LineNumber"',
    item,
  );
}

function moveAll(writer: Writer, body: Body, order: Row, quantity: number): void {
  const product = order['Item'] ?? null;
  const warehouse = order['Warehouse'] ?? null;
  const apart = number(order['Type']) === DISASSEMBLE;
  const sign = apart ? -1 : 1;
  const item = itemOf(writer, product);
  const sent = body.fields['AssembledItemStorageLocation'] ?? order['StorageLocation'];
  const transactionId = writer.newId();
  const types = apart ? [TYPES.disassembly, TYPES.disassemblyPart] : [TYPES.assembly, TYPES.part];
  const [productType = TYPES.assembly, partType = TYPES.part] = types;
  const movement = {
    ...{ item, warehouse, location: placeOf(writer, warehouse, item, sent), transactionId },
    ...{ quantity: sign * quantity, transactionType: productType },
  };
  move(writer, body, movement, product);
  for (const line of partsOf(writer, product)) {
    const part = itemOf(writer, line['PartItem']);
    const location = placeOf(writer, warehouse, part, undefined);
    const needed = rounded(-sign * quantity * number(line['Quantity']));
    const partMove = { item: part, warehouse, location, transactionId, quantity: needed };
    if (needed !== 0) move(writer, body, { ...partMove, transactionType: partType }, product);
  }
}

function finish(writer: Writer, body: Body): string {
  const { fields } = body;
  const id = fields['AssemblyOrder'] ?? null;
  const order = findRow(writer, 'AssemblyOrders', id);
  if (!order) throw broken(writer, 'invalid', 'AssemblyOrder');
  const item = itemOf(writer, order['Item']);
  const quantity = number(fields['FinishOrderQuantity']);
  checkQuantity(writer, item, quantity);
  const planned = number(order['PlannedQuantity']);
  const open = rounded(planned - number(order['FinishedQuantity']));
  if (quantity > open) throw broken(writer, 'tooMuch', String(item['Code']), quantity, open);
  moveAll(writer, body, order, quantity);
  updateRow(writer, 'AssemblyOrders', id, {
    FinishedQuantity: rounded(number(order['FinishedQuantity']) + quantity),
    OrderStatus: quantity === open ? COMPLETE : PARTIAL,
    FinishedAssemblyDate: fields['AssemblyDate'] ?? writer.clock.wallMs(),
    Notes: fields['Notes'] ?? order['Notes'] ?? null,
    Description: fields['Description'] ?? order['Description'] ?? null,
  });
  // The answer echoes the last finish of the order; its key is the order.
  if (findRow(writer, 'FinishedAssemblyOrders', id)) {
    deleteRow(writer, 'FinishedAssemblyOrders', id);
  }
  return insertRow(writer, 'FinishedAssemblyOrders', fields);
}

function checkPart(writer: Writer, line: Row): void {
  const part = itemOf(writer, line['PartItem'], 'PartItem');
  if (number(line['Quantity']) <= 0) throw broken(writer, 'notPositive', String(part['Code']));
  if (line['PartItem'] === line['AssembledItem']) throw broken(writer, 'invalid', 'PartItem');
}

const materials = plainEffect({
  ...{ table: 'AssemblyBillOfMaterialMaterials', label: 'LineNumber' },
  links: { AssembledItem: 'AssemblyBillOfMaterialHeader', PartItem: 'Items' },
  defaults: (writer, fields) => ({
    Quantity: 1,
    LineNumber: nextLine(
      ...([writer, 'AssemblyBillOfMaterialMaterials', 'AssembledItem'] as const),
      fields['AssembledItem'] ?? null,
    ),
  }),
  after: checkPart,
});

/** The header's key is the assembled item itself. */
function createHeader(writer: Writer, body: Body): string {
  const lines = body.children['AssemblyBillOfMaterialMaterials'] ?? [];
  const id = body.fields['ID'] ?? lines[0]?.fields['AssembledItem'] ?? null;
  const item = itemOf(writer, id, 'AssembledItem');
  if (findRow(writer, 'AssemblyBillOfMaterialHeader', id)) {
    throw broken(writer, 'exists', String(item['Code']));
  }
  const values = {
    BatchQuantity: 1,
    AssembledLeadDays: 0,
    UseExplosion: 0,
    ...body.fields,
    ID: id,
  };
  insertRow(writer, 'AssemblyBillOfMaterialHeader', values);
  for (const line of lines) {
    materials.create?.(writer, { ...line, fields: { ...line.fields, AssembledItem: id } });
  }
  return String(id);
}

function removeHeader(writer: Writer, row: Row): void {
  for (const line of partsOf(writer, row['ID'] ?? null)) {
    deleteRow(writer, 'AssemblyBillOfMaterialMaterials', line['ID'] ?? null);
  }
  deleteRow(writer, 'AssemblyBillOfMaterialHeader', row['ID'] ?? null);
}

export const assemblyEffects: Readonly<Record<string, Effect>> = {
  'Inventory/FinishAssemblyOrder': {
    mandatory: {
      ...nestedNumbers,
      'Inventory/FinishAssemblyOrder': ['AssemblyOrder', 'FinishOrderQuantity'],
    },
    create: finish,
  },
  'Inventory/AssemblyBillOfMaterialHeader': {
    mandatory: { 'Inventory/AssemblyBillOfMaterialMaterials': ['PartItem'] },
    create: createHeader,
    update: (writer, row, body) => {
      updateRow(writer, 'AssemblyBillOfMaterialHeader', row['ID'] ?? null, body.fields);
    },
    remove: removeHeader,
  },
  'Inventory/AssemblyBillOfMaterialMaterials': materials,
};
