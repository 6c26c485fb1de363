import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '../../src/app.css';
import { Kiosk, loadSpeaker } from '../../src/lib/ui/index.ts';
import { FAULTS } from '../../src/lib/domain/faults.ts';
import { GALLERY } from './models.ts';
const nothing = () => undefined;
const ACTS: any = { press: nothing, enter: nothing, chooseLine: nothing, openOrder: nothing, begin: nothing, home: nothing, acknowledge: nothing, speak: nothing };
const shots: any = import.meta.env['VITE_SHOTS'];
const G: any = GALLERY;
const g = (name: string, screen: any, rest: any = {}) => ({ ...G[name], ...rest, screen: { ...G[name].screen, ...screen } });
const L = G.item.screen.lines;
const many = Array.from({ length: 24 }, (_, i) => ({ ...L[i % 6], id: `l${i}`, focus: i === 15 ? 'just-done' : undefined }));
const known = Array.from({ length: 17 }, (_, i) => ({ fact: 'serial', text: `SP-2026-000${10 + i}` }));
const X: any = {
  'x-one': g('item', { lines: L.slice(0, 1) }),
  'x-three': g('item', { lines: L.slice(0, 3), message: undefined }),
  'x-four': g('item', { lines: L.slice(0, 4) }),
  'x-eight': g('item', { lines: [...L, ...L.slice(1, 3).map((l: any) => ({ ...l, id: l.id + 'x' }))] }),
  'x-many': g('item', { lines: many }),
  'x-ask-many': g('quantity', { lines: many.map((l) => ({ ...l, focus: l.focus && 'current' })) }),
  'x-serials': g('serial', { known }),
  'x-orders1': g('choose-order', {}, { orders: G['choose-order'].orders.slice(0, 1), trail: [] }),
  'x-orders0': g('choose-order', {}, { orders: [], trail: [] }),
  'x-orders4': g('choose-order', { message: G['fault'].screen.message }, { orders: G['choose-order'].orders.slice(0, 4), trail: [] }),
  'x-orders20': g('choose-order', {}, { orders: Array.from({ length: 20 }, (_, i) => ({ ...G['choose-order'].orders[i % 6], id: `o${i}` })) }),
  'x-device': g('quantity-fault', {}, { device: { code: 'device.stopped', data: { device: 'USB scanner' } } }),
  'x-one-done': g('booked', {}, { trail: G.booked.trail.slice(0, 1) }),
  'x-exception': g('ended', {}, { trail: [...G.ended.trail, { ...G.ended.trail[0], id: '9', stage: 'exception', fault: { code: 'exact.rejected', data: {} } }] }),
};
for (const [w, h] of [[1920, 1080], [1280, 800], [800, 1280]] as const) {
  it(`looks ${w}`, async () => {
    await page.viewport(w, h);
    const speaker = await loadSpeaker('en');
    for (const [name, model] of Object.entries(X)) {
      const { unmount } = await render(Kiosk, { model: model as any, speaker, acts: ACTS, today: '2026-11-22' });
      if (shots) await page.screenshot({ path: `${shots}/${name}-${w}-en.png` });
      const ask = document.querySelector('.ask, .choose, .ended, .close');
      if (ask && ask.scrollHeight > ask.clientHeight + 1) console.log('SCROLLS', name, w, ask.scrollHeight, ask.clientHeight);
      const work = document.querySelector('.work');
      if (work && work.scrollHeight > work.clientHeight + 1) console.log('WORK', name, w, work.scrollHeight, work.clientHeight);
      await unmount();
    }
  }, 60000);
  it(`strip ${w}`, async () => {
    await page.viewport(w, h);
    const out: any[] = [];
    for (const language of ['en', 'de', 'nl', 'fr'] as const) {
      const speaker = await loadSpeaker(language);
      const data = { asks: 'Seriennummer', item: 'FILTER-HEPA-13', other: 'GLOVE-XL', quantity: 2000, most: 1600, unit: 'pair', location: 'A-01-3', warehouse: 'Rotterdam', fact: 'Seriennummer', known: 'SP-2026-00017', read: 'SP-2026-00018', serial: 'SP-2026-00017', count: 3, expiry: '2026-11-01', max: 20, allowed: 2, waiting: 2000, rows: 3, device: 'USB scanner' };
      for (const code of Object.keys(FAULTS)) {
        const model = g('quantity', { message: { tone: 'error', fault: { code, data }, ...(/scan|step/.test(code) ? { read: '(01)08712345678906(10)X-99' } : {}) } });
        const { unmount } = await render(Kiosk, { model, speaker, acts: ACTS, today: '2026-11-22' });
        const s = document.querySelector('.happened') as HTMLElement;
        const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
        out.push([(s.getBoundingClientRect().height / rem).toFixed(1), language, code]);
        await unmount();
      }
    }
    const tall = out.filter((o) => +o[0] > (w === 800 ? 11.6 : 7.9));
    console.log(w, 'of', out.length, 'taller', tall.length, tall.map((o) => o.join(' ')).join('\n'));
    expect(1).toBe(1);
  }, 120000);
}
