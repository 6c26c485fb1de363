// Who lives here: taking lines back. UNDO shows the lines of this session, the newest first, and the
// operator touches one; OK, or UNDO once more, takes the newest. What the hub has not cut into a
// posting is simply gone.

import { fault, LIMITS } from '../../domain/index.ts';
import type { CommandId } from '../../domain/index.ts';
import type { TakenModel } from '../types.ts';
import { aboutOf, pendingBy, saying, settled, telling } from './dialogue.ts';
import type { Booked, Dialogue } from './dialogue.ts';
import { sentence } from './texts.ts';

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
  const document = aboutOf(d);
  if (line === undefined || document === undefined) {
    return saying(d, fault('step.nothing-to-undo'));
  }
  const taken = pendingBy(without(d, line, command), line.line, -line.quantity);
  const said = telling(taken, sentence('message.undone', aboutLine(line)));
  const drafted = { type: 'line.undo', document, target: line.command } as const;
  return { ...said, drafted, signal: 'step' };
}

/** The line is on its way back; the hub may still say no to `command`. */
function without(d: Dialogue, line: Booked, command: CommandId): Dialogue {
  return {
    ...d,
    booked: d.booked.filter((each) => each !== line),
    standing: d.standing - 1,
    undone: [...d.undone, { ...line, undo: command }].slice(-LIMITS.undoDepth),
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
