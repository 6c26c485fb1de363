/*
 * Writing purchase and sales orders (Exact KB, purchase orders, sales orders): refusals first, then
 * units, numbers, amounts and planning.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { list, only, order, peek, record, rowsOf } from './helpers.ts';
import { at, refused, WritingStage } from './writing-stage.ts';

let stage: WritingStage;
beforeAll(async () => {
  stage = await WritingStage.make();
});
afterAll(async () => {
  await stage.exact.close();
});

describe('purchase orders', () => {
  const path = 'purchaseorder/PurchaseOrders';
  const linePath = 'purchaseorder/PurchaseOrderLines';

  async function boxed() {
    const { lines, head } = await order(stage.exact, 10_000_001);
    return { supplier: head['Supplier'], line: record(lines[4]) };
  }

  it('want lines, an existing supplier and a quantity', async () => {
    const { supplier } = await boxed();
    const bolt = (await stage.itemNamed('BLT-001'))['ID'];
    const line = { Item: bolt, QuantityInPurchaseUnits: 5 };
    const nobody = '11111111-1111-1111-1111-111111111111';
    expect(await refused(stage.post(path, { Supplier: supplier }))).toEqual([
      ...[400, 'Mandatory: PurchaseOrderLines'],
    ]);
    const cases: [unknown, string][] = [
      [{ Supplier: nobody, PurchaseOrderLines: [line] }, 'Invalid: Supplier'],
      [{ Supplier: supplier, PurchaseOrderLines: [{ ...line, Item: nobody }] }, 'Invalid: Item'],
      [
        { Supplier: supplier, PurchaseOrderLines: [{ ...line, QuantityInPurchaseUnits: -1 }] },
        'must be more than zero',
      ],
      [
        { Supplier: supplier, PurchaseOrderLines: [{ ...line, QuantityInPurchaseUnits: 0.5 }] },
        'fractions are not allowed',
      ],
      [{ Supplier: supplier, OrderNumber: 10_000_001, PurchaseOrderLines: [line] }, 'Data already'],
    ];
    for (const [body, message] of cases) {
      expect(await refused(stage.post(path, body))).toEqual([
        500,
        expect.stringContaining(message),
      ]);
    }
    const [missing, text] = await refused(
      stage.post(path, { Supplier: supplier, PurchaseOrderLines: [{}] }),
    );
    expect([missing, text]).toEqual([400, 'Mandatory: Item\r\nMandatory: QuantityInPurchaseUnits']);
  });

  it('turn purchase units into stock units, take a number, and are planned and receivable', async () => {
    const { supplier, line } = await boxed();
    const offer = await stage.find(
      'logistics/SupplierItem',
      `Item eq guid'${String(line['Item'])}'`,
    );
    const [before = 0] = await stage.planned(line['Item']);
    const number = await stage.followingNumber(path);
    const order_ = await stage.made(path, {
      ...{ Supplier: offer['Supplier'] ?? supplier, YourRef: 'W-1' },
      PurchaseOrderLines: [{ Item: line['Item'], QuantityInPurchaseUnits: 3 }],
    });
    expect(order_).toMatchObject({
      ...{ OrderNumber: number, OrderStatus: 10, ReceiptStatus: 10, ApprovalStatus: 1 },
      ...{ Source: 11, PurchaseOrderLineCount: 1, WarehouseCode: '1', Currency: 'EUR' },
    });
    const filter = `PurchaseOrderID eq guid'${String(order_['PurchaseOrderID'])}'`;
    const made_ = await stage.find(linePath, filter);
    const factor = Number(offer['PurchaseUnitFactor']);
    expect(made_).toMatchObject({
      ...{ Quantity: 3 * factor, QuantityInPurchaseUnits: 3, Unit: offer['PurchaseUnit'] },
      ...{ UnitPrice: offer['PurchasePrice'], SupplierItemCode: offer['SupplierItemCode'] },
    });
    expect((await stage.planned(line['Item']))[0]).toBe(before + 3 * factor);
    const receipt = await stage.made('purchaseorder/GoodsReceipts', {
      ReceiptDate: '2026-11-18',
      GoodsReceiptLines: [{ PurchaseOrderLineID: made_['ID'], QuantityReceived: 1 }],
    });
    expect(receipt['Supplier']).toBe(order_['Supplier']);
    const id = order_['PurchaseOrderID'];
    expect(await refused(stage.remove(path, id))).toEqual([
      500,
      expect.stringContaining('GoodsReceipts'),
    ]);
    const less = { QuantityInPurchaseUnits: 0.5 };
    expect((await refused(stage.put(linePath, made_['ID'], less)))[0]).toBe(500);
    expect(
      await refused(
        stage.put(linePath, made_['ID'], { Item: (await stage.itemNamed('BLT-001'))['ID'] }),
      ),
    ).toEqual([500, 'Invalid: Item']);
  });

  it('lines change through their own PUT; the last one stays; an order goes with its lines', async () => {
    const { supplier } = await boxed();
    const [one, two] = [await stage.itemNamed('VLV-001'), await stage.itemNamed('VLV-002')];
    const before = [(await stage.planned(one['ID']))[0], (await stage.planned(two['ID']))[0]];
    const order_ = await stage.made(path, {
      Supplier: supplier,
      PurchaseOrderLines: [
        { Item: one['ID'], QuantityInPurchaseUnits: 4, UnitPrice: 10, Discount: 0.1 },
        { Item: two['ID'], QuantityInPurchaseUnits: 2 },
      ],
    });
    const id = order_['PurchaseOrderID'];
    const lines = rowsOf(
      await stage.exact.call('GET', `${at(path, id)}/PurchaseOrderLines?$orderby=LineNumber`),
    );
    const [first, second] = lines;
    expect(first).toMatchObject({ LineNumber: 1, NetPrice: 9, AmountDC: 36, VATAmount: 7.56 });
    expect((await stage.put(linePath, first?.['ID'], { QuantityInPurchaseUnits: 6 })).status).toBe(
      204,
    );
    const changed = await stage.row(linePath, first?.['ID']);
    expect(changed).toMatchObject({ Quantity: 6, AmountDC: 54 });
    expect((await stage.planned(one['ID']))[0]).toBe(Number(before[0]) + 6);
    const alone = { PurchaseOrderID: id, Item: one['ID'], QuantityInPurchaseUnits: 1 };
    expect((await refused(stage.post(linePath, alone)))[0]).toBe(403);
    expect((await stage.remove(linePath, second?.['ID'])).status).toBe(204);
    expect((await stage.planned(two['ID']))[0]).toBe(before[1]);
    expect(await refused(stage.remove(linePath, first?.['ID']))).toEqual([
      ...[500, 'Cannot delete: the last line of an order'],
    ]);
    const shop = await stage.find('inventory/Warehouses', `Code eq '2'`);
    expect((await stage.put(path, id, { Warehouse: shop['ID'], YourRef: 'moved' })).status).toBe(
      204,
    );
    expect((await stage.planned(one['ID']))[0]).toBe(before[0]);
    expect((await stage.remove(path, id)).status).toBe(204);
    const gone = (await peek(stage.exact, 'sync/Deleted?$filter=EntityType eq 22')).map(
      (r) => r['EntityKey'],
    );
    expect(gone).toEqual(expect.arrayContaining([id, first?.['ID'], second?.['ID']]));
  });
});

describe('sales orders', () => {
  const path = 'salesorder/SalesOrders';
  const linePath = 'salesorder/SalesOrderLines';
  const customer = async () => (await stage.find('crm/Accounts', `trim(Code) eq '10001'`))['ID'];

  it('are made with lines and charges, planned, and carry the customer on', async () => {
    const bolt = await stage.itemNamed('BLT-001');
    const [, before = 0] = await stage.planned(bolt['ID']);
    const who = await customer();
    const number = await stage.followingNumber(path);
    const sold = await stage.made(path, {
      ...{ OrderedBy: who, OrderDate: '2026-11-18', Description: 'S-1' },
      SalesOrderLines: { results: [{ Item: bolt['ID'], Quantity: '2', NetPrice: 10 }] },
      SalesOrderOrderChargeLines: [{ AmountFCExclVAT: 5, IsShippingCost: true }],
    });
    expect(sold).toMatchObject({
      ...{ OrderNumber: number, Status: 12, DeliveryStatus: 12, InvoiceStatus: 12 },
      ...{ ApprovalStatus: 1, DeliverTo: who, InvoiceTo: who, WarehouseCode: '1' },
      ...{ AmountFCExclVat: 20, AmountDC: 24.2 },
    });
    const line = only(
      rowsOf(await stage.exact.call('GET', `${at(path, sold['OrderID'])}/SalesOrderLines`)),
    );
    expect(line).toMatchObject({ UnitCode: 'pc', Quantity: 2, LineNumber: 1, AmountFC: 20 });
    expect((await stage.planned(bolt['ID']))[1]).toBe(before + 2);
    const charges = await stage.exact.call(
      'GET',
      `${at(path, sold['OrderID'])}/SalesOrderOrderChargeLines`,
    );
    expect(only(rowsOf(charges))).toMatchObject({ AmountFCInclVAT: 6.05, AmountVATFC: 1.05 });
    expect((await stage.remove(path, sold['OrderID'])).status).toBe(204);
    expect((await stage.planned(bolt['ID']))[1]).toBe(before);
    const gone = await peek(
      stage.exact,
      'sync/Deleted?$filter=EntityType eq 32 or EntityType eq 33',
    );
    expect(gone.map((row) => row['EntityKey'])).toEqual(
      expect.arrayContaining([sold['OrderID'], line['ID']]),
    );
  });

  it('refuse what cannot change later, and lines of nowhere', async () => {
    const bolt = await stage.itemNamed('BLT-001');
    const sold = await stage.made(path, {
      ...{ OrderedBy: await customer(), ApprovalStatus: 0 },
      SalesOrderLines: [{ Item: bolt['ID'] }],
    });
    const id = sold['OrderID'];
    const other = (await stage.find('crm/Accounts', `trim(Code) eq '10002'`))['ID'];
    for (const field of ['OrderedBy', 'DeliverTo', 'InvoiceTo']) {
      expect(await refused(stage.put(path, id, { [field]: other }))).toEqual([
        500,
        `Invalid: ${field}`,
      ]);
    }
    expect(await refused(stage.put(path, id, { ApprovalStatus: 7 }))).toEqual([
      ...[500, 'Invalid: ApprovalStatus'],
    ]);
    const nobody = '11111111-1111-1111-1111-111111111111';
    expect(await refused(stage.post(linePath, { OrderID: nobody, Item: bolt['ID'] }))).toEqual([
      ...[500, 'Invalid: OrderID'],
    ]);
    expect(
      await refused(stage.post(linePath, { OrderID: id, Item: bolt['ID'], Quantity: 0 })),
    ).toEqual([...[500, 'Invalid: Quantity']]);
    await stage.put(path, id, { ApprovalStatus: 2 });
    const approved = await stage.row(path, id);
    expect(approved).toMatchObject({ ApprovalStatus: 2, ApproverFullName: 'Demo Scandock' });
  });

  it('lines come one by one, change and go, but not the last', async () => {
    const [one, two] = [await stage.itemNamed('VLV-001'), await stage.itemNamed('VLV-002')];
    const [, before = 0] = await stage.planned(two['ID']);
    const sold = await stage.made(path, {
      ...{ OrderedBy: await customer(), SalesOrderLines: [{ Item: one['ID'], Quantity: 1 }] },
    });
    const id = sold['OrderID'];
    const line = await stage.made(linePath, {
      OrderID: id,
      Item: two['ID'],
      Quantity: 3,
      UnitPrice: 2,
    });
    expect(line).toMatchObject({ LineNumber: 2, OrderNumber: sold['OrderNumber'], AmountFC: 6 });
    expect((await stage.planned(two['ID']))[1]).toBe(before + 3);
    expect((await stage.put(linePath, line['ID'], { Quantity: 5, Discount: 0.5 })).status).toBe(
      204,
    );
    const after = await stage.row(linePath, line['ID']);
    expect(after).toMatchObject({ Quantity: 5, NetPrice: 1, AmountFC: 5 });
    expect((await stage.planned(two['ID']))[1]).toBe(before + 5);
    const three = await stage.itemNamed('VLV-003');
    const [, beforeThree] = await stage.planned(three['ID']);
    expect((await stage.put(linePath, line['ID'], { Item: three['ID'] })).status).toBe(204);
    expect((await stage.planned(two['ID']))[1]).toBe(before);
    expect((await stage.planned(three['ID']))[1]).toBe(beforeThree + 5);
    expect((await stage.remove(linePath, line['ID'])).status).toBe(204);
    expect((await stage.planned(three['ID']))[1]).toBe(beforeThree);
    const [last] = list(
      record(
        (
          await peek(
            stage.exact,
            `${path}?$filter=OrderNumber eq ${String(sold['OrderNumber'])}&$expand=SalesOrderLines`,
          )
        )[0]?.['SalesOrderLines'],
      )['results'],
    );
    expect(await refused(stage.remove(linePath, last?.['ID']))).toEqual([
      ...[500, 'Cannot delete: the last line of an order'],
    ]);
  });
});
