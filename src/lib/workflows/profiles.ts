// Who lives here: the sample warehouse that the proofs walk through: one order with one line, in
// every kind that decides what must be asked (plain, batch, batch with expiry, serial; with and
// without storage locations), and the things an operator can do with it.

import { assert } from '../domain/index.ts';
import type { CommandId, ItemView, OrderView, Scan } from '../domain/index.ts';
import type { Facts } from '../domain/index.ts';
import type { Condition, DialogueEvent, Step } from './types.ts';

export interface Profile {
  readonly name: string;
  readonly tracking: ItemView['tracking'];
  readonly hasExpiry: boolean;
  readonly usesLocations: boolean;
}

const KINDS = [
  { name: 'a plain item', tracking: 'none', hasExpiry: false },
  { name: 'a batch item', tracking: 'batch', hasExpiry: false },
  { name: 'a batch item with expiry', tracking: 'batch', hasExpiry: true },
  { name: 'a serial item', tracking: 'serial', hasExpiry: false },
] as const;

export const PROFILES: readonly Profile[] = KINDS.flatMap((kind) => [
  { ...kind, usesLocations: false },
  { ...kind, name: `${kind.name} in a warehouse with locations`, usesLocations: true },
]);

const ORDERED = 3;
export const TODAY = '2026-01-01';
export const COMMAND = '00000000-0000-7000-8000-000000000000' as CommandId;

export function orderOf(profile: Profile): OrderView {
  const item: ItemView = {
    id: 'item',
    code: 'ITEM',
    name: 'Item',
    unit: 'pc',
    tracking: profile.tracking,
    hasExpiry: profile.hasExpiry,
    fractions: false,
    packs: [],
    defaultLocations: {},
  };
  return {
    kind: 'purchaseOrder',
    id: 'order',
    number: '1',
    partnerName: 'Supplier',
    partnerCode: 'S',
    warehouse: { id: 'w', code: 'W', name: 'Warehouse', usesLocations: profile.usesLocations },
    lines: [{ id: 'line', lineNumber: 1, item, ordered: ORDERED, done: 0, pending: 0 }],
    seq: 0,
  };
}

/** One thing an operator can do, with the words that a proof's path shows. */
export interface Move {
  readonly says: string;
  readonly event: DialogueEvent;
  /** Going back or away: not counted as progress. */
  readonly retreat?: true;
}

function scan(text: string, facts: Facts | undefined): DialogueEvent {
  const raw = { bytes: new Uint8Array(), text, device: 'proof', startedMs: 0, endedMs: 0 };
  const made: Scan = {
    raw,
    symbology: 'plain',
    elements: [],
    candidates: facts === undefined ? [] : [facts],
    ...(facts === undefined ? { plain: text } : {}),
  };
  return { type: 'scan', scan: made };
}

/** Everything worth trying in this profile. A warehouse without locations has no codes for them. */
export function movesOf(profile: Profile): readonly Move[] {
  const order = orderOf(profile);
  const item = order.lines[0]?.item;
  const location = { id: 'l', code: 'L-1', name: 'L-1', warehouseId: 'w' };
  const places: Move[] = profile.usesLocations
    ? [{ says: 'scan a location', event: scan('L-1', { location }) }]
    : [];
  return [
    ...places,
    { says: 'choose the order', event: { type: 'open', order } },
    { says: `scan ${profile.name}`, event: scan('ITEM', item === undefined ? {} : { item }) },
    { says: 'scan a code that could be a batch or a serial', event: scan('A1', undefined) },
    { says: 'scan another such code', event: scan('A2', undefined) },
    { says: 'scan an expiry date', event: scan('17', { expiry: '2030-01-01' }) },
    { says: 'type 1 as quantity', event: { type: 'enter', fact: 'quantity', value: '1' } },
    { says: 'OK', event: { type: 'press', word: 'OK' } },
    { says: 'FINISH', event: { type: 'press', word: 'FINISH' } },
    { says: 'BACK', event: { type: 'press', word: 'BACK' }, retreat: true },
    { says: 'CANCEL', event: { type: 'press', word: 'CANCEL' }, retreat: true },
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
 * the profile leaves it open. At most 2^5 variants: five facts may have a condition (steps.ts).
 */
export function variantsOf(steps: readonly Step[], profile: Profile): readonly (readonly Step[])[] {
  const open: number[] = [];
  const decided = steps.map((step, index): Step => {
    if (step.kind !== 'ask' || step.when === undefined) return step;
    const value = decide(step.when, profile);
    if (value === undefined) open.push(index);
    return { ...step, when: { op: 'literal', value: value === true } };
  });
  assert(open.length <= 5, 'a workflow has at most five conditions that can be open');
  return Array.from({ length: 2 ** open.length }, (_, mask) =>
    decided.map((step, index) => {
      const bit = open.indexOf(index);
      if (bit === -1 || step.kind !== 'ask') return step;
      return { ...step, when: { op: 'literal' as const, value: (mask >> bit) % 2 === 1 } };
    }),
  );
}
