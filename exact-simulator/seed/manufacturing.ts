/*
 * Seeds what manufacturing needs beyond the first six shop orders: bills of material, work centres,
 * stock with numbers one can name, and shop orders that the README describes. It takes no chance
 * but the guids of its own rows, so that everything seeded before it stays as it is.
 */
import { manufacturingEffects } from '../effects/manufacturing.ts';
import { BATCH, moveNumber, SERIAL } from '../effects/numbers.ts';
import { moveStock, replan } from '../effects/stock.ts';
import { insertRow, updateRow } from '../store/rows.ts';
import type { Row } from '../store/database.ts';
import { put, type Seeding, type SqlValue } from './context.ts';
import { MAIN_DIVISION, USER_ID } from './company.ts';

const OPENING_BALANCE = 10;
/** Batches of seeded materials that expire do so in this many days. */
const EXPIRES_IN_DAYS = 400;

function itemId(seeding: Seeding, code: string): string {
  const found = seeding.items.find((item) => item.ware.code === code);
  if (!found) throw new Error(`the seed has no item ${code}`);
  return found.id;
}

/** Writes an entity the way the API would. */
function post(seeding: Seeding, entity: string, fields: Row): string {
  const create = manufacturingEffects[entity]?.create;
  if (!create) throw new Error(`${entity} cannot be created`);
  return create(seeding.writer, { fields, children: {} });
}

interface Lot {
  type: typeof BATCH | typeof SERIAL;
  numbers: readonly string[];
  /** Of each number. */
  quantity: number;
}

const batch = (name: string, quantity: number): Lot => ({
  ...{ type: BATCH, numbers: [name], quantity },
});

const serials = (stem: string, first: number, count: number): Lot => ({
  ...{ type: SERIAL, quantity: 1 },
  numbers: Array.from({ length: count }, (_, n) => `${stem}${String(first + n).padStart(2, '0')}`),
});

/** Materials with stock that has numbers one can name, at A-01-1 and in the outlet. */
const STOCK: readonly { code: string; plain?: number; main?: Lot[]; outlet?: Lot[] }[] = [
  ...[
    { code: 'VLV-001', plain: 200 },
    { code: 'BOX-001', plain: 200 },
  ],
  ...[
    { code: 'TAP-001', plain: 100 },
    { code: 'GLS-001', plain: 100 },
  ],
  {
    ...{ code: 'OIL-001', main: [batch('OIL-L1', 40), batch('OIL-L2', 10)] },
    outlet: [batch('OIL-L3', 25)],
  },
  { code: 'ADH-001', main: [batch('ADH-L1', 30)], outlet: [batch('ADH-L2', 12)] },
  { code: 'CLN-001', main: [batch('CLN-L1', 60)] },
  {
    ...{ code: 'PRX-001', main: [serials('PRX-S', 1, 8)] },
    outlet: [serials('PRX-S', 11, 8)],
  },
];

function stockAt(seeding: Seeding, code: string, lots: Lot[], place: [string, SqlValue]): void {
  const { writer } = seeding;
  const item = itemId(seeding, code);
  const expires = ['ADH-001', 'CLN-001'].includes(code);
  const [warehouse, location] = place;
  for (const lot of lots) {
    for (const name of lot.numbers) {
      moveNumber(writer, {
        ...{ type: lot.type, item, warehouse, location, number: name, quantity: lot.quantity },
        ...{ endDate: expires ? seeding.day(EXPIRES_IN_DAYS) : null, remarks: null },
        ...{ transactionId: writer.newId(), transactionType: OPENING_BALANCE },
      });
      moveStock(writer, item, warehouse, location, lot.quantity);
    }
  }
}

function seedStock(seeding: Seeding): void {
  const { places, writer } = seeding;
  const shelf = places.shelves[0] ?? places.dock;
  for (const { code, plain, main, outlet } of STOCK) {
    stockAt(seeding, code, main ?? [], [places.main, shelf]);
    stockAt(seeding, code, outlet ?? [], [places.outlet, null]);
    if (plain === undefined) continue;
    moveStock(writer, itemId(seeding, code), places.main, shelf, plain);
    moveStock(writer, itemId(seeding, code), places.outlet, null, plain);
  }
  // What is backflushed leaves from the item's default location.
  const screws = seeding.items.find((item) => item.ware.code === 'SCR-001');
  if (!screws) throw new Error('the seed has no item SCR-001');
  moveStock(writer, screws.id, places.main, screws.pickLocation, 300);
  moveStock(writer, screws.id, places.outlet, null, 300);
}

type Part = readonly [code: string, quantity: number, more?: Row];

