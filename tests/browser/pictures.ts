// Who lives here: pictures for tests that need no camera: one that is drawn, and acts that take none.

import type { PhotoActs } from '../../src/lib/ui/index.ts';

/** Of screens that ask for no photo. */
export const NO_PHOTOS: PhotoActs = {
  keep: () => Promise.resolve(),
  picture: () => Promise.resolve(undefined),
  onOk: () => () => undefined,
};

/** A carton with a torn corner, more or less; `shade` makes another picture. */
export async function drawnPicture(shade = 0): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1600, 1200];
  const ink = canvas.getContext('2d');
  if (ink === null) throw new Error('no canvas here');
  ink.fillStyle = '#4a525a';
  ink.fillRect(0, 0, 1600, 1200);
  ink.fillStyle = `hsl(32 45% ${46 + shade}%)`;
  ink.fillRect(300, 250, 1000, 750);
  ink.fillStyle = '#2b1d10';
  ink.beginPath();
  ink.moveTo(1300, 250);
  ink.lineTo(1010, 250);
  ink.lineTo(1130, 380);
  ink.lineTo(1190, 330);
  ink.lineTo(1300, 560);
  ink.fill();
  const blob = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, 'image/jpeg', 0.8);
  });
  if (blob === null) throw new Error('no picture was made');
  return new Uint8Array(await blob.arrayBuffer());
}
