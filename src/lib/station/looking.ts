// Who lives here: who asks the hub about what the screen looks up. The screen says what it wants to
// know; every question goes out once at a time, and what the hub could not say while it was away is
// asked again when it is back.

import type { LookAnswer, LookQuestion, OrderView } from '../domain/index.ts';
import type { DialogueEvent, ScreenModel } from '../workflows/index.ts';
import { lookedAt } from './work.ts';

export interface LookingPorts {
  /** The hub's answer, or nothing while it is away. */
  readonly look: (ask: LookQuestion) => Promise<LookAnswer | undefined>;
  /** Open orders, the first expected first. */
  readonly orders: () => readonly OrderView[];
  readonly tell: (event: DialogueEvent) => Promise<void>;
}

export class Looking {
  readonly #ports: LookingPorts;
  readonly #asked = new Set<string>();

  constructor(ports: LookingPorts) {
    this.#ports = ports;
  }

  /** The screen changed. */
  shown(screen: ScreenModel | undefined): void {
    const wanted = screen?.look ?? screen?.books;
    if (wanted?.state === 'asked' && wanted.ask !== undefined) void this.#ask(wanted.ask);
  }

  /** The hub is back: what it could not say is asked again. */
  hubBack(screen: ScreenModel | undefined): void {
    const wanted = screen?.look ?? screen?.books;
    if (wanted?.state === 'away' && wanted.ask !== undefined) void this.#ask(wanted.ask);
  }

  async #ask(ask: LookQuestion): Promise<void> {
    const key = JSON.stringify(ask);
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const answer = await this.#ports.look(ask);
    this.#asked.delete(key);
    await this.#ports.tell(lookedAt(ask, answer, this.#ports.orders()));
  }
}
