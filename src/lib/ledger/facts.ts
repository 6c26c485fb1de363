// Who lives here: which facts a line of goods must carry, by how Exact counts its item. The table
// is the rule; a fact that the item does not have is left out, because a GS1 code may well bring a
// batch for an item that Exact counts by quantity alone, and Exact would reject the whole receipt.

import { fault, isQuantity, LIMITS } from '../domain/index.ts';
import type { Fault, ReceiveLine, Tracking } from '../domain/index.ts';
import type { MirrorLine, MirrorOrder } from './world.ts';

export type CountedFact = 'batch' | 'expiry' | 'serials' | 'location';

/** What each kind of item must have; `expiry` only where the item's batches carry one. */
export const FACTS_BY_TRACKING: Readonly<Record<Tracking, readonly CountedFact[]>> = {
  none: [],
  batch: ['batch', 'expiry'],
  serial: ['serials'],
};

/** The facts that goods of this line must have, and may have. */
export function factsOf(order: MirrorOrder, line: MirrorLine): ReadonlySet<CountedFact> {
  const facts = new Set(FACTS_BY_TRACKING[line.tracking]);
  if (!line.hasExpiry) facts.delete('expiry');
  if (order.usesLocations) facts.add('location');
  return facts;
}

/** The received line with nothing in it but what counts. */
export function onlyFacts(line: ReceiveLine, facts: ReadonlySet<CountedFact>): ReceiveLine {
  const { batch, expiry, serials, location, ...rest } = line;
  return {
    ...rest,
    ...(batch !== undefined && facts.has('batch') ? { batch } : {}),
    ...(expiry !== undefined && facts.has('expiry') ? { expiry } : {}),
    ...(serials !== undefined && facts.has('serials') ? { serials } : {}),
    ...(location !== undefined && facts.has('location') ? { location } : {}),
  };
}

/** Why these facts cannot become goods: `ledger.invalid` {reason}, `ledger.facts-missing` {fact}. */
export function faultInFacts(
  line: ReceiveLine,
  mirror: MirrorLine,
  facts: ReadonlySet<CountedFact>,
): Fault | undefined {
  if (line.item !== mirror.item) return fault('ledger.invalid', { reason: 'item' });
  if (!isQuantity(line.quantity, LIMITS.quantityMax)) {
    return fault('ledger.invalid', { reason: 'quantity' });
  }
  if (!(line.tolerance >= 0)) return fault('ledger.invalid', { reason: 'tolerance' });
  for (const fact of facts) {
    if (line[fact] === undefined) return fault('ledger.facts-missing', { fact });
  }
  if (facts.has('expiry') && !isCalendarDate(line.expiry ?? '')) {
    return fault('ledger.invalid', { reason: 'expiry' });
  }
  return facts.has('serials') ? faultInSerials(line.serials ?? [], line.quantity) : undefined;
}

function faultInSerials(serials: readonly string[], quantity: number): Fault | undefined {
  if (serials.length !== quantity) {
    return fault('ledger.facts-missing', { fact: 'serials', count: serials.length, quantity });
  }
  const twice = serials.find((serial, at) => serials.indexOf(serial) !== at);
  return twice === undefined ? undefined : fault('ledger.serial-known', { serial: twice });
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether `text` is a day that exists, in the form `yyyy-mm-dd`. */
export function isCalendarDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}
