// Who lives here: the sample warehouse that the proofs walk through: one order with two lines (or
// goods without an order), in every kind that decides what must be asked (plain, batch, batch with
// expiry, serial; with and without storage locations), and what an operator can do with it.

import { fault, placeDigits } from '../domain/index.ts';
import type { CommandId, Facts, ItemView } from '../domain/index.ts';
import type { OrderView, Scan, SourceView } from '../domain/index.ts';
import { casesOf, unbounded } from './cases.ts';
import { contents } from './hearing.ts';
import { asksWith, placeNamed } from './options.ts';
import { returns } from './call-moves.ts';
import { besideIt, pressed, touching, typing } from './order-moves.ts';
import type { Returned } from './runtime/machine.ts';
import { ACTIONS } from './runtime/index.ts';
import type { Action, CompiledWorkflow, Condition, DialogueEvent, Step } from './types.ts';

export interface Profile {
  readonly name: string;
  readonly tracking: ItemView['tracking'];
  readonly hasExpiry: boolean;
  readonly usesLocations: boolean;
  /** Its code is also that of a pack and of other goods, and it stands on two lines of the order. */
  readonly ambiguous?: true;
}

const KINDS = [
  { name: 'a plain item', tracking: 'none', hasExpiry: false },
  { name: 'a batch item', tracking: 'batch', hasExpiry: false },
  { name: 'a batch item with expiry', tracking: 'batch', hasExpiry: true },
  { name: 'a serial item', tracking: 'serial', hasExpiry: false },
] as const;

const ON_ORDERS: readonly Profile[] = KINDS.flatMap((kind) => [
  { ...kind, usesLocations: false },
  { ...kind, name: `${kind.name} in a warehouse with locations`, usesLocations: true },
]);
/** Without an order it is a place that tells where the work is: goods lie in locations. */
const FREE: readonly Profile[] = KINDS.map((kind) => ({ ...kind, usesLocations: true }));

/**
 * Goods whose code means several things. Which of them it is, is asked in the same way of all kinds
 * and everywhere: so only of the kinds with most facts, and in an order's warehouse without places.
 */
function ambiguous(all: readonly Profile[]): readonly Profile[] {
  const most = all.filter(({ hasExpiry, tracking }) => hasExpiry || tracking === 'serial');
  const kinds = most.length > 0 ? most : all;
  return kinds.map((one) => ({
    ...one,
    name: `${one.name} with an ambiguous code`,
    ambiguous: true,
  }));
}

/** Every kind of item and warehouse that this work can be done with; `of`: only such goods. */
export function profilesOf(
  action: Action,
  of: (tracking: ItemView['tracking']) => boolean = () => true,
): readonly Profile[] {
  const { order, anywhere, toHome } = ACTIONS[action];
  // A pick place is a location.
  const places = order === undefined || anywhere === true || toHome === true;
  const every = (places ? FREE : ON_ORDERS).filter(({ tracking }) => of(tracking));
  const without = every.filter(({ usesLocations }) => !usesLocations);
  return [...every, ...ambiguous(without.length > 0 ? without : every)];
}

const ORDERED = 3;
/** Above any tolerance. */
const TOO_MANY = 1_000_000;
export const TODAY = '2026-01-01';
export const COMMAND = '00000000-0000-7000-8000-000000000000' as CommandId;

function itemOf(profile: Profile, id = 'item'): ItemView {
  return {
    id,
    code: id.toUpperCase(),
    name: id,
    unit: 'pc',
    tracking: profile.tracking,
    hasExpiry: profile.hasExpiry,
    fractions: false,
    packs: [],
    defaultLocations: {},
  };
}

function sourcesOf(profile: Profile, steps: readonly Step[]): readonly SourceView[] {
  const { usesLocations, tracking } = profile;
  const location = usesLocations ? { location: { id: 'l', code: 'L-1' }, sequence: 1 } : {};
  const quantity = asksWith(steps, 'zeroCheck') ? 1 : 2 * ORDERED; // The first line empties it.
  return [{ ...location, ...(tracking === 'batch' ? { batch: 'A1' } : {}), quantity }];
}

