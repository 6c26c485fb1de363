// What pick places need, as the hub reckons it from orders and stock; and how long it is believed.

import { describe, expect, it } from 'vitest';
import { contextOf, command } from '../../../../tests/torture/support/goods.ts';
import { LIMITS, needOf } from '../../domain/index.ts';
import type { SourceView } from '../../domain/index.ts';
import { decide, emptyWorld, fold } from '../../ledger/index.ts';
import type { World } from '../../ledger/index.ts';
import type { SourceItem } from '../projection/index.ts';
import { Refills } from './refills.ts';
import type { Demand, NeedsSource } from './refills.ts';

const W = '00000000-0000-4000-8000-000000000001';
const BOLT = '00000000-0000-4000-8000-00000000000b';

const lies = (code: string, quantity: number, batch?: string): SourceView => ({
  location: { id: code, code },
  quantity,
  ...(batch === undefined ? {} : { batch }),
});

class Books implements NeedsSource {
  wanted: Demand[] = [{ warehouseId: W, itemId: BOLT, quantity: 10 }];
  stock: SourceView[] = [lies('PICK', 2), lies('BULK', 30)];
  home: Record<string, string> = { [W]: 'PICK' };
  fractions = false;
  usesLocations = true;
  asked = 0;
  demands() {
    this.asked += 1;
    return Promise.resolve(this.wanted);
  }
  lying = () => Promise.resolve(this.stock);
  item = (id: string): Promise<SourceItem> =>
    Promise.resolve({
      ...{ id, code: 'BOLT', name: 'Bolt', unit: 'pc', tracking: 'none', hasExpiry: false },
      ...{ fractions: this.fractions, packs: [], supplierCodes: [] },
      defaultLocations: this.home,
    });
  warehouse = (id: string) =>
    Promise.resolve({ id, code: 'MAIN', name: 'Main', usesLocations: this.usesLocations });
  stockReadMs = () => Promise.resolve(0);
}

class Floor {
  readonly books = new Books();
  world: World = emptyWorld();
  nowMs = 1_000;
  asked = true;
  readonly touched: string[] = [];
  readonly failures: unknown[] = [];
  due: (() => void) | undefined;
  readonly refills = new Refills({
    ...{ source: this.books, clock: { nowMs: () => this.nowMs }, world: () => this.world },
    withWorld: (change) => {
      this.world = change(this.world);
      return Promise.resolve();
    },
    touch: (lists) => this.touched.push(...lists),
    later: (_ms, work) => {
      this.due = work;
      return () => (this.due = undefined);
    },
    asked: () => this.asked,
    onFailure: (error) => this.failures.push(error),
  });

  /** `lies → wanted` of every need. */
  async needs(): Promise<string[]> {
    await this.refills.refresh();
    return this.now();
  }

  now(): string[] {
    return [...this.world.orders.entries()].map(([, order]) => {
      const [line] = order.lines;
      return `${line?.doneInExact} → ${line?.ordered}`;
    });
  }

  claim(): void {
    const made = command(1, { type: 'line.claim', document: needOf(W, BOLT) });
    const { entries } = decide(this.world, made, contextOf(this.world, this.nowMs));
    this.world = entries.reduce(fold, this.world);
  }
}

describe('a pick place needs', () => {
  it('what is wanted beyond what lies there, as far as it lies elsewhere', async () => {
    const floor = new Floor();
    expect(await floor.needs()).toEqual(['2 → 10']);
    floor.books.stock = [lies('PICK', 2, 'A'), lies('PICK', 1, 'B'), lies('BULK', 4)];
    expect(await floor.needs()).toEqual(['3 → 7']);
    floor.books.wanted.push({ warehouseId: W, itemId: BOLT, quantity: 1 });
    floor.books.stock = [lies('BULK', 40)];
    expect(await floor.needs()).toEqual(['0 → 11']);
  });

  it.each<[string, (books: Books) => void]>([
    ['where enough lies', (books) => (books.stock = [lies('PICK', 10), lies('BULK', 9)])],
    ['where none lies elsewhere', (books) => (books.stock = [lies('PICK', 2)])],
    ['where less than a whole piece does', (books) => (books.stock = [lies('BULK', 0.5)])],
    ['where the item has no pick place', (books) => (books.home = {})],
    ['where there are no places', (books) => (books.usesLocations = false)],
    ['where nobody wants any', (books) => (books.wanted = [])],
  ])('nothing %s', async (_where, change) => {
    const floor = new Floor();
    await floor.refills.refresh();
    change(floor.books);
    expect(await floor.needs()).toEqual([]);
    expect(floor.refills.ids()).toEqual([]);
  });

  it('part of a piece where that makes sense', async () => {
    const floor = new Floor();
    floor.books.fractions = true;
    floor.books.stock = [lies('BULK', 0.5)];
    expect(await floor.needs()).toEqual(['0 → 0.5']);
  });

  it('first what is wanted first; a list is named by its warehouse', async () => {
    const floor = new Floor();
    floor.books.wanted = [
      { warehouseId: W, itemId: 'later', quantity: 1, date: '2026-12-01' },
      { warehouseId: W, itemId: 'some day', quantity: 1 },
      { warehouseId: W, itemId: 'first', quantity: 1, date: '2026-11-01' },
    ];
    floor.books.stock = [lies('BULK', 5)];
    await floor.refills.refresh();
    const [id = ''] = floor.refills.ids();
    const list = await floor.refills.list(id);
    expect(list).toMatchObject({ kind: 'refill', number: 'MAIN', warehouseId: W });
    expect(list?.lines.map(({ itemId }) => itemId)).toEqual(['first', 'later', 'some day']);
    expect(floor.refills.listWith(needOf(W, 'later'))).toBe(id);
    expect(floor.refills.listWith('another')).toBe('another');
    expect(floor.touched).toContain(id);
  });

  it('I-17 no more than a list holds', async () => {
    const floor = new Floor();
    const many = [...Array(LIMITS.needsShown + 5).keys()];
    floor.books.wanted = many.map((n) => ({ warehouseId: W, itemId: `i${n}`, quantity: 1 }));
    floor.books.stock = [lies('BULK', 5)];
    await floor.refills.refresh();
    const list = await floor.refills.list(floor.refills.ids()[0] ?? '');
    expect(list?.lines).toHaveLength(LIMITS.needsShown);
  });
});

describe('a need', () => {
  it('stays as it was promised while somebody brings it, and is looked at anew afterwards', async () => {
    const floor = new Floor();
    await floor.refills.refresh();
    floor.claim();
    floor.books.wanted = [];
    expect(await floor.needs()).toEqual(['2 → 10']);
    floor.nowMs += LIMITS.claimMs;
    expect(await floor.needs()).toEqual([]);
  });

  it('is reckoned once for many changes, and again after a failure', async () => {
    const floor = new Floor();
    floor.refills.changed();
    floor.refills.changed();
    floor.books.demands = () => Promise.reject(new Error('disk'));
    floor.due?.();
    await floor.refills.close();
    expect(floor.failures).toHaveLength(1);
  });

  it('is nobody’s while no work in force asks for it', async () => {
    const floor = new Floor();
    floor.asked = false;
    expect(await floor.needs()).toEqual([]);
    expect(floor.books.asked).toBe(0);
  });
});
