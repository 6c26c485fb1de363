/*
 * The answers faults give: instead of the work, or spoilt after it. Texts and headers are those
 * seen from Exact (Exact KB, errors and token errors).
 */
import type { Answer, Request } from '../http/answer.ts';
import { empty, html } from '../http/answer.ts';
import { dailyHeaders, minutelyHeaders, type Limits } from '../limits/limits.ts';
import { REFUSALS } from '../oauth/token-endpoint.ts';
import type { Fault } from './faults.ts';
import { reshaped } from './fault-shapes.ts';

const PROBLEM =
  'A problem has occurred. The cause of this issue will be investigated as soon as possible.';

const JSON_TYPE = { 'Content-Type': 'application/json;charset=utf-8' };

function errorBody(message: string): string {
  return JSON.stringify({ error: { code: '', message: { lang: '', value: message } } });
}

function refused(status: number, message: string, reason?: string): Answer {
  const headers = reason === undefined ? JSON_TYPE : { ...JSON_TYPE, Reason: reason };
  return { status, headers, body: errorBody(message) };
}

/** The page of the maintenance window, and of `html-503`. */
export function maintenancePage(status = 503): Answer {
  return html(status, '<html><body><h1>Exact Online is being maintained</h1></body></html>');
}

function tooMany(fault: Fault, limits: Limits, client: string): Answer {
  const { minute, day } = limits.usage(client, 'fault');
  const spent = (window: typeof minute) => ({ ...window, used: window.limit });
  return fault.window === 'day'
    ? empty(429, dailyHeaders(spent(day)))
    : empty(429, minutelyHeaders(spent(minute)));
}

/** The answer a fault gives instead of doing the work; undefined when the work goes ahead. */
export function insteadOf(fault: Fault, limits: Limits, client: string): Answer | undefined {
  switch (fault.kind) {
    case 'status-500':
      return empty(500);
    case 'status-500-message':
      return refused(500, fault.message ?? PROBLEM);
    case 'status-408':
      return empty(408);
    case 'status-403':
      return refused(403, fault.message ?? 'Forbidden', fault.reason);
    case 'wrong-division':
      return refused(403, 'Forbidden - WrongDivision', fault.reason ?? 'NoDivisionAccess');
    case 'scope-violated': {
      const scope = fault.message ?? 'organization.administration';
      return refused(403, `Forbidden - Application Scope Violated. Cannot read '${scope}' scope.`);
    }
    case 'status-429':
      return tooMany(fault, limits, client);
    case 'html-503':
      return maintenancePage();
    case 'html-200':
      return maintenancePage(200);
    case 'early-refresh':
      return REFUSALS.early;
    case 'old-refresh':
      return REFUSALS.used;
    default:
      return undefined;
  }
}

/**
 * The answer after a fault spoilt it; the effect of the call stands. The same answer when there
 * was nothing to spoil.
 */
export function spoilt(fault: Fault, request: Request, answer: Answer): Answer {
  switch (fault.kind) {
    case 'status-500-after':
      return fault.message === undefined ? empty(500) : refused(500, fault.message);
    case 'truncate': {
      const kept = answer.body.slice(0, Math.ceil(answer.body.length / 2));
      return { ...answer, body: kept + errorBody(PROBLEM) };
    }
    case 'no-minutely': {
      const headers = Object.entries(answer.headers).filter(([name]) => !/Minutely/i.test(name));
      return { ...answer, headers: Object.fromEntries(headers) };
    }
    default:
      return reshaped(fault.kind, request, answer);
  }
}
