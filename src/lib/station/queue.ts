// Who lives here: the commands of this station, from green to the hub's word and on to Exact's.
// A command is appended in the transaction of the dialogue that made it (session.ts), sent by the
// link, settled by the hub's verdict, and kept for LIMITS.confirmedKeepMs after that, because a hub
// restored from a backup may ask for it again (I-22). Only `purge` deletes, and only decided rows.

import { assert, fault, isGoods, LIMITS, makeId } from '../domain/index.ts';
import type {
  Clock,
  CommandId,
  Fault,
  Random,
  Revision,
  SessionId,
  StationId,
  Verdict,
} from '../domain/index.ts';
import type { StateOfCommand } from '../protocol/index.ts';
import type { DraftedCommand } from '../workflows/index.ts';
import { commit, quarantine, read } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';
import { readIdentity, writeIdentity } from './identity.ts';
import { purgeRows, renumberRows, reopenRows } from './queue-repair.ts';
import { decided, isFinal, isQueueRow } from './queue-rows.ts';
import type { CommandLabel, NewRow, QueueRow } from './queue-rows.ts';

const DAY_MS = 24 * 3_600_000;

/** What the dialogue adds to its drafts. */
export interface MadeIn {
  readonly session: SessionId;
  readonly revision: Revision;
  readonly nowMs: number;
  /** Id of the person who is signed in; nobody: the station itself. */
  readonly operator?: string | undefined;
  readonly label: (draft: DraftedCommand) => CommandLabel;
}

