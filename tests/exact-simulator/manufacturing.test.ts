/*
 * Manufacturing around the bookings: what is seeded and served, shop orders and their plans, bills
 * of material, hours, work centres, what sync tells, and assembly.
 */
import { describe, expect, it } from 'vitest';
import { allEntities } from '../../exact-simulator/odata/catalogue.ts';
import { messageOf, only, peek, rowsOf } from './helpers.ts';
import { plansIn, shopFloor } from './shop-floor-stage.ts';

const floor = shopFloor();
const {
  booked,
  call,
  create,
  deletedTypes,
  itemId,
  location,
  order,
  plan,
  position,
  post,
  put,
  remove,
  row,
} = floor;

describe('what is served', () => {
  it('every manufacturing and assembly entity of the table, with each of its fields', async () => {
    const wanted = allEntities().filter((one) => {
      const ours = one.name.includes('Manufacturing/') || one.name.includes('Assembly');
      return ours && one.methods.includes('GET');
    });
    expect(wanted).toHaveLength(39);
    for (const of of wanted) {
      const fields = [...of.properties.values()].filter((p) => p.type !== 'Collection');
      const select = fields.map((p) => p.name).join(',');
      const answer = await call('GET', `${of.path}?$select=${select}`);
      expect([of.name, answer.status]).toEqual([of.name, 200]);
    }
  });

  it('the seeded orders the README names', async () => {
    const shown = await order(30_000_007);
    expect(shown).toMatchObject({
      ...{ ItemCode: 'FUN-001', PlannedQuantity: 4, Status: 10, WarehouseCode: '1' },
      ...{ ShopOrderMaterialPlanCount: 4, ShopOrderByProductPlanCount: 1, Type: 9040 },
      ...{ ShopOrderMaterialPlanBackflushCount: 1, ShopOrderRoutingStepPlanCount: 2 },
      ...{ ShopOrderNumberString: '30000007', ItemVersionDescription: 'FUN-001 version 1' },
    });
    expect(plansIn(shown).map((one) => [one['ItemCode'], one['PlannedQuantity']])).toEqual([
      ...[
        ['VLV-001', 8],
        ['OIL-001', 4],
        ['PRX-001', 4],
        ['SCR-001', 16],
      ],
      ['ROD-001', 4],
    ]);
    expect((await order(30_000_008))['WarehouseCode']).toBe('2');
    expect((await order(30_000_009))['IsBatch']).toBe(1);
    expect(await order(30_000_010)).toMatchObject({ IsSerial: 1, SubShopOrderCount: 1 });
    expect((await order(30_000_011))['ShopOrderParentNumber']).toBe(30_000_010);
    expect([
      (await order(30_000_012))['IsOnHold'],
      (await order(30_000_013))['IsReleased'],
    ]).toEqual([1, 0]);
  });

  it('plan details with stock, planning, default location and stock locations of the order', async () => {
    const of = await plan(30_000_007, 'OIL-001');
    const held = await position(of['Item'], of['Warehouse']);
    expect(of).toMatchObject({
      ...{ IsBatch: 1, IsSerial: 0, Stock: held['CurrentStock'], RemainingQuantity: 4 },
      ...{ PlannedOut: held['PlannedStockOut'], ShopOrderNumber: 30_000_007, Calculator: null },
    });
    expect(of['DefaultItemStorageLocationCode']).toMatch(/^[ABC]-0\d-\d$/);
    const path = `manufacturing/ShopOrderMaterialPlanDetails(guid'${String(of['ID'])}')`;
    const places = rowsOf(await call('GET', `${path}/StockLocations`));
    expect(places.map((one) => one['StorageLocationCode'])).toContain('A-01-1');
    expect(new Set(places.map((one) => one['WarehouseCode']))).toEqual(new Set(['1']));
    const sum = places.reduce((total, one) => total + Number(one['Stock']), 0);
    expect(sum).toBe(of['Stock']);
    const expanded = await call('GET', `${path}?$expand=StockLocations&$select=ID,StockLocations`);
    expect(expanded.text).toContain('A-01-1');
  });

  it('steps to work on, what is running and what was done, below read', async () => {
    const available = await peek(
      floor.exact(),
      'read/manufacturing/ShopOrderRoutingStepPlansAvailableToWork?$orderby=ShopOrderNumber,LineNumber',
    );
    const numbers = new Set(available.map((one) => one['ShopOrderNumber']));
    expect(numbers).toEqual(new Set([30_000_007, 30_000_008, 30_000_009, 30_000_010, 30_000_011]));
    expect(available[0]).toMatchObject({ OperationCode: 'ASM', WorkcenterCode: 'ASM', Mode: 10 });
    expect(available[0]?.['RunTimedTimeTransaction']).not.toBeNull();
    const started = await peek(floor.exact(), 'read/manufacturing/StartedTimedTimeTransactions');
    expect(only(started)).toMatchObject({ ShopOrderNumber: 30_000_007, Type: 20, EndTime: null });
    const recent = await peek(floor.exact(), 'read/manufacturing/RecentTimeTransactions');
    expect(only(recent)).toMatchObject({ Type: 10, LaborHours: 0.5, ItemCode: 'FUN-001' });
  });

  it('links to sub orders and purchase orders in sync', async () => {
    const sub = only(await peek(floor.exact(), 'sync/Manufacturing/ShopOrderSubOrders'));
    expect([sub['ShopOrderNumber'], sub['ShopOrderParentNumber']]).toEqual([
      30_000_011, 30_000_010,
    ]);
    const planned = only(await peek(floor.exact(), 'sync/Manufacturing/ShopOrderPurchasePlanning'));
    expect([planned['ShopOrderNumber'], planned['PurchaseOrderNumber']]).toEqual([
      30_000_003, 10_000_002,
    ]);
  });
});

