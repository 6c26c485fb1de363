// Who lives here: other values of settings for some stations, and for some roles. A workflow whose
// steps come out otherwise with them is compiled once more, for these stations and these people.
// One rule decides where several fit: of the stations' overrides the first that fits counts, of the
// roles' too, and what a role says goes before what a station says, value by value.

import { fitsPattern, LIMITS } from '../domain/index.ts';
import { diagnostic, didYouMean, valueAt } from './diagnose.ts';
import type { Roles } from './roles.ts';
import { checkSettings, settingsAt, unlike } from './settings.ts';
import type { Settings } from './settings.ts';
import type { Path, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

/** One way in which overrides meet: of some stations, of some roles, or of both. */
export interface Override {
  /** Patterns of station names; absent: all. */
  readonly stations?: readonly string[];
  /** Of which whoever works has one; absent: whoever works. */
  readonly roles?: readonly string[];
  /** Those of the file, with the other values in place. */
  readonly settings: Settings;
}

const LIST: Path = ['overrides'];

interface Row {
  readonly path: Path;
  readonly stations: readonly string[];
  readonly roles: readonly string[];
  readonly settings: Settings;
}

function rows(source: Source): Row[] {
  const raw = valueAt(source.value, LIST);
  if (!Array.isArray(raw)) return [];
  const textsAt = (each: unknown, name: string): string[] => {
    const list = valueAt(each, [name]);
    const texts: unknown[] = Array.isArray(list) ? list : [];
    return texts.filter((text): text is string => typeof text === 'string');
  };
  return raw.map((each: unknown, index) => {
    const path = [...LIST, index];
    const settings = settingsAt(source, [...path, 'settings']);
    return { path, stations: textsAt(each, 'stations'), roles: textsAt(each, 'roles'), settings };
  });
}

const ofStations = (all: readonly Row[]) => all.filter(({ stations }) => stations.length > 0);
const ofRoles = (all: readonly Row[]) => all.filter(({ roles }) => roles.length > 0);

/** Every way in which the overrides of a file whose form is right meet, in the order of choice. */
export function overridesOf(source: Source, base: Settings): Override[] {
  const all = rows(source);
  const places = ofStations(all);
  const together = ofRoles(all).flatMap(({ roles, settings }): Override[] => [
    ...places.map((place) => ({
      ...{ stations: place.stations, roles },
      settings: new Map([...base, ...place.settings, ...settings]),
    })),
    { roles, settings: new Map([...base, ...settings]) },
  ]);
  const alone = places.map(({ stations, settings }) => ({
    stations,
    settings: new Map([...base, ...settings]),
  }));
  return [...together, ...alone];
}

/** The roles that overrides are for. */
export const rolesOverridden = (source: Source): string[] =>
  rows(source).flatMap(({ roles }) => roles);

function unknownSettings({ path, settings }: Row, base: Settings, source: Source): Diagnostic[] {
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

const warning = (told: Diagnostic): Diagnostic => ({ ...told, severity: 'warning' });

/** Patterns that never come up, because one above takes their stations. */
function hiddenStations(places: readonly Row[], source: Source): Diagnostic[] {
  const before: string[] = [];
  return places.flatMap(({ path, stations }) => {
    const hidden = stations.flatMap((pattern, index) => {
      // A pattern lies within another when that one takes its `*` for a letter like any.
      const wide = before.find((each) => fitsPattern(each, pattern));
      if (wide === undefined) return [];
      const message = `No station gets here: “${wide}” above takes those of “${pattern}” too.`;
      const at = source.at([...path, 'stations', index]);
      return [warning(diagnostic(at, 'hidden', message, `Move it above “${wide}”, or remove it.`))];
    });
    before.push(...stations);
    return hidden;
  });
}

/** Roles that the file does not declare, and those that an override above has already. */
function roleFaults(all: readonly Row[], roles: Roles, source: Source): Diagnostic[] {
  const before = new Set<string>();
  return all.flatMap(({ path, roles: named }) =>
    named.flatMap((name, index) => {
      const at = source.at([...path, 'roles', index]);
      const again = before.has(name);
      before.add(name);
      if (again) {
        const message = `Nobody gets here: an override above is for “${name}” already.`;
        return [warning(diagnostic(at, 'hidden', message, 'Write the two as one, or remove it.'))];
      }
      if (roles === 'unread' || roles.has(name)) return [];
      const message = `There is no role called “${name}”.`;
      const hint = didYouMean(name, [...roles.keys()]) ?? `Add ${name}: with its label to roles.`;
      return [diagnostic(at, 'unknown-name', message, hint)];
    }),
  );
}

/** Values that a role and a station both say otherwise: whose counts is told. */
function bothSay(all: readonly Row[], source: Source): Diagnostic[] {
  const places = ofStations(all);
  return ofRoles(all).flatMap(({ path, roles, settings }) =>
    [...settings].flatMap(([name, { value }]) => {
      const other = places.find((place) => {
        const said = place.settings.get(name);
        return said !== undefined && said.value !== value;
      });
      if (other === undefined) return [];
      const [who, where] = [roles.join('”, “'), other.stations.join('”, “')];
      const message = `“${name}” has another value at “${where}”; for “${who}” the role's counts there too.`;
      const at = source.atKey([...path, 'settings', name]);
      return [
        warning(diagnostic(at, 'role-first', message, 'Remove one of the two, if not meant.')),
      ];
    }),
  );
}

function tooMany(all: readonly Row[], source: Source): Diagnostic[] {
  const ways = (ofStations(all).length + 1) * (ofRoles(all).length + 1);
  if (ways <= LIMITS.overrideWays) return [];
  const message = `Overrides of stations and of roles meet in ${ways} ways; ${LIMITS.overrideWays} is the most.`;
  return [diagnostic(source.at(LIST), 'too-large', message, 'Write fewer overrides.')];
}

/** What the form can't tell: names and kinds of the settings, and what never comes up. */
export function checkOverrides(source: Source, base: Settings, roles: Roles): Diagnostic[] {
  const all = rows(source);
  return [
    ...hiddenStations(ofStations(all), source),
    ...roleFaults(all, roles, source),
    ...bothSay(all, source),
    ...tooMany(all, source),
    ...all.flatMap((row) => [
      ...unknownSettings(row, base, source),
      ...checkSettings([...row.path, 'settings'], source),
    ]),
  ];
}
