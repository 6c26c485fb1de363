// The hub asks by its own list who may say yes, and to how much.

import { expect, it } from 'vitest';
import { command, contextOf, id } from '../../../tests/torture/support/goods.ts';
import {
  after,
  count,
  counted,
  deliver,
  fresh,
  issue,
} from '../../../tests/torture/support/kinds.ts';
import type { GoodsLine, LineApproval } from '../domain/index.ts';
import { decide, withPeople } from './index.ts';
import type { World } from './index.ts';

const BERT: string = id('f', 901);
const WORLD = withPeople(fresh, [{ id: BERT, roles: ['supervisor'] }]);
const yes = (over: number | undefined, role = 'supervisor', by = BERT): object => {
  const approval: LineApproval = { step: 's', role, by, ...(over === undefined ? {} : { over }) };
  return { approvals: [approval] };
};
const verdict = (world: World, line: GoodsLine, seq = 1) =>
  decide(world, command(seq, line), contextOf(world)).verdict;

it.each([
  ['somebody without that role', yes(5, 'office')],
  ['somebody who is in no list', yes(5, 'supervisor', id('f', 902))],
])('a yes of %s is refused, with the role in its words', (_who, given) => {
  const role = _who.includes('without') ? 'office' : 'supervisor';
  expect(verdict(WORLD, issue(11, given))).toMatchObject({
    ...{ kind: 'refused', fault: { code: 'ledger.not-approved', data: { role } } },
  });
  expect(verdict(WORLD, count(counted(1), given))).toMatchObject({ kind: 'refused' });
});

it('I-06: over the plan goes what somebody said yes to, and not one piece more', () => {
  expect(verdict(WORLD, issue(11))).toMatchObject({ kind: 'refused' });
  expect(verdict(WORLD, issue(12, yes(2)))).toMatchObject({ kind: 'accepted' });
  const refused = verdict(WORLD, issue(13, yes(2)));
  expect(refused).toMatchObject({ fault: { code: 'ledger.over-pick', data: { allowed: 12 } } });
});

it('I-06: what another station took meanwhile counts against the yes', () => {
  const taken = after(WORLD, command(1, issue(4)));
  expect(verdict(taken, issue(12, yes(2)), 2)).toMatchObject({ fault: { data: { allowed: 8 } } });
  expect(verdict(taken, issue(8, yes(2)), 2)).toMatchObject({ kind: 'accepted' });
});

it('a yes to no quantity lets nothing go over, and nobody delivers over an order at all', () => {
  expect(verdict(WORLD, issue(11, yes(undefined)))).toMatchObject({ kind: 'refused' });
  expect(verdict(WORLD, deliver(11, yes(5)))).toMatchObject({ kind: 'refused' });
  expect(verdict(WORLD, deliver(10, yes(undefined)))).toMatchObject({ kind: 'accepted' });
});
