// Who lives here: how a story's station names its own lines, by the rule of station/session.ts; and
// what its scanner gives.

import { isGoods } from '../../src/lib/domain/index.ts';
import type { Command, CommandPayload, OrderView, RawScan } from '../../src/lib/domain/index.ts';
import { orderLineOf } from '../../src/lib/ledger/index.ts';
import type { QueueRow } from '../../src/lib/station/queue-rows.ts';
import type { DialogueEvent, DraftedCommand, ScreenModel } from '../../src/lib/workflows/index.ts';

/** As the session names a line in the trail: by the order's line, else by the goods at work. */
function namedGoods(payload: CommandPayload, { lines, item }: ScreenModel) {
  if (!isGoods(payload)) return {};
  const line = lines?.find((each) => each.id === orderLineOf(payload));
  if (line !== undefined) {
    return { itemCode: line.itemCode, itemName: line.itemName, unit: line.unit };
  }
  if (payload.type === 'count.line' && payload.emptied !== undefined) {
    return { itemCode: payload.emptied.place };
  }
  if (payload.type === 'move.line' && payload.everything !== undefined) {
    return { itemCode: payload.everything.place };
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

/** The event with every order in it as this station sees it, by the rule of station/session.ts. */
export function withSeen(
  event: DialogueEvent,
  seen: (order: OrderView) => OrderView,
): DialogueEvent {
  if (event.type === 'open' || event.type === 'order')
    return { ...event, order: seen(event.order) };
  if (event.type !== 'scan') return event;
  const candidates = event.scan.candidates.map((facts) =>
    facts.document === undefined ? facts : { ...facts, document: seen(facts.document) },
  );
  return { ...event, scan: { ...event.scan, candidates } };
}

/** A command as the station's queue keeps it, with the name of its line. */
export function rowOf(
  { id, payload }: DraftedCommand,
  made: Omit<Command, 'id' | 'payload'>,
  screen: ScreenModel,
): QueueRow {
  const { stationSeq } = made;
  const label = { order: screen.document?.number ?? '', ...namedGoods(payload, screen) };
  const row = { command: { id, ...made, payload }, label, status: 'waiting' } as const;
  return { ...row, sendSeq: stationSeq, place: stationSeq };
}
