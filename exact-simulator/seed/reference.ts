/*
 * Seeds the small lists that counts, returns, orders and items refer to. It comes after the orders,
 * so that it changes none of the guids seeded before.
 */
import { MAIN_DIVISION } from './company.ts';
import { put, type Seeding } from './context.ts';

/** Each group with what its items have in common. */
const GROUPS = [
  ['HW', 'Hardware and consumables', '"IsBatchItem" = 0 AND "IsSerialItem" = 0'],
  ['CHEM', 'Paint, sealant and chemicals', '"IsBatchItem" = 1 AND "FreeBoolField_01" = 1'],
  ['MAT', 'Material by batch', '"IsBatchItem" = 1 AND "FreeBoolField_01" = 0'],
  ['DEV', 'Devices with serial number', '"IsSerialItem" = 1'],
] as const;

/** What a reason is for: the codes of `ReasonCodesLinkTypes` in this company. */
const REASON_TYPES = [
  [10, 'Stock count'],
  [20, 'Purchase return'],
  [30, 'Sales return'],
] as const;

const REASONS: readonly (readonly [code: string, description: string, types: number[]])[] = [
  ['DAMAGED', 'Damaged', [10, 20, 30]],
  ['EXPIRED', 'Past its date', [10, 20]],
  ['FOUND', 'Found', [10]],
  ['LOST', 'Lost', [10]],
  ['WRONG', 'Wrong item delivered', [20, 30]],
  ['REGRET', 'Not wanted any more', [30]],
];

const SHIPPING = [
  ['PNL', 'PostNL parcel'],
  ['DHL', 'DHL For You'],
  ['OWN', 'Own van'],
  ['PICKUP', 'Collected at the counter'],
] as const;

const SELECTIONS = [
  ['URG', 'Urgent'],
  ['PRJ', 'For a project'],
] as const;

const INCOTERMS = [
  ['EXW', 'Ex works'],
  ['FCA', 'Free carrier'],
  ['DAP', 'Delivered at place'],
  ['DDP', 'Delivered duty paid'],
] as const;

const FEATURES = [
  [1, 'Stock'],
  [2, 'Warehouse management with storage locations'],
  [3, 'Batch and serial numbers'],
  [4, 'Manufacturing'],
  [5, 'Several barcodes per item'],
] as const;

function seedGroups(seeding: Seeding): void {
  for (const [n, [code, description, members]] of GROUPS.entries()) {
    const row = { Code: code, Description: description, IsDefault: Number(n === 0) };
    const id = put(seeding, 'ItemGroups', row);
    seeding.store.run(`UPDATE "Items" SET "ItemGroup" = ? WHERE ${members}`, id);
  }
}

function seedReasons(seeding: Seeding): void {
  for (const [code, description, types] of REASONS) {
    const row = { Code: code, Description: description, Active: 1 };
    const reason = put(seeding, 'ReasonCodes', row);
    for (const [type, text] of REASON_TYPES.filter(([known]) => types.includes(known))) {
      put(seeding, 'ReasonLinkTypes', { Reason: reason, Type: type, TypeDescription: text });
    }
  }
}

function seedTerms(seeding: Seeding): void {
  for (const [code, description] of SHIPPING) {
    put(seeding, 'ShippingMethods', { Code: code, Description: description, Active: 1 });
  }
  for (const [code, description] of SELECTIONS) {
    put(seeding, 'SelectionCodes', { Code: code, Description: description, Active: 1 });
  }
  for (const [n, [code, description]] of INCOTERMS.entries()) {
    const row = { ID: n + 1, Code: code, Description: description, Version: 2020 };
    put(seeding, 'Incoterms', row);
  }
  for (const [id, description] of FEATURES) {
    put(seeding, 'AvailableFeatures', { ID: id, Description: description });
  }
}

function seedAssortment(seeding: Seeding): void {
  for (const [n, season] of ['All year', 'Building season'].entries()) {
    put(seeding, 'ItemAssortments', { Code: n + 1, Description: season, Division: MAIN_DIVISION });
    for (const [code, description] of [
      ['A', 'Always in stock'],
      ['B', 'On demand'],
    ] as const) {
      put(seeding, 'ItemAssortmentProperties', {
        ...{ ItemAssortmentCode: n + 1, Code: code, Description: description },
      });
    }
  }
}

/** Each customer has a number of its own for two items, and every account one bank account. */
function seedAccountDetails(seeding: Seeding): void {
  const { customers, suppliers, items } = seeding;
  for (const [n, account] of customers.entries()) {
    for (const item of items.slice(n * 2, n * 2 + 2)) {
      put(seeding, 'CustomerItems', {
        ...{ Account: account, Item: item.id, Type: 'I' },
        CustomerItemCode: `C${n + 1}-${item.ware.code}`,
      });
    }
  }
  for (const [n, account] of [...customers, ...suppliers].entries()) {
    const iban = `NL${10 + n}TEST0${String(123_456_700 + n)}`;
    put(seeding, 'BankAccounts', {
      ...{ Account: account, BankAccount: iban, IBAN: iban, BICCode: 'TESTNL2A', Main: 1 },
      ...{ BankName: 'Testbank', Type: 'BNK', BankAccountHolderName: null, Description: null },
    });
  }
}

/** A deposit that goes with one item. */
function seedCharge(seeding: Seeding): void {
  const [item] = seeding.items;
  if (!item) return;
  put(seeding, 'ItemChargeRelations', {
    ...{ ItemID: item.id, ChargeCode: 'DEPOSIT', ChargeDescription: 'Crate deposit', Amount: 2.5 },
    ...{ ChargeID: seeding.writer.newId(), Currency: 'EUR', Quantity: 1, ChargeVATCode: '2  ' },
    ...{ ChargeVATPercentage: 0.21, ChargeVATType: 'E', ChargeVATDescription: 'VAT 21%' },
  });
}

/** Seeds all lists nobody counts stock in. */
export function seedReference(seeding: Seeding): void {
  seedGroups(seeding);
  seedReasons(seeding);
  seedTerms(seeding);
  seedAssortment(seeding);
  seedAccountDetails(seeding);
  seedCharge(seeding);
}
