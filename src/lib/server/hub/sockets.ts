// Who lives here: the sockets of the hub. socket.io delivers at most once and keeps nothing, so all
// that matters is acknowledged, and a station that connects asks for what it missed. Settings are
// tight on purpose; each stands with its reason.

import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { LIMITS } from '../../domain/index.ts';
import type { Clock, CommandId, Scheduler, StationId } from '../../domain/index.ts';
import { stationOf, touched } from '../../ledger/index.ts';
import type { JournalEntry, World } from '../../ledger/index.ts';
import type { HubToStation, StationToHub } from '../../protocol/index.ts';
import { TokenBucket } from './bucket.ts';
import { refuseOrigin } from './origin.ts';
import type { HubAlarm, HubPorts } from './ports.ts';
import { Pushes } from './pushes.ts';
import { Talk } from './talk.ts';
import type { Desk, Greeted } from './talk.ts';
import type { Writer } from './writing.ts';

export interface SocketParts {
  readonly http: HttpServer;
  readonly hubId: string;
  readonly writer: Writer;
  readonly ports: HubPorts;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly report: (alarm: HubAlarm) => void;
}

export interface HubSockets {
  /** The replica or the workflow set changed: every station will hear, soon and once. */
  changed(): void;
  /** These commands came further by something that is not in the journal (sending, in doubt). */
  statesChanged(ids: readonly CommandId[]): void;
  /** Who is here now. */
  stations(): readonly Greeted[];
  /** Sends everyone away and closes the http server below. */
  close(): Promise<void>;
}

type HubSocket = Socket<StationToHub, HubToStation>;
type HubServer = Server<StationToHub, HubToStation>;

const EVENTS: ReadonlySet<string> = new Set([
  'hello',
  'command',
  'replica',
  'look',
  'workflows',
  'states',
  'tape',
] satisfies (keyof StationToHub)[]);

/** Hangs the hub on `http`. Stations reach it at the default path `/socket.io/`. */
export function attachSockets(parts: SocketParts): HubSockets {
  return new Sockets(parts);
}

class Sockets implements HubSockets {
  readonly #parts: SocketParts;
  readonly #io: HubServer;
  readonly #pushes: Pushes;
  readonly #byStation = new Map<StationId, { socket: HubSocket; station: Greeted }>();
  readonly #buckets = new Map<StationId, TokenBucket>();
  readonly #tapeBuckets = new Map<StationId, TokenBucket>();
  readonly #endListening: () => void;

  constructor(parts: SocketParts) {
    this.#parts = parts;
    this.#io = this.#serve(parts.http);
    this.#pushes = this.#makePushes();
    this.#endListening = parts.writer.onCommitted((entries, world) => this.#told(entries, world));
    this.#io.on('connection', (socket) => this.#receive(socket));
  }

  changed(): void {
    this.#pushes.changed();
  }

  statesChanged(ids: readonly CommandId[]): void {
    this.#push(ids, this.#parts.writer.world());
  }

  stations(): readonly Greeted[] {
    return [...this.#byStation.values()].map(({ station }) => station);
  }

  async close(): Promise<void> {
    this.#endListening();
    this.#pushes.stop();
    this.#io.disconnectSockets(true);
    await this.#io.close();
  }

  #serve(http: HttpServer): HubServer {
    return new Server(http, {
      // Long polling would double every way in, and bring its own order of messages.
      transports: ['websocket'],
      serveClient: false,
      maxHttpBufferSize: LIMITS.messageBytes,
      // Small messages on a local network: compression costs memory and wins nothing.
      perMessageDeflate: false,
      httpCompression: false,
      connectTimeout: LIMITS.socketHelloMs,
      pingInterval: LIMITS.socketPingMs,
      pingTimeout: LIMITS.socketPingTimeoutMs,
      // connectionStateRecovery stays off: it would skip `hello` and remember in memory only.
      allowRequest: (request, decide) => {
        const reason = this.#refusal(request);
        if (reason !== undefined) {
          this.#parts.report({ kind: 'bad-message', event: 'connect', reason });
        }
        decide(reason, reason === undefined);
      },
    });
  }

  #refusal(request: IncomingMessage): string | undefined {
    if (this.#io.engine.clientsCount >= LIMITS.sockets) return 'too many sockets';
    return refuseOrigin(request);
  }

