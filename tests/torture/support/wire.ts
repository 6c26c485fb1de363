// The hub's sockets on a port of their own, and a station's end of the wire.

import { createServer } from 'node:http';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import type { StationId, Verdict } from '../../../src/lib/domain/index.ts';
import { stateOf } from '../../../src/lib/ledger/index.ts';
import { PROTOCOL } from '../../../src/lib/protocol/index.ts';
import type { Welcome } from '../../../src/lib/protocol/index.ts';
import { attachSockets } from '../../../src/lib/server/hub/index.ts';
import type { HubPorts, Writer } from '../../../src/lib/server/hub/index.ts';
import { clock, scheduler } from './disk.ts';
import { id } from './goods.ts';
import type { TestHub } from './hub.ts';

/** The projection's part, as small as can be. */
function portsOf(writer: Writer): HubPorts {
  return {
    replicaPage: (after) => ({ rows: [], version: Math.max(after, 7), complete: true }),
    replicaVersion: () => 7,
    look: () => ({ lies: [], more: 0 }),
    workflowSet: () => 'set-1',
    workflows: () => ({ workflowSet: 'set-1', workflows: [] }),
    statesOf: (ids) =>
      ids.flatMap((command) => {
        const state = stateOf(writer.world(), command);
        return state === undefined ? [] : [{ id: command, state }];
      }),
    tape: () => Promise.resolve({ kind: 'kept' }),
  };
}

export async function serveHub(hub: TestHub, ports: Partial<HubPorts> = {}) {
  const http = createServer();
  const sockets = attachSockets({
    http,
    hubId: hub.store.hubId,
    writer: hub.writer,
    ports: { ...portsOf(hub.writer), ...ports },
    clock,
    scheduler,
    report: (alarm) => hub.alarms.push(alarm),
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { http, sockets, url: `http://127.0.0.1:${port}` };
}

/** A station's end of the wire. */
export class Client {
  readonly socket: Socket;

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      extraHeaders: headers,
    });
  }

  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.once('connect', () => resolve());
      this.socket.once('connect_error', reject);
    });
  }

  gone(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.disconnected) resolve();
      this.socket.once('disconnect', () => resolve());
    });
  }

  ask(event: string, message: unknown): Promise<unknown> {
    return this.socket.timeout(5000).emitWithAck(event, message) as Promise<unknown>;
  }

  async hello(station: number, protocol = PROTOCOL): Promise<Welcome> {
    const who = { id: id<StationId>('a', station), name: `dock-${station}` };
    return (await this.ask('hello', { protocol, station: who })) as Welcome;
  }

  async send(message: unknown): Promise<Verdict> {
    return (await this.ask('command', message)) as Verdict;
  }

  next<T>(event: string): Promise<T> {
    return new Promise((resolve) => this.socket.once(event, (value: T) => resolve(value)));
  }
}
