// Who lives here: REPEAT: the next line takes what the last one of this session had. One touch where
// pallet after pallet of the same goods comes in. What must be scanned is never repeated, and what
// contradicts something that is known already is named.

import { fault, isFault, openQuantity } from '../../domain/index.ts';
import type { Fault, OrderLineView } from '../../domain/index.ts';
import { ACTIONS } from './actions.ts';
import { currentLine, saying, settled } from './dialogue.ts';
import type { Dialogue, Last, Work } from './dialogue.ts';
import { asking, hasUse, quantityFault } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { nextStop } from './next.ts';
import { limited } from './take.ts';

const REPEATED = ['batch', 'expiry', 'location', 'to'] as const;
type Repeated = (typeof REPEATED)[number];

/** The first line of these goods that is open. */
function openLine(d: Dialogue, { item }: Last): OrderLineView | undefined {
  return d.document?.lines.find((line) => line.item.id === item.id && openQuantity(line) > 0);
}

function bookable(d: Dialogue, last: Last): boolean {
  if (d.document === undefined) return d.piece !== undefined;
  const current = currentLine(d);
  return current === undefined ? openLine(d, last) !== undefined : openQuantity(current) > 0;
}

/** What REPEAT would take: nothing where the goods are others, or where nothing more is open. */
function repeatable(d: Dialogue, rules: Rules): Last | undefined {
  const { last, work } = d;
  const { command, blind } = ACTIONS[rules.action];
  // A count that is repeated is counted twice.
  if (last === undefined || command === undefined || blind === true) return undefined;
  if (work.among?.open === true) return undefined;
  if (work.item !== undefined && work.item.id !== last.item.id) return undefined;
  if (work.item === undefined && asking(rules.steps, 'item')?.confirm !== undefined) {
    return undefined;
  }
  const more = work.quantity === undefined && work.counted === undefined;
  return more && work.serials === undefined && bookable(d, last) ? last : undefined;
}

const textOf = (of: Work | Last, fact: Repeated): string => {
  const value = of[fact];
  return typeof value === 'object' ? value.code : (value ?? '');
};

function filled(d: Dialogue, work: Work, last: Last, { rules, today }: At): Work | Fault {
  let filling = work;
  for (const fact of REPEATED) {
    const value = last[fact];
    const mine = asking(rules.steps, fact);
    if (value === undefined || mine === undefined || mine.confirm !== undefined) continue;
    if (!hasUse(d, filling, fact, rules)) continue;
    if (filling[fact] === undefined) filling = { ...filling, [fact]: value };
    else if (textOf(filling, fact) !== textOf(last, fact)) {
      const [known, read] = [textOf(filling, fact), textOf(last, fact)];
      return fault('step.conflict', { fact, known, read });
    }
  }
  const { expiry } = filling;
  if (expiry !== undefined && expiry < today) return fault('step.expired', { expiry });
  const { pack } = last;
  const counts = asking(rules.steps, 'quantity')?.count;
  if (counts === 'scan' || counts === 'type' || last.item.tracking === 'serial') return filling;
  // Fewer may be left: then how many is asked.
  if (quantityFault({ ...d, work: filling }, rules, last.quantity) !== undefined) return filling;
  return { ...filling, ...(pack === undefined ? {} : { pack }), quantity: last.quantity };
}

/** REPEAT: the goods, batch, expiry, places and quantity of the last line that stands. */
export function repeat(before: Dialogue, at: At): Dialogue {
  const d = settled(before);
  const last = repeatable(d, at.rules);
  if (last === undefined) return saying(d, fault('step.nothing-to-repeat'));
  const { item } = last;
  const line = nextStop(d, at.rules)?.line;
  const shown = line?.item.id === item.id ? line : openLine(d, last);
  const mine = { ...d.work, item, ...(shown === undefined ? {} : { line: shown.id }) };
  const placed = d.work.item === undefined ? mine : d.work;
  const work = filled(d, placed, last, at);
  if (isFault(work)) return saying(d, work);
  const nothing = JSON.stringify(work) === JSON.stringify(d.work);
  return nothing ? saying(d, fault('step.nothing-to-repeat')) : limited(d, work, at);
}

/** Whether REPEAT would do something here: nothing that is known contradicts the last line. */
export function canRepeat(d: Dialogue, rules: Rules): boolean {
  if (repeatable(d, rules) === undefined) return false;
  // What expired since is told when it is tried.
  return repeat(d, { asks: 'item', step: '', rules, today: '' }).signal !== 'error';
}
