// Who lives here: the lines of an order as a screen shows them: how far each has come.

import { openQuantity, plus } from '../../domain/index.ts';
import type { OrderLineView } from '../../domain/index.ts';
import type { LineModel } from '../types.ts';
import type { Dialogue } from './dialogue.ts';

function lineState(line: OrderLineView): LineModel['state'] {
  const done = plus(line.done, line.pending);
  if (done > line.ordered) return 'over';
  if (openQuantity(line) === 0) return 'complete';
  return done > 0 ? 'partial' : 'open';
}

export function lineModel(line: OrderLineView, d: Dialogue): LineModel {
  const focus =
    line.id === d.work.line ? 'current' : line.id === d.justDone ? 'just-done' : undefined;
  return {
    id: line.id,
    itemCode: line.item.code,
    itemName: line.item.name,
    unit: line.item.unit,
    ordered: line.ordered,
    done: plus(line.done, line.pending),
    state: lineState(line),
    ...(focus === undefined ? {} : { focus }),
  };
}
