/*
 * `/control/records/…`: reading any served entity without token, limits or mandatory options, and
 * editing it as a person would in Exact.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { personChanges, personCreates, personDeletes } from '../effects/person.ts';
import { ApiError, empty, json, type Answer, type Request } from '../http/answer.ts';
import { readAddress } from '../odata/address.ts';
import { allEntities, type Entity } from '../odata/catalogue.ts';
import { answerOData } from '../odata/service.ts';
import type { Simulation } from '../simulation.ts';
import type { Writer } from '../store/rows.ts';

const PREFIX = '/control/records/';
const anyObject = z.record(z.string(), z.unknown());

function writerOf(sim: Simulation): Writer {
  const { store, clock, user, mainDivision } = sim;
  return { store, clock, user, division: mainDivision, newId: randomUUID };
}

function targetOf(request: Request): { of: Entity; id: string | undefined } {
  const rest = decodeURIComponent(request.path.slice(PREFIX.length));
  const found = allEntities().find((e) => {
    const path = e.path.toLowerCase();
    return rest.toLowerCase() === path || rest.toLowerCase().startsWith(`${path}/`);
  });
  if (!found) throw new ApiError(404, `No entity at ${rest}`);
  const id = rest.slice(found.path.length + 1);
  return { of: found, id: id === '' ? undefined : id.toLowerCase() };
}

function read(sim: Simulation, request: Request): Answer {
  const rest = request.path.slice(PREFIX.length);
  const path = `/api/v1/${sim.mainDivision}/${rest}`;
  const { store, clock, user, mainDivision } = sim;
  const divisions = store.all('SELECT "Code" FROM "Divisions"').map((row) => Number(row['Code']));
  const caller = { store, clock, user, mainDivision, divisions, strict: false };
  const asked = { ...request, path, headers: { ...request.headers, accept: 'application/json' } };
  return answerOData(caller, asked, readAddress(path));
}

/** GET reads like the API; POST creates, PATCH changes and DELETE deletes as a person would. */
export function answerRecords(sim: Simulation, request: Request): Answer {
  if (request.method === 'GET') return read(sim, request);
  const { of, id } = targetOf(request);
  const writer = writerOf(sim);
  const values = () => anyObject.parse(JSON.parse(request.body));
  if (request.method === 'POST' && id === undefined) {
    const key = sim.store.transaction(() => personCreates(writer, of.name, values()));
    return json(201, { key });
  }
  if (id === undefined) throw new ApiError(400, 'Name the key: /control/records/<entity>/<key>');
  if (request.method === 'PATCH') {
    sim.store.transaction(() => personChanges(writer, of.name, id, values()));
    return empty(204);
  }
  if (request.method === 'DELETE') {
    sim.store.transaction(() => personDeletes(writer, of.name, id));
    return empty(204);
  }
  throw new ApiError(405, 'Use GET, POST, PATCH or DELETE');
}
