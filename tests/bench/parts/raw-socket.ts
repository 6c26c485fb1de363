// Who lives here: the bare WebSocket, without socket.io's words on it. It is the very `ws` on which
// socket.io stands, found through it, so that both sides of a comparison share the wire's lowest
// layer. It is no dependency of ours and has no types here: what is used of it is checked.

import { createRequire } from 'node:module';

export interface RawSocket {
  send(bytes: Uint8Array): void;
  close(): void;
  on(event: 'open', listener: () => void): void;
  on(event: 'message', listener: (bytes: Buffer) => void): void;
  on(event: 'error', listener: (problem: Error) => void): void;
}

export interface RawServer {
  address(): unknown;
  close(): void;
  on(event: 'listening', listener: () => void): void;
  on(event: 'connection', listener: (socket: unknown) => void): void;
}

function hasMethods(value: unknown, names: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return names.every((name) => typeof Reflect.get(value, name) === 'function');
}

export function isRawSocket(value: unknown): value is RawSocket {
  return hasMethods(value, ['send', 'close', 'on']);
}

function isRawServer(value: unknown): value is RawServer {
  return hasMethods(value, ['address', 'close', 'on']);
}

/** Calls `new <name>(…args)` of `ws`. */
function make(name: 'WebSocket' | 'WebSocketServer', args: readonly unknown[]): unknown {
  const socketIo = createRequire(import.meta.url).resolve('socket.io');
  const engine = createRequire(socketIo).resolve('engine.io');
  const ws: unknown = createRequire(engine)('ws');
  const found: unknown = typeof ws === 'function' ? Reflect.get(ws, name) : undefined;
  if (typeof found !== 'function') throw new Error(`socket.io's ws has no ${name}`);
  return Reflect.construct(found, args);
}

/** Listens on any free port of this machine. */
export function serveRaw(): RawServer {
  const server = make('WebSocketServer', [{ port: 0, host: '127.0.0.1' }]);
  if (!isRawServer(server)) throw new Error('not a server');
  return server;
}

export function connectRaw(url: string): Promise<RawSocket> {
  const socket = make('WebSocket', [url, { perMessageDeflate: false }]);
  if (!isRawSocket(socket)) throw new Error('not a socket');
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      resolve(socket);
    });
  });
}
