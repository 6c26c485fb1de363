// What a revision demands of people, asked of the hub's own list: never of the station's word.

import { describe, expect, it } from 'vitest';
import {
  command,
  contextOf,
  finish,
  order,
  plain,
  worldWith,
} from '../../../tests/torture/support/goods.ts';
import type { LineApproval, Revision } from '../domain/index.ts';
import { decide, withDemands, withPeople } from './index.ts';
import type { Demand } from './index.ts';

const ANNA = '0192a000-0000-7000-8000-0000000000a1';
const BERT = '0192a000-0000-7000-8000-0000000000b2';
const GONE = '0192a000-0000-7000-8000-0000000000c3';
const REVISION = command(1, plain(1)).revision;

const world = (demand: Partial<Demand>, revision: Revision = REVISION) => {
  const people = [
    { id: ANNA, roles: ['picker'] },
    { id: BERT, roles: ['supervisor'] },
  ];
  const whole: Demand = { roles: [], approvals: [], always: [], ...demand };
  return withDemands(withPeople(worldWith(order()), people), new Map([[revision, whole]]));
};
const yes = (more: Partial<LineApproval> = {}): LineApproval => ({
  ...{ step: 'check', role: 'supervisor', by: BERT },
  ...more,
});

function verdictOf(
  demand: Partial<Demand>,
  operator: string,
  approvals?: readonly LineApproval[],
  revision?: Revision,
) {
  const line = approvals === undefined ? plain(4) : plain(4, { approvals });
  const now = world(demand, revision);
  const made = { ...command(1, line), operator };
  const { verdict } = decide(now, made, contextOf(now));
  return verdict.kind === 'refused' ? verdict.fault : verdict.kind;
}

const SUPERVISORS = { roles: [['supervisor']] };
const ASKED = { approvals: [{ step: 'check', role: 'supervisor' }] };

describe('who may book', () => {
  it('is refused by the name of the role', () => {
    expect(verdictOf(SUPERVISORS, ANNA)).toEqual({
      ...{ code: 'ledger.not-your-work', data: { role: 'supervisor' } },
    });
    expect(verdictOf(SUPERVISORS, 'dock-1')).toMatchObject({ code: 'ledger.not-your-work' });
    expect(verdictOf(SUPERVISORS, BERT)).toBe('accepted');
  });

  it('has one of each list of roles, and any of one', () => {
    expect(verdictOf({ roles: [['picker', 'supervisor']] }, ANNA)).toBe('accepted');
    expect(verdictOf({ roles: [['picker'], ['supervisor']] }, ANNA)).toMatchObject({
      ...{ code: 'ledger.not-your-work', data: { role: 'supervisor' } },
    });
  });

  it('is somebody who is written down, where badges are in use; a station has a name of its own', () => {
    expect(verdictOf({}, GONE)).toMatchObject({ code: 'ledger.unknown-person' });
    expect(verdictOf({}, 'dock-1')).toBe('accepted');
    const free = withPeople(world({}), []);
    const made = { ...command(1, plain(4)), operator: GONE };
    expect(decide(free, made, contextOf(free)).verdict.kind).toBe('accepted');
  });

  it('may leave and tell, whoever it is: only goods are refused', () => {
    const now = world(SUPERVISORS);
    const taken = decide(now, { ...command(1, plain(4)), operator: BERT }, contextOf(now));
    expect(taken.verdict.kind).toBe('accepted');
    const made = { ...command(1, finish()), operator: ANNA };
    expect(decide(now, made, contextOf(now)).verdict.kind).toBe('accepted');
  });

  it('is not asked by a revision that this hub never had: its goods have moved', () => {
    expect(verdictOf(SUPERVISORS, ANNA, undefined, 'another' as Revision)).toBe('accepted');
  });
});

describe('a yes', () => {
  it('is of the role that the file wants, not of the one that the command names', () => {
    const other = verdictOf(ASKED, 'dock-1', [yes({ role: 'picker', by: ANNA })]);
    expect(other).toEqual({ code: 'ledger.not-approved', data: { role: 'supervisor' } });
    expect(verdictOf(ASKED, 'dock-1', [yes()])).toBe('accepted');
  });

  it('to a question that the file has not is none', () => {
    expect(verdictOf(ASKED, 'dock-1', [yes({ step: 'other' })])).toMatchObject({
      code: 'ledger.not-approved',
    });
    expect(verdictOf({}, 'dock-1', [yes()])).toMatchObject({ code: 'ledger.not-approved' });
  });

  it('that every line needs is not left out', () => {
    const always = { ...ASKED, always: ['check'] };
    expect(verdictOf(always, 'dock-1')).toMatchObject({
      ...{ code: 'ledger.not-approved', data: { role: 'supervisor' } },
    });
    expect(verdictOf(always, 'dock-1', [yes()])).toBe('accepted');
    expect(verdictOf(ASKED, 'dock-1')).toBe('accepted');
  });

  it('of somebody who has not that role is none, whatever the file wants', () => {
    expect(verdictOf(ASKED, 'dock-1', [yes({ by: ANNA })])).toMatchObject({
      code: 'ledger.not-approved',
    });
  });
});

describe('what may come over the order', () => {
  const booked = (says: number, share: number | undefined, revision?: Revision) => {
    const now = world(share === undefined ? {} : { tolerance: share }, revision);
    const { ordered } = order().lines[0] ?? { ordered: 0 };
    const line = plain(ordered * 1.5, { tolerance: says });
    const { verdict } = decide(now, command(1, line), contextOf(now));
    return verdict.kind === 'refused' ? verdict.fault.code : verdict.kind;
  };

  it('is what its file lets over it, whatever the station says', () => {
    expect(booked(0.5, 0.5)).toBe('accepted');
    expect(booked(0.5, 0.1)).toBe('ledger.over-receipt');
    expect(booked(9, 0)).toBe('ledger.over-receipt');
    expect(booked(0.1, 0.5)).toBe('ledger.over-receipt');
  });

  it('is what the station says of a revision of which this hub does not know it', () => {
    expect(booked(0.5, undefined)).toBe('accepted');
    expect(booked(0.5, 0, 'another' as Revision)).toBe('accepted');
  });
});
