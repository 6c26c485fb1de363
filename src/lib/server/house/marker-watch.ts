// Who lives here: the clock of the nightly look around in Exact (I-03): once a day, and after a
// start when the last one is older than that, never during Exact's maintenance. What it finds goes
// to the outbox, which never sends it again and shows doubles as exceptions.

import type { Clock, Scheduler } from '../../domain/index.ts';
import { calmAtMs, sweepMarkers } from '../exact/index.ts';
import type { ExactSession, Swept } from '../exact/index.ts';
import type { PostingRows, Pump } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import { wordsOf } from './log.ts';
import type { Logger } from './log.ts';

export interface WatchParts {
  readonly client: ExactSession['client'];
  readonly db: Store['db'];
  readonly rows: PostingRows;
  readonly pump: Pick<Pump, 'adopt'>;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly log: Logger;
}

const LAST_KEY = 'exact.marker-sweep';
const EVERY_MS = 24 * 3_600_000;
/** After one that could not read everything. */
const AGAIN_MS = 3_600_000;

export class MarkerWatch {
  readonly #parts: WatchParts;
  #started = false;
  #cancel: (() => void) | undefined;
  #running: Promise<unknown> | undefined;
  #stopping = new AbortController();

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Call it when the session is connected; idempotent. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#stopping = new AbortController();
    this.#arm();
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    this.#stopping.abort();
    await this.#running;
  }

  /** Looks around now, whatever the time. */
  async sweep(): Promise<Swept> {
    const { client, clock, scheduler, rows, pump, log } = this.#parts;
    const swept = await sweepMarkers({
      ...{ client, clock, scheduler, signal: this.#stopping.signal },
      held: (texts) => rows.marked(texts),
      sentAgain: (kinds, sinceMs) => rows.sentAgain(kinds, sinceMs),
      known: (kind, ids) => rows.known(kind, ids),
    });
    const { documents, findings, unread } = swept;
    log[findings.length + unread.length > 0 ? 'warn' : 'info'](
      { documents, findings, unread },
      'markers in Exact',
    );
    pump.adopt(findings);
    if (unread.length === 0) await this.#remember();
    return swept;
  }

  #arm(): void {
    const wait = async () => {
      const { clock, scheduler } = this.#parts;
      const nowMs = clock.nowMs();
      const dueMs = Math.max(nowMs, (await this.#lastMs()) + EVERY_MS);
      const delayMs = calmAtMs(dueMs) - nowMs;
      if (this.#started) this.#cancel = scheduler.after(delayMs, () => this.#run());
    };
    this.#running = wait().catch((error: unknown) => this.#later(wordsOf(error)));
  }

  #run(): void {
    this.#running = this.sweep().then(
      ({ unread }) => {
        if (unread.length === 0) this.#arm();
        else this.#later(unread.map(({ list }) => list).join(', '));
      },
      (error: unknown) => this.#later(wordsOf(error)),
    );
  }

  #later(words: string): void {
    this.#parts.log.warn({ words }, 'looking around in Exact was not finished');
    if (!this.#started) return;
    this.#cancel = this.#parts.scheduler.after(AGAIN_MS, () => this.#run());
  }

  async #lastMs(): Promise<number> {
    const row = await this.#parts.db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', LAST_KEY)
      .executeTakeFirst();
    return Number(row?.value ?? 0);
  }

  async #remember(): Promise<void> {
    const value = String(this.#parts.clock.nowMs());
    await this.#parts.db
      .insertInto('meta')
      .values({ key: LAST_KEY, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }
}
