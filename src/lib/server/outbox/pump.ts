// Who lives here: the pump that brings postings to Exact, each exactly once (I-03), each refusal
// once (I-04), all of them in the end (I-23). It does one thing at a time: tell the journal what
// became final, look for what is in doubt, send the next step of what is ready.
//
// Terms: turn (one such thing), due (its time has come), in doubt (sent, and the answer is not
// known), look (a search for a step in Exact), settle (Exact has it, or a person must decide; the
// journal is told), hold (Exact, or one endpoint of it, cannot be reached: see holds.ts).

import { EventEmitter } from 'node:events';
import { assert, LIMITS } from '../../domain/index.ts';
import type { Clock, PostingId, Scheduler } from '../../domain/index.ts';
import type { PostingState, SettledOutcome } from '../../ledger/index.ts';
import { LookPauses } from './blind.ts';
import { Errands } from './errands.ts';
import { backoffMs, Holds } from './holds.ts';
import { Litter } from './litter.ts';
import { afterFinding, doubted, outcomeOf } from './moves.ts';
import { PlaceOrder } from './order.ts';
import type { ExactPort, Finding, PostingView, Settle } from './ports.ts';
import { NEVER_MS } from './rows.ts';
import type { PostingChange, PostingRow, PostingRows } from './rows.ts';
import { viewOf } from './views.ts';
import { Wishes } from './wishes.ts';
import type { Seen, Wish } from './wishes.ts';

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
  settled: [posting: PostingId, outcome: SettledOutcome, kind: string];
  /** The store, the journal or a program's fault stopped a turn; it is tried again. */
  trouble: [error: unknown];
}

const LIST_MAX = 500;
const LOST_WITH_HUB = 'the hub stopped before the answer came';
/** With nothing due the pump looks again after this time, should a poke have been missed. */
const IDLE_MS = 60_000;

export class Pump {
  readonly events = new EventEmitter<PumpEvents>();
  readonly #parts: PumpParts;
  readonly #holds = new Holds();
  readonly #blind = LookPauses.blind();
  readonly #silent = LookPauses.silent();
  readonly #errands: Errands;
  readonly #wishes: Wishes;
  readonly #litter: Litter;
  readonly #findings: Finding[] = [];
  #started = false;
  #turning: Promise<number> | undefined;
  #poked = false;
  #cancel: (() => void) | undefined;
  /** Turns in a row that threw. */
  #troubles = 0;

