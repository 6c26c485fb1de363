/*
 * Sources of the shop floor: shop orders with their plans, and the stock transactions booked on
 * them. What a transaction still lets one undo is worked out from its reversals on read, so that
 * no path of events can make it drift.
 */
import type { Source } from './sources.ts';

/** A column of the row a foreign key points at. */
export const linked = (table: string, fk: string, column: string, key = 'ID'): string =>
  `(SELECT x."${column}" FROM "${table}" x WHERE x."${key}" = t."${fk}")`;

/** The unit of the item, its code and its name. */
export const unitOf = (fk: string): Record<string, string> => ({
  Unit: linked('Items', fk, 'Unit'),
  UnitDescription: `(SELECT u."Description" FROM "Items" x
    JOIN "Units" u ON u."Code" = x."Unit" WHERE x."ID" = t."${fk}")`,
});

const byUser = { CreatedByFullName: linked('Users', 'CreatedBy', 'FullName', 'UserID') };

const count = (table: string, where: string): string =>
  `(SELECT count(*) FROM "${table}" l WHERE ${where})`;

const plans = (where: string): string =>
  count('ShopOrderMaterialPlans', `l."ShopOrder" = t."ID"${where}`);

const MATERIAL = ' AND coalesce(l."Type", 1) = 1';
const BY_PRODUCT = ' AND l."Type" = 2';

/** A field of the link between a sub order and the order it is made for. */
const parent = (column: string): string =>
  `(SELECT l."${column}" FROM "ShopOrderSubOrders" l WHERE l."ShopOrder" = t."ID")`;

const numberOf = (order: string): string =>
  `(SELECT o."ShopOrderNumber" FROM "ShopOrders" o WHERE o."ID" = ${order})`;

const shopOrder: Record<string, string> = {
  ...unitOf('Item'),
  ItemVersionDescription: linked('BillOfMaterialVersions', 'ItemVersion', 'Description'),
  SalesOrderLineCount: count('SalesOrderLines', 'l."ShopOrder" = t."ID"'),
  ShopOrderByProductPlanBackflushCount: plans(`${BY_PRODUCT} AND l."Backflush" = 1`),
  ShopOrderByProductPlanCount: plans(BY_PRODUCT),
  ShopOrderMain: parent('ShopOrderMain'),
  ShopOrderMainNumber: numberOf(parent('ShopOrderMain')),
  ShopOrderMaterialPlanBackflushCount: plans(`${MATERIAL} AND l."Backflush" = 1`),
  ShopOrderMaterialPlanCount: plans(MATERIAL),
  ShopOrderMaterialPlansNonIssuedByproductsCount: plans(`${BY_PRODUCT} AND l."Status" < 30`),
  ShopOrderMaterialPlansNonIssuedMaterialsCount: plans(`${MATERIAL} AND l."Status" < 30`),
  ShopOrderNumberString: 'CAST(t."ShopOrderNumber" AS TEXT)',
  ShopOrderParent: parent('ShopOrderParent'),
  ShopOrderParentNumber: numberOf(parent('ShopOrderParent')),
  ShopOrderRoutingStepPlanCount: count('ShopOrderRoutingStepPlans', 'l."ShopOrder" = t."ID"'),
  SubShopOrderCount: count('ShopOrderSubOrders', 'l."ShopOrderParent" = t."ID"'),
};

/** Material plan statuses (Exact KB, shop order material plan details). */
const materialPlan: Record<string, string> = {
  ...unitOf('Item'),
  Barcode: linked('Items', 'Item', 'Barcode'),
  StatusDescription: `CASE t."Status" WHEN 5 THEN 'Draft' WHEN 10 THEN 'Open'
    WHEN 20 THEN 'On order' WHEN 25 THEN 'Partial' WHEN 30 THEN 'Finished' END`,
};

const orderWarehouse = linked('ShopOrders', 'ShopOrder', 'Warehouse');

const position = (column: string): string =>
  `(SELECT coalesce(sum(p."${column}"), 0) FROM "StockPositions" p
    WHERE p."ItemId" = t."Item" AND p."Warehouse" = ${orderWarehouse})`;

const defaultPlace = (column: string): string =>
  `(SELECT l."${column}" FROM "ItemWarehouses" w
    JOIN "StorageLocations" l ON l."ID" = w."DefaultStorageLocation"
    WHERE w."Item" = t."Item" AND w."Warehouse" = ${orderWarehouse})`;

