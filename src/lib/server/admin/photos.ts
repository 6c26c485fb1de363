// Who lives here: photos that operators took, as the admin sees them: in a line of answers, as a link
// in the CSV file, and as a picture that no browser takes for anything else.

import { isPhotoId, LIMITS } from '../../domain/index.ts';
import type { PostedAnswer } from '../../domain/index.ts';

/** What the House gives of photos. */
export interface PhotosPort {
  picture(id: string): Promise<Uint8Array | undefined>;
  /** Which of these the hub has. */
  kept(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

/** How much of what may be kept is. */
export interface PhotosKept {
  readonly keepDays: number;
  readonly keepBytes: number;
  readonly photos: number;
  readonly bytes: number;
}

/** One photo of a posting. */
export interface PhotoLine {
  /** Where it is shown. */
  readonly path: string;
  /** The question. */
  readonly step: string;
  /** It is here; else it is still on its way, or its days are over. */
  readonly here: boolean;
}

/** Photos that these answers name. */
export async function photosOf(
  answers: readonly PostedAnswer[],
  port: Pick<PhotosPort, 'kept'>,
): Promise<readonly PhotoLine[]> {
  const named = answers
    .flatMap(({ step, photos = [] }) => photos.map((id) => ({ step, id })))
    .slice(0, LIMITS.answersShown);
  const kept = await port.kept(named.map(({ id }) => id));
  return named.map(({ step, id }) => ({ step, path: `/admin/photos/${id}`, here: kept.has(id) }));
}

/** The picture as an answer to a browser: never run, never guessed at, never kept elsewhere. */
export async function photoShown(port: PhotosPort, id: string): Promise<Response> {
  const jpeg = isPhotoId(id) ? await port.picture(id) : undefined;
  if (jpeg === undefined) return new Response('This photo is not here.\n', { status: 404 });
  return new Response(new Uint8Array(jpeg), {
    headers: {
      'content-type': 'image/jpeg',
      'content-disposition': `inline; filename="scandock-${id.slice(0, 12)}.jpg"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  });
}
