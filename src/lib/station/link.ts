// Who lives here: the station's wire to the hub. It says hello, sends the queue in order, one after
// another, and pulls what changed. socket.io delivers at most once, so every message is answered or
// asked again under its old id; nothing relies on a message that nobody acknowledged.
// Terms: away (no hello was answered yet on this connection), round (one connection's life).

import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { LIMITS } from '../domain/index.ts';
import type { CommandId, Fault, LookAnswer, LookQuestion, Verdict } from '../domain/index.ts';
import { PROTOCOL } from '../protocol/index.ts';
import type {
  Changed,
  HubToStation,
  StateOfCommand,
  StationToHub,
  Welcome,
  WorkflowSet,
} from '../protocol/index.ts';
import type { Stored } from './database.ts';
import type { Identity } from './identity.ts';
import type { Queue } from './queue.ts';
import type { QueueRow } from './queue-rows.ts';
import type { Replica } from './replica.ts';
import { sendPhotos } from './photo-link.ts';
import type { PhotoSource } from './photo-link.ts';
import { sendTapes } from './tape-link.ts';
import type { TapeSource } from './tape-link.ts';
import { answered, over, pause } from './waiting.ts';

export type HubState =
  | { readonly kind: 'away' }
  | { readonly kind: 'connected' }
  /** The hub is there and does not want this station as it is. */
  | { readonly kind: 'refused'; readonly fault: Fault };

/** What the link does to the rest of the station. */
export interface LinkPorts {
  readonly queue: Queue;
  readonly replica: Replica;
  readonly tapes: TapeSource;
  readonly photos: PhotoSource;
  readonly identity: () => Promise<Stored<Identity>>;
  /** The hub this station last spoke to; another one means another journal. */
  readonly knownHub: () => Promise<Stored<string | undefined>>;
  readonly rememberHub: (hubId: string) => Promise<Stored<void>>;
  readonly workflowSet: () => string | undefined;
  readonly takeWorkflows: (set: WorkflowSet) => Promise<Stored<void>>;
  readonly onState: (state: HubState) => void;
  /** A command was settled; `refused` rows want an operator's eyes. */
  readonly onSettled: (row: QueueRow) => void;
  readonly onFault: (fault: Fault) => void;
}

const PAUSE_MIN_MS = 20;

