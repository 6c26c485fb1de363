// Who lives here: one station's talk with the hub, without the socket under it. Nothing is believed
// before it is parsed, nothing but `hello` is answered before `hello`, and every question gets an
// answer. Words: greeted means that the station said who it is, in a protocol that we speak.

import { fault, LIMITS } from '../../domain/index.ts';
import type { CommandId, Fault, LookAnswer, StationId, Verdict } from '../../domain/index.ts';
import { stationOf } from '../../ledger/index.ts';
import {
  parseCommand,
  parseHello,
  parseLookAsk,
  parseReplicaAsk,
  parseStatesAsk,
  parseTape,
  PROTOCOL,
} from '../../protocol/index.ts';
import type {
  Answer,
  Hello,
  ReplicaPage,
  StateOfCommand,
  TapeVerdict,
  Welcome,
  WorkflowSet,
} from '../../protocol/index.ts';
import type { TokenBucket } from './bucket.ts';
import type { HubAlarm, HubPorts } from './ports.ts';
import type { Writer } from './writing.ts';

/** What a talk needs of the hub. */
export interface Desk {
  readonly hubId: string;
  readonly writer: Writer;
  readonly ports: HubPorts;
  readonly report: (alarm: HubAlarm) => void;
  /** The station's own bucket, whichever socket it comes by. */
  bucketOf(station: StationId): TokenBucket;
  /** The same for its tapes, which are many times as large as anything else it says. */
  tapeBucketOf(station: StationId): TokenBucket;
}

/** Who is at the other end, once it said so. */
export type Greeted = Hello['station'];

export class Talk {
  readonly #desk: Desk;
  #bucket: TokenBucket;
  #station: Greeted | undefined;

  /** @param bucket for the messages before `hello` */
  constructor(desk: Desk, bucket: TokenBucket) {
    this.#desk = desk;
    this.#bucket = bucket;
  }

  get station(): Greeted | undefined {
    return this.#station;
  }

  hello(message: unknown): Welcome {
    if (!this.#bucket.take()) return { ok: false, fault: fault('hub.busy') };
    const spoken = protocolOf(message);
    if (spoken !== undefined && spoken !== PROTOCOL) {
      return { ok: false, fault: fault('hub.version', { station: spoken, hub: PROTOCOL }) };
    }
    const parsed = parseHello(message);
    if (!parsed.ok) return { ok: false, fault: this.#bad('hello', parsed.reason) };
    const { station } = parsed.value;
    if (this.#station !== undefined && this.#station.id !== station.id) {
      return { ok: false, fault: this.#bad('hello', 'station: another one than before') };
    }
    this.#station = station;
    this.#bucket = this.#desk.bucketOf(station.id);
    const { hubId, writer, ports } = this.#desk;
    return {
      ok: true,
      protocol: PROTOCOL,
      hubId,
      seq: writer.world().seq,
      replicaVersion: ports.replicaVersion(),
      workflowSet: ports.workflowSet(),
      tapes: true,
    };
  }

  /** `refused` with seq 0 stands for no entry: what cannot be read cannot be written down. */
  async command(message: unknown): Promise<Verdict> {
    const turnedAway = this.#turnAway('command');
    if (turnedAway !== undefined) return later(turnedAway, this.#bucket.waitMs());
    const parsed = parseCommand(message);
    if (!parsed.ok) return refused(this.#bad('command', parsed.reason));
    if (parsed.value.station !== this.#station?.id) {
      return refused(this.#bad('command', 'station: not the one that said hello'));
    }
    try {
      return await this.#desk.writer.submit(parsed.value);
    } catch {
      // The writer has reported it. The station keeps the command: the goods are in its hands.
      return later(fault('hub.storage', { kind: 'broken' }), LIMITS.hubStorageMs);
    }
  }

  replica(message: unknown): Promise<Answer<ReplicaPage>> {
    const parsed = parseReplicaAsk(message);
    return this.#answer('replica', parsed, ({ after }) => this.#desk.ports.replicaPage(after));
  }

  look(message: unknown): Promise<Answer<LookAnswer>> {
    return this.#answer('look', parseLookAsk(message), (ask) => this.#desk.ports.look(ask));
  }

  workflows(): Promise<Answer<WorkflowSet>> {
    const nothing = { ok: true, value: undefined } as const;
    return this.#answer('workflows', nothing, () => this.#desk.ports.workflows());
  }

  /** A station hears of its own commands only. */
  states(message: unknown): Promise<Answer<readonly StateOfCommand[]>> {
    return this.#answer('states', parseStatesAsk(message), ({ ids }) => {
      const world = this.#desk.writer.world();
      const own = ids.filter((id: CommandId) => stationOf(world, id) === this.#station?.id);
      return this.#desk.ports.statesOf(own);
    });
  }

  async tape(message: unknown): Promise<TapeVerdict> {
    const turnedAway = this.#turnAway('tape');
    const station = this.#station?.id;
    if (turnedAway !== undefined || station === undefined) {
      return { kind: 'later', afterMs: Math.max(LIMITS.hubBusyMs, this.#bucket.waitMs()) };
    }
    const bucket = this.#desk.tapeBucketOf(station);
    if (!bucket.take()) return { kind: 'later', afterMs: bucket.waitMs() };
    const parsed = parseTape(message);
    if (!parsed.ok) return { kind: 'refused', fault: this.#bad('tape', parsed.reason) };
    try {
      return await this.#desk.ports.tape(parsed.value);
    } catch (error) {
      this.#desk.report({ kind: 'broken', error });
      return { kind: 'later', afterMs: LIMITS.hubStorageMs };
    }
  }

  async #answer<Asked, T>(
    event: string,
    parsed: { ok: true; value: Asked } | { ok: false; reason: string },
    ask: (asked: Asked) => T | Promise<T>,
  ): Promise<Answer<T>> {
    const turnedAway = this.#turnAway(event);
    if (turnedAway !== undefined) return { ok: false, fault: turnedAway };
    if (!parsed.ok) return { ok: false, fault: this.#bad(event, parsed.reason) };
    try {
      return { ok: true, value: await ask(parsed.value) };
    } catch (error) {
      this.#desk.report({ kind: 'broken', error });
      return { ok: false, fault: fault('hub.storage', { kind: 'broken' }) };
    }
  }

  #turnAway(event: string): Fault | undefined {
    if (!this.#bucket.take()) return fault('hub.busy');
    return this.#station === undefined ? this.#bad(event, 'hello comes first') : undefined;
  }

  #bad(event: string, reason: string): Fault {
    this.#desk.report({ kind: 'bad-message', event, reason });
    return fault('ledger.invalid', { reason });
  }
}

function protocolOf(message: unknown): number | undefined {
  if (typeof message !== 'object' || message === null || !('protocol' in message)) return undefined;
  return typeof message.protocol === 'number' ? message.protocol : undefined;
}

function later(because: Fault, afterMs: number): Verdict {
  return { kind: 'later', afterMs: Math.max(LIMITS.hubGapMs, afterMs), fault: because };
}

function refused(because: Fault): Verdict {
  return { kind: 'refused', seq: 0, fault: because };
}
