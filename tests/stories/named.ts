// Who lives here: how a story's station names its own lines, by the rule of station/session.ts.

import { isGoods } from '../../src/lib/domain/index.ts';
import type { CommandPayload } from '../../src/lib/domain/index.ts';
import { orderLineOf } from '../../src/lib/ledger/index.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';

/** As the session names a line in the trail: by the order's line, else by the goods at work. */
export function namedGoods(payload: CommandPayload, { lines, item }: ScreenModel) {
  if (!isGoods(payload)) return {};
  const line = lines?.find((each) => each.id === orderLineOf(payload));
  if (line !== undefined) {
    return { itemCode: line.itemCode, itemName: line.itemName, unit: line.unit };
  }
  return item === undefined ? {} : { itemCode: item.code, itemName: item.name, unit: item.unit };
}

/** The row of a problem, or the remedy on a message, of this name; goods by their item code. */
export function wayOf(screen: ScreenModel | undefined, name: string): string | undefined {
  const rows = [...(screen?.ways ?? []), ...(screen?.message?.remedies ?? [])];
  return rows.find(({ id, text }) => id === name || ('key' in text && text.data?.['code'] === name))
    ?.id;
}
