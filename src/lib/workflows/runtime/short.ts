// Who lives here: how a tape says an order or an item that it has said before: by its id, and by
// what is different now. News of the hub bring a whole order each time, of which one number moved.

import type { ItemView, OrderView } from '../../domain/index.ts';

/** Where in a view something is different, and what stands there now; nothing: it is gone. */
export type Change = readonly [path: readonly string[], value?: unknown];

/** A view that was said before. */
export interface SameView {
  readonly same: string;
  readonly but?: readonly Change[];
}

/** Orders and items by kind and id, as they were said last. */
export const orderKey = (id: string): string => `order ${id}`;
export const itemKey = (id: string): string => `item ${id}`;

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members => typeof value === 'object' && value !== null;

/** Two lists of one length, or two records: compared member by member. */
function alike(was: unknown, is: unknown): boolean {
  if (Array.isArray(was) && Array.isArray(is)) return was.length === is.length;
  return !Array.isArray(was) && !Array.isArray(is);
}

function changes(was: unknown, is: unknown, path: readonly string[]): Change[] {
  if (was === is) return [];
  if (!isMembers(was) || !isMembers(is) || !alike(was, is)) return [[path, is]];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    if (is[name] !== undefined) return changes(was[name], is[name], [...path, name]);
    return was[name] === undefined ? [] : [[[...path, name]] as const];
  });
}

/** What a tape has said so far. */
export class Views {
  readonly #known = new Map<string, unknown>();
  #lines = 0;

  /** Order lines of all orders that were said, whole or by a difference. */
  get lines(): number {
    return this.#lines;
  }

  /** The order as it is to be written now. */
  order(order: OrderView): unknown {
    this.#lines += order.lines.length;
    const said = this.#said(orderKey(order.id), order.id, order);
    if (said !== undefined) return said;
    return {
      ...order,
      lines: order.lines.map((line) => ({ ...line, item: this.item(line.item) })),
    };
  }

  item(item: ItemView): unknown {
    return this.#said(itemKey(item.id), item.id, item) ?? item;
  }

  /** Undefined: it is new here, and must be written whole. */
  #said(key: string, id: string, view: unknown): SameView | undefined {
    const was = this.#known.get(key);
    this.#known.set(key, view);
    if (was === undefined) return undefined;
    const but = changes(was, view, []);
    return but.length === 0 ? { same: id } : { same: id, but };
  }
}
