// Who lives here: one pure function from what a station holds to what it shows.

import { LIMITS } from '../domain/index.ts';
import type { Fault, OrderView, PersonView } from '../domain/index.ts';
import type { CompiledWorkflow, ScreenModel } from '../workflows/index.ts';
import { actor } from './actor.ts';
import type { HubState } from './link.ts';
import { namedFault, namedScreen } from './named.ts';
import { overlay } from './overlay.ts';
import type { PhotosOnTheWay } from './photos.ts';
import type { QueueRow } from './queue-rows.ts';
import type { Replica } from './replica.ts';
import type { Running } from './session.ts';
import { trailLine, undoneBy } from './words.ts';
import type { Notice, StationView, TrailLine } from './words.ts';
import { openWith, ordersFor, partOf, workNow } from './work.ts';

export interface Held {
  readonly name: string;
  /** Everybody who has a badge, and who of them is signed in. */
  readonly people?: readonly PersonView[];
  readonly operator?: PersonView | undefined;
  readonly hub: HubState;
  readonly flash: StationView['flash'];
  readonly unreadable: number;
  readonly rows: Iterable<QueueRow>;
  readonly waiting: number;
  readonly photos?: PhotosOnTheWay | undefined;
  readonly workflows: readonly CompiledWorkflow[];
  /** There are others here, for other roles. */
  readonly more?: boolean;
  readonly open: boolean;
  readonly replica?: Pick<Replica, 'openOrders'> | undefined;
  readonly running?: Running | undefined;
  /** The order that is open in it. */
  readonly order?: OrderView | undefined;
  readonly blocked?: Fault | undefined;
  readonly fault?: Fault | undefined;
}

function phaseOf(held: Held): StationView['phase'] {
  if (held.blocked !== undefined) return 'blocked';
  if (!held.open) return 'opening';
  if (held.running !== undefined) return 'dialogue';
  return held.workflows.length === 0 && held.more !== true ? 'waiting' : 'menu';
}

/** Refusals nobody has read. Those of the running dialogue are on their way into its screen. */
function noticesOf(held: Held, rows: readonly QueueRow[]): Notice[] {
  const running = held.running?.ended === undefined ? held.running?.id : undefined;
  const notices = rows.flatMap((row): Notice[] => {
    if (row.notice !== 'open' || row.fault === undefined) return [];
    if (row.command.session === running) return [];
    const { order, itemCode } = row.label;
    return [
      {
        id: row.command.id,
        fault: namedFault(row.fault, held.people ?? []),
        order,
        ...(itemCode === undefined ? {} : { itemCode }),
      },
    ];
  });
  if (held.unreadable === 0) return notices;
  const unreadable = { code: 'station.corrupt-row', data: { rows: held.unreadable } } as const;
  return [{ id: 'unreadable', fault: unreadable }, ...notices];
}

/** The dialogue's own lines; between dialogues the newest of all, so that "booked" is still seen. */
function trailOf(held: Held, rows: readonly QueueRow[]): TrailLine[] {
  const inOrder = openWith(held.running?.screen).length > 0;
  const mine = inOrder ? rows.filter((row) => row.command.session === held.running?.id) : rows;
  const undone = undoneBy(mine);
  return mine
    .flatMap((row) => trailLine(row, undone) ?? [])
    .reverse()
    .slice(0, LIMITS.trailLines);
}

function ordersOf(held: Held, rows: readonly QueueRow[]): OrderView[] {
  if (held.running?.screen.view !== 'choose-order') return [];
  const { screen } = held.running;
  const open = held.replica?.openOrders((order) => overlay(order, rows)) ?? [];
  const orders = ordersFor(workNow(held.running), open);
  const { only } = screen;
  const here = openWith(screen);
  return orders.filter(({ id }) => !here.includes(id) && (only?.includes(id) ?? true));
}

/** Everything a screen needs, in one piece; equal holdings give equal views. */
export function viewOf(held: Held): StationView {
  const rows = [...held.rows];
  return {
    phase: phaseOf(held),
    stationName: held.name,
    ...(held.operator === undefined ? {} : { operator: held.operator.name }),
    badges: (held.people ?? []).length > 0,
    hub: held.hub,
    waiting: held.waiting,
    ...(held.photos === undefined || held.photos.waiting === 0 ? {} : { photos: held.photos }),
    menu: held.workflows.map(({ id, label, icon }) => ({ id, label, icon })),
    ...(held.more === true ? { more: true as const } : {}),
    orders: ordersOf(held, rows),
    trail: trailOf(held, rows),
    notices: noticesOf(held, rows),
    flash: held.flash,
    ...runningOf(held),
    ...blockedOr(held),
  };
}

/** What somebody else was told to do is done: they have scanned their badge. */
function withoutOld({ id, screen }: Running, { operator }: Held): ScreenModel {
  const { message, ...rest } = screen;
  const { by } =
    (message?.fault?.code === 'step.other-counts' ? message.fault.data : counterIn(message)) ?? {};
  const here = actor(id, operator?.id).operator;
  return by !== undefined && here !== undefined && by !== here ? rest : screen;
}

function counterIn(message: ScreenModel['message']) {
  const text = message?.text;
  const wanted = text !== undefined && 'key' in text && text.key === 'message.count-other';
  return wanted ? text.data : undefined;
}

function runningOf(
  held: Held,
): Pick<StationView, 'nobody' | 'screen' | 'orderKind' | 'orderPart' | 'order'> {
  const { running, order, people = [] } = held;
  if (running === undefined) return {};
  const { screen } = running;
  const work = workNow(running);
  const asked = screen.badge?.name ?? '';
  return {
    screen: namedScreen(withoutOld(running, held), people),
    ...(screen.badge === undefined || people.some(({ roles }) => roles.includes(asked))
      ? {}
      : { nobody: true as const }),
    ...(partOf(work) === undefined ? {} : { orderPart: partOf(work) }),
    ...(work.document === undefined ? {} : { orderKind: work.document }),
    ...(order === undefined ? {} : { order }),
  };
}

function blockedOr({ blocked, fault }: Held): { fault?: Fault } {
  const why = blocked ?? fault;
  return why === undefined ? {} : { fault: why };
}
