// The map that never changes, against the Map that does.

import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Trie } from './trie.ts';

/** Two pairs of words with the same 32-bit FNV-1a hash each. */
const COLLIDING = ['costarring', 'liquid', 'declinate', 'macallums', 'altarage', 'zinke'];

const act = fc.record({
  key: fc.oneof(fc.constantFrom(...COLLIDING), fc.integer({ max: 60, min: 0 }).map(String)),
  value: fc.option(fc.integer(), { nil: undefined }),
});

describe('Trie', () => {
  it('is a Map to whoever looks, whatever is set and deleted, also with colliding hashes', () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 200 }), (acts) => {
        const model = new Map<string, number>();
        let trie = Trie.empty<number>();
        for (const { key, value } of acts) {
          if (value === undefined) {
            model.delete(key);
            trie = trie.delete(key);
          } else {
            model.set(key, value);
            trie = trie.set(key, value);
          }
          expect(trie.get(key)).toBe(value);
          expect(trie.size).toBe(model.size);
        }
        expect(new Map(trie.entries())).toEqual(model);
        for (const key of COLLIDING) expect(trie.has(key)).toBe(model.has(key));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves the old map as it was', () => {
    const one = Trie.empty<number>().set('a', 1);
    one.set('a', 2).set('b', 3);
    one.delete('a');
    expect([...one.entries()]).toEqual([['a', 1]]);
  });

  it('shares what it does not touch: a set in 100 000 keys makes few new nodes', () => {
    let trie = Trie.empty<number>();
    for (let n = 0; n < 100_000; n += 1) trie = trie.set(`key ${n}`, n);
    // Each branch on the way to the key is copied by one splice, and no other node is made.
    const splice = vi.spyOn(Array.prototype, 'toSpliced');
    const changed = trie.set('key 5', -1);
    const copies = splice.mock.results.map(({ value }) => (value as unknown[]).length);
    splice.mockRestore();
    expect(copies.length).toBeGreaterThan(0);
    expect(copies.length).toBeLessThanOrEqual(7);
    expect(Math.max(...copies)).toBeLessThanOrEqual(32);
    expect([changed.get('key 5'), trie.get('key 5'), changed.get('key 99999')]).toEqual([
      -1, 5, 99_999,
    ]);
  });
});