  constructor(parts: PumpParts) {
    this.#parts = parts;
    const order = new PlaceOrder(parts.rows);
    this.#errands = new Errands({
      ...{ rows: parts.rows, exact: parts.exact, order, holds: this.#holds },
      ...{ blind: this.#blind, silent: this.#silent },
      ...{ settleMs: parts.settleMs ?? LIMITS.settleMs, nowMs: () => this.#now() },
      move: (row, change) => this.#move(row, change),
    });
    this.#wishes = new Wishes({
      ...{ rows: parts.rows, order, clock: parts.clock },
      onMoved: (moved) => {
        this.events.emit('state', viewOf(moved));
        this.poke();
      },
    });
    this.#litter = new Litter({
      ...{ rows: parts.rows, exact: parts.exact, holds: this.#holds },
      nowMs: () => this.#now(),
      move: (row, change) => this.#move(row, change),
    });
  }

  /** Begins to work. What was being sent when the hub died is in doubt from now on. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#arm(0);
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#cancel?.();
    await this.#turning?.catch((error: unknown) => this.events.emit('trouble', error));
  }

  /** A posting was committed: look now. */
  poke(): void {
    this.#poked = true;
    if (this.#started && this.#turning === undefined) this.#arm(0);
  }

  /** Exact can be reached again (a person connected): forget the waiting. */
  async wake(): Promise<void> {
    this.#holds.clear();
    this.#blind.clear();
    this.#silent.clear();
    await this.#parts.rows.wake(this.#now());
    this.poke();
  }

  /** Somebody has looked around in Exact: what is there is never sent again (I-03). */
  adopt(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
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

  /** A person must look at these: newest first, at most `LIMITS.rejectedShown`; `total` of all. */
  async waiting(): Promise<{ readonly views: readonly PostingView[]; readonly total: number }> {
    const { rows, total } = await this.#parts.rows.waiting(LIMITS.rejectedShown);
    return { views: rows.map(viewOf), total };
  }

  async status(id: string): Promise<PostingView | null> {
    const row = await this.#parts.rows.get(id);
    return row === undefined ? null : viewOf(row);
  }

  /** What `resend` would come to now, for who must write down the reason first. */
  mayResend(id: PostingId): Promise<Wish> {
    return this.#wishes.mayResend(id);
  }

  /** A person wants a rejected posting sent once more, and saw it as `seen`. */
  resend(id: PostingId, seen?: Seen): Promise<Wish> {
    return this.#wishes.resend(id, seen);
  }

  /** What `lookAgain` would come to now. */
  mayLookAgain(id: PostingId): Promise<Wish> {
    return this.#wishes.mayLookAgain(id);
  }

  /** A person wants a posting in doubt looked for once more. */
  lookAgain(id: PostingId): Promise<Wish> {
    return this.#wishes.lookAgain(id);
  }

  /** A person saw a posting in doubt in Exact. */
  confirm(id: PostingId, documentNumber: string, words: string): Promise<Wish> {
    return this.#wishes.confirm(id, documentNumber, words);
  }

  /** A person decides that a posting with a fault needs nothing more. */
  drop(id: PostingId, reason: string): Promise<Wish> {
    return this.#wishes.drop(id, reason);
  }

  /**
   * Does one thing that is due and says when to come again. The house calls `start` instead; a
   * virtual clock calls this.
   */
  async step(): Promise<number> {
    assert(this.#turning === undefined, 'I-03: one turn at a time, hence one send in flight');
    this.#poked = false;
    this.#turning = this.#turn();
    try {
      const nextMs = await this.#turning;
      this.#troubles = 0;
      return nextMs;
    } finally {
      this.#turning = undefined;
    }
  }

  #now(): number {
    return this.#parts.clock.nowMs();
  }

  #arm(delayMs: number): void {
    this.#cancel?.();
    this.#cancel = this.#parts.scheduler.after(delayMs, () => {
      if (this.#turning !== undefined || !this.#started) return;
      this.step()
        .catch((error: unknown) => {
          this.events.emit('trouble', error);
          this.#troubles += 1;
          return this.#now() + backoffMs(this.#troubles - 1);
        })
        .then((nextMs) => {
          const delay = Math.max(0, Math.min(nextMs - this.#now(), IDLE_MS));
          if (this.#started) this.#arm(this.#poked ? 0 : delay);
        })
        .catch((error: unknown) => this.events.emit('trouble', error));
    });
  }

  async #turn(): Promise<number> {
    const { rows, exact } = this.#parts;
    for (const orphan of await rows.orphans()) {
      await this.#move(orphan, doubted(LOST_WITH_HUB, this.#now()));
    }
    await this.#adoptAll();
    const untold = await rows.untold();
    if (untold !== undefined && untold.next_at_ms <= this.#now()) return this.#tell(untold);
    const times = [NEVER_MS];
    for (const row of await rows.heads('in-doubt', exact.unmarked)) {
      const heldMs = Math.max(this.#holds.freeMs(row.kind), this.#errands.lookFreeMs(row.kind));
      const freeMs = Math.max(row.next_at_ms, heldMs);
      if (freeMs <= this.#now()) return this.#errands.look(row);
      times.push(freeMs);
    }
    for (const row of await rows.heads('ready', exact.unmarked)) {
      const freeMs = Math.max(row.next_at_ms, this.#holds.freeMs(row.kind));
      const leavesMs = freeMs <= this.#now() ? await this.#errands.send(row) : freeMs;
      if (leavesMs === undefined) return this.#now();
      times.push(leavesMs);
    }
    return Math.min(await this.#litter.tidy(), ...times);
  }

  async #adoptAll(): Promise<void> {
    for (let finding = this.#findings[0]; finding !== undefined; finding = this.#findings[0]) {
      const [row] = await this.#parts.rows.marked([finding.marker]);
      const change =
        row === undefined
          ? undefined
          : afterFinding(row, finding, this.#errands.stepsOf(row), this.#now());
      const taken = row !== undefined && (await this.#isTaken(row, finding));
      if (row !== undefined && change !== undefined && !taken) await this.#move(row, change);
      this.#findings.shift();
    }
  }

  /** What is there is the document of another posting: the same sweep gave it to two. */
  async #isTaken(row: PostingRow, finding: Finding): Promise<boolean> {
    if (finding.kind !== 'there') return false;
    const { exactId } = finding.result;
    return (await this.#parts.rows.known(row.kind, [exactId])).has(exactId);
  }

  async #tell(row: PostingRow): Promise<number> {
    const outcome = outcomeOf(row);
    const { id } = viewOf(row);
    await this.#parts.settle({ posting: id, document: row.document, outcome });
    await this.#parts.rows.move(row.id, { next_at_ms: NEVER_MS });
    if (outcome.kind === 'rejected') this.#litter.suspect();
    this.events.emit('settled', id, outcome, row.kind);
    return this.#now();
  }

  async #move(row: PostingRow, change: PostingChange): Promise<PostingRow> {
    const moved = await this.#parts.rows.move(row.id, change);
    this.events.emit('state', viewOf(moved));
    return moved;
  }
}
