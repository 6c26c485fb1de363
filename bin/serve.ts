// The hub's process: one HTTP server on the loopback interface, with the built pages and the hub's
// sockets on it. `npm start` runs it as a child; it can also be run alone (`tsx bin/serve.ts`).
//
// The server is shown to the House on globalThis before the build is imported: adapter-node
// bundles hooks.server.ts, and importing src/lib/server from here too would make a second copy of
// every singleton. The House in the bundle starts with kit's `init` and hangs its sockets on it.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readEnvironment } from '../src/lib/server/env/index.ts';
import { isOurHost } from './support/hosts.ts';
import { PROOFS, ROOT } from './support/build.ts';

type Handler = (request: IncomingMessage, answer: ServerResponse, next: () => void) => void;

/** How long running requests and the House may take to end. */
const DRAIN_MS = 10_000;
/** Told to adapter-node by PROTOCOL_HEADER; set here on every request, whatever a client sent. */
const PROTOCOL_HEADER = 'x-scandock-protocol';

function fail(...lines: string[]): never {
  for (const line of lines) console.error(line);
  process.exit(1);
}

async function importHandler(): Promise<Handler> {
  const file = join(ROOT, 'build/handler.js');
  if (!existsSync(file)) fail('The product is not built yet. Run: npm run build');
  // Read by the bundle when it is loaded: the origin of a request is what its Host header says.
  process.env['PROTOCOL_HEADER'] = PROTOCOL_HEADER;
  delete process.env['ORIGIN'];
  try {
    const bundle: unknown = await import(pathToFileURL(file).href);
    if (isBundle(bundle)) return bundle.handler;
  } catch (problem) {
    if (isStartupFailure(problem)) fail(...problem.lines);
    throw problem;
  }
  fail('build/handler.js is not a build of this product. Run: npm run build');
}

function isBundle(value: unknown): value is { handler: Handler } {
  return typeof value === 'object' && value !== null && 'handler' in value;
}

/** The House's refusal to start; known by name, because its class lives inside the bundle. */
function isStartupFailure(problem: unknown): problem is Error & { lines: readonly string[] } {
  return problem instanceof Error && problem.name === 'StartupFailure' && 'lines' in problem;
}

async function closeHouse(): Promise<void> {
  const house: unknown = Reflect.get(globalThis, Symbol.for('scandock.house'));
  if (typeof house !== 'object' || house === null || !('close' in house)) return;
  if (typeof house.close === 'function') await house.close();
}

function answerWith(handler: Handler) {
  return (request: IncomingMessage, answer: ServerResponse): void => {
    // The hub's sockets answer for themselves.
    if (request.url?.startsWith('/socket.io/') === true) return;
    if (!isOurHost(request.headers.host)) {
      answer.writeHead(421, { 'content-type': 'text/plain; charset=utf-8' });
      answer.end('This hub answers on this machine only: use http://localhost.\n');
      return;
    }
    request.headers[PROTOCOL_HEADER] = 'http';
    answer.setHeader('X-Content-Type-Options', 'nosniff');
    answer.setHeader('Referrer-Policy', 'same-origin');
    // The kiosk's own page asks for a camera, where a workflow does; nothing asks for anything else.
    answer.setHeader('Permissions-Policy', 'camera=(self), microphone=(), geolocation=()');
    handler(request, answer, () => {
      answer.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('Not found\n');
    });
  };
}

const read = readEnvironment(process.env);
if (!read.ok) {
  for (const line of read.lines) console.error(line);
  process.exit(2);
}
const { port, host } = read.environment;
const server = createServer();
Reflect.set(globalThis, Symbol.for('scandock.http'), server);
Reflect.set(globalThis, Symbol.for('scandock.proofs'), join(ROOT, PROOFS));
server.on('request', answerWith(await importHandler()));
// The hub's own gate reads Origin; a foreign Host never gets as far as that.
server.prependListener('upgrade', (request, socket) => {
  if (!isOurHost(request.headers.host)) socket.destroy();
});
server.on('error', (problem: NodeJS.ErrnoException) => {
  const taken = problem.code === 'EADDRINUSE';
  fail(taken ? `Port ${port} is taken. Try another with PORT=…` : `HTTP: ${problem.message}`);
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => {
    fail(`The hub did not end within ${DRAIN_MS / 1000} s and is stopped hard; nothing is lost.`);
  }, DRAIN_MS).unref();
  server.close();
  await closeHouse();
  server.closeAllConnections();
  process.exit(0);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());

server.listen(port, host, () => {
  console.log(`scandock hub ready on http://${host}:${port}`);
});
