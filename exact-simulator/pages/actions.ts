/*
 * The buttons of the front page: plain forms that post to the control API and come back.
 */
import { FAULT_KINDS, ALL_KINDS } from '../control/fault-kinds.ts';
import { DEFAULT_RATE } from '../control/nemesis.ts';
import { settingsState } from '../control/state.ts';
import type { Simulation } from '../simulation.ts';
import { escapeHtml } from './layout.ts';

type Fields = Readonly<Record<string, string | number | boolean>>;

function button(path: string, text: string, fields: Fields = {}): string {
  const hidden = Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`)
    .join('');
  return `<form method="post" action="/control/${path}">${hidden}<button class="quiet"
    type="submit">${text}</button></form>`;
}

function clockTools(sim: Simulation): string {
  const { frozen } = sim.clock.state();
  return `<div class="tools">${button('clock', '+1 min', { advanceMs: 60_000 })}
    ${button('clock', '+1 hour', { advanceMs: 3_600_000 })}
    ${button('clock', '+1 day', { advanceMs: 86_400_000 })}
    ${button('clock', frozen ? 'Let the clock run' : 'Freeze the clock', { freeze: !frozen })}</div>`;
}

function stateTools(sim: Simulation): string {
  const { maintenance, language } = settingsState(sim);
  const other = language === 'nl' ? 'en' : 'nl';
  return `<div class="tools">${button('tokens/expire', 'Expire tokens')}
    ${button('settings', maintenance ? 'No nightly maintenance' : 'Nightly maintenance', {
      maintenance: !maintenance,
    })}
    ${button('settings', other === 'nl' ? 'Messages in Dutch' : 'Messages in English', {
      language: other,
    })}
    ${button('limits', 'Empty the limits', { resetCounters: true })}
    ${button('webhooks/deliver', 'Deliver webhooks')}${button('move', 'Move the company')}
    ${button('reset', 'Reset, keep the link', { keepLink: true })}</div>`;
}

function faultForm(): string {
  const options = ALL_KINDS.map(
    (kind) => `<option value="${kind}">${kind}: ${escapeHtml(FAULT_KINDS[kind].says)}</option>`,
  ).join('');
  return `<form method="post" action="/control/faults" class="tools">
    <label class="small wide">What goes wrong <select name="kind">${options}</select></label>
    <label class="small grow">Only on path
    <input type="text" name="match.path" placeholder="any"></label>
    <label class="small slim">Times <input type="number" name="times" value="1" min="1"></label>
    <label class="small slim">Delay, ms <input type="number" name="delayMs" min="0"></label>
    <button class="quiet" type="submit">Set</button></form>`;
}

function waiting(sim: Simulation): string {
  const faults = sim.faults.list();
  if (faults.length === 0) return '<p class="soft">No fault is waiting.</p>';
  const items = faults.slice(0, 20).map(({ kind, left, match }) => {
    const path = match.path === undefined ? '' : ` on <code>${escapeHtml(match.path)}</code>`;
    return `<li><span class="mark warn">${left} ×</span> ${kind}${path}</li>`;
  });
  const clear = button('faults', 'Clear all', { _method: 'DELETE' });
  return `<ul class="plain">${items.join('')}</ul><div class="tools" style="margin-top:.75rem">
    ${clear}</div>`;
}

function nemesisForm(sim: Simulation): string {
  const { running, drawn, counts } = sim.nemesis.state();
  if (!running) {
    return `<form method="post" action="/control/nemesis" class="tools">
      <label class="small slim">Seed <input type="number" name="seed" value="1" min="0"></label>
      <label class="small slim">Rate <input type="number" name="rate" value="${DEFAULT_RATE}" min="0"
        max="1" step="any"></label><button class="quiet" type="submit">Start</button></form>`;
  }
  const kinds = Object.entries(counts).map(([kind, n]) => `${kind} ${n}`);
  return `<p>Seed ${running.seed}, rate ${running.rate}; ${drawn} calls drew.
    <span class="soft">${kinds.join(' · ')}</span></p>
    <div class="tools">${button('nemesis', 'Stop', { _method: 'DELETE' })}</div>`;
}

/** The sheet with everything that can be pressed. */
export function actions(sim: Simulation): string {
  return `<section class="sheet"><h2>Steer</h2>${clockTools(sim)}${stateTools(sim)}
    <h3>Faults</h3>${faultForm()}${waiting(sim)}
    <h3>Faults at random, from a seed</h3>${nemesisForm(sim)}</section>`;
}
