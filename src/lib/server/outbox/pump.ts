// Who lives here: the pump that brings postings to Exact, each exactly once (I-03), each refusal
// once (I-04), all of them in the end (I-23). It does one thing at a time: tell the journal what
// became final, look for what is in doubt, send what is ready.
//
// Terms: step (one such thing), due (its time has come), in doubt (sent, and the answer is not
// known), look (a search for the marker in Exact), settle (Exact has it, or a person must decide;
// the journal is told), hold (Exact cannot be reached: nobody tries until then).

import { EventEmitter } from 'node:events';
import { assert, fault, LIMITS } from '../../domain/index.ts';
import type { Clock, PostingId, Scheduler } from '../../domain/index.ts';
import type { PostingState, SettledOutcome } from '../../ledger/index.ts';
import { afterLooking, afterSending, doubted, sending } from './moves.ts';
import type { MoveContext } from './moves.ts';
import type { ExactPort, PostingView, Sent, Settle, Sighting } from './ports.ts';
import { faultOf, NEVER_MS, postingOf, viewOf } from './rows.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';

export interface PumpParts {
  readonly rows: PostingRows;
  readonly exact: ExactPort;
  readonly settle: Settle;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  /** How long Exact may take to apply what it did not answer; default `LIMITS.settleMs`. */
  readonly settleMs?: number;
}

export interface PumpEvents {
  /** A posting moved, and the move is durable. */
  state: [posting: PostingView];
  /** The journal has been told. */
  settled: [posting: PostingId, outcome: SettledOutcome];
  /** The store, the journal or a program's fault stopped a step; it is tried again. */
  trouble: [error: unknown];
}

/** What a person's wish came to. */
export type Wish = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly why: string };

const FIRST_BACKOFF_MS = 1_000;
const LIST_MAX = 500;
const LOST_WITH_HUB = 'the hub stopped before the answer came';
/** With nothing due the pump looks again after this time, should a poke have been missed. */
const IDLE_MS = 60_000;