const BILLS: readonly { item: string; parts: readonly Part[] }[] = [
  {
    item: 'FUN-001',
    parts: [
      ...([
        ['VLV-001', 2],
        ['OIL-001', 1],
        ['PRX-001', 1],
      ] as const),
      ['SCR-001', 4, { Backflush: 1 }],
      ['ROD-001', 1, { Type: 2 }],
    ],
  },
  {
    item: 'MIX-001',
    parts: [
      ['CLN-001', 2],
      ['BOX-001', 1],
    ],
  },
  {
    item: 'SET-001',
    parts: [
      ['FUN-001', 1],
      ['ADH-001', 1],
    ],
  },
];

interface Routing {
  operation: string;
  resource: string;
}

/** One production area, two work centres, an operation in each. */
function seedRouting(seeding: Seeding): Routing[] {
  const area = post(seeding, 'Manufacturing/ProductionAreas', {
    ...{ Code: 'P1', Description: 'Production hall', IsDefault: 1 },
  });
  const centers = [
    ['ASM', 'Assembly bench', 'Assemble'],
    ['TST', 'Test bench', 'Test and label'],
  ] as const;
  return centers.map(([code, bench, operation]) => {
    const center = post(seeding, 'Manufacturing/Workcenters', {
      ...{ Code: code, Description: bench, ProductionArea: area, Status: 10, Type: 10 },
      ...{ Capacity: 8, RunLaborRate: 38, SetupLaborRate: 38 },
    });
    const id = post(seeding, 'Manufacturing/Operations', {
      ...{ Code: code, Description: operation, Searchcode: code },
    });
    const resource = post(seeding, 'Manufacturing/OperationResources', {
      ...{ Operation: id, Workcenter: center, Setup: 0.5, Run: 0.25, IsPrimary: 1 },
      ...{ AttendedPercentage: 100, EfficiencyPercentage: 100, SetupUnit: 'hour' },
    });
    return { operation: id, resource };
  });
}

function seedBills(seeding: Seeding): void {
  const routing = seedRouting(seeding);
  for (const { item, parts } of BILLS) {
    const version = post(seeding, 'Manufacturing/BillOfMaterialVersions', {
      ...{ Item: itemId(seeding, item), Description: `${item} version 1`, ProductionLeadDays: 3 },
    });
    for (const [code, quantity, more] of parts) {
      const line = { ItemVersion: version, PartItem: itemId(seeding, code), Quantity: quantity };
      post(seeding, 'Manufacturing/BillOfMaterialMaterials', { ...line, ...more });
    }
    for (const [n, step] of routing.entries()) {
      post(seeding, 'Manufacturing/BillOfMaterialRoutings', {
        ...{ ItemVersion: version, Operation: step.operation, OperationResource: step.resource },
        ...{ Setup: 0.5, Run: 0.25, Backflush: Number(n === 1) },
      });
    }
  }
}

function seedOrder(seeding: Seeding, code: string, quantity: number, more: Row): string {
  return post(seeding, 'Manufacturing/ShopOrders', {
    ...{ Item: itemId(seeding, code), PlannedQuantity: quantity },
    ...{ Warehouse: seeding.places.main, EntryDate: seeding.day(-2) },
    ...{ PlannedStartDate: seeding.day(0), PlannedDate: seeding.day(4), ProductionLeadDays: 3 },
    ...more,
  });
}

/** Links a sub order to the plan of its parent that needs what it makes. */
function linkSubOrder(seeding: Seeding, parent: string, child: string, code: string): void {
  const plan = seeding.store.get(
    'SELECT "ID" FROM "ShopOrderMaterialPlans" WHERE "ShopOrder" = ? AND "Item" = ?',
    parent,
    itemId(seeding, code),
  );
  put(seeding, 'ShopOrderSubOrders', {
    ...{ ShopOrder: child, ShopOrderParent: parent, ShopOrderMain: parent, Level: 1 },
    ShopOrderMaterialPlan: plan?.['ID'] ?? null,
  });
}

