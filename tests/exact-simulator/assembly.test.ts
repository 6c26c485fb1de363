/*
 * Assembly orders, finished whole or in parts with numbers, taken apart, and their bills.
 */
import { describe, expect, it } from 'vitest';
import { only, parsed, peek, record, rowsOf } from './helpers.ts';
import { shopFloor } from './shop-floor-stage.ts';

const floor = shopFloor();
const { call, itemId, location, position } = floor;

describe('assembly', () => {
  const finish = (body: object) => call('POST', 'inventory/FinishAssemblyOrder', body);
  const assembly = async (number: number) =>
    only(await peek(floor.exact(), `inventory/AssemblyOrders?$filter=OrderNumber eq ${number}`));

  it('is refused for unknown orders, too much, and missing numbers', async () => {
    const AssemblyOrder = (await assembly(40_000_001))['ID'];
    expect((await finish({ FinishOrderQuantity: 1 })).status).toBe(400);
    const user = floor.exact().running.simulation.user;
    expect((await finish({ AssemblyOrder: user, FinishOrderQuantity: 1 })).status).toBe(500);
    expect((await finish({ AssemblyOrder, FinishOrderQuantity: 6 })).status).toBe(500);
    const batch = (await assembly(40_000_002))['ID'];
    expect((await finish({ AssemblyOrder: batch, FinishOrderQuantity: 1 })).status).toBe(500);
  });

  it('makes products out of parts, in parts, until it is complete', async () => {
    await floor.set('negativeStockAllowed', true);
    const of = await assembly(40_000_001);
    const box = await itemId('BOX-001');
    const stock = async (item: unknown) =>
      Number((await position(item, of['Warehouse']))['CurrentStock']);
    const before = [await stock(of['Item']), await stock(box)];
    const AssemblyOrder = of['ID'];
    const answer = await finish({ AssemblyOrder, FinishOrderQuantity: 2, Notes: 'marker-9' });
    expect(answer.status).toBe(201);
    expect(record(parsed(answer)['d'])['AssemblyOrder']).toBe(AssemblyOrder);
    expect(await assembly(40_000_001)).toMatchObject({
      ...{ FinishedQuantity: 2, OrderStatus: 30, Notes: 'marker-9', UnitCode: 'pc      ' },
    });
    expect([await stock(of['Item']), await stock(box)]).toEqual([
      (before[0] ?? 0) + 2,
      (before[1] ?? 0) - 4,
    ]);
    expect((await finish({ AssemblyOrder, FinishOrderQuantity: 3 })).status).toBe(201);
    expect((await assembly(40_000_001))['OrderStatus']).toBe(50);
    const apart = { AssemblyOrder: (await assembly(40_000_003))['ID'], FinishOrderQuantity: 5 };
    expect((await finish(apart)).status).toBe(201);
    expect([await stock(of['Item']), await stock(box)]).toEqual(before);
  });

  it('takes batches of product and parts', async () => {
    await floor.set('negativeStockAllowed', true);
    const of = await assembly(40_000_002);
    const Item = await itemId('OIL-001');
    const StorageLocation = await location('A-01-1');
    const answer = await finish({
      ...{ AssemblyOrder: of['ID'], FinishOrderQuantity: 2 },
      BatchNumbers: [
        { BatchNumber: 'KIT-1', Quantity: 2 },
        { BatchNumber: 'OIL-L1', Quantity: 2, Item, StorageLocation },
      ],
    });
    expect(answer.status).toBe(201);
    expect([await floor.inStock('KIT-1'), await floor.inStock('OIL-L1')]).toEqual([2, 38]);
  });

  it('has bills of its own that can be made, changed and deleted', async () => {
    const ID = await itemId('HAT-001');
    const PartItem = await itemId('GLS-001');
    const headers = 'inventory/AssemblyBillOfMaterialHeader';
    const AssemblyBillOfMaterialMaterials = [{ PartItem, Quantity: 2 }];
    const made = await call('POST', headers, { ID, AssemblyBillOfMaterialMaterials });
    expect(made.status).toBe(201);
    expect((await call('POST', headers, { ID, AssemblyBillOfMaterialMaterials })).status).toBe(500);
    const path = `${headers}(guid'${ID}')`;
    const parts = rowsOf(await call('GET', `${path}/AssemblyBillOfMaterialMaterials`));
    expect(only(parts)).toMatchObject({ PartItemCode: 'GLS-001', AssembledItemCode: 'HAT-001' });
    expect((await call('PUT', path, { BatchQuantity: 4 })).status).toBe(204);
    const shown = only(await peek(floor.exact(), `${headers}?$filter=Code eq 'HAT-001'`));
    expect(shown['BatchQuantity']).toBe(4);
    expect((await call('DELETE', path)).status).toBe(204);
    expect((await call('GET', path)).status).toBe(404);
  });
});
