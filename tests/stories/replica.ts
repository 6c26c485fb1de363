// Who lives here: a station's copy of the hub's rows, in memory, by the rules of station/replica.ts.

import { openQuantity } from '../../src/lib/domain/index.ts';
import type { OrderView, PersonView } from '../../src/lib/domain/index.ts';
import type { ReplicaRow } from '../../src/lib/protocol/index.ts';
import type { Match } from '../../src/lib/scan/index.ts';

export class StoryReplica {
  readonly #rows = new Map<string, ReplicaRow>();
  #version = 0;

  get version(): number {
    return this.#version;
  }

  /** Takes over a page; gives the ids of the orders it touched. */
  apply(rows: readonly ReplicaRow[], version: number): ReadonlySet<string> {
    this.#version = version;
    for (const row of rows) {
      if (row.body === null) this.#rows.delete(`${row.kind} ${row.id}`);
      else this.#rows.set(`${row.kind} ${row.id}`, row);
    }
    return new Set(rows.flatMap(({ kind, id }) => (kind === 'order' ? [id] : [])));
  }

  order(which: (order: OrderView) => boolean): OrderView | undefined {
    return this.#orders().find(which);
  }

  /** Those with something open as `seen` sees them, the first expected first. */
  openOrders(seen: (order: OrderView) => OrderView): OrderView[] {
    const date = (order: OrderView) => order.expectedDate ?? '9999';
    return this.#orders()
      .map(seen)
      .filter((order) => order.lines.some((line) => openQuantity(line) > 0))
      .sort(
        (a, b) =>
          date(a).localeCompare(date(b)) ||
          a.number.localeCompare(b.number, 'en', { numeric: true }),
      );
  }

  /** Everything that is found under any of these keys, in the order of the keys. */
  match(keys: readonly string[]): Match[] {
    return keys.flatMap((key) =>
      [...this.#rows.values()].flatMap((row): Match[] => {
        if (!row.keys.includes(key) || row.body === null) return [];
        if (row.kind === 'item') return [{ key, kind: 'item', body: row.body }];
        if (row.kind === 'location') return [{ key, kind: 'location', body: row.body }];
        if (row.kind === 'warehouse') return [{ key, kind: 'warehouse', body: row.body }];
        return row.kind === 'order' ? [{ key, kind: 'order', body: row.body }] : [];
      }),
    );
  }

  get people(): PersonView[] {
    return [...this.#rows.values()].flatMap((row) =>
      row.kind === 'person' && row.body !== null ? [row.body] : [],
    );
  }

  badgeOf(key: string): PersonView | undefined {
    const row = [...this.#rows.values()].find(({ keys }) => keys.includes(key));
    return row?.kind === 'person' ? (row.body ?? undefined) : undefined;
  }

  #orders(): OrderView[] {
    return [...this.#rows.values()].flatMap((row) =>
      row.kind === 'order' && row.body !== null ? [row.body] : [],
    );
  }
}
