/*
 * Endpoints Exact's documentation describes in prose only, in the same shape as entities.json.
 * They live apart so that the copied table can be replaced by a newer one without losing them.
 */
import type { RawEntity } from './catalogue.ts';

type Properties = RawEntity['properties'];

function read(type: string, ...names: string[]): Properties {
  return names.map((name) => ({ name, type: `Edm.${type}`, on: 'R' }));
}

const key = (name: string, type: string): Properties[number] => ({
  ...{ name, type: `Edm.${type}`, key: true, on: 'R' },
});

const collection = (name: string, of: string): Properties[number] => ({
  ...{ name, type: 'Collection', on: 'R', of },
});

const AUDIT: Properties = [
  ...read('DateTime', 'Created', 'Modified'),
  ...read('Guid', 'Creator', 'Modifier'),
  ...read('String', 'CreatorFullName', 'ModifierFullName'),
  ...read('Int32', 'Division'),
];

function readOnly(entity: string, path: string, properties: Properties): RawEntity {
  return { entity, uri: `/api/v1/{division}/${path}`, methods: ['GET'], properties };
}

/** Rows that only a navigation reaches. */
function nested(entity: string, properties: Properties): RawEntity {
  return { ...readOnly(entity, entity, properties), hidden: true };
}

/** hrm/Divisions names two fields differently from system/Divisions (Exact KB, divisions). */
const hrmDivisions = readOnly('HRM/Divisions', 'hrm/Divisions', [
  key('Code', 'Int32'),
  ...read('Guid', 'Creator', 'Customer', 'Modifier'),
  ...read('String', 'City', 'Country', 'CreatorFullName', 'Currency', 'CustomerCode'),
  ...read('String', 'CustomerName', 'Description', 'Email', 'ModifierFullName', 'Phone'),
  ...read('String', 'Postcode', 'VATNumber', 'Website', 'AddressLine1', 'ChamberOfCommerceNumber'),
  ...read('DateTime', 'Created', 'Modified', 'ArchiveDate', 'StartDate'),
  ...read('Int64', 'HID'),
  ...read('Int32', 'Status', 'BlockingStatus'),
  ...read('Boolean', 'Current', 'Main'),
]);

const users = readOnly('Users/Users', 'users/Users', [
  key('UserID', 'Guid'),
  ...read('Guid', 'Customer'),
  ...read('String', 'CustomerName', 'Email', 'FirstName', 'FullName', 'Gender', 'Initials'),
  ...read('String', 'Language', 'LastName', 'MiddleName', 'Mobile', 'Nationality', 'Notes'),
  ...read('String', 'Phone', 'PhoneExtension', 'ProfileCode', 'Title', 'UserName'),
  ...read('DateTime', 'StartDate', 'EndDate', 'LastLogin'),
  ...read('Int32', 'StartDivision'),
  ...read('Boolean', 'HasTwoStepVerification', 'IsAnonymised'),
  ...AUDIT.filter((property) => property.name !== 'Division'),
]);

const functions: RawEntity[] = [
  readOnly('Read/Logistics/StockPosition', 'read/logistics/StockPosition', [
    key('ItemId', 'Guid'),
    ...read('Double', 'InStock', 'FreeStock', 'PlanningIn', 'PlanningOut'),
    ...read('Double', 'ProjectedStock', 'ReservedStock'),
  ]),
  readOnly('Read/Logistics/ItemDetailsByID', 'read/logistics/ItemDetailsByID', [
    key('ID', 'Guid'),
    ...read('String', 'Code', 'Description', 'SalesCurrency'),
    ...read('Boolean', 'IsFractionAllowedItem', 'IsSalesItem'),
    ...read('Double', 'SalesPrice'),
  ]),
  readOnly('Read/Logistics/ItemExtraField', 'read/logistics/ItemExtraField', [
    key('ItemID', 'Guid'),
    ...read('Int32', 'Number'),
    ...read('String', 'Description', 'Value'),
    ...read('DateTime', 'Modified'),
  ]),
  readOnly('Read/Logistics/AccountItems', 'read/logistics/AccountItems', [
    key('ID', 'Guid'),
    ...read('Guid', 'AccountID'),
    ...read('String', 'Code', 'Description', 'CustomerItemCode', 'Unit'),
  ]),
  readOnly('Read/Sync/SyncTimestamp', 'read/sync/Sync/SyncTimestamp', [
    key('TimeStampAsBigInt', 'Int64'),
    ...read('String', 'API'),
    ...read('DateTime', 'Modified'),
  ]),
];

const PICK_PLACE = read('String', 'StorageLocationCode', 'StorageLocationDescription');

