/*
 * The log of API calls: what the front page shows and what tests read back. Token calls are logged
 * without their bodies, because those hold secrets.
 */
import type { Answer, Request } from '../http/answer.ts';
import type { Simulation } from '../simulation.ts';
import type { Row } from '../store/database.ts';
import type { Fault } from './faults.ts';

const KEPT = 5000;
const BODY_KEPT_CHARACTERS = 20_000;

function bodies(request: Request, answer: Answer | undefined): (string | null)[] {
  const quiet = request.path.toLowerCase().startsWith('/api/oauth2') || request.method === 'GET';
  if (quiet) return [null, null];
  return [request.body, answer?.body ?? null].map(
    (text) => text?.slice(0, BODY_KEPT_CHARACTERS) ?? null,
  );
}

/** Notes one call; status 0 means that the client got no answer. */
export function noteCall(
  sim: Simulation,
  request: Request,
  answer: Answer | undefined,
  fault: Fault | undefined,
): void {
  const id = sim.store.next('calls');
  const [sent = null, answered = null] = bodies(request, answer);
  const query = request.path.toLowerCase().startsWith('/api/v1') ? request.query.toString() : '';
  sim.store.run(
    `INSERT INTO sim_call (id, at_ms, method, path, status, fault, request_body, answer_body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    sim.clock.nowMs(),
    request.method,
    query === ''
      ? request.path
      : `${request.path}?${decodeURIComponent(query.replaceAll('+', ' '))}`,
    answer?.status ?? 0,
    fault?.kind ?? null,
    sent,
    answered,
  );
  if (id % 100 === 0) sim.store.run('DELETE FROM sim_call WHERE id <= ?', id - KEPT);
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

/** The latest calls, newest first. */
export function latestCalls(sim: Simulation, limit: number): Call[] {
  return sim.store.all('SELECT * FROM sim_call ORDER BY id DESC LIMIT ?', limit).map(toCall);
}

/** Calls made since the start of the log. */
export function callCount(sim: Simulation): number {
  const row = sim.store.get("SELECT value FROM sim_counter WHERE name = 'calls'");
  return Number(row?.['value'] ?? 0);
}
