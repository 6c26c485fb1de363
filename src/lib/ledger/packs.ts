// Who lives here: goods that were picked and wait to be packed. The picks are takes like any other,
// but nothing cuts them: what is cut is what was packed of them, and each packed line says of which
// picks it is, the oldest first. What is missing when it is packed is open on its order again. All of
// it is reckoned from the takes of one document; nothing else is remembered.
//
// Terms: left (picked, and neither packed nor given up).

import { fault, isQuantity, LIMITS, minus, plus } from '../domain/index.ts';
import type {
  CommandId,
  DeliverLine,
  ExceptionReport,
  Fault,
  GoodsLine,
  PackedPart,
  PackLine,
} from '../domain/index.ts';
import type { DocumentState, Take, World } from './world.ts';

/** Whether goods of this line wait for somebody to pack them. */
export const isToPack = (line: GoodsLine): line is DeliverLine =>
  line.type === 'deliver.line' && line.posting === 'packed';

/** A pick, and what of it is left. */
export interface Waiting {
  readonly take: Take;
  readonly line: DeliverLine;
  /** Stock units. */
  readonly left: number;
  readonly serials: readonly string[];
}

const like = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

const has = (numbers: readonly string[], number: string): boolean =>
  numbers.some((one) => like(one, number));

const sum = (goods: readonly { readonly left: number }[]): number =>
  goods.reduce((total, { left }) => plus(total, left), 0);

/** What was packed of each pick, by lines that stand. */
function packedOf({ takes }: DocumentState): ReadonlyMap<CommandId, readonly PackedPart[]> {
  const parts = new Map<CommandId, PackedPart[]>();
  for (const { line, state } of takes.values()) {
    if (line.type !== 'pack.line' || state.kind === 'undone') continue;
    for (const part of line.of ?? []) {
      const known = parts.get(part.pick);
      if (known === undefined) parts.set(part.pick, [part]);
      else known.push(part);
    }
  }
  return parts;
}

/** Every pick of a document that waits, or waited, and was not taken back; the oldest first. */
export function waitingOf(state: DocumentState): readonly Waiting[] {
  let packed: ReadonlyMap<CommandId, readonly PackedPart[]> | undefined;
  return [...state.takes.values()].flatMap((take): Waiting[] => {
    const { line } = take;
    if (!isToPack(line) || take.state.kind !== 'accepted') return [];
    packed ??= packedOf(state);
    const parts = packed.get(take.command) ?? [];
    const gone = parts.flatMap(({ serials = [] }) => serials);
    const left = parts.reduce((rest, { quantity }) => minus(rest, quantity), line.quantity);
    const serials = (line.serials ?? []).filter((serial) => !has(gone, serial));
    return [{ take, line, left, serials }];
  });
}

/** Stock units of each pick that are neither packed nor given up. */
export function leftOf(state: DocumentState): ReadonlyMap<CommandId, number> {
  return new Map(waitingOf(state).map(({ take, left }) => [take.command, left]));
}

/** Whether goods are in no posting yet: accepted, or picked and still waiting for somebody. */
export function isLoose(state: DocumentState): boolean {
  const left = leftOf(state);
  return [...state.takes.values()].some(
    ({ command, state: where }) => where.kind === 'accepted' && left.get(command) !== 0,
  );
}

/** The lines that packed goods of this pick, the newest last. */
export function packsOf({ takes }: DocumentState, pick: CommandId): readonly Take[] {
  return [...takes.values()].filter(
    ({ line, state }) =>
      line.type === 'pack.line' &&
      state.kind !== 'undone' &&
      line.of?.some((part) => part.pick === pick) === true,
  );
}

/** What is to be packed of one order line: what is left, batch by batch, and what is packed. */
export interface ToPack {
  readonly left: readonly { readonly batch?: string; readonly quantity: number }[];
  /** Stock units that are packed and that Exact does not have yet. */
  readonly packed: number;
}

/** By order line; lines of which nothing waits and nothing is on its way are left out. */
export function toPack(world: World, document: string): ReadonlyMap<string, ToPack> {
  const state = world.documents.get(document);
  const lines = new Map<string, ToPack>();
  if (state === undefined) return lines;
  const of = (line: string): ToPack => lines.get(line) ?? { left: [], packed: 0 };
  for (const { line, left } of waitingOf(state)) {
    if (left <= 0) continue;
    const known = of(line.line);
    const batch = line.batch === undefined ? {} : { batch: line.batch };
    lines.set(line.line, { ...known, left: [...known.left, { ...batch, quantity: left }] });
  }
  for (const { line, state: where } of state.takes.values()) {
    if (line.type !== 'pack.line' || where.kind === 'undone') continue;
    const settled = where.kind === 'cut' && state.postings.get(where.posting)?.settled;
    if (settled !== undefined && settled !== false) continue;
    const known = of(line.line);
    lines.set(line.line, { ...known, packed: plus(known.packed, line.quantity) });
  }
  return lines;
}

/** The part of one pick that these serial numbers, or so many stock units, are. */
function partOf(
  { take, line, left, serials }: Waiting,
  wanted: number,
  numbers?: readonly string[],
) {
  const its = numbers && serials.filter((serial) => has(numbers, serial));
  const quantity = its === undefined ? Math.min(left, wanted) : its.length;
  const part: PackedPart = {
    ...{ pick: take.command, quantity },
    ...(line.location === undefined ? {} : { location: line.location }),
    ...(its === undefined ? {} : { serials: its }),
  };
  return part;
}

