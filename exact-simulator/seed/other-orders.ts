/*
 * Seeds open sales orders and shop orders; both give planned quantities to stock positions.
 */
import { replan } from '../effects/stock.ts';
import { bought, put, type Seeding, type SeedItem } from './context.ts';

function putSalesLine(
  seeding: Seeding,
  orderId: string,
  orderNumber: number,
  item: SeedItem,
  n: number,
) {
  const quantity = item.ware.family.tracking === 'serial' ? 1 : seeding.random.int(1, 12);
  const price = Math.round(item.ware.price * 160) / 100;
  put(seeding, 'SalesOrderLines', {
    ...{ OrderID: orderId, OrderNumber: orderNumber, LineNumber: n, Item: item.id },
    ...{ Description: item.ware.description, Quantity: quantity, QuantityDelivered: 0 },
    // Unit codes of sales lines come without padding (Exact KB, values in JSON).
    ...{ QuantityInvoiced: 0, UnitCode: item.ware.family.unit, UnitPrice: price, NetPrice: price },
    ...{ AmountDC: price * quantity, AmountFC: price * quantity, Discount: 0, VATCode: '2  ' },
    ...{ OrderStatus: 12, DeliveryStatus: 12, InvoiceStatus: 12, UseDropShipment: 0 },
    DeliveryDate: seeding.day(2 + (n % 4)),
  });
}

/** Ten open sales orders; the last one still awaits approval. */
export function seedSalesOrders(seeding: Seeding): void {
  const { random, places, customers, items, writer } = seeding;
  for (let n = 0; n < 10; n += 1) {
    const customer = random.pick(customers);
    const warehouse = n % 4 === 3 ? places.outlet : places.main;
    const orderNumber = 20_000_001 + n;
    const orderId = put(seeding, 'SalesOrders', {
      ...{ OrderNumber: orderNumber, OrderedBy: customer, DeliverTo: customer },
      ...{ InvoiceTo: customer, WarehouseID: warehouse, Currency: 'EUR', Discount: 0 },
      ...{ OrderDate: seeding.day(-6), DeliveryDate: seeding.day(2 + (n % 5)) },
      ...{ Status: 12, DeliveryStatus: 12, InvoiceStatus: 12, ApprovalStatus: n === 9 ? 0 : 1 },
      ...{ Description: `Delivery ${n + 1}`, YourRef: `PO-${7300 + n * 3}` },
    });
    for (const [index, item] of random.sample(items, random.int(1, 5)).entries()) {
      putSalesLine(seeding, orderId, orderNumber, item, index + 1);
      replan(writer, item.id, warehouse);
    }
  }
}

function putPlan(seeding: Seeding, shopOrder: string, item: SeedItem, made: number, n: number) {
  const quantity = n * made;
  put(seeding, 'ShopOrderMaterialPlans', {
    ...{ ShopOrder: shopOrder, Item: item.id, LineNumber: n, PlannedQuantity: quantity },
    ...{ Description: item.ware.description, IssuedQuantity: 0 },
    ...{ PlannedQuantityFactor: n, Status: 10, Type: 1, Backflush: Number(n === 4) },
    ...{ PlannedDate: seeding.day(1), PlannedPriceFC: item.ware.price, CalculatorType: 0 },
    ...{ PlannedAmountFC: item.ware.price * quantity, WastePercentage: 0 },
  });
  replan(seeding.writer, item.id, seeding.places.main);
}

/** Six shop orders, each with plain, batch and serial material; one is in process. */
export function seedShopOrders(seeding: Seeding): void {
  const { random, places, writer } = seeding;
  const made = seeding.items.filter((item) => item.ware.family.makes === true);
  for (let n = 0; n < 6; n += 1) {
    const item = made[n % made.length];
    if (!item) throw new Error('the seed has no items to make');
    const id = put(seeding, 'ShopOrders', {
      ...{ ShopOrderNumber: 30_000_001 + n, Item: item.id, Warehouse: places.main, Type: 9040 },
      ...{ Description: item.ware.description, PlannedQuantity: 2 + n, ProducedQuantity: 0 },
      ...{ Status: n === 1 ? 20 : 10, IsReleased: 1, IsInPlanning: 1, IsOnHold: 0 },
      ...{
        EntryDate: seeding.day(-4),
        PlannedStartDate: seeding.day(n),
        PlannedDate: seeding.day(n + 3),
      },
      ...{ ReadyToShipQuantity: 0, ProductionLeadDays: 3 },
    });
    const material = [
      ...random.sample(bought(seeding, 'plain'), 2),
      ...random.sample(bought(seeding, 'batch'), 1),
      ...random.sample(bought(seeding, 'plain'), 1),
      ...random.sample(bought(seeding, n % 2 === 0 ? 'serial' : 'expiry'), 1),
    ];
    for (const [index, part] of material.entries()) {
      putPlan(seeding, id, part, 2 + n, index + 1);
    }
    replan(writer, item.id, places.main);
  }
}
