// Photos on the glass, in a real Chromium with its test camera: taken by touch and by a scanned OK, the
// camera let go, and every way in which there is none told with what to do.

import { afterEach, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { isFault, noPhoto } from '../../src/lib/domain/index.ts';
import { asPhoto } from '../../src/lib/ui/camera.ts';
import { Kiosk, loadSpeaker } from '../../src/lib/ui/index.ts';
import type { KioskActs } from '../../src/lib/ui/index.ts';
import { ASKED } from './asked.ts';
import { drawnPicture } from './pictures.ts';

const speaker = await loadSpeaker('en');

/** The glass with this screen; what was kept, which words went on, and OK as a scanner says it. */
async function shown(name: string) {
  const kept: Uint8Array[] = [];
  const told: string[] = [];
  let taken: () => boolean = () => false;
  const nothing = () => undefined;
  const acts: KioskActs = {
    press: (word) => {
      if (word !== 'OK' || !taken()) told.push(word);
    },
    photo: {
      keep: (jpeg) => Promise.resolve(void kept.push(jpeg)),
      picture: (id) => drawnPicture(id.charCodeAt(0) % 8),
      onOk: (listener) => {
        taken = listener;
        return () => (taken = () => false);
      },
    },
    ...{ enter: nothing, chooseLine: nothing, openOrder: nothing, begin: nothing, home: nothing },
    ...{ acknowledge: nothing, signOut: nothing, speak: nothing },
  };
  const model = ASKED[name];
  if (model === undefined) throw new Error(`no sample is called ${name}`);
  await page.viewport(1280, 800);
  const { unmount } = await render(Kiosk, { model, speaker, acts, today: '2026-11-22' });
  return { kept, told, unmount, ok: () => taken() };
}

const camera = () => page.getByTestId('camera');
/** A machine that is busy opens a camera slowly. */
const SOON = { timeout: 10_000 };
const state = (value: string) =>
  expect.element(camera(), SOON).toHaveAttribute('data-camera', value);

/** The camera that the glass has open. */
function track(): MediaStreamTrack {
  const video = document.querySelector('video');
  const [found] = video?.srcObject instanceof MediaStream ? video.srcObject.getVideoTracks() : [];
  if (found === undefined) throw new Error('no camera is open');
  return found;
}

const refusing = (name: string) =>
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('no', name));

afterEach(() => vi.restoreAllMocks());

it('OK takes what the camera sees, as a photo that the hub keeps, and is no word for the dialogue', async () => {
  const { kept, told } = await shown('photo-live');
  await state('on');
  await page.getByTestId('action-OK').click();
  await vi.waitFor(() => expect(kept.length).toBe(1), SOON);
  expect(noPhoto(kept[0] ?? new Uint8Array())).toBeUndefined();
  expect(told).toEqual([]);
});

it('a scanned OK takes it as well; two at once are one', async () => {
  const { kept, ok } = await shown('photo-live');
  await state('on');
  expect([ok(), ok()]).toEqual([true, true]);
  await vi.waitFor(() => expect(kept.length).toBe(1), SOON);
});

it('the camera is let go when the question is left', async () => {
  const { unmount, ok } = await shown('photo-live');
  await state('on');
  const open = track();
  expect(open.readyState).toBe('live');
  await unmount();
  expect(open.readyState).toBe('ended');
  expect(ok()).toBe(false);
});

it('a camera that opens only after the question was left is let go', async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: true });
  let open: (stream: MediaStream) => void = () => undefined;
  const late = new Promise<MediaStream>((resolve) => (open = resolve));
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockReturnValue(late);
  const { unmount } = await shown('photo-live');
  await unmount();
  open(stream);
  await vi.waitFor(() => expect(stream.getVideoTracks()[0]?.readyState).toBe('ended'));
});

it.each([
  ['NotFoundError', 'photo.no-camera'],
  ['NotAllowedError', 'photo.denied'],
  ['NotReadableError', 'photo.busy'],
])(
  '%s is told as %s, OK goes on to the dialogue, and another try finds the camera',
  async (name, fault) => {
    const refused = refusing(name);
    const { told, kept } = await shown('photo-live');
    await state(fault);
    expect(document.querySelector('[data-testid="fault-panel"]')?.getAttribute('data-fault')).toBe(
      fault,
    );
    await page.getByTestId('action-OK').click();
    expect([told, kept]).toEqual([['OK'], []]);
    // Nobody is trapped.
    await page.getByTestId('action-CANCEL').click();
    expect(told).toEqual(['OK', 'CANCEL']);
    refused.mockRestore();
    await page.getByTestId('camera-again').click();
    await state('on');
  },
);

it('a page without any cameras says that there is none', async () => {
  vi.spyOn(navigator, 'mediaDevices', 'get').mockReturnValue(undefined as never);
  await shown('photo-live');
  await state('photo.no-camera');
});

it('unplugged in the middle is told; plugged in it begins by itself', async () => {
  await shown('photo-live');
  await state('on');
  track().dispatchEvent(new Event('ended'));
  await state('photo.lost');
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
  await state('on');
});

it('without a camera a chosen picture is drawn anew; what is none is told', async () => {
  refusing('NotFoundError');
  const { kept } = await shown('photo-live');
  const field = page.getByTestId('choose-picture').element().querySelector('input');
  if (field === null) throw new Error('there is no field for a picture');
  await userEvent.upload(field, new File(['no picture'], 'a.jpg', { type: 'image/jpeg' }));
  await vi.waitFor(() =>
    expect(document.querySelector('[data-fault="photo.no-picture"]')).not.toBeNull(),
  );
  await userEvent.upload(field, new File([await drawnPicture()], 'b.jpg', { type: 'image/jpeg' }));
  await vi.waitFor(() => expect(kept.length).toBe(1), SOON);
  expect(noPhoto(kept[0] ?? new Uint8Array())).toBeUndefined();
});

it('what was taken stands there large, and the camera is off', async () => {
  await shown('photo-two-of-three');
  await expect.element(page.getByTestId('photo-count')).toHaveTextContent('2 of 3');
  await vi.waitFor(() => expect(page.getByTestId('photo').elements().length).toBe(2));
  expect(document.querySelector('video')).toBeNull();
});

/** Nothing compresses worse. */
function noise(side: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const ink = canvas.getContext('2d');
  const image = ink?.createImageData(side, side);
  if (image === undefined) throw new Error('no canvas here');
  for (let at = 0; at < image.data.length; at += 65_536) {
    crypto.getRandomValues(image.data.subarray(at, Math.min(at + 65_536, image.data.length)));
  }
  ink?.putImageData(image, 0, 0);
  return canvas;
}

it('a large picture of nothing but noise is made to fit; what cannot be is told', async () => {
  const canvas = noise(2000);
  const made = await asPhoto(canvas, 2000, 2000);
  if (isFault(made)) throw new Error(made.code);
  expect(noPhoto(made)).toBeUndefined();
  expect(await asPhoto(canvas, 2000, 2000, 1000)).toMatchObject({ code: 'photo.too-large' });
  expect(await asPhoto(canvas, 0, 0)).toMatchObject({ code: 'photo.no-picture' });
});
