// Who lives here: the photos of this station, until the hub has them. A photo is on the disk before
// the dialogue hears its id (I-01); it goes to the hub once a command names it, marked in the
// transaction that holds the command; and it leaves when the hub has it. A photo that neither a
// command nor the dialogue at rest names is of work that was cancelled, or taken again: it goes.

import { fault, isPhotoId, LIMITS, noPhoto } from '../domain/index.ts';
import type { Clock, CommandId, CommandPayload, Fault } from '../domain/index.ts';
import { commit, isRecord, quarantine, read } from './database.ts';
import type { StationDb, Stored, WriteTx } from './database.ts';

/** One photo as it lies on the disk, under its id. */
export interface PhotoRow {
  readonly jpeg: Uint8Array<ArrayBuffer>;
  readonly takenAtMs: number;
  /** The command that names it: it may go to the hub. */
  readonly command?: CommandId;
}

/** What the glass says of photos on their way. */
export interface PhotosOnTheWay {
  readonly waiting: number;
  /** The hub has no room for them. */
  readonly full: boolean;
}

function isPhotoRow(value: unknown): value is PhotoRow {
  return isRecord(value) && value['jpeg'] instanceof Uint8Array;
}

/** The ids of photos that a command names. */
function namedBy(payload: CommandPayload): readonly string[] {
  const answers = 'answers' in payload ? (payload.answers ?? []) : [];
  return answers.flatMap(({ photos }) => photos ?? []);
}

