// Who lives here: a station without a screen: it speaks the protocol to the hub and nothing more,
// so that what it measures is the hub's word and not its own work.

import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { makeId } from '../../../src/lib/domain/index.ts';
import type {
  Command,
  CommandId,
  CommandPayload,
  OrderView,
  Revision,
  SessionId,
  StationId,
  Verdict,
} from '../../../src/lib/domain/index.ts';
import { PROTOCOL } from '../../../src/lib/protocol/index.ts';
import type { HubToStation, StationToHub } from '../../../src/lib/protocol/index.ts';

const clock = { nowMs: () => Date.now() };
const random = { bytes: (count: number) => randomBytes(count) };

export class BenchStation {
  readonly #socket: Socket<HubToStation, StationToHub>;
  readonly #id = makeId<StationId>(clock, random);
  readonly #session = makeId<SessionId>(clock, random);
  #seq = 0;

  private constructor(socket: Socket<HubToStation, StationToHub>) {
    this.#socket = socket;
  }

  /** Connects under an id that the hub has never seen, so with a full burst of messages. */
  static async open(hubUrl: string): Promise<BenchStation> {
    const options = { transports: ['websocket'], reconnection: false, forceNew: true };
    const socket: Socket<HubToStation, StationToHub> = io(hubUrl, options);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', () => {
        resolve();
      });
      socket.once('connect_error', reject);
    });
    const station = new BenchStation(socket);
    const hello = { protocol: PROTOCOL, station: { id: station.#id, name: 'dock-bench' } };
    const welcome = await socket.emitWithAck('hello', hello);
    if (!welcome.ok) throw new Error(`the hub does not welcome us: ${welcome.fault.code}`);
    return station;
  }

  /** The next command of this station, complete and not yet sent. */
  make(payload: CommandPayload): Command {
    this.#seq += 1;
    return {
      id: makeId<CommandId>(clock, random),
      station: this.#id,
      stationSeq: this.#seq,
      operator: 'bench',
      session: this.#session,
      revision: 'bench' as Revision,
      madeAtMs: Date.now(),
      payload,
    };
  }

  /** Resolves when the hub has accepted it; every other answer is an Error. */
  send(command: Command): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.emit('command', command, (verdict: Verdict) => {
        if (verdict.kind === 'accepted') resolve();
        else reject(new Error(`${verdict.kind}: ${verdict.fault.code}`));
      });
    });
  }

  /** Every open order that the hub shows to stations. */
  async orders(): Promise<OrderView[]> {
    const found: OrderView[] = [];
    for (let after = 0; ;) {
      const page = await this.#socket.emitWithAck('replica', { after });
      if (!page.ok) throw new Error(`no replica: ${page.fault.code}`);
      for (const row of page.value.rows) {
        if (row.kind === 'order' && row.body !== null) found.push(row.body);
      }
      if (page.value.complete) return found;
      after = page.value.version;
    }
  }

  close(): void {
    this.#socket.disconnect();
  }
}
