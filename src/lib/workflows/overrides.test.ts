// Other settings for some stations: a workflow of the same id for them alone, proven like any.

import { describe, expect, it } from 'vitest';
import { CONSTRUCTS } from '../../../tests/samples/workflows/constructs.ts';
import { compile, explain, LANGUAGES } from './index.ts';

const hash = (text: string) => text;
const variants = (text: string) =>
  compile(text, hash).workflows.map(({ id, only }) => `${id} ${only?.join() ?? 'all others'}`);

describe('an override', () => {
  it('makes a variant of the workflows that come out otherwise, and of no other', () => {
    expect(variants(CONSTRUCTS)).toEqual([
      'receive cold-1',
      'receive cold-*,dock-9',
      'receive all others',
      'receive-vip all others',
    ]);
    const ids = compile(CONSTRUCTS, hash).workflows.map(({ revision }) => revision);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('that changes nothing makes none, unless a wider one behind it would take its stations', () => {
    const same = CONSTRUCTS.replace('{ over: 0% }', '{ over: 10% }');
    expect(variants(same)).toEqual(variants(CONSTRUCTS));
    const last = CONSTRUCTS.replace('{ many: 5, careful: false }', '{ many: 100 }');
    expect(variants(last)).toEqual([
      'receive cold-1',
      'receive all others',
      'receive-vip all others',
    ]);
  });

  it('is proven as well: a trap that only its stations would meet refuses the file', () => {
    const trap = CONSTRUCTS.replace(
      'if: warehouse.usesLocations',
      'if: warehouse.usesLocations && settings.careful',
    );
    const { workflows, diagnostics } = compile(trap, hash);
    expect(workflows).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['trap']);
    expect(diagnostics[0]?.message).toContain('of the stations “cold-*” and “dock-9”');
    expect(diagnostics[0]?.hint).toContain('“location”');
  });

  it('behind a wider one is told, whatever stars the two have', () => {
    const stations = (first: string, second: string) => {
      const text = CONSTRUCTS.replace("['cold-1']", `['${first}']`);
      return compile(text.replace("['cold-*', 'dock-9']", `['${second}']`), hash).diagnostics;
    };
    const hidden: [string, string][] = [
      ['*', 'cold-1'],
      ['cold-*', 'cold-*-north'],
      ['*-1', 'cold-*-1'],
      ['a', 'a'],
    ];
    for (const [first, second] of hidden) {
      const [told] = stations(first, second);
      expect(told, second).toMatchObject({ code: 'hidden', severity: 'warning' });
    }
    const open: [string, string][] = [
      ['cold-1', 'cold-*'],
      ['cold-*-north', 'cold-*'],
      ['*-1', '*'],
      ['a*b', 'a*'],
    ];
    for (const [first, second] of open) expect(stations(first, second), second).toEqual([]);
  });
});

describe('an override for a role', () => {
  const WITH = CONSTRUCTS.replace(
    'settings:\n',
    'roles:\n  boss: { en: Boss, nl: Baas, de: Chef, fr: Chef }\nsettings:\n',
  ).replace('overrides:\n', 'overrides:\n  - roles: [boss]\n    settings: { over: 50% }\n');
  const share = (text: string, only: string | undefined, onlyRoles: string | undefined) => {
    const { workflows } = compile(text, hash);
    const found = workflows.find(
      (each) =>
        each.id === 'receive' && each.only?.join() === only && each.onlyRoles?.join() === onlyRoles,
    );
    return found?.steps.flatMap((step) =>
      step.kind === 'ask' && step.tolerance !== undefined ? [step.tolerance] : [],
    )[0];
  };

  it('goes before that of a station, value by value, and is chosen before it', () => {
    expect(share(WITH, 'cold-1', undefined)).toBe(0);
    expect(share(WITH, 'cold-1', 'boss')).toBe(0.5);
    expect(share(WITH, undefined, 'boss')).toBe(0.5);
    const first = compile(WITH, hash).workflows.filter(({ id }) => id === 'receive');
    expect(first.map(({ onlyRoles }) => onlyRoles?.join())).toEqual([
      ...['boss', 'boss', 'boss', undefined, undefined, undefined],
    ]);
    expect(
      first.every(({ onlyRoles, roles }) => onlyRoles === undefined || roles?.length === 1),
    ).toBe(true);
  });

  it('leaves what it does not name as the station has it', () => {
    const careful = WITH.replace('{ over: 50% }', '{ careful: false }');
    expect(share(careful, 'cold-1', 'boss')).toBe(0);
  });

  it('is told where a station says otherwise, and the file is in force all the same', () => {
    const { workflows, diagnostics } = compile(WITH, hash);
    expect(workflows.length).toBeGreaterThan(0);
    expect(diagnostics).toMatchObject([{ code: 'role-first', severity: 'warning' }]);
  });

  it.each(LANGUAGES)('and who may start it, are told in %s', (language) => {
    const only = WITH.replace('    stations: [', '    roles: [boss]\n    stations: [');
    const [first] = compile(only, hash).workflows;
    expect(first?.allowed).toEqual(['boss']);
    const told = first === undefined ? '' : explain(first, language);
    expect(told.match(/“(?:Boss|Baas|Chef)”/g)).toHaveLength(2);
  });
});