export class Pump {
  readonly events = new EventEmitter<PumpEvents>();
  readonly #parts: PumpParts;
  readonly #settleMs: number;
  #started = false;
  #stepping: Promise<number> | undefined;
  #poked = false;
  #cancel: (() => void) | undefined;
  #failures = 0;
  #holdMs = 0;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    this.#settleMs = parts.settleMs ?? LIMITS.settleMs;
  }

  /** Begins to work. What was being sent when the hub died is in doubt from now on. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#arm(0);
  }

  /** Resolves when no step runs any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    await this.#stepping?.catch((error: unknown) => this.events.emit('trouble', error));
  }

  /** A posting was committed: look now. */
  poke(): void {
    this.#poked = true;
    if (this.#started && this.#stepping === undefined) this.#arm(0);
  }

  /** Exact can be reached again (a person connected): forget the waiting. */
  async wake(): Promise<void> {
    this.#holdMs = 0;
    this.#failures = 0;
    await this.#parts.rows.wake(this.#now());
    this.poke();
  }

  /** Newest first, at most 500. */
  async list(states: readonly PostingState[]): Promise<readonly PostingView[]> {
    const rows = await this.#parts.rows.list(states, LIST_MAX);
    return rows.map(viewOf);
  }

  async status(id: PostingId): Promise<PostingView | null> {
    const row = await this.#parts.rows.get(id);
    return row === undefined ? null : viewOf(row);
  }

  /** A person wants a rejected posting sent once more. */
  async resend(id: PostingId): Promise<Wish> {
    return this.#wish(id, (row) => {
      if (faultOf(row)?.code === 'exact.duplicate') return 'it is in Exact twice already';
      return { state: 'ready', next_at_ms: this.#now(), looked_up_count: 0, fault: null };
    });
  }

  /** A person decides that a rejected posting is not to be sent any more. */
  async drop(id: PostingId, reason: string): Promise<Wish> {
    return this.#wish(id, (row) => {
      const old = faultOf(row) ?? fault('exact.rejected');
      const dropped = fault(old.code, { ...old.data, dropped: reason });
      return { next_at_ms: this.#now(), fault: JSON.stringify(dropped) };
    });
  }

  /**
   * Does one thing that is due and says when to come again. The house calls `start` instead; a
   * virtual clock calls this.
   */
  async step(): Promise<number> {
    assert(this.#stepping === undefined, 'I-03: one step at a time, hence one send in flight');
    this.#poked = false;
    this.#stepping = this.#step();
    try {
      return await this.#stepping;
    } finally {
      this.#stepping = undefined;
    }
  }

  async #wish(id: PostingId, decide: (row: PostingRow) => PostingChange | string): Promise<Wish> {
    const row = await this.#parts.rows.get(id);
    if (row === undefined) return { kind: 'refused', why: 'there is no such posting' };
    if (row.state !== 'rejected') return { kind: 'refused', why: `it is ${row.state}` };
    if (faultOf(row)?.data['dropped'] !== undefined)
      return { kind: 'refused', why: 'it was dropped' };
    const change = decide(row);
    if (typeof change === 'string') return { kind: 'refused', why: change };
    const moved = await this.#parts.rows.moveTold(id, { ...change, updated_ms: this.#now() });
    if (moved === undefined) return { kind: 'refused', why: 'it is just being recorded' };
    this.events.emit('state', viewOf(moved));
    this.poke();
    return { kind: 'done' };
  }

  #now(): number {
    return this.#parts.clock.nowMs();
  }

  #context(): MoveContext {
    const backoffMs = Math.min(
      FIRST_BACKOFF_MS * 2 ** Math.min(this.#failures, 20),
      LIMITS.exactBackoffMaxMs,
    );
    return { nowMs: this.#now(), settleMs: this.#settleMs, backoffMs };
  }

  #arm(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#parts.scheduler.after(delayMs, () => {
      if (this.#stepping !== undefined || !this.#started) return;
      this.step()
        .catch((error: unknown) => {
          const { nowMs, backoffMs } = this.#context();
          this.#failures += 1;
          this.events.emit('trouble', error);
          return nowMs + backoffMs;
        })
        .then((nextMs) => {
          const delay = Math.max(0, Math.min(nextMs - this.#now(), IDLE_MS));
          if (this.#started) this.#arm(this.#poked ? 0 : delay);
        })
        .catch((error: unknown) => this.events.emit('trouble', error));
    });
  }

  async #step(): Promise<number> {
    const { rows } = this.#parts;
    for (const orphan of await rows.orphans()) {
      await this.#move(orphan, doubted(LOST_WITH_HUB, this.#now()));
    }
    const untold = await rows.untold();
    if (untold !== undefined && untold.next_at_ms <= this.#now()) return this.#tell(untold);
    if (this.#holdMs > this.#now()) return this.#holdMs;
    const doubt = await rows.next(['in-doubt']);
    if (doubt !== undefined && doubt.next_at_ms <= this.#now()) return this.#look(doubt);
    const ready = await rows.next(['ready']);
    if (ready !== undefined && ready.next_at_ms <= this.#now()) {
      const freeMs = this.#parts.exact.mayPostAtMs();
      if (freeMs > this.#now()) return Math.min(freeMs, doubt?.next_at_ms ?? freeMs);
      return this.#send(ready);
    }
    const times = [doubt?.next_at_ms, ready?.next_at_ms].filter((at) => at !== undefined);
    return Math.min(NEVER_MS, ...times);
  }

  async #tell(row: PostingRow): Promise<number> {
    const outcome = outcomeOf(row);
    const posting = postingOf(row);
    await this.#parts.settle({ posting: posting.id, document: row.document, outcome });
    await this.#parts.rows.move(row.id, { next_at_ms: NEVER_MS });
    this.events.emit('settled', posting.id, outcome);
    return this.#now();
  }

  async #send(ready: PostingRow): Promise<number> {
    // A body that was not written by this program stops here, before anything is said to be sent.
    const posting = postingOf(ready);
    const row = await this.#move(ready, sending(ready, this.#now()));
    const sent: Sent = await this.#parts.exact.postReceipt(posting);
    await this.#move(row, afterSending(row, sent, this.#context()));
    const held = sent.kind === 'not-applied' && sent.onlyThis !== true;
    this.#hold(held, held ? sent.retryAtMs : null);
    return this.#now();
  }

  async #look(row: PostingRow): Promise<number> {
    const posting = postingOf(row);
    const sinceMs = row.first_sent_ms ?? row.updated_ms;
    const sighting: Sighting = await this.#parts.exact.findByMarker(posting.marker, sinceMs);
    const held = sighting.kind === 'unknown';
    await this.#move(row, afterLooking(row, sighting, this.#context()));
    this.#hold(held, held ? sighting.retryAtMs : null);
    return this.#now();
  }

  /** What keeps one posting from Exact keeps all of them; one that got through frees them. */
  #hold(held: boolean, untilMs: number | null): void {
    const { nowMs, backoffMs } = this.#context();
    this.#failures = held ? this.#failures + 1 : 0;
    this.#holdMs = held ? Math.max(nowMs, untilMs ?? nowMs + backoffMs) : 0;
  }

  async #move(row: PostingRow, change: PostingChange): Promise<PostingRow> {
    const moved = await this.#parts.rows.move(row.id, change);
    this.events.emit('state', viewOf(moved));
    return moved;
  }
}

function outcomeOf(row: PostingRow): SettledOutcome {
  if (row.state === 'posted') {
    assert(
      row.exact_id !== null && row.document_number !== null,
      'a posted posting has its number',
    );
    return { kind: 'posted', exactId: row.exact_id, documentNumber: row.document_number };
  }
  assert(row.state === 'rejected', 'only a final posting is told to the journal');
  return {
    kind: 'rejected',
    fault: faultOf(row) ?? fault('exact.rejected', { words: row.words ?? '' }),
  };
}
