/*
 * Notifications from the write that causes them to the callback that takes them (Exact KB,
 * webhooks): queued in the transaction of the write, sent afterwards one after the other, tried
 * again at 2^n minutes of the simulator's clock. The queue is kept in the database.
 */
import { createHmac } from 'node:crypto';
import { wallIso } from '../clock/dutch.ts';
import type { SimClock } from '../clock/clock.ts';
import type { Fault } from '../control/faults.ts';
import { text } from '../effects/messages.ts';
import { json, type Answer } from '../http/answer.ts';
import type { Row, RowChange, Store } from '../store/database.ts';
import { postTo, type Reply } from './post.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';
import { eventsOf, topicOf, type Event } from './topics.ts';

const MINUTE_MS = 60_000;
/** After the first try (Exact KB, webhooks): about 34 hours in total. */
const MOST_RETRIES = 10;
/** Notifications that wait; with more the oldest is dropped. */
export const MOST_WAITING = 10_000;
/** Notifications that are over and still shown. */
export const KEPT_FINISHED = 500;

export interface WebhookDeps {
  store: Store;
  clock: SimClock;
  /** The webhook secret of the app; not its client secret. */
  secret: string;
  /** Takes the fault that is to befall a notification of a topic, if there is one. */
  fault: (topic: string) => Fault | undefined;
}

/** `{"Content":…,"HashCode":…}`: the hash is over the bytes of the content as they are sent. */
export function signedBody(content: string, secret: string): string {
  const hash = createHmac('sha256', secret).update(content, 'utf8').digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${hash}"}`;
}

export class Webhooks {
  /** What is there now of things a transaction changed decides which topics are watched. */
  private watched: ReadonlySet<string> | undefined;
  private running: Promise<number> = Promise.resolve(0);
  private readonly stopping = new AbortController();

  constructor(private readonly deps: WebhookDeps) {}

  /** Whether anybody subscribed to what a table speaks for. */
  wants(table: string): boolean {
    if (table === SUBSCRIPTIONS) return true;
    const topic = topicOf(table);
    if (topic === undefined) return false;
    this.watched ??= new Set(
      this.deps.store.all(`SELECT "Topic" FROM "${SUBSCRIPTIONS}"`).map((r) => String(r['Topic'])),
    );
    return this.watched.has(topic);
  }

  /** Forgets which topics are watched: after a reset or a change of the subscriptions. */
  forget(): void {
    this.watched = undefined;
  }

  /** Queues the notifications of one transaction, inside it. */
  note(changes: readonly RowChange[]): void {
    if (changes.some((change) => change.table === SUBSCRIPTIONS)) this.forget();
    const { store } = this.deps;
    const current = ({ table, key, id }: RowChange) =>
      store.get(`SELECT * FROM "${table}" WHERE "${key}" = ?`, id);
    for (const event of eventsOf(changes, current)) {
      const subscriptions = store.all(
        `SELECT * FROM "${SUBSCRIPTIONS}" WHERE "Topic" = ? AND "_division" = ?`,
        event.topic,
        event.division,
      );
      for (const subscription of subscriptions) this.queue(subscription, event);
    }
  }

  private content(subscription: Row, event: Event): string {
    const origin = this.deps.store.settings.text('webhooks.origin', 'http://127.0.0.1');
    return JSON.stringify({
      Topic: event.topic,
      ClientId: subscription['ClientID'],
      Division: event.division,
      Action: event.action,
      Key: event.key,
      ExactOnlineEndpoint: `${origin}/api/v1/${event.division}/${event.path}(guid'${event.key}')`,
      EventCreatedOn: wallIso(this.deps.clock.wallMs()),
    });
  }

