/*
 * Sources of the small lists that orders, counts and returns refer to: item groups, reason codes,
 * shipping methods, selection codes and the like, and of the people and features of the licence.
 */
import type { Source, Table } from './sources.ts';

const of = (table: string, fk: string, column: string): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."ID" = t."${fk}")`;

const reasons: Source = {
  table: 'ReasonCodes',
  navigations: {
    Types: { entity: 'Logistics/ReasonCodesLinkTypes', foreign: 'Reason', local: 'ID' },
  },
};

/** The newer names of the reason codes lead to their own kind of rows. */
const newerReasons: Source = {
  table: 'ReasonCodes',
  noSkip: true,
  navigations: {
    Types: { entity: 'Logistics/ReasonForLogisticsLinkTypes', foreign: 'Reason', local: 'ID' },
  },
};

/** Item versions are the bills of material, seen by those who only sell (Exact KB, recipes). */
const itemVersions: Source = {
  table: 'BillOfMaterialVersions',
  columns: {
    LeadTime: 't."ProductionLeadDays"',
    ItemDescription: of('Items', 'Item', 'Description'),
  },
};

export const referenceSources: Record<string, Source> = {
  'Users/Users': { table: 'Users' },
  'System/AllDivisions': { table: 'Divisions' },
  'System/AvailableFeatures': { table: 'AvailableFeatures' },
  'CRM/BankAccounts': { table: 'BankAccounts' },
  'Logistics/ItemGroups': { table: 'ItemGroups' },
  'Logistics/ReasonCodes': reasons,
  'Logistics/ReasonForLogistics': newerReasons,
  'Logistics/ReasonCodesLinkTypes': { table: 'ReasonLinkTypes' },
  'Logistics/ReasonForLogisticsLinkTypes': { table: 'ReasonLinkTypes', noSkip: true },
  'Logistics/SelectionCodes': { table: 'SelectionCodes' },
  'Logistics/Incoterms': { table: 'Incoterms' },
  'Logistics/ItemVersions': itemVersions,
  'Logistics/ItemAssortment': {
    table: 'ItemAssortments',
    navigations: {
      Properties: {
        ...{ entity: 'Logistics/ItemAssortmentProperty', foreign: 'ItemAssortmentCode' },
        local: 'Code',
      },
    },
  },
  'Logistics/ItemAssortmentProperty': { table: 'ItemAssortmentProperties' },
  'Logistics/ItemChargeRelation': {
    table: 'ItemChargeRelations',
    columns: {
      ItemCode: of('Items', 'ItemID', 'Code'),
      ItemDescription: of('Items', 'ItemID', 'Description'),
      TotalAmount: 't."Amount" * t."Quantity"',
    },
  },
  'Logistics/CustomerItems': {
    table: 'CustomerItems',
    columns: { AccountCode: of('Accounts', 'Account', 'Code') },
  },
  'Sales/ShippingMethods': { table: 'ShippingMethods' },
};

const stored = (entity: string, ...indexes: string[]): Table => ({ entity, key: 'ID', indexes });

export const referenceTables: Record<string, Table> = {
  AvailableFeatures: stored('System/AvailableFeatures'),
  BankAccounts: { ...stored('CRM/BankAccounts', 'Account'), deletedType: 48 },
  ItemGroups: stored('Logistics/ItemGroups'),
  ReasonCodes: stored('Logistics/ReasonCodes', 'Code'),
  ReasonLinkTypes: stored('Logistics/ReasonCodesLinkTypes', 'Reason'),
  SelectionCodes: stored('Logistics/SelectionCodes'),
  Incoterms: stored('Logistics/Incoterms'),
  ItemAssortments: stored('Logistics/ItemAssortment'),
  ItemAssortmentProperties: stored('Logistics/ItemAssortmentProperty'),
  ItemChargeRelations: stored('Logistics/ItemChargeRelation', 'ItemID'),
  CustomerItems: stored('Logistics/CustomerItems', 'Item', 'Account'),
  ShippingMethods: stored('Sales/ShippingMethods'),
};