/** The order of an action that is done on one. */
function orderOf(profile: Profile, action: Action, steps: readonly Step[]): OrderView | undefined {
  const { order } = ACTIONS[action];
  if (order === undefined) return undefined;
  const { kind, part } = order;
  const item = itemOf(profile);
  const lies = ACTIONS[action].way === 'out';
  // What a shop order makes stands on a line that has the order's own id.
  const id = part === 'product' ? 'order' : 'line';
  const first = {
    ...{ id, lineNumber: 1, item, ordered: ORDERED, done: 0, pending: 0 },
    // Where the goods lie, so that what is suggested, and led to, is walked too.
    ...(lies ? { sources: sourcesOf(profile, steps) } : {}),
    ...(part === undefined ? {} : { part }),
  };
  const second = { ...first, id: 'line-2', lineNumber: 2 };
  // When the first is booked whole, the same can still be done once more.
  const several = profile.ambiguous === true && part !== 'product';
  const lines = several ? [first, ...otherLines(profile, first)] : [first, second];
  return {
    kind,
    id: 'order',
    number: '1',
    partnerName: 'Partner',
    partnerCode: 'P',
    warehouse: { id: 'w', code: 'W', name: 'Warehouse', usesLocations: profile.usesLocations },
    lines,
    seq: 0,
  };
}

/** The same item once more, and other goods of its kind. */
function otherLines<T extends { readonly id: string; readonly ordered: number }>(
  profile: Profile,
  line: T,
): T[] {
  return [
    { ...line, id: 'second', lineNumber: 2, ordered: ORDERED + 1 },
    { ...line, id: 'third', lineNumber: 3, item: itemOf(profile, 'other') },
  ];
}

/** One thing an operator can do, with the words that a proof's path shows. */
export interface Move {
  readonly says: string;
  readonly event: DialogueEvent | Returned;
  /** Going back or away: not counted as progress. */
  readonly retreat?: true;
  /** About a booked line: while there is none it is not tried. */
  readonly ofBooked?: true;
}

function scan(text: string, ...candidates: readonly Facts[]): DialogueEvent {
  const raw = { bytes: new Uint8Array(), text, device: 'proof', startedMs: 0, endedMs: 0 };
  const made: Scan = {
    raw,
    symbology: 'plain',
    elements: [],
    candidates,
    ...(candidates.length === 0 ? { plain: text } : {}),
  };
  return { type: 'scan', scan: made };
}

/** A code that means several things, one that tells them apart in part, and a touch. */
function ambiguities(profile: Profile, order: OrderView | undefined): Move[] {
  const [item, other] = [itemOf(profile), itemOf(profile, 'other')];
  const pack = { barcode: 'PACK', quantity: 2, unit: 'box' };
  const means = [{ item }, { item, pack }, { item: other }];
  const second = order?.lines.find(({ id }) => id === 'second');
  const touch: Move[] =
    second === undefined
      ? []
      : [{ says: 'touch the second line', event: { type: 'choose', id: second.id } }];
  return [
    { says: 'scan a code that means several things', event: scan('SEVERAL', ...means) },
    ...touch,
  ];
}

const replacing = (profile: Profile) => [
  { says: 'scan other goods of its kind', event: scan('ELSE', { item: itemOf(profile, 'else') }) },
  touching('line'),
];

const DIGITS: Move = { says: 'type the check digits', event: scan(placeDigits('L-1')) };

/** The hub says no to the line that somebody was about to bring. */
const CARRIED: Move = {
  says: 'hear that somebody else brings it',
  event: { type: 'refused', command: COMMAND, fault: fault('ledger.carried') },
  retreat: true,
};

