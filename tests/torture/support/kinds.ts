// Who lives here: what the tests of the ledger's kinds of work share: a sales order, a shop order, a
// place to count, and a line of each kind.

import { contextOf, id, OTHER_PLACE, PLACE } from './goods.ts';
import type { Command, GoodsLine, MoveGoods } from '../../../src/lib/domain/index.ts';
import { decide, emptyWorld, fold, withOrder } from '../../../src/lib/ledger/index.ts';
import type { MirrorOrder, World } from '../../../src/lib/ledger/index.ts';

export const SALES: string = id('d', 11);
export const SHOP: string = id('d', 12);
export const WORK: string = id('d', 13);
export const HERE: string = id('d', 21);
export const THERE: string = id('d', 22);
export const NUT = { line: id('e', 11) as string, item: id('f', 11) as string };
export const GLUE = { line: id('e', 12) as string, item: id('f', 12) as string };
export const LAMP = { line: id('e', 13) as string, item: id('f', 13) as string };
export const MADE: string = id('f', 14);
export const SWARF = { line: id('e', 15) as string, item: id('f', 15) as string };

export const common = { open: true, unit: 'pc', doneInExact: 0, hasExpiry: false };
export const lines: MirrorOrder['lines'] = [
  { ...common, id: NUT.line, item: NUT.item, tracking: 'none', ordered: 10 },
  { ...common, id: GLUE.line, item: GLUE.item, tracking: 'batch', hasExpiry: true, ordered: 10 },
  { ...common, id: LAMP.line, item: LAMP.item, tracking: 'serial', ordered: 2 },
];
export const sales: MirrorOrder = {
  id: SALES,
  kind: 'salesOrder',
  open: true,
  usesLocations: true,
  lines,
};
export const shop: MirrorOrder = {
  ...{ id: SHOP, kind: 'shopOrder', open: true, usesLocations: true, warehouse: HERE },
  lines: [
    ...lines,
    { ...common, id: SHOP, item: MADE, tracking: 'batch', hasExpiry: true, ordered: 4 },
    { ...common, id: SWARF.line, item: SWARF.item, byProduct: true, tracking: 'none', ordered: 6 },
  ],
};
export const fresh = [sales, shop].reduce(withOrder, emptyWorld());

export const at = { location: PLACE, posting: 'document-complete' } as const;
export const deliver = (quantity: number, more: object = {}) =>
  ({ type: 'deliver.line', document: SALES, ...NUT, ...at, quantity, ...more }) as GoodsLine;
export const issue = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'issue.line', document: SHOP, ...NUT, ...at, warehouse: HERE, tolerance: 0 },
    ...{ quantity, ...more },
  }) as GoodsLine;
export const bringBack = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'return.line', document: SHOP, ...NUT, ...at, warehouse: HERE },
    ...{ quantity, ...more },
  }) as GoodsLine;
export const produce = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'produce.line', document: SHOP, item: MADE, ...at, warehouse: HERE, tolerance: 0 },
    ...{ quantity, batch: 'P1', expiry: '2027-01-31', ...more },
  }) as GoodsLine;
/** A by-product, without numbers. */
export const beside = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'produce.line', document: SHOP, ...SWARF, ...at, warehouse: HERE, tolerance: 0 },
    ...{ quantity, ...more },
  }) as GoodsLine;
export const count = (
  found: { kind: 'counted' | 'difference'; quantity: number },
  more: object = {},
) =>
  ({
    ...{ type: 'count.line', document: WORK, item: NUT.item, ...at, warehouse: HERE },
    ...{ tracking: 'none', found, ...more },
  }) as GoodsLine;
export const counted = (quantity: number) => ({ kind: 'counted', quantity }) as const;
export const difference = (quantity: number) => ({ kind: 'difference', quantity }) as const;
export const from = { warehouse: HERE, location: PLACE };
const to = { warehouse: HERE, location: OTHER_PLACE };
export const move = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'move.line', document: WORK, item: NUT.item, tracking: 'none', quantity },
    ...{ from, to, posting: 'document-complete', ...more },
  }) as MoveGoods;

/** Decides and folds one after the other, as the writer does. */
export function after(world: World, ...commands: Command[]): World {
  return commands.reduce(
    (known, one) => decide(known, one, contextOf(known)).entries.reduce(fold, known),
    world,
  );
}
