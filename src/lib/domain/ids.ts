// Branded ids. An id is made by the party that acts, before it acts, and is never made twice:
// it is the idempotency key of that act to the very end.

import { v7 } from 'uuid';
import type { Clock, Random } from './ports.ts';

declare const brand: unique symbol;
/** A string that only the function that makes this kind of id may call one. */
export type Id<Name extends string> = string & { readonly [brand]: Name };

export type CommandId = Id<'CommandId'>;
export type StationId = Id<'StationId'>;
export type SessionId = Id<'SessionId'>;
export type PostingId = Id<'PostingId'>;
/** Hash of one workflow's canonical text. */
export type Revision = Id<'Revision'>;
/** At most 20 characters, written into an Exact text field to find our own document again. */
export type Marker = Id<'Marker'>;
/** Whether a text that stands in Exact begins with the form of a marker of ours. */
export const isMarked = (text: string): boolean => /^SD[0-9a-f-]{10,18}$/.test(text);
/** The hub's total order: 1, 2, 3 … The only thing that anyone sorts by. */
export type Seq = number;

/**
 * A UUIDv7: sortable by the maker's clock. Besides a reader's comfort only the outbox relies on that
 * order, for postings that touch one place, which the hub makes one after another.
 */
export function makeId<T extends Id<string>>(clock: Clock, random: Random): T {
  return v7({ msecs: Math.max(0, clock.nowMs()), random: random.bytes(16) }) as T;
}

/**
 * The id of one more act of the same event, the `nth` of them from 1: the same every time it is
 * made. Ids of other events differ in random digits before the four that are counted up here.
 */
export function alsoId<T extends Id<string>>(id: T, nth: number): T {
  const tail = (Number.parseInt(id.slice(-4), 16) + nth) % 0x10000;
  return `${id.slice(0, -4)}${tail.toString(16).padStart(4, '0')}` as T;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` has the form of the ids that `makeId` gives. */
export function isId(text: string): boolean {
  return UUID.test(text);
}
