/*
 * Writing master data (Exact KB, master data): items, prices, accounts, warehouses and the links
 * between them. They are plain records; what is particular to one stands in its rules.
 */
import { storedColumns } from '../store/schema.ts';
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, type Effect } from './effect.ts';
import { checkUnused, plainEffect } from './manufacturing-plain.ts';
import { stockPosition } from './stock.ts';

const DAY_MS = 86_400_000;

/** Midnight of today on the Dutch clock. */
export function today(writer: Writer): number {
  return Math.floor(writer.clock.wallMs() / DAY_MS) * DAY_MS;
}

/** Only what the table stores: fields that are worked out on read may be sent back as they came. */
export function storable(table: string, fields: Row): Row {
  const columns = storedColumns(table);
  return Object.fromEntries(Object.entries(fields).filter(([name]) => columns.has(name)));
}

/** A unit code as Exact stores it, padded to eight; an unknown one is refused. */
function checkedUnit(writer: Writer, fields: Row, name: string): Row {
  const code = fields[name];
  if (code === null || code === undefined) return {};
  const padded = String(code).trim().padEnd(8);
  const known = writer.store.get('SELECT 1 FROM "Units" WHERE "Code" = ?', padded);
  if (!known) throw broken(writer, 'invalid', name);
  return { [name]: padded };
}

function checkLength(writer: Writer, fields: Row, name: string, most: number): void {
  if (String(fields[name] ?? '').length > most) throw broken(writer, 'tooLong', name, most);
}

/** The live name of a flag wins over the obsolete one, which a PUT sends back unchanged. */
function itemFlags(fields: Row): Row {
  const batch = fields['IsBatchItem'] ?? fields['IsBatchNumberItem'];
  const serial = fields['IsSerialItem'] ?? fields['IsSerialNumberItem'];
  return {
    ...(batch === undefined ? {} : { IsBatchItem: batch }),
    ...(serial === undefined ? {} : { IsSerialItem: serial }),
  };
}

function rowsWith(writer: Writer, table: string, column: string, id: SqlValue): Row[] {
  return writer.store.all(`SELECT * FROM "${table}" WHERE "${column}" = ?`, id);
}

function deleteWith(writer: Writer, id: SqlValue, places: readonly (readonly [string, string])[]) {
  for (const [table, column] of places) {
    for (const row of rowsWith(writer, table, column, id)) {
      deleteRow(writer, table, row['ID'] ?? null);
    }
  }
}

function isIdle(position: Row): boolean {
  return ['CurrentStock', 'PlanningIn', 'PlanningOut'].every(
    (name) => number(position[name]) === 0,
  );
}

const items = plainEffect({
  ...{ table: 'Items', label: 'Code', unique: 'Code', links: { ItemGroup: 'ItemGroups' } },
  shape: (writer, fields) => {
    checkLength(writer, fields, 'Description', 60);
    checkLength(writer, fields, 'ExtraDescription', 255);
    const values = { ...fields, ...itemFlags(fields), ...checkedUnit(writer, fields, 'Unit') };
    return storable('Items', values);
  },
  defaults: (writer) => ({
    ...{ Unit: 'pc      ', StartDate: today(writer), SecurityLevel: 10, CostPriceCurrency: 'EUR' },
    ...{ IsStockItem: 0, IsSalesItem: 0, IsPurchaseItem: 0, IsBatchItem: 0, IsSerialItem: 0 },
    ...{ IsMakeItem: 0, IsFractionAllowedItem: 0, IsPackageItem: 0, IsSubcontractedItem: 0 },
    ...{ CopyRemarks: 0, IsNewContract: 0, IsOnDemandItem: 0, IsRegistrationCodeItem: 0 },
    ...{ IsTaxableItem: 0, IsTime: 0, IsWebshopItem: 0, UseExplosion: 0 },
    ...{ FreeBoolField_01: 0, FreeBoolField_02: 0, FreeBoolField_03: 0, FreeBoolField_04: 0 },
    ...{ FreeBoolField_05: 0 },
    ItemGroup:
      writer.store.get('SELECT "ID" FROM "ItemGroups" WHERE "IsDefault" = 1')?.['ID'] ?? null,
  }),
  usedIn: [
    ...([['PurchaseOrderLines', 'Item']] as const),
    ...([['SalesOrderLines', 'Item']] as const),
    ...([['GoodsReceiptLines', 'Item']] as const),
    ...([['ShopOrders', 'Item']] as const),
    ...([['ShopOrderMaterialPlans', 'Item']] as const),
    ...([['BillOfMaterialMaterials', 'PartItem']] as const),
    ...([['BillOfMaterialVersions', 'Item']] as const),
    ['SerialBatchNumbers', 'Item'],
  ],
  before: (writer, row) => {
    const id = row['ID'] ?? null;
    const idle = rowsWith(writer, 'StockPositions', 'ItemId', id).every(isIdle);
    if (!idle) throw broken(writer, 'usedIn', String(row['Code']), 'StockPositions');
    deleteWith(writer, id, [
      ['SupplierItems', 'Item'],
      ['SalesItemPrices', 'Item'],
      ['CustomerItems', 'Item'],
      ['ItemWarehouses', 'Item'],
      ['ItemStorageLocations', 'Item'],
      ['LocationStock', 'Item'],
      ['StockPositions', 'ItemId'],
    ]);
  },
});

