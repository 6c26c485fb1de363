/*
 * What was posted, by kind, newest first. Kinds are read from the sources: a document that becomes
 * writable appears here without being named twice.
 */
import { entity } from '../odata/catalogue.ts';
import type { Simulation } from '../simulation.ts';
import type { Row } from '../store/database.ts';
import { sources, tableOf, tables } from '../store/sources.ts';
import { escapeHtml, stamp, table } from './layout.ts';

const SHOWN_PER_KIND = 8;

/** Documents a scanning app posts, in the order of a working day (Exact KB, summary of calls). */
const KINDS: readonly (readonly [entityName: string, title: string])[] = [
  ['PurchaseOrder/GoodsReceipts', 'Goods receipts'],
  ['PurchaseOrder/PurchaseReturns', 'Purchase returns'],
  ['SalesOrder/GoodsDeliveries', 'Goods deliveries'],
  ['Inventory/StockCounts', 'Stock counts'],
  ['Inventory/WarehouseTransfers', 'Transfers'],
  ['Manufacturing/MaterialIssues', 'Material issues'],
  ['Manufacturing/MaterialReversals', 'Material reversals'],
  ['Manufacturing/ShopOrderReceipts', 'Shop order receipts'],
  ['Manufacturing/ShopOrderReversals', 'Shop order reversals'],
];

const NUMBERS = [
  ...['ReceiptNumber', 'ReturnNumber', 'DeliveryNumber', 'StockCountNumber', 'TransferNumber'],
  ...['EntryNumber', 'ShopOrderNumber'],
];
const TEXTS = ['YourRef', 'Description', 'Remarks', 'Quantity', 'TrackingNumber'];
/** Partner, place and goods of a document, as far as its kind has them. */
const WHAT = [
  ...['SupplierName', 'DeliveryAccountName', 'DeliverToName', 'ShopOrderNumber', 'ItemDescription'],
  ...['WarehouseDescription', 'WarehouseFromDescription', 'WarehouseToDescription'],
];
const MADE = ['Created', 'CreatedDate', 'syscreated'];

function firstOf(row: Row, names: readonly string[]): string {
  const found = names.find((name) => row[name] !== null && row[name] !== undefined);
  return found === undefined ? '' : String(row[found]);
}

/** A link to the row as the API would show it. */
function link(path: string, key: string, id: string, text: string): string {
  const url = `/control/records/${path}?$filter=${key} eq guid'${id}'`;
  return `<a href="${escapeHtml(encodeURI(url))}">${escapeHtml(text)}</a>`;
}

function documentRow(entityName: string, row: Row): string[] {
  const of = entity(entityName);
  const id = String(row[of.key.name]);
  const made = firstOf(row, MADE);
  return [
    link(of.path, of.key.name, id, firstOf(row, NUMBERS) || id.slice(0, 8)),
    made === '' ? '' : stamp(Number(made)).slice(0, 16),
    joined(row, WHAT),
    joined(row, TEXTS),
  ];
}

function joined(row: Row, names: readonly string[]): string {
  const found = names.map((name) => row[name]).filter((v) => v !== null && v !== undefined);
  return escapeHtml([...new Set(found)].filter((v) => v !== '').join(' · '));
}

function kindSection(sim: Simulation, entityName: string, title: string): string {
  const name = tableOf(entityName);
  const key = tables[name]?.key ?? '';
  const ids = sim.store.all(
    `SELECT "${key}" AS id FROM "${name}" ORDER BY "_rowversion" DESC LIMIT ${SHOWN_PER_KIND}`,
  );
  const own = entity(entityName).key.name;
  const rows = ids.flatMap(({ id }) =>
    sim.store.all(`SELECT * FROM "${entityName}" WHERE "${own}" = ? LIMIT 1`, id ?? null),
  );
  if (rows.length === 0) return '';
  const total = Number(sim.store.get(`SELECT count(*) AS n FROM "${name}"`)?.['n']);
  const head = ['No.', 'Created (NL)', 'Whom, what, where', 'Texts'];
  const shown = rows.map((row) => documentRow(entityName, row));
  return `<h3>${title} (${total})</h3>${table(head, shown, '')}`;
}

/** The sheet with the latest documents of every kind that has some. */
export function documents(sim: Simulation): string {
  const served = KINDS.filter(([name]) => sources[name] !== undefined);
  const sections = served.map(([name, title]) => kindSection(sim, name, title)).join('');
  return `<section class="sheet"><h2>Posted</h2>
    ${sections === '' ? '<p class="soft">Nothing was posted yet.</p>' : sections}</section>`;
}
