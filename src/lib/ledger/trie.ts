// Who lives here: a map that never changes: setting a key gives a new map that shares all but a
// few nodes with the old one. The hub keeps the old world until the new one is durable, so both
// must be cheap to hold, however many documents there are. A hash array mapped trie, after
// Bagwell, "Ideal Hash Trees" (2001): 32 branches a level, a bitmap in place of empty slots.

type Node<V> = Leaf<V> | Branch<V>;

interface Leaf<V> {
  readonly hash: number;
  /** More than one only where two keys have the same 32-bit hash. */
  readonly pairs: readonly (readonly [string, V])[];
}

interface Branch<V> {
  readonly bits: number;
  readonly children: readonly Node<V>[];
}

const STEP = 5;
const MASK = 31;

/** An immutable map from text to `V`; all operations cost O(log32 n). */
export class Trie<V> {
  readonly size: number;
  readonly #root: Node<V> | undefined;

  private constructor(root: Node<V> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<V>(): Trie<V> {
    return new Trie<V>(undefined, 0);
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node = this.#root;
    for (let shift = 0; node !== undefined; shift += STEP) {
      if (isLeaf(node)) return node.hash === hash ? pairOf(node, key)?.[1] : undefined;
      node = childAt(node, bitOf(hash, shift));
    }
    return undefined;
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  set(key: string, value: V & NonNullable<unknown>): Trie<V> {
    const size = this.has(key) ? this.size : this.size + 1;
    return new Trie(put(this.#root, 0, hashOf(key), [key, value]), size);
  }

  delete(key: string): Trie<V> {
    if (!this.has(key)) return this;
    return new Trie(drop(this.#root, 0, hashOf(key), key), this.size - 1);
  }

  /** In no particular order, but always in the same one for the same keys. */
  *entries(): Generator<readonly [string, V]> {
    if (this.#root !== undefined) yield* walk(this.#root);
  }
}

/** FNV-1a over UTF-16 units: cheap, and ids spread well enough. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

function isLeaf<V>(node: Node<V>): node is Leaf<V> {
  return 'pairs' in node;
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK);
}

/** How many children stand before the one of `bit`. */
function placeOf(bits: number, bit: number): number {
  let left = bits & (bit - 1);
  left -= (left >>> 1) & 0x55555555;
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function childAt<V>(branch: Branch<V>, bit: number): Node<V> | undefined {
  return (branch.bits & bit) === 0 ? undefined : branch.children[placeOf(branch.bits, bit)];
}

function pairOf<V>(leaf: Leaf<V>, key: string): readonly [string, V] | undefined {
  return leaf.pairs.find(([known]) => known === key);
}

function put<V>(
  node: Node<V> | undefined,
  shift: number,
  hash: number,
  pair: readonly [string, V],
): Node<V> {
  if (node === undefined) return { hash, pairs: [pair] };
  if (!isLeaf(node)) {
    const bit = bitOf(hash, shift);
    return withChild(node, bit, put(childAt(node, bit), shift + STEP, hash, pair));
  }
  if (node.hash === hash) {
    const others = node.pairs.filter(([known]) => known !== pair[0]);
    return { hash, pairs: [...others, pair] };
  }
  const alone: Branch<V> = { bits: bitOf(node.hash, shift), children: [node] };
  return put(alone, shift, hash, pair);
}

function withChild<V>(branch: Branch<V>, bit: number, child: Node<V>): Branch<V> {
  const at = placeOf(branch.bits, bit);
  const known = (branch.bits & bit) === 0 ? 0 : 1;
  return { bits: branch.bits | bit, children: branch.children.toSpliced(at, known, child) };
}

function drop<V>(
  node: Node<V> | undefined,
  shift: number,
  hash: number,
  key: string,
): Node<V> | undefined {
  if (node === undefined) return undefined;
  if (isLeaf(node)) {
    const pairs = node.pairs.filter(([known]) => known !== key);
    return pairs.length === 0 ? undefined : { hash: node.hash, pairs };
  }
  const bit = bitOf(hash, shift);
  const child = drop(childAt(node, bit), shift + STEP, hash, key);
  if (child !== undefined) return lifted(withChild(node, bit, child));
  const bits = node.bits & ~bit;
  if (bits === 0) return undefined;
  return lifted({ bits, children: node.children.toSpliced(placeOf(node.bits, bit), 1) });
}

/** A branch with nothing but a leaf is that leaf, so that deleting leaves no trace. */
function lifted<V>(branch: Branch<V>): Node<V> {
  const [only] = branch.children;
  return branch.children.length === 1 && only !== undefined && isLeaf(only) ? only : branch;
}

function* walk<V>(node: Node<V>): Generator<readonly [string, V]> {
  if (isLeaf(node)) yield* node.pairs;
  else for (const child of node.children) yield* walk(child);
}