/** Shop orders 30000007 to 30000013; the README tells what each is for. */
function seedOrders(seeding: Seeding): void {
  const shown = seedOrder(seeding, 'FUN-001', 4, { YourRef: 'MO-7' });
  seedOrder(seeding, 'FUN-001', 4, { YourRef: 'MO-8', Warehouse: seeding.places.outlet });
  seedOrder(seeding, 'MIX-001', 6, { YourRef: 'MO-9' });
  const parent = seedOrder(seeding, 'SET-001', 3, { YourRef: 'MO-10' });
  const child = seedOrder(seeding, 'FUN-001', 3, { YourRef: 'MO-11' });
  linkSubOrder(seeding, parent, child, 'FUN-001');
  seedOrder(seeding, 'MIX-001', 2, { YourRef: 'MO-12', IsOnHold: 1 });
  seedOrder(seeding, 'MIX-001', 2, { YourRef: 'MO-13', IsReleased: 0 });
  const step = seeding.store.get(
    'SELECT "ID" FROM "ShopOrderRoutingStepPlans" WHERE "ShopOrder" = ? AND "LineNumber" = 1',
    shown,
  );
  const clock = { Employee: USER_ID, ShopOrderRoutingStepPlan: step?.['ID'] ?? null };
  const setup = { StartTime: seeding.day(-1), EndTime: seeding.day(-1) + 1_800_000, Type: 10 };
  post(seeding, 'Manufacturing/TimedTimeTransactions', { ...clock, ...setup });
  post(seeding, 'Manufacturing/TimedTimeTransactions', { ...clock, Type: 20 });
}

/** The first six orders were seeded without what later became known of orders. */
function completeEarlierOrders(seeding: Seeding): void {
  const { store, writer } = seeding;
  const earlier = store.all(
    'SELECT "ID" FROM "ShopOrders" WHERE "ShopOrderNumber" < 30000007 ORDER BY "ShopOrderNumber"',
  );
  for (const row of earlier) {
    put(seeding, 'ShopOrderPriorities', { ShopOrder: row['ID'] ?? null, Mode: 10, Priority: 0 });
  }
  const third = earlier[2]?.['ID'] ?? null;
  const plan = store.get(
    'SELECT * FROM "ShopOrderMaterialPlans" WHERE "ShopOrder" = ? AND "LineNumber" = 1',
    third,
  );
  const bought = store.get(
    'SELECT "PurchaseOrderID" FROM "PurchaseOrders" WHERE "OrderNumber" = ?',
    10_000_002,
  );
  put(seeding, 'ShopOrderPurchasePlanning', {
    ...{ ShopOrder: third, ShopOrderMaterialPlan: plan?.['ID'] ?? null, Factor: 1 },
    ...{ PurchaseOrder: bought?.['PurchaseOrderID'] ?? null, FactorType: 10 },
    Quantity: plan?.['PlannedQuantity'] ?? null,
  });
  updateRow(writer, 'ShopOrderMaterialPlans', plan?.['ID'] ?? null, { Status: 20 });
  replan(writer, plan?.['Item'] ?? null, seeding.places.main);
}

function seedAssembly(seeding: Seeding): void {
  const sets = [
    ['CNT-001', 'BOX-001', 'TAP-001'],
    ['KIT-001', 'GLS-001', 'OIL-001'],
  ] as const;
  for (const [product, ...parts] of sets) {
    const id = itemId(seeding, product);
    post(seeding, 'Inventory/AssemblyBillOfMaterialHeader', { ID: id });
    for (const [n, part] of parts.entries()) {
      post(seeding, 'Inventory/AssemblyBillOfMaterialMaterials', {
        ...{ AssembledItem: id, PartItem: itemId(seeding, part), Quantity: 2 - n },
      });
    }
  }
  const shelf = seeding.places.shelves[0] ?? null;
  for (const [n, [code, type]] of [
    ...([['CNT-001', 8060]] as const),
    ...([['KIT-001', 8060]] as const),
    ['CNT-001', 8061] as const,
  ].entries()) {
    insertRow(seeding.writer, 'AssemblyOrders', {
      ...{ OrderNumber: 40_000_001 + n, Type: type, OrderStatus: 20, Item: itemId(seeding, code) },
      ...{ PlannedQuantity: 5, FinishedQuantity: 0, Warehouse: seeding.places.main },
      ...{ StorageLocation: shelf, OrderDate: seeding.day(-1), AssemblyDate: seeding.day(1) },
      Description: type === 8060 ? 'Assemble' : 'Disassemble',
    });
  }
}

/** Everything manufacturing and assembly need; runs after all other seeding. */
export function seedManufacturing(seeding: Seeding): void {
  insertRow(seeding.writer, 'ManufacturingSettings', {
    ...{ Division: MAIN_DIVISION, InventoryMainMethod: 3, InventorySubMethod: 10 },
    ...{ SerialNumbersAreMandatory: 1, ShowBackflushMaterials: 1, ShowSubOrderMaterials: 1 },
  });
  seedStock(seeding);
  seedBills(seeding);
  seedOrders(seeding);
  completeEarlierOrders(seeding);
  seedAssembly(seeding);
}
