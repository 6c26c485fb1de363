// Who lives here: what the passes over the steps of one workflow share: the file and its settings
// and fragments, what was found so far, and how a condition is read with the place of its fault.

import { Conditions } from './condition.ts';
import { diagnostic, didYouMean } from './diagnose.ts';
import { variablesOf } from './fold.ts';
import { Fragments } from './fragments.ts';
import type { Roles } from './roles.ts';
import { celTypes, settingsOf, shareOf, shareSetting } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Path, Source } from './source.ts';
import type { Condition, Diagnostic } from './types.ts';

/** What all workflows of one file share. */
export interface Shared {
  readonly settings: Settings;
  readonly fragments: Fragments;
  readonly conditions: Conditions;
  /** Names of settings that somebody asks for. */
  readonly used: Set<string>;
  readonly roles: Roles;
  /** Names of roles that somebody asks for. */
  readonly usedRoles: Set<string>;
}

/** Answers that a workflow asks for: CEL's type of each, and of a choice its values. */
export type Answers = ReadonlyMap<
  string,
  { readonly type: string; readonly values?: readonly string[] }
>;

export interface Reading {
  readonly source: Source;
  readonly shared: Shared;
  readonly answers?: Answers;
  readonly found: Diagnostic[];
}

export function sharedOf(settings: Settings, fragments: unknown, roles: Roles = new Map()): Shared {
  return {
    settings,
    fragments: new Fragments(fragments),
    conditions: new Conditions(celTypes(settings)),
    used: new Set(),
    roles,
    usedRoles: new Set(),
  };
}

function hintFor(name: string, { shared, answers }: Reading): string | undefined {
  const ids = [...(answers?.keys() ?? [])];
  const [group, field = 'name'] = name.split('.');
  const dashed = ids.find((id) => group === 'answers' && id.startsWith(`${field}-`));
  if (dashed !== undefined) {
    return `A condition can't read the dash of “${dashed}”: give it an id of letters and digits.`;
  }
  const near = didYouMean(name, [
    ...shared.conditions.names(),
    ...ids.map((id) => `answers.${id}`),
  ]);
  if (group === 'answers') return near ?? `Ask for it: - ask: yes-no, with id: ${field}`;
  return near ?? (group === 'settings' ? `Add ${field}: … to settings.` : undefined);
}

/** A condition of the file, with `settings.name` still in it; a fault is told at its column. */
export function conditionOf(
  text: string,
  wanted: 'bool' | 'double',
  path: Path,
  reading: Reading,
): Condition | undefined {
  const { conditions, used } = reading.shared;
  const answers = [...(reading.answers ?? [])].map(([name, { type }]) => [name, type]);
  const read = conditions.read(text, wanted, Object.fromEntries(answers));
  if (read.ok) {
    for (const name of settingsOf(variablesOf(read.condition))) used.add(name);
    return read.condition;
  }
  const at = reading.source.inside(path, read.offset);
  const word = /^[\w.]+/.exec(text.slice(read.offset))?.[0] ?? '';
  const lead = /[\w.]*$/.exec(text.slice(0, read.offset))?.[0] ?? '';
  const unknown = /unknown variable|no such key/i.test(read.message);
  const hint = unknown ? hintFor(lead + word, reading) : undefined;
  const code = unknown ? 'unknown-name' : 'condition';
  const said = unknown ? `nothing is called “${lead + word}”` : read.message;
  reading.found.push(diagnostic(at, code, `Condition: ${said}.`, hint));
  return undefined;
}

/** A share that is written as a percentage or as a setting that is one; a fault is told at `path`. */
export function toleranceAt(
  text: string | undefined,
  path: Path,
  { shared, source, found }: Reading,
): number | undefined {
  if (text === undefined) return undefined;
  if (!text.startsWith('settings.')) return shareOf(text);
  const name = text.slice('settings.'.length);
  shared.used.add(name);
  const read = shareSetting(name, shared.settings);
  if (read === undefined || 'share' in read) return read?.share;
  found.push(diagnostic(source.at(path), read.code, read.message, read.hint));
  return undefined;
}