async function idOf(jpeg: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', jpeg));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export class Photos {
  /** Every photo of this station, and the command that names it. */
  readonly #known = new Map<string, CommandId | undefined>();
  /** On the disk, and not heard of by the dialogue yet. */
  readonly #fresh = new Set<string>();
  #full = false;
  #ready: () => void = () => undefined;
  #changed: () => void = () => undefined;

  constructor(
    private readonly db: StationDb,
    private readonly clock: Clock,
  ) {}

  /** Told when there is a photo to send. */
  onReady(listener: () => void): void {
    this.#ready = listener;
  }

  /** Told when what waits has changed. */
  onChange(listener: () => void): void {
    this.#changed = listener;
  }

  get onTheWay(): PhotosOnTheWay {
    return { waiting: this.#waiting().length, full: this.#full };
  }

  /** Reads the disk at start; `atRest`: the dialogue that goes on. */
  async load(atRest: unknown): Promise<Stored<void>> {
    const loaded = await commit(this.db, ['photos', 'quarantine'], async (tx) => {
      this.#known.clear();
      let cursor = await tx.objectStore('photos').openCursor();
      while (cursor !== null) {
        const row = cursor.value;
        if (isPhotoRow(row)) this.#known.set(cursor.key, row.command);
        else {
          await quarantine(tx, 'photos', row);
          await cursor.delete();
        }
        cursor = await cursor.continue();
      }
    });
    return loaded.ok ? this.forgetUnnamed(atRest) : loaded;
  }

  /** Puts a photo onto the disk. The answer is its id: only now may the dialogue hear of it. */
  async take(jpeg: Uint8Array<ArrayBuffer>): Promise<Stored<string>> {
    const why = noPhoto(jpeg);
    if (why !== undefined) {
      const code = why === 'too-large' ? 'photo.too-large' : 'photo.no-picture';
      return { ok: false, fault: fault(code) };
    }
    if (this.#known.size >= LIMITS.stationPhotos) {
      return { ok: false, fault: fault('station.photos-full', { count: this.#known.size }) };
    }
    const id = await idOf(jpeg);
    this.#fresh.add(id);
    if (this.#known.has(id)) return { ok: true, value: id };
    const row: PhotoRow = { jpeg, takenAtMs: this.clock.nowMs() };
    const written = await commit(this.db, ['photos'], (tx) =>
      tx.objectStore('photos').add(row, id),
    );
    if (!written.ok) return written;
    this.#known.set(id, undefined);
    return { ok: true, value: id };
  }

  /** The dialogue has heard of it, and names it, or not. */
  entered(id: string): void {
    this.#fresh.delete(id);
  }

  /** The picture, for the glass; nothing once it is gone. */
  async picture(id: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const found = await read(() => this.db.get('photos', id));
    return found.ok && isPhotoRow(found.value) ? found.value.jpeg : undefined;
  }

  /** Whether these commands name photos: then their transaction must hold `photos` too. */
  names(payloads: readonly CommandPayload[]): boolean {
    return payloads.some((payload) => namedBy(payload).length > 0);
  }

  /** Inside the transaction that holds the commands: their photos may go to the hub. */
  async nameIn(
    tx: WriteTx,
    commands: readonly { readonly id: CommandId; readonly payload: CommandPayload }[],
  ): Promise<void> {
    const store = tx.objectStore('photos');
    for (const { id, payload } of commands) {
      for (const photo of namedBy(payload)) {
        const row = await store.get(photo);
        if (isPhotoRow(row)) await store.put({ ...row, command: id }, photo);
      }
    }
  }

  /** The transaction of `nameIn` is complete. */
  named(commands: readonly { readonly id: CommandId; readonly payload: CommandPayload }[]): void {
    for (const { id, payload } of commands) {
      for (const photo of namedBy(payload)) if (this.#known.has(photo)) this.#known.set(photo, id);
    }
    if (this.#waiting().length === 0) return;
    this.#ready();
    this.#changed();
  }

  /** Forgets what no command names, nor the dialogue at rest: BACK still finds what it can restore. */
  async forgetUnnamed(atRest: unknown): Promise<Stored<void>> {
    const loose = [...this.#known].flatMap(([id, command]) =>
      command === undefined && !this.#fresh.has(id) ? [id] : [],
    );
    if (loose.length === 0) return { ok: true, value: undefined };
    const rest = atRest === undefined ? '' : JSON.stringify(atRest);
    const gone = loose.filter((id) => !rest.includes(id));
    if (gone.length === 0) return { ok: true, value: undefined };
    return this.#forget(gone);
  }

  /** The oldest photo that may go to the hub. */
  async next(): Promise<{ id: string; command: CommandId; jpeg: PhotoRow['jpeg'] } | undefined> {
    for (const [id, command] of this.#waiting()) {
      const jpeg = await this.picture(id);
      if (jpeg !== undefined) return { id, command, jpeg };
    }
    return undefined;
  }

  /** The hub has it. */
  async sent(id: string): Promise<void> {
    this.#full = false;
    await this.#forget([id]);
  }

  /** The hub never takes it: it is put away for a person to look at. */
  async refused(id: string): Promise<Fault> {
    const moved = await commit(this.db, ['photos', 'quarantine'], async (tx) => {
      await quarantine(tx, 'photos', await tx.objectStore('photos').get(id));
      await tx.objectStore('photos').delete(id);
    });
    if (!moved.ok) return moved.fault;
    this.#known.delete(id);
    this.#changed();
    return fault('station.photo-refused', { photo: id.slice(0, 12) });
  }

  /** The hub has no room just now. */
  noRoom(full: boolean): void {
    if (this.#full === full) return;
    this.#full = full;
    this.#changed();
  }

  #waiting(): readonly (readonly [string, CommandId])[] {
    return [...this.#known].flatMap(([id, command]) =>
      command === undefined || !isPhotoId(id) ? [] : [[id, command] as const],
    );
  }

  async #forget(ids: readonly string[]): Promise<Stored<void>> {
    const gone = await commit(this.db, ['photos'], async (tx) => {
      await Promise.all(ids.map((id) => tx.objectStore('photos').delete(id)));
    });
    if (!gone.ok) return gone;
    for (const id of ids) this.#known.delete(id);
    this.#changed();
    return gone;
  }
}