/** Everything worth trying in this profile. A warehouse without locations has no codes for them. */
export function movesOf(
  profile: Profile,
  {
    action,
    steps,
    together,
    detours,
  }: Pick<CompiledWorkflow, 'action' | 'steps' | 'together' | 'detours'>,
): readonly Move[] {
  const order = orderOf(profile, action, steps);
  const location = { id: 'l', code: 'L-1', name: 'L-1', warehouseId: 'w' };
  const named = placeNamed(steps) ?? 'L-2';
  const other = { id: 'm', code: named, name: named, warehouseId: 'w' };
  const places: Move[] = profile.usesLocations
    ? [{ says: 'scan a location', event: scan('L-1', { location }) }]
    : [];
  if (ACTIONS[action].facts.includes('to') || (asksWith(steps, 'only') && profile.usesLocations)) {
    places.push({ says: 'scan another location', event: scan(named, { location: other }) });
  }
  const open: Move[] =
    order === undefined ? [] : [{ says: 'choose the order', event: { type: 'open', order } }];
  // With two open, the same questions are open as with one: only the list between them is new.
  const beside: Move[] =
    order === undefined || together === undefined ? [] : [pressed('MORE'), besideIt(order)];
  return [
    ...places,
    ...(asksWith(steps, 'check') ? [DIGITS] : []),
    ...open,
    ...returns(steps, detours ?? [], { item: itemOf(profile), location }),
    ...beside,
    ...contents(itemOf(profile), action, steps, location.id),
    ...(profile.ambiguous === true ? ambiguities(profile, order) : []),
    { says: `scan ${profile.name}`, event: scan('ITEM', { item: itemOf(profile) }) },
    { says: 'scan a code that could be a batch or a serial', event: scan('A1') },
    { says: 'scan another such code', event: scan('A2') },
    { says: 'scan an expiry date', event: scan('17', { expiry: '2030-01-01' }) },
    typing(1),
    ...(asksWith(steps, 'substitute') ? replacing(profile) : []),
    ...(asksWith(steps, 'over') || asksWith(steps, 'recount') ? [typing(TOO_MANY)] : []),
    { says: 'OK', event: { type: 'press', word: 'OK' } },
    { says: 'REPEAT', event: { type: 'press', word: 'REPEAT' } },
    { says: 'FINISH', event: { type: 'press', word: 'FINISH' } },
    pressed('UNDO'),
    ...(ACTIONS[action].toHome === true ? [CARRIED] : []),
    {
      says: 'hear that Exact has the line',
      event: { type: 'refused', command: COMMAND, fault: fault('ledger.undo-posted') },
      ...{ retreat: true, ofBooked: true },
    },
    { ...touching(COMMAND), ...{ says: 'touch the booked line', retreat: true, ofBooked: true } },
    // What is wrong may be told anywhere, so it helps nobody on who could not go on without it.
    pressed('PROBLEM'),
    pressed('BACK'),
    pressed('CANCEL'),
    ...(asksWith(steps, 'skip') ? [pressed('SKIP')] : []),
    ...(steps.some(({ kind }) => kind === 'print') ? [pressed('PRINT')] : []),
  ];
}

type Decided = string | number | boolean | undefined;

/** What a condition gives in this profile; undefined where the profile leaves it open. */
export function decide(condition: Condition, profile: Profile): Decided {
  switch (condition.op) {
    case 'literal':
      return condition.value;
    case 'get': {
      const known: Record<string, Decided> = {
        'item.tracking': profile.tracking,
        'item.hasExpiry': profile.hasExpiry,
        'warehouse.usesLocations': profile.usesLocations,
      };
      return known[condition.path.join('.')];
    }
    case 'not': {
      const of = decide(condition.of, profile);
      return of === undefined ? undefined : of !== true;
    }
    case 'and':
    case 'or':
      return both(condition, profile);
    case '==':
    case '!=': {
      const [left, right] = [decide(condition.left, profile), decide(condition.right, profile)];
      if (left === undefined || right === undefined) return undefined;
      return (left === right) === (condition.op === '==');
    }
    case 'in': {
      const value = decide(condition.value, profile);
      const list = condition.list.map((entry) => decide(entry, profile));
      if (value === undefined || list.includes(undefined)) return undefined;
      return list.includes(value);
    }
    default:
      return undefined;
  }
}

function both(condition: Extract<Condition, { op: 'and' | 'or' }>, profile: Profile): Decided {
  const [left, right] = [decide(condition.left, profile), decide(condition.right, profile)];
  const settles = condition.op === 'or';
  if (left === settles || right === settles) return settles;
  return left === undefined || right === undefined ? undefined : !settles;
}

/**
 * The steps with every condition made true or false: as the profile decides it, and both ways where
 * the profile leaves it open (cases.ts).
 */
export function variantsOf(steps: readonly Step[], profile: Profile): readonly (readonly Step[])[] {
  return casesOf(steps.map(unbounded), (condition) => decide(condition, profile));
}
