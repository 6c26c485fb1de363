/*
 * Returns to suppliers and from customers, drop shipments, and closing and printing sales orders.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { documentStage, type Fields } from './document-stage.ts';
import { messageOf, only, order, parsed, record, rowsOf } from './helpers.ts';

const { call, exact, made, numberStock, rows, salesOrder, shelf, stock, stockAt, warehouse } =
  documentStage();

describe('purchase returns', () => {
  const RETURNS = 'purchaseorder/PurchaseReturns';
  let receiptLines: Fields[] = [];

  beforeEach(async () => {
    const { lines } = await order(exact(), 10_000_001);
    const line = (n: number, more: Fields) => ({
      PurchaseOrderLineID: lines[n - 1]?.['ID'],
      ...more,
    });
    const receipt = await made('purchaseorder/GoodsReceipts', {
      ReceiptDate: '2026-11-18',
      GoodsReceiptLines: [
        line(1, { QuantityReceived: 10 }),
        line(2, { QuantityReceived: 4, BatchNumbers: [{ BatchNumber: 'RET-1', Quantity: 4 }] }),
        line(5, { QuantityReceived: 2, Location: await shelf('A-01-1') }),
      ],
    });
    const path = `purchaseorder/GoodsReceipts(guid'${String(receipt['ID'])}')/GoodsReceiptLines`;
    receiptLines = rowsOf(await call('GET', `${path}?$orderby=LineNumber`));
  });

  const line = (n: number, ReturnQuantity: number, more: Fields = {}): Fields => ({
    GoodsReceiptLineID: receiptLines[n]?.['ID'],
    PurchaseOrderLineID: receiptLines[n]?.['PurchaseOrderLineID'],
    ...{ ReturnQuantity, ...more },
  });
  const body = (...lines: Fields[]) => ({
    ...{ ReturnDate: '2026-11-18', YourRef: 'R-1', PurchaseReturnLines: lines },
  });
  const post = (...lines: Fields[]) => call('POST', RETURNS, body(...lines));

  it('refuse what was not received, another line, and lines on their own', async () => {
    expect((await call('POST', RETURNS, { PurchaseReturnLines: [{}] })).status).toBe(400);
    expect((await post(line(0, 11))).status).toBe(500);
    expect((await post(line(0, 6), line(0, 5))).status).toBe(500);
    expect((await post(line(0, 0))).status).toBe(500);
    const crossed = { PurchaseOrderLineID: receiptLines[1]?.['PurchaseOrderLineID'] };
    expect((await post(line(0, 1, crossed))).status).toBe(500);
    expect((await post(line(1, 2))).status).toBe(500);
    const wrong = { BatchNumbers: [{ BatchNumber: 'NOPE', Quantity: 2 }] };
    expect((await post(line(1, 2, wrong))).status).toBe(500);
    expect((await call('POST', 'purchaseorder/PurchaseReturnLines', line(0, 1))).status).toBe(403);
    expect(await rows(RETURNS)).toEqual([]);
  });

  it('take stock back from where it was put; the order line is open again', async () => {
    const item = receiptLines[0]?.['Item'];
    const home = await warehouse('1');
    const before = await stock(item, home);
    const full = await made(RETURNS, {
      ...body(line(0, 4), line(1, 1, { BatchNumbers: [{ BatchNumber: 'RET-1', Quantity: 1 }] })),
      Remarks: 'scandock:5',
    });
    expect(full).toMatchObject({ ReturnNumber: 1, Status: 50, WarehouseCode: '1', YourRef: 'R-1' });
    const after = await stock(item, home);
    expect([after.warehouse, after.planningIn]).toEqual([
      ...[before.warehouse - 4, before.planningIn + 4],
    ]);
    expect((await order(exact(), 10_000_001)).lines[0]?.['ReceivedQuantity']).toBe(6);
    expect(await numberStock('RET-1', 'RCV')).toBe(3);
    const uri = `${RETURNS}(guid'${String(full['ID'])}')`;
    const lines = rowsOf(await call('GET', `${uri}/PurchaseReturnLines?$orderby=LineNumber`));
    expect(lines[0]).toMatchObject({
      ...{ ReturnQuantity: 4, ReceivedQuantity: 10, PurchaseOrderNumber: 10_000_001 },
      ...{ LocationCode: 'RCV', ReceiptNumber: 3, CreateCredit: false },
    });
    expect((await call('PUT', uri, { TrackingNumber: 'T' })).status).toBe(204);
    const lineUri = `purchaseorder/PurchaseReturnLines(guid'${String(lines[0]?.['ID'])}')`;
    expect((await call('PUT', lineUri, { Notes: 'n', ReturnQuantity: 4 })).status).toBe(204);
    expect((await call('PUT', lineUri, { ReturnQuantity: 3 })).status).toBe(500);
  });

  it('with a credit note the order line stays received; quantities are in purchase units', async () => {
    const item = receiptLines[2]?.['Item'];
    const before = await stockAt(item, 'A-01-1');
    expect((await post(line(2, 1, { CreateCredit: true }))).status).toBe(201);
    expect(await stockAt(item, 'A-01-1')).toBe(before - 12);
    expect((await order(exact(), 10_000_001)).lines[4]?.['ReceivedQuantity']).toBe(24);
  });
});

describe('planned sales returns', () => {
  const RETURNS = 'salesorder/PlannedSalesReturns';
  const LINES = 'salesorder/PlannedSalesReturnLines';
  let head: Fields = {};
  let delivered: Fields[] = [];

  beforeEach(async () => {
    const sold = await salesOrder(20_000_012);
    head = sold.head;
    const line = (n: number, QuantityDelivered: number, more: Fields = {}) => ({
      ...{ SalesOrderLineID: sold.lines[n]?.['ID'], QuantityDelivered, ...more },
    });
    const delivery = await made('salesorder/GoodsDeliveries', {
      DeliveryDate: '2026-11-18',
      GoodsDeliveryLines: [
        line(0, 10),
        line(3, 1, { SerialNumbers: [{ SerialNumber: 'OUT-S1' }] }),
      ],
    });
    const path = `salesorder/GoodsDeliveries(guid'${String(delivery['EntryID'])}')`;
    delivered = rowsOf(await call('GET', `${path}/GoodsDeliveryLines?$orderby=LineNumber`));
  });

  const line = (n: number, planned: number, received: number, more: Fields = {}): Fields => ({
    ...{ GoodDeliveryLineID: delivered[n]?.['ID'], Item: delivered[n]?.['Item'] },
    ...{ PlannedReturnQuantity: planned, ReceivedQuantity: received, CreateCredit: 0, ...more },
  });
  const body = (lines: Fields[], more: Fields = {}): Fields => ({
    ...{ DeliveredTo: head['DeliverTo'], Warehouse: head['WarehouseID'], ...more },
    PlannedSalesReturnLines: lines,
  });
  const post = (lines: Fields[], more: Fields = {}) => call('POST', RETURNS, body(lines, more));
  const serials = (SerialNumber: string) => ({ SerialNumbers: [{ SerialNumber }] });

  it('refuse what was not delivered, to others, of another item or number', async () => {
    const bare = await call('POST', RETURNS, { PlannedSalesReturnLines: [{}] });
    expect(bare.status).toBe(400);
    expect(messageOf(bare)).toContain('Mandatory: GoodDeliveryLineID');
    const other = (await salesOrder(20_000_011)).head['DeliverTo'];
    const wrong: [Fields[], Fields?][] = [
      ...[[[line(0, 11, 0)]] as [Fields[]], [[line(0, 3, 4)]] as [Fields[]]],
      ...[[[line(0, 6, 0), line(0, 5, 0)]] as [Fields[]], [[line(0, 0, 0)]] as [Fields[]]],
      ...[[[line(0, 1, 0, { Item: delivered[1]?.['Item'] })]] as [Fields[]]],
      ...[[[line(0, 1, 0)], { DeliveredTo: other }] as [Fields[], Fields]],
      ...[[[line(0, 1, 0)], { Status: 40 }] as [Fields[], Fields]],
      ...[[[line(1, 1, 1, serials('OUT-S2'))]] as [Fields[]]],
      ...[[[line(1, 1, 1)], { Status: 50 }] as [Fields[], Fields]],
    ];
    for (const [lines, more] of wrong) expect((await post(lines, more)).status).toBe(500);
    expect((await call('POST', LINES, line(0, 1, 0))).status).toBe(403);
    expect(await rows(RETURNS)).toEqual([]);
  });

  it('are planned, received by PUT, processed by status, and then closed', async () => {
    const item = delivered[0]?.['Item'];
    const before = await stock(item, head['WarehouseID']);
    const full = await made(RETURNS, body([line(0, 4, 0), line(1, 1, 0)]));
    expect(full).toMatchObject({ Status: 20, ReturnNumber: 1 });
    expect(await stock(item, head['WarehouseID'])).toEqual(before);
    const uri = `${RETURNS}(guid'${String(full['PlannedSalesReturnID'])}')`;
    const lines = rowsOf(await call('GET', `${uri}/PlannedSalesReturnLines?$orderby=LineNumber`));
    const lineUri = (n: number) => `${LINES}(guid'${String(lines[n]?.['ID'])}')`;
    expect((await call('PUT', lineUri(0), { ReceivedQuantity: 5 })).status).toBe(500);
    expect((await call('PUT', lineUri(0), { ReceivedQuantity: 3 })).status).toBe(204);
    const back = { ReceivedQuantity: 1, CreateCredit: 1, ...serials('out-s1') };
    expect((await call('PUT', lineUri(1), back)).status).toBe(204);
    expect((await call('PUT', uri, { Status: 30 })).status).toBe(204);
    expect(await numberStock('OUT-S1')).toBe(0);
    expect((await call('PUT', uri, { Status: 50 })).status).toBe(204);
    const after = await stock(item, head['WarehouseID']);
    expect(after.warehouse).toBe(before.warehouse + 3);
    // Without a credit note what came back is delivered again; with one it is not.
    expect(after.planningOut).toBe(before.planningOut + 3);
    expect(await numberStock('OUT-S1')).toBe(1);
    const sold = await salesOrder(20_000_012);
    expect(sold.lines.map((one) => one['QuantityDelivered'])).toEqual([7, 0, 0, 1]);
    expect(sold.lines[0]?.['DeliveryStatus']).toBe(20);
    const shown = await rows("inventory/StockSerialNumbers?$filter=SerialNumber eq 'OUT-S1'");
    expect(shown.map((row) => row['StockTransactionType']).sort()).toEqual([10, 120, 121]);
    expect((await call('PUT', uri, { Description: 'x' })).status).toBe(500);
    expect((await call('PUT', lineUri(0), { Notes: 'x' })).status).toBe(500);
    expect((await call('DELETE', lineUri(0))).status).toBe(500);
    expect((await call('DELETE', uri)).status).toBe(500);
  });

  it('are deleted while open, with their numbers', async () => {
    const full = await made(RETURNS, body([line(0, 4, 0), line(1, 1, 1, serials('OUT-S1'))]));
    const drafts = 'inventory/StockSerialNumbers?$filter=IsDraft eq 1';
    expect(only(await rows(drafts))['StockTransactionType']).toBe(121);
    const uri = `${RETURNS}(guid'${String(full['PlannedSalesReturnID'])}')`;
    const first = only(rowsOf(await call('GET', `${uri}/PlannedSalesReturnLines`)));
    expect((await call('DELETE', `${LINES}(guid'${String(first['ID'])}')`)).status).toBe(204);
    expect((await call('DELETE', uri)).status).toBe(204);
    expect([...(await rows(LINES)), ...(await rows(drafts))]).toEqual([]);
  });
});

describe('drop shipments', () => {
  const SHIPMENTS = 'salesorder/DropShipments';

  async function line(n: number, QuantityDelivered: number): Promise<Fields> {
    const sold = (await salesOrder(20_000_013)).lines[n];
    return {
      ...{ SalesOrderLineID: sold?.['ID'], PurchaseOrderLineID: sold?.['PurchaseOrderLine'] },
      QuantityDelivered,
    };
  }
  const post = (...lines: Fields[]) =>
    call('POST', SHIPMENTS, { DeliveryDate: '2026-11-18', DropShipmentLines: lines });

  it('refuse lines from stock, other purchase lines, and more than is open', async () => {
    const [first, second] = [await line(0, 1), await line(1, 1)];
    const crossed = { ...first, PurchaseOrderLineID: second['PurchaseOrderLineID'] };
    const fromStock = {
      ...first,
      SalesOrderLineID: (await salesOrder(20_000_011)).lines[0]?.['ID'],
    };
    for (const one of [crossed, fromStock, await line(0, 11), await line(0, 0)]) {
      expect((await post(one)).status).toBe(500);
    }
    expect((await post({ SalesOrderLineID: first['SalesOrderLineID'] })).status).toBe(400);
    expect((await call('POST', 'salesorder/DropShipmentLines', first)).status).toBe(403);
  });

  it('go on with both orders and leave stock alone', async () => {
    const before = await rows('sync/Inventory/StorageLocationStockPositions');
    expect((await post(await line(0, 4))).status).toBe(201);
    expect((await salesOrder(20_000_013)).lines[0]).toMatchObject({
      ...{ QuantityDelivered: 4, DeliveryStatus: 20 },
    });
    const bought = await order(exact(), 10_000_006);
    expect(bought.lines[0]?.['ReceivedQuantity']).toBe(4);
    expect(bought.head['ReceiptStatus']).toBe(20);
    expect((await post(await line(0, 6), await line(1, 10), await line(2, 10))).status).toBe(201);
    expect((await salesOrder(20_000_013)).head['DeliveryStatus']).toBe(21);
    expect((await order(exact(), 10_000_006)).head['ReceiptStatus']).toBe(30);
    expect(await rows('sync/Inventory/StorageLocationStockPositions')).toEqual(before);
    const made = await rows(`${SHIPMENTS}?$orderby=DeliveryNumber`);
    expect(made.map((row) => row['DeliveryNumber'])).toEqual([1, 2]);
    const uri = `${SHIPMENTS}(guid'${String(made[0]?.['EntryID'])}')`;
    expect((await call('PUT', uri, { TrackingNumber: 'T' })).status).toBe(204);
    const only1 = only(rowsOf(await call('GET', `${uri}/DropShipmentLines`)));
    expect(only1).toMatchObject({ QuantityOrdered: 10, SalesOrderNumber: 20_000_013 });
  });
});

describe('closing and printing sales orders', () => {
  const complete = async (path: string, fields: Fields) =>
    record(parsed(await call('POST', `salesorder/${path}`, fields))['d']);

  it('closes the rest for good: planned no more, and not delivered', async () => {
    const { head, lines } = await salesOrder(20_000_011);
    const OrderID = head['OrderID'];
    const item = lines[0]?.['Item'];
    const before = await stock(item, head['WarehouseID']);
    const nothing = await complete('CompleteSalesOrder', { OrderID });
    expect([nothing['SuccessMessage'], typeof nothing['ErrorMessage']]).toEqual([null, 'string']);
    const delivery = { SalesOrderLineID: lines[0]?.['ID'], QuantityDelivered: 4 };
    const post = () =>
      call('POST', 'salesorder/GoodsDeliveries', {
        ...{ DeliveryDate: '2026-11-18', GoodsDeliveryLines: [delivery] },
      });
    expect((await post()).status).toBe(201);
    const closed = await complete('CompleteSalesOrder', { OrderID, CompleteDelivery: true });
    expect([typeof closed['SuccessMessage'], closed['ErrorMessage']]).toEqual(['string', null]);
    const now = await salesOrder(20_000_011);
    expect([now.head['DeliveryStatus'], now.head['Status']]).toEqual([21, 20]);
    expect(now.lines[0]).toMatchObject({ DeliveryStatus: 21, QuantityDelivered: 4 });
    expect((await stock(item, head['WarehouseID'])).planningOut).toBe(before.planningOut - 24);
    expect((await post()).status).toBe(500);
    await complete('CompleteSalesOrder', { OrderID, CompleteInvoice: true });
    expect((await salesOrder(20_000_011)).head['Status']).toBe(21);
    const again = await complete('CompleteSalesOrder', { OrderID, CompleteInvoice: true });
    expect(again['SuccessMessage']).toBeNull();
    const unknown = { OrderID: item, CompleteInvoice: true };
    expect((await call('POST', 'salesorder/CompleteSalesOrder', unknown)).status).toBe(500);
  });

  it('closes one line and leaves the others', async () => {
    const { lines } = await salesOrder(20_000_011);
    const ID = lines[1]?.['ID'];
    const flags = { CompleteDelivery: true, CompleteInvoice: true };
    expect(await complete('CompleteSalesOrderLine', { ID, ...flags })).toMatchObject({
      ...{ ID, ErrorMessage: null, ...flags },
    });
    const now = await salesOrder(20_000_011);
    expect(now.lines.map((line) => line['OrderStatus'])).toEqual([12, 21, 12, 12]);
    expect(now.head['Status']).toBe(20);
  });

  it('prints and mails the document of an order', async () => {
    const { head } = await salesOrder(20_000_011);
    const OrderId = head['OrderID'];
    const printed = await complete('PrintedSalesOrders', { OrderId });
    expect(typeof printed['DocumentCreationSuccess']).toBe('string');
    expect([printed['EmailCreationSuccess'], printed['EmailCreationError']]).toEqual([null, null]);
    const mailed = await complete('PrintedSalesOrders', { OrderId, SendEmailToCustomer: true });
    expect(String(mailed['EmailCreationSuccess'])).toContain('@');
    const account = `/records/crm/Accounts/${String(head['OrderedBy'])}`;
    await exact().control('PATCH', account, { Email: null });
    const lost = await complete('PrintedSalesOrders', { OrderId, SendEmailToCustomer: true });
    expect([lost['EmailCreationSuccess'], typeof lost['EmailCreationError']]).toEqual([
      ...[null, 'string'],
    ]);
  });
});
