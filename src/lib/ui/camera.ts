// Who lives here: the camera, and what it takes as a picture that the hub keeps: a JPEG of bounded
// sides and bytes, drawn anew, so that nothing but the picture is in it. What can be wrong with a
// camera has a name each, because each has another way out.

import { fault, LIMITS } from '../domain/index.ts';
import type { Fault } from '../domain/index.ts';

const WHY: Readonly<Record<string, 'photo.denied' | 'photo.busy' | 'photo.no-camera'>> = {
  NotAllowedError: 'photo.denied',
  SecurityError: 'photo.denied',
  NotReadableError: 'photo.busy',
  AbortError: 'photo.busy',
  NotFoundError: 'photo.no-camera',
  OverconstrainedError: 'photo.no-camera',
};

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1440 } },
};

/** Only pages that came over https, or from this machine, have cameras at all. */
export function devicesHere(): MediaDevices | undefined {
  return Reflect.get(navigator, 'mediaDevices');
}

/** The camera that looks away from whoever holds the tablet, else any; or why there is none. */
export async function openCamera(): Promise<MediaStream | Fault> {
  const devices = devicesHere();
  if (devices === undefined) return fault('photo.no-camera');
  try {
    return await devices.getUserMedia(WANTED);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return fault(WHY[error.name] ?? 'photo.no-camera');
  }
}

/** Lets the camera go: its lamp goes out. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45] as const;
/** What even the lowest quality leaves too large is drawn smaller, so often. */
const SMALLER = [1, 0.75, 0.5, 0.35] as const;

function drawn(source: CanvasImageSource, width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}

async function encoded(
  canvas: HTMLCanvasElement,
  quality: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', quality);
  });
  return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
}

/** The picture as the hub takes it: the best quality that fits; or why none does. */
export async function asPhoto(
  source: CanvasImageSource,
  width: number,
  height: number,
  most: number = LIMITS.photoBytes,
): Promise<Uint8Array<ArrayBuffer> | Fault> {
  if (width === 0 || height === 0) return fault('photo.no-picture');
  const scale = Math.min(1, LIMITS.photoSide / Math.max(width, height));
  for (const smaller of SMALLER) {
    const canvas = drawn(source, width * scale * smaller, height * scale * smaller);
    for (const quality of QUALITIES) {
      const jpeg = await encoded(canvas, quality);
      if (jpeg === undefined) return fault('photo.no-picture');
      if (jpeg.byteLength <= most) return jpeg;
    }
  }
  return fault('photo.too-large');
}

/** A picture that was chosen as a file, turned as its camera was held. */
export async function fileAsPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer> | Fault> {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const jpeg = await asPhoto(bitmap, bitmap.width, bitmap.height);
    bitmap.close();
    return jpeg;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    return fault('photo.no-picture');
  }
}