const picking: RawEntity[] = [
  readOnly('SalesOrder/DigitalOrderPickings', 'salesorder/DigitalOrderPickings', [
    key('EntryID', 'Guid'),
    ...read('Int32', 'PickOrderNumber', 'SalesOrderNumber', 'SalesOrderCount'),
    ...read('Int16', 'Status', 'Type'),
    ...read('Guid', 'OrderPicker', 'Warehouse'),
    ...read('String', 'OrderPickerFullName', 'WarehouseCode', 'WarehouseDescription'),
    ...read('DateTime', 'PickedDate', 'PickedOrderDeliveryDate'),
    collection('DigitalOrderPickingLines', 'DigitalOrderPickingLines'),
    ...AUDIT,
  ]),
  readOnly('SalesOrder/DigitalOrderPickingLines', 'salesorder/DigitalOrderPickingLines', [
    key('ID', 'Guid'),
    ...read('Guid', 'EntryID', 'Item', 'RelatedID', 'SalesOrderLineID', 'StorageLocation'),
    ...read('Int32', 'LineNumber', 'SalesOrderNumber'),
    ...read('Int16', 'Status'),
    ...read('String', 'Bin', 'ItemBarcode', 'ItemBarcodeAdditional', 'ItemCode'),
    ...read('String', 'ItemDescription', 'ItemUnitcode'),
    ...PICK_PLACE,
    ...read('Double', 'QuantityPicked', 'QuantityToBePicked', 'UnitFactor'),
    ...read('Byte', 'IsAssembledItem', 'IsBatchNumberItem', 'IsSerialNumberItem'),
    collection('PickingLocations', 'DigitalOrderPickingLocations'),
    collection('BatchNumbers', 'StockBatchNumbers'),
    collection('SerialNumbers', 'StockSerialNumbers'),
    ...AUDIT,
  ]),
  readOnly('SalesOrder/DigitalOrderPickingLocations', 'salesorder/DigitalOrderPickingLocations', [
    key('ID', 'Guid'),
    ...read('Guid', 'PickOrderLineID', 'StorageLocation'),
    ...PICK_PLACE,
    ...read('String', 'Bin'),
    ...read('Int32', 'PickSequence'),
    ...read('Int16', 'Status'),
    ...read('Double', 'QuantityPicked', 'QuantityToBePicked'),
    ...read('Byte', 'IsReservedStock'),
    ...AUDIT,
  ]),
];

const shippingMethods = readOnly('Sales/ShippingMethods', 'sales/ShippingMethods', [
  key('ID', 'Guid'),
  ...read('String', 'Code', 'Description', 'ShippingRatesURL'),
  ...read('Byte', 'Active'),
  ...AUDIT,
]);

/** Only reached from an account: what `BankAccounts` of crm/Accounts leads to. */
const bankAccounts = nested('CRM/BankAccounts', [
  key('ID', 'Guid'),
  ...read('Guid', 'Account', 'Bank'),
  ...read('String', 'AccountName', 'BankAccount', 'BankAccountHolderName', 'BankName', 'BICCode'),
  ...read('String', 'Description', 'IBAN', 'Type'),
  ...read('Boolean', 'Main'),
  ...AUDIT,
]);

/** The quantity of a batch per warehouse and per storage location (Exact KB, batch numbers). */
const batchPlaces: RawEntity[] = [
  nested('Inventory/BatchNumberWarehouses', [
    key('ID', 'Guid'),
    ...read('Guid', 'BatchNumberID', 'Warehouse'),
    ...read('String', 'Code', 'Description'),
    ...read('Double', 'AvailableQuantity'),
  ]),
  nested('Inventory/BatchNumberStorageLocations', [
    key('ID', 'Guid'),
    ...read('Guid', 'BatchNumberID', 'StorageLocation', 'Warehouse'),
    ...read('String', 'Code', 'Description', 'WarehouseCode', 'WarehouseDescription'),
    ...read('Double', 'AvailableQuantity'),
  ]),
];

/** Endpoints that look exactly like one of the table, under another name. */
const TWINS: readonly (readonly [entity: string, path: string, like: string])[] = [
  ['System/AllDivisions', 'system/AllDivisions', 'System/Divisions'],
  ['Logistics/ReasonForLogistics', 'logistics/ReasonForLogistics', 'Logistics/ReasonCodes'],
  [
    'Logistics/ReasonForLogisticsLinkTypes',
    'logistics/ReasonForLogisticsLinkTypes',
    'Logistics/ReasonCodesLinkTypes',
  ],
];

function twin(table: readonly RawEntity[], [entity, path, like]: (typeof TWINS)[number]) {
  const found = table.find((raw) => raw.entity === like);
  if (!found) throw new Error(`no entity ${like} in the table of entities`);
  return readOnly(entity, path, found.properties);
}

/** The entities of the prose, given those of the table. */
export function proseEntities(table: readonly RawEntity[]): RawEntity[] {
  return [
    ...[hrmDivisions, users, ...functions, ...picking, shippingMethods, bankAccounts],
    ...batchPlaces,
    ...TWINS.map((names) => twin(table, names)),
  ];
}
