// Who lives here: the hub's one writer (I-09). Whatever changes the journal stands in its queue; it
// takes everything that waits, decides it in order on memory, makes it durable in one transaction,
// and only then answers. Words: a batch is what waited when the last commit returned; a ruling is
// what a command will hear if the batch becomes durable.

import { assert, fault, LIMITS, makeId } from '../../domain/index.ts';
import type {
  Command,
  CommandId,
  Marker,
  PostingId,
  StationId,
  Verdict,
} from '../../domain/index.ts';
import { emptyWorld, fold, renew, revive } from '../../ledger/index.ts';
import type { DecisionContext, JournalEntry, World } from '../../ledger/index.ts';
import { Draft } from './draft.ts';
import type { Memory } from './draft.ts';
import { documentsOf, putOff, verdictAfter } from './jobs.ts';
import type { CommandJob, Job, Waiting } from './jobs.ts';
import type { HubAlarm, StationNumbers, StorageTrouble, Stored, StoredVerdict } from './ports.ts';
import type { CommitListener, Writer, WriterParts } from './writing.ts';

/**
 * A writer that has read the whole journal.
 * @throws Error with the disk's words when the journal cannot be read; BrokenLaw when it is wrong.
 */
export async function startWriter(parts: WriterParts): Promise<Writer> {
  const writer = new HubWriter(parts);
  const read = await writer.catchUp();
  if (!read.ok) throw new Error(`The journal cannot be read: ${read.failure.message}`);
  return writer;
}

class HubWriter implements Writer {
  readonly #parts: WriterParts;
  readonly #listeners = new Set<CommitListener>();
  readonly #numbers = new Map<StationId, StationNumbers>();
  #queue: Job[] = [];
  #world: World = emptyWorld();
  #running: Promise<void> | undefined;
  #trouble: StorageTrouble | undefined;
  #closed = false;

  constructor(parts: WriterParts) {
    this.#parts = parts;
  }

  submit(command: Command): Promise<Verdict> {
    if (this.#closed || this.#queue.length >= LIMITS.writerQueue) {
      const busy = { kind: 'later', afterMs: LIMITS.hubBusyMs, fault: fault('hub.busy') } as const;
      return Promise.resolve(busy);
    }
    const hash = this.#parts.journal.hashOf(command);
    return new Promise((done, broken) => {
      this.#enqueue({ kind: 'command', command, hash, done, broken });
    });
  }

