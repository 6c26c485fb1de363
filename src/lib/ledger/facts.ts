// Who lives here: which facts a line of goods must carry, by how Exact counts its item and by the
// way the goods go. The table is the rule; a fact that the item does not have is left out, because
// a GS1 code may well bring a batch for an item that Exact counts by quantity alone, and Exact
// would reject the whole document.

import { fault, isQuantity, LIMITS } from '../domain/index.ts';
import type { ArriveLine, CountPlace, Fault, MoveGoods, Place, Tracking } from '../domain/index.ts';
import { toleranceOf, WAYS } from './ways.ts';
import type { OrderGoods } from './ways.ts';
import type { MirrorLine, MirrorOrder } from './world.ts';

export type CountedFact = 'batch' | 'expiry' | 'serials' | 'location';

/** What each kind of item must have; `expiry` only where the item's batches carry one. */
export const FACTS_BY_TRACKING: Readonly<Record<Tracking, readonly CountedFact[]>> = {
  none: [],
  batch: ['batch', 'expiry'],
  serial: ['serials'],
};

/** The facts that goods of this line must have, and may have. */
export function factsOf(
  order: MirrorOrder,
  line: MirrorLine,
  type: OrderGoods['type'],
): ReadonlySet<CountedFact> {
  const facts = new Set(FACTS_BY_TRACKING[line.tracking]);
  if (!line.hasExpiry || !WAYS[type].expiry) facts.delete('expiry');
  if (order.usesLocations) facts.add('location');
  return facts;
}

/** The line with nothing in it but what counts. */
export function onlyFacts<L extends OrderGoods>(line: L, facts: ReadonlySet<CountedFact>): L {
  const counted: readonly string[] = ['batch', 'expiry', 'serials', 'location'];
  const kept = Object.entries(line).filter(([name]) => {
    return !counted.includes(name) || [...facts].some((fact) => fact === name);
  });
  // Only optional members were left out, so it is the same kind of line.
  return Object.fromEntries(kept) as unknown as L;
}

/** Why these facts cannot become goods: `ledger.invalid` {reason}, `ledger.facts-missing` {fact}. */
export function faultInFacts(
  line: OrderGoods,
  mirror: MirrorLine,
  facts: ReadonlySet<CountedFact>,
): Fault | undefined {
  if (line.item !== mirror.item) return invalid('item');
  if (!isQuantity(line.quantity, LIMITS.quantityMax)) return invalid('quantity');
  if (!(toleranceOf(line) >= 0)) return invalid('tolerance');
  for (const fact of facts) {
    if (factIn(line, fact) === undefined) return missing(fact);
  }
  const expiry = factIn(line, 'expiry');
  if (facts.has('expiry') && !isCalendarDate(String(expiry))) return invalid('expiry');
  return facts.has('serials') ? faultInSerials(line.serials ?? [], line.quantity) : undefined;
}

function factIn(line: OrderGoods, fact: CountedFact) {
  if (fact !== 'expiry') return line[fact];
  return 'expiry' in line ? line.expiry : undefined;
}

/** The same for goods that are carried; the hub keeps no items, so their kind stands in the line. */
export function faultInMove(line: MoveGoods): Fault | undefined {
  const { from, to, tracking, quantity } = line;
  if (!isQuantity(quantity, LIMITS.quantityMax)) return invalid('quantity');
  if (from.warehouse === to.warehouse) {
    if (from.location === undefined || to.location === undefined) return missing('location');
    if (from.location === to.location) return invalid('place');
  }
  const others = (line.everything?.others ?? []).map((goods) =>
    isQuantity(goods.quantity, LIMITS.quantityMax)
      ? faultInNumbers(goods, goods.tracking, goods.quantity)
      : invalid('quantity'),
  );
  if (line.everything !== undefined && from.location === undefined) return missing('location');
  return faultInNumbers(line, tracking, quantity) ?? others.find((each) => each !== undefined);
}

/** The same for goods that were on their way from `from`, and are counted as they were sent. */
export function faultInHandOver(
  line: ArriveLine,
  from: Place,
  sentAs: Tracking,
): Fault | undefined {
  if (line.tracking !== sentAs) return invalid('tracking');
  const { item, quantity, tracking, to, batch, serials, document, posting } = line;
  return faultInMove({
    ...{ type: 'move.line', document, item, quantity, tracking, from, to, posting },
    ...(batch === undefined ? {} : { batch }),
    ...(serials === undefined ? {} : { serials }),
  });
}

/** The same for what was found: all of a place, of a batch there or of the serials, or a difference. */
export function faultInCount(line: CountPlace): Fault | undefined {
  const { found, tracking } = line;
  const size = Math.abs(found.quantity);
  const zero = found.kind === 'counted' && size === 0;
  if (!zero && !isQuantity(size, LIMITS.quantityMax)) return invalid('quantity');
  if (found.kind === 'counted' && found.quantity < 0) return invalid('quantity');
  if (line.expiry !== undefined && !isCalendarDate(line.expiry)) return invalid('expiry');
  const gone = (line.emptied?.others ?? []).map((other) =>
    faultInNumbers(other, other.tracking, 0),
  );
  if (line.emptied !== undefined && !zero) return invalid('emptied');
  return faultInNumbers(line, tracking, size) ?? gone.find((each) => each !== undefined);
}

function faultInNumbers(
  line: Pick<CountPlace, 'batch' | 'serials'>,
  tracking: Tracking,
  quantity: number,
): Fault | undefined {
  if (tracking !== 'batch' && line.batch !== undefined) return invalid('batch');
  if (tracking !== 'serial' && line.serials !== undefined) return invalid('serials');
  if (tracking === 'batch' && line.batch === undefined) return missing('batch');
  if (tracking !== 'serial') return undefined;
  return faultInSerials(line.serials ?? [], quantity);
}

function faultInSerials(serials: readonly string[], quantity: number): Fault | undefined {
  if (serials.length !== quantity) {
    return fault('ledger.facts-missing', { fact: 'serials', count: serials.length, quantity });
  }
  const twice = serials.find((serial, at) => serials.indexOf(serial) !== at);
  return twice === undefined ? undefined : fault('ledger.serial-known', { serial: twice });
}

function invalid(reason: string): Fault {
  return fault('ledger.invalid', { reason });
}

function missing(fact: CountedFact): Fault {
  return fault('ledger.facts-missing', { fact });
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
