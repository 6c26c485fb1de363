// Who lives here: the roles of a workflow file: names with what operators read. A question may want
// the yes of somebody with one; who that is stands on the admin page and never in the file.

import { diagnostic, didYouMean, valueAt } from './diagnose.ts';
import type { Read } from './branches.ts';
import type { Reading } from './reading.ts';
import type { Path, Source } from './source.ts';
import type { LANGUAGES } from './types.ts';
import type { CompiledWorkflow, Label, Role, Step } from './types.ts';

/** `unread`: what the file has there can't be read, which is told where it stands. */
export type Roles = ReadonlyMap<string, Role> | 'unread';

/** What stands there, as far as it can be read; what is wrong with it the schema tells. */
function labelOf(raw: unknown): Label {
  const said = (language: (typeof LANGUAGES)[number]) => {
    const text = valueAt(raw, [language]);
    return typeof text === 'string' ? text : '';
  };
  return { en: said('en'), nl: said('nl'), de: said('de'), fr: said('fr') };
}

/** The roles that the file declares. */
export function rolesAt(source: Source): Roles {
  const raw = valueAt(source.value, ['roles']);
  if (raw === undefined) return new Map();
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return 'unread';
  return new Map(
    Object.entries(raw).map(([name, label]) => [name, { name, label: labelOf(label) }]),
  );
}

/** The role of this name; one that the file does not declare is told at `path`. */
export function roleOf(name: string, path: Path, reading: Reading): Role | undefined {
  const { roles, usedRoles } = reading.shared;
  usedRoles.add(name);
  if (roles === 'unread') return undefined;
  const role = roles.get(name);
  if (role !== undefined) return role;
  const message = `There is no role called “${name}”.`;
  const hint = didYouMean(name, [...roles.keys()]) ?? `Add ${name}: with its label to roles.`;
  reading.found.push(diagnostic(reading.source.at(path), 'unknown-name', message, hint));
  return undefined;
}

/** Whose yes an `ask: approval` wants. */
export function approverOf(
  raw: { readonly ask: string; readonly role?: string | undefined },
  path: Path,
  reading: Reading,
): { role?: Role } {
  if (raw.role !== undefined) {
    const role = roleOf(raw.role, [...path, 'role'], reading);
    return role === undefined ? {} : { role };
  }
  if (raw.ask !== 'approval') return {};
  const message = 'Nobody knows whose yes is asked at ask: approval without a role.';
  const hint = 'Add role: with a name of roles.';
  reading.found.push(diagnostic(reading.source.at(path), 'missing', message, hint));
  return {};
}

/** A quantity whose `over` wants somebody's yes. */
interface Over {
  readonly path: Path;
  readonly id: string;
  readonly over: unknown;
}

/** Behind the quantity the yes to what goes over it is asked: a question like any other. */
export function withApproval(
  steps: readonly Read[],
  quantities: readonly Over[],
  reading: Reading,
): Read[] {
  const wanted = quantities.flatMap(({ path, id, over }) => {
    const name = valueAt(over, ['role']);
    return typeof name === 'string' ? [{ path: [...path, 'over'], id, name }] : [];
  });
  const [first] = wanted;
  const last = wanted.at(-1);
  if (first === undefined || last === undefined) return [...steps];
  const other = wanted.find(({ name }) => name !== first.name);
  if (other !== undefined) {
    const message = `Two questions for the quantity want a yes of different roles.`;
    const hint = `Write role: ${first.name} at both.`;
    const at = reading.source.at([...other.path, 'role']);
    reading.found.push(diagnostic(at, 'differs', message, hint));
  }
  const role = roleOf(first.name, [...first.path, 'role'], reading);
  const at = steps.findIndex(({ step }) => step.id === last.id);
  if (role === undefined || at === -1) return [...steps];
  const id = `${first.id}-approval`;
  const step: Step = { kind: 'ask', id, fact: 'approval', role, over: true };
  const asked: Read = { step, path: first.path, arms: [] };
  return [...steps.slice(0, at + 1), asked, ...steps.slice(at + 1)];
}

/** Goods that others may take the place of. */
export interface Replaced {
  readonly path: Path;
  readonly id: string;
  readonly role: string;
}

/** When all is known of what takes the place of other goods, the yes to it: a question like any other. */
export function withSubstitute(
  steps: readonly Read[],
  [wanted]: readonly Replaced[],
  reading: Reading,
): Read[] {
  if (wanted === undefined) return [...steps];
  const path: Path = [...wanted.path, 'substitute'];
  const role = roleOf(wanted.role, [...path, 'role'], reading);
  const at = steps.findIndex(({ step }) => step.kind === 'confirm');
  if (role === undefined || at === -1) return [...steps];
  const id = `${wanted.id}-approval`;
  const step: Step = { kind: 'ask', id, fact: 'approval', role, instead: true };
  return [...steps.slice(0, at), { step, path: wanted.path, arms: [] }, ...steps.slice(at)];
}

/** The roles that a workflow asks for, in its questions or by these names, each once. */
export function rolesIn(
  steps: readonly Step[],
  names: readonly string[],
  declared: Roles,
): Pick<CompiledWorkflow, 'roles'> {
  const roles = new Map<string, Role>();
  for (const name of names) {
    const role = declared === 'unread' ? undefined : declared.get(name);
    if (role !== undefined) roles.set(name, role);
  }
  for (const step of steps) {
    if (step.kind === 'ask' && step.role !== undefined) roles.set(step.role.name, step.role);
  }
  return roles.size === 0 ? {} : { roles: [...roles.values()] };
}

/** Roles that stand in the file and that nothing asks for. */
export function unusedRoles(roles: Roles, used: ReadonlySet<string>): readonly string[] {
  return roles === 'unread' ? [] : [...roles.keys()].filter((name) => !used.has(name));
}
