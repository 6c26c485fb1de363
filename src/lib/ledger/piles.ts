// Who lives here: takes that will share one line of a document in Exact, and what such a pile comes
// to: its quantity, its numbers, its answers.

import { plus } from '../domain/index.ts';
import type {
  CommandId,
  GoodsLine,
  Marker,
  Numbers,
  Posting,
  PostingHead,
  PostingId,
} from '../domain/index.ts';

export type Name = Pick<PostingHead, 'id' | 'marker'>;

/** A posting that lacks only its name. */
export type Unnamed = (name: { readonly id: PostingId; readonly marker: Marker }) => Posting;

/** A take of one kind of line. */
export interface TakeOf<L extends GoodsLine> {
  readonly command: CommandId;
  readonly line: L;
}

/** Takes that will share one line of a document; never empty. */
export type Pile<L extends GoodsLine> = readonly [TakeOf<L>, ...TakeOf<L>[]];

export function piles<L extends GoodsLine>(
  takes: readonly TakeOf<L>[],
  placeOf: (line: L) => readonly (string | undefined)[],
): readonly Pile<L>[] {
  const found = new Map<string, Pile<L>>();
  for (const take of takes) {
    const key = placeOf(take.line)
      .map((part) => part ?? '')
      .join('\n');
    const known = found.get(key);
    found.set(key, known === undefined ? [take] : [...known, take]);
  }
  return [...found.values()];
}

export function headOf<L extends GoodsLine>(name: Name, goods: readonly Pile<L>[]): PostingHead {
  const takes = goods.flat();
  const document = takes[0]?.line.document ?? '';
  const answers = takes.flatMap(({ command, line }) =>
    (line.answers ?? []).map(({ step, value, photos }) => {
      return { command, step, value, ...(photos === undefined ? {} : { photos }) };
    }),
  );
  return {
    ...{ ...name, document, commands: [...new Set(takes.map((take) => take.command))] },
    ...(answers.length === 0 ? {} : { answers }),
  };
}

interface Goods {
  readonly quantity: number;
  readonly batch?: string;
  readonly expiry?: string;
  readonly serials?: readonly string[];
}

export function sum(goods: readonly Goods[]): number {
  return goods.reduce((total, each) => plus(total, each.quantity), 0);
}

/**
 * Exact tells numbers apart without case, and takes each once in a line. Two expiries of one batch
 * contradict each other: they stay two, so that a person hears of it.
 */
export function numbersOf(goods: readonly Goods[]): Numbers {
  const batches: { number: string; quantity: number; expiry?: string }[] = [];
  for (const { batch, expiry, quantity } of goods) {
    if (batch === undefined) continue;
    const known = batches.find((part) => {
      const agree = [part.expiry, undefined].includes(expiry) || part.expiry === undefined;
      return agree && part.number.toLowerCase() === batch.toLowerCase();
    });
    const part = known ?? { number: batch, quantity: 0 };
    if (known === undefined) batches.push(part);
    part.quantity = plus(part.quantity, quantity);
    if (expiry !== undefined) part.expiry = expiry;
  }
  const serials = goods.flatMap((each) => each.serials ?? []);
  return {
    ...(batches.length === 0 ? {} : { batches }),
    ...(serials.length === 0 ? {} : { serials }),
  };
}

export function at(location: string | undefined): { location?: string } {
  return location === undefined ? {} : { location };
}
