/*
 * Writing master data (Exact KB, write semantics, errors): refusals first, then what follows from a
 * write. For every entity that can be changed: what was read may be sent back.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allEntities } from '../../exact-simulator/odata/catalogue.ts';
import { messageOf, only, parsed, peek, record } from './helpers.ts';
import { at, refused, WritingStage } from './writing-stage.ts';

let stage: WritingStage;
beforeAll(async () => {
  stage = await WritingStage.make();
});
afterAll(async () => {
  await stage.exact.close();
});

describe('a PUT that sends back everything that was read', () => {
  /** Booked documents, which refuse any change by their own rules. */
  const BOOKED = /^(?:Inventory\/Stock(?:Batch|Serial)Numbers|Webhooks\/WebhookSubscriptions)$/;
  const changeable = allEntities().filter(
    (of) => of.methods.includes('PUT') && of.methods.includes('GET') && !BOOKED.test(of.name),
  );

  it.each(changeable.map((of) => of.path))(
    '%s: 204, and nothing changed but the stamp',
    async (path) => {
      const of = only(changeable.filter((e) => e.path === path));
      for (const row of await peek(stage.exact, `${path}?$top=3`)) {
        const id = row[of.key.name];
        const read = await stage.row(path, id);
        const answer = await stage.put(path, id, read);
        expect([answer.status, answer.text]).toEqual([204, '']);
        const after = await stage.row(path, id);
        const stamps = /^(?:Modified|ModifiedDate|sysmodified|Modifier.*|ModifiedBy.*)$/;
        for (const [name, value] of Object.entries(read)) {
          if (!stamps.test(name)) expect(after[name], name).toEqual(value);
        }
      }
    },
  );
});

