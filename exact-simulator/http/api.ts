/*
 * The order of things in one API call: token, limits, error block, company, then the OData layer;
 * and what every answer carries back (Exact KB, limits and bad tokens).
 */
import { ApiError, empty, type Answer, type Request } from './answer.ts';
import { readAddress, type Address } from '../odata/address.ts';
import { answerError } from '../odata/formats.ts';
import { answerOData } from '../odata/service.ts';
import type { Session } from '../oauth/chains.ts';
import { answerToken } from '../oauth/token-endpoint.ts';
import type { Simulation } from '../simulation.ts';

const EXPIRED =
  'Bearer error="invalid_token", ' +
  'error_description="message%20expired%3A%20access%20token%20expired"';

/** The access token of a call: its session, or undefined for a missing or unknown one. */
function sessionOf(sim: Simulation, request: Request): Session | undefined {
  const match = /^bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '');
  return match?.[1] === undefined ? undefined : sim.chains.session(match[1]);
}

function checkDivision(sim: Simulation, session: Session, address: Address): void {
  const { division } = address;
  if (division === undefined || session.divisions.includes(division)) return;
  // Any number may stand in front of system/Divisions (Exact KB, divisions).
  if (address.endpoint === 'system/divisions') return;
  const known = sim.store.get('SELECT 1 FROM "Divisions" WHERE "Code" = ?', division);
  throw known
    ? new ApiError(403, 'Forbidden - User division is not within division scope')
    : new ApiError(403, 'Forbidden - WrongDivision', { Reason: 'NoDivisionAccess' });
}

function answerAllowed(
  sim: Simulation,
  session: Session,
  request: Request,
  address: Address,
): Answer {
  try {
    checkDivision(sim, session, address);
    const { store, clock, user, mainDivision } = sim;
    const caller = { store, clock, user, mainDivision, divisions: session.divisions, strict: true };
    const work = () => answerOData(caller, request, address);
    return request.method === 'GET' ? sim.lag.read(work) : work();
  } catch (error) {
    if (error instanceof ApiError) return answerError(request, error);
    throw error;
  }
}

/** The address of a call, or the error it gives; a bad path must still count as an error. */
function tryAddress(path: string): Address | ApiError {
  try {
    return readAddress(path);
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}

/** A call that got past token and limits. */
interface Admitted {
  session: Session;
  address: Address | ApiError;
  /** The unit of the error budget: app, company and endpoint. */
  who: string;
  /** The limits as they stand when the answer goes out. */
  headers: () => Record<string, string>;
}

/** Token and limits of a call below `/api/v1`; counts it, or gives the answer that refuses it. */
export function admit(sim: Simulation, request: Request): Admitted | Answer {
  const session = sessionOf(sim, request);
  if (!session) return empty(401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' });
  const address = tryAddress(request.path);
  const scope = address instanceof ApiError ? undefined : address.division;
  const endpoint = address instanceof ApiError ? 'unknown' : address.endpoint;
  const who = `${session.client} ${scope ?? '-'} ${endpoint}`;
  const division = scope === undefined ? undefined : String(scope);
  const headers = () =>
    division === undefined ? {} : sim.limits.headers(session.client, division);
  if (session.expired) {
    sim.velocity.note(who, 401);
    return empty(401, { 'WWW-Authenticate': EXPIRED, ...headers() });
  }
  const refused = division === undefined ? undefined : sim.limits.take(session.client, division);
  return refused ?? { session, address, who, headers };
}

/** Does the work of a call that was admitted, now or earlier. */
export function answerAdmitted(sim: Simulation, request: Request, admitted: Admitted): Answer {
  const { session, address, who, headers } = admitted;
  const answer =
    sim.velocity.blocked(who) ??
    (address instanceof ApiError
      ? answerError(request, address)
      : answerCounted(sim, session, request, address, who));
  return { ...answer, headers: { ...answer.headers, ...headers() } };
}

function answerData(sim: Simulation, request: Request): Answer {
  const admitted = admit(sim, request);
  return 'session' in admitted ? answerAdmitted(sim, request, admitted) : admitted;
}

function answerCounted(
  sim: Simulation,
  session: Session,
  request: Request,
  address: Address,
  who: string,
): Answer {
  const answer = answerAllowed(sim, session, request, address);
  sim.velocity.note(who, answer.status);
  return answer;
}

/** Answers any call below `/api`. */
export function answerApi(sim: Simulation, request: Request): Answer {
  const path = request.path
    .toLowerCase()
    .replace(/\/+$/, '')
    .replaceAll(/\/{2,}/g, '/');
  if (path === '/api/oauth2/auth') return sim.authorize.answer(request);
  if (path === '/api/oauth2/token') return answerToken(sim, request);
  if (path.startsWith('/api/v1/')) return answerData(sim, request);
  return empty(404);
}

/** The client a call speaks for, as far as its token tells; the registered one otherwise. */
export function clientOf(sim: Simulation, request: Request): string {
  return sessionOf(sim, request)?.client ?? sim.registration.clientId;
}