describe('shop orders', () => {
  it('are refused for items that are not made, broken quantities and foreign versions', async () => {
    const make = (body: Record<string, unknown>) => call('POST', 'manufacturing/ShopOrders', body);
    const Item = await itemId('FUN-001');
    expect((await make({ Item: await itemId('VLV-001'), PlannedQuantity: 1 })).status).toBe(500);
    expect((await make({ Item, PlannedQuantity: 0 })).status).toBe(500);
    expect((await make({ Item, PlannedQuantity: 1.5 })).status).toBe(500);
    expect((await make({ Item })).status).toBe(400);
    const foreign = (await order(30_000_009))['ItemVersion'];
    expect((await make({ Item, PlannedQuantity: 1, ItemVersion: foreign })).status).toBe(500);
    expect((await make({ Item, PlannedQuantity: 1, Warehouse: Item })).status).toBe(500);
  });

  it('come from the bill of material, with a number, a priority and planning', async () => {
    const Item = await itemId('FUN-001');
    const valve = await plan(30_000_007, 'VLV-001');
    const before = await position(valve['Item'], valve['Warehouse']);
    const id = await create('ShopOrders', { Item, PlannedQuantity: 5, PlannedDate: '2026-12-01' });
    const made = await order(30_000_014);
    expect(made).toMatchObject({ ID: id, Status: 10, IsReleased: 1, WarehouseCode: '1' });
    expect(plansIn(made).map((one) => one['PlannedQuantity'])).toEqual([10, 5, 5, 20, 5]);
    const after = await position(valve['Item'], valve['Warehouse']);
    expect(after['PlannedStockOut']).toBe(Number(before['PlannedStockOut']) + 10);
    const steps = rowsOf(
      await call('GET', `manufacturing/ShopOrders(guid'${id}')/ShopOrderRoutingStepPlans`),
    );
    expect(steps.map((one) => one['PlannedTotalHours'])).toEqual([1.75, 1.75]);
    const priority = await row('ShopOrderPriorities', 'ShopOrder', id);
    expect((await put('ShopOrderPriorities', priority['ID'], { Mode: 30 })).status).toBe(204);
    expect((await row('ShopOrderPriorities', 'ShopOrder', id))['Mode']).toBe(30);
  });

  it('carry their plans along when their quantity changes', async () => {
    const id = (await order(30_000_007))['ID'];
    const screws = await plan(30_000_007, 'SCR-001');
    const before = await position(screws['Item'], screws['Warehouse']);
    expect((await put('ShopOrders', id, { PlannedQuantity: 6, Notes: 'rush' })).status).toBe(204);
    expect((await plan(30_000_007, 'SCR-001'))['PlannedQuantity']).toBe(24);
    const after = await position(screws['Item'], screws['Warehouse']);
    expect(after['PlannedStockOut']).toBe(Number(before['PlannedStockOut']) + 8);
    expect((await put('ShopOrders', id, { Item: await itemId('MIX-001') })).status).toBe(500);
    expect((await put('ShopOrders', id, { PlannedQuantity: -1 })).status).toBe(500);
    expect((await order(30_000_007))['Notes']).toBe('rush');
  });

  it('go with their plans and steps, named in sync/Deleted, unless something is booked', async () => {
    const before = await peek(floor.exact(), 'sync/Deleted');
    const valve = await plan(30_000_007, 'VLV-001');
    const planned = Number((await position(valve['Item'], valve['Warehouse']))['PlannedStockOut']);
    expect((await remove('ShopOrders', (await order(30_000_007))['ID'])).status).toBe(204);
    const types = await deletedTypes(before);
    expect(types.filter((one) => one === 37)).toHaveLength(5);
    expect([...new Set(types)].sort()).toEqual([36, 37, 38]);
    const after = await position(valve['Item'], valve['Warehouse']);
    expect(after['PlannedStockOut']).toBe(planned - 8);
    await booked('ShopOrderReceipts', { ShopOrder: (await order(30_000_008))['ID'], Quantity: 1 });
    const refused = await remove('ShopOrders', (await order(30_000_008))['ID']);
    expect(messageOf(refused)).toBe('Cannot delete: 30000008 - Used in: StockTransactions');
    expect((await remove('ShopOrders', (await order(30_000_010))['ID'])).status).toBe(500);
  });
});