/** Why the numbers of a line are none that were picked, or are missing. */
function faultInNumbers(
  { batch, serials, quantity }: PackLine,
  picks: readonly Waiting[],
): Fault | undefined {
  const missing = (fact: string) => fault('ledger.facts-missing', { fact });
  if (picks.some(({ line }) => line.serials !== undefined)) {
    if (serials?.length !== quantity) return missing('serials');
    const twice = serials.find((one, at) => serials.findIndex((each) => like(each, one)) !== at);
    if (twice !== undefined) return fault('ledger.serial-known', { serial: twice });
    const other = serials.find((one) => !picks.some((pick) => has(pick.line.serials ?? [], one)));
    return other === undefined ? undefined : fault('ledger.not-picked', { serial: other });
  }
  if (picks.every(({ line }) => line.batch === undefined)) return undefined;
  if (batch === undefined) return missing('batch');
  if (picks.some(({ line }) => like(line.batch, batch))) return undefined;
  return fault('ledger.not-picked', { batch });
}

/** Without what its item does not have: a label may well bring a batch of plain goods. */
function onlyPicked(asked: PackLine, picks: readonly Waiting[]): PackLine {
  const { batch, serials, ...goods } = asked;
  const tracked = (fact: 'batch' | 'serials') => picks.some(({ line }) => line[fact] !== undefined);
  return {
    ...goods,
    ...(batch !== undefined && tracked('batch') ? { batch } : {}),
    ...(serials !== undefined && tracked('serials') ? { serials } : {}),
  };
}

/**
 * The line with the picks that it is of, or why these goods are none that wait to be packed (`unit`
 * is for its words):
 * `ledger.unknown-document`, `ledger.unknown-line`, `ledger.invalid`, `ledger.facts-missing`,
 * `ledger.not-picked` {batch} or {serial}, `ledger.serial-gone`, `ledger.over-pick`.
 */
export function packedFrom(
  state: DocumentState | undefined,
  asked: PackLine,
  unit?: string,
): PackLine | Fault {
  const all = state === undefined ? [] : waitingOf(state);
  const picks = all.filter(({ line }) => line.line === asked.line);
  if (all.length === 0) return fault('ledger.unknown-document');
  if (picks.length === 0) return fault('ledger.unknown-line');
  const line = onlyPicked(asked, picks);
  const { quantity, batch, serials } = line;
  if (picks.some((pick) => pick.line.item !== line.item)) {
    return fault('ledger.invalid', { reason: 'item' });
  }
  if (!isQuantity(quantity, LIMITS.quantityMax)) {
    return fault('ledger.invalid', { reason: 'quantity' });
  }
  const odd = faultInNumbers(line, picks);
  if (odd !== undefined) return odd;
  const gone = serials?.find((one) => !picks.some((pick) => has(pick.serials, one)));
  if (gone !== undefined) return fault('ledger.serial-gone', { serial: gone });
  const mine = picks.filter((pick) => batch === undefined || like(pick.line.batch, batch));
  const allowed = sum(mine);
  if (quantity > allowed) {
    const more = unit === undefined ? {} : { unit };
    return fault('ledger.over-pick', { open: sum(picks), allowed, quantity, ...more });
  }
  const of: PackedPart[] = [];
  let wanted = quantity;
  for (const pick of mine) {
    const part = partOf(pick, wanted, serials);
    if (part.quantity <= 0) continue;
    of.push(part);
    wanted = minus(wanted, part.quantity);
  }
  // Its number as it was picked: Exact reads capitals as it likes.
  const number = mine[0]?.line.batch;
  return { ...line, ...(number === undefined ? {} : { batch: number }), of };
}

/** A pick after some of it was given up, and the serial numbers that may be picked again. */
export interface GivenUp {
  readonly take: Take;
  readonly freed: readonly string[];
}

/**
 * What a report gives up of what waits: goods that were picked and are not there when they are
 * packed, so that they are open on the order again; the newest picks first, those of its batch before
 * others. Without a line: of all lines; without a quantity: all that is left.
 */
export function givenUp(state: DocumentState, report: ExceptionReport): readonly GivenUp[] {
  const { remedy, line: about, quantity, batch } = report;
  if (remedy !== 'pick-again') return [];
  const its = ({ line }: Waiting) => batch !== undefined && like(line.batch, batch);
  const picks = waitingOf(state)
    .filter(({ line, left }) => left > 0 && (about === undefined || line.line === about))
    .toReversed()
    .sort((a, b) => Number(its(b)) - Number(its(a)));
  let wanted = quantity ?? sum(picks);
  return picks.flatMap(({ take, line, left, serials }): GivenUp[] => {
    const less = Math.min(left, wanted);
    if (less <= 0) return [];
    wanted = minus(wanted, less);
    const freed = serials.slice(0, less);
    const kept = minus(line.quantity, less);
    if (kept === 0) return [{ take: { ...take, state: { kind: 'undone' } }, freed }];
    const numbers = line.serials?.filter((serial) => !freed.includes(serial));
    const rest = {
      ...line,
      quantity: kept,
      ...(numbers === undefined ? {} : { serials: numbers }),
    };
    return [{ take: { ...take, line: rest }, freed }];
  });
}
