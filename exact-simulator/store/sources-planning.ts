/*
 * What is planned to come in and go out per item and warehouse, one row for each open line of a
 * document (Exact KB, planning details). Nothing is stored: the documents themselves are the plan.
 */
import type { Source } from './sources.ts';

interface Plan {
  table: string;
  tail: string;
  /** `PlanningType`: a transaction type (Exact KB, batch and serial numbers). */
  type: number;
  typeText: string;
  sourceText: string;
  quantity: string;
  date: string;
  warehouse: string;
  sourceId: string;
  sourceNumber: string;
  lineNumber: string;
  /** The row's ID, where it is not the line's. */
  id?: string;
}

function part(plan: Plan, union?: Source): Source {
  const ofWarehouse = (column: string): string =>
    `(SELECT w."${column}" FROM "Warehouses" w WHERE w."ID" = ${plan.warehouse})`;
  const columns = {
    ...(plan.id === undefined ? {} : { ID: plan.id }),
    PlanningType: String(plan.type),
    PlanningTypeDescription: `'${plan.typeText}'`,
    PlanningSourceDescription: `'${plan.sourceText}'`,
    PlanningSourceUrl: 'NULL',
    PlannedQuantity: plan.quantity,
    PlannedDate: plan.date,
    Warehouse: plan.warehouse,
    WarehouseCode: ofWarehouse('Code'),
    WarehouseDescription: ofWarehouse('Description'),
    PlanningSourceID: plan.sourceId,
    PlanningSourceNumber: plan.sourceNumber,
    PlanningSourceLineNumber: plan.lineNumber,
  };
  return { table: plan.table, tail: plan.tail, columns, ...(union ? { union } : {}) };
}

const shopOrderTail = 'JOIN "ShopOrders" h ON h."ID" = t."ShopOrder"';

const material = (type: 1 | 2): Plan => ({
  ...{ table: 'ShopOrderMaterialPlans', sourceText: 'Shop order' },
  ...{ type: type === 1 ? 150 : 147, typeText: type === 1 ? 'Material issue' : 'By-product' },
  tail: `${shopOrderTail} WHERE coalesce(t."Type", 1) = ${type} AND t."Status" < 30
    AND h."Status" < 30 AND t."PlannedQuantity" > coalesce(t."IssuedQuantity", 0)`,
  quantity: `${type === 1 ? '-' : ''}(t."PlannedQuantity" - coalesce(t."IssuedQuantity", 0))`,
  ...{ date: 't."PlannedDate"', warehouse: 'h."Warehouse"', sourceId: 't."ShopOrder"' },
  ...{ sourceNumber: 'h."ShopOrderNumber"', lineNumber: 't."LineNumber"' },
});

const production: Plan = {
  ...{ table: 'ShopOrders', type: 140, typeText: 'Shop order receipt', sourceText: 'Shop order' },
  tail: 'WHERE t."Status" < 30 AND t."PlannedQuantity" > t."ProducedQuantity"',
  quantity: 't."PlannedQuantity" - t."ProducedQuantity"',
  ...{ date: 't."PlannedDate"', warehouse: 't."Warehouse"', sourceId: 't."ID"' },
  ...{ sourceNumber: 't."ShopOrderNumber"', lineNumber: '0' },
};

/** Lines that are closed, cancelled or drop shipments plan nothing; a trade-in comes in. */
const sales = (isTradeIn: boolean): Plan => ({
  ...{ table: 'SalesOrderLines', sourceText: 'Sales order' },
  ...{ type: isTradeIn ? 200 : 120, typeText: isTradeIn ? 'Trade-in' : 'Goods delivery' },
  tail: `JOIN "SalesOrders" h ON h."OrderID" = t."OrderID"
    WHERE h."DeliveryStatus" < 21 AND t."DeliveryStatus" < 21
    AND coalesce(t."UseDropShipment", 0) = 0
    AND t."Quantity" ${isTradeIn ? '<' : '>'} t."QuantityDelivered"`,
  quantity: 't."QuantityDelivered" - t."Quantity"',
  ...{ date: 't."DeliveryDate"', warehouse: 'h."WarehouseID"', sourceId: 't."OrderID"' },
  ...{ sourceNumber: 'h."OrderNumber"', lineNumber: 't."LineNumber"' },
});

/** Open transfers between warehouses; within one nothing is planned. */
const transfers = (side: 'From' | 'To'): Plan => ({
  ...{ table: 'WarehouseTransferLines', sourceText: 'Warehouse transfer' },
  ...(side === 'From'
    ? { type: 124, typeText: 'Transfer delivery', quantity: '-t."Quantity"' }
    : {
        ...{ type: 134, typeText: 'Transfer receipt', quantity: 't."Quantity"' },
        // A line is planned twice; another guid version keeps the second row's key its own.
        id: `substr(t."ID", 1, 14) || '5' || substr(t."ID", 16)`,
      }),
  tail: `JOIN "WarehouseTransfers" h ON h."TransferID" = t."TransferID"
    WHERE h."Status" < 50 AND h."WarehouseFrom" <> h."WarehouseTo"`,
  date: `coalesce(h."${side === 'From' ? 'PlannedDeliveryDate' : 'PlannedReceiptDate'}",
    h."EntryDate")`,
  ...{ warehouse: `h."Warehouse${side}"`, sourceId: 't."TransferID"' },
  ...{ sourceNumber: 'h."TransferNumber"', lineNumber: 't."LineNumber"' },
});

const purchases: Plan = {
  ...{ table: 'PurchaseOrderLines', type: 130, typeText: 'Goods receipt' },
  sourceText: 'Purchase order',
  tail: `JOIN "PurchaseOrders" h ON h."PurchaseOrderID" = t."PurchaseOrderID"
    WHERE h."ReceiptStatus" < 30 AND h."DropShipment" = 0 AND t."Quantity" > t."ReceivedQuantity"`,
  quantity: 't."Quantity" - t."ReceivedQuantity"',
  ...{ date: 't."ReceiptDate"', warehouse: 'h."Warehouse"', sourceId: 't."PurchaseOrderID"' },
  ...{ sourceNumber: 'h."OrderNumber"', lineNumber: 't."LineNumber"' },
};

const PLANS = [
  ...[purchases, sales(false), sales(true), production, material(1), material(2)],
  ...[transfers('From'), transfers('To')],
];

const details = PLANS.reduceRight<Source | undefined>((rest, plan) => part(plan, rest), undefined);

export const planningSources: Record<string, Source> = details
  ? { 'Inventory/ItemWarehousePlanningDetails': details }
  : {};
