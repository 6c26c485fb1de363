// Who lives here: what a command is about, as the screen that it was made on knew it: for the trail.

import { isGoods } from '../domain/index.ts';
import { shownLineOf } from '../ledger/index.ts';
import type { DraftedCommand, ScreenModel } from '../workflows/index.ts';
import type { CommandLabel } from './queue-rows.ts';

/** Undefined where this screen knows neither the line nor the goods. */
export function labelOf(screen: ScreenModel, draft: DraftedCommand): CommandLabel | undefined {
  const order = screen.document?.number ?? '';
  const { payload } = draft;
  if (!isGoods(payload)) return { order };
  const on = shownLineOf(payload);
  const line = screen.lines?.find((each) => each.id === on);
  if (line !== undefined) {
    const own = screen.orders?.find(({ tote }) => tote === line.tote)?.number;
    const { itemCode, itemName, unit } = line;
    return { order: own ?? order, itemCode, itemName, unit };
  }
  // Work without an order has no lines on the screen, but goods at work.
  if (payload.type === 'count.line' && payload.emptied !== undefined) {
    return { order, itemCode: payload.emptied.place };
  }
  if (payload.type === 'move.line' && payload.everything !== undefined) {
    const named = screen.item === undefined ? {} : { itemName: screen.item.name };
    return { order, itemCode: payload.everything.place, ...named };
  }
  const { item } = screen;
  if (item === undefined) return order === '' ? undefined : { order };
  return { order, itemCode: item.code, itemName: item.name, unit: item.unit };
}
