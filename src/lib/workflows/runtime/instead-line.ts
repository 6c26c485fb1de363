// Who lives here: an order line as goods stand on it that take the place of its own.

import type { ItemView, OrderLineView } from '../../domain/index.ts';

/** The line that goods are booked on; `item` is what they are. */
export interface LineAtWork extends OrderLineView {
  /** What stands on the order, where these goods take its place. */
  readonly planned?: ItemView;
}

/** The line with these goods on it: of others than its own nobody says here where they lie. */
export function lineFor(line: OrderLineView, item: ItemView | undefined): LineAtWork {
  if (item === undefined || item.id === line.item.id) return line;
  const { sources: _s, ...rest } = line;
  return { ...rest, item, planned: line.item };
}
