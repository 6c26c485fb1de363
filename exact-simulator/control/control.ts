/*
 * The control API below /control: what tests (and people trying things out) steer the simulator
 * with. It is no part of Exact, needs no token and counts in no limit.
 */
import { z } from 'zod';
import { ApiError, json, type Answer, type Request } from '../http/answer.ts';
import { DEFAULT_DAILY, DEFAULT_MINUTELY } from '../limits/limits.ts';
import { DEFAULT_ERRORS_PER_HOUR } from '../limits/velocity.ts';
import { DEFAULT_TOKEN_CALLS_PER_DAY } from '../oauth/token-endpoint.ts';
import { DAY_WANTED, isDay } from '../seed/day.ts';
import { LEAST_ITEMS, MOST_ITEMS } from '../seed/seed.ts';
import type { Simulation } from '../simulation.ts';
import { callCount, callsSince } from './calls.ts';
import { faultInput } from './faults.ts';
import { answerRecords } from './records.ts';

const count = z.number().int().min(0).max(1_000_000_000);

const clockInput = z.strictObject({
  set: z.union([z.number().int(), z.iso.datetime({ offset: true })]).optional(),
  advanceMs: z.number().int().optional(),
  freeze: z.boolean().optional(),
});
const limitsInput = z.strictObject({
  minutely: count.optional(),
  daily: count.optional(),
  errorsPerHour: count.optional(),
  errorBlockStatus: z.union([z.literal(403), z.literal(429)]).optional(),
  tokenCallsPerDay: count.optional(),
  resetCounters: z.boolean().optional(),
});
const settingsInput = z.strictObject({
  overReceiptAllowed: z.boolean().optional(),
  language: z.enum(['en', 'nl']).optional(),
  currentDivision: count.optional(),
});
const resetInput = z.strictObject({
  seed: z.number().int().optional(),
  items: z.number().int().min(LEAST_ITEMS).max(MOST_ITEMS).optional(),
  day: z
    .string()
    .refine(isDay, { error: `wanted is ${DAY_WANTED}` })
    .optional(),
  keepLink: z.boolean().default(false),
});
const expireInput = z.strictObject({
  access: z.boolean().default(true),
  refresh: z.boolean().default(false),
});
const issueInput = z.strictObject({ divisions: z.array(z.number().int()).optional() });

function limitsState(sim: Simulation) {
  const { settings } = sim.store;
  return {
    minutely: settings.number('limits.minutely', DEFAULT_MINUTELY),
    daily: settings.number('limits.daily', DEFAULT_DAILY),
    errorsPerHour: settings.number('limits.errorsPerHour', DEFAULT_ERRORS_PER_HOUR),
    errorBlockStatus: settings.number('limits.errorBlockStatus', 403),
    tokenCallsPerDay: settings.number('limits.tokenCallsPerDay', DEFAULT_TOKEN_CALLS_PER_DAY),
  };
}

function settingsState(sim: Simulation) {
  const { settings } = sim.store;
  return {
    overReceiptAllowed: settings.flag('overReceiptAllowed', false),
    language: settings.text('language', 'en'),
    currentDivision: settings.number('currentDivision', sim.mainDivision),
  };
}

/** The whole state in one look. */
function state(sim: Simulation) {
  const posts = sim.store.get('SELECT count(*) AS n FROM "GoodsReceipts"');
  const usage = sim.limits.usage(sim.registration.clientId, String(sim.mainDivision));
  return {
    ...sim.seedState(),
    division: sim.mainDivision,
    clientId: sim.registration.clientId,
    redirectUris: sim.registration.redirectUris,
    clock: sim.clock.state(),
    limits: limitsState(sim),
    usage: { minute: usage.minute.used, day: usage.day.used },
    settings: settingsState(sim),
    faults: sim.faults.list(),
    calls: callCount(sim),
    goodsReceipts: Number(posts?.['n'] ?? 0),
  };
}

