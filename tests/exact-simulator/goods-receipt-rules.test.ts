/*
 * Goods receipts that are refused, each with the status Exact gives, and without a trace.
 */
import { describe, expect, it } from 'vitest';
import { locationId, messageOf, only, order, peek } from './helpers.ts';
import { RECEIPTS, stage } from './receipt-stage.ts';

const { exact, line, lineOf, post, version } = stage();

describe('what is refused', () => {
  it('a body that is no object, no JSON, or of another type', async () => {
    const wrong = await exact().call('POST', RECEIPTS, [1]);
    expect(wrong.status).toBe(400);
    expect(messageOf(wrong)).toContain('valid top-level resource object');
    const form = await exact().call('POST', RECEIPTS, {}, { 'Content-Type': 'text/plain' });
    expect(form.status).toBe(400);
  });

  it('unknown names, at the top and inside', async () => {
    const top = await post([line(1, { QuantityReceived: 1 })], { NotAField: 1 });
    expect(top.status).toBe(400);
    expect(messageOf(top)).toBe(
      "Error processing request stream. The property name 'NotAField' specified for type " +
        "'Exact.Web.Api.Models.PurchaseOrder.GoodsReceipt' is not valid.",
    );
    expect((await post([line(1, { StorageLocation: 'x' })])).status).toBe(400);
    const nested = line(2, { QuantityReceived: 1, BatchNumbers: [{ Batch: 'x', Quantity: 1 }] });
    expect((await post([nested])).status).toBe(400);
  });

  it('values of the wrong type', async () => {
    expect((await post([line(1, { QuantityReceived: 'many' })])).status).toBe(400);
    expect((await post([line(1, {})], { ReceiptDate: '2026-02-31' })).status).toBe(400);
  });

  it('missing mandatory fields, all in one message, in the language of the user', async () => {
    const answer = await exact().call('POST', RECEIPTS, {
      GoodsReceiptLines: [{ QuantityReceived: 1 }],
    });
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toBe('Mandatory: ReceiptDate\r\nMandatory: PurchaseOrderLineID');
    await exact().control('POST', '/settings', { language: 'nl' });
    expect(messageOf(await post([]))).toBe('Verplicht: GoodsReceiptLines');
  });

  it('lines that are posted without their header', async () => {
    const answer = await exact().call(
      'POST',
      '123456/purchaseorder/GoodsReceiptLines',
      line(1, {}),
    );
    expect(answer.status).toBe(403);
  });

  it('an unapproved order, a drop shipment, a cancelled order and a complete one', async () => {
    for (const number of [10_000_005, 10_000_006, 10_000_017, 10_000_018]) {
      expect((await post([await lineOf(number)])).status).toBe(500);
    }
  });

  it('lines of two suppliers or two warehouses in one document', async () => {
    const other = await lineOf(10_000_004, 1);
    expect((await post([line(1, { QuantityReceived: 1 }), other])).status).toBe(500);
  });

  it('more than ordered, also when two lines share it, until the company allows it', async () => {
    expect((await post([line(1, { QuantityReceived: 24.5 })])).status).toBe(500);
    const both = [line(1, { QuantityReceived: 20 }), line(1, { QuantityReceived: 5 })];
    expect((await post(both)).status).toBe(500);
    await exact().control('POST', '/settings', { overReceiptAllowed: true });
    expect((await post(both)).status).toBe(201);
    expect((await order(exact(), 10_000_001)).lines[0]?.['ReceivedQuantity']).toBe(25);
  });

  it('zero, negative and broken quantities', async () => {
    for (const QuantityReceived of [0, -1, 1.5]) {
      expect((await post([line(1, { QuantityReceived })])).status).toBe(500);
    }
  });

  it('locations of another warehouse, and any location where there are none', async () => {
    const foreign = line(1, { QuantityReceived: 1, Location: exact().running.simulation.user });
    expect((await post([foreign])).status).toBe(500);
    const outlet = await peek(
      exact(),
      "purchaseorder/PurchaseOrders?$filter=WarehouseCode eq '2' and ApprovalStatus eq 2",
    );
    const orderNumber = Number(only(outlet)['OrderNumber']);
    const there = { ...(await lineOf(orderNumber)), Location: await locationId(exact(), 'A-01-1') };
    expect((await post([there])).status).toBe(500);
  });

  it('a missing location where the warehouse has no default one', async () => {
    const id = String(only(await peek(exact(), "inventory/Warehouses?$filter=Code eq '1'"))['ID']);
    await exact().control('PATCH', `/records/inventory/Warehouses/${id}`, {
      DefaultStorageLocation: null,
    });
    const answer = await post([line(1, { QuantityReceived: 1 })]);
    expect(answer.status).toBe(500);
    expect(messageOf(answer)).toBe('StorageLocation is mandatory');
  });

  it('numbers that do not add up, numbers on plain items, nameless ones, too long ones', async () => {
    const batch = (BatchNumber: string, Quantity: number) => ({ BatchNumber, Quantity });
    const q = { QuantityReceived: 5 };
    expect((await post([line(2, q)])).status).toBe(500);
    expect((await post([line(2, { ...q, BatchNumbers: [batch('L1', 4)] })])).status).toBe(500);
    expect((await post([line(1, { ...q, BatchNumbers: [batch('L1', 5)] })])).status).toBe(500);
    expect((await post([line(2, { ...q, BatchNumbers: [{ Quantity: 5 }] })])).status).toBe(400);
    const long = [batch('L'.repeat(31), 5)];
    expect((await post([line(2, { ...q, BatchNumbers: long })])).status).toBe(500);
    const negative = [batch('L1', 6), batch('L2', -1)];
    expect((await post([line(2, { ...q, BatchNumbers: negative })])).status).toBe(500);
    expect(
      (await post([line(4, { QuantityReceived: 2, SerialNumbers: [{ SerialNumber: 'A' }] })]))
        .status,
    ).toBe(500);
  });

  it('a serial number twice in one document or already in stock', async () => {
    const serials = (...numbers: string[]) => numbers.map((SerialNumber) => ({ SerialNumber }));
    const twice = line(4, { QuantityReceived: 2, SerialNumbers: serials('S1', 's1') });
    expect((await post([twice])).status).toBe(500);
    const good = line(4, { QuantityReceived: 1, SerialNumbers: serials('S1') });
    expect((await post([good])).status).toBe(201);
    const again = await post([good]);
    expect(again.status).toBe(500);
    expect(messageOf(again)).toBe('Serial number already in stock: S1');
  });

  it('leaves no trace of a document whose last line breaks a rule', async () => {
    const before = await version();
    const answer = await post([
      line(1, { QuantityReceived: 3 }),
      line(2, { QuantityReceived: 2, BatchNumbers: [{ BatchNumber: 'NEW', Quantity: 1 }] }),
    ]);
    expect(answer.status).toBe(500);
    expect(await version()).toBe(before);
    expect(await peek(exact(), "inventory/BatchNumbers?$filter=BatchNumber eq 'NEW'")).toEqual([]);
    expect(await peek(exact(), 'purchaseorder/GoodsReceipts')).toHaveLength(2);
  });
});
