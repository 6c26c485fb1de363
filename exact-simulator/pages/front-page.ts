/*
 * The page at /: the limits as gauges, buttons for what can go wrong, what was posted and which
 * calls came in. It needs no script; `?live=1` makes the browser load it again by itself.
 */
import { dutchWallMs } from '../clock/dutch.ts';
import { isMaintenance } from '../clock/maintenance.ts';
import { settingsState } from '../control/state.ts';
import type { Request } from '../http/answer.ts';
import { DEMO_PASSWORD, DEMO_USER_NAME } from '../oauth/registration.ts';
import { DIVISIONS } from '../seed/company.ts';
import type { Simulation } from '../simulation.ts';
import { actions } from './actions.ts';
import { documents } from './documents.ts';
import { gauges } from './gauges.ts';
import { escapeHtml, page, stamp } from './layout.ts';
import { calls, webhooks } from './traffic.ts';

const LIVE_SECONDS = 3;

const LINKS = [
  ['/control/state', 'State, limits and counts'],
  ['/control/calls', 'Call log'],
  ['/control/webhooks', 'Webhooks'],
  ['/control/nemesis', 'Injected faults'],
  ['/control/records/purchaseorder/PurchaseOrders', 'Purchase orders'],
  ['/control/records/salesorder/SalesOrders', 'Sales orders'],
  ['/control/records/sync/Inventory/StockPositions', 'Stock positions'],
  ['/control/records/logistics/Items', 'Items'],
] as const;

function facts(sim: Simulation): string {
  const { seed, items, day } = sim.seedState();
  const companies = DIVISIONS.map((d) => `${d.code} ${escapeHtml(d.name)}`).join('<br>');
  const uris = sim.registration.redirectUris.map((uri) => `<code>${escapeHtml(uri)}</code>`);
  const links = LINKS.map(([url, text]) => `<a href="${url}">${text}</a>`);
  const rows = [
    ['Companies', companies],
    ['Sign in', `<code>${DEMO_USER_NAME}</code> / <code>${DEMO_PASSWORD}</code>`],
    ['Client id', `<code>${escapeHtml(sim.registration.clientId)}</code>`],
    ['Redirect URIs', uris.join('<br>')],
    ['Seed', `${seed}, ${items} items, stands on ${day}`],
    ['Look inside', links.join(' · ')],
  ];
  return `<section class="sheet"><h2>What is here</h2>
    <dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl></section>`;
}

function head(sim: Simulation, live: boolean): string {
  const nowMs = sim.clock.nowMs();
  const maintained = settingsState(sim).maintenance && isMaintenance(sim.clock);
  const marks = [
    ...(sim.clock.state().frozen ? ['<span class="mark warn">clock stands still</span>'] : []),
    ...(maintained ? ['<span class="mark bad">maintenance</span>'] : []),
  ];
  const other = live ? '<a href="/">Stop following</a>' : '<a href="/?live=1">Follow live</a>';
  return `<header class="head"><div><h1>Exact Online simulator</h1>
    <p class="soft">A stand-in for Exact Online’s REST API. It keeps its own company; nothing here
    reaches a real administration.</p></div>
    <p><span class="clock">${stamp(dutchWallMs(nowMs))}</span> <span class="soft">Dutch time</span>
    ${marks.join(' ')} ${other}</p></header>`;
}

/** The HTML of the front page. */
export function frontPage(sim: Simulation, request: Request): string {
  const live = request.query.get('live') === '1';
  const before = Number(request.query.get('before') ?? NaN);
  const refresh = live ? `<meta http-equiv="refresh" content="${LIVE_SECONDS}">` : '';
  const body = `${head(sim, live)}
    <div class="columns"><div class="stack">${gauges(sim)}${facts(sim)}</div>${actions(sim)}</div>
    ${documents(sim)}${webhooks(sim)}${calls(sim, Number.isInteger(before) ? before : undefined)}`;
  return page('Exact Online simulator', body, false, refresh);
}