const subOrder = `(SELECT l."ShopOrder" FROM "ShopOrderSubOrders" l
  WHERE l."ShopOrderMaterialPlan" = t."ID" LIMIT 1)`;

const planDetail: Record<string, string> = {
  ...materialPlan,
  Calculator: 'NULL',
  DefaultItemStorageLocation: defaultPlace('ID'),
  DefaultItemStorageLocationCode: defaultPlace('Code'),
  DefaultItemStorageLocationDescription: defaultPlace('Description'),
  DefaultItemStorageLocationSequenceNumber: defaultPlace('PickSequence'),
  PlannedIn: position('PlanningIn'),
  PlannedOut: position('PlanningOut'),
  RemainingQuantity: 'max(t."PlannedQuantity" - coalesce(t."IssuedQuantity", 0), 0)',
  ShopOrderNumber: linked('ShopOrders', 'ShopOrder', 'ShopOrderNumber'),
  Stock: position('CurrentStock'),
  SubShopOrder: subOrder,
  SubShopOrderNumber: numberOf(subOrder),
  Warehouse: orderWarehouse,
};

export const routingStep: Record<string, string> = {
  AccountNumber: linked('Accounts', 'Account', 'Code'),
  OperationCode: linked('Operations', 'Operation', 'Code'),
  OperationDescription: linked('Operations', 'Operation', 'Description'),
  RunMethodDescription: `CASE t."RunMethod" WHEN 10 THEN 'Hours per piece'
    WHEN 20 THEN 'Pieces per hour' END`,
  StatusDescription: `CASE t."Status" WHEN 10 THEN 'Open' WHEN 20 THEN 'In process'
    WHEN 30 THEN 'Finished' END`,
  WorkcenterCode: linked('Workcenters', 'Workcenter', 'Code'),
  WorkcenterDescription: linked('Workcenters', 'Workcenter', 'Description'),
};

/** What every stock transaction of the shop floor shows of its item, order and maker. */
const booked = {
  ...unitOf('Item'),
  ...byUser,
  ShopOrderNumber: linked('ShopOrders', 'ShopOrder', 'ShopOrderNumber'),
};

/** True while the reversals of a transaction have not used its quantity up. */
const reversible = (reversals: string, foreign: string, key: string): string =>
  `(t."Quantity" - coalesce((SELECT sum(r."Quantity") FROM "${reversals}" r
    WHERE r."${foreign}" = t."${key}"), 0) > 0.0000005)`;

const issue: Record<string, string> = {
  ...booked,
  // What a receipt issued by itself is undone with that receipt only (Exact KB, reversals).
  HasReversibleQuantity: `(t."IsBackflush" = 0 AND t."IsIssueFromChild" = 0 AND
    ${reversible('MaterialReversals', 'OriginalStockTransactionId', 'StockTransactionId')})`,
};

const parentOrder = `(SELECT l."ShopOrderParent" FROM "ShopOrderSubOrders" l
  WHERE l."ShopOrder" = t."ShopOrder")`;

const receipt: Record<string, string> = {
  ...booked,
  ID: 't."StockTransactionId"',
  HasReversibleQuantity: `(t."IsIssueToParent" = 0 AND
    ${reversible('ShopOrderReversals', 'OriginalStockTransactionId', 'StockTransactionId')})`,
  ParentShopOrder: parentOrder,
  ParentShopOrderNumber: numberOf(parentOrder),
};

const byProduct: Record<string, string> = {
  ...booked,
  HasReversibleQuantity: `(t."IsBackflush" = 0 AND
    ${reversible('ByProductReversals', 'OriginalStockTransactionId', 'StockTransactionId')})`,
};

const subBooked = {
  ...unitOf('Item'),
  ...byUser,
  SubShopOrderNumber: linked('ShopOrders', 'SubShopOrder', 'ShopOrderNumber'),
  ParentShopOrderNumber: linked('ShopOrders', 'ParentShopOrder', 'ShopOrderNumber'),
};

const numbersBy = (local: string): NonNullable<Source['navigations']> => ({
  BatchNumbers: { entity: 'Inventory/StockBatchNumbers', foreign: 'StockTransactionID', local },
  SerialNumbers: { entity: 'Inventory/StockSerialNumbers', foreign: 'StockTransactionID', local },
});

const ofOrder = (entity: string) => ({ entity, foreign: 'ShopOrder', local: 'ID' });