export class HubLink {
  readonly #socket: Socket<HubToStation, StationToHub>;
  #round = new AbortController();
  #wake: () => void = () => undefined;
  /** One pull at a time; a poke during a pull makes one more. */
  #pulling: Promise<void> | undefined;
  #pullAgain = false;
  #comeBack: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly ports: LinkPorts,
  ) {
    this.#socket = io(url, {
      autoConnect: false,
      transports: ['websocket'],
      reconnectionDelay: 300,
      reconnectionDelayMax: 5_000,
      timeout: LIMITS.hubAnswerMs,
    });
    this.#socket.on('connect', () => void this.#live());
    this.#socket.on('disconnect', (reason) => {
      this.#round.abort();
      this.ports.onState({ kind: 'away' });
      // socket.io does not come back by itself when the hub closed the door.
      if (reason !== 'io server disconnect') return;
      clearTimeout(this.#comeBack);
      this.#comeBack = setTimeout(() => this.#socket.connect(), 1_000);
    });
    this.#socket.on('changed', (changed) => void this.#changed(changed, this.#round.signal));
    this.#socket.on('states', (states) => void this.#takeStates(states));
    this.ports.queue.onChange(() => this.#wake());
  }

  start(): void {
    this.#socket.connect();
  }

  /** The hub's answer, or nothing while it is away. */
  async look(ask: LookQuestion): Promise<LookAnswer | undefined> {
    if (!this.#socket.connected) return undefined;
    const asked = this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('look', ask);
    const found = await answered(asked);
    return found?.ok === true ? found.value : undefined;
  }

  stop(): void {
    clearTimeout(this.#comeBack);
    this.#round.abort();
    this.#socket.removeAllListeners();
    this.#socket.disconnect();
  }

  /** One connection: hello until it is answered well, then everything else until it breaks. */
  async #live(): Promise<void> {
    this.#round.abort();
    this.#round = new AbortController();
    const { signal } = this.#round;
    while (!signal.aborted) {
      const welcome = await this.#hello();
      if (over(signal)) return;
      if (welcome?.ok === true && (await this.#meet(welcome.hubId, signal))) {
        this.ports.onState({ kind: 'connected' });
        void this.#changed(welcome, signal);
        void this.#askStates();
        // A hub that does not know the message would close the door.
        if (welcome.tapes === true) void sendTapes(this.#socket, this.ports.tapes, signal);
        void this.#photos(signal);
        await this.#drain(signal);
        continue;
      }
      if (welcome?.ok === false) this.ports.onState({ kind: 'refused', fault: welcome.fault });
      await pause(welcome === undefined ? PAUSE_MIN_MS : LIMITS.hubPauseMs, signal);
    }
  }

  async #photos(signal: AbortSignal): Promise<void> {
    const { photos, onFault, identity } = this.ports;
    const mine = await identity();
    if (mine.ok) return sendPhotos(this.url, mine.value.id, photos, onFault, signal);
    onFault(mine.fault);
  }

  async #hello(): Promise<Welcome | undefined> {
    const identity = await this.ports.identity();
    if (!identity.ok) {
      this.ports.onFault(identity.fault);
      return { ok: false, fault: identity.fault };
    }
    const { id, name } = identity.value;
    const hello = { protocol: PROTOCOL, station: { id, name } };
    return answered(this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('hello', hello));
  }

  /** Whether the disk knows this hub now. Another hub gets a new station and a whole replica. */
  async #meet(hubId: string, signal: AbortSignal): Promise<boolean> {
    const known = await this.ports.knownHub();
    if (!known.ok) return this.#failed(known.fault);
    if (known.value === hubId) return true;
    if (known.value !== undefined) {
      const fresh = await this.ports.queue.takeNewIdentity();
      if (!fresh.ok) return this.#failed(fresh.fault);
    }
    const cleared = await this.ports.replica.clear();
    if (!cleared.ok) return this.#failed(cleared.fault);
    const written = await this.ports.rememberHub(hubId);
    if (!written.ok) return this.#failed(written.fault);
    // The hub must hear the new name before the first command: hello again on this connection.
    if (known.value !== undefined) this.#socket.disconnect().connect();
    return known.value === undefined && !signal.aborted;
  }

  #failed(why: Fault): false {
    this.ports.onFault(why);
    return false;
  }

  /** Sends what waits, the oldest first, each only after the one before it was decided. */
  async #drain(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    while (!signal.aborted) {
      const idle = new Promise<void>((resolve) => (this.#wake = resolve));
      const next = await this.ports.queue.next();
      if (!next.ok) {
        this.ports.onFault(next.fault);
        await pause(LIMITS.hubPauseMs, signal);
      } else if (next.value === null) {
        await idle;
      } else if (await this.#send(next.value, signal)) {
        return;
      }
    }
  }

  /** One try at one command. True: the station has a new name and must say hello again. */
  async #send(row: QueueRow, signal: AbortSignal): Promise<boolean> {
    const asked = this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('command', row.command);
    const verdict = await answered<Verdict>(asked);
    // No answer is no refusal: the same command goes again, under the same id.
    if (verdict === undefined) return false;
    if (verdict.kind === 'later') return this.#later(row, verdict, signal);
    const settled = await this.ports.queue.settle(row.command.id, verdict);
    if (!settled.ok) {
      this.ports.onFault(settled.fault);
      await pause(LIMITS.hubPauseMs, signal);
    } else if (settled.value !== null) {
      this.ports.onSettled(settled.value);
    }
    return false;
  }

  async #later(
    row: QueueRow,
    verdict: Extract<Verdict, { kind: 'later' }>,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { expect, afterMs } = verdict;
    if (expect !== undefined && expect !== row.command.stationSeq) {
      const again = await this.ports.queue.reopenFrom(expect);
      if (!again.ok) this.ports.onFault(again.fault);
      if (again.ok && again.value === 'hole') {
        const fresh = await this.ports.queue.takeNewIdentity();
        if (fresh.ok) {
          this.#socket.disconnect().connect();
          return true;
        }
        this.ports.onFault(fresh.fault);
      }
    }
    await pause(Math.min(Math.max(afterMs, PAUSE_MIN_MS), LIMITS.hubPauseMs), signal);
    return false;
  }

  async #changed(changed: Changed, signal: AbortSignal): Promise<void> {
    if (changed.workflowSet !== this.ports.workflowSet()) await this.#pullWorkflows(signal);
    if (changed.replicaVersion === this.ports.replica.version) return;
    this.#pullAgain = true;
    this.#pulling ??= this.#pull(signal).finally(() => (this.#pulling = undefined));
    await this.#pulling;
  }

  async #pull(signal: AbortSignal): Promise<void> {
    while (this.#pullAgain && !signal.aborted) {
      this.#pullAgain = false;
      for (let complete = false; !complete && !over(signal);) {
        const after = this.ports.replica.version;
        const asked = this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('replica', { after });
        const page = await answered(asked);
        if (page?.ok !== true) {
          await pause(1_000, signal);
          continue;
        }
        const applied = await this.ports.replica.apply(page.value);
        if (!applied.ok) {
          this.ports.onFault(applied.fault);
          return;
        }
        complete = page.value.complete;
      }
    }
  }

  async #pullWorkflows(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const asked = this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('workflows', {});
      const set = await answered(asked);
      if (set?.ok === true) {
        const taken = await this.ports.takeWorkflows(set.value);
        if (!taken.ok) this.ports.onFault(taken.fault);
        return;
      }
      await pause(1_000, signal);
    }
  }

  async #askStates(): Promise<void> {
    const ids = this.ports.queue.unsettled();
    for (let at = 0; at < ids.length; at += LIMITS.stateIdsPerAsk) {
      const some: CommandId[] = ids.slice(at, at + LIMITS.stateIdsPerAsk);
      const asked = this.#socket.timeout(LIMITS.hubAnswerMs).emitWithAck('states', { ids: some });
      const states = await answered(asked);
      if (states?.ok === true) await this.#takeStates(states.value);
    }
  }

  async #takeStates(states: readonly StateOfCommand[]): Promise<void> {
    const written = await this.ports.queue.setStates(states);
    if (!written.ok) this.ports.onFault(written.fault);
  }
}
