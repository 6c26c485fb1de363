// I-10: an operator sees the hub's word and his own work, each piece of goods exactly once.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pickedLineOf, plus } from '../domain/index.ts';
import type { CommandPayload, OrderView } from '../domain/index.ts';
import { ORDER } from '../../../tests/browser/world.ts';
import { overlay, sameGoods } from './overlay.ts';
import type { OwnCommand } from './overlay.ts';

const LINE = ORDER.lines[0]?.id ?? '';
const seen = (order: OrderView) => order.lines[0]?.pending;

function own(id: string, payload: CommandPayload, rest: Omit<OwnCommand, 'command'>): OwnCommand {
  const command = {
    id: id as OwnCommand['command']['id'],
    station: 's' as OwnCommand['command']['station'],
    stationSeq: 1,
    operator: 'dock-1',
    session: 'x' as OwnCommand['command']['session'],
    revision: 'r' as OwnCommand['command']['revision'],
    madeAtMs: 0,
    payload,
  };
  return { command, ...rest };
}

const received = (id: string, quantity: number, rest: Omit<OwnCommand, 'command'>) =>
  own(
    id,
    {
      type: 'receive.line',
      document: ORDER.id,
      line: LINE,
      item: 'i',
      quantity,
      tolerance: 0,
      posting: 'document-complete',
    },
    rest,
  );
const picked = { posting: 'document-complete', item: 'i', quantity: 3 } as const;
const shop = { ...picked, warehouse: 'w', tolerance: 0 };

it.each([
  ['deliver.line', { type: 'deliver.line', document: ORDER.id, line: LINE, ...picked }],
  ['issue.line', { type: 'issue.line', document: ORDER.id, line: LINE, ...shop }],
] as const)('I-10 a %s counts on its line, and its undo takes it away', (_type, payload) => {
  const waiting = own('a', payload, { status: 'waiting' });
  expect(seen(overlay(at(5, 0), [waiting]))).toBe(3);
  expect(seen(overlay(at(5, 0), [waiting, undo('a', { status: 'waiting' })]))).toBe(0);
});

it('I-10 goods that were made count on the line that is the shop order itself', () => {
  const order = at(5, 0);
  const product = order.lines.map((line) => ({ ...line, id: order.id, part: 'product' as const }));
  const payload = { type: 'produce.line', document: order.id, ...shop } as const;
  const made = own('a', payload, { status: 'waiting' });
  expect(seen(overlay({ ...order, lines: product }, [made]))).toBe(3);
  expect(seen(overlay(order, [made]))).toBe(0);
});

it('I-10 what is packed counts on the line of what was picked, and not once more on the order', () => {
  const order = at(5, 3);
  const picks = order.lines.map((line) => ({
    ...{ ...line, id: pickedLineOf(line.id), part: 'picked' as const },
    ...{ ordered: 3, pending: 0 },
  }));
  const payload = { type: 'pack.line', document: ORDER.id, line: LINE, ...picked } as const;
  const packed = own('a', payload, { status: 'waiting' });
  const shown = overlay({ ...order, lines: [...order.lines, ...picks] }, [packed]);
  const pending = (id: string) => shown.lines.find((line) => line.id === id)?.pending;
  expect([pending(LINE), pending(pickedLineOf(LINE))]).toEqual([3, 3]);
});

const undo = (target: string, rest: Omit<OwnCommand, 'command'>) =>
  own(
    `undo-${target}`,
    { type: 'line.undo', document: ORDER.id, target: target as OwnCommand['command']['id'] },
    rest,
  );
const at = (seq: number, pending: number): OrderView => ({
  ...ORDER,
  seq,
  lines: ORDER.lines.map((line) => ({ ...line, pending })),
});

it('I-10 a refused command never counts', () => {
  expect(seen(overlay(at(5, 0), [received('a', 3, { status: 'refused', seq: 6 })]))).toBe(0);
});

it('I-10 a waiting command counts, whatever the order was read at', () => {
  expect(seen(overlay(at(99, 2), [received('a', 3, { status: 'waiting' })]))).toBe(5);
});

it('I-10 an accepted command counts until the order was read at its seq, and not after', () => {
  const accepted = received('a', 3, { status: 'confirmed', seq: 6 });
  expect(seen(overlay(at(5, 0), [accepted]))).toBe(3);
  expect(seen(overlay(at(6, 3), [accepted]))).toBe(3);
});

it('I-10 an undo takes its target away before and after the hub contains the target', () => {
  const waiting = undo('a', { status: 'waiting' });
  expect(seen(overlay(at(5, 0), [received('a', 3, { status: 'waiting' }), waiting]))).toBe(0);
  const contained = received('a', 3, { status: 'confirmed', seq: 4 });
  expect(seen(overlay(at(5, 3), [contained, waiting]))).toBe(0);
  const both = undo('a', { status: 'confirmed', seq: 5 });
  expect(seen(overlay(at(5, 0), [contained, both]))).toBe(0);
});

it('I-10 a refused undo leaves its target; an undo of a refused command takes nothing', () => {
  const contained = received('a', 3, { status: 'confirmed', seq: 4 });
  expect(seen(overlay(at(5, 3), [contained, undo('a', { status: 'refused', seq: 5 })]))).toBe(3);
  const refused = received('a', 3, { status: 'refused', seq: 4 });
  expect(seen(overlay(at(5, 0), [refused, undo('a', { status: 'waiting' })]))).toBe(0);
});

it('commands of other orders change nothing, not even the object', () => {
  const other = { ...ORDER, id: 'other' };
  expect(overlay(other, [received('a', 3, { status: 'waiting' })])).toBe(other);
});

it('seq alone is no difference in goods', () => {
  expect(sameGoods(at(1, 2), at(9, 2))).toBe(true);
  expect(sameGoods(at(1, 2), at(1, 3))).toBe(false);
});

it('I-10 whenever the order is read, the sum on the screen is every standing piece once', () => {
  const event = fc.record({ quantity: fc.integer({ min: 1, max: 9 }), undone: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 8 }),
      fc.nat(20),
      fc.nat(20),
      (events, decided, readAt) => {
        // The hub decides in order: seq 1, 2, 3 … up to `decided`; the order was read at `readAt`.
        let seq = 0;
        let contained = 0;
        let truth = 0;
        const all: OwnCommand[] = [];
        const order = Math.min(readAt, decided);
        const next = (): Omit<OwnCommand, 'command'> => {
          seq += 1;
          return seq <= decided ? { status: 'confirmed', seq } : { status: 'waiting' };
        };
        events.forEach(({ quantity, undone }, n) => {
          all.push(received(`c${n}`, quantity, next()));
          if (seq <= order) contained = plus(contained, quantity);
          if (!undone) {
            truth = plus(truth, quantity);
            return;
          }
          all.push(undo(`c${n}`, next()));
          if (seq <= order) contained = plus(contained, -quantity);
        });
        expect(seen(overlay(at(order, contained), all))).toBe(truth);
      },
    ),
    { numRuns: 1000, seed: 20261122 },
  );
});
