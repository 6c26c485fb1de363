// Who lives here: what differs on the glass between the kinds of orders: their words, which of their
// lines the work is about, and where the goods of a line lie.

import type { OrderKind, OrderLineView, OrderView, SourceView } from '../domain/index.ts';
import type { LineModel, OrderModel, ScreenModel } from '../workflows/index.ts';
import type { KioskModel, TrailModel } from './models.ts';
import type { Speaker } from './texts/index.ts';

/** What the dialogue is done on; work without an order has no kind. */
export interface OrderWork {
  readonly kind?: OrderKind | undefined;
  /** Of an order with several kinds of lines, those that the work is about. */
  readonly part?: OrderLineView['part'] | undefined;
}

/** What orders are called after: their kind, and goods to be packed after what was done with them. */
export type Called = OrderKind | 'picked';
export const calledAfter = ({ kind, part }: OrderWork): Called | undefined =>
  part === 'picked' ? part : kind;

/** The sentence for orders of this kind; what has no kind, and receipts, have the plain one. */
export function keyFor(key: string, kind: Called | undefined): string {
  return kind === undefined || kind === 'purchaseOrder' ? key : `${key}.${kind}`;
}

/** A word below the prompt: what else answers it. None where rows or buttons say it themselves. */
export function hintOf(screen: ScreenModel, kind: Called | undefined): string | undefined {
  const { asks, by, choices, input, lines, view } = screen;
  if (asks === undefined || by !== undefined || view === 'problem') return undefined;
  // What was taken says its buttons.
  if (input?.fact === 'photo' && !input.live) return undefined;
  if (choices !== undefined) return asks === 'item' ? 'prompt.hint.which' : 'prompt.hint.rows';
  // Without an order there is no line to touch.
  if (asks === 'item' && lines === undefined) return undefined;
  const key = `prompt.hint.${asks}`;
  return asks === 'document' ? keyFor(key, kind) : key;
}

/** The menu is one touch away while no order is open, where there is one, and nothing waits. */
export function leadsHome({ view, detour }: ScreenModel, { menu }: Pick<KioskModel, 'menu'>) {
  return view === 'choose-order' && detour === undefined && menu.length > 1;
}

const DOCUMENTS = {
  purchaseOrder: 'stage.receipt',
  salesOrder: 'stage.delivery',
  shopOrder: 'stage.document',
  load: 'stage.document',
  refill: 'stage.document',
} as const;

/** What Exact calls the document that a line became; nothing before it did. */
export function numberOf(line: TrailModel, speaker: Speaker): string | undefined {
  const { kind = 'shopOrder', receiptNumber: number } = line;
  return number === undefined ? undefined : speaker.text(DOCUMENTS[kind], { number });
}

/** The lines of an order that this work is about. */
export function linesOf(order: OrderView, { part }: OrderWork): readonly OrderLineView[] {
  return order.lines.filter((line) => line.part === part);
}

/** Whom the goods are from or for, or what is made of them, in one line of a list. */
export function aboutOrder(order: OrderView, speaker: Speaker): string {
  const { kind, partnerName: name } = order;
  const made = order.lines.find((line) => line.part === 'product');
  if (made === undefined) return speaker.text(`order.${kind}`, { name });
  const { ordered: quantity, item } = made;
  return speaker.text(`order.${kind}`, { quantity, unit: item.unit, name });
}

/** The lines of a screen that its work is about, when the order is here to tell. */
export function linesAtWork(
  lines: readonly LineModel[],
  order: OrderView | undefined,
  work: OrderWork,
): readonly LineModel[] {
  if (order === undefined) return lines;
  const others = new Set(
    order.lines.filter((line) => line.part !== work.part).map((line) => line.id),
  );
  return others.size === 0 ? lines : lines.filter((line) => !others.has(line.id));
}

/** Where the goods of each line that goes out lie: the first source of each. */
export function placesOf(order: OrderView | undefined): ReadonlyMap<string, SourceView> {
  const places = new Map<string, SourceView>();
  for (const { id, sources, part } of order?.lines ?? []) {
    // Where material came from is no place to take it; what is packed is looked at, not looked up.
    if (part === 'issued' || part === 'picked') continue;
    const [first] = sources ?? [];
    // The whole warehouse is no place that anybody could go to.
    if (first !== undefined && (first.location ?? first.batch) !== undefined) places.set(id, first);
  }
  return places;
}

/**
 * Where to go for the line at work: the first source that has the batch that is known. None once
 * the place is known, while a place is proposed anyway, or when the goods come in.
 */
export function sourceNow(
  screen: ScreenModel,
  order: OrderView | undefined,
): SourceView | undefined {
  const { known, suggestion, lines } = screen;
  if (suggestion !== undefined || known.some(({ fact }) => fact === 'location')) return undefined;
  const current = lines?.find((line) => line.focus === 'current')?.id;
  const at = order?.lines.find((line) => line.id === current);
  const there = at?.part === undefined || at.part === 'material';
  const sources = there ? (at?.sources ?? []) : [];
  const batch = known.find(({ fact }) => fact === 'batch')?.text;
  const found = sources.find((source) => batch === undefined || source.batch === batch);
  return (found?.location ?? found?.batch) === undefined ? undefined : found;
}

/** The number on the cart for what is at work; nothing while one order is open, or no line is. */
export function cartNow({ orders, view }: ScreenModel): OrderModel | undefined {
  return view === 'ask' ? orders?.find(({ current }) => current === true) : undefined;
}

/** A problem asks about goods, not about a line of the order: the list would say nothing there. */
export function aboutNoLine({ lines: _lines, ...rest }: ScreenModel): ScreenModel {
  return rest;
}
