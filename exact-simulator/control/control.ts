/*
 * The control API below /control: what tests (and people trying things out) steer the simulator
 * with. It is no part of Exact, needs no token and counts in no limit.
 */
import { z } from 'zod';
import { ApiError, json, type Answer, type Request } from '../http/answer.ts';
import { DEFAULT_DAILY, DEFAULT_MINUTELY, OLDER_APP } from '../limits/limits.ts';
import type { Simulation } from '../simulation.ts';
import { callsSince } from './calls.ts';
import { faultInput } from './faults.ts';
import { afterForm, fromForm, isForm } from './forms.ts';
import { foreignCaller } from './guard.ts';
import * as inputs from './inputs.ts';
import { nemesisInput } from './nemesis.ts';
import { answerRecords } from './records.ts';
import { rightsInput, rightsState, setRights } from './rights.ts';
import { limitsState, settingsState, state, webhooksState } from './state.ts';

async function setClock(sim: Simulation, body: z.infer<typeof inputs.clockInput>) {
  if (body.set !== undefined) {
    sim.clock.set(typeof body.set === 'number' ? body.set : Date.parse(body.set));
  }
  if (body.advanceMs !== undefined) sim.clock.advance(body.advanceMs);
  if (body.freeze !== undefined) sim.clock.freeze(body.freeze);
  sim.tick();
  // A test that moved the clock wants to see what became due, not to wait for it.
  await sim.webhooks.deliverDue();
  return sim.clock.state();
}

type Values = Record<string, string | number | boolean | undefined>;

/** Keeps the settings that were given. */
function store(sim: Simulation, prefix: string, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) sim.store.settings.set(`${prefix}${name}`, value);
  }
}

function setLimits(sim: Simulation, body: z.infer<typeof inputs.limitsInput>) {
  const { resetCounters, preset, ...limits } = body;
  const current = { minutely: DEFAULT_MINUTELY, daily: DEFAULT_DAILY };
  const presets = { current, older: OLDER_APP };
  const wanted = { ...(preset === undefined ? {} : presets[preset]), ...limits };
  store(sim, 'limits.', wanted);
  if (resetCounters === true) {
    sim.limits.reset();
    sim.velocity.reset();
    sim.counters.reset();
  }
  return limitsState(sim);
}

function setSettings(sim: Simulation, body: z.infer<typeof inputs.settingsInput>) {
  store(sim, '', body);
  return settingsState(sim);
}

function reset(sim: Simulation, body: z.infer<typeof inputs.resetInput>) {
  const now = sim.seedState();
  const { seed = now.seed, items = now.items, day = now.day } = body;
  sim.reset({ seed, items, day }, body.keepLink);
  return state(sim);
}

function issue(sim: Simulation, body: z.infer<typeof inputs.issueInput>) {
  const { clientId } = sim.registration;
  const pair = sim.chains.begin(clientId, body.divisions ?? [sim.mainDivision]);
  return { accessToken: pair.access, refreshToken: pair.refresh, expiresInSeconds: 600 };
}

function numberOf(request: Request, name: string, fallback: number): number {
  const value = Number(request.query.get(name) ?? fallback);
  if (!Number.isInteger(value) || value < 0) throw new ApiError(400, `${name} is no number`);
  return value;
}

function calls(sim: Simulation, request: Request) {
  const since = numberOf(request, 'since', 0);
  return { calls: callsSince(sim, since, numberOf(request, 'limit', 1000)) };
}

async function deliver(sim: Simulation) {
  sim.tick();
  const sent = await sim.webhooks.deliverDue();
  return { sent, ...sim.webhooks.counts() };
}

type Routes = Record<string, () => unknown>;

/** What goes wrong on purpose. */
function faultRoutes(sim: Simulation, body: <T>(schema: z.ZodType<T>) => T): Routes {
  return {
    'GET /control/faults': () => ({ faults: sim.faults.list() }),
    'POST /control/faults': () => sim.faults.add(body(faultInput)),
    'DELETE /control/faults': () => {
      sim.faults.clear();
      return { faults: [] };
    },
    'GET /control/nemesis': () => sim.nemesis.state(),
    'POST /control/nemesis': () => {
      sim.nemesis.start(body(nemesisInput));
      return sim.nemesis.state();
    },
    'DELETE /control/nemesis': () => {
      sim.nemesis.stop();
      return sim.nemesis.state();
    },
    'POST /control/move': () => {
      body(inputs.nothing);
      return { divisionMoveDate: sim.moveCompany() };
    },
  };
}

/** Each route with what it takes; the body is checked before anything happens. */
function routes(sim: Simulation, request: Request): Routes {
  const body = <T>(schema: z.ZodType<T>): T =>
    schema.parse(request.body.trim() === '' ? {} : JSON.parse(request.body));
  return {
    ...faultRoutes(sim, body),
    'GET /control/state': () => state(sim),
    'GET /control/calls': () => calls(sim, request),
    'GET /control/clock': () => sim.clock.state(),
    'POST /control/clock': () => setClock(sim, body(inputs.clockInput)),
    'GET /control/limits': () => limitsState(sim),
    'POST /control/limits': () => setLimits(sim, body(inputs.limitsInput)),
    'GET /control/settings': () => settingsState(sim),
    'POST /control/settings': () => setSettings(sim, body(inputs.settingsInput)),
    'GET /control/rights': () => rightsState(sim),
    'POST /control/rights': () => setRights(sim, body(rightsInput)),
    'POST /control/reset': () => reset(sim, body(inputs.resetInput)),
    'POST /control/tokens/expire': () => ({
      expired: sim.chains.expire(body(inputs.expireInput)),
    }),
    'POST /control/tokens/issue': () => issue(sim, body(inputs.issueInput)),
    'GET /control/webhooks': () => webhooksState(sim, numberOf(request, 'limit', 100)),
    'POST /control/webhooks/deliver': () => deliver(sim),
  };
}

async function answerCall(sim: Simulation, request: Request): Promise<Answer> {
  try {
    if (request.path.startsWith('/control/records/')) return answerRecords(sim, request);
    const route = routes(sim, request)[`${request.method} ${request.path.replace(/\/+$/, '')}`];
    if (!route) throw new ApiError(404, `No ${request.method} ${request.path}`);
    return json(200, await route());
  } catch (error) {
    if (error instanceof ApiError) return json(error.status, { error: error.message });
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof SyntaxError) return json(400, { error: `No JSON: ${error.message}` });
    throw error;
  }
}

/**
 * Answers a control call; a wrong body or route is told plainly with 400 or 404, a call from
 * another web site with 403. A form is answered with the way back to the page.
 */
export async function answerControl(sim: Simulation, request: Request): Promise<Answer> {
  const foreign = foreignCaller(request);
  if (foreign !== undefined) return json(403, { error: foreign });
  if (isForm(request)) return afterForm(await answerCall(sim, fromForm(request)));
  return answerCall(sim, request);
}
