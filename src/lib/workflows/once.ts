// Who lives here: faults of a fragment stand in its text, once, whichever and how many workflows
// use it; who does is told with them. So are faults that only an override brings.

import type { Diagnostic } from './types.ts';

/** What was found while reading one workflow, or nobody's: a fragment that no workflow uses. */
export interface Found {
  readonly workflow?: string;
  readonly diagnostics: readonly Diagnostic[];
}

const keyOf = ({ line, column, code, message, hint }: Diagnostic): string =>
  JSON.stringify([line, column, code, message, hint]);

/** More users than these are counted. */
const MAX_USERS = 3;

function users(names: readonly string[]): string {
  const shown = names.slice(0, MAX_USERS).map((name) => `“${name.slice(0, 40)}”`);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop() ?? '';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** Each fault once; `fragmentAt` answers in the text of which fragment a fault stands. */
export function toldOnce(
  all: readonly Found[],
  fragmentAt: (one: Diagnostic) => string | undefined,
): Diagnostic[] {
  const groups = new Map<string, { one: Diagnostic; by: Set<string> }>();
  for (const { workflow, diagnostics } of all) {
    for (const one of diagnostics) {
      const group = groups.get(keyOf(one)) ?? { one, by: new Set() };
      if (workflow !== undefined) group.by.add(workflow);
      groups.set(keyOf(one), group);
    }
  }
  return [...groups.values()].map(({ one, by }) => {
    const fragment = fragmentAt(one);
    if (fragment === undefined || by.size === 0) return one;
    const where = `(Fragment “${fragment}”, used by ${users([...by])}.)`;
    return { ...one, message: `${one.message} ${where}` };
  });
}

/** Faults that come only with the settings of some stations or roles, and say so. */
export function onlyThere(
  found: readonly Diagnostic[],
  everywhere: readonly Diagnostic[],
  {
    stations,
    roles,
  }: { readonly stations?: readonly string[]; readonly roles?: readonly string[] },
): Diagnostic[] {
  const known = new Set(everywhere.map(keyOf));
  const of = [
    ...(stations === undefined ? [] : [`the stations ${users(stations)}`]),
    ...(roles === undefined ? [] : [`the role ${users(roles)}`]),
  ];
  const where = `(With the settings of ${of.join(' and ')}.)`;
  return found.flatMap((one) => {
    return known.has(keyOf(one)) ? [] : [{ ...one, message: `${one.message} ${where}` }];
  });
}
