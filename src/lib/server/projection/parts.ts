// Who lives here: lines of an order that Exact does not have as such: what was picked and is to be
// packed; and which lines are left of an order that is finished.

import { LIMITS, pickedLineOf, plus } from '../../domain/index.ts';
import type { OrderLineView, SourceView } from '../../domain/index.ts';
import type { PickedGoods, SourceOrderOfAnyKind } from './sources.ts';

/** What was picked on a line and is to be packed, with what is left of each batch. */
export function pickedView(line: OrderLineView, { left, packed }: PickedGoods): OrderLineView {
  const batches = new Map<string | undefined, number>();
  for (const { batch, quantity } of left) {
    batches.set(batch, plus(batches.get(batch) ?? 0, quantity));
  }
  const sources = [...batches].map(([batch, quantity]): SourceView => {
    return { ...(batch === undefined ? {} : { batch }), quantity };
  });
  const ordered = left.reduce((sum, { quantity }) => plus(sum, quantity), packed);
  return {
    ...line,
    ...{ id: pickedLineOf(line.id), part: 'picked' as const },
    ...{ ordered, done: 0, pending: packed },
    sources: sources.slice(0, LIMITS.sourcesPerLine),
  };
}

/** Of a finished order: what was issued to it, and what it made. */
function whatCameIn(lines: readonly OrderLineView[]): readonly OrderLineView[] {
  return lines.flatMap((line) => {
    if (line.part === 'issued') return [line];
    return line.part === 'product' ? [{ ...line, ordered: plus(line.done, line.pending) }] : [];
  });
}

/**
 * The lines of an order that something can be done with; undefined: nothing can. Of what is
 * finished material can be brought back; of what is closed, what was picked before can be packed.
 */
export function whatIsLeft(
  order: SourceOrderOfAnyKind,
  lines: readonly OrderLineView[],
): readonly OrderLineView[] | undefined {
  if (order.kind === 'shopOrder' && !order.workable) {
    const back = whatCameIn(lines);
    return back.some(({ part }) => part === 'issued') ? back : undefined;
  }
  const closed = order.kind === 'salesOrder' && !order.deliverable;
  const left = closed ? lines.filter(({ part }) => part === 'picked') : lines;
  return left.length === 0 ? undefined : left;
}
