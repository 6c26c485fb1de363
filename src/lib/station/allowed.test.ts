// Who may do which work at a station.

import { describe, expect, it } from 'vitest';
import { finish, plain } from '../../../tests/torture/support/goods.ts';
import { mayStart, notYours } from './allowed.ts';
import { menuOf } from './words.ts';

const ONLY = { allowed: ['supervisor', 'chemist'] };
const VARIANT = { onlyRoles: ['supervisor'] };
const goods = [{ payload: plain(1) }];

describe('work for some roles', () => {
  it.each([
    [{}, [], true],
    [ONLY, [], false],
    [ONLY, ['picker'], false],
    [ONLY, ['picker', 'chemist'], true],
    [{ ...ONLY, ...VARIANT }, ['chemist'], false],
    [{ ...ONLY, ...VARIANT }, ['supervisor'], true],
  ])('%o is of somebody with %o: %s', (work, roles, may) => {
    expect(mayStart(work, roles)).toBe(may);
  });

  it('names the role that is lacking, and only where goods are booked', () => {
    expect(notYours(ONLY, [], goods)?.data).toEqual({ role: 'supervisor' });
    expect(notYours({ ...ONLY, ...VARIANT }, ['chemist'], goods)?.data).toEqual({
      role: 'supervisor',
    });
    expect(notYours(ONLY, ['chemist'], goods)).toBeUndefined();
    expect(notYours(ONLY, [], [{ payload: finish() }])).toBeUndefined();
    expect(notYours(ONLY, [], [])).toBeUndefined();
  });

  it('is no part of the menu of others, who hear that there is more', () => {
    const all = [
      { id: 'receive', stations: [], ...VARIANT },
      { id: 'receive', stations: [] },
      { id: 'count', stations: [], ...ONLY },
      { id: 'pick', stations: ['pick-*'], ...ONLY },
    ];
    const ids = (roles: readonly string[]) => {
      const { workflows, more } = menuOf(all, 'dock-1', roles);
      return [workflows.map((each) => all.indexOf(each)), more];
    };
    expect(ids([])).toEqual([[1], true]);
    expect(ids(['chemist'])).toEqual([[1, 2], false]);
    expect(ids(['supervisor'])).toEqual([[0, 2], false]);
  });
});
