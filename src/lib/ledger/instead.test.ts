// Material that takes the place of what a shop order planned: only with a yes, in the same unit, never
// more than is open of the planned line, and what is open is right while Exact learns of it.

import { describe, expect, it } from 'vitest';
import { command, id } from '../../../tests/torture/support/goods.ts';
import { issue, NUT, SHOP, shop } from '../../../tests/torture/support/kinds.ts';
import { fresh, Hub } from '../../../tests/torture/support/undo-hub.ts';
import type { GoodsLine } from '../domain/index.ts';
import { progress, returnable, withDemands, withOrder, withPeople } from './index.ts';
import type { World } from './index.ts';

const BERT: string = id('f', 901);
const OTHER: string = id('f', 77);
const STEP = 'item-approval';
const now = { posting: 'line-complete' } as const;
const yes = { approvals: [{ step: STEP, role: 'supervisor', by: BERT }] };
const plain = { item: NUT.item, tracking: 'none', unit: 'pc' } as const;
const other = (quantity: number, more: object = {}): GoodsLine =>
  issue(quantity, { ...now, ...yes, item: OTHER, instead: plain, ...more });

function hubOf(world: World = fresh): Hub {
  const hub = new Hub();
  hub.world = withPeople(world, [{ id: BERT, roles: ['supervisor'] }]);
  return hub;
}
const said = ({ verdict }: ReturnType<Hub['say']>) =>
  verdict.kind === 'refused' ? [verdict.fault.code, verdict.fault.data['reason']] : [verdict.kind];
const open = ({ world }: Hub) => {
  const { received, pending } = progress(world, SHOP).get(NUT.line) ?? { received: 0, pending: 0 };
  const ordered = world.orders.get(SHOP)?.lines.find(({ id: line }) => line === NUT.line)?.ordered;
  return (ordered ?? 0) - received - pending;
};
/** The mirror shows so much planned of the line. */
const plannedIs = (hub: Hub, ordered: number) => {
  const lines = shop.lines.map((line) => (line.id === NUT.line ? { ...line, ordered } : line));
  hub.world = withOrder(hub.world, { ...shop, lines });
};

describe('what is refused, and why', () => {
  const REFUSED: readonly (readonly [string, GoodsLine, string, string | undefined])[] = [
    ['without a yes', other(1, { approvals: undefined }), 'ledger.not-approved', undefined],
    [
      'a yes of somebody without the role',
      other(1, { approvals: [{ step: STEP, role: 'office', by: BERT }] }),
      'ledger.not-approved',
      undefined,
    ],
    [
      'another planned item',
      other(1, { instead: { ...plain, item: OTHER } }),
      'ledger.invalid',
      'instead',
    ],
    ['the planned item itself', other(1, { item: NUT.item }), 'ledger.invalid', 'instead'],
    ['another unit', other(1, { instead: { ...plain, unit: 'kg' } }), 'ledger.invalid', 'unit'],
    ['more than is open', other(11), 'ledger.over-pick', undefined],
    [
      'more, whatever tolerance the station tells',
      other(11, { tolerance: 1 }),
      'ledger.over-pick',
      undefined,
    ],
    [
      'more, whatever somebody said yes to',
      other(11, { approvals: [{ ...yes.approvals[0], over: 5 }] }),
      'ledger.over-pick',
      undefined,
    ],
    [
      'batch goods without their batch',
      other(1, { instead: { ...plain, tracking: 'batch' } }),
      'ledger.facts-missing',
      undefined,
    ],
    ['a line nobody knows', other(1, { line: OTHER }), 'ledger.unknown-line', undefined],
  ];

  it.each(REFUSED)('%s', (_name, line, ...refused) => {
    const hub = hubOf();
    expect(said(hub.say(line))).toEqual(refused);
    expect(open(hub)).toBe(10);
  });

  it('by a revision that wants the yes to another question, or lets nothing take a place', () => {
    const hub = hubOf();
    const revision = command(1, other(1)).revision;
    const approvals = [{ step: STEP, role: 'supervisor' }];
    const demand = { roles: [], approvals, always: [], instead: [STEP] };
    const ask = (of: object) => {
      hub.world = withDemands(hub.world, new Map([[revision, { ...demand, ...of }]]));
      return said(hub.say(other(1)))[0];
    };
    expect(ask({ instead: undefined })).toBe('ledger.not-approved');
    expect(ask({ instead: ['another'] })).toBe('ledger.not-approved');
    expect(ask({})).toBe('accepted');
  });
});

describe('I-06: what is open of the planned line', () => {
  it('falls by it, and stays so while Exact has it and the mirror does not', () => {
    const hub = hubOf();
    hub.say(other(4));
    expect(open(hub)).toBe(6);
    hub.settle();
    expect(open(hub)).toBe(6);
    expect(said(hub.say(issue(7, now)))[0]).toBe('ledger.over-pick');
    plannedIs(hub, 6);
    expect(open(hub)).toBe(6);
  });

  it('is told once when two take its place and the mirror shows one of them', () => {
    const hub = hubOf();
    for (const quantity of [3, 2]) {
      hub.say(other(quantity));
      hub.settle();
    }
    expect(open(hub)).toBe(5);
    plannedIs(hub, 7);
    expect(open(hub)).toBe(5);
    plannedIs(hub, 5);
    expect(open(hub)).toBe(5);
  });

  it('is what it was where it was undone before it was cut', () => {
    const hub = hubOf();
    const line = other(4, { posting: 'document-complete' });
    const { id: target } = hub.say(line);
    expect(open(hub)).toBe(6);
    hub.undo(line, target);
    expect(open(hub)).toBe(10);
  });
});

it('a posting of its own, apart from what is issued as planned on the same line', () => {
  const hub = hubOf();
  hub.say(other(4));
  expect(hub.last).toMatchObject({
    ...{ kind: 'materialSubstitution', plan: NUT.line, item: OTHER, quantity: 4 },
  });
  hub.settle();
  hub.say(issue(2, now));
  expect(hub.last).toMatchObject({ kind: 'materialIssue', plan: NUT.line, item: NUT.item });
});

it('nothing of it comes back as the material that was planned', () => {
  const hub = hubOf();
  hub.say(other(4));
  hub.settle();
  expect(returnable(hub.world, SHOP).get(NUT.line) ?? []).toEqual([]);
});

it('what is counted otherwise than the planned material is checked as it is', () => {
  const hub = hubOf();
  const batch = other(2, { instead: { ...plain, tracking: 'batch' }, batch: 'B1' });
  expect(said(hub.say(batch))).toEqual(['accepted']);
  expect(hub.last).toMatchObject({ batches: [{ number: 'B1', quantity: 2 }] });
});
