// Who lives here: the tapes of this station's sessions, until the hub has them. They must cost the
// operator nothing: events are written behind the dialogue's back, gathered, and never strictly; a
// tape that cannot be written, or would be one too many, is counted as lost and forgotten. The
// dialogue's own row says how many events happened, so a tape that lacks one is known by it.
// Rows of the store: [session, 0] the beginning, [session, n] the n-th event, [session, 'end'].

import { LIMITS } from '../domain/index.ts';
import type { SessionId } from '../domain/index.ts';
import type { TapeMessage } from '../protocol/index.ts';
import { begin, tapeText, Taping } from '../workflows/runtime/index.ts';
import type { Recorded } from '../workflows/runtime/index.ts';
import type { CompiledWorkflow } from '../workflows/index.ts';
import { commit, isRecord, read } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';

const LOST = ['lost', 0] as const;
const END = 'end';
type Key = [string, number | typeof END];

interface Ended {
  readonly session: string;
  readonly bytes: number;
}

/** A session that goes on after a reload, and how many events its tape must have. */
interface Resting {
  readonly session: SessionId;
  readonly frames: number | undefined;
}

const rowsOf = (session: string): IDBKeyRange => IDBKeyRange.bound([session], [session, []]);

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What the hub takes: the line of text, packed. */
async function packed(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export class Tapes {
  /** Of the session that runs; undefined where none is recorded. */
  #taping: { readonly session: SessionId; readonly taping: Taping } | undefined;
  /** The session that runs on without a tape: it was cut, or lost. */
  #silent: SessionId | undefined;
  #unwritten: { readonly key: Key; readonly value: unknown }[] = [];
  #writing: Promise<void> | undefined;
  #ended: readonly Ended[] = [];
  #lost = 0;
  #ready: () => void = () => undefined;

  constructor(private readonly db: StationDb) {}

  /** Told when there is a tape to send. */
  onReady(listener: () => void): void {
    this.#ready = listener;
  }

  /** How many events of this session are on tape; undefined: it is not recorded. */
  framesOf(session: SessionId): number | undefined {
    if (session === this.#silent) return undefined;
    return this.#taping?.session === session ? this.#taping.taping.frames : 0;
  }

  /** One event of a session and what came of it. */
  heard(session: SessionId, workflow: CompiledWorkflow, recorded: Recorded): void {
    if (session === this.#silent) return;
    if (this.#taping?.session !== session) this.#begin(session, workflow);
    const taping = this.#taping?.taping;
    const text = taping?.event(recorded);
    if (taping === undefined || text === undefined) {
      this.#silent = session;
      return this.#end(session, true);
    }
    this.#write([session, taping.frames], text);
    if (recorded.step.ended !== undefined) this.#end(session, false);
  }

  /** The session was left without an end. */
  left(session: SessionId): void {
    if (this.#taping?.session === session) this.#end(session, false);
  }

  #begin(session: SessionId, workflow: CompiledWorkflow): void {
    const taping = new Taping();
    this.#taping = { session, taping };
    this.#write([session, 0], taping.begin(workflow, begin(workflow)));
  }

  #end(session: SessionId, cut: boolean): void {
    const bytes = this.#taping?.taping.bytes ?? 0;
    this.#taping = undefined;
    this.#write([session, END], { bytes, cut });
  }

  #write(key: Key, value: unknown): void {
    this.#unwritten.push({ key, value });
    this.#writing ??= delay(LIMITS.tapeGatherMs)
      .then(() => this.#flush())
      .finally(() => (this.#writing = undefined));
  }

  /** Resolves when all that was heard so far is written, or lost. */
  async written(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
  }

  async #flush(): Promise<void> {
    while (this.#unwritten.length > 0) {
      const rows = this.#unwritten;
      this.#unwritten = [];
      const done = await this.#change(async (tx) => {
        await Promise.all(rows.map(({ key, value }) => tx.objectStore('tapes').put(value, key)));
      });
      if (!done.ok) await this.#loseAll(new Set(rows.map(({ key }) => key[0])));
      else for (const { key, value } of rows) if (key[1] === END) this.#add(key[0], value);
    }
    await this.#trim();
    if (this.#ended.length > 0) this.#ready();
  }

  #add(session: string, value: unknown): void {
    const bytes = isRecord(value) && typeof value['bytes'] === 'number' ? value['bytes'] : 0;
    this.#ended = [...this.#ended, { session, bytes }];
  }

  async #loseAll(sessions: ReadonlySet<string>): Promise<void> {
    for (const session of sessions) {
      if (this.#taping?.session === session) {
        this.#silent = this.#taping.session;
        this.#taping = undefined;
      }
      this.#unwritten = this.#unwritten.filter(({ key }) => key[0] !== session);
      await this.#lose(session);
    }
  }

  /** The oldest go first: of those there are enough. */
  async #trim(): Promise<void> {
    const bytes = (): number => this.#ended.reduce((sum, each) => sum + each.bytes, 0);
    while (this.#ended.length > LIMITS.stationTapes || bytes() > LIMITS.stationTapesBytes) {
      const [oldest] = this.#ended;
      if (oldest === undefined) return;
      await this.#lose(oldest.session);
    }
  }

  async #lose(session: string): Promise<void> {
    this.#lost += 1;
    await this.#forget(session);
  }

  /** Where the disk refuses, the rows are found and forgotten at the next start. */
  async #forget(session: string): Promise<void> {
    this.#ended = this.#ended.filter((each) => each.session !== session);
    await this.#change(async (tx) => {
      await tx.objectStore('tapes').delete(rowsOf(session));
      await tx.objectStore('tapes').put(this.#lost, [...LOST]);
    });
  }

  #change(act: (tx: WriteTx) => Promise<void>): Promise<Stored<void>> {
    return commit(this.db, ['tapes'], act, 'relaxed');
  }

  /**
   * Takes up what lies on the disk. `running`: the session that goes on, and how many of its events
   * must be on its tape; one that lacks some is lost, and one that has more is cut back to them.
   */
  async load(running?: Resting): Promise<void> {
    this.#silent = running?.session;
    this.#ended = [];
    const keys = await read(() => this.db.getAllKeys('tapes'));
    if (!keys.ok) return;
    const lost = await read(() => this.db.get('tapes', [...LOST]));
    if (lost.ok && typeof lost.value === 'number') this.#lost = lost.value;
    const sessions = new Set(keys.value.map(([session]) => session));
    sessions.delete(LOST[0]);
    for (const session of sessions) {
      const end = await read(() => this.db.get('tapes', [session, END]));
      if (end.ok && end.value !== undefined) this.#add(session, end.value);
      else if (running !== undefined && session === running.session) await this.#resume(running);
      else await this.#lose(session);
    }
  }

  async #resume({ session, frames = Infinity }: Resting): Promise<void> {
    const rows = await read(() => this.db.getAll('tapes', rowsOf(session)));
    const texts = rows.ok ? rows.value.filter((row) => typeof row === 'string') : [];
    if (texts.length <= frames) return this.#lose(session);
    const bytes = texts.slice(0, frames + 1).reduce((sum, text) => sum + text.length, 0);
    this.#taping = { session, taping: new Taping(bytes, frames) };
    this.#silent = undefined;
    const more = IDBKeyRange.bound([session, frames + 1], [session, END], false, true);
    await this.#change((tx) => tx.objectStore('tapes').delete(more));
  }

  /** The oldest tape that the hub lacks, packed; undefined: there is none. */
  async next(): Promise<TapeMessage | undefined> {
    for (;;) {
      const [oldest] = this.#ended;
      if (oldest === undefined) return undefined;
      const rows = await read(() => this.db.getAll('tapes', rowsOf(oldest.session)));
      if (!rows.ok) return undefined;
      const [head = '', ...events] = rows.value.filter((row) => typeof row === 'string');
      const end = rows.value.at(-1);
      const cut = isRecord(end) && end['cut'] === true;
      const gzip = await packed(tapeText(head, events, cut));
      const session = oldest.session as SessionId;
      if (head !== '' && gzip.length <= LIMITS.tapePackedBytes) {
        return { session, gzip, lost: this.#lost };
      }
      await this.#lose(session);
    }
  }

  /** The hub has it, or never wants it. `lost`: what it was told of lost ones. */
  async settled({ session, lost }: Pick<TapeMessage, 'session' | 'lost'>): Promise<void> {
    this.#lost -= lost;
    await this.#forget(session);
  }
}
