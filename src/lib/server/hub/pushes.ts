// Who lives here: the hub's pokes. They may be lost, since a station asks again whenever it
// connects; so they are gathered for a moment, and only the newest value is sent.

import { LIMITS } from '../../domain/index.ts';
import type { CommandId, Scheduler, StationId } from '../../domain/index.ts';
import type { Changed, StateOfCommand } from '../../protocol/index.ts';

/** Where pokes go, and where their newest values come from. */
export interface PushTarget {
  changed(): Changed;
  statesOf(ids: readonly CommandId[]): Promise<readonly StateOfCommand[]>;
  sendChanged(changed: Changed): void;
  sendStates(station: StationId, states: readonly StateOfCommand[]): void;
  broken(error: unknown): void;
}

export class Pushes {
  readonly #target: PushTarget;
  readonly #scheduler: Scheduler;
  readonly #states = new Map<StationId, Set<CommandId>>();
  #changed = false;
  #cancel: (() => void) | undefined;

  constructor(target: PushTarget, scheduler: Scheduler) {
    this.#target = target;
    this.#scheduler = scheduler;
  }

  changed(): void {
    this.#changed = true;
    this.#arm();
  }

  /** Beyond what one station may ask for at once, the rest is left to its own asking. */
  states(station: StationId, ids: readonly CommandId[]): void {
    const known = this.#states.get(station) ?? new Set();
    for (const id of ids) if (known.size < LIMITS.stateIdsPerAsk) known.add(id);
    this.#states.set(station, known);
    this.#arm();
  }

  stop(): void {
    this.#cancel?.();
    this.#changed = false;
    this.#states.clear();
  }

  #arm(): void {
    this.#cancel ??= this.#scheduler.after(LIMITS.pushMs, () => {
      this.#cancel = undefined;
      this.#flush().catch((error: unknown) => this.#target.broken(error));
    });
  }

  async #flush(): Promise<void> {
    const waiting = [...this.#states];
    this.#states.clear();
    if (this.#changed) this.#target.sendChanged(this.#target.changed());
    this.#changed = false;
    for (const [station, ids] of waiting) {
      const states = await this.#target.statesOf([...ids]);
      if (states.length > 0) this.#target.sendStates(station, states);
    }
  }
}
