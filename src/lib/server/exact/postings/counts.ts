// Who lives here: stock counts on their way into Exact. What is counted by quantity alone is told as
// the quantity that was found. Of batches and serials Exact wants the difference with its numbers
// (exact-online-api.md §9.1), and a document has one line an item and place, whose numbers all come
// or all go: so Exact is asked what it has there, what is missing or came to light first goes into
// the draft, and the other way round follows in a second one, if there is any.

import { assert, countsNumbers, plus } from '../../../domain/index.ts';
import type { BatchPart, CountLine, PostingOf } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import { guidLiteral, textLiteral } from '../values.ts';
import { differencesOf } from './counted.ts';
import type { Difference } from './counted.ts';
import { place, today } from './documents.ts';
import { ENTITIES } from './entities.ts';
import { nested } from './numbers.ts';
import type { StepResult } from './outcomes.ts';
import { guidIn, readKey, textIn } from './step.ts';
import type { Body, Desk, Made, Step } from './step.ts';

export const PROCESSED = { field: 'Status', value: 21 } as const;
const PROCESS_COUNT = 'inventory/ProcessStockCount';
const DRAFT = 12;

type Count = PostingOf<'stockCount'>;

/** Behind the marker of a count's second document. */
const SECOND = ' 2';

/** Whose document carries this Description, and how many steps of that count it is the end of. */
export function ownerOf(description: string): { readonly marker: string; readonly steps: number } {
  return description.endsWith(SECOND)
    ? { marker: description.slice(0, -SECOND.length), steps: 4 }
    : { marker: description, steps: 2 };
}

/** The steps of a count; of one with batches or serials also those of what goes the other way. */
export function countSteps(posting: Count): readonly [...Step[], Step] {
  const first = [drafting(posting, posting.marker, firstOf), processing] as const;
  if (!posting.lines.some(countsNumbers)) return first;
  return [...first, drafting(posting, `${posting.marker}${SECOND}`, restOf), processing];
}

/** What a draft holds, of the lines with what Exact was found to have there; none: no draft. */
type Choose = (posting: Count, differences: readonly Difference[]) => readonly Body[];

function drafting(posting: Count, description: string, choose: Choose): Step {
  const entity = ENTITIES.stockCounts;
  return {
    ...{ path: entity.path, what: 'draft stock count', removable: true },
    reckons: (done) => posting.lines.some(countsNumbers) && done.at(-1)?.whole !== true,
    make: async (desk, done) => {
      const before = done.at(-1);
      if (before?.whole === true) return { kind: 'done', result: before };
      const differences = await differencesOf(
        desk,
        posting.warehouse,
        posting.lines.filter(countsNumbers),
      );
      if ('kind' in differences) return differences;
      const lines = choose(posting, differences);
      // The document before it says all there is to say.
      if (lines.length === 0 && before !== undefined) return { kind: 'done', result: before };
      const whole = isOneWay(differences) ? { whole: true as const } : {};
      return { kind: 'body', body: bodyOf(desk, posting, description, lines), ...whole };
    },
    read: readKey(entity),
    looks: () => [
      {
        entity,
        filter: `${entity.marker} eq ${textLiteral(description)}`,
        fields: [],
        is: (row) => textIn(row, entity.marker) === description,
      },
    ],
  };
}

function bodyOf(desk: Desk, posting: Count, description: string, lines: readonly Body[]): Body {
  return {
    StockCountDate: today(desk.clock.nowMs()),
    Warehouse: posting.warehouse,
    Description: description,
    Status: DRAFT,
    StockCountLines: lines,
  };
}

function lineOf({ item, location, reason }: CountLine, told: Body): Body {
  return {
    Item: item,
    ...place('StorageLocation', location),
    ...told,
    ...(reason === undefined ? {} : { ReasonCode: reason }),
  };
}

/** Never both: Exact would take the difference and leave the other (§9.1). */
function asTold(line: CountLine): Body {
  const { kind, quantity } = line.found;
  const told = kind === 'counted' ? { QuantityNew: quantity } : { QuantityDifference: quantity };
  return lineOf(line, { ...told, ...nested(line) });
}

const wayOf = (parts: readonly BatchPart[]): number => Math.sign(parts[0]?.quantity ?? 0);

function isOneWay(differences: readonly Difference[]): boolean {
  const parts = differences.flatMap((one) => one.parts);
  return parts.every(({ quantity }) => Math.sign(quantity) === wayOf(parts));
}

/** The difference of one way, with its numbers. */
function differing({ line, parts }: Difference, way: number): readonly Body[] {
  const these = parts.filter(({ quantity }) => Math.sign(quantity) === way);
  if (these.length === 0) return [];
  const sum = these.reduce((total, { quantity }) => plus(total, quantity), 0);
  const numbers =
    line.serials === undefined
      ? { batches: these }
      : { serials: these.map(({ number }) => number) };
  return [lineOf(line, { QuantityDifference: sum, ...nested(numbers) })];
}

/** Everything but what goes the other way than the first difference; places as booked, too. */
const firstOf: Choose = (posting, differences) => {
  const way = wayOf(differences.flatMap(({ parts }) => parts));
  const tracked = differences.flatMap((one) => {
    const booked = one.parts.length === 0;
    return booked ? [lineOf(one.line, { QuantityDifference: 0 })] : differing(one, way);
  });
  return [...posting.lines.filter((line) => !countsNumbers(line)).map(asTold), ...tracked];
};

/** What Exact still has otherwise once the first is booked. */
const restOf: Choose = (_posting, differences) => {
  const way = wayOf(differences.flatMap(({ parts }) => parts));
  return differences.flatMap((one) => differing(one, way));
};

/** The draft that is to be processed; nothing when that was done by the step before. */
function drafted(done: readonly StepResult[]): StepResult {
  const draft = done.at(-1);
  assert(draft !== undefined, 'a count is drafted before it is processed');
  return draft;
}

/** Turns the draft count into bookings. */
const processing: Step = {
  ...{
    path: PROCESS_COUNT,
    what: 'processed stock count',
    removable: false,
    lookOnRefusal: true,
  },
  make: (_desk, done) => {
    const draft = drafted(done);
    const booked = done.slice(0, -1).some(({ exactId }) => exactId === draft.exactId);
    const made: Made = booked
      ? { kind: 'done', result: draft }
      : { kind: 'body', body: { StockCountID: draft.exactId } };
    return Promise.resolve(made);
  },
  // An answer that has no words of success says nothing: Exact may have left them out (§2.7).
  read: (row, done) =>
    row === undefined || textIn(row, 'SuccessMessage') === '' ? undefined : drafted(done),
  looks: (done) => [
    {
      entity: ENTITIES.stockCounts,
      filter: `StockCountID eq ${guidLiteral(drafted(done).exactId)}`,
      fields: [PROCESSED.field],
      is: (row: Row) =>
        guidIn(row, 'StockCountID') === drafted(done).exactId &&
        row[PROCESSED.field] === PROCESSED.value,
    },
  ],
};
