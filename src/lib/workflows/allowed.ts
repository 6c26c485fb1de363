// Who lives here: who may start a workflow: the roles that the file names for it, and that no other
// workflow lets somebody else in by calling it.

import { diagnostic, valueAt } from './diagnose.ts';
import { namesIn } from './calls.ts';
import { roleOf } from './roles.ts';
import type { Reading, Shared } from './reading.ts';
import type { Path, Source } from './source.ts';
import type { CompiledWorkflow, Diagnostic } from './types.ts';

/** The roles of which one is needed, as they stand in the file; absent: none is. */
function allowedIn(raw: unknown): readonly string[] | undefined {
  const list = valueAt(raw, ['roles']);
  if (!Array.isArray(list)) return undefined;
  const names: unknown[] = list;
  return names.filter((name): name is string => typeof name === 'string');
}

/** Roles that the file does not declare, or that stand there twice. */
export function checkAllowed(
  raw: unknown,
  path: Path,
  shared: Shared,
  source: Source,
): Diagnostic[] {
  const reading: Reading = { source, shared, found: [] };
  const names = allowedIn(raw) ?? [];
  names.forEach((name, index) => {
    const place = [...path, 'roles', index];
    roleOf(name, place, reading);
    if (names.indexOf(name) === index) return;
    const at = source.at(place);
    const told = diagnostic(at, 'named-twice', `“${name}” stands here already.`, 'Remove it.');
    reading.found.push(told);
  });
  return reading.found;
}

/** A workflow that calls one for some people is for these people, or for some of them. */
export function checkCallers(
  workflows: readonly CompiledWorkflow[],
  raws: readonly unknown[],
  source: Source,
): Diagnostic[] {
  const everywhere = workflows.filter(({ only, onlyRoles }) => (only ?? onlyRoles) === undefined);
  return everywhere.flatMap((caller) =>
    namesIn(caller).flatMap((id) => {
      const allowed = everywhere.find((each) => each.id === id)?.allowed;
      if (allowed === undefined) return [];
      if (caller.allowed?.every((role) => allowed.includes(role)) === true) return [];
      const index = raws.findIndex((raw) => valueAt(raw, ['id']) === caller.id);
      const message = `“${caller.id}” calls “${id}”, which is only for “${allowed.join('”, “')}”, and lets others in.`;
      const hint = `Add roles: [${allowed.join(', ')}] to “${caller.id}”, or remove the call.`;
      return [diagnostic(source.at(['workflows', index]), 'call-roles', message, hint)];
    }),
  );
}
