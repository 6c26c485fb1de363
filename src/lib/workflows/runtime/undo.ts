// Who lives here: taking lines back. UNDO shows the lines of this session, the newest first, and the
// operator touches one; OK, or UNDO once more, takes the newest. What the hub has not cut into a
// posting is simply gone; of what Exact has, the hub first says what taking it back there means
// (`ledger.undo-posted`), and the operator's OK to that is a command of its own.

import { fault, LIMITS } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import type { BackModel, TakenModel } from '../types.ts';
import { pendingBy, saying, settled, telling } from './dialogue.ts';
import type { Booked, Dialogue, Undone } from './dialogue.ts';
import { sentence } from './texts.ts';
import { documentAt } from './together.ts';

/** The line of this session that this command booked, while UNDO reaches it. */
export function bookedBy({ booked }: Dialogue, command: string): Booked | undefined {
  return booked.find((each) => each.command === command);
}

/** Takes back the last line of this session; `command` is the undo's own id. */
export function undoLast(d: Dialogue, command: CommandId): Dialogue {
  return undo(d, d.booked.at(-1), command);
}

/** Takes back the line that was touched: the one that the command `target` booked. */
export function undoThis(d: Dialogue, target: string, command: CommandId): Dialogue {
  return undo(d, bookedBy(d, target), command);
}

function undo(before: Dialogue, line: Booked | undefined, command: CommandId): Dialogue {
  const d = settled(before);
  const document = documentAt(d, line?.line);
  if (line === undefined || document === undefined) {
    return saying(d, fault('step.nothing-to-undo'));
  }
  const pending = d.document?.lines.find(({ id }) => id === line.line)?.pending ?? 0;
  const uncounted = Math.min(pending, line.quantity);
  const taken = pendingBy(without(d, line, command, { uncounted }), line.line, -uncounted);
  const said = telling(taken, sentence('message.undone', aboutLine(line)));
  const drafted = { type: 'line.undo', document, target: line.command } as const;
  return { ...said, drafted, signal: 'step' };
}

/** The line is on its way back; the hub may still say no to `command`. */
function without(
  d: Dialogue,
  line: Booked,
  undo: CommandId,
  more: Pick<Undone, 'uncounted'> = {},
): Dialogue {
  const { last, ...others } = d;
  return {
    ...(last?.command === line.command ? others : d),
    booked: d.booked.filter((each) => each !== line),
    standing: d.standing - 1,
    undone: [...d.undone, { ...line, undo, ...more }].slice(-LIMITS.undoDepth),
  };
}

/** Kept in the journal with the posting that takes the line back. */
const REASON = 'taken back at the station';

/** OK to what was shown: Exact takes the line back. The order counts it until Exact has. */
export function reverseLine(before: Dialogue, command: CommandId): Dialogue {
  const d = keep(before);
  const line = before.back === undefined ? undefined : bookedBy(d, before.back.line);
  const document = documentAt(d, line?.line);
  if (line === undefined || document === undefined) {
    return saying(d, fault('step.nothing-to-undo'));
  }
  const taken = without(d, line, command);
  const said = telling(taken, sentence('message.reversed', aboutLine(line)));
  const target = line.command;
  const drafted = { type: 'line.reverse', document, target, reason: REASON } as const;
  return { ...said, drafted, signal: 'step' };
}

/** The line stays where it is. */
export function keep(before: Dialogue): Dialogue {
  const { back: _b, ...d } = settled(before);
  return { ...d, signal: 'step' };
}

/** What taking the line back means, as the glass shows it; nothing when the line is gone. */
export function backModel(d: Dialogue): BackModel | undefined {
  const line = d.back === undefined ? undefined : bookedBy(d, d.back.line);
  if (d.back === undefined || line === undefined) return undefined;
  const { told } = d.back;
  const { operator, did, used, minutes } = told;
  return {
    line: takenModel(line),
    number: String(told['number'] ?? ''),
    by: String(told['by'] ?? ''),
    ...(operator === undefined || did === undefined || used === undefined || minutes === undefined
      ? {}
      : { used: { operator, did, used, minutes } }),
  };
}

function aboutLine({ quantity, unit, itemCode }: Booked) {
  return { quantity, unit, item: itemCode };
}

/** The lines that UNDO reaches, the newest first, as the glass shows them. */
export function takenModels({ booked }: Dialogue): TakenModel[] {
  return booked.toReversed().map(takenModel);
}

function takenModel(line: Booked): TakenModel {
  const { batch, serials, place, to } = line;
  return {
    id: line.command,
    itemCode: line.itemCode,
    itemName: line.itemName ?? '',
    ...{ quantity: line.quantity, unit: line.unit },
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials }),
    ...(place === undefined ? {} : { place }),
    ...(to === undefined ? {} : { to }),
  };
}