function setClock(sim: Simulation, body: z.infer<typeof clockInput>) {
  if (body.set !== undefined) {
    sim.clock.set(typeof body.set === 'number' ? body.set : Date.parse(body.set));
  }
  if (body.advanceMs !== undefined) sim.clock.advance(body.advanceMs);
  if (body.freeze !== undefined) sim.clock.freeze(body.freeze);
  return sim.clock.state();
}

function setLimits(sim: Simulation, body: z.infer<typeof limitsInput>) {
  const { resetCounters, ...limits } = body;
  for (const [name, value] of Object.entries(limits)) {
    if (value !== undefined) sim.store.settings.set(`limits.${name}`, value);
  }
  if (resetCounters === true) {
    sim.limits.reset();
    sim.velocity.reset();
  }
  return limitsState(sim);
}

function setSettings(sim: Simulation, body: z.infer<typeof settingsInput>) {
  for (const [name, value] of Object.entries(body)) {
    if (value !== undefined) sim.store.settings.set(name, value);
  }
  return settingsState(sim);
}

function reset(sim: Simulation, body: z.infer<typeof resetInput>) {
  const now = sim.seedState();
  const { seed = now.seed, items = now.items, day = now.day } = body;
  sim.reset({ seed, items, day }, body.keepLink);
  return state(sim);
}

function issue(sim: Simulation, body: z.infer<typeof issueInput>) {
  const { clientId } = sim.registration;
  const pair = sim.chains.begin(clientId, body.divisions ?? [sim.mainDivision]);
  return { accessToken: pair.access, refreshToken: pair.refresh, expiresInSeconds: 600 };
}

function calls(sim: Simulation, request: Request) {
  const number = (name: string, fallback: number) => {
    const value = Number(request.query.get(name) ?? fallback);
    if (!Number.isInteger(value) || value < 0) throw new ApiError(400, `${name} is no number`);
    return value;
  };
  return { calls: callsSince(sim, number('since', 0), number('limit', 1000)) };
}

/** Each route with what it takes; the body is checked before anything happens. */
function routes(sim: Simulation, request: Request): Record<string, () => unknown> {
  const body = <T>(schema: z.ZodType<T>): T =>
    schema.parse(request.body.trim() === '' ? {} : JSON.parse(request.body));
  return {
    'GET /control/state': () => state(sim),
    'GET /control/calls': () => calls(sim, request),
    'GET /control/faults': () => ({ faults: sim.faults.list() }),
    'POST /control/faults': () => sim.faults.add(body(faultInput)),
    'DELETE /control/faults': () => {
      sim.faults.clear();
      return { faults: [] };
    },
    'GET /control/clock': () => sim.clock.state(),
    'POST /control/clock': () => setClock(sim, body(clockInput)),
    'GET /control/limits': () => limitsState(sim),
    'POST /control/limits': () => setLimits(sim, body(limitsInput)),
    'GET /control/settings': () => settingsState(sim),
    'POST /control/settings': () => setSettings(sim, body(settingsInput)),
    'POST /control/reset': () => reset(sim, body(resetInput)),
    'POST /control/tokens/expire': () => ({ expired: sim.chains.expire(body(expireInput)) }),
    'POST /control/tokens/issue': () => issue(sim, body(issueInput)),
  };
}

/** Answers a control call; a wrong body or route is told plainly with 400 or 404. */
export function answerControl(sim: Simulation, request: Request): Answer {
  try {
    if (request.path.startsWith('/control/records/')) return answerRecords(sim, request);
    const route = routes(sim, request)[`${request.method} ${request.path.replace(/\/+$/, '')}`];
    if (!route) throw new ApiError(404, `No ${request.method} ${request.path}`);
    return json(200, route());
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { error: error.message });
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof SyntaxError) return json(400, { error: `No JSON: ${error.message}` });
    throw error;
  }
}
