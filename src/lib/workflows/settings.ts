// Who lives here: the named values of a workflow file. A condition asks for them as `settings.name`;
// they are put in when the file is read, so that a running dialogue knows nothing of them.

import { diagnostic, didYouMean, valueAt } from './diagnose.ts';
import { putIn } from './fold.ts';
import type { Path, Source } from './source.ts';
import type { Condition, Diagnostic } from './types.ts';

export type Setting =
  | { readonly kind: 'number' | 'percentage'; readonly value: number }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  /** The file has it, but what it is worth can't be read; that is told where it stands. */
  | { readonly kind: 'unread'; readonly value?: undefined };
export type Settings = ReadonlyMap<string, Setting>;

const KINDS: Readonly<Record<Setting['kind'], string>> = {
  number: 'a number',
  percentage: 'a percentage',
  truth: 'true or false',
  text: 'a text',
  unread: 'nothing that can be read',
};

/** A share such as 0.1 for `10%`. */
export const shareOf = (text: string): number => Number.parseFloat(text) / 100;

/** YAML 1.2 has `true` and `false`; these words are texts, and nobody means a text by them. */
function likeTruth(value: unknown): boolean | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^(yes|on)$/i.test(value)) return true;
  return /^(no|off)$/i.test(value) ? false : undefined;
}

function settingOf(value: unknown): Setting {
  if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'number', value };
  if (typeof value === 'boolean') return { kind: 'truth', value };
  if (typeof value !== 'string') return { kind: 'unread' };
  if (likeTruth(value) !== undefined) return { kind: 'unread' };
  if (/^\d{1,3}(\.\d{1,2})?%$/.test(value)) return { kind: 'percentage', value: shareOf(value) };
  return { kind: 'text', value };
}

/** The settings at a path of the file: those of all stations, or those of one override. */
export function settingsAt(source: Source, path: Path): Settings {
  const raw = valueAt(source.value, path);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return new Map();
  return new Map(Object.entries(raw).map(([name, value]) => [name, settingOf(value)]));
}

/** What the schema lets through and still is no value: words that look like yes and no. */
export function checkSettings(path: Path, source: Source): Diagnostic[] {
  const raw = valueAt(source.value, path);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  return Object.entries(raw).flatMap(([name, value]) => {
    const meant = likeTruth(value);
    if (meant === undefined) return [];
    const message = `“${String(value)}” is a text here, not a yes or no.`;
    const at = source.at([...path, name]);
    return [diagnostic(at, 'invalid-value', message, `Write ${name}: ${String(meant)}`)];
  });
}

/** For the type checker of conditions; all numbers and shares are doubles, as quantities are. */
export function celTypes(settings: Settings): Record<string, string> {
  const types = { number: 'double', percentage: 'double', truth: 'bool', text: 'string' };
  return Object.fromEntries(
    [...settings].map(([name, { kind }]) => [name, kind === 'unread' ? 'dyn' : types[kind]]),
  );
}

/** Names of settings that a condition asks for. */
export const settingsOf = (variables: readonly string[]): string[] =>
  variables.flatMap((name) => (name.startsWith('settings.') ? [name.slice(9)] : []));

/** A condition with the values of these settings in it. */
export function withSettings(condition: Condition, settings: Settings): Condition {
  return putIn(condition, (group, field) =>
    group === 'settings' ? settings.get(field)?.value : undefined,
  );
}

/** The share that `tolerance: settings.name` stands for; else why it is none. */
export function shareSetting(
  name: string,
  settings: Settings,
): { share: number } | { code: string; message: string; hint?: string } | undefined {
  const setting = settings.get(name);
  if (setting?.kind === 'percentage') return { share: setting.value };
  // What is wrong with it is told where it stands.
  if (setting?.kind === 'unread') return undefined;
  if (setting === undefined) {
    const message = `There is no setting called “${name}”.`;
    const hint = didYouMean(name, [...settings.keys()]) ?? `Add ${name}: 10% to settings.`;
    return { code: 'unknown-name', message, hint };
  }
  const message = `“${name}” is ${KINDS[setting.kind]}; a tolerance is a percentage.`;
  return { code: 'invalid-value', message, hint: `Write ${name}: 10% in settings.` };
}

/** What an override must be, to stand in for the setting of this name. */
export function unlike(given: Setting, wanted: Setting): string | undefined {
  if (given.kind === wanted.kind || given.kind === 'unread' || wanted.kind === 'unread') return;
  return `is ${KINDS[given.kind]}, but in settings it is ${KINDS[wanted.kind]}`;
}
