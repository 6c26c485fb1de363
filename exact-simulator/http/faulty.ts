/*
 * A call that meets a fault: what is done of the work, when, and what the client gets of it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { insteadOf, maintenancePage, spoilt } from '../control/fault-answers.ts';
import type { Fault } from '../control/faults.ts';
import { shiftRows } from '../control/page-shift.ts';
import type { Simulation } from '../simulation.ts';
import { empty, type Answer, type Request } from './answer.ts';
import { admit, answerAdmitted, answerApi, clientOf } from './api.ts';

/** `undefined` stands for a line that is cut without an answer, `cut` for one cut in mid-answer. */
export type Outcome = (Answer & { cut?: true }) | undefined;

/** Kinds for which `delayMs` is no wait before the work. */
const DELAY_MEANS_MORE: ReadonlySet<Fault['kind']> = new Set([
  ...(['delay-answer', 'slow', 'apply-later', 'lag', 'late-commit'] as const),
]);

function withoutPrefer(request: Request): Request {
  return { ...request, headers: { ...request.headers, prefer: undefined } };
}

/**
 * Answers a call and, when it made a webhook subscription, waits for the validation call to its
 * callback (Exact KB, webhooks).
 */
export async function answerFully(
  sim: Simulation,
  request: Request,
  work: () => Answer = () => answerApi(sim, request),
): Promise<Answer> {
  const answer = work();
  const location = answer.status === 201 ? (answer.headers['Location'] ?? '') : '';
  const id = /\/WebhookSubscriptions\(guid'(.+)'\)$/.exec(location)?.[1];
  if (id === undefined) return answer;
  const failure = await sim.webhooks.validate(id, request.origin);
  return failure ? { ...failure, headers: { ...answer.headers, ...failure.headers } } : answer;
}

/** Token and limits are looked at now; the work waits for its moment. */
function applyLater(sim: Simulation, request: Request, fault: Fault, call: number): Outcome {
  const admitted = admit(sim, request);
  if (!('session' in admitted)) return admitted;
  const apply = () => {
    const { status } = answerAdmitted(sim, request, admitted);
    const note = `apply-later: ${status}`;
    sim.store.run('UPDATE sim_call SET fault = ? WHERE id = ?', note, call);
  };
  if (!sim.agenda.add(sim.clock.nowMs() + fault.delayMs, apply)) apply();
  if (fault.answer === 'lost') return undefined;
  if (fault.answer === 'html-503') return maintenancePage();
  return empty(fault.answer === 'status-500' ? 500 : 408, admitted.headers());
}

/** Instead of the work, but past token and limits, as a real refusal is. */
function refuse(sim: Simulation, request: Request, answer: Answer): Answer {
  if (!/^\/+api\/+v1\//i.test(request.path) || [429, 503].includes(answer.status)) return answer;
  const admitted = admit(sim, request);
  if (!('session' in admitted)) return admitted;
  return { ...answer, headers: { ...answer.headers, ...admitted.headers() } };
}

function inDutch(sim: Simulation, work: () => Answer): Answer {
  const { settings } = sim.store;
  const before = settings.text('language', 'en');
  settings.set('language', 'nl');
  try {
    return work();
  } finally {
    settings.set('language', before);
  }
}

/** The work of a call whose fault changes how it is done, not what is answered. */
function workOf(sim: Simulation, request: Request, fault: Fault): () => Answer {
  const plain = () => answerApi(sim, request);
  switch (fault.kind) {
    case 'lag':
      return () => sim.lag.during(fault.delayMs, false, plain);
    case 'late-commit':
      return () => sim.lag.during(fault.delayMs, true, plain);
    case 'ignore-prefer':
      return () => answerApi(sim, withoutPrefer(request));
    case 'dutch-messages':
      return () => inDutch(sim, plain);
    default:
      return plain;
  }
}

/** What happens to the simulator just before the call. */
function before(sim: Simulation, request: Request, fault: Fault): void {
  if (fault.kind === 'expire-tokens') sim.chains.expire({ access: true, refresh: false });
  if (fault.kind === 'move-company') sim.moveCompany();
  if (fault.kind !== 'error-block') return;
  const admitted = admit(sim, request);
  if ('session' in admitted) sim.velocity.blockNow(admitted.who);
}

function reachesMs(sim: Simulation, dueMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (!sim.agenda.add(dueMs, resolve)) resolve();
  });
}

/** Spoils a good answer; a fault that found nothing to spoil waits for the next call. */
function spoil(sim: Simulation, request: Request, fault: Fault, answer: Answer): Outcome {
  if (fault.kind === 'half-body') return { ...answer, cut: true };
  if (fault.kind === 'page-shift' && shiftRows(sim, request, answer)) return answer;
  const result = spoilt(fault, request, answer);
  const looksFor = ['d-array', 'int64-number', 'unknown-field', 'missing-field', 'page-shift'];
  const pages = ['repeat-page', 'wrong-answer-division'];
  if (result === answer && [...looksFor, ...pages].includes(fault.kind)) sim.faults.giveBack(fault);
  return result;
}

/** Answers a call that meets a fault. `call` is its id in the log. */
export async function answerFaulty(
  sim: Simulation,
  request: Request,
  fault: Fault,
  call: number,
): Promise<Outcome> {
  if (fault.delayMs > 0 && !DELAY_MEANS_MORE.has(fault.kind)) await pause(fault.delayMs);
  if (fault.kind === 'lose-request') return undefined;
  if (fault.kind === 'apply-later') return applyLater(sim, request, fault, call);
  before(sim, request, fault);
  const instead = insteadOf(fault, sim.limits, clientOf(sim, request));
  if (instead) return refuse(sim, request, instead);
  const answer = await answerFully(sim, request, workOf(sim, request, fault));
  if (fault.kind === 'delay-answer') await pause(fault.delayMs);
  if (fault.kind === 'slow') await reachesMs(sim, sim.clock.nowMs() + fault.delayMs);
  if (fault.kind === 'lose-answer' || fault.kind === 'lose-refresh') return undefined;
  return spoil(sim, request, fault, answer);
}
