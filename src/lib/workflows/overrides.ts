// Who lives here: other values of settings for some stations. A workflow whose steps come out
// otherwise with them is compiled once more, for these stations; the first that fits counts.

import { fitsPattern } from '../domain/index.ts';
import { diagnostic, didYouMean, valueAt } from './diagnose.ts';
import { checkSettings, settingsAt, unlike } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Path, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

export interface Override {
  /** Patterns of station names. */
  readonly stations: readonly string[];
  /** Those of the file, with the other values in place. */
  readonly settings: Settings;
}

const LIST: Path = ['overrides'];

function rows(source: Source): { path: Path; stations: readonly string[]; settings: Settings }[] {
  const raw = valueAt(source.value, LIST);
  if (!Array.isArray(raw)) return [];
  return raw.map((each: unknown, index) => {
    const path = [...LIST, index];
    const stations = valueAt(each, ['stations']);
    const texts: unknown[] = Array.isArray(stations) ? stations : [];
    return {
      path,
      stations: texts.filter((text): text is string => typeof text === 'string'),
      settings: settingsAt(source, [...path, 'settings']),
    };
  });
}

/** The overrides of a file whose form is right, in their order. */
export function overridesOf(source: Source, base: Settings): Override[] {
  return rows(source).map(({ stations, settings }) => ({
    stations,
    settings: new Map([...base, ...settings]),
  }));
}

function unknownSettings(
  { path, settings }: { path: Path; settings: Settings },
  base: Settings,
  source: Source,
): Diagnostic[] {
  return [...settings].flatMap(([name, given]) => {
    const wanted = base.get(name);
    const place = [...path, 'settings', name];
    if (wanted === undefined) {
      const hint = didYouMean(name, [...base.keys()]) ?? `Add ${name}: … to settings.`;
      const message = `There is no setting called “${name}”.`;
      return [diagnostic(source.atKey(place), 'unknown-name', message, hint)];
    }
    const why = unlike(given, wanted);
    if (why === undefined) return [];
    const message = `“${name}” ${why}.`;
    return [diagnostic(source.at(place), 'invalid-value', message, 'Write it as in settings.')];
  });
}

/** What the form can't tell: names and kinds of the settings, and patterns that never come up. */
export function checkOverrides(source: Source, base: Settings): Diagnostic[] {
  const before: string[] = [];
  return rows(source).flatMap((row) => {
    const { path, stations } = row;
    const hidden = stations.flatMap((pattern, index) => {
      // A pattern lies within another when that one takes its `*` for a letter like any.
      const wide = before.find((each) => fitsPattern(each, pattern));
      if (wide === undefined) return [];
      const message = `No station gets here: “${wide}” above takes those of “${pattern}” too.`;
      const at = source.at([...path, 'stations', index]);
      const told = diagnostic(at, 'hidden', message, `Move it above “${wide}”, or remove it.`);
      return [{ ...told, severity: 'warning' as const }];
    });
    before.push(...stations);
    const settings = checkSettings([...path, 'settings'], source);
    return [...hidden, ...unknownSettings(row, base, source), ...settings];
  });
}
