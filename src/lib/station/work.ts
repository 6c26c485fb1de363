// Who lives here: which orders, and which of their lines, the work of a station is about. What a
// workflow is done on stands in the workflow; a station shows and finds no orders of other kinds.

import { LIMITS, openQuantity } from '../domain/index.ts';
import type {
  LookAnswer,
  Looked,
  LookQuestion,
  OrderLineView,
  OrderView,
  PlannedView,
  WarehouseView,
} from '../domain/index.ts';
import type { Match } from '../scan/index.ts';
import type { CompiledWorkflow, ScreenModel } from '../workflows/index.ts';
import { ACTIONS } from '../workflows/runtime/index.ts';

/** What a workflow says of its work. */
export type Work = Pick<CompiledWorkflow, 'action' | 'document'>;

/** Which lines of an order this work moves, where an order has several kinds of them. */
export function partOf({ action }: Work): OrderLineView['part'] {
  return ACTIONS[action].order?.part;
}

function isOf(work: Work, { part }: OrderLineView): boolean {
  return part === partOf(work);
}

/** Those of these orders that still lack something of this work. */
export function ordersFor(work: Work, orders: readonly OrderView[]): OrderView[] {
  const lacks = (order: OrderView) =>
    order.lines.some((line) => isOf(work, line) && openQuantity(line) > 0);
  return orders.filter((order) => order.kind === work.document && lacks(order));
}

/** An order is to be chosen, and none is open yet. */
export function isChoosing({ view, document, detour }: ScreenModel): boolean {
  return view === 'choose-order' && document === undefined && detour === undefined;
}

/** The work that goes on now: of the flow that runs in between, where one does. */
export function workNow({ workflow, screen }: { workflow: Work; screen: ScreenModel }): Work {
  return screen.detour?.work ?? workflow;
}

/** Ids of the orders that are open on this screen. */
export function openOn(screen: ScreenModel | undefined): readonly string[] {
  const { document, orders } = screen ?? {};
  return orders?.map(({ id }) => id) ?? (document === undefined ? [] : [document.id]);
}

/** Those, and the orders that stay open behind a flow that runs in between. */
export function openWith(screen: ScreenModel | undefined): readonly string[] {
  return [...new Set([...openOn(screen), ...(screen?.detour?.behind ?? [])])];
}

/** The open orders as one, with the lines of all; nothing while none is open. */
export function asOne(
  screen: ScreenModel | undefined,
  known: (id: string) => OrderView | undefined,
): OrderView | undefined {
  const orders = openOn(screen).flatMap((id) => known(id) ?? []);
  const [first, ...others] = orders;
  if (first === undefined || others.length === 0) return first;
  return { ...first, lines: orders.flatMap(({ lines }) => lines) };
}

/** Whether this item is on a line of the order that this work moves. */
export function hasItem(order: OrderView, work: Work, item: string): boolean {
  return order.lines.some((line) => isOf(work, line) && line.item.id === item);
}

/** Whether a warehouse is one place, because it keeps its goods in no locations. */
function isPlace({ usesLocations }: WarehouseView): boolean {
  return !usesLocations;
}

/** Whether it is a place that says where this work is done: no order does. */
function standsAlone(work: Work | undefined): boolean {
  if (work === undefined) return false;
  const { order, command } = ACTIONS[work.action];
  return order === undefined && command !== undefined;
}

/** Whether this work books nothing: then anything that is known here may be looked at. */
function looks({ action }: Work): boolean {
  return ACTIONS[action].command === undefined;
}

/** What is still open of these items on open orders, the first expected first. */
export function plannedOf(items: ReadonlySet<string>, orders: readonly OrderView[]): PlannedView[] {
  const lines = orders.flatMap((order) =>
    order.lines
      // What may come back is not planned to, and what is to be packed has left its place.
      .filter(({ part }) => part !== 'issued' && part !== 'picked')
      .filter((line) => items.has(line.item.id) && openQuantity(line) > 0)
      .map((line): PlannedView => {
        const { kind, number, partnerName: partner, expectedDate } = order;
        return {
          ...{ kind, number, partner, itemCode: line.item.code, unit: line.item.unit },
          ...(line.part === undefined ? {} : { part: line.part }),
          open: openQuantity(line),
          ...(expectedDate === undefined ? {} : { expected: expectedDate }),
        };
      }),
  );
  return lines.slice(0, LIMITS.lookPlanned);
}

/** What the dialogue hears of something that it looks up; no answer: the hub is away. */
export function lookedAt(
  ask: LookQuestion,
  answer: LookAnswer | undefined,
  orders: readonly OrderView[],
): Looked {
  const found = answer?.lies.map(({ goods }) => goods.id) ?? [];
  // What lies in a place says nothing of what is planned there.
  const items = ask.kind === 'item' ? [ask.id] : ask.kind === 'number' ? found : [];
  const planned = plannedOf(new Set(items), orders);
  return { type: 'looked', ask, planned, ...(answer === undefined ? {} : { answer }) };
}

/**
 * What of these a scan can mean while this work goes on: of orders only those it is done on. Two
 * orders of different kinds may have the same number; an order of another kind is no order here. A
 * warehouse without locations is a place to work that no order leads to, and nothing elsewhere.
 */
export function meant(matches: readonly Match[], work: Work | undefined): readonly Match[] {
  const every = work !== undefined && looks(work);
  return matches.filter((match) => {
    if (match.kind === 'order') return every || match.body.kind === work?.document;
    return match.kind !== 'warehouse' || (isPlace(match.body) && standsAlone(work));
  });
}
