/*
 * Bills of material with their versions and lines, and the work centres and operations they stand on.
 */
import { describe, expect, it } from 'vitest';
import { messageOf, peek } from './helpers.ts';
import { plansIn, shopFloor } from './shop-floor-stage.ts';

const floor = shopFloor();
const { call, create, deletedTypes, itemId, order, put, remove, row } = floor;

describe('bills of material', () => {
  it('keep one default version, number their lines and go with them', async () => {
    const Item = await itemId('CAB-001');
    const versions = 'BillOfMaterialVersions';
    const first = await create(versions, { Item, Description: 'one' });
    const second = await create(versions, { Item, Description: 'two', IsDefault: 1 });
    expect(await row(versions, 'ID', first)).toMatchObject({ VersionNumber: 1, IsDefault: 0 });
    expect(await row(versions, 'ID', second)).toMatchObject({
      ...{ VersionNumber: 2, IsDefault: 1, Status: 30, StatusDescription: 'Active' },
    });
    const PartItem = await itemId('VLV-001');
    const line = await create('BillOfMaterialMaterials', {
      ...{ ItemVersion: second, PartItem, Quantity: 3, WastePercentage: 10 },
    });
    const shown = await row('BillOfMaterialMaterials', 'ID', line);
    expect(shown).toMatchObject({ LineNumber: 1, QuantityBatch: 3, PartItemCode: 'VLV-001' });
    expect(shown['CreatorFullName']).toBe('Demo Scandock');
    const id = await create('ShopOrders', { Item, PlannedQuantity: 4 });
    // 4 × 3 and ten per cent waste, by the whole piece.
    expect(plansIn(await order(30_000_014))[0]?.['PlannedQuantity']).toBe(14);
    expect((await remove(versions, second)).status).toBe(500);
    expect((await remove('ShopOrders', id)).status).toBe(204);
    const before = await peek(floor.exact(), 'sync/Deleted');
    expect((await remove(versions, second)).status).toBe(204);
    expect((await deletedTypes(before)).sort()).toEqual([54, 55]);
  });

  it('are refused for items that are not made, and lines without sense', async () => {
    const make = (set: string, body: object) => call('POST', `manufacturing/${set}`, body);
    const bought = { Item: await itemId('VLV-001'), Description: 'no' };
    expect((await make('BillOfMaterialVersions', bought)).status).toBe(500);
    const ItemVersion = (await order(30_000_007))['ItemVersion'];
    const PartItem = await itemId('VLV-001');
    const lines = 'BillOfMaterialMaterials';
    expect((await make(lines, { ItemVersion, PartItem, Quantity: 0 })).status).toBe(500);
    expect((await make(lines, { ItemVersion: PartItem, PartItem })).status).toBe(500);
    const numbered = { ItemVersion, PartItem: await itemId('OIL-001'), Backflush: 1 };
    expect((await make(lines, numbered)).status).toBe(500);
  });

  it('stand on work centres and operations whose codes are unique and that stay while used', async () => {
    const double = { Code: 'asm', Description: 'again', Status: 10, Type: 10 };
    expect(messageOf(await call('POST', 'manufacturing/Workcenters', double))).toContain('exists');
    for (const set of ['Operations', 'Workcenters', 'ProductionAreas', 'OperationResources']) {
      const [used] = await peek(floor.exact(), `manufacturing/${set}`);
      expect([set, (await remove(set, used?.['ID'])).status]).toEqual([set, 500]);
    }
    const id = await create('ProductionAreas', { Code: 'P2', Description: 'Yard' });
    expect((await put('ProductionAreas', id, { Description: 'Old yard' })).status).toBe(204);
    expect((await remove('ProductionAreas', id)).status).toBe(204);
  });
});
