// Drawings of workflows in a real Chromium, with its fonts: no text runs into another, none leaves
// its box or the page.

import { expect, it } from 'vitest';
import shipped from '../../../workflows.yaml?raw';
import { compile, draw, LANGUAGES } from './index.ts';
import type { CompiledWorkflow, Language, Step } from './index.ts';

const { workflows } = compile(shipped, (text) => String(text.length));

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** As an area that is drawn; what only touches does not overlap. */
const SLACK_PX = 0.5;
const overlap = (a: Edges, b: Edges): boolean =>
  a.left + SLACK_PX < b.right &&
  b.left + SLACK_PX < a.right &&
  a.top + SLACK_PX < b.bottom &&
  b.top + SLACK_PX < a.bottom;
const inside = (a: Edges, b: Edges): boolean =>
  a.left >= b.left - SLACK_PX &&
  a.right <= b.right + SLACK_PX &&
  a.top >= b.top - SLACK_PX &&
  a.bottom <= b.bottom + SLACK_PX;

/** What is wrong with the drawing, in words. */
function wrongs(svg: string): string[] {
  const host = document.createElement('div');
  host.innerHTML = svg;
  // Large, because Chromium measures small text in whole pixels.
  host.querySelector('svg')?.setAttribute('width', '5000');
  host.querySelector('svg')?.setAttribute('height', '7071');
  document.body.append(host);
  const page = host.querySelector('svg')?.getBoundingClientRect();
  const boxes = [...host.querySelectorAll('svg svg rect')].map((each) =>
    each.getBoundingClientRect(),
  );
  const texts = [...host.querySelectorAll('text')].map((each) => ({
    text: each.textContent,
    at: each.getBoundingClientRect(),
  }));
  host.remove();
  if (page === undefined || texts.length === 0 || boxes.length === 0) return ['nothing is drawn'];
  const found = boxes.filter((box) => !inside(box, page)).map(() => 'a box leaves the page');
  texts.forEach(({ text, at }, index) => {
    if (!inside(at, page)) found.push(`“${text}” leaves the page`);
    if (boxes.some((box) => overlap(at, box) && !inside(at, box))) {
      found.push(`“${text}” leaves its box`);
    }
    for (const other of texts.slice(index + 1)) {
      if (overlap(at, other.at)) found.push(`“${text}” runs into “${other.text}”`);
    }
  });
  return found;
}

it.each(LANGUAGES)('the shipped workflows in %s', (language) => {
  expect(workflows.length).toBeGreaterThan(0);
  for (const workflow of workflows) expect(wrongs(draw([workflow], language))).toEqual([]);
});

/** Long words, long conditions, a question in capitals, and far more steps than a page has room for. */
function monstrous(base: CompiledWorkflow): CompiledWorkflow {
  const long = (word: string): string => `${word} `.repeat(12).trim();
  const all = (text: string) =>
    Object.fromEntries(LANGUAGES.map((each) => [each, text])) as Record<Language, string>;
  const steps: Step[] = Array.from({ length: 40 }, (_, index) => ({
    kind: 'ask',
    id: `s${index}`,
    fact: 'batch',
    prompt: all(index % 2 === 0 ? 'W'.repeat(80) : long('MÜNCHEN').slice(0, 80)),
    when: {
      op: 'contains',
      of: { op: 'get', path: ['item', 'name'] },
      arg: { op: 'literal', value: long('漢字仮名交').slice(0, 60 + index) },
    },
  }));
  const repeat: Step = { kind: 'repeat', id: 'repeat', from: 's3' };
  return { ...base, label: all('W'.repeat(80)), steps: [...steps, repeat] };
}

it('a workflow that nobody should write stays legible: no overlap, on one page', () => {
  const [first] = workflows;
  if (first === undefined) throw new Error('the shipped file has no workflow');
  for (const language of LANGUAGES) expect(wrongs(draw([monstrous(first)], language))).toEqual([]);
});

it('the measure itself finds planted faults', () => {
  const text = (x: number, y: number): string =>
    `<text x="${x}" y="${y}" font-size="10">some words</text>`;
  const drawn = (inner: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><svg viewBox="0 0 400 400">
     <rect x="10" y="10" width="40" height="30"/>${inner}</svg></svg>`;
  expect(wrongs(drawn(text(100, 100) + text(100, 200)))).toEqual([]);
  expect(wrongs(drawn(text(100, 100) + text(110, 104)))).toEqual([
    '“some words” runs into “some words”',
  ]);
  expect(wrongs(drawn(text(12, 25)))).toEqual(['“some words” leaves its box']);
  expect(wrongs(drawn(text(390, 100)))).toEqual(['“some words” leaves the page']);
});
