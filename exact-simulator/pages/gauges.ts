/*
 * The limits as gauges: minute, day and token calls as rings, the error windows as bars.
 */
import { limitsState } from '../control/state.ts';
import type { Simulation } from '../simulation.ts';
import { escapeHtml, stamp } from './layout.ts';

const RADIUS = 42;
const ROUND = 2 * Math.PI * RADIUS;
/** Three quarters of a circle, open at the bottom. */
const SWEEP = 0.75;

const share = (used: number, limit: number): number =>
  limit === 0 ? 1 : Math.min(1, used / limit);

function colour(part: number): string {
  if (part >= 1) return 'var(--accent)';
  return part >= 0.8 ? 'var(--warn)' : 'var(--fill)';
}

function arc(length: number, stroke: string): string {
  return `<circle cx="50" cy="50" r="${RADIUS}" fill="none" stroke="${stroke}" stroke-width="8"
    stroke-linecap="round" stroke-dasharray="${(length * ROUND).toFixed(2)} ${ROUND.toFixed(2)}"
    transform="rotate(135 50 50)"/>`;
}

function ring(name: string, used: number, limit: number, when: string): string {
  const part = share(used, limit);
  const filled = part === 0 ? '' : arc(SWEEP * part, colour(part));
  return `<div class="gauge"><svg viewBox="0 0 100 92" role="img"
    aria-label="${name}: ${used} of ${limit} calls used">${arc(SWEEP, 'var(--track)')}${filled}
    <text x="50" y="54" text-anchor="middle" font-size="24" font-weight="600" fill="var(--ink)">${used}</text>
    <text x="50" y="70" text-anchor="middle" font-size="10.5" fill="var(--soft)">of ${limit}</text></svg>
    <div class="name">${name}</div><div class="when">${when}</div></div>`;
}

/** `c0ff… 123456 purchaseorder/goodsreceipts` without the client, which is always the same. */
function endpointOf(who: string): string {
  return escapeHtml(who.split(' ').slice(1).join(' ').replace(/^- /, ''));
}

function errorBars(sim: Simulation, limit: number): string {
  const bars = sim.velocity.windows().slice(0, 8);
  if (bars.length === 0) return '<p class="soft">No errors in the last hour.</p>';
  const rows = bars.map(({ who, errors, blockedUntilMs }) => {
    const part = blockedUntilMs === null ? share(errors, limit) : 1;
    const level = part >= 1 ? 'full' : part >= 0.5 ? 'warn' : '';
    const said =
      blockedUntilMs === null
        ? `${errors} of ${limit}`
        : `blocked until ${stamp(blockedUntilMs).slice(11, 16)}`;
    return `<code>${endpointOf(who)}</code>
      <div class="bar"><i class="${level}" style="width:${Math.round(part * 100)}%"></i></div>
      <span>${said}</span>`;
  });
  return `<div class="bars">${rows.join('')}</div>`;
}

/** The sheet with all gauges. */
export function gauges(sim: Simulation): string {
  const { clientId } = sim.registration;
  const { minute, day } = sim.limits.usage(clientId, String(sim.mainDivision));
  const token = sim.limits.usage(clientId, 'token').day;
  const limits = limitsState(sim);
  const at = (ms: number) => `fresh at ${stamp(ms).slice(11, 16)} UTC`;
  return `<section class="sheet"><h2>Limits</h2><div class="gauges">
    ${ring('This minute', minute.used, minute.limit, at(minute.resetMs))}
    ${ring('Today', day.used, day.limit, at(day.resetMs))}
    ${ring('Token calls', token.used, limits.tokenCallsPerDay, at(token.resetMs))}</div>
    <h3>Errors within an hour, per endpoint</h3>${errorBars(sim, limits.errorsPerHour)}</section>`;
}
