// Who lives here: the way in for photos: who may bring one, how much is read, and what bytes pass.
// Nothing is believed: not the length that is told, not the type, not the name. The answer is a status
// of HTTP, from which the station knows whether to forget, to put away, or to come again.

import { isId, isPhotoId, LIMITS, noPhoto } from '../../domain/index.ts';
import { StorageFailure } from '../store/index.ts';
import type { Photos } from './photos.ts';

/** What came, as it came. */
export interface Offered {
  readonly id: string;
  readonly station: string | null;
  readonly command: string | null;
  /** What the browser says of the page that sends; null: no browser. */
  readonly origin: string | null;
  /** The hub's own, by its Host header. */
  readonly ownOrigin: string;
  readonly body: ReadableStream<Uint8Array> | null;
}

const KEPT = 201;
const KNOWN = 200;
const BAD_NAME = 400;
const FOREIGN = 403;
const TOO_LARGE = 413;
const NO_PHOTO = 415;
const WRONG_HASH = 422;
const BUSY = 503;
const FULL = 507;
const STATUS = { kept: KEPT, known: KNOWN, wrong: WRONG_HASH, full: FULL } as const;

export class PhotoDoor {
  #reading = 0;

  constructor(
    private readonly photos: Photos,
    /** Stations that are connected: whoever sends photos has said hello. */
    private readonly greeted: () => readonly { readonly id: string }[],
    private readonly report: (status: number, station: string | null) => void,
  ) {}

  /** The status that the station is told. */
  async receive(offered: Offered): Promise<number> {
    const status = await this.#receive(offered);
    if (status >= BAD_NAME) this.report(status, offered.station);
    return status;
  }

  async #receive({ id, station, command, origin, ownOrigin, body }: Offered): Promise<number> {
    if (origin !== null && origin !== ownOrigin) return FOREIGN;
    if (!this.greeted().some((each) => each.id === station)) return FOREIGN;
    if (!isPhotoId(id) || command === null || !isId(command)) return BAD_NAME;
    if (this.#reading >= LIMITS.photosAtOnce) return BUSY;
    this.#reading += 1;
    try {
      const jpeg = await bounded(body);
      if (jpeg === undefined) return TOO_LARGE;
      if (noPhoto(jpeg) !== undefined) return NO_PHOTO;
      return STATUS[await this.photos.keep(id, command, jpeg)];
    } catch (error) {
      if (error instanceof StorageFailure) return BUSY;
      throw error;
    } finally {
      this.#reading -= 1;
    }
  }
}

/** The whole body; undefined where it is larger than any photo: the rest is not read. */
async function bounded(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the stream.
  for await (const piece of body ?? []) {
    bytes += piece.byteLength;
    if (bytes > LIMITS.photoBytes) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
