// Who lives here: how often stations hear that goods lie elsewhere. Exact's stock moves with every
// delivery of anybody; what moved is gathered, and then the open orders that go out and name one of
// these items are made anew together. Rows that come out as they were are not sent.

import { LIMITS } from '../../domain/index.ts';
import type { Clock, ExactOrderKind, Scheduler } from '../../domain/index.ts';
import type { Projection } from '../projection/index.ts';
import type { Master } from './master.ts';

export interface StockNewsParts {
  readonly master: Master;
  readonly projection: Projection;
  readonly clock: Clock;
  readonly later: Scheduler['after'];
  readonly onFailure: (error: unknown) => void;
}

/** Orders whose lines say where their goods lie. */
const GOING_OUT: readonly ExactOrderKind[] = ['salesOrder', 'shopOrder'];
const DAY_MS = 24 * 3_600_000;

export class StockNews {
  readonly #parts: StockNewsParts;
  /** Items that moved since the last telling; `all`: too many to name. */
  #moved: Set<string> | 'all' = new Set();
  #callOff: (() => void) | undefined;
  #telling: Promise<void> = Promise.resolve();
  #closed = false;
  #day: number;

  constructor(parts: StockNewsParts) {
    this.#parts = parts;
    this.#day = this.#today();
  }

  /** The mirror has other stock, or other batches, of these items. */
  moved(items: readonly string[]): void {
    this.#parts.master.forgetStock(items);
    if (this.#moved === 'all') return;
    for (const item of items) this.#moved.add(item);
    if (this.#moved.size > LIMITS.sourcesItems) this.#moved = 'all';
    this.#tellLater();
  }

  /** Places have other names, or other batches have expired: that may be true of any order. */
  everywhere(): void {
    this.#moved = 'all';
    this.#tellLater();
  }

  /** Asked now and then: with a new day other batches have expired. */
  day(): void {
    const today = this.#today();
    if (today === this.#day) return;
    this.#day = today;
    this.everywhere();
  }

  /** Resolves when what the last telling began is done. */
  told(): Promise<void> {
    return this.#telling;
  }

  /** What was not told is told after the next start, which makes every row anew. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#callOff?.();
    await this.#telling;
  }

  #today(): number {
    return Math.floor(this.#parts.clock.nowMs() / DAY_MS);
  }

  #tellLater(): void {
    if (this.#closed) return;
    this.#callOff ??= this.#parts.later(LIMITS.sourcesEveryMs, () => {
      this.#callOff = undefined;
      const moved = this.#moved;
      this.#moved = new Set();
      this.#telling = this.#tell(moved).catch((error: unknown) => this.#failed(moved, error));
    });
  }

  #failed(untold: ReadonlySet<string> | 'all', error: unknown): void {
    this.#parts.onFailure(error);
    if (untold === 'all') this.everywhere();
    else this.moved([...untold]);
  }

  async #tell(moved: ReadonlySet<string> | 'all'): Promise<void> {
    const { master, projection } = this.#parts;
    for (const kind of GOING_OUT) {
      const open = await master.openOrders(kind);
      if (moved === 'all') {
        projection.touch('order', open);
        continue;
      }
      // Years of closed orders name the same items.
      const about = new Set(await master.ordersWith(kind, [...moved]));
      projection.touch(
        'order',
        open.filter((id) => about.has(id)),
      );
    }
  }
}
