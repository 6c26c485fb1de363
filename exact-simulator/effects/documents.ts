/*
 * The effects of sales and inventory documents, merged into the list of what may be written.
 */
import { dropShipment, dropShipmentLine } from './drop-shipments.ts';
import type { Effect } from './effect.ts';
import { goodsDelivery, goodsDeliveryLine } from './goods-delivery.ts';
import { purchaseReturn, purchaseReturnLine } from './purchase-returns.ts';
import {
  completeSalesOrder,
  completeSalesOrderLine,
  printedSalesOrder,
} from './sales-completion.ts';
import { plannedSalesReturn, plannedSalesReturnLine } from './sales-returns.ts';
import { stockCount, stockCountLine, stockCountProcess } from './stock-counts.ts';
import { stockBatchNumber, stockSerialNumber } from './stock-numbers.ts';
import { warehouseTransfer, warehouseTransferLine, warehouseTransferProcess } from './transfers.ts';

export const documentEffects: Readonly<Record<string, Effect>> = {
  'Inventory/StockBatchNumbers': stockBatchNumber,
  'Inventory/StockSerialNumbers': stockSerialNumber,
  'Inventory/StockCounts': stockCount,
  'Inventory/StockCountLines': stockCountLine,
  'Inventory/ProcessStockCount': stockCountProcess,
  'Inventory/WarehouseTransfers': warehouseTransfer,
  'Inventory/WarehouseTransferLines': warehouseTransferLine,
  'Inventory/ProcessWarehouseTransfer': warehouseTransferProcess,
  'PurchaseOrder/PurchaseReturns': purchaseReturn,
  'PurchaseOrder/PurchaseReturnLines': purchaseReturnLine,
  'SalesOrder/DropShipments': dropShipment,
  'SalesOrder/DropShipmentLines': dropShipmentLine,
  'SalesOrder/PlannedSalesReturns': plannedSalesReturn,
  'SalesOrder/PlannedSalesReturnLines': plannedSalesReturnLine,
  'SalesOrder/CompleteSalesOrder': completeSalesOrder,
  'SalesOrder/CompleteSalesOrderLine': completeSalesOrderLine,
  'SalesOrder/PrintedSalesOrders': printedSalesOrder,
  'SalesOrder/GoodsDeliveries': goodsDelivery,
  'SalesOrder/GoodsDeliveryLines': goodsDeliveryLine,
};