const supplierItems = plainEffect({
  ...{ table: 'SupplierItems', label: 'SupplierItemCode' },
  links: { Item: 'Items', Supplier: 'Accounts' },
  uniqueTogether: ['Item', 'Supplier'],
  shape: (writer, fields) => {
    // The unit of the item itself is the item's business; here it is only checked.
    const unit = fields['ItemUnit'] ?? null;
    if (unit !== null && !findRow(writer, 'Units', unit)) {
      throw broken(writer, 'invalid', 'ItemUnit');
    }
    const factor = fields['PurchaseUnitFactor'];
    if (factor !== undefined && factor !== null && number(factor) <= 0) {
      throw broken(writer, 'invalid', 'PurchaseUnitFactor');
    }
    const values = { ...fields, ...checkedUnit(writer, fields, 'PurchaseUnit') };
    return storable('SupplierItems', values);
  },
  defaults: (writer) => ({
    ...{ PurchaseUnitFactor: 1, MainSupplier: 0, Currency: 'EUR', MinimumQuantity: 0 },
    ...{ CopyRemarks: 0, DropShipment: 0, StartDate: today(writer) },
  }),
  after: (writer, row) => {
    if (number(row['MainSupplier']) === 0) return;
    for (const other of rowsWith(writer, 'SupplierItems', 'Item', row['Item'] ?? null)) {
      const isOther = other['ID'] !== row['ID'] && number(other['MainSupplier']) === 1;
      if (isOther) updateRow(writer, 'SupplierItems', other['ID'] ?? null, { MainSupplier: 0 });
    }
  },
});

const salesPrices = plainEffect({
  ...{ table: 'SalesItemPrices', label: 'ID', links: { Item: 'Items', Account: 'Accounts' } },
  shape: (writer, fields) => ({ ...fields, ...checkedUnit(writer, fields, 'Unit') }),
  defaults: (writer) => ({
    ...{ Currency: 'EUR', Quantity: 1, NumberOfItemsPerUnit: 1, StartDate: today(writer) },
  }),
});

const customerItems = plainEffect({
  ...{ table: 'CustomerItems', label: 'CustomerItemCode' },
  links: { Item: 'Items', Account: 'Accounts' },
  uniqueTogether: ['Account', 'Item'],
});

/** An account code as Exact stores it, padded in front to eighteen; a new one when none was sent. */
function accountCode(writer: Writer, fields: Row, before: Row | undefined): Row {
  const sent = fields['Code'];
  if (sent !== undefined && sent !== null) return { Code: String(sent).trim().padStart(18) };
  if (before) return {};
  const top = writer.store.get(
    'SELECT max(CAST(trim("Code") AS INTEGER)) AS n FROM "Accounts" WHERE "_division" = ?',
    writer.division,
  );
  return { Code: String(number(top?.['n']) + 1).padStart(18) };
}

function accountKind(fields: Row): Row {
  const { IsSupplier: supplier, Status: status } = fields;
  return {
    ...(supplier === undefined ? {} : { IsPurchase: supplier }),
    ...(status === undefined ? {} : { IsSales: Number(status === 'C') }),
  };
}

