// Who lives here: photos on their way to the hub: one after another by HTTP, each until the hub says
// that it is on its disk. Sending twice is harmless: the address is the hash of the bytes. Nobody
// waits for them; what stands on the glass is how many there are.

import { LIMITS } from '../domain/index.ts';
import type { CommandId, Fault, StationId } from '../domain/index.ts';
import { PHOTO_HEADERS, PHOTO_PATH } from '../protocol/index.ts';
import { over, pause } from './waiting.ts';

/** Where the photos come from. */
export interface PhotoSource {
  next(): Promise<
    | { readonly id: string; readonly command: CommandId; readonly jpeg: Uint8Array<ArrayBuffer> }
    | undefined
  >;
  sent(id: string): Promise<void>;
  refused(id: string): Promise<Fault>;
  noRoom(full: boolean): void;
  onReady(listener: () => void): void;
}

/** What became of one try. */
type Sent = 'kept' | 'never' | 'full' | 'later';

/** Long enough for half a megabyte over the worst network of a warehouse. */
const UPLOAD_MS = 60_000;
/** The hub looked at it and will say the same again. */
const NEVER: readonly number[] = [400, 413, 415, 422];
const NO_ROOM = 507;

async function send(
  hubUrl: string,
  station: StationId,
  photo: NonNullable<Awaited<ReturnType<PhotoSource['next']>>>,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    const { ok, status } = await fetch(new URL(PHOTO_PATH + photo.id, hubUrl), {
      method: 'PUT',
      headers: {
        'content-type': 'image/jpeg',
        [PHOTO_HEADERS.station]: station,
        [PHOTO_HEADERS.command]: photo.command,
      },
      body: photo.jpeg,
      signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_MS)]),
    });
    if (ok) return 'kept';
    if (status === NO_ROOM) return 'full';
    return NEVER.includes(status) ? 'never' : 'later';
  } catch {
    // The hub is away, or the connection broke: it goes again, under its old name.
    return 'later';
  }
}

/** Sends what there is and what comes, until the connection ends. */
export async function sendPhotos(
  hubUrl: string,
  station: StationId,
  photos: PhotoSource,
  told: (fault: Fault) => void,
  signal: AbortSignal,
): Promise<void> {
  let wake = (): void => undefined;
  photos.onReady(() => wake());
  signal.addEventListener('abort', () => wake(), { once: true });
  while (!over(signal)) {
    const idle = new Promise<void>((resolve) => (wake = resolve));
    const photo = await photos.next();
    if (over(signal)) return;
    if (photo === undefined) {
      await idle;
      continue;
    }
    const sent = await send(hubUrl, station, photo, signal);
    if (over(signal)) return;
    if (sent === 'kept') await photos.sent(photo.id);
    else if (sent === 'never') told(await photos.refused(photo.id));
    else {
      photos.noRoom(sent === 'full');
      await pause(sent === 'full' ? LIMITS.hubPauseMs : LIMITS.hubAnswerMs, signal);
    }
  }
}
