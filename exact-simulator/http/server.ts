/*
 * The HTTP server: reads a call, lets faults do their work, hands it to the API, the control API
 * or a page, and writes the answer or cuts the line. The only file that touches node's sockets.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import { answerControl } from '../control/control.ts';
import { nextCallId, noteCall } from '../control/calls.ts';
import type { Fault } from '../control/faults.ts';
import { maintenancePage } from '../control/fault-answers.ts';
import { isMaintenance } from '../clock/maintenance.ts';
import { frontPage } from '../pages/front-page.ts';
import type { Simulation } from '../simulation.ts';
import { empty, html, json, type Answer, type Request } from './answer.ts';
import { answerFaulty, answerFully, type Outcome } from './faulty.ts';

/** Request bodies above 10 MB are refused (Exact KB, write semantics). */
const BODY_LIMIT_BYTES = 10 * 1024 * 1024;

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
    // Links in answers lead back the way the call came: some clients follow no http link.
    origin: `${message.socket instanceof TLSSocket ? 'https' : 'http'}://${host}`,
  };
}

async function answerCall(sim: Simulation, request: Request): Promise<Outcome> {
  const call = nextCallId(sim);
  if (sim.store.settings.flag('maintenance', false) && isMaintenance(sim.clock)) {
    return noted(sim, call, request, maintenancePage(), undefined);
  }
  const fault = sim.faults.take(request) ?? sim.nemesis.draw(request, call);
  const outcome = fault
    ? await answerFaulty(sim, request, fault, call)
    : await answerFully(sim, request);
  return noted(sim, call, request, outcome, fault);
}

function noted(
  sim: Simulation,
  call: number,
  request: Request,
  outcome: Outcome,
  fault: Fault | undefined,
): Outcome {
  noteCall(sim, call, request, outcome, fault);
  sim.counters.note(request, outcome?.status ?? 0, outcome?.body.length ?? 0);
  return outcome;
}

function otherPage(sim: Simulation, request: Request): Answer {
  if (request.path === '/' && request.method === 'GET') return html(200, frontPage(sim, request));
  return empty(request.path === '/favicon.ico' ? 204 : 404);
}

async function outcomeOf(sim: Simulation, request: Request): Promise<Outcome> {
  sim.tick();
  const control = request.path.startsWith('/control');
  if (!control && !request.path.toLowerCase().startsWith('/api')) return otherPage(sim, request);
  const outcome = control ? await answerControl(sim, request) : await answerCall(sim, request);
  sim.webhooks.kick();
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
  if (outcome.cut) {
    // The length promises the whole; half of it goes out before the line is cut.
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
    return;
  }
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

/** Certificate and key, PEM. */
export interface TlsIdentity {
  cert: string;
  key: string;
}

/** A server around a simulation, not yet listening; it speaks HTTPS when it has an identity. */
export function makeServer(sim: Simulation, tls?: TlsIdentity): Server {
  const answer = (message: IncomingMessage, response: ServerResponse): void => {
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
  };
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  // Longer than any client pools its connections, so that none is cut just as it is used again.
  server.keepAliveTimeout = 75_000;
  return server;
}
