/*
 * The HTTP server: reads a call, lets faults do their work, hands it to the API, the control API
 * or a page, and writes the answer or cuts the line. The only file that touches node's sockets.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { insteadOf, spoilt, type Fault } from '../control/faults.ts';
import { answerControl } from '../control/control.ts';
import { noteCall } from '../control/calls.ts';
import { frontPage } from '../pages/front-page.ts';
import type { Simulation } from '../simulation.ts';
import { empty, html, json, type Answer, type Request } from './answer.ts';
import { answerApi, clientOf } from './api.ts';

/** Request bodies above 10 MB are refused (Exact KB, write semantics). */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

/** `undefined` stands for a line that is cut without an answer. */
type Outcome = Answer | undefined;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part));
    size += bytes.length;
    if (size <= BODY_LIMIT_BYTES) parts.push(bytes);
  }
  return size > BODY_LIMIT_BYTES ? undefined : Buffer.concat(parts).toString('utf8');
}

function toRequest(message: IncomingMessage, body: string): Request {
  const host = message.headers.host ?? '127.0.0.1';
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const headers: Request['headers'] = {};
  for (const [name, value] of Object.entries(message.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query.join('?')),
    headers,
    body,
    origin: `http://${host}`,
  };
}

function withoutPrefer(request: Request): Request {
  return { ...request, headers: { ...request.headers, prefer: undefined } };
}

async function withFault(sim: Simulation, request: Request, fault: Fault): Promise<Outcome> {
  if (fault.delayMs > 0 && fault.kind !== 'delay-answer') await pause(fault.delayMs);
  if (fault.kind === 'lose-request') return undefined;
  if (fault.kind === 'expire-tokens') sim.chains.expire({ access: true, refresh: false });
  const instead = insteadOf(fault, sim.limits, clientOf(sim, request));
  if (instead) return instead;
  const asked = fault.kind === 'ignore-prefer' ? withoutPrefer(request) : request;
  const answer = spoilt(fault, answerApi(sim, asked));
  if (fault.kind === 'delay-answer') await pause(fault.delayMs);
  return fault.kind === 'lose-answer' ? undefined : answer;
}

async function outcomeOf(sim: Simulation, request: Request): Promise<Outcome> {
  if (request.path === '/' && request.method === 'GET') return html(200, frontPage(sim));
  if (request.path === '/favicon.ico') return empty(204);
  if (request.path.startsWith('/control')) return answerControl(sim, request);
  if (!request.path.toLowerCase().startsWith('/api')) return empty(404);
  const fault = sim.faults.take(request);
  const outcome = fault ? await withFault(sim, request, fault) : answerApi(sim, request);
  noteCall(sim, request, outcome, fault);
  return outcome;
}

function write(response: ServerResponse, outcome: Outcome): void {
  if (!outcome) {
    response.socket?.destroy();
    return;
  }
  const body = Buffer.from(outcome.body, 'utf8');
  const length = outcome.status === 204 ? {} : { 'Content-Length': String(body.length) };
  response.writeHead(outcome.status, { ...outcome.headers, ...length });
  response.end(outcome.status === 204 ? undefined : body);
}

async function serve(
  sim: Simulation,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(message);
  if (body === undefined) {
    write(response, empty(413));
    return;
  }
  write(response, await outcomeOf(sim, toRequest(message, body)));
}

/** A server around a simulation, not yet listening. */
export function makeServer(sim: Simulation): Server {
  const server = createServer((message, response) => {
    serve(sim, message, response).catch((error: unknown) => {
      // A client that hung up is its own affair; anything else is a fault of the simulator.
      if (message.destroyed && !message.complete) return;
      process.stderr.write(`exact-simulator: ${error instanceof Error ? error.stack : error}\n`);
      if (response.headersSent) response.destroy();
      else
        write(
          response,
          json(500, { error: { code: '', message: { lang: '', value: 'Bug in the simulator' } } }),
        );
    });
  });
  // Longer than any client pools its connections, so that none is cut just as it is used again.
  server.keepAliveTimeout = 75_000;
  return server;
}
