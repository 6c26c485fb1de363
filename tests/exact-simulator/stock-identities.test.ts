/*
 * After any sequence of documents the books of stock add up: places to warehouses, numbers to
 * stock, and planning to what the documents still promise; and each document moves exactly what it
 * says, or nothing when it is refused.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from './document-stage.ts';
import { parsed, record, startExact, type Exact } from './helpers.ts';
import { Documents, type Dice, type RandomDocument } from './random-documents.ts';
import { brokenLaws, stockPicture } from './stock-books.ts';

let exact: Exact;
const storeOf = () => exact.running.simulation.store;

beforeAll(async () => {
  exact = await startExact({ items: 70 });
});
afterAll(async () => {
  await exact.close();
});

const die = fc.nat(10_000);
const dice: fc.Arbitrary<Dice> = fc.record({
  ...{ what: die, which: die, where: die, other: die, amount: die },
});

async function post(path: string, body: Fields): Promise<Fields | undefined> {
  const answer = await exact.call('POST', `123456/${path}`, body);
  expect(answer.text).not.toContain('Bug in the simulator');
  if (answer.status !== 201) {
    expect([answer.status, path]).toEqual([500, path]);
    return undefined;
  }
  return record(parsed(answer)['d']);
}

/** Posts a document and says whether all of it was accepted. */
async function accepted(document: RandomDocument): Promise<boolean> {
  const made = await post(document.path, document.body);
  if (!made) return false;
  if (typeof made['ErrorMessage'] === 'string') return false;
  if (!document.then) return true;
  const { path, key } = document.then;
  const done = await post(path, { [key]: made[key] });
  return done !== undefined && typeof done['ErrorMessage'] !== 'string';
}

function changes(before: Map<string, number>, after: Map<string, number>): Map<string, number> {
  const changed = new Map<string, number>();
  for (const [at, quantity] of after) {
    const by = Math.round((quantity - (before.get(at) ?? 0)) * 1e6) / 1e6;
    if (by !== 0) changed.set(at, by);
  }
  return changed;
}

const sorted = (moves: Map<string, number>): [string, number][] =>
  [...moves].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));

async function freshCompany(negativeStockAllowed: boolean): Promise<void> {
  await exact.control('POST', '/reset', { keepLink: true });
  const limits = { minutely: 1_000_000, daily: 1_000_000, errorsPerHour: 100_000 };
  await exact.control('POST', '/limits', limits);
  await exact.control('POST', '/settings', { negativeStockAllowed });
}

describe('the laws of the books', () => {
  it('notice a planted fault of each kind', async () => {
    await freshCompany(false);
    const store = storeOf();
    expect(brokenLaws(store)).toEqual([]);
    const faults = [
      'UPDATE "LocationStock" SET "Stock" = "Stock" + 1 WHERE "Stock" > 0',
      `UPDATE "StockSerialBatchNumbers" SET "Quantity" = "Quantity" - 1 WHERE "Quantity" > 1`,
      'UPDATE "StockSerialBatchNumbers" SET "IsDraft" = 1',
      'UPDATE "StockPositions" SET "PlanningOut" = 1 WHERE "PlanningOut" > 1',
      'UPDATE "SalesOrderLines" SET "QuantityDelivered" = 1 WHERE "Quantity" > 1',
      'UPDATE "PurchaseOrderLines" SET "ReceivedQuantity" = 1 WHERE "ReceivedQuantity" = 0',
    ];
    for (const fault of faults) {
      store.run('SAVEPOINT planted');
      expect(store.run(fault)).toBeGreaterThan(0);
      expect(brokenLaws(store)).not.toEqual([]);
      store.run('ROLLBACK TO planted');
      store.run('RELEASE planted');
    }
    expect(brokenLaws(store)).toEqual([]);
  });

  it('hold after any documents, and each moves what it says or nothing', async () => {
    const seen = new Map<string, number>();
    const run = async (rolls: Dice[], negative: boolean): Promise<void> => {
      await freshCompany(negative);
      const store = storeOf();
      const documents = new Documents(store);
      for (const roll of rolls) {
        const [kind, make] = documents.kinds[roll.what % documents.kinds.length] ?? [];
        const document = make?.(roll);
        if (!document || kind === undefined) continue;
        const before = stockPicture(store);
        const ok = await accepted(document);
        const moved = sorted(changes(before, stockPicture(store)));
        expect([document, ...moved]).toEqual([document, ...(ok ? sorted(document.moves) : [])]);
        expect(brokenLaws(store)).toEqual([]);
        const name = `${kind} ${ok ? 'accepted' : 'refused'}`;
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    };
    const sequences = fc.array(dice, { minLength: 20, maxLength: 30 });
    await fc.assert(fc.asyncProperty(sequences, fc.boolean(), run), {
      ...{ seed: 20_261_118, numRuns: 12, endOnFailure: true },
    });
    // The property says little unless every kind was accepted, and refused where stock moves.
    for (const [kind] of new Documents(storeOf()).kinds) {
      const outcomes = kind === 'completion' ? ['accepted'] : ['accepted', 'refused'];
      for (const outcome of outcomes) expect([...seen.keys()]).toContain(`${kind} ${outcome}`);
    }
  }, 120_000);
});