describe('master data', () => {
  it.each([
    ['logistics/Items', {}, 'Mandatory: Code\r\nMandatory: Description'],
    ['logistics/SupplierItem', {}, 'Mandatory: Item'],
    ['inventory/ItemWarehouses', {}, 'Mandatory: Item\r\nMandatory: Warehouse'],
    ['logistics/CustomerItems', {}, 'Mandatory: Account\r\nMandatory: Item'],
    ['crm/Accounts', {}, 'Mandatory: Name'],
    ['logistics/Items', { Code: 'x', Description: 'y', IsSalesItem: 'perhaps' }, "'Edm.Boolean'"],
    ['logistics/Items', { Code: 'x', Description: 'y', SecurityLevel: 1.5 }, "'Edm.Int32'"],
    ['logistics/Items', { Code: 'x', Description: 'y', StartDate: 'soon' }, "'Edm.DateTime'"],
    ['logistics/Items', { Code: 'x', Description: 'y', Nothing: 1 }, "property name 'Nothing'"],
  ])('%s %j is a 400', async (path, body, message) => {
    const [status, text] = await refused(stage.post(path, body));
    expect([status, text]).toEqual([400, expect.stringContaining(message)]);
  });

  it('a broken rule is a 500 with a message', async () => {
    const nobody = '11111111-1111-1111-1111-111111111111';
    const bolt = (await stage.itemNamed('BLT-001'))['ID'];
    const supply = await stage.find('logistics/SupplierItem', `Item eq guid'${String(bolt)}'`);
    const link = await stage.find('inventory/ItemWarehouses', `Item eq guid'${String(bolt)}'`);
    const both = { Item: bolt, Warehouse: link['Warehouse'] };
    const offer = {
      Item: bolt,
      PurchaseUnit: 'pc',
      PurchasePrice: 1,
      ItemUnit: supply['ItemUnit'],
    };
    const cases: [string, unknown, string][] = [
      ['logistics/Items', { Code: 'BLT-001', Description: 'again' }, 'Already exists: BLT-001'],
      ['logistics/Items', { Code: 'z', Description: 'z', ItemGroup: nobody }, 'Invalid: ItemGroup'],
      ['logistics/Items', { Code: 'z', Description: 'z', Unit: 'ell' }, 'Invalid: Unit'],
      ['logistics/Items', { Code: 'z', Description: 'z'.repeat(61) }, 'Invalid: Description'],
      ['inventory/ItemWarehouses', both, 'Data already exists'],
      ['inventory/ItemWarehouses', { ...both, Item: nobody }, 'Invalid: Item'],
      ['logistics/SupplierItem', { ...offer, Supplier: supply['Supplier'] }, 'Data already exists'],
      ['logistics/SupplierItem', { ...offer, Supplier: nobody }, 'Invalid: Supplier'],
      ['inventory/Warehouses', { Code: '1' }, 'Already exists: 1'],
      ['crm/Accounts', { Name: 'x', Code: '50001' }, 'Already exists'],
    ];
    for (const [path, body, message] of cases) {
      const [status, text] = await refused(stage.post(path, body));
      expect([path, status, text]).toEqual([path, 500, expect.stringContaining(message)]);
    }
    await stage.exact.control('POST', '/settings', { language: 'nl' });
    const dutch = await refused(stage.post('inventory/ItemWarehouses', both));
    expect(dutch).toEqual([500, 'Gegeven bestaat reeds.']);
    await stage.exact.control('POST', '/settings', { language: 'en' });
  });

  it('what is used elsewhere is not deleted', async () => {
    const bolt = await stage.itemNamed('BLT-001');
    const supplier = await stage.find('crm/Accounts', `trim(Code) eq '50001'`);
    const warehouse = await stage.find('inventory/Warehouses', `Code eq '2'`);
    for (const [path, id, name] of [
      ['logistics/Items', bolt['ID'], 'BLT-001 - Used in: '],
      ['crm/Accounts', supplier['ID'], 'Van der Berg Bevestiging - Used in: '],
      ['inventory/Warehouses', warehouse['ID'], '2 - Used in: '],
    ] as const) {
      const [status, text] = await refused(stage.remove(path, id));
      expect([status, text]).toEqual([500, expect.stringContaining(`Cannot delete: ${name}`)]);
    }
    const company = await stage.exact.call('DELETE', '123456/system/Divisions(123456)');
    expect(messageOf(company)).toContain('Cannot delete: 123456 - Used in: Items');
  });

  it('an item is made with its defaults, changed in part, and deleted with its trace', async () => {
    const group = await stage.find('logistics/ItemGroups', `Code eq 'HW'`);
    const item = await stage.made('logistics/Items', {
      ...{ Code: 'NEW-1', Description: 'New', IsSalesItem: true, CostPriceStandard: '1.5' },
      ...{ ItemGroup: group['ID'], Unit: 'box', IsBatchItem: true },
    });
    expect(item).toMatchObject({
      ...{ Unit: 'box     ', UnitDescription: 'Box', ItemGroupCode: 'HW', CostPriceStandard: 1.5 },
      ...{ IsBatchItem: 1, IsSerialItem: false, IsStockItem: false, Creator: expect.any(String) },
    });
    expect((await stage.put('logistics/Items', item['ID'], { ExtraDescription: 'x' })).status).toBe(
      204,
    );
    const after = await stage.row('logistics/Items', item['ID']);
    expect(after).toMatchObject({ ExtraDescription: 'x', Description: 'New', Code: 'NEW-1' });
    expect((await refused(stage.put('logistics/Items', item['ID'], { Code: null })))[0]).toBe(400);
    const supplier = await stage.find('crm/Accounts', `trim(Code) eq '50001'`);
    const unit = await stage.find('logistics/Units', `Code eq 'pc      '`);
    const offer = await stage.made('logistics/SupplierItem', {
      ...{ Item: item['ID'], Supplier: supplier['ID'], ItemUnit: unit['ID'], PurchaseUnit: 'box' },
      ...{ PurchasePrice: 12, PurchaseUnitFactor: 6, MainSupplier: true },
    });
    expect(offer).toMatchObject({ PurchaseUnit: 'box     ', ItemCode: 'NEW-1' });
    expect((await stage.remove('logistics/Items', item['ID'])).status).toBe(204);
    expect((await stage.exact.call('GET', at('logistics/Items', item['ID']))).status).toBe(404);
    const gone = await peek(stage.exact, 'sync/Deleted?$filter=EntityType eq 9');
    expect(gone.map((row) => row['EntityKey'])).toContain(item['ID']);
    expect((await stage.exact.call('GET', at('logistics/SupplierItem', offer['ID']))).status).toBe(
      404,
    );
  });

  it('without Prefer only the key and the flags of type Byte are filled', async () => {
    const answer = await stage.exact.call('POST', at('logistics/Items'), {
      Code: 'NEW-2',
      Description: 'x',
    });
    const d = record(parsed(answer)['d']);
    expect(answer.headers.get('location')).toContain(`/logistics/Items(guid'${String(d['ID'])}')`);
    expect(d).toMatchObject({ Code: null, Description: null, IsBatchItem: 0, IsSerialItem: null });
  });

  it('an account gets the next code; country and code are padded', async () => {
    const account = await stage.made('crm/Accounts', {
      Name: 'Nieuw',
      IsSupplier: true,
      Country: 'BE',
    });
    expect(account).toMatchObject({ Country: 'BE ', IsPurchase: true, Blocked: false });
    expect(account['Code']).toMatch(/^ +\d+$/);
    expect((await stage.remove('crm/Accounts', account['ID'])).status).toBe(204);
  });

  it('there is always exactly one main warehouse', async () => {
    const third = await stage.made('inventory/Warehouses', { Code: '3', Description: 'Third' });
    const mains = async () =>
      (await peek(stage.exact, 'inventory/Warehouses?$filter=Main eq 1')).map((row) => row['Code']);
    expect((await stage.put('inventory/Warehouses', third['ID'], { Main: 1 })).status).toBe(204);
    expect(await mains()).toEqual(['3']);
    expect((await refused(stage.put('inventory/Warehouses', third['ID'], { Main: 0 })))[0]).toBe(
      500,
    );
    expect((await refused(stage.remove('inventory/Warehouses', third['ID'])))[0]).toBe(500);
    const first = await stage.find('inventory/Warehouses', `Code eq '1'`);
    await stage.put('inventory/Warehouses', first['ID'], { Main: 1 });
    expect((await stage.remove('inventory/Warehouses', third['ID'])).status).toBe(204);
    expect(await mains()).toEqual(['1']);
  });

  it('linking an item to a warehouse gives it a stock position there', async () => {
    const item = await stage.made('logistics/Items', {
      Code: 'NEW-3',
      Description: 'x',
      IsStockItem: true,
    });
    const shop = await stage.find('inventory/Warehouses', `Code eq '2'`);
    const link = await stage.made('inventory/ItemWarehouses', {
      ...{ Item: item['ID'], Warehouse: shop['ID'], ReorderPoint: 3, OrderPolicy: 1 },
    });
    expect(link).toMatchObject({ CurrentStock: 0, ProjectedStock: 0, ItemCode: 'NEW-3' });
    const location = only(
      await peek(stage.exact, `inventory/StorageLocations?$filter=Code eq 'RCV'`),
    );
    const elsewhere = { DefaultStorageLocation: location['ID'] };
    const [status, text] = await refused(
      stage.put('inventory/ItemWarehouses', link['ID'], elsewhere),
    );
    expect([status, text]).toEqual([500, 'Invalid: DefaultStorageLocation']);
    expect((await stage.remove('inventory/ItemWarehouses', link['ID'])).status).toBe(204);
    const main = await stage.find(
      'inventory/ItemWarehouses',
      `ItemCode eq 'BLT-001' and CurrentStock gt 0`,
    );
    const [used] = await refused(stage.remove('inventory/ItemWarehouses', main['ID']));
    expect(used).toBe(500);
  });

  it('prices and customer items come, change and go', async () => {
    const bolt = (await stage.itemNamed('BLT-001'))['ID'];
    const price = await stage.made('logistics/SalesItemPrices', {
      Item: bolt,
      Price: 9,
      Unit: 'ctn',
    });
    expect(price).toMatchObject({ Unit: 'ctn     ', Quantity: 1, NumberOfItemsPerUnit: 1 });
    expect((await stage.put('logistics/SalesItemPrices', price['ID'], { Price: 8 })).status).toBe(
      204,
    );
    expect((await stage.remove('logistics/SalesItemPrices', price['ID'])).status).toBe(204);
    const customer = await stage.find('crm/Accounts', `trim(Code) eq '10006'`);
    const named = await stage.made('logistics/CustomerItems', {
      ...{ Account: customer['ID'], Item: bolt, CustomerItemCode: 'K1' },
    });
    expect(named['AccountCode']).toBe(customer['Code']);
    expect((await stage.remove('logistics/CustomerItems', named['ID'])).status).toBe(204);
  });
});
