// Who lives here: what a station shows of itself, as plain data for the components of ui/.
// Terms: trail (own lines on their way accepted → confirmed → booked), notice (something an
// operator must have read), fit (a workflow whose station patterns match this station's name).

import type {
  CommandId,
  CommandPayload,
  CommandState,
  Fault,
  OrderKind,
  OrderLineView,
  OrderView,
} from '../domain/index.ts';
import { fitsPattern, isGoods } from '../domain/index.ts';
import type { CompiledWorkflow, Label, ScreenModel, Signal } from '../workflows/index.ts';
import { mayStart } from './allowed.ts';
import type { HubState } from './link.ts';
import type { PhotosOnTheWay } from './photos.ts';
import type { QueueRow } from './queue-rows.ts';

/** How far one own line has come. */
export type TrailStage = 'accepted' | 'confirmed' | 'booked' | 'exception' | 'undone' | 'refused';

export interface TrailLine {
  readonly id: CommandId;
  readonly order: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly quantity: number;
  readonly unit: string;
  readonly stage: TrailStage;
  /** Exact's number of the document, once booked. */
  readonly receiptNumber?: string;
  /** The kind of order that it was booked on. */
  readonly kind?: OrderKind;
  readonly fault?: Fault;
}

export interface Notice {
  /** The refused command, or a name for a notice of the station itself. */
  readonly id: string;
  readonly fault: Fault;
  readonly order?: string;
  readonly itemCode?: string;
}

export interface MenuEntry {
  readonly id: string;
  readonly label: Label;
  readonly icon: string;
}

export interface StationView {
  /** `blocked`: `fault` says why nothing can be done here. `waiting`: no workflow has come yet. */
  readonly phase: 'opening' | 'blocked' | 'waiting' | 'menu' | 'dialogue';
  readonly stationName: string;
  /** Name of the person who is signed in. */
  readonly operator?: string;
  /** People have badges here: one can be scanned. */
  readonly badges: boolean;
  /** A yes is asked for that nobody here could give: no badge has the role. */
  readonly nobody?: true;
  readonly hub: HubState;
  /** Commands that the hub has not decided. */
  readonly waiting: number;
  /** Photos that the hub lacks; absent: none. */
  readonly photos?: PhotosOnTheWay;
  readonly menu: readonly MenuEntry[];
  /** There is more work here, for whoever shows the badge for it. */
  readonly more?: true;
  readonly screen?: ScreenModel;
  /** The kind of orders that the dialogue is about; absent for work without an order. */
  readonly orderKind?: OrderKind;
  /** Which of an order's lines it is about, where there are several kinds of them. */
  readonly orderPart?: OrderLineView['part'];
  /** The order that is open in the dialogue, as the hub has it: where its goods lie. */
  readonly order?: OrderView;
  /** Open orders for the choose screen, the first expected first, own work counted in. */
  readonly orders: readonly OrderView[];
  readonly trail: readonly TrailLine[];
  readonly notices: readonly Notice[];
  /** A refusal of the browser's storage: the last act did not happen. */
  readonly fault?: Fault;
  /** The last signal and its number, so that the frame flashes again for an equal one. */
  readonly flash: { readonly signal: Signal; readonly count: number };
}

function stageOf(row: QueueRow): TrailStage {
  if (row.status === 'waiting') return 'accepted';
  if (row.status === 'refused') return 'refused';
  const kind: CommandState['kind'] = row.state?.kind ?? 'confirmed';
  if (kind === 'booked' || kind === 'exception' || kind === 'undone') return kind;
  return 'confirmed';
}

/** How much an operator moved or counted, mostly stock units; nothing for commands about no goods. */
function movedBy(payload: CommandPayload): number | undefined {
  if (!isGoods(payload)) return undefined;
  if (payload.type === 'count.line') return payload.found.quantity;
  // Of everything in a place: how many goods that were.
  const all = payload.type === 'move.line' ? payload.everything : undefined;
  return all === undefined ? payload.quantity : all.others.length + 1;
}

const KINDS: Partial<Readonly<Record<CommandPayload['type'], OrderKind>>> = {
  'receive.line': 'purchaseOrder',
  'deliver.line': 'salesOrder',
  'issue.line': 'shopOrder',
  'return.line': 'shopOrder',
  'produce.line': 'shopOrder',
  'arrive.line': 'load',
  'pack.line': 'salesOrder',
};

/** One own command as a line of the trail; nothing for commands about no goods. */
export function trailLine(row: QueueRow, undone: ReadonlySet<CommandId>): TrailLine | undefined {
  const { payload, id } = row.command;
  const quantity = movedBy(payload);
  if (quantity === undefined) return undefined;
  const kind = KINDS[payload.type];
  const { order, itemCode = '', itemName = '', unit = '' } = row.label;
  const { state } = row;
  const why = state?.kind === 'exception' ? state.fault : row.fault;
  return {
    id,
    order,
    itemCode,
    itemName,
    quantity,
    unit,
    ...(kind === undefined ? {} : { kind }),
    stage: undone.has(id) ? 'undone' : stageOf(row),
    ...(state?.kind === 'booked' ? { receiptNumber: state.documentNumber } : {}),
    ...(why === undefined ? {} : { fault: why }),
  };
}

/** Commands that a standing undo of this station takes back. */
export function undoneBy(rows: Iterable<QueueRow>): ReadonlySet<CommandId> {
  const undone = new Set<CommandId>();
  for (const { command, status } of rows) {
    if (command.payload.type === 'line.undo' && status !== 'refused')
      undone.add(command.payload.target);
  }
  return undone;
}

type ForStations = Pick<CompiledWorkflow, 'id' | 'stations' | 'only' | 'allowed' | 'onlyRoles'>;

function fits({ stations, only }: ForStations, name: string): boolean {
  const takes = (patterns: readonly string[]) => patterns.some((each) => fitsPattern(each, name));
  return (stations.length === 0 || takes(stations)) && (only === undefined || takes(only));
}

/**
 * The workflows that somebody with these roles may start at a station of this name; of several
 * with one id the first that fits.
 */
export function fitting<T extends ForStations>(
  workflows: readonly T[],
  name: string,
  roles: readonly string[] = [],
): T[] {
  const mine = workflows.filter((each) => fits(each, name) && mayStart(each, roles));
  return mine.filter((one, index) => mine.findIndex(({ id }) => id === one.id) === index);
}

/** What somebody with these roles may start at this station, and whether others may start more. */
export function menuOf<T extends ForStations>(
  workflows: readonly T[],
  name: string,
  roles: readonly string[],
): { readonly workflows: readonly T[]; readonly more: boolean } {
  const mine = fitting(workflows, name, roles);
  const others = workflows.filter((each) => mine.every(({ id }) => id !== each.id));
  return { workflows: mine, more: others.some((each) => fits(each, name)) };
}

/** Whether what runs is what whoever works would begin now; what has ended suits everybody. */
export function suits(
  running: { readonly workflow: CompiledWorkflow; readonly ended?: unknown } | undefined,
  workflows: readonly CompiledWorkflow[],
): boolean {
  if (running?.ended !== undefined) return true;
  const theirs = workflows.find(({ id }) => id === running?.workflow.id);
  return theirs !== undefined && theirs.revision === running?.workflow.revision;
}
