// Who lives here: every screen of the kiosk, in a real Chromium, at the sizes that hang on walls.
// With VITE_SHOTS=/some/folder it also leaves a picture of each, for a person to look at.

import { expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Kiosk, loadSpeaker } from '../../src/lib/ui/index.ts';
import type { KioskActs } from '../../src/lib/ui/index.ts';
import { ASKED } from './asked.ts';
import { LOOKING } from './looking.ts';
import { GALLERY } from './models.ts';
import { OUTGOING } from './outgoing.ts';
import { PEOPLE } from './people.ts';
import { PROBLEMS } from './problems.ts';
import { REFILLS } from './refills.ts';
import { drawnPicture, NO_PHOTOS } from './pictures.ts';

const SIZES = [
  [1920, 1080],
  [1280, 800],
  [800, 1280],
] as const;
const TODAY = '2026-11-22';
const TARGET_PX = 56;
/** Those of the language: see schema.ts of the workflows. */
const ICONS = ['truck', 'box', 'clipboard', 'arrows', 'factory'];

const nothing = () => undefined;
const ACTS: KioskActs = {
  photo: { ...NO_PHOTOS, picture: (id) => drawnPicture(id.charCodeAt(0) % 8) },
  press: nothing,
  enter: nothing,
  chooseLine: nothing,
  openOrder: nothing,
  begin: nothing,
  home: nothing,
  acknowledge: nothing,
  signOut: nothing,
  speak: nothing,
};

const shots: unknown = import.meta.env['VITE_SHOTS'];

/** Elements whose content is cut off sideways or which stick out of the window. */
function sticksOut(): string[] {
  return [...document.querySelectorAll('button, h1, h2, footer, header, main')]
    .filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
    })
    .map((element) => element.outerHTML.slice(0, 80));
}

function tooSmall(): string[] {
  return [...document.querySelectorAll('button')]
    .filter((button) => {
      const box = button.getBoundingClientRect();
      return box.height > 0 && (box.height < TARGET_PX || box.width < TARGET_PX);
    })
    .map((button) => button.outerHTML.slice(0, 80));
}

/** Letters of the bar that touch the border of their button. */
function tight(): string[] {
  return [...document.querySelectorAll('footer button')]
    .filter((button) => {
      const words = document.createRange();
      words.selectNodeContents(button);
      const rects = [...words.getClientRects()];
      const box = button.getBoundingClientRect();
      return rects.some((rect) => rect.left < box.left + 8 || rect.right > box.right - 8);
    })
    .map((button) => button.outerHTML.slice(0, 80));
}

/** Lines of the trail that are neither shown whole nor left out. */
function cutOff(): string[] {
  const list = document.querySelector('[data-testid="trail"]');
  const end = list?.getBoundingClientRect().bottom ?? 0;
  return [...(list?.children ?? [])]
    .map((line) => line.getBoundingClientRect())
    .filter((line) => line.top < end - 1 && line.bottom > end + 1)
    .map((line) => `${line.top} to ${line.bottom}, cut at ${end}`);
}

/** Keys and actions that something else lies over, or that are out of sight. */
function covered(): string[] {
  const keys = document.querySelectorAll(
    '[data-testid^="key-"], footer button, [data-testid="type-it"]',
  );
  const sheet = document.querySelector('[role="dialog"]');
  return [...keys]
    .filter((key) => {
      const box = key.getBoundingClientRect();
      const top = document.elementFromPoint(box.x + box.width / 2, box.bottom - 3);
      return sheet === null && !key.contains(top);
    })
    .map((key) => key.outerHTML.slice(0, 80));
}

const SETS = {
  receipts: GALLERY,
  'orders that go out': OUTGOING,
  'pick places': REFILLS,
  'own questions': ASKED,
  'work without an order': LOOKING,
  'what goes wrong': PROBLEMS,
  'who works and says yes': PEOPLE,
};
const EVERY = Object.entries(SETS).flatMap(([what, models]) =>
  SIZES.map(([width, height]) => ({ what, models, width, height })),
);

for (const { what, models, width, height } of EVERY) {
  for (const language of ['en', 'de'] as const) {
    it(`${what} fit ${width} × ${height} in ${language}: nothing sticks out, every target suits gloves`, async () => {
      await page.viewport(width, height);
      const speaker = await loadSpeaker(language);
      for (const [name, model] of Object.entries(models)) {
        const { unmount } = await render(Kiosk, { model, speaker, acts: ACTS, today: TODAY });
        await expect.element(page.getByTestId('kiosk')).toBeInTheDocument();
        expect({ name, sticksOut: sticksOut() }).toEqual({ name, sticksOut: [] });
        expect({ name, tooSmall: tooSmall() }).toEqual({ name, tooSmall: [] });
        expect({ name, covered: covered() }).toEqual({ name, covered: [] });
        expect({ name, tight: tight() }).toEqual({ name, tight: [] });
        await vi.waitFor(() => expect({ name, cutOff: cutOff() }).toEqual({ name, cutOff: [] }));
        const bar = document.querySelector('footer')?.getBoundingClientRect();
        if (bar !== undefined) expect(Math.round(bar.bottom)).toBeLessThanOrEqual(innerHeight);
        const prompt = document.querySelector('h1');
        if (prompt !== null)
          expect(parseFloat(getComputedStyle(prompt).fontSize)).toBeGreaterThanOrEqual(48);
        if (typeof shots === 'string') {
          await page.screenshot({ path: `${shots}/${name}-${width}-${language}.png` });
        }
        await unmount();
      }
    });
  }
}

for (const [width, height] of SIZES) {
  it(`a dozen kinds of work fit ${width} × ${height} without scrolling`, async () => {
    await page.viewport(width, height);
    const model = LOOKING['menu-many'];
    if (model === undefined) throw new Error('the gallery has a long menu');
    const speaker = await loadSpeaker('de');
    const { unmount } = await render(Kiosk, { model, speaker, acts: ACTS, today: TODAY });
    const last = page.getByTestId('menu-l').element().getBoundingClientRect();
    expect(last.bottom).toBeLessThanOrEqual(innerHeight);
    await unmount();
  });
}

it('every icon that a workflow may have is drawn with strokes of its own', async () => {
  const model = GALLERY['menu'];
  if (model === undefined) throw new Error('the gallery has a menu');
  const speaker = await loadSpeaker('en');
  await render(Kiosk, { model, speaker, acts: ACTS, today: TODAY });
  const drawn = model.menu.map(({ id, icon }) => {
    const shape = document.querySelector(`[data-testid="menu-${id}"] svg`)?.innerHTML;
    return [icon, shape] as const;
  });
  const icons = new Set(drawn.map(([icon]) => icon));
  expect([...icons].sort()).toEqual([...ICONS].sort());
  expect(new Set(drawn.map(([, shape]) => shape)).size).toBe(icons.size);
});

it.each([
  ['count-next', LOOKING, 0],
  ['item', GALLERY, 1],
] as const)(
  'the help of %s speaks of a line only where there are lines',
  async (name, set, hints) => {
    const model = set[name];
    if (model?.screen === undefined) throw new Error(`no sample is called ${name}`);
    const speaker = await loadSpeaker('en');
    const helped = { ...model, screen: { ...model.screen, help: true } };
    await render(Kiosk, { model: helped, speaker, acts: ACTS, today: TODAY });
    await expect.element(page.getByTestId('help')).toBeInTheDocument();
    expect(page.getByTestId('help-hint').elements()).toHaveLength(hints);
  },
);