const subOrderLink: Record<string, string> = {
  ShopOrderNumber: linked('ShopOrders', 'ShopOrder', 'ShopOrderNumber'),
  ShopOrderMainNumber: linked('ShopOrders', 'ShopOrderMain', 'ShopOrderNumber'),
  ShopOrderParentNumber: linked('ShopOrders', 'ShopOrderParent', 'ShopOrderNumber'),
};

const purchaseLink: Record<string, string> = {
  ShopOrderNumber: linked('ShopOrders', 'ShopOrder', 'ShopOrderNumber'),
  PurchaseOrderNumber: linked('PurchaseOrders', 'PurchaseOrder', 'OrderNumber', 'PurchaseOrderID'),
};

export const manufacturingSources: Record<string, Source> = {
  'Manufacturing/ShopOrders': {
    table: 'ShopOrders',
    columns: shopOrder,
    navigations: {
      SalesOrderLines: ofOrder('SalesOrder/SalesOrderLines'),
      ShopOrderMaterialPlans: ofOrder('Manufacturing/ShopOrderMaterialPlans'),
      ShopOrderRoutingStepPlans: ofOrder('Manufacturing/ShopOrderRoutingStepPlans'),
    },
  },
  'Sync/Manufacturing/ShopOrders': { table: 'ShopOrders', columns: shopOrder },
  'Manufacturing/ShopOrderMaterialPlans': {
    ...{ table: 'ShopOrderMaterialPlans', columns: materialPlan },
  },
  'Sync/Manufacturing/ShopOrderMaterialPlans': {
    table: 'ShopOrderMaterialPlans',
    columns: { ...materialPlan, ItemMaterial: 'NULL' },
  },
  'Manufacturing/ShopOrderMaterialPlanDetails': {
    table: 'ShopOrderMaterialPlans',
    columns: planDetail,
    navigations: {
      StockLocations: {
        entity: 'Inventory/ItemWarehouseStorageLocations',
        ...{ foreign: 'Item', local: 'Item' },
        and: { foreign: 'Warehouse', local: 'Warehouse' },
      },
    },
  },
  'Manufacturing/ShopOrderRoutingStepPlans': {
    table: 'ShopOrderRoutingStepPlans',
    columns: routingStep,
    navigations: {
      TimeTransactions: {
        ...{ entity: 'Manufacturing/TimeTransactions', foreign: 'RoutingStepPlan', local: 'ID' },
      },
    },
  },
  'Sync/Manufacturing/ShopOrderRoutingStepPlans': {
    table: 'ShopOrderRoutingStepPlans',
    columns: { ...routingStep, ItemRoutingStep: 'NULL' },
  },
  'Manufacturing/ShopOrderPriorities': { table: 'ShopOrderPriorities' },
  'Sync/Manufacturing/ShopOrderSubOrders': { table: 'ShopOrderSubOrders', columns: subOrderLink },
  'Sync/Manufacturing/ShopOrderPurchasePlanning': {
    ...{ table: 'ShopOrderPurchasePlanning', columns: purchaseLink },
  },
  'Manufacturing/MaterialIssues': { table: 'MaterialIssues', columns: issue },
  'Sync/Manufacturing/MaterialIssues': { table: 'MaterialIssues', columns: issue },
  'Manufacturing/MaterialReversals': {
    table: 'MaterialReversals',
    columns: booked,
    navigations: numbersBy('ReversalStockTransactionId'),
  },
  'Manufacturing/ShopOrderReceipts': { table: 'ShopOrderReceipts', columns: receipt },
  'Manufacturing/ShopOrderReversals': { table: 'ShopOrderReversals', columns: booked },
  'Manufacturing/ByProductReceipts': { table: 'ByProductReceipts', columns: byProduct },
  'Manufacturing/ByProductReversals': { table: 'ByProductReversals', columns: booked },
  'Manufacturing/SubOrderReceipts': {
    table: 'SubOrderReceipts',
    columns: {
      ...subBooked,
      HasReversibleQuantity: reversible(
        ...['MaterialReversals', 'OriginalStockTransactionId'],
        'MaterialIssueStockTransactionId',
      ),
    },
  },
  'Manufacturing/SubOrderReversals': { table: 'SubOrderReversals', columns: subBooked },
  'Manufacturing/StageForDeliveryReceipts': {
    table: 'StageForDeliveryReceipts',
    columns: {
      ...booked,
      HasReversibleQuantity: reversible('StageForDeliveryReversals', 'RelatedId', 'Id'),
    },
  },
  'Manufacturing/StageForDeliveryReversals': {
    ...{ table: 'StageForDeliveryReversals', columns: booked },
  },
};
