// Who lives here: how batches and serials that were counted differ from what Exact has in their
// place at the moment of posting. A batch is the sum of its movements (exact-online-api.md §6.3); a
// serial number stands where its record says. A list that may not be read looks like an empty one, and
// what is missing there would be booked once more: so the right is asked first.

import { minus, plus, quantity } from '../../../domain/index.ts';
import type { BatchPart, CountLine } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import { guidLiteral, textLiteral } from '../values.ts';
import { ENTITIES } from './entities.ts';
import { hidden, readRows } from './reading.ts';
import { guidIn, textIn } from './step.ts';
import type { Desk, Made } from './step.ts';

/** A counted line, and by how much each number of it is off; nothing where all is as booked. */
export interface Difference {
  readonly line: CountLine;
  /** Signed: above zero came to light, below zero is missing. */
  readonly parts: readonly BatchPart[];
}

interface Place {
  readonly item: string;
  readonly warehouse: string;
  readonly location: string | undefined;
}

const SERIALS = 'inventory/SerialNumbers';
const MOVES = ENTITIES.batchDrafts.path;

/** How these lines differ from Exact, or why it can't be said now. Reads Exact. */
export async function differencesOf(
  desk: Desk,
  warehouse: string,
  lines: readonly CountLine[],
): Promise<readonly Difference[] | Made> {
  const found: Difference[] = [];
  for (const line of lines) {
    const place = { item: line.item, warehouse, location: line.location };
    const parts =
      line.serials === undefined
        ? await batchesOff(desk, place, line.batches ?? [])
        : await serialsOff(desk, place, line.serials);
    if ('kind' in parts) return parts;
    found.push({ line, parts });
  }
  return found;
}

const atPlace = (row: Row, { warehouse, location }: Place): boolean =>
  guidIn(row, 'Warehouse') === warehouse.toLowerCase() &&
  (location === undefined || guidIn(row, 'StorageLocation') === location.toLowerCase());

async function batchesOff(
  desk: Desk,
  place: Place,
  batches: readonly BatchPart[],
): Promise<readonly BatchPart[] | Made> {
  const unseen = await hidden(desk, MOVES);
  if (unseen !== undefined) return unseen;
  const off: BatchPart[] = [];
  for (const { number, quantity: counted } of batches) {
    const rows = await readRows(desk, MOVES, 'the batch that was counted', {
      $filter: `Item eq ${guidLiteral(place.item)} and BatchNumber eq ${textLiteral(number)}`,
      $select: 'ID,BatchNumber,Warehouse,StorageLocation,Quantity,IsDraft',
    });
    if ('kind' in rows) return rows;
    const booked = rows
      .filter((row) => row['IsDraft'] !== 1 && row['IsDraft'] !== true && atPlace(row, place))
      .filter((row) => textIn(row, 'BatchNumber').toLowerCase() === number.toLowerCase())
      .reduce((sum, row) => plus(sum, amountIn(row)), 0);
    const difference = minus(counted, booked);
    if (difference !== 0) off.push({ number, quantity: difference });
  }
  return off;
}

function amountIn(row: Row): number {
  const amount = row['Quantity'];
  return typeof amount === 'number' ? quantity(amount) : 0;
}

async function serialsOff(
  desk: Desk,
  place: Place,
  serials: readonly string[],
): Promise<readonly BatchPart[] | Made> {
  const unseen = await hidden(desk, SERIALS);
  if (unseen !== undefined) return unseen;
  const rows = await readRows(desk, SERIALS, 'the serial numbers of the place', {
    $filter: `Item eq ${guidLiteral(place.item)} and Available eq 1`,
    $select: 'ID,SerialNumber,Warehouse,StorageLocation,Available',
  });
  if ('kind' in rows) return rows;
  const booked = rows
    .filter((row) => (row['Available'] === 1 || row['Available'] === true) && atPlace(row, place))
    .map((row) => textIn(row, 'SerialNumber'));
  const seen = new Set(serials.map((serial) => serial.toLowerCase()));
  const known = new Set(booked.map((serial) => serial.toLowerCase()));
  return [
    ...booked.filter((number) => !seen.has(number.toLowerCase())).map(as(-1)),
    ...serials.filter((number) => !known.has(number.toLowerCase())).map(as(1)),
  ];
}

const as =
  (amount: 1 | -1) =>
  (number: string): BatchPart => ({ number, quantity: amount });