  #receive(socket: HubSocket): void {
    const talk = new Talk(this.#desk(), this.#newBucket());
    const stopWaiting = this.#parts.scheduler.after(LIMITS.socketHelloMs, () => {
      if (talk.station === undefined) socket.disconnect(true);
    });
    socket.onAny((event: string) => {
      if (!EVENTS.has(event)) this.#sendAway(socket, event);
    });
    socket.on('hello', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'hello', answer, () => {
        const welcome = talk.hello(message);
        if (welcome.ok && talk.station !== undefined) this.#welcome(socket, talk.station);
        return welcome;
      });
    });
    socket.on('command', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'command', answer, () => talk.command(message));
    });
    socket.on('replica', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'replica', answer, () => talk.replica(message));
    });
    socket.on('look', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'look', answer, () => talk.look(message));
    });
    socket.on('workflows', (_message: unknown, answer: unknown) => {
      this.#reply(socket, 'workflows', answer, () => talk.workflows());
    });
    socket.on('states', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'states', answer, () => talk.states(message));
    });
    socket.on('tape', (message: unknown, answer: unknown) => {
      this.#reply(socket, 'tape', answer, () => talk.tape(message));
    });
    socket.on('disconnect', () => {
      stopWaiting();
      this.#forget(socket, talk.station);
    });
  }

  /** One socket a station: the newest one, since the older may be half dead and nobody knows. */
  #welcome(socket: HubSocket, station: Greeted): void {
    const older = this.#byStation.get(station.id)?.socket;
    this.#byStation.set(station.id, { socket, station });
    if (older !== undefined && older !== socket) older.disconnect(true);
  }

  #forget(socket: HubSocket, station: Greeted | undefined): void {
    if (station === undefined || this.#byStation.get(station.id)?.socket !== socket) return;
    this.#byStation.delete(station.id);
  }

  /**
   * A message that wants no answer is none of ours: everything here is acknowledged. So nothing is
   * done for it, and `ask` is called only when somebody waits to hear what came of it.
   */
  #reply<T>(socket: HubSocket, event: string, answer: unknown, ask: () => T | Promise<T>): void {
    if (typeof answer !== 'function') {
      this.#sendAway(socket, event);
      return;
    }
    new Promise<T>((resolve) => resolve(ask())).then(
      (known) => void Reflect.apply(answer, null, [known]),
      (error: unknown) => this.#parts.report({ kind: 'broken', error }),
    );
  }

  #sendAway(socket: HubSocket, event: string): void {
    const reason = 'not a message of this protocol';
    this.#parts.report({ kind: 'bad-message', event: event.slice(0, 40), reason });
    socket.disconnect(true);
  }

  #desk(): Desk {
    const { hubId, writer, ports, report, clock } = this.#parts;
    const { stationTapesPerSecond, stationTapesBurst } = LIMITS;
    return {
      ...{ hubId, writer, ports, report },
      bucketOf: (station) => kept(this.#buckets, station, () => this.#newBucket()),
      tapeBucketOf: (station) =>
        kept(this.#tapeBuckets, station, () => {
          return new TokenBucket(clock, stationTapesPerSecond, stationTapesBurst);
        }),
    };
  }

  #newBucket(): TokenBucket {
    const { stationMessagesPerSecond, stationMessagesBurst } = LIMITS;
    return new TokenBucket(this.#parts.clock, stationMessagesPerSecond, stationMessagesBurst);
  }

  #told(entries: readonly JournalEntry[], world: World): void {
    for (const entry of entries) this.#push(touched(world, entry), world);
  }

  #push(ids: readonly CommandId[], world: World): void {
    for (const id of ids) {
      const station = stationOf(world, id);
      if (station !== undefined && this.#byStation.has(station)) this.#pushes.states(station, [id]);
    }
  }

  #makePushes(): Pushes {
    const { ports, scheduler, report } = this.#parts;
    const target = {
      changed: () => ({
        replicaVersion: ports.replicaVersion(),
        workflowSet: ports.workflowSet(),
      }),
      statesOf: async (ids: readonly CommandId[]) => ports.statesOf(ids),
      sendChanged: (changed: Parameters<HubToStation['changed']>[0]) => {
        for (const { socket } of this.#byStation.values()) socket.emit('changed', changed);
      },
      sendStates: (station: StationId, states: Parameters<HubToStation['states']>[0]) => {
        this.#byStation.get(station)?.socket.emit('states', states);
      },
      broken: (error: unknown) => report({ kind: 'broken', error }),
    };
    return new Pushes(target, scheduler);
  }
}

/** Reconnecting does not fill a bucket again; the oldest one goes when there are too many. */
function kept(
  buckets: Map<StationId, TokenBucket>,
  station: StationId,
  make: () => TokenBucket,
): TokenBucket {
  const bucket = buckets.get(station) ?? make();
  buckets.delete(station);
  buckets.set(station, bucket);
  const [oldest] = buckets.keys();
  if (buckets.size > 2 * LIMITS.sockets && oldest !== undefined) buckets.delete(oldest);
  return bucket;
}
