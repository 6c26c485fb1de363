// Which postings the ledger cuts from each kind of work but receiving.

import { describe, expect, it } from 'vitest';
import { command, contextOf, OTHER_PLACE, PLACE } from '../../../tests/torture/support/goods.ts';
import {
  SALES,
  SHOP,
  WORK,
  HERE,
  THERE,
  NUT,
  GLUE,
  LAMP,
  MADE,
  fresh,
  deliver,
  issue,
  produce,
  count,
  counted,
  difference,
  move,
  after,
} from '../../../tests/torture/support/kinds.ts';
import { LIMITS } from '../domain/index.ts';
import type { GoodsLine, Posting } from '../domain/index.ts';
import { decide } from './index.ts';

/** The postings that finishing a document cuts after these lines, without their names. */
function postings(document: string, ...all: GoodsLine[]): Partial<Posting>[] {
  const world = after(fresh, ...all.map((line, at) => command(at + 1, line)));
  const finish = { type: 'document.finish', document, linesLeftOpen: 0 } as const;
  const { entries } = decide(world, command(all.length + 1, finish), contextOf(world));
  return entries.flatMap(({ body }) => {
    if (body.type !== 'posting-cut') return [];
    const {
      id: _id,
      marker: _marker,
      commands: _commands,
      document: _document,
      ...rest
    } = body.posting;
    return [rest];
  });
}

