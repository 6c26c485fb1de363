// Who lives here: how a story's station names its own lines, by the rule of station/session.ts; and
// what its scanner gives.

import { isGoods } from '../../src/lib/domain/index.ts';
import type { CommandPayload, RawScan } from '../../src/lib/domain/index.ts';
import { orderLineOf } from '../../src/lib/ledger/index.ts';
import type { QueueRow } from '../../src/lib/station/queue-rows.ts';
import type { ScreenModel } from '../../src/lib/workflows/index.ts';

/** As the session names a line in the trail: by the order's line, else by the goods at work. */
export function namedGoods(payload: CommandPayload, { lines, item }: ScreenModel) {
  if (!isGoods(payload)) return {};
  const line = lines?.find((each) => each.id === orderLineOf(payload));
  if (line !== undefined) {
    return { itemCode: line.itemCode, itemName: line.itemName, unit: line.unit };
  }
  if (payload.type === 'count.line' && payload.emptied !== undefined) {
    return { itemCode: payload.emptied.place };
  }
  return item === undefined ? {} : { itemCode: item.code, itemName: item.name, unit: item.unit };
}

/** The row of a problem, or the remedy on a message, of this name; goods by their item code. */
export function wayOf(screen: ScreenModel | undefined, name: string): string | undefined {
  const rows = [...(screen?.ways ?? []), ...(screen?.message?.remedies ?? [])];
  return rows.find(({ id, text }) => id === name || ('key' in text && text.data?.['code'] === name))
    ?.id;
}

/** The row of a command whose refusal somebody has read. */
export function unnoticed({ notice: _notice, ...row }: QueueRow): QueueRow {
  return row;
}

/** A read at one moment of the story's clock. */
export function rawOf(text: string, aim: string | undefined, nowMs: number): RawScan {
  return {
    bytes: new TextEncoder().encode(text),
    text,
    ...(aim === undefined ? {} : { aim }),
    ...{ device: 'story', startedMs: nowMs, endedMs: nowMs },
  };
}

/** Id of a line that the screen lists: `BOLT`, or `BOLT#2` for its second line on all open orders. */
export function lineOn({ lines }: ScreenModel, name: string): string | undefined {
  const [item, nth = '1'] = name.split('#');
  return lines?.filter(({ itemCode }) => itemCode === item)[Number(nth) - 1]?.id;
}
