// Who lives here: the smallest JPEGs that tests need: their markers are real, what they show is not.

const segment = (marker: number, ...bytes: number[]): number[] => [
  ...[0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff],
  ...bytes,
];
const sides = (width: number, height: number): number[] => [
  ...[8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0],
];

export interface Drawn {
  readonly width?: number;
  readonly height?: number;
  /** Segments before the frame. */
  readonly before?: readonly number[];
  /** Bytes of the picture itself; other ones make another photo. */
  readonly inside?: Uint8Array | readonly number[];
}

/** Where, when and by what a picture was taken. */
export const EXIF = segment(0xe1, 0x45, 0x78, 0x69, 0x66, 0, 0);

export function jpeg({ width = 640, height = 480, before = [], inside = [1] }: Drawn = {}): Buffer {
  return Buffer.concat([
    Uint8Array.from([0xff, 0xd8, ...before, ...segment(0xc0, ...sides(width, height))]),
    Uint8Array.from(segment(0xda, 1, 1, 0, 0, 63, 0)),
    Uint8Array.from(inside),
    Uint8Array.from([0xff, 0xd9]),
  ]);
}
