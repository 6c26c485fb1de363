/*
 * The log of API calls: what the front page shows and what tests read back. Token calls are logged
 * without their bodies, because those hold secrets.
 */
import type { Answer, Request } from '../http/answer.ts';
import type { Simulation } from '../simulation.ts';
import type { Row } from '../store/database.ts';
import type { Fault } from './faults.ts';

/** Calls that are kept, and how many of the latest keep their bodies. */
export const KEPT_CALLS = 5000;
export const KEPT_BODIES = 500;
const BODY_KEPT_CHARACTERS = 20_000;
const PATH_KEPT_CHARACTERS = 2000;
/** How often the log is cut to its measure, in calls. */
const CUT_EVERY = 100;

function bodies(request: Request, answer: Answer | undefined): (string | null)[] {
  const quiet = request.path.toLowerCase().startsWith('/api/oauth2') || request.method === 'GET';
  if (quiet) return [null, null];
  return [request.body, answer?.body ?? null].map(
    (text) => text?.slice(0, BODY_KEPT_CHARACTERS) ?? null,
  );
}

/** The id of a call that comes in; `noteCall` writes it down under it. */
export function nextCallId(sim: Simulation): number {
  return sim.store.next('calls');
}

function shownPath(request: Request): string {
  const query = request.path.toLowerCase().startsWith('/api/v1') ? request.query.toString() : '';
  const decoded = () => decodeURIComponent(query.replaceAll('+', ' '));
  const path = query === '' ? request.path : `${request.path}?${decoded()}`;
  return path.slice(0, PATH_KEPT_CHARACTERS);
}

/** Notes one call; status 0 means that the client got no answer. */
export function noteCall(
  sim: Simulation,
  id: number,
  request: Request,
  answer: Answer | undefined,
  fault: Fault | undefined,
): void {
  const [sent = null, answered = null] = bodies(request, answer);
  sim.store.run(
    `INSERT INTO sim_call (id, at_ms, method, path, status, fault, request_body, answer_body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    sim.clock.nowMs(),
    request.method,
    shownPath(request),
    answer?.status ?? 0,
    fault?.kind ?? null,
    sent,
    answered,
  );
  if (id % CUT_EVERY !== 0) return;
  sim.store.run('DELETE FROM sim_call WHERE id <= ?', id - KEPT_CALLS);
  sim.store.run(
    `UPDATE sim_call SET request_body = NULL, answer_body = NULL
     WHERE id <= ? AND id > ? AND (request_body IS NOT NULL OR answer_body IS NOT NULL)`,
    id - KEPT_BODIES,
    id - KEPT_BODIES - 2 * CUT_EVERY,
  );
}

export interface Call {
  id: number;
  atMs: number;
  method: string;
  path: string;
  status: number;
  fault: string | null;
  requestBody: string | null;
  answerBody: string | null;
}

function toCall(row: Row): Call {
  const textOrNull = (name: string): string | null =>
    row[name] === null || row[name] === undefined ? null : String(row[name]);
  return {
    id: Number(row['id']),
    atMs: Number(row['at_ms']),
    method: String(row['method']),
    path: String(row['path']),
    status: Number(row['status']),
    fault: textOrNull('fault'),
    requestBody: textOrNull('request_body'),
    answerBody: textOrNull('answer_body'),
  };
}

/** Calls after an id, oldest first. */
export function callsSince(sim: Simulation, id: number, limit: number): Call[] {
  const sql = 'SELECT * FROM sim_call WHERE id > ? ORDER BY id LIMIT ?';
  return sim.store.all(sql, id, limit).map(toCall);
}

/** The calls before an id (all when it is undefined), newest first. */
export function callsBefore(sim: Simulation, id: number | undefined, limit: number): Call[] {
  const sql = 'SELECT * FROM sim_call WHERE id < ? ORDER BY id DESC LIMIT ?';
  return sim.store.all(sql, id ?? Number.MAX_SAFE_INTEGER, limit).map(toCall);
}

/** Calls made since the start of the log. */
export function callCount(sim: Simulation): number {
  const row = sim.store.get("SELECT value FROM sim_counter WHERE name = 'calls'");
  return Number(row?.['value'] ?? 0);
}
