// Other settings for some stations: a workflow of the same id for them alone, proven like any.

import { describe, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { compile } from './index.ts';

const hash = (text: string) => text;
const variants = (text: string) =>
  compile(text, hash).workflows.map(({ id, only }) => `${id} ${only?.join() ?? 'all others'}`);

describe('an override', () => {
  it('makes a variant of the workflows that come out otherwise, and of no other', () => {
    expect(variants(CONSTRUCTS)).toEqual([
      'receive cold-1',
      'receive cold-*,dock-9',
      'receive all others',
      'receive-vip all others',
    ]);
    const ids = compile(CONSTRUCTS, hash).workflows.map(({ revision }) => revision);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('that changes nothing makes none, unless a wider one behind it would take its stations', () => {
    const same = CONSTRUCTS.replace('{ over: 0% }', '{ over: 10% }');
    expect(variants(same)).toEqual(variants(CONSTRUCTS));
    const last = CONSTRUCTS.replace('{ many: 5, careful: false }', '{ many: 100 }');
    expect(variants(last)).toEqual([
      'receive cold-1',
      'receive all others',
      'receive-vip all others',
    ]);
  });

  it('is proven as well: a trap that only its stations would meet refuses the file', () => {
    const trap = CONSTRUCTS.replace(
      'if: warehouse.usesLocations',
      'if: warehouse.usesLocations && settings.careful',
    );
    const { workflows, diagnostics } = compile(trap, hash);
    expect(workflows).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['trap']);
    expect(diagnostics[0]?.message).toContain('of the stations “cold-*” and “dock-9”');
    expect(diagnostics[0]?.hint).toContain('“location”');
  });

  it('behind a wider one is told, whatever stars the two have', () => {
    const stations = (first: string, second: string) => {
      const text = CONSTRUCTS.replace("['cold-1']", `['${first}']`);
      return compile(text.replace("['cold-*', 'dock-9']", `['${second}']`), hash).diagnostics;
    };
    const hidden: [string, string][] = [
      ['*', 'cold-1'],
      ['cold-*', 'cold-*-north'],
      ['*-1', 'cold-*-1'],
      ['a', 'a'],
    ];
    for (const [first, second] of hidden) {
      const [told] = stations(first, second);
      expect(told, second).toMatchObject({ code: 'hidden', severity: 'warning' });
    }
    const open: [string, string][] = [
      ['cold-1', 'cold-*'],
      ['cold-*-north', 'cold-*'],
      ['*-1', '*'],
      ['a*b', 'a*'],
    ];
    for (const [first, second] of open) expect(stations(first, second), second).toEqual([]);
  });
});