  private queue(subscription: Row, event: Event): void {
    const { store, clock } = this.deps;
    const fault = this.deps.fault(event.topic);
    const nowMs = clock.nowMs();
    const content = this.content(subscription, event);
    const delayMs = fault?.delayMs ?? 0;
    for (let n = 0; n < (fault?.kind === 'webhook-duplicate' ? 2 : 1); n += 1) {
      const id = store.next('notifications');
      // Whoever is held back to be overtaken is let go right behind this one.
      store.run(
        `UPDATE sim_notification SET due_ms = ?, place = ?, state = 'waiting'
         WHERE subscription = ? AND state = 'held'`,
        nowMs,
        id + 0.5,
        subscription['ID'] ?? null,
      );
      const states = { 'webhook-reorder': 'held', 'webhook-lost': 'lost' } as const;
      const kind = fault?.kind;
      store.run(
        `INSERT INTO sim_notification
         (id, subscription, url, topic, content, created_ms, due_ms, place, state, bad_hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[id, subscription['ID'] ?? null, subscription['CallbackURL'] ?? null, event.topic],
        ...[content, nowMs, nowMs + delayMs, id],
        kind === 'webhook-reorder' || kind === 'webhook-lost' ? states[kind] : 'waiting',
        Number(kind === 'webhook-bad-hash'),
      );
    }
    this.bound();
  }

  private bound(): void {
    const { store } = this.deps;
    const over = Number(this.counts()['waiting'] ?? 0) - MOST_WAITING;
    if (over > 0) {
      store.run(
        `UPDATE sim_notification SET state = 'dropped', answer = 'the queue is full'
         WHERE id IN (SELECT id FROM sim_notification WHERE state = 'waiting' ORDER BY id LIMIT ?)`,
        over,
      );
    }
    this.prune();
  }

  private prune(): void {
    this.deps.store.run(
      `DELETE FROM sim_notification WHERE state IN ('delivered', 'dropped', 'lost') AND id <=
       (SELECT id FROM sim_notification WHERE state IN ('delivered', 'dropped', 'lost')
        ORDER BY id DESC LIMIT 1 OFFSET ?)`,
      KEPT_FINISHED,
    );
  }

  /** How many notifications are in each state. */
  counts(): Record<string, number> {
    const sql = 'SELECT state, count(*) AS n FROM sim_notification GROUP BY state';
    const rows = this.deps.store.all(sql);
    return Object.fromEntries(rows.map((row) => [String(row['state']), Number(row['n'])]));
  }

  /** Lets go what is due, in the background. */
  kick(): void {
    if (!this.stopping.signal.aborted && this.due()) void this.deliverDue();
  }

  /** Sends what is due now and resolves when it is done: how many were sent. Never rejects. */
  deliverDue(): Promise<number> {
    this.running = this.running.then(() => this.drain());
    return this.running;
  }

  /** Breaks off what is being sent; the queue stays for the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private due(): Row | undefined {
    const { store, clock } = this.deps;
    return store.get(
      `SELECT * FROM sim_notification WHERE state IN ('waiting', 'held') AND due_ms <= ?
       ORDER BY due_ms, place LIMIT 1`,
      clock.nowMs(),
    );
  }

  private async drain(): Promise<number> {
    let sent = 0;
    while (!this.stopped()) {
      const row = this.due();
      if (!row) break;
      const { secret } = this.deps;
      const key = row['bad_hash'] === 1 ? `not ${secret}` : secret;
      const body = signedBody(String(row['content']), key);
      const reply = await postTo(String(row['url']), body, this.stopping.signal);
      // What was broken off was no try: it waits for the next start.
      if (this.stopped()) break;
      this.settle(row, reply);
      sent += 1;
    }
    return sent;
  }

  private settle(row: Row, reply: Reply): void {
    const { store, clock } = this.deps;
    const attempts = Number(row['attempts']) + 1;
    const over = attempts > MOST_RETRIES ? 'dropped' : 'waiting';
    store.run(
      `UPDATE sim_notification SET attempts = ?, state = ?, due_ms = ?, answer = ? WHERE id = ?`,
      attempts,
      reply.received ? 'delivered' : over,
      reply.received ? Number(row['due_ms']) : clock.nowMs() + 2 ** attempts * MINUTE_MS,
      reply.words,
      row['id'] ?? null,
    );
    this.prune();
  }

  /**
   * The validation call for a subscription that was just made: an empty POST to the callback. The
   * answer to the client when it fails; the subscription is then gone again.
   */
  async validate(id: string, origin: string): Promise<Answer | undefined> {
    const { store } = this.deps;
    store.settings.set('webhooks.origin', origin);
    const row = store.get(`SELECT * FROM "${SUBSCRIPTIONS}" WHERE "ID" = ?`, id);
    const reply = await postTo(String(row?.['CallbackURL']), '', this.stopping.signal);
    if (reply.received || this.stopping.signal.aborted) return undefined;
    store.run(`DELETE FROM "${SUBSCRIPTIONS}" WHERE "ID" = ?`, id);
    this.forget();
    const value = text(store, 'callbackFails', reply.words);
    return json(500, { error: { code: '', message: { lang: '', value } } });
  }
}
