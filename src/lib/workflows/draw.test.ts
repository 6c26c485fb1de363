// Drawings of workflows, without a browser: what stands in them, and that they are well-formed
// whatever the file says. That nothing overlaps is measured in draw.browser.test.ts.

import { describe, expect, it } from 'vitest';
import { SMALL } from '../../../tests/samples/workflows/small.ts';
import { onlyWorkflow } from '../../../tests/samples/workflows/warehouse.ts';
import { draw, LANGUAGES } from './index.ts';
import { escaped, textWidth, wrapped } from './told/paper.ts';

const RECEIVE = onlyWorkflow(SMALL);
const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? '');

describe('a drawing', () => {
  it('has every step, its condition, the way past it, the loop, the end and the way home', () => {
    const svg = draw([RECEIVE], 'en');
    const said = texts(svg).join(' ');
    RECEIVE.steps.forEach((_step, index) => expect(said).toContain(`${index + 1}. `));
    expect(said).toContain('only if the item has batches');
    const past = RECEIVE.steps.filter((step) => step.kind === 'ask' && step.when !== undefined);
    expect(texts(svg).filter((each) => each === 'otherwise')).toHaveLength(past.length);
    for (const word of ['next', 'FINISH', 'Done', 'CANCEL', 'Home'])
      expect(texts(svg)).toContain(word);
  });

  it('is the same whenever it is drawn, and speaks each language', () => {
    const drawn = LANGUAGES.map((language) => draw([RECEIVE], language));
    expect(drawn).toEqual(LANGUAGES.map((language) => draw([RECEIVE], language)));
    expect(new Set(drawn).size).toBe(LANGUAGES.length);
  });

  it('gives each workflow an A4 page of its own, however long it is', () => {
    const svg = draw([RECEIVE, RECEIVE], 'en');
    expect(svg).toContain('width="210mm" height="594mm"');
    expect([...svg.matchAll(/<svg width="210" height="297" y="(\d+)"/g)].map((m) => m[1])).toEqual([
      '0',
      '297',
    ]);
  });

  it('keeps words of the file words: nothing in a label becomes part of the drawing', () => {
    const label = { en: '<script>alert("1")</script> & \u0001\ud800', nl: 'x', de: 'x', fr: 'x' };
    const svg = draw([{ ...RECEIVE, label }], 'en');
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; ');
    expect(svg).not.toMatch(/[\p{Cc}--\p{White_Space}]|\p{Cs}/v);
  });
});

describe('text within a width', () => {
  const font = { size: 10 } as const;

  it('breaks between words, and inside one that is longer than a line', () => {
    const lines = wrapped(`some words and ${'x'.repeat(50)}`, 100, font);
    expect(lines.length).toBeGreaterThan(3);
    for (const each of lines) expect(textWidth(each, font)).toBeLessThanOrEqual(100);
    expect(lines.join('').replace(/ /g, '')).toBe(`somewordsand${'x'.repeat(50)}`);
    expect(wrapped('  ', 100, font)).toEqual([]);
  });

  it('gives even one character too wide for the line a line of its own', () => {
    expect(wrapped('WW', 5, font)).toEqual(['W', 'W']);
  });

  it('escapes what XML means something by and replaces what it forbids', () => {
    expect(escaped('a<b>&"c"\u0000\ufffe')).toBe('a&lt;b&gt;&amp;&quot;c&quot;\u{fffd}\u{fffd}');
  });
});
