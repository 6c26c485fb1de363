// Goods on their way, as the hub decides them: nothing is taken in that was not sent, nothing twice,
// and a load is kept while somebody may still come for it.

import { describe, expect, it } from 'vitest';
import { batch, OTHER_PLACE, PLACE, serials } from '../../../tests/torture/support/goods.ts';
import { HERE, MADE, move, THERE, WORK } from '../../../tests/torture/support/kinds.ts';
import { Hub } from '../../../tests/torture/support/undo-hub.ts';
import { LIMITS } from '../domain/index.ts';
import type { GoodsLine } from '../domain/index.ts';
import { loadTold, progress, retire } from './index.ts';

const NUT = (move(1) as { readonly item: string }).item;
const TRUCK = { warehouse: THERE, location: OTHER_PLACE };
const SHELF = { warehouse: THERE, location: PLACE };
const now = { posting: 'line-complete', to: TRUCK } as const;

const send = (quantity: number, more: object = {}) =>
  move(quantity, { ...now, onTheWay: true, ...more });
const arrive = (quantity: number, more: object = {}) =>
  ({
    ...{ type: 'arrive.line', document: WORK, line: NUT, item: NUT, tracking: 'none' },
    ...{ quantity, to: SHELF, posting: 'document-complete', ...more },
  }) as GoodsLine;
const glue = { item: batch(1).item, tracking: 'batch', batch: 'L1' } as const;
const lamp = { item: serials('S1').item, tracking: 'serial', serials: ['S1', 'S2'] } as const;

const told = (hub: Hub) => loadTold(hub.world.documents.get(WORK));
const openOf = (hub: Hub) =>
  told(hub)?.order.lines.map(({ ordered, open }) => [ordered, open]) ?? [];

describe('goods on their way', () => {
  it('are none before they are in a posting, and none after they came back', () => {
    const hub = new Hub();
    const line = send(4, { posting: 'document-complete' });
    hub.say(line);
    expect(told(hub)).toBeUndefined();
    expect(hub.say(arrive(1)).verdict).toMatchObject({
      fault: { code: 'ledger.unknown-document' },
    });
    const sent = new Hub();
    const target = sent.booked(send(4));
    expect(openOf(sent)).toEqual([[4, true]]);
    expect(sent.undo(send(4), target, 'line.reverse').kind).toBe('accepted');
    expect(told(sent)).toBeUndefined();
  });

  it.each<[string, GoodsLine, string]>([
    ['more than was sent', arrive(5), 'ledger.over-receipt'],
    ['other goods', arrive(1, { item: MADE, line: MADE }), 'ledger.unknown-line'],
    ['a line of another load', arrive(1, { line: MADE }), 'ledger.unknown-line'],
    ['onto the truck itself', arrive(1, { to: TRUCK }), 'ledger.invalid'],
    ['counted in another way', arrive(1, { tracking: 'batch', batch: 'X' }), 'ledger.not-sent'],
    ['a batch as plain goods', arrive(1, { tracking: 'batch' }), 'ledger.invalid'],
    ['another batch', arrive(1, { ...glue, line: glue.item, batch: 'L2' }), 'ledger.not-sent'],
    [
      'more of a batch',
      arrive(3, { ...glue, line: glue.item, batch: 'l1' }),
      'ledger.over-receipt',
    ],
    ['another piece', arrive(1, { ...lamp, line: lamp.item, serials: ['S3'] }), 'ledger.not-sent'],
  ])('are not taken in: %s', (_what, line, code) => {
    const hub = new Hub();
    hub.booked(send(4));
    hub.booked(send(2, glue));
    hub.booked(send(2, lamp));
    expect(hub.say(line).verdict).toMatchObject({ kind: 'refused', fault: { code } });
  });

  it('I-06: come once, whoever takes them in first', () => {
    const hub = new Hub();
    hub.booked(send(4));
    hub.booked(send(2, lamp));
    expect(hub.say(arrive(3)).verdict.kind).toBe('accepted');
    expect(hub.say(arrive(2)).verdict).toMatchObject({
      fault: { code: 'ledger.over-receipt', data: { allowed: 1 } },
    });
    const one = { ...lamp, line: lamp.item, serials: ['s1'] };
    expect(hub.say(arrive(1, one)).verdict.kind).toBe('accepted');
    expect(hub.say(arrive(1, one)).verdict).toMatchObject({
      fault: { code: 'ledger.serial-gone', data: { serial: 's1' } },
    });
  });

  it('come from where they were: each from the truck that it was sent in', () => {
    const hub = new Hub();
    hub.booked(send(4));
    hub.booked(send(2, { to: { warehouse: THERE, location: HERE } }));
    expect(hub.say(arrive(4)).verdict.kind).toBe('accepted');
    hub.say(arrive(2));
    const came = [...(hub.world.documents.get(WORK)?.takes.values() ?? [])].flatMap(({ line }) =>
      line.type === 'arrive.line' ? [line.from?.location] : [],
    );
    expect(came).toEqual([OTHER_PLACE, HERE]);
  });

  it('count as taken in once Exact has it, and not any more when they went back', () => {
    const hub = new Hub();
    hub.booked(send(4));
    const line = arrive(3, { posting: 'line-complete' });
    const target = hub.booked(line);
    expect(progress(hub.world, WORK).get(NUT)).toMatchObject({ received: 3, pending: 0 });
    expect(hub.undo(line, target, 'line.reverse').kind).toBe('accepted');
  });

  it('a line of which no more will come is done', () => {
    const hub = new Hub();
    hub.booked(send(4));
    hub.say(arrive(3));
    hub.say({
      ...{ type: 'exception.report', document: WORK, exception: 'short' },
      ...{ remedy: 'close-short', line: NUT, item: NUT, quantity: 1 },
    });
    expect(openOf(hub)).toEqual([[3, false]]);
    expect(told(hub)?.order.open).toBe(false);
  });

  it('I-17: stay in memory while somebody may come for them, and not for ever', () => {
    const hub = new Hub();
    hub.booked(send(4));
    const after = (ms: number) => retire(hub.world, hub.nowMs + ms).documents.has(WORK);
    expect(after(LIMITS.documentKeepMs + 1)).toBe(true);
    expect(after(LIMITS.loadKeepMs + 1)).toBe(false);
  });
});
