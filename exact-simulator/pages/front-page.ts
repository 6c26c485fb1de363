/*
 * The page at /: says what this is, where things are, what was posted and which calls came in.
 */
import { latestCalls } from '../control/calls.ts';
import { DEMO_PASSWORD, DEMO_USER_NAME } from '../oauth/registration.ts';
import { DIVISIONS } from '../seed/company.ts';
import type { Simulation } from '../simulation.ts';
import type { Row } from '../store/database.ts';
import { escapeHtml, page } from './layout.ts';

const LINKS = [
  ['/control/state', 'State, limits and faults'],
  ['/control/calls', 'Call log as JSON'],
  ['/control/records/purchaseorder/PurchaseOrders', 'Purchase orders'],
  ['/control/records/purchaseorder/GoodsReceipts?$expand=GoodsReceiptLines', 'Goods receipts'],
  ['/control/records/sync/Inventory/StockPositions', 'Stock positions'],
  ['/control/records/logistics/Items', 'Items'],
] as const;

function stamp(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}

function table(head: string[], rows: string[][], none: string): string {
  if (rows.length === 0) return `<p class="soft">${none}</p>`;
  const cells = (tag: string, row: string[]) =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return `<table><thead>${cells('th', head)}</thead>
    <tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table>`;
}

function receiptRow(row: Row): string[] {
  const text = (name: string): string => escapeHtml(String(row[name] ?? ''));
  return [
    text('ReceiptNumber'),
    stamp(Number(row['Created'])),
    text('SupplierName'),
    text('WarehouseDescription'),
    text('GoodsReceiptLineCount'),
    escapeHtml([row['YourRef'], row['Description'], row['Remarks']].filter(Boolean).join(' · ')),
  ];
}

function facts(sim: Simulation): string {
  const { seed, items, day } = sim.seedState();
  const companies = DIVISIONS.map((d) => `${d.code} ${escapeHtml(d.name)}`).join('<br>');
  const uris = sim.registration.redirectUris.map((uri) => `<code>${escapeHtml(uri)}</code>`);
  const rows = [
    ['Clock (UTC)', stamp(sim.clock.nowMs())],
    ['Companies', companies],
    ['Sign in', `<code>${DEMO_USER_NAME}</code> / <code>${DEMO_PASSWORD}</code>`],
    ['Client id', `<code>${escapeHtml(sim.registration.clientId)}</code>`],
    ['Redirect URIs', uris.join('<br>')],
    ['Seed', `${seed}, ${items} items, stands on ${day}`],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

/** The HTML of the front page. */
export function frontPage(sim: Simulation): string {
  const receipts = sim.store.all(
    'SELECT * FROM "PurchaseOrder/GoodsReceipts" ORDER BY "ReceiptNumber" DESC LIMIT 20',
  );
  const calls = latestCalls(sim, 40).map((call) => [
    stamp(call.atMs),
    call.status === 0 ? 'none' : String(call.status),
    call.method,
    `<code>${escapeHtml(call.path.slice(0, 300))}</code>`,
    escapeHtml(call.fault ?? ''),
  ]);
  const links = LINKS.map(([url, text]) => `<li><a href="${url}">${text}</a></li>`).join('');
  const head = ['No.', 'Created (NL)', 'Supplier', 'Warehouse', 'Lines', 'Texts'];
  return page(
    'Exact Online simulator',
    `<div class="sheet"><h1>Exact Online simulator</h1>
    <p>A stand-in for Exact Online's REST API, for building and testing Scandock. It keeps its own
    company; nothing here reaches a real administration.</p>${facts(sim)}</div>
    <div class="sheet"><h2>Look inside</h2><ul>${links}</ul></div>
    <div class="sheet"><h2>Goods receipts</h2>
    ${table(head, receipts.map(receiptRow), 'Nothing was received yet.')}</div>
    <div class="sheet"><h2>Latest API calls</h2>
    ${table(['Time (UTC)', 'Answer', 'Method', 'Path', 'Fault'], calls, 'No calls yet.')}</div>`,
  );
}
