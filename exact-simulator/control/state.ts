/*
 * What the control API tells: limits, settings, counts, everything in one look.
 */
import { DEFAULT_DAILY, DEFAULT_MINUTELY } from '../limits/limits.ts';
import { DEFAULT_ERRORS_PER_HOUR } from '../limits/velocity.ts';
import { DEFAULT_TOKEN_CALLS_PER_DAY } from '../oauth/token-endpoint.ts';
import type { Simulation } from '../simulation.ts';
import { deliveries, subscriptions } from '../webhooks/state.ts';
import { callCount } from './calls.ts';

export function limitsState(sim: Simulation) {
  const { settings } = sim.store;
  return {
    minutely: settings.number('limits.minutely', DEFAULT_MINUTELY),
    daily: settings.number('limits.daily', DEFAULT_DAILY),
    contractDaily: sim.limits.contractDaily(),
    errorsPerHour: settings.number('limits.errorsPerHour', DEFAULT_ERRORS_PER_HOUR),
    errorBlockStatus: settings.number('limits.errorBlockStatus', 403),
    tokenCallsPerDay: settings.number('limits.tokenCallsPerDay', DEFAULT_TOKEN_CALLS_PER_DAY),
    headers: settings.text('limits.headers', 'all'),
  };
}

export function settingsState(sim: Simulation) {
  const { settings } = sim.store;
  return {
    overReceiptAllowed: settings.flag('overReceiptAllowed', false),
    negativeStockAllowed: settings.flag('negativeStockAllowed', false),
    language: settings.text('language', 'en'),
    currentDivision: settings.number('currentDivision', sim.mainDivision),
    maintenance: settings.flag('maintenance', false),
  };
}

/** Used in the current windows of the registered app on the main company. */
export function usageState(sim: Simulation) {
  const { clientId } = sim.registration;
  const usage = sim.limits.usage(clientId, String(sim.mainDivision));
  return { minute: usage.minute.used, day: usage.day.used };
}

/** Calls counted since the start or the last reset, and the worst error hour. */
export function countsState(sim: Simulation) {
  const { clientId } = sim.registration;
  return {
    ...sim.counters.state(),
    errorsWorstHour: sim.velocity.worstHour(),
    tokenCallsToday: sim.limits.usage(clientId, 'token').day.used,
  };
}

export function webhooksState(sim: Simulation, limit: number) {
  return {
    subscriptions: subscriptions(sim.store),
    counts: sim.webhooks.counts(),
    deliveries: deliveries(sim.store, limit),
  };
}

/** The whole state in one look. */
export function state(sim: Simulation) {
  const posts = sim.store.get('SELECT count(*) AS n FROM "GoodsReceipts"');
  return {
    ...sim.seedState(),
    division: sim.mainDivision,
    clientId: sim.registration.clientId,
    redirectUris: sim.registration.redirectUris,
    clock: sim.clock.state(),
    limits: limitsState(sim),
    usage: usageState(sim),
    settings: settingsState(sim),
    faults: sim.faults.list(),
    nemesis: sim.nemesis.state().running,
    calls: callCount(sim),
    counts: countsState(sim),
    webhooks: sim.webhooks.counts(),
    planned: sim.agenda.size,
    hiddenRows: sim.lag.rows,
    goodsReceipts: Number(posts?.['n'] ?? 0),
  };
}
