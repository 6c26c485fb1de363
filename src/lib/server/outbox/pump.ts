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
import { readPosting } from './form.ts';
import { afterLooking, afterSending, doubted, sending, unsendable } from './moves.ts';
import type { MoveContext } from './moves.ts';
import type { ExactPort, PostingView, Sent, Settle, Sighting } from './ports.ts';
import { faultOf, NEVER_MS, viewOf } from './rows.ts';
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
const UNKNOWN = 'there is no such posting';
const RECORDING = 'it is just being recorded';
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
  async list(
    states: readonly PostingState[],
    limit: number = LIST_MAX,
  ): Promise<readonly PostingView[]> {
    const rows = await this.#parts.rows.list(states, Math.min(limit, LIST_MAX));
    return rows.map(viewOf);
  }

  async count(states: readonly PostingState[]): Promise<number> {
    return this.#parts.rows.count(states);
  }

  /** Rejected and not dropped, newest first, at most `LIMITS.rejectedShown`; `total` is of all. */
  async waiting(): Promise<{ readonly views: readonly PostingView[]; readonly total: number }> {
    const { rows, total } = await this.#parts.rows.waiting(LIMITS.rejectedShown);
    return { views: rows.map(viewOf), total };
  }

  async status(id: string): Promise<PostingView | null> {
    const row = await this.#parts.rows.get(id);
    return row === undefined ? null : viewOf(row);
  }

  /** What `resend` would come to now, for who must write down the reason first. */
  async mayResend(id: PostingId): Promise<Wish> {
    const row = await this.#parts.rows.get(id);
    if (row === undefined) return { kind: 'refused', why: UNKNOWN };
    const why = notMovable(row) ?? twice(row);
    if (why !== undefined) return { kind: 'refused', why };
    return row.next_at_ms === NEVER_MS ? { kind: 'done' } : { kind: 'refused', why: RECORDING };
  }

  /** A person wants a rejected posting sent once more. */
  async resend(id: PostingId): Promise<Wish> {
    return this.#wish(id, (row) => {
      const change = { state: 'ready', next_at_ms: this.#now(), looked_up_count: 0 } as const;
      return twice(row) ?? { ...change, fault: null };
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
    if (row === undefined) return { kind: 'refused', why: UNKNOWN };
    const why = notMovable(row);
    if (why !== undefined) return { kind: 'refused', why };
    const change = decide(row);
    if (typeof change === 'string') return { kind: 'refused', why: change };
    const moved = await this.#parts.rows.moveTold(id, { ...change, updated_ms: this.#now() });
    if (moved === undefined) return { kind: 'refused', why: RECORDING };
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
    const { id } = viewOf(row);
    await this.#parts.settle({ posting: id, document: row.document, outcome });
    await this.#parts.rows.move(row.id, { next_at_ms: NEVER_MS });
    this.events.emit('settled', id, outcome);
    return this.#now();
  }

  async #send(ready: PostingRow): Promise<number> {
    // A body that was not written by this program stops here, before anything is said to be sent.
    const read = readPosting(ready);
    if (read.kind === 'unreadable') {
      await this.#move(ready, unsendable(read.words, this.#now()));
      return this.#now();
    }
    const row = await this.#move(ready, sending(ready, this.#now()));
    const sent: Sent = await this.#parts.exact.postReceipt(read.posting);
    await this.#move(row, afterSending(row, sent, this.#context()));
    const held = sent.kind === 'not-applied' && sent.onlyThis !== true;
    this.#hold(held, held ? sent.retryAtMs : null);
    return this.#now();
  }

  async #look(row: PostingRow): Promise<number> {
    // By the row's own marker, so that a damaged body cannot keep it in doubt.
    const { marker } = viewOf(row);
    const sinceMs = row.first_sent_ms ?? row.updated_ms;
    const sighting: Sighting = await this.#parts.exact.findByMarker(marker, sinceMs);
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

/** Why a person cannot move this row; undefined when one can. */
function notMovable(row: PostingRow): string | undefined {
  if (row.state !== 'rejected') return `it is ${row.state}`;
  return faultOf(row)?.data['dropped'] === undefined ? undefined : 'it was dropped';
}

function twice(row: PostingRow): string | undefined {
  return faultOf(row)?.code === 'exact.duplicate' ? 'it is in Exact twice already' : undefined;
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
