// Who lives here: Exact's webhooks at the hub: what comes in is checked, counted and handed on as a
// hint; what makes it come is looked after. They only shorten the wait: without them, and with any
// number of them lost, the mirror is as right as with them, a few minutes later.

import { LIMITS } from '../../../domain/index.ts';
import type { Clock, Scheduler } from '../../../domain/index.ts';
import type { Topic } from '../mirror/hints.ts';
import { describe } from '../outcomes.ts';
import { readNotification } from './envelope.ts';
import { keepSubscriptions, removeSubscriptions } from './subscriptions.ts';
import type { Kept, SubscriptionParts } from './subscriptions.ts';

export interface WebhookParts extends SubscriptionParts {
  /** The app's webhook secret, which is not its client secret. */
  readonly secret: string;
  readonly division: () => number | undefined;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** Something of this topic changed. */
  readonly heard: (topic: Topic, key: string, deleted: boolean) => void;
  /** Whether Exact tells us of changes. */
  readonly live: (live: boolean) => void;
  /** What a log should say when subscriptions cannot be kept. */
  readonly trouble: (words: string) => void;
}

/** What the admin page may show of them. */
export interface WebhookStatus {
  readonly live: boolean;
  readonly received: number;
  /** With a wrong hash or in a wrong form. */
  readonly refused: number;
  readonly lastMs: number | null;
  readonly problem: string | null;
}

const DAY_MS = 24 * 3_600_000;
const RETRY_MS = 3_600_000;

export class Webhooks {
  readonly #parts: WebhookParts;
  #running: Promise<void> = Promise.resolve();
  #callOff: (() => void) | undefined;
  #started = false;
  #live = false;
  #received = 0;
  #refused = 0;
  #lastMs: number | null = null;
  #problem: string | null = null;

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** The status to answer a notification with: 413 for one that is too long, and never read on. */
  async receive(body: ReadableStream<Uint8Array> | null): Promise<200 | 401 | 413> {
    const raw = await readAtMost(body, LIMITS.webhookBytes);
    if (raw !== null) return this.take(raw);
    this.#refused += 1;
    return 413;
  }

  /** `raw`: a body, byte for byte. 401: it is not signed with our secret, and nothing is done. */
  take(raw: Uint8Array): 200 | 401 {
    const { secret, division, clock, heard } = this.#parts;
    const notification = readNotification(raw, secret, division());
    if (notification.kind === 'refused') {
      this.#refused += 1;
      return 401;
    }
    if (notification.kind === 'empty') return 200;
    this.#received += 1;
    this.#lastMs = clock.nowMs();
    if (notification.kind === 'hint') {
      heard(notification.topic, notification.key, notification.deleted);
    }
    return 200;
  }

  status(): WebhookStatus {
    const [live, received, refused] = [this.#live, this.#received, this.#refused];
    return { live, received, refused, lastMs: this.#lastMs, problem: this.#problem };
  }

  /** Begins to look after the subscriptions; idempotent. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#arm(0);
  }

  /** Resolves when nothing runs any more; the subscriptions stay. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#callOff?.();
    await this.#running;
  }

  /** A person disconnects: Exact shall call us no more. While there still is a token. */
  async leave(): Promise<void> {
    await this.stop();
    await removeSubscriptions(this.#parts);
    this.#is(false);
  }

  /** Looks after the subscriptions now. */
  async keep(): Promise<Kept> {
    const kept = await keepSubscriptions(this.#parts);
    const problem =
      kept.kind === 'kept'
        ? null
        : kept.kind === 'failed'
          ? describe(kept.failure)
          : `${kept.topics.join(', ')}: ${kept.words}`;
    if (problem !== null && problem !== this.#problem) this.#parts.trouble(problem);
    this.#problem = problem;
    // A list that nobody could read says nothing about what was there before.
    if (kept.kind !== 'failed') this.#is(kept.kind === 'kept');
    return kept;
  }

  #is(live: boolean): void {
    this.#live = live;
    this.#parts.live(live);
  }

  #arm(delayMs: number): void {
    this.#callOff = this.#parts.scheduler.after(delayMs, () => {
      this.#running = this.keep()
        .then((kept) => {
          if (this.#started) this.#arm(kept.kind === 'kept' ? DAY_MS : RETRY_MS);
        })
        .catch((error: unknown) => {
          this.#parts.trouble(error instanceof Error ? error.message : String(error));
          if (this.#started) this.#arm(RETRY_MS);
        });
    });
  }
}

/** The whole body; null when it is longer than that. */
async function readAtMost(
  body: ReadableStream<Uint8Array> | null,
  most: number,
): Promise<Uint8Array | null> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body ?? []) {
    bytes += part.byteLength;
    if (bytes > most) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
