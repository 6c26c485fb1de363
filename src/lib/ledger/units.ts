// Who lives here: logistic units (SSCC) on a document. A unit stands whole on one line: when two
// stations scan the same pallet of an order, its goods would be in the books twice.

import { fault } from '../domain/index.ts';
import type { Fault, GoodsLine } from '../domain/index.ts';
import { takenBack } from './back.ts';
import { orderLineOf } from './ways.ts';
import type { Take, World } from './world.ts';

function unitOf({ answers = [] }: GoodsLine): string | undefined {
  const unit = answers.find(({ kind }) => kind === 'logisticUnit')?.value;
  return unit === undefined ? undefined : String(unit);
}

/** Goods of two kinds, or of two batches, may stand on one unit. */
function sameGoods(a: GoodsLine, b: GoodsLine): boolean {
  return a.item === b.item && orderLineOf(a) === orderLineOf(b) && a.batch === b.batch;
}

/** Why this line can't be taken in: its unit brought the same goods of this document already. */
export function faultInUnit(world: World, line: GoodsLine): Fault | undefined {
  const unit = unitOf(line);
  const document = unit === undefined ? undefined : world.documents.get(line.document);
  if (unit === undefined || document === undefined || line.type === 'move.line') return undefined;
  const stands = (take: Take): boolean =>
    take.state.kind !== 'undone' && takenBack(document, take) === undefined;
  const twice = [...document.takes.values()].some(
    (take) => unitOf(take.line) === unit && sameGoods(take.line, line) && stands(take),
  );
  return twice ? fault('ledger.unit-twice', { unit }) : undefined;
}