const accounts = plainEffect({
  ...{ table: 'Accounts', label: 'Name', unique: 'Code' },
  shape: (writer, fields, before) => {
    const country = fields['Country'];
    const values = {
      ...{ ...fields, ...accountCode(writer, fields, before), ...accountKind(fields) },
      ...(typeof country === 'string' ? { Country: country.trim().padEnd(3) } : {}),
    };
    return storable('Accounts', values);
  },
  defaults: (writer) => ({
    ...{ Type: 'A', Status: 'A', Blocked: 0, IsSupplier: 0, IsSales: 0, IsPurchase: 0 },
    StartDate: today(writer),
  }),
  usedIn: [
    ...([['PurchaseOrders', 'Supplier']] as const),
    ...([['SalesOrders', 'OrderedBy']] as const),
    ...([['SalesOrders', 'DeliverTo']] as const),
    ...([['GoodsReceipts', 'Supplier']] as const),
    ['SupplierItems', 'Supplier'],
  ],
  before: (writer, row) => {
    deleteWith(writer, row['ID'] ?? null, [
      ['BankAccounts', 'Account'],
      ['CustomerItems', 'Account'],
      ['SalesItemPrices', 'Account'],
    ]);
  },
});

/** Exactly one warehouse of a company is the main one (Exact KB, warehouses). */
function keepOneMain(writer: Writer, row: Row): void {
  const all = writer.store.all(
    'SELECT "ID", "Main" FROM "Warehouses" WHERE "_division" = ? AND "Main" = 1',
    writer.division,
  );
  if (all.length === 0) throw broken(writer, 'invalid', 'Main');
  if (number(row['Main']) === 0) return;
  for (const other of all) {
    if (other['ID'] === row['ID']) continue;
    updateRow(writer, 'Warehouses', other['ID'] ?? null, { Main: 0 });
  }
}

const warehouses = plainEffect({
  ...{ table: 'Warehouses', label: 'Code', unique: 'Code', after: keepOneMain },
  shape: (writer, fields, before) => {
    const code = String(fields['Code'] ?? before?.['Code'] ?? '').trim();
    if (code === '') throw broken(writer, 'mandatory', 'Code');
    return fields;
  },
  defaults: () => ({ Main: 0, UseStorageLocations: 0 }),
  usedIn: [
    ...([['PurchaseOrders', 'Warehouse']] as const),
    ...([['SalesOrders', 'WarehouseID']] as const),
    ...([['GoodsReceipts', 'Warehouse']] as const),
    ...([['ShopOrders', 'Warehouse']] as const),
    ...([['StorageLocations', 'Warehouse']] as const),
    ['ItemWarehouses', 'Warehouse'],
  ],
  before: (writer, row) => {
    if (number(row['Main']) === 1) throw broken(writer, 'invalid', 'Main');
  },
});

function positionOf(writer: Writer, row: Row): Row | undefined {
  return writer.store.get(
    'SELECT * FROM "StockPositions" WHERE "ItemId" = ? AND "Warehouse" = ?',
    row['Item'] ?? null,
    row['Warehouse'] ?? null,
  );
}

const itemWarehouses = plainEffect({
  ...{ table: 'ItemWarehouses', label: 'ID', uniqueTogether: ['Item', 'Warehouse'] },
  links: {
    ...{ Item: 'Items', Warehouse: 'Warehouses', DefaultStorageLocation: 'StorageLocations' },
  },
  after: (writer, row) => {
    const location = findRow(writer, 'StorageLocations', row['DefaultStorageLocation'] ?? null);
    if (location && location['Warehouse'] !== row['Warehouse']) {
      throw broken(writer, 'invalid', 'DefaultStorageLocation');
    }
    stockPosition(writer, row['Item'] ?? null, row['Warehouse'] ?? null);
  },
  before: (writer, row) => {
    const position = positionOf(writer, row);
    if (!position) return;
    if (!isIdle(position)) throw broken(writer, 'usedIn', 'ItemWarehouses', 'StockPositions');
    deleteRow(writer, 'StockPositions', position['ID'] ?? null);
  },
});

/** A company goes only while it is empty (Exact KB, divisions: never call it). */
const divisions: Effect = {
  remove: (writer, row) => {
    const code = row['Code'] ?? null;
    checkUnused(writer, code, String(code), [['Items', '_division']]);
    checkUnused(writer, code, String(code), [['Accounts', '_division']]);
    deleteRow(writer, 'Divisions', code);
  },
};

export const masterEffects: Readonly<Record<string, Effect>> = {
  'Logistics/Items': items,
  'Logistics/SupplierItem': supplierItems,
  'Logistics/SalesItemPrices': salesPrices,
  'Logistics/CustomerItems': customerItems,
  'CRM/Accounts': accounts,
  'Inventory/Warehouses': warehouses,
  'Inventory/ItemWarehouses': itemWarehouses,
  'System/Divisions': divisions,
};
