// Who lives here: the page of the mirror and the rooms behind it, brought together: how each list
// is, and the wish of a person that everything, or one list, is read now.

import type {
  ActionOutcome,
  MirrorListReport,
  MirrorListState,
  MirrorPort,
  MirrorReport,
} from '../admin/index.ts';
import type { EntityStatus } from '../exact/index.ts';
import type { ExactSide } from './exact-side.ts';
import { systemClock } from './shells.ts';

export type MirrorDeskParts = Pick<ExactSide, 'mirror' | 'session' | 'webhooks'>;

export class MirrorDesk implements MirrorPort {
  readonly #exact: MirrorDeskParts;
  /** A person's round is under way: another would only repeat its calls. */
  #reading = false;

  constructor(exact: MirrorDeskParts) {
    this.#exact = exact;
  }

  async report(): Promise<MirrorReport> {
    const { mirror, session, webhooks } = this.#exact;
    const lists = (await mirror.status()).map((status) => {
      return { ...listReport(status), askable: mirror.lists.includes(status.entity) };
    });
    const { phase, rowsRead, rowsExpected, listsLeft, leftMs } = await mirror.progress();
    const { stage } = await session.view();
    return {
      atMs: systemClock.nowMs(),
      ...{ phase, rowsRead, rowsExpected, listsLeft, leftMs, lists },
      inTrouble: lists.filter(({ state }) => state === 'trouble').length,
      connected: stage === 'connected',
      ...(webhooks === undefined ? {} : { webhooks: webhooks.status() }),
    };
  }

  async readNow(): Promise<ActionOutcome> {
    const { mirror } = this.#exact;
    const refused = await this.#disconnected();
    if (refused !== null) return refused;
    if (this.#reading) return { kind: 'refused', reason: 'Everything is being read already.' };
    this.#reading = true;
    mirror
      .round('all')
      .catch((error: unknown) => mirror.events.emit('trouble', error))
      .finally(() => {
        this.#reading = false;
      });
    return { kind: 'done' };
  }

  async readList(list: string): Promise<ActionOutcome> {
    const refused = await this.#disconnected();
    if (refused !== null) return refused;
    if (!this.#exact.mirror.ask(list)) {
      return { kind: 'refused', reason: `There is no list of the name ${list}.` };
    }
    return { kind: 'done' };
  }

  async #disconnected(): Promise<ActionOutcome | null> {
    const { stage } = await this.#exact.session.view();
    if (stage === 'connected') return null;
    return { kind: 'refused', reason: 'There is no connection to Exact to read by.' };
  }
}

function listReport(status: EntityStatus): Omit<MirrorListReport, 'askable'> {
  const { entity, rows, read, expected, syncedMs, dueMs, fullMs, fault } = status;
  return {
    ...{ name: entity, state: stateOf(status), rows, read, expected, dueMs, fullMs },
    readMs: syncedMs === 0 ? null : syncedMs,
    ...(fault === null
      ? {}
      : {
          fault: {
            words: String(fault.data['words'] ?? fault.code),
            raw: String(fault.data['raw'] ?? ''),
          },
        }),
  };
}

function stateOf({ fault, loading, fullMs, read, rows }: EntityStatus): MirrorListState {
  if (fault !== null) return 'trouble';
  if (!loading) return 'current';
  if (fullMs !== null) return 'comparing';
  return read === 0 && rows === 0 ? 'waiting' : 'loading';
}
