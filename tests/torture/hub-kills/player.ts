// Who lives here: a station without a screen that sends one command after another and keeps each
// until the hub has given its final word, over any number of the hub's deaths.

import { randomBytes } from 'node:crypto';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { makeId } from '../../../src/lib/domain/index.ts';
import type {
  Command,
  CommandId,
  Revision,
  SessionId,
  StationId,
  Verdict,
} from '../../../src/lib/domain/index.ts';
import { PROTOCOL } from '../../../src/lib/protocol/index.ts';
import type { HubToStation, StationToHub } from '../../../src/lib/protocol/index.ts';
import type { Work } from './ground.ts';

const clock = { nowMs: () => Date.now() };
const random = { bytes: (count: number) => randomBytes(count) };
const ANSWER_MS = 5_000;
/** Slower than a station may speak for long. */
const PAUSE_MS = 60;

type Wire = Socket<HubToStation, StationToHub>;

export class Player {
  readonly #id = makeId<StationId>(clock, random);
  readonly #session = makeId<SessionId>(clock, random);
  readonly name: string;
  #sent = 0;
  #waiting: Command | undefined;
  /** The hub's final word on each command. */
  readonly verdicts = new Map<CommandId, Exclude<Verdict, { kind: 'later' }>>();

  constructor(name: string) {
    this.name = name;
  }

  /** Sends until the hub is gone or `enough` says so; what has no answer is kept. */
  async play(hubUrl: string, work: Work, enough: () => boolean): Promise<void> {
    const options = { transports: ['websocket'], reconnection: false, forceNew: true };
    const socket: Wire = io(hubUrl, options);
    try {
      const station = { id: this.#id, name: this.name };
      const hello = { protocol: PROTOCOL, station };
      const welcome = await socket.timeout(ANSWER_MS).emitWithAck('hello', hello);
      if (!welcome.ok) throw new Error(`the hub does not welcome us: ${welcome.fault.code}`);
      while (socket.connected && (!enough() || this.#waiting !== undefined)) {
        await this.#next(socket, work);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } catch (error) {
      // A hub that was killed answers nothing: the command is kept. Anything else is a fault.
      if (socket.connected) throw error;
    } finally {
      socket.disconnect();
    }
  }

  async #next(socket: Wire, work: Work): Promise<void> {
    const command = (this.#waiting ??= this.#make(work));
    const answered = socket.timeout(ANSWER_MS).emitWithAck('command', command);
    const gone = new Promise<never>((_, reject) => {
      socket.once('disconnect', () => {
        reject(new Error('the hub is gone'));
      });
    });
    const verdict = await Promise.race([answered, gone]);
    if (verdict.kind === 'later') return;
    this.verdicts.set(command.id, verdict);
    this.#waiting = undefined;
  }

  #make(work: Work): Command {
    this.#sent += 1;
    return {
      ...{ id: makeId<CommandId>(clock, random), station: this.#id, session: this.#session },
      ...{ stationSeq: this.#sent, operator: this.name, revision: 'torture' as Revision },
      ...{ madeAtMs: Date.now(), payload: work(this.#sent, this.name) },
    };
  }
}
