// Laws on who may know whom: floors, doors, circles, the stranger next door, and packages.

import { NEIGHBOURS, isPure, roomOf } from '../floors.ts';
import { isTest } from '../tree.ts';
import type { Breach, Import, SourceText, Tree } from '../tree.ts';

interface Edge {
  readonly from: SourceText;
  readonly to: string;
  readonly line: number;
}

/** Imports between our own files that leave from under `src/` or `bin/`, tests left out. */
function edges(tree: Tree): Edge[] {
  return tree.files
    .filter((file) => /^(src|bin)\//.test(file.path) && !isTest(file.path))
    .flatMap((from) =>
      from.imports.flatMap((one) =>
        one.file === undefined ? [] : [{ from, to: one.file, line: one.line }],
      ),
    );
}

/** Imports point down only, and rooms on one floor do not know each other. */
export function floors(tree: Tree): Breach[] {
  const breaches: Breach[] = [];
  for (const file of tree.files) {
    if (!/^(src|bin)\//.test(file.path) || isTest(file.path) || roomOf(file.path)) continue;
    breaches.push({ path: file.path, line: 1, says: 'this room is not on the plan (floors.ts)' });
  }
  for (const { from, to, line } of edges(tree)) {
    const home = roomOf(from.path);
    const there = roomOf(to);
    if (home === undefined || there === undefined || home.name === there.name) continue;
    if (there.floor > home.floor) {
      const says = `floor ${home.floor} (${home.name}) imports up: ${to}`;
      breaches.push({ path: from.path, line, says });
    } else if (there.floor === home.floor && home.floor < 6 && !mayMeet(home.name, to)) {
      const says = `rooms on one floor do not know each other: ${home.name} imports ${to}`;
      breaches.push({ path: from.path, line, says });
    }
  }
  return breaches;
}

function mayMeet(from: string, to: string): boolean {
  const there = roomOf(to)?.name;
  return NEIGHBOURS.some(
    (pair) => pair.from === from && pair.to === there && (pair.files?.test(to) ?? true),
  );
}

/** A room is entered from outside only through its door. */
export function doors(tree: Tree): Breach[] {
  return edges(tree).flatMap(({ from, to, line }) => {
    const home = roomOf(from.path);
    const there = roomOf(to);
    if (there === undefined || there.floor === 6 || home?.name === there.name) return [];
    if (there.doors.includes(to) || (home !== undefined && mayMeet(home.name, to))) return [];
    // A component is its own door: ui has no logic to hide.
    if (there.name === 'ui' && to.endsWith('.svelte')) return [];
    return [{ path: from.path, line, says: `${to} is behind the door of ${there.name}` }];
  });
}

/**
 * No file reaches itself through what it imports. Each circle is named once. Types may stand in
 * a circle: nothing of them runs, so no order of running can be wrong.
 */
export function circles(tree: Tree): Breach[] {
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const finished = new Set<string>();
  const breaches: Breach[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const file = byPath.get(path);
    if (file === undefined || finished.has(path)) return;
    for (const { file: to, line, typeOnly } of file.imports) {
      if (to === undefined || typeOnly) continue;
      const start = to === path ? trail.length : trail.indexOf(to);
      if (start >= 0) {
        const circle = [...trail.slice(start), path, to];
        breaches.push({ path, line, says: `a circle of imports: ${circle.join(' → ')}` });
      } else visit(to, [...trail, path]);
    }
    finished.add(path);
  };
  for (const file of tree.files) visit(file.path, []);
  return breaches;
}

/** The simulator shares no code with the product, so that they share no misunderstanding. */
export function stranger(tree: Tree): Breach[] {
  const isStranger = (path: string): boolean => path.startsWith('exact-simulator/');
  return tree.files.flatMap((file) => {
    if (file.path.startsWith('tests/')) return [];
    return file.imports.flatMap(({ file: to, line }) => {
      if (to === undefined || isStranger(file.path) === isStranger(to)) return [];
      return [{ path: file.path, line, says: `the simulator is a stranger: ${to}` }];
    });
  });
}

/** What floors 1 to 3 may use besides each other: packages without I/O, clock or chance. */
const PURE_PACKAGES = ['uuid', 'zod', 'xstate', 'yaml', '@marcbachmann/cel-js'];

/** Floors 1 to 3 import no part of the machine. */
export function pureImports(tree: Tree): Breach[] {
  return tree.files.flatMap((file) => {
    if (!isPure(file.path) || isTest(file.path)) return [];
    return file.imports.flatMap(({ specifier, file: to, line }) => {
      if (to !== undefined || PURE_PACKAGES.includes(packageOf(specifier) ?? '')) return [];
      return [{ path: file.path, line, says: `not for floors 1 to 3: ${specifier}` }];
    });
  });
}

/** Every package that is imported is declared, and at run time only packages that are installed. */
export function declared(tree: Tree, manifest: Manifest): Breach[] {
  const all = new Set([...manifest.dependencies, ...manifest.devDependencies]);
  const installed = new Set(manifest.dependencies);
  return tree.files.flatMap((file) => {
    const runs = /^(src|bin|exact-simulator)\//.test(file.path) && !isTest(file.path);
    const mayUse = runs && file.path !== 'bin/test.ts' ? installed : all;
    return file.imports.flatMap((one) => undeclared(file, one, mayUse));
  });
}

export interface Manifest {
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

function undeclared(file: SourceText, one: Import, mayUse: ReadonlySet<string>): Breach[] {
  const name = one.file === undefined ? packageOf(one.specifier) : undefined;
  if (name === undefined || mayUse.has(name)) return [];
  return [{ path: file.path, line: one.line, says: `${name} is not declared for this place` }];
}

/** The package that a specifier names; undefined for Node's own modules and kit's virtual ones. */
function packageOf(specifier: string): string | undefined {
  if (/^(node:|\$|\.|virtual:)/.test(specifier)) return undefined;
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}
