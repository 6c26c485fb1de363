// Who lives here: how long it takes until what a person changed in Exact is in the mirror (P-17).

import type { EntityName } from '../../../src/lib/server/exact/index.ts';
import type { World } from '../world.ts';

export interface Freshness {
  /** Milliseconds from the change in Exact to the mirror, in order; only what was seen. */
  readonly ordersMs: readonly number[];
  readonly itemsMs: readonly number[];
  /** Not there yet. */
  readonly unseen: number;
}

interface Change {
  readonly list: EntityName;
  readonly subject: string;
  readonly atMs: number;
}

export class Sights {
  readonly #world: World;
  readonly #open = new Set<Change>();
  readonly #seen: { readonly list: EntityName; readonly ms: number }[] = [];
  #outage: { readonly fromMs: number; untilMs: number } | undefined;

  constructor(world: World) {
    this.#world = world;
    world.hub.mirror.events.on('changed', (list, subjects) => this.#saw(list, new Set(subjects)));
  }

  changed(list: EntityName, subject: string): void {
    this.#open.add({ list, subject, atMs: this.#world.time.nowMs() });
  }

  /** Nobody can see what is behind a dead line: what was changed shortly before or meanwhile. */
  down(): void {
    this.#outage = { fromMs: this.#world.time.nowMs(), untilMs: Number.POSITIVE_INFINITY };
  }

  up(): void {
    if (this.#outage !== undefined) this.#outage.untilMs = this.#world.time.nowMs();
  }

  freshness(): Freshness {
    const sorted = (fits: (list: EntityName) => boolean) =>
      this.#seen
        .filter(({ list }) => fits(list))
        .map(({ ms }) => ms)
        .sort((a, b) => a - b);
    return {
      ordersMs: sorted((list) => list !== 'Items'),
      itemsMs: sorted((list) => list === 'Items'),
      unseen: this.#open.size,
    };
  }

  #saw(list: EntityName, subjects: ReadonlySet<string>): void {
    const nowMs = this.#world.time.nowMs();
    for (const change of this.#open) {
      if (change.list !== list || !subjects.has(change.subject)) continue;
      this.#open.delete(change);
      const { fromMs, untilMs } = this.#outage ?? { fromMs: nowMs, untilMs: nowMs };
      const isBehind = change.atMs < untilMs && nowMs > fromMs;
      if (!isBehind) this.#seen.push({ list, ms: nowMs - change.atMs });
    }
  }
}
