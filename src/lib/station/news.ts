// Who lives here: what the hub says, told to the dialogue that it concerns: refusals of its own
// commands, and the numbers of its open orders, with what this station has on its way counted in.

import type { Fault, OrderView } from '../domain/index.ts';
import { isAbout, overlay, sameGoods } from './overlay.ts';
import type { Parts } from './parts.ts';
import type { QueueRow } from './queue-rows.ts';
import { openWith } from './work.ts';

interface Tell {
  /** Something was refused that no running dialogue hears of. */
  readonly flash: () => void;
  readonly fault: (why: Fault) => void;
  readonly changed: () => void;
}

export class News {
  /** The open orders as the dialogue saw them last, by id. */
  readonly #lastOrders = new Map<string, OrderView>();

  constructor(
    private readonly parts: () => Parts | undefined,
    private readonly tell: Tell,
  ) {}

  /** Another dialogue has not seen any order. */
  forget(): void {
    this.#lastOrders.clear();
  }

  /** Refusals that came while nobody was there to hear them. */
  async refusals(): Promise<void> {
    for (const row of [...(this.parts()?.queue.rows ?? [])]) {
      if (row.notice === 'open') await this.settled(row);
    }
  }

  async settled(row: QueueRow): Promise<void> {
    const session = this.parts()?.session;
    const running = session?.running;
    // The page that holds this command may have come before its verdict: count anew (I-10).
    if (row.status !== 'refused' || row.fault === undefined) {
      const { payload } = row.command;
      const about = this.#open().filter((order) => isAbout(payload, order));
      return this.ordersChanged(new Set([payload.document, ...about.map(({ id }) => id)]));
    }
    if (running?.id !== row.command.session || running.ended !== undefined) {
      this.tell.flash();
      return;
    }
    const event = { type: 'refused', command: row.command.id, fault: row.fault } as const;
    const handled = await session?.handle(event);
    if (handled?.ok === false) this.tell.fault(handled.fault);
  }

  #open(): readonly OrderView[] {
    const { session, replica } = this.parts() ?? {};
    return openWith(session?.running?.screen).flatMap((id) => replica?.order(id) ?? []);
  }

  async ordersChanged(ids: ReadonlySet<string>): Promise<void> {
    const { session, replica, queue } = this.parts() ?? {};
    for (const id of openWith(session?.running?.screen)) {
      const order = ids.has(id) ? replica?.order(id) : undefined;
      if (order === undefined || queue === undefined) continue;
      const seen = overlay(order, queue.rows);
      const last = this.#lastOrders.get(id);
      if (last !== undefined && sameGoods(last, seen)) continue;
      this.#lastOrders.set(id, seen);
      await session?.handle({ type: 'order', order });
    }
    this.tell.changed();
  }
}
