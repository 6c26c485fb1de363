// Who lives here: the clock of the nightly look around in Exact (I-03): once a day, and some minutes
// after a start when the last one is older than that, never during Exact's maintenance, and not
// while a posting is in doubt, whose look-ups need the same calls. What it finds goes to the outbox,
// which never sends it again and shows doubles as exceptions.

import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';
import type { Clock, Scheduler } from '../../domain/index.ts';
import { calmAtMs, sweepMarkers } from '../exact/index.ts';
import type { ExactSession, Swept } from '../exact/index.ts';
import { partsIn } from '../outbox/index.ts';
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
/** What became of each list, so that whoever goes on does not read everything again. */
const LISTS_KEY = 'exact.marker-lists';
const EVERY_MS = 24 * 3_600_000;
/** After one that could not read everything. */
const AGAIN_MS = 3_600_000;

/** `closed`: Exact forbids this list to us, in these words. */
const listMarks = z.record(
  z.string(),
  z.object({ atMs: z.number(), closed: z.string().exactOptional() }),
);
type ListMarks = z.infer<typeof listMarks>;

export class MarkerWatch {
  readonly #parts: WatchParts;
  #started = false;
  #cancel: (() => void) | undefined;
  #running: Promise<unknown> | undefined;
  #stopping = new AbortController();
  /** How often it was put off for a doubt. */
  #putOff = 0;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  /** Call it when the session is connected; idempotent. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#stopping = new AbortController();
    this.#putOff = 0;
    this.#arm(LIMITS.markerSweepDelayMs);
  }

  /** Resolves when nothing runs any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    this.#stopping.abort();
    await this.#running;
  }

  /** Looks around now, whatever the time. */
  sweep(): Promise<Swept> {
    return this.#sweep(new Set());
  }

  async #sweep(fresh: ReadonlySet<string>): Promise<Swept> {
    const { client, clock, scheduler, rows, pump } = this.#parts;
    const swept = await sweepMarkers({
      ...{ client, clock, scheduler, signal: this.#stopping.signal, fresh },
      held: async (texts) =>
        (await rows.marked(texts)).map((row) => ({ ...row, parts: partsIn(row) })),
      sentAgain: (kinds, sinceMs) => rows.sentAgain(kinds, sinceMs),
      known: (kind, ids) => rows.known(kind, ids),
      sent: () => rows.kindsSent(),
      posted: (sinceMs) => rows.kindsPosted(sinceMs),
    });
    pump.adopt(swept.findings);
    await this.#note(swept);
    if (swept.unread.length === 0) await this.#set(LAST_KEY, String(clock.nowMs()));
    return swept;
  }

  /** Says what was seen, and what was not; a list that stays closed is told of once. */
  async #note({ documents, findings, read, unread, closed, idle }: Swept): Promise<void> {
    const atMs = this.#parts.clock.nowMs();
    const marks = await this.#marks();
    const news = closed.filter(({ list }) => marks[list]?.closed === undefined);
    const loud = findings.length + unread.length + news.length > 0;
    this.#parts.log[loud ? 'warn' : 'info'](
      { documents, findings, unread, closed, idle },
      'markers in Exact',
    );
    const done: ListMarks = Object.fromEntries([
      ...read.map((list) => [list, { atMs }] as const),
      ...closed.map(({ list, words }) => [list, { atMs, closed: words }] as const),
    ]);
    await this.#set(LISTS_KEY, JSON.stringify({ ...marks, ...done }));
  }

  /** `delayMs`: not before this has passed. */
  #arm(delayMs = 0): void {
    const wait = async () => {
      const { clock, scheduler } = this.#parts;
      const nowMs = clock.nowMs();
      const lastMs = Number((await this.#get(LAST_KEY)) ?? 0);
      const dueMs = calmAtMs(Math.max(nowMs + delayMs, lastMs + EVERY_MS));
      if (this.#started) this.#cancel = scheduler.after(dueMs - nowMs, () => this.#run());
    };
    this.#running = wait().catch((error: unknown) => this.#later(wordsOf(error)));
  }

  #run(): void {
    const go = async () => {
      const { rows, clock } = this.#parts;
      const doubts = await rows.count(['sending', 'in-doubt']);
      if (doubts > 0 && this.#putOff < LIMITS.markerSweepPutOff) {
        this.#putOff += 1;
        return this.#arm(LIMITS.markerSweepDelayMs);
      }
      const sinceMs = clock.nowMs() - (EVERY_MS - AGAIN_MS);
      const marks = Object.entries(await this.#marks());
      const fresh = marks.filter(([, { atMs }]) => atMs > sinceMs).map(([list]) => list);
      const { unread } = await this.#sweep(new Set(fresh));
      if (unread.length > 0) return this.#later(unread.map(({ list }) => list).join(', '));
      this.#putOff = 0;
      this.#arm();
    };
    this.#running = go().catch((error: unknown) => this.#later(wordsOf(error)));
  }

  #later(words: string): void {
    this.#parts.log.warn({ words }, 'looking around in Exact was not finished');
    if (!this.#started) return;
    this.#cancel = this.#parts.scheduler.after(AGAIN_MS, () => this.#run());
  }

  async #marks(): Promise<ListMarks> {
    const text = (await this.#get(LISTS_KEY)) ?? '{}';
    return listMarks.parse(JSON.parse(text));
  }

  async #get(key: string): Promise<string | undefined> {
    const row = await this.#parts.db
      .selectFrom('meta')
      .select('value')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.value;
  }

  async #set(key: string, value: string): Promise<void> {
    await this.#parts.db
      .insertInto('meta')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }
}