  record(
    build: (world: World, context: DecisionContext) => readonly JournalEntry[],
  ): Promise<Stored<readonly JournalEntry[]>> {
    return new Promise((done, broken) => this.#enqueue({ kind: 'record', build, done, broken }));
  }

  withWorld(change: (world: World) => World): Promise<void> {
    return new Promise((done, broken) => this.#enqueue({ kind: 'world', change, done, broken }));
  }

  recall(documents: readonly string[]): Promise<Stored<void>> {
    return new Promise((done, broken) => {
      this.#enqueue({ kind: 'recall', documents, done, broken });
    });
  }

  world(): World {
    return this.#world;
  }

  onCommitted(listener: CommitListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  trouble(): StorageTrouble | undefined {
    return this.#trouble;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  /** Reads what the journal holds beyond this world. */
  async catchUp(): Promise<Stored<void>> {
    for (;;) {
      const from = this.#world.seq + 1;
      const page = await this.#parts.journal.read(from, LIMITS.journalPageEntries);
      if (!page.ok) return page;
      if (page.value.length === 0) return { ok: true, value: undefined };
      this.#moveOn(page.value, page.value.reduce(fold, this.#world));
    }
  }

  #enqueue(job: Job): void {
    assert(this.#queue.length < 2 * LIMITS.writerQueue, 'I-17: the queue of the writer is bounded');
    this.#queue.push(job);
    this.#running ??= this.#work();
  }

  async #work(): Promise<void> {
    // A commit holds the thread, so what came in meanwhile waits in the sockets. One turn of the
    // event loop brings all of it here: the batch grows with the load, and nobody waits for a timer.
    await nextTurn();
    while (this.#queue.length > 0) {
      const batch = this.#queue.slice(0, LIMITS.commitBatch);
      this.#queue = this.#queue.slice(LIMITS.commitBatch);
      await this.#runBatch(batch).catch((error: unknown) => this.#breakOff(batch, error));
      await nextTurn();
    }
    this.#running = undefined;
  }

  async #runBatch(batch: readonly Job[]): Promise<void> {
    const memory = await this.#remember(batch);
    const known = memory.ok ? memory.value : { verdicts: new Map(), numbers: new Map() };
    const draft = new Draft(this.#world, known, (world) => this.#context(world));
    const waiting: Waiting[] = [];
    for (const job of batch) {
      if (!memory.ok && job.kind !== 'world') waiting.push(putOff(job));
      else this.#draw(draft, job, waiting);
    }
    const outcome = memory.ok ? await this.#commit(draft) : memory;
    if (outcome.ok) this.#adopt(draft);
    else this.#fallBack(draft, outcome.failure);
    for (const answer of waiting) answer.settle(outcome);
    if (outcome.ok && draft.entries.length > 0) this.#tell(draft.entries);
    for (const alarm of outcome.ok ? draft.alarms : []) this.#report(alarm);
  }

  /** What the journal knows of a batch; after a failure, first whatever that failure hid. */
  async #remember(batch: readonly Job[]): Promise<Stored<Memory>> {
    if (this.#trouble !== undefined) {
      const caughtUp = await this.catchUp();
      if (!caughtUp.ok) return caughtUp;
    }
    const recalled = await this.#bringBack(batch);
    if (!recalled.ok) return recalled;
    const jobs = batch.filter((job): job is CommandJob => job.kind === 'command');
    if (jobs.length === 0) return { ok: true, value: { verdicts: new Map(), numbers: new Map() } };
    for (const { command } of jobs) {
      if (this.#numbers.has(command.station)) continue;
      const used = await this.#parts.journal.numbersOf(command.station);
      if (!used.ok) return used;
      if (used.value !== undefined) this.#numbers.set(command.station, used.value);
    }
    const asked = jobs.map(({ command, hash }) => ({ id: command.id, hash }));
    const stored = await this.#parts.journal.verdicts(asked);
    if (!stored.ok) return stored;
    return { ok: true, value: { verdicts: byId(stored.value), numbers: this.#numbers } };
  }

  /** Documents of this batch that are not in memory, as the journal has them. */
  async #bringBack(batch: readonly Job[]): Promise<Stored<void>> {
    const named = new Set(batch.flatMap(documentsOf));
    // None of them leaves in this batch, between two jobs that are about it.
    this.#world = renew(this.#world, named, this.#parts.clock.nowMs());
    const missing = [...named].filter((id) => !this.#world.documents.has(id));
    if (missing.length === 0) return { ok: true, value: undefined };
    const entries = await this.#parts.journal.entriesOf(missing);
    if (!entries.ok) return entries;
    // It is durable already: whether this batch will be, changes nothing about it.
    this.#world = revive(this.#world, entries.value, this.#parts.clock.nowMs());
    return { ok: true, value: undefined };
  }

  /** Adds one job to the draft. What breaks a law stops alone; the draft is as it was. */
  #draw(draft: Draft, job: Job, waiting: Waiting[]): void {
    try {
      if (job.kind === 'world') {
        draft.change(job.change);
        waiting.push({ settle: () => job.done() });
      } else if (job.kind === 'recall') {
        // It is in memory, whether or not the others of the batch become durable.
        waiting.push({ settle: () => job.done({ ok: true, value: undefined }) });
      } else if (job.kind === 'record') {
        const entries = job.build(draft.world, draft.context());
        draft.append(entries);
        waiting.push({ settle: (it) => job.done(it.ok ? { ok: true, value: entries } : it) });
      } else {
        const ruling = draft.rule(job.command, job.hash);
        waiting.push({ settle: (outcome) => job.done(verdictAfter(ruling, outcome)) });
      }
    } catch (error) {
      this.#report({ kind: 'broken', error });
      job.broken(error);
    }
  }

  async #commit({ entries, commands }: Draft): Promise<Stored<void>> {
    if (entries.length === 0) return { ok: true, value: undefined };
    return this.#parts.journal.commit({ entries, commands });
  }

  #adopt(draft: Draft): void {
    this.#world = draft.world;
    for (const [station, used] of draft.numbers) this.#numbers.set(station, used);
    if (this.#trouble === undefined || draft.entries.length === 0) return;
    this.#trouble = undefined;
    this.#report({ kind: 'recovered' });
  }

  /** The batch is lost, but what the mirror said in it holds. */
  #fallBack(draft: Draft, trouble: StorageTrouble): void {
    for (const change of draft.changes) this.#world = change(this.#world);
    this.#numbers.clear();
    this.#trouble = trouble;
    this.#report({ kind: 'storage', trouble });
  }

  /** A broken law in the machinery itself: nobody of this batch may think that it was taken. */
  #breakOff(batch: readonly Job[], error: unknown): void {
    this.#numbers.clear();
    this.#trouble = { kind: 'broken', message: String(error) };
    this.#report({ kind: 'broken', error });
    for (const job of batch) job.broken(error);
  }

  #moveOn(entries: readonly JournalEntry[], world: World): void {
    this.#world = world;
    this.#tell(entries);
  }

  #tell(entries: readonly JournalEntry[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(entries, this.#world);
      } catch (error) {
        this.#report({ kind: 'broken', error });
      }
    }
  }

  /** I-16: a reporter that fails keeps no job from its answer; the console hears of both. */
  #report(alarm: HubAlarm): void {
    try {
      this.#parts.report(alarm);
    } catch (error) {
      console.error(`The hub could not report "${alarm.kind}": ${String(error)}`);
    }
  }

  #context(world: World): DecisionContext {
    const { clock, random } = this.#parts;
    const newPosting = () => {
      const id = makeId<PostingId>(clock, random);
      return { id, marker: markerOf(id) };
    };
    const bundle = this.#parts.bundle?.() ?? false;
    return { nowMs: clock.nowMs(), nextSeq: world.seq + 1, bundle, newPosting };
  }
}

/** `SD` and the last 18 hexadecimal digits of the id: 20 characters, of which 70 bits are chance. */
function markerOf(id: PostingId): Marker {
  return `SD${id.replaceAll('-', '').slice(-18)}` as Marker;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function byId(stored: readonly StoredVerdict[]): ReadonlyMap<CommandId, readonly StoredVerdict[]> {
  const verdicts = new Map<CommandId, StoredVerdict[]>();
  for (const one of stored) {
    const known = verdicts.get(one.id);
    if (known === undefined) verdicts.set(one.id, [one]);
    else known.push(one);
  }
  return verdicts;
}
