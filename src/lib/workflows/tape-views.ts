// Who lives here: orders and items of a tape, written out again where the tape says them by their id
// and a difference (runtime/short.ts). Total: whatever a line of text holds, it ends, takes no more
// memory than the limits allow, and touches nothing but its own copies.

import { LIMITS } from '../domain/index.ts';
import { itemKey, orderKey } from './runtime/index.ts';

/** Deeper than any tape: an order in a candidate in a scan in a frame. */
const DEPTH = 20;

/** Members that hold a view, and which. */
const KINDS: Readonly<Record<string, (id: string) => string>> = {
  order: orderKey,
  orders: orderKey,
  found: orderKey,
  document: orderKey,
  item: itemKey,
};

/** The text says something that no tape says. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** A copy of `of` in which `value` stands at the path, or nothing where `gone`. */
function put(of: unknown, path: readonly unknown[], change: readonly unknown[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return change[1];
  if (!isMembers(of) || typeof name !== 'string' || name === '__proto__') throw new Unreadable();
  if (rest.length > 0 && !Object.hasOwn(of, name)) throw new Unreadable();
  if (Array.isArray(of)) {
    if (!/^\d+$/.test(name) || !Object.hasOwn(of, name)) throw new Unreadable();
    return of.map((each: unknown, at) => (String(at) === name ? put(each, rest, change) : each));
  }
  const { [name]: was, ...others } = of;
  if (rest.length === 0 && change.length === 1) return others;
  return { ...others, [name]: put(was, rest, change) };
}

function changed(view: unknown, but: unknown): unknown {
  if (but === undefined) return view;
  if (!Array.isArray(but)) throw new Unreadable();
  return but.reduce((so: unknown, change: unknown) => {
    if (!Array.isArray(change) || !Array.isArray(change[0]) || change[0].length > DEPTH) {
      throw new Unreadable();
    }
    return put(so, change[0], change);
  }, view);
}

class Unfolding {
  readonly #known = new Map<string, unknown>();
  #lines = 0;

  any(value: unknown, name: string, depth: number): unknown {
    if (!isMembers(value)) return value;
    if (depth > DEPTH) throw new Unreadable();
    if (Array.isArray(value)) return value.map((each) => this.any(each, name, depth + 1));
    const key = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (key === undefined) return this.#members(value, depth);
    const id = value['same'] ?? value['id'];
    if (typeof id !== 'string') return this.#members(value, depth);
    const said = this.#known.get(key(id));
    if ('same' in value && said === undefined) throw new Unreadable();
    const view = 'same' in value ? changed(said, value['but']) : this.#members(value, depth);
    this.#known.set(key(id), view);
    this.#count(view);
    return view;
  }

  #members(value: Members, depth: number): Members {
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.any(each, name, depth + 1)]),
    );
  }

  #count(view: unknown): void {
    const lines = isMembers(view) ? view['lines'] : undefined;
    if (Array.isArray(lines)) this.#lines += lines.length;
    if (this.#lines > LIMITS.tapeOrderLines) throw new Unreadable();
  }
}

/** The frames of a tape with every order and item written out. @throws Unreadable */
export const unfolded = (frames: unknown): unknown => new Unfolding().any(frames, 'frames', 0);