describe('a finished document becomes', () => {
  it('one delivery: goods of a line and place together, batches added up', () => {
    const glue = { ...GLUE, batch: 'B1' };
    const cut = postings(
      SALES,
      deliver(1),
      deliver(2),
      deliver(2, glue),
      deliver(3, { ...glue, batch: 'B2' }),
      deliver(1, { location: OTHER_PLACE }),
    );
    expect(cut).toEqual([
      {
        kind: 'goodsDelivery',
        lines: [
          { orderLine: NUT.line, item: NUT.item, quantity: 3, location: PLACE },
          {
            ...{ orderLine: GLUE.line, item: GLUE.item, quantity: 5, location: PLACE },
            batches: [
              { number: 'B1', quantity: 2 },
              { number: 'B2', quantity: 3 },
            ],
          },
          { orderLine: NUT.line, item: NUT.item, quantity: 1, location: OTHER_PLACE },
        ],
      },
    ]);
  });

  it('one issue for each material and place, and one receipt for what was made', () => {
    const cut = postings(
      SHOP,
      issue(2),
      issue(1),
      issue(1, { ...LAMP, serials: ['S9'] }),
      produce(2),
      produce(1),
    );
    const head = { warehouse: HERE, location: PLACE };
    expect(cut).toEqual([
      { kind: 'materialIssue', plan: NUT.line, item: NUT.item, quantity: 3, ...head },
      {
        kind: 'materialIssue',
        plan: LAMP.line,
        item: LAMP.item,
        quantity: 1,
        ...head,
        serials: ['S9'],
      },
      {
        ...{ kind: 'shopOrderReceipt', item: MADE, quantity: 3, ...head },
        batches: [{ number: 'P1', quantity: 3, expiry: '2027-01-31' }],
      },
    ]);
  });

  it('a count of numbers: the last look at each batch wins, a serial seen once is there', () => {
    const glue = { item: GLUE.item, tracking: 'batch' } as const;
    const lamp = { item: LAMP.item, tracking: 'serial' } as const;
    const none = { ...lamp, location: OTHER_PLACE };
    const cut = postings(
      WORK,
      count(counted(5), { ...glue, batch: 'B1' }),
      count(counted(2), { ...glue, batch: 'B2' }),
      count(counted(0), { ...glue, batch: 'b1' }),
      count(counted(2), { ...lamp, serials: ['S1', 'S2'] }),
      count(counted(2), { ...lamp, serials: ['s2', 'S3'] }),
      count(counted(0), none),
    );
    const batches = [
      { number: 'b1', quantity: 0 },
      { number: 'B2', quantity: 2 },
    ];
    const place = { location: PLACE };
    expect(cut).toEqual([
      {
        kind: 'stockCount',
        warehouse: HERE,
        lines: [
          { item: GLUE.item, ...place, found: counted(2), batches },
          { item: LAMP.item, ...place, found: counted(3), serials: ['S1', 's2', 'S3'] },
          { item: LAMP.item, location: OTHER_PLACE, found: counted(0), serials: [] },
        ],
      },
    ]);
  });

  it('an empty place: none of what was there, but what was found there afterwards', () => {
    const glue = { item: GLUE.item, tracking: 'batch', batch: 'B1' } as const;
    const lamp = { item: LAMP.item, tracking: 'serial' } as const;
    const cut = postings(
      WORK,
      count(counted(0), { emptied: { place: 'A-01', others: [glue, lamp] } }),
      count(counted(2), { ...glue, batch: 'b1' }),
    );
    const place = { location: PLACE };
    expect(cut).toEqual([
      {
        kind: 'stockCount',
        warehouse: HERE,
        lines: [
          { item: NUT.item, ...place, found: counted(0) },
          {
            ...{ item: GLUE.item, ...place, found: counted(2) },
            batches: [{ number: 'b1', quantity: 2 }],
          },
          { item: LAMP.item, ...place, found: counted(0), serials: [] },
        ],
      },
    ]);
  });

  it('an empty place stays in one document, however full that is', () => {
    const of = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const many = Array.from({ length: LIMITS.linesPerDocument - 1 }, (_, at) =>
      count(counted(1), { location: of(at) }),
    );
    const others = [{ item: MADE, tracking: 'none' } as const];
    const cut = postings(
      WORK,
      ...many,
      count(counted(0), { emptied: { place: 'A-01', others } }),
      count(counted(1), { location: OTHER_PLACE }),
    );
    const lines = cut.map((posting) => ('lines' in posting ? posting.lines?.length : 0));
    expect(lines).toEqual([LIMITS.linesPerDocument + 1, 1]);
  });

  it('a count in which the last look at a place wins, and differences of one side add up', () => {
    const glue = { item: GLUE.item, tracking: 'batch', batch: 'B1' };
    const cut = postings(
      WORK,
      count(counted(5)),
      count(counted(0)),
      count(difference(-2), glue),
      count(difference(-1), { ...glue, batch: 'B2' }),
      count(difference(1), { ...glue, batch: 'B3' }),
    );
    const place = { location: PLACE };
    const less = [
      { number: 'B1', quantity: -2 },
      { number: 'B2', quantity: -1 },
    ];
    expect(cut).toEqual([
      {
        kind: 'stockCount',
        warehouse: HERE,
        lines: [{ item: NUT.item, ...place, found: counted(0) }],
      },
      {
        kind: 'stockCount',
        warehouse: HERE,
        lines: [{ item: GLUE.item, ...place, found: difference(-3), batches: less }],
      },
      {
        kind: 'stockCount',
        warehouse: HERE,
        lines: [
          {
            item: GLUE.item,
            ...place,
            found: difference(1),
            batches: [{ number: 'B3', quantity: 1 }],
          },
        ],
      },
    ]);
  });

  it('a transfer for each pair of warehouses, within one or between two', () => {
    const away = { to: { warehouse: THERE } };
    const cut = postings(
      WORK,
      move(1),
      move(2),
      move(4, away),
      move(1, { ...away, item: LAMP.item, tracking: 'serial', serials: ['S3'] }),
    );
    expect(cut).toEqual([
      {
        ...{ kind: 'locationTransfer', warehouse: HERE },
        lines: [{ item: NUT.item, quantity: 3, fromLocation: PLACE, toLocation: OTHER_PLACE }],
      },
      {
        ...{ kind: 'warehouseTransfer', fromWarehouse: HERE, toWarehouse: THERE },
        lines: [
          { item: NUT.item, quantity: 4, fromLocation: PLACE },
          { item: LAMP.item, quantity: 1, fromLocation: PLACE, serials: ['S3'] },
        ],
      },
    ]);
  });
});