export class Queue {
  /** Rows of the last day and all waiting ones, by command id, in the order they were made. */
  readonly #rows = new Map<CommandId, QueueRow>();
  #waiting = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly db: StationDb,
    private readonly ports: { clock: Clock; random: Random },
  ) {}

  /** Reads the disk at start. Unreadable rows go to quarantine; their number is the value. */
  async load(): Promise<Stored<number>> {
    const since = this.ports.clock.nowMs() - DAY_MS;
    const loaded = await commit(this.db, ['queue', 'quarantine'], async (tx) => {
      const good: QueueRow[] = [];
      let unreadable = 0;
      let cursor = await tx.objectStore('queue').openCursor();
      while (cursor !== null) {
        const row = cursor.value;
        if (isQueueRow(row)) good.push(row);
        else {
          unreadable += 1;
          await quarantine(tx, 'queue', row);
          await cursor.delete();
        }
        cursor = await cursor.continue();
      }
      return { good, unreadable };
    });
    if (!loaded.ok) return loaded;
    this.#rows.clear();
    for (const row of loaded.value.good) {
      if (row.status === 'waiting' || row.notice === 'open' || (row.decidedAtMs ?? 0) >= since) {
        this.#rows.set(row.command.id, row);
      }
    }
    this.#recount();
    return { ok: true, value: loaded.value.unreadable };
  }

  get waiting(): number {
    return this.#waiting;
  }

  get rows(): Iterable<QueueRow> {
    return this.#rows.values();
  }

  get(id: CommandId): QueueRow | undefined {
    return this.#rows.get(id);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The fault that keeps `count` more commands out, or nothing. */
  full(count: number): Fault | undefined {
    if (this.#waiting + count <= LIMITS.queueCommands) return undefined;
    return fault('station.queue-full', { waiting: this.#waiting });
  }

  /**
   * Adds commands inside the caller's transaction (which must hold `meta` and `queue`) and numbers
   * them there, so that a number is used if and only if its command is on the disk. The caller
   * hands the rows to `adopt` once the transaction is complete.
   */
  async appendIn(
    tx: WriteTx,
    drafts: readonly DraftedCommand[],
    made: MadeIn,
  ): Promise<QueueRow[]> {
    if (drafts.length === 0) return [];
    const identity = await readIdentity(tx);
    assert(identity !== undefined, 'a station has its identity before it makes a command');
    const rows: NewRow[] = [];
    let lastSeq = identity.lastSeq;
    for (const draft of drafts) {
      lastSeq += 1;
      rows.push({
        command: {
          id: draft.id,
          station: identity.id,
          stationSeq: lastSeq,
          operator: made.operator ?? identity.name,
          session: made.session,
          revision: made.revision,
          madeAtMs: made.nowMs,
          payload: draft.payload,
        },
        label: made.label(draft),
        status: 'waiting',
        sendSeq: lastSeq,
      });
    }
    // Asked for at once: each wait for an answer of the disk would stand between scan and green.
    const [places] = await Promise.all([
      Promise.all(rows.map((row) => tx.objectStore('queue').add(row))),
      writeIdentity(tx, { ...identity, lastSeq }),
    ]);
    return rows.map((row, index) => {
      const place = places[index];
      assert(place !== undefined, 'every row that was added has its place');
      return { ...row, place };
    });
  }

  adopt(rows: readonly QueueRow[]): void {
    if (rows.length === 0) return;
    for (const row of rows) this.#rows.set(row.command.id, row);
    this.#recount();
  }

  /** The oldest waiting command, or null. */
  async next(): Promise<Stored<QueueRow | null>> {
    const found = await read(() => this.db.getFromIndex('queue', 'status', 'waiting'));
    if (!found.ok) return found;
    if (found.value === undefined) return { ok: true, value: null };
    if (isQueueRow(found.value)) return { ok: true, value: found.value };
    return { ok: false, fault: fault('station.corrupt-row', { rows: 1 }) };
  }

  /** Writes the hub's word on one command. The answer is the row as it stands now. */
  async settle(
    id: CommandId,
    verdict: Exclude<Verdict, { kind: 'later' }>,
  ): Promise<Stored<QueueRow | null>> {
    const nowMs = this.ports.clock.nowMs();
    return this.#change(id, (row) =>
      row.status === 'waiting' ? decided(row, verdict, nowMs) : row,
    );
  }

  /** A person has read the refusal of this command; nothing where no command has that id. */
  async acknowledge(shown: string): Promise<Stored<QueueRow | null>> {
    const id = [...this.#rows.keys()].find((each) => each === shown);
    if (id === undefined) return { ok: true, value: null };
    return this.#change(id, ({ notice: _notice, ...rest }) => rest);
  }

  /** The same inside the dialogue's own transaction; `adopt` the row afterwards. */
  async acknowledgeIn(tx: WriteTx, id: CommandId): Promise<QueueRow[]> {
    const row = await tx.objectStore('queue').index('id').get(id);
    if (!isQueueRow(row)) return [];
    const { notice: _notice, ...rest } = row;
    await tx.objectStore('queue').put(rest);
    return [rest];
  }

  /** How far Exact is, by command. Rows that left the memory are left alone. */
  async setStates(states: readonly StateOfCommand[]): Promise<Stored<void>> {
    const known = states.filter(({ id }) => this.#rows.has(id));
    if (known.length === 0) return { ok: true, value: undefined };
    const written = await commit(
      this.db,
      ['queue'],
      async (tx) => {
        const rows: QueueRow[] = [];
        for (const { id, state } of known) {
          const row = await tx.objectStore('queue').index('id').get(id);
          if (!isQueueRow(row) || isFinal(row.state)) continue;
          rows.push({ ...row, state });
          await tx.objectStore('queue').put({ ...row, state });
        }
        return rows;
      },
      'relaxed',
    );
    if (written.ok) this.adopt(written.value);
    return written.ok ? { ok: true, value: undefined } : written;
  }

  /** Commands of the last day whose goods Exact has not settled, or not yet taken back. */
  unsettled(): CommandId[] {
    const since = this.ports.clock.nowMs() - DAY_MS;
    const rows = [...this.#rows.values()].filter(
      (row) => row.status === 'confirmed' && (row.decidedAtMs ?? 0) >= since,
    );
    const goingBack = new Set(
      rows.flatMap(({ command: { payload } }) =>
        payload.type === 'line.reverse' ? [payload.target] : [],
      ),
    );
    return rows
      .filter(({ command: { id, payload }, state }) => {
        const open = state?.kind !== 'booked' || goingBack.has(id);
        return isGoods(payload) && !isFinal(state) && open;
      })
      .map((row) => row.command.id);
  }

  /**
   * The hub waits for number `expect`: all commands from there on are to be sent again, the oldest
   * first. `hole`: that command is not here (any more), so the numbers cannot be kept.
   */
  async reopenFrom(expect: number): Promise<Stored<'reopened' | 'hole'>> {
    const written = await reopenRows(this.db, expect);
    if (!written.ok) return written;
    if (written.value === null) return { ok: true, value: 'hole' };
    this.adopt(written.value);
    return { ok: true, value: 'reopened' };
  }

  /**
   * The station becomes a new one: its waiting commands are numbered 1, 2, 3 … again, their ids and
   * payloads stay. Decided rows are history and are not sent again: another hub has another
   * journal, and what the first one booked must not be booked twice.
   */
  async takeNewIdentity(): Promise<Stored<StationId>> {
    const id = makeId<StationId>(this.ports.clock, this.ports.random);
    const written = await renumberRows(this.db, id);
    if (!written.ok) return written;
    this.adopt(written.value);
    return { ok: true, value: id };
  }

  /** Forgets decided commands that are older than any backup may be; never one with a notice. */
  async purge(): Promise<Stored<number>> {
    return purgeRows(this.db, this.ports.clock.nowMs() - LIMITS.confirmedKeepMs);
  }

  async #change(
    id: CommandId,
    change: (row: QueueRow) => QueueRow,
  ): Promise<Stored<QueueRow | null>> {
    const written = await commit(this.db, ['queue'], async (tx) => {
      const row = await tx.objectStore('queue').index('id').get(id);
      if (!isQueueRow(row)) return null;
      const changed = change(row);
      if (changed !== row) await tx.objectStore('queue').put(changed);
      return changed;
    });
    if (written.ok && written.value !== null) this.adopt([written.value]);
    return written;
  }

  #recount(): void {
    this.#waiting = 0;
    const since = this.ports.clock.nowMs() - DAY_MS;
    for (const [id, row] of this.#rows) {
      if (row.status === 'waiting') this.#waiting += 1;
      else if (row.notice !== 'open' && (row.decidedAtMs ?? 0) < since) this.#rows.delete(id);
    }
    for (const listener of this.#listeners) listener();
  }
}
