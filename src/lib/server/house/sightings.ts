// Who lives here: when each station was last seen, for the admin page. Beyond its maximum the one
// that has been away longest is forgotten; the page is no register of stations.

import type { StationReport } from '../admin/index.ts';

interface Here {
  readonly id: string;
  readonly name: string;
}

export class Sightings {
  readonly #max: number;
  readonly #lastSeen = new Map<string, { readonly name: string; readonly atMs: number }>();

  constructor(max: number) {
    this.#max = max;
  }

  /** Everybody that is remembered, once these have been seen at `nowMs`. */
  after(here: readonly Here[], nowMs: number): readonly StationReport[] {
    for (const { id, name } of here) this.#lastSeen.set(id, { name, atMs: nowMs });
    this.#forget();
    const connected = new Set(here.map(({ id }) => id));
    return [...this.#lastSeen].map(([id, { name, atMs }]) => ({
      id,
      name,
      connected: connected.has(id),
      lastSeenMs: atMs,
    }));
  }

  #forget(): void {
    const over = this.#lastSeen.size - this.#max;
    if (over <= 0) return;
    const oldest = [...this.#lastSeen].sort(([, a], [, b]) => a.atMs - b.atMs);
    for (const [id] of oldest.slice(0, over)) this.#lastSeen.delete(id);
  }
}
