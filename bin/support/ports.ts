// Who lives here: the question whether a port is free, asked before anything is started, so that
// the answer is one sentence and not the stack of a server.

import { createServer } from 'node:net';

/** Undefined when a server may listen there; otherwise the sentence for the person who started. */
export function portProblem(name: string, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (problem: NodeJS.ErrnoException) => {
      resolve(sentenceFor(name, port, host, problem));
    });
    probe.listen({ port, host, exclusive: true }, () => {
      probe.close(() => {
        resolve(undefined);
      });
    });
  });
}

/** The sentence for a hub and a simulator that were given the same port; undefined when not. */
export function samePortProblem(hub: number, simulator: number): string | undefined {
  if (hub !== simulator) return undefined;
  const other = simulator === 4100 ? 4101 : 4100;
  return `PORT and EXACT_SIMULATOR_PORT are both ${hub}. Try another: EXACT_SIMULATOR_PORT=${other} npm start`;
}

function sentenceFor(name: string, port: number, host: string, problem: NodeJS.ErrnoException) {
  if (problem.code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Try another: ${name}=${port + 10} npm start`;
  }
  if (problem.code === 'EACCES') {
    return `Port ${port} may not be used by this user. Try another: ${name}=3000 npm start`;
  }
  return `Port ${port} on ${host} cannot be used: ${problem.message}`;
}
