/*
 * Bills of material: the versions of a make item, and the materials, by-products and operations
 * each lists. Operations, their resources, work centres and production areas stand beside them.
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, type Effect } from './effect.ts';
import { nextLine, plainEffect } from './manufacturing-plain.ts';
import { isNumbered, itemOf } from './manufacturing-stock.ts';

/** Version statuses (Exact KB): 10 change pending, 20 approved, 30 active, 40 historic. */
const ACTIVE = 30;
const RECIPE = 20;

/** The version a shop order is made by when it names none: the active default, else the newest. */
export function activeVersion(writer: Writer, item: SqlValue): Row | undefined {
  return writer.store.get(
    `SELECT * FROM "BillOfMaterialVersions" WHERE "Item" = ? AND "Status" = ${ACTIVE}
     ORDER BY "IsDefault" DESC, "VersionNumber" DESC LIMIT 1`,
    item,
  );
}

const linesOf =
  (table: string) =>
  (writer: Writer, version: SqlValue): Row[] =>
    writer.store.all(
      `SELECT * FROM "${table}" WHERE "ItemVersion" = ? ORDER BY "LineNumber"`,
      version,
    );

export const materialsOf = linesOf('BillOfMaterialMaterials');
export const routingsOf = linesOf('BillOfMaterialRoutings');

function newVersion(writer: Writer, fields: Row): Row {
  const last = writer.store.get(
    'SELECT max("VersionNumber") AS n FROM "BillOfMaterialVersions" WHERE "Item" = ?',
    fields['Item'] ?? null,
  );
  return {
    ...{ VersionNumber: number(last?.['n']) + 1, VersionDate: writer.clock.wallMs() },
    ...{ BatchQuantity: 1, Status: ACTIVE, Type: RECIPE, IsDefault: Number(last?.['n'] === null) },
  };
}

/** An item has one default version: making one so takes it from the others. */
function keepOneDefault(writer: Writer, version: Row): void {
  const item = itemOf(writer, version['Item']);
  if (number(item['IsMakeItem']) === 0) {
    throw broken(writer, 'notMadeHere', String(item['Code']));
  }
  if (number(version['BatchQuantity']) <= 0) throw broken(writer, 'invalid', 'BatchQuantity');
  if (number(version['IsDefault']) === 0) return;
  const others = writer.store.all(
    `SELECT "ID" FROM "BillOfMaterialVersions"
     WHERE "Item" = ? AND "IsDefault" = 1 AND "ID" <> ?`,
    version['Item'] ?? null,
    version['ID'] ?? null,
  );
  for (const other of others) {
    updateRow(writer, 'BillOfMaterialVersions', other['ID'] ?? null, { IsDefault: 0 });
  }
}

function deleteLines(writer: Writer, version: Row): void {
  for (const table of ['BillOfMaterialMaterials', 'BillOfMaterialRoutings']) {
    const sql = `SELECT "ID" FROM "${table}" WHERE "ItemVersion" = ?`;
    for (const line of writer.store.all(sql, version['ID'] ?? null)) {
      deleteRow(writer, table, line['ID'] ?? null);
    }
  }
}

function checkMaterial(writer: Writer, line: Row): void {
  const part = itemOf(writer, line['PartItem'], 'PartItem');
  if (number(line['Quantity']) <= 0) throw broken(writer, 'notPositive', String(part['Code']));
  if (![1, 2].includes(number(line['Type']))) throw broken(writer, 'invalid', 'Type');
  if (number(line['Backflush']) !== 0 && isNumbered(part)) {
    throw broken(writer, 'backflushNumbers', String(part['Code']));
  }
}

const versions = plainEffect({
  ...{ table: 'BillOfMaterialVersions', label: 'Description', links: { Item: 'Items' } },
  usedIn: [['ShopOrders', 'ItemVersion']],
  ...{ defaults: newVersion, after: keepOneDefault, before: deleteLines },
});

const materials = plainEffect({
  ...{ table: 'BillOfMaterialMaterials', label: 'Description' },
  links: { ItemVersion: 'BillOfMaterialVersions', PartItem: 'Items' },
  defaults: (writer, fields) => ({
    ...{ Quantity: 1, Type: 1, Backflush: 0, CalculatorType: 0 },
    Description: itemOf(writer, fields['PartItem'], 'PartItem')['Description'] ?? null,
    LineNumber: nextLine(
      ...([writer, 'BillOfMaterialMaterials', 'ItemVersion'] as const),
      fields['ItemVersion'] ?? null,
    ),
  }),
  after: checkMaterial,
});

const routings = plainEffect({
  ...{ table: 'BillOfMaterialRoutings', label: 'OperationDescription' },
  links: {
    ...{ ItemVersion: 'BillOfMaterialVersions', Operation: 'Operations' },
    OperationResource: 'OperationResources',
  },
  defaults: (writer, fields) => ({
    ...{ Setup: 0, Run: 0, RunMethod: 10, RoutingStepType: 10, Backflush: 0 },
    OperationDescription:
      writer.store.get(
        'SELECT "Description" AS n FROM "Operations" WHERE "ID" = ?',
        fields['Operation'] ?? null,
      )?.['n'] ?? null,
    LineNumber: nextLine(
      ...([writer, 'BillOfMaterialRoutings', 'ItemVersion'] as const),
      fields['ItemVersion'] ?? null,
    ),
  }),
});

const operations = plainEffect({
  ...{ table: 'Operations', label: 'Code', unique: 'Code', links: { Item: 'Items' } },
  defaults: () => ({ Status: 10, HasSuppliers: 0 }),
  usedIn: [
    ...([['OperationResources', 'Operation']] as const),
    ...([['BillOfMaterialRoutings', 'Operation']] as const),
    ['ShopOrderRoutingStepPlans', 'Operation'],
  ],
});

const resources = plainEffect({
  ...{ table: 'OperationResources', label: 'ID' },
  links: { Operation: 'Operations', Workcenter: 'Workcenters', Account: 'Accounts' },
  defaults: () => ({ Type: 10, RunMethod: 10, Setup: 0, Run: 0, IsPrimary: 0 }),
  usedIn: [
    ...([['BillOfMaterialRoutings', 'OperationResource']] as const),
    ['ShopOrderRoutingStepPlans', 'OperationResource'],
  ],
});

const workcenters = plainEffect({
  ...{ table: 'Workcenters', label: 'Code', unique: 'Code' },
  links: { ProductionArea: 'ProductionAreas' },
  usedIn: [
    ...([['OperationResources', 'Workcenter']] as const),
    ...([['ShopOrderRoutingStepPlans', 'Workcenter']] as const),
    ['TimedTimeTransactions', 'Workcenter'],
  ],
});

const areas = plainEffect({
  ...{ table: 'ProductionAreas', label: 'Code', unique: 'Code' },
  defaults: () => ({ IsDefault: 0 }),
  usedIn: [['Workcenters', 'ProductionArea']],
});

export const bomEffects: Readonly<Record<string, Effect>> = {
  'Manufacturing/BillOfMaterialVersions': versions,
  'Manufacturing/BillOfMaterialMaterials': materials,
  'Manufacturing/BillOfMaterialRoutings': routings,
  'Manufacturing/Operations': operations,
  'Manufacturing/OperationResources': resources,
  'Manufacturing/Workcenters': workcenters,
  'Manufacturing/ProductionAreas': areas,
};
