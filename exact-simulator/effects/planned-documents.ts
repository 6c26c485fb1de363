/*
 * What sales orders and warehouse transfers still plan to bring to or take from a warehouse (Exact
 * KB, planning types 120, 124, 134 and 200), as SQL expressions over `w.item` and `w.warehouse`.
 * Lines that are closed, cancelled or drop shipments plan nothing; returns are not planned stock.
 */

const sales = (rest: string): string => `(SELECT coalesce(sum(max(${rest}, 0)), 0)
   FROM "SalesOrderLines" l JOIN "SalesOrders" h ON h."OrderID" = l."OrderID"
   WHERE l."Item" = w.item AND h."WarehouseID" = w.warehouse AND h."DeliveryStatus" < 21
     AND l."DeliveryStatus" < 21 AND coalesce(l."UseDropShipment", 0) = 0)`;

/** Transfers within one warehouse change nothing there. */
const transfers = (side: string): string => `(SELECT coalesce(sum(l."Quantity"), 0)
   FROM "WarehouseTransferLines" l JOIN "WarehouseTransfers" h ON h."TransferID" = l."TransferID"
   WHERE l."Item" = w.item AND h."${side}" = w.warehouse AND h."Status" < 50
     AND h."WarehouseFrom" <> h."WarehouseTo")`;

/** Trade-ins of open sales orders, and transfers on their way in. */
export const DOCUMENTS_IN = `${sales('l."QuantityDelivered" - l."Quantity"')} +
  ${transfers('WarehouseTo')}`;

/** Open sales order lines, and transfers on their way out. */
export const DOCUMENTS_OUT = `${sales('l."Quantity" - l."QuantityDelivered"')} +
  ${transfers('WarehouseFrom')}`;
