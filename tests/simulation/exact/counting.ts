// Who lives here: counts of batches and serials among the postings of a seed. Exact is told by how
// much its books are off when the posting goes out, in one document or in two; whatever the weather
// did, its books say afterwards what was counted. The goods are such that nobody else is at them.

import type { CountLine, Posting } from '../../../src/lib/domain/index.ts';
import type { PostingKit } from '../../exact/posting-kit.ts';
import type { PlannedCount } from './plan.ts';

/** What is to lie there by number; of batches only those that are named. */
export interface Expected {
  readonly tracking: PlannedCount['tracking'];
  readonly item: string;
  readonly location?: string;
  readonly numbers: Readonly<Record<string, number>>;
}

export interface Counting {
  /** Brings the goods that are counted. */
  readonly stocked: Posting;
  readonly count: Posting;
  readonly expected: Expected;
}

type Amounts = Readonly<Record<string, number>>;

/** How many there are of two numbers, and how many are found of these and of a third. */
const BATCHES: Readonly<Record<PlannedCount['found'], readonly [number, number, number]>> = {
  'as-booked': [3, 2, 0],
  less: [1, 0, 0],
  more: [5, 2, 4],
  'both-ways': [1, 6, 4],
};
const SERIALS: typeof BATCHES = {
  'as-booked': [1, 1, 0],
  less: [1, 0, 0],
  more: [1, 1, 1],
  'both-ways': [0, 1, 1],
};

/** Behind all numbers of the seeded company, so that nobody picks them. */
const PREFIX = 'ZZ-COUNTED-';

export function counting(kit: PostingKit, { tracking, place, found }: PlannedCount): Counting {
  const goods = kit.goods.stocked(tracking, place);
  const location = tracking === 'serial' ? kit.goods.quietLocation() : goods.location;
  const at = { item: goods.item, ...(location === undefined ? {} : { location }) };
  const before = kit.names();
  // What comes first is told by the clock: postings have their ids from it.
  kit.world.time.advance(1);
  const names = kit.names();
  const numbers = ['a', 'b', 'c'].map((end) => `${PREFIX}${names.marker}-${end}`);
  const [a, b] = tracking === 'batch' ? [3, 2] : [1, 1];
  const brought = byNumber(numbers, [a, b, 0]);
  const counted = byNumber(numbers, (tracking === 'batch' ? BATCHES : SERIALS)[found]);
  const line = (told: Amounts, kind: CountLine['found']['kind']): CountLine => {
    const parts = Object.entries(told).map(([number, quantity]) => ({ number, quantity }));
    const all = parts.filter(({ quantity }) => quantity > 0);
    const quantity = all.reduce((sum, part) => sum + part.quantity, 0);
    const named =
      tracking === 'serial'
        ? { serials: all.map(({ number }) => number) }
        : { batches: kind === 'difference' ? all : parts };
    return { ...at, ...named, found: { kind, quantity } };
  };
  const head = { kind: 'stockCount', warehouse: kit.goods.warehouse(place) } as const;
  return {
    stocked: { ...head, ...before, document: before.id, lines: [line(brought, 'difference')] },
    count: { ...head, ...names, document: names.id, lines: [line(counted, 'counted')] },
    expected: { tracking, ...at, numbers: leftOf(counted) },
  };
}

function byNumber(numbers: readonly string[], amounts: readonly number[]): Amounts {
  return Object.fromEntries(numbers.map((number, at) => [number, amounts[at] ?? 0]));
}

const leftOf = (amounts: Amounts): Amounts =>
  Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount !== 0));

/** What Exact's books have of it: of batches those of this count, of serials all of the place. */
export function thereOf(kit: PostingKit, { tracking, item, location, numbers }: Expected): Amounts {
  const [first = ''] = Object.keys(numbers);
  const own = tracking === 'serial' ? '%' : `${first.slice(0, -1)}_`;
  const rows = kit.sql(
    `SELECT n."SerialBatchNumber" AS number, sum(m."Quantity") AS amount
     FROM "StockSerialBatchNumbers" m JOIN "SerialBatchNumbers" n ON n."ID" = m."SerialBatchNumber"
     WHERE m."IsDraft" = 0 AND m."Item" = ? AND coalesce(m."StorageLocation", '') = ?
       AND n."SerialBatchNumber" LIKE ?
     GROUP BY 1 HAVING sum(m."Quantity") <> 0 ORDER BY 1`,
    ...[item, location ?? '', own],
  );
  return Object.fromEntries(rows.map((row) => [String(row['number']), Number(row['amount'])]));
}

/** The documents of what went the other way, drafts included. */
export function secondOf(kit: PostingKit, { marker }: Posting) {
  return kit.sql('SELECT * FROM "StockCounts" WHERE "Description" = ?', `${marker} 2`);
}
