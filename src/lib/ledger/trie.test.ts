// The map that never changes, against the Map that does.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
    const startedMs = performance.now();
    for (let n = 0; n < 10_000; n += 1) trie.set('key 5', n);
    const perSetUs = ((performance.now() - startedMs) * 1000) / 10_000;
    expect(perSetUs).toBeLessThan(200);
    expect(trie.get('key 99999')).toBe(99_999);
  });
});
