// Who lives here: what a station shows of itself, as plain data for the components of ui/.
// Terms: trail (own lines on their way accepted → confirmed → booked), notice (something an
// operator must have read), fit (a workflow whose station patterns match this station's name).

import type { CommandId, CommandState, Fault, OrderView } from '../domain/index.ts';
import type { CompiledWorkflow, Label, ScreenModel, Signal } from '../workflows/index.ts';
import type { HubState } from './link.ts';
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
  /** Exact's number of the receipt, once booked. */
  readonly receiptNumber?: string;
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
  readonly hub: HubState;
  /** Commands that the hub has not decided. */
  readonly waiting: number;
  readonly menu: readonly MenuEntry[];
  readonly screen?: ScreenModel;
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

/** One own command as a line of the trail; nothing for commands that take no goods in. */
export function trailLine(row: QueueRow, undone: ReadonlySet<CommandId>): TrailLine | undefined {
  const { payload, id } = row.command;
  if (payload.type !== 'receive.line') return undefined;
  const { order, itemCode = '', itemName = '', unit = '' } = row.label;
  const { state } = row;
  const why = state?.kind === 'exception' ? state.fault : row.fault;
  return {
    id,
    order,
    itemCode,
    itemName,
    quantity: payload.quantity,
    unit,
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

/** Whether a station of this name may run the workflow; `*` stands for anything. */
export function fits(workflow: Pick<CompiledWorkflow, 'stations'>, stationName: string): boolean {
  if (workflow.stations.length === 0) return true;
  return workflow.stations.some((pattern) => matches(pattern.split('*'), stationName));
}

/** Literal parts in this order, the first at the start and the last at the end. */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
