/*
 * The calls that came in, page by page, and the notifications that went out.
 */
import { callsBefore, type Call } from '../control/calls.ts';
import { webhooksState } from '../control/state.ts';
import type { Simulation } from '../simulation.ts';
import { escapeHtml, stamp, table } from './layout.ts';

const CALLS_PER_PAGE = 25;
const PATH_SHOWN_CHARACTERS = 300;
const DELIVERIES_SHOWN = 10;

function mark(status: number): string {
  if (status === 0) return '<span class="mark none">none</span>';
  const level = status < 400 ? 'good' : status < 500 ? 'warn' : 'bad';
  return `<span class="mark ${level}">${status}</span>`;
}

function callRow(call: Call): string[] {
  return [
    stamp(call.atMs).slice(5),
    mark(call.status),
    call.method,
    `<code>${escapeHtml(call.path.slice(0, PATH_SHOWN_CHARACTERS))}</code>`,
    escapeHtml(call.fault ?? ''),
  ];
}

/** The sheet with one page of calls; `before` is the id the page ends below. */
export function calls(sim: Simulation, before: number | undefined): string {
  const rows = callsBefore(sim, before, CALLS_PER_PAGE + 1);
  const shown = rows.slice(0, CALLS_PER_PAGE);
  const last = shown.at(-1)?.id;
  const newest = before === undefined ? '' : '<a href="/#calls">Newest</a>';
  const older =
    rows.length > CALLS_PER_PAGE ? `<a href="/?before=${last}#calls">Older calls</a>` : '';
  const head = ['Time (UTC)', 'Answer', 'Method', 'Path', 'Fault'];
  return `<section class="sheet" id="calls"><h2>Calls</h2>
    ${table(head, shown.map(callRow), 'No calls yet.')}
    <nav aria-label="Pages of calls">${newest}${older}</nav></section>`;
}

function answerMark(state: string, answer: string | null): string {
  const level = state === 'delivered' ? 'good' : state === 'waiting' ? 'warn' : 'bad';
  return `<span class="mark ${level}">${state}</span> ${escapeHtml(answer ?? '')}`;
}

/** The sheet with webhooks; empty when nobody subscribed. */
export function webhooks(sim: Simulation): string {
  const { subscriptions, deliveries } = webhooksState(sim, DELIVERIES_SHOWN);
  if (subscriptions.length === 0) return '';
  const listeners = subscriptions.map(
    (one) => `<li>${escapeHtml(one.topic)} → <code>${escapeHtml(one.callbackUrl)}</code></li>`,
  );
  const rows = deliveries.map((one) => [
    stamp(one.createdMs).slice(5),
    escapeHtml(`${one.topic} ${one.action}`),
    String(one.attempts),
    answerMark(one.state, one.answer),
  ]);
  return `<section class="sheet"><h2>Webhooks</h2><ul class="plain">${listeners.join('')}</ul>
    <h3>Latest notifications</h3>
    ${table(['Time (UTC)', 'What', 'Tries', 'Outcome'], rows, 'None yet.')}</section>`;
}