describe('plans', () => {
  it('are refused for unknown orders and items, and backflush of numbered items', async () => {
    const ShopOrder = (await order(30_000_009))['ID'];
    const Item = await itemId('OIL-001');
    const make = (body: object) => call('POST', 'manufacturing/ShopOrderMaterialPlans', body);
    expect((await make({ ShopOrder, Item: ShopOrder })).status).toBe(500);
    expect((await make({ ShopOrder: Item, Item })).status).toBe(500);
    expect((await make({ ShopOrder, Item, Backflush: 1 })).status).toBe(500);
    expect((await make({ ShopOrder, Item, Type: 3 })).status).toBe(500);
  });

  it('are added, changed and deleted, with planning and counts following', async () => {
    const of = await order(30_000_009);
    const Item = await itemId('VLV-001');
    const out = async () => Number((await position(Item, of['Warehouse']))['PlannedStockOut']);
    const before = await out();
    const plans = 'ShopOrderMaterialPlans';
    const id = await create(plans, { ShopOrder: of['ID'], Item, PlannedQuantity: 12 });
    expect(await plan(30_000_009, 'VLV-001')).toMatchObject({
      ...{ PlannedQuantityFactor: 2, LineNumber: 3, Status: 10, Type: 1 },
    });
    expect(await out()).toBe(before + 12);
    expect((await put(plans, id, { PlannedQuantity: 20 })).status).toBe(204);
    expect(await out()).toBe(before + 20);
    const StorageLocation = await location('A-01-1');
    const issue = { ShopOrderMaterialPlan: id, Quantity: 5, StorageLocation };
    const issued = await booked('MaterialIssues', issue);
    expect(await out()).toBe(before + 15);
    expect((await put(plans, id, { Item: await itemId('BOX-001') })).status).toBe(500);
    expect((await put(plans, id, { PlannedQuantity: 5 })).status).toBe(204);
    expect((await plan(30_000_009, 'VLV-001'))['Status']).toBe(30);
    expect((await remove(plans, id)).status).toBe(500);
    expect((await post('MaterialReversals', { OriginalStockTransactionId: issued })).status).toBe(
      201,
    );
    expect((await order(30_000_009))['ShopOrderMaterialPlanCount']).toBe(3);
  });

  it('of steps take hours along, and hours move a step on', async () => {
    const ShopOrder = (await order(30_000_007))['ID'];
    const Operation = only(await peek(floor.exact(), 'manufacturing/Operations'))['ID'];
    const Employee = floor.exact().running.simulation.user;
    const id = await create('ShopOrderRoutingStepPlans', {
      ...{ ShopOrder, Operation, Run: 2, TimeTransactions: [{ Employee, Hours: 1.5 }] },
    });
    const step = () => row('ShopOrderRoutingStepPlans', 'ID', id);
    expect(await step()).toMatchObject({ Status: 20, LineNumber: 3, PlannedRunHours: 8 });
    const hours = only(
      rowsOf(
        await call('GET', `manufacturing/ShopOrderRoutingStepPlans(guid'${id}')/TimeTransactions`),
      ),
    );
    expect(hours).toMatchObject({ Hours: 1.5, ShopOrder, Status: 10, Activity: 20 });
    expect((await remove('ShopOrderRoutingStepPlans', id)).status).toBe(500);
    expect((await put('TimeTransactions', hours['ID'], { IsOperationFinished: 1 })).status).toBe(
      204,
    );
    expect((await step())['StatusDescription']).toBe('Finished');
    expect((await remove('TimeTransactions', hours['ID'])).status).toBe(204);
    expect((await remove('ShopOrderRoutingStepPlans', id)).status).toBe(204);
    const wrong = { Employee, Hours: 1, RoutingStepPlan: id };
    expect((await call('POST', 'manufacturing/TimeTransactions', wrong)).status).toBe(500);
  });

  it('are clocked: started, stopped with their hours, never ended before they began', async () => {
    const running = only(
      await peek(floor.exact(), 'read/manufacturing/StartedTimedTimeTransactions'),
    );
    const set = 'TimedTimeTransactions';
    const early = { EndTime: '2026-01-01T00:00:00' };
    expect((await put(set, running['ID'], early)).status).toBe(500);
    const stop = { StartTime: '2026-11-18T08:00:00', EndTime: '2026-11-18T10:30:00' };
    expect((await put(set, running['ID'], { ...stop, ProducedQuantity: 2 })).status).toBe(204);
    expect(await row(set, 'ID', running['ID'])).toMatchObject({
      ...{ LaborHours: 2.5, MachineHours: 2.5, ProductionAreaCode: 'P1', OperationCode: 'ASM' },
    });
    expect(await peek(floor.exact(), 'read/manufacturing/StartedTimedTimeTransactions')).toEqual(
      [],
    );
  });
});
