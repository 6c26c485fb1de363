// Who lives here: photos: what the id of one is, and what bytes are one. Stations and the hub ask the
// same questions of the bytes, so that neither keeps what the other would refuse.

import { LIMITS } from './limits.ts';

/** SHA-256 of the bytes, 64 lower-case hexadecimal digits: whoever has the bytes knows the id. */
export const isPhotoId = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** What is wrong with bytes that should be a photo. `told`: they tell more than a picture. */
export type NoPhoto = 'no-picture' | 'too-large' | 'told';

const START_OF_IMAGE = 0xd8;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
/** Exif: where and when, and with which camera. */
const EXIF = 0xe1;
const COMMENT = 0xfe;

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** The sides of the picture in a segment that begins a frame. */
function fits(segment: DataView): boolean {
  if (segment.byteLength < 7) return false;
  const [height, width] = [segment.getUint16(3), segment.getUint16(5)];
  return Math.min(height, width) > 0 && Math.max(height, width) <= LIMITS.photoSide;
}

/**
 * Why these bytes are no photo; nothing where they are one: a JPEG from its first marker to its last,
 * within its sides and bytes, with no words beside the picture. What is between is not decoded.
 */
export function noPhoto(bytes: Uint8Array): NoPhoto | undefined {
  if (bytes.byteLength > LIMITS.photoBytes) return 'too-large';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.byteLength - 2;
  if (end < 4 || view.getUint16(0) !== (0xff00 | START_OF_IMAGE)) return 'no-picture';
  if (view.getUint16(end) !== (0xff00 | END_OF_IMAGE)) return 'no-picture';
  let framed = false;
  for (let at = 2; at + 4 <= end;) {
    const [mark, marker, length] = [
      view.getUint8(at),
      view.getUint8(at + 1),
      view.getUint16(at + 2),
    ];
    if (mark !== 0xff || length < 2 || at + 2 + length > end) return 'no-picture';
    if (marker === START_OF_SCAN) return framed ? undefined : 'no-picture';
    if (marker === EXIF || marker === COMMENT) return 'told';
    if (isFrame(marker)) {
      const segment = new DataView(view.buffer, view.byteOffset + at + 2, length);
      if (!fits(segment)) return 'too-large';
      framed = true;
    }
    at += 2 + length;
  }
  return 'no-picture';
}
