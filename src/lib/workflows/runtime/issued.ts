// Who lives here: material that comes back from a shop order: only what was issued to it, batch by
// batch. The same goes for goods that were picked, when they are packed. The hub tells of its own issues how many of which batch are still with the order; what it
// can't tell in full (more places and batches than a row holds) it decides itself.

import { fault, LIMITS, plus } from '../../domain/index.ts';
import type { Fault, OrderLineView, OrderView, SourceView } from '../../domain/index.ts';
import { ACTIONS, isPacking } from './actions.ts';
import type { Dialogue, Work } from './dialogue.ts';
import type { Rules } from './fits.ts';
import { orderAt } from './together.ts';

/** All that was issued on the line, by place and batch; nothing where the row may lack some of it. */
function issuedOn(
  line: OrderLineView | undefined,
  { action }: Pick<Rules, 'action'>,
): readonly SourceView[] | undefined {
  const told = ACTIONS[action].limit === 'issued' || isPacking({ action });
  if (!told || line?.item.tracking !== 'batch') return undefined;
  const { sources } = line;
  return (sources?.length ?? Infinity) < LIMITS.sourcesPerLine ? sources : undefined;
}

const of = (sources: readonly SourceView[], batch: string): readonly SourceView[] =>
  sources.filter((one) => one.batch?.toLowerCase() === batch.toLowerCase());

/** Stock units of this batch that can come back at most; nothing where nobody here can tell. */
export function mostOfBatch(
  line: OrderLineView | undefined,
  batch: string | undefined,
  rules: Pick<Rules, 'action'>,
): number | undefined {
  const sources = issuedOn(line, rules);
  if (sources === undefined || batch === undefined) return undefined;
  return of(sources, batch).reduce((sum, { quantity }) => plus(sum, quantity), 0);
}

/** Why a batch does not come back here: it was not issued; and the work without it. */
export function notIssued(
  d: Dialogue,
  work: Work,
  rules: Rules,
): { readonly why: Fault; readonly work: Work } | undefined {
  const line = d.document?.lines.find(({ id }) => id === work.line);
  const sources = issuedOn(line, rules);
  const { batch, ...rest } = work;
  if (sources === undefined || batch === undefined || of(sources, batch).length > 0) {
    return undefined;
  }
  const order = orderAt(d, line?.id)?.number ?? '';
  const why = fault(isPacking(rules) ? 'step.not-picked' : 'step.not-issued', {
    read: batch,
    order,
  });
  return { why, work: d.work.batch === undefined ? d.work : rest };
}

/** Why an order can't be worked on: nothing of it is open; to be packed, nothing was picked. */
export function nothingOpen({ number: order }: OrderView, rules: Pick<Rules, 'action'>): Fault {
  return fault(isPacking(rules) ? 'step.nothing-to-pack' : 'step.nothing-open', { order });
}
