// Laws on the form of a file: sizes, the opening comment, banned clocks, leftovers, machine paths.

import ts from 'typescript';
import { isPure } from '../floors.ts';
import { eachNode, isTest, lineOf } from '../tree.ts';
import type { Breach, SourceText, Tree } from '../tree.ts';

const FILE_LINES = 300;
const FUNCTION_LINES = 60;
const ROUTE_LINES = 80;

/** A file fits into one head: at most 300 lines. */
export function fileSizes(tree: Tree): Breach[] {
  return tree.files.flatMap((file) => tooLong(file, FILE_LINES, 'a file'));
}

/** Routes read parameters, call one function of a room and return: at most 80 lines. */
export function routeSizes(tree: Tree): Breach[] {
  const isRoute = (path: string): boolean =>
    /^src\/(routes\/.*\+[^/]*server|hooks(\.server)?)\.ts$/.test(path);
  return tree.files
    .filter((file) => isRoute(file.path))
    .flatMap((file) => tooLong(file, ROUTE_LINES, "a route's server file"));
}

function tooLong(file: SourceText, max: number, what: string): Breach[] {
  const { length } = file.lines;
  if (length <= max) return [];
  return [{ path: file.path, line: max, says: `${length} lines; ${what} has at most ${max}` }];
}

/** A function fits on one screen: at most 60 lines. The `describe` of a test is no function. */
export function functionSizes(tree: Tree): Breach[] {
  const breaches: Breach[] = [];
  for (const file of tree.files) {
    if (isTest(file.path)) continue;
    for (const script of file.scripts) {
      eachNode(script, (node) => {
        if (!ts.isFunctionLike(node)) return;
        const first = lineOf(script, node.getStart());
        const lines = lineOf(script, node.getEnd()) - first + 1;
        if (lines <= FUNCTION_LINES) return;
        const says = `${lines} lines; a function has at most ${FUNCTION_LINES}`;
        breaches.push({ path: file.path, line: first, says });
      });
    }
  }
  return breaches;
}

/** Each file opens with a few lines on who lives here and why. */
export function openings(tree: Tree): Breach[] {
  return tree.files.flatMap((file) => {
    const text = file.text.replace(/^#!.*\n/, '').trimStart();
    const opening = file.path.endsWith('.svelte')
      ? /^(<!--|<script\b[^>]*>\s*(\/\/|\/\*))/
      : /^(\/\/|\/\*)/;
    if (opening.test(text)) return [];
    return [{ path: file.path, line: 1, says: 'opens without saying who lives here' }];
  });
}

const CLOCKS = new Set([
  ...['Date', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  ...['requestAnimationFrame', 'fetch', 'process', 'console', 'crypto', 'Promise'],
]);

/** Floors 1 to 3 ask the machine for neither time nor chance, and wait for nothing. */
export function clocks(tree: Tree): Breach[] {
  const breaches: Breach[] = [];
  for (const file of tree.files) {
    if (!isPure(file.path) || isTest(file.path)) continue;
    for (const script of file.scripts) {
      eachNode(script, (node) => {
        const name = bannedName(node);
        if (name === undefined) return;
        const says = `${name} is banned on floors 1 to 3`;
        breaches.push({ path: file.path, line: lineOf(script, node.getStart()), says });
      });
    }
  }
  return breaches;
}

function bannedName(node: ts.Node): string | undefined {
  if (ts.isAwaitExpression(node)) return 'await';
  if (ts.isPropertyAccessExpression(node)) {
    const text = node.getText();
    return text === 'Math.random' ? text : undefined;
  }
  if (!ts.isIdentifier(node) || !CLOCKS.has(node.text)) return undefined;
  const { parent } = node;
  // `x.process` and `{ console: 1 }` are names of our own, not the machine's.
  const ours =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ts.isPropertySignature(parent);
  return ours ? undefined : node.text;
}

/** Written apart, so that this file does not break its own law. */
const WORDS = ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'];
const LEFTOVER = new RegExp(`\\b(${WORDS.join('|')})\\b`);
const HALF_TEST = new RegExp(
  `\\b(it|test|describe)\\.(${['on' + 'ly', 'sk' + 'ip', 'to' + 'do'].join('|')})\\b`,
);
const STOPPER = /^\s*debugger\b/;

/** Nothing is left for later: no markers, no test that is switched off or runs alone. */
export function leftovers(tree: Tree): Breach[] {
  return eachLine(tree, (line) => {
    const found = LEFTOVER.exec(line) ?? HALF_TEST.exec(line) ?? STOPPER.exec(line);
    return found === null ? undefined : `left over: ${found[0].trim()}`;
  });
}

const HOMES = [
  '/wo' + 'rk/',
  '/ro' + 'ot/',
  '/ho' + 'me/\\w',
  '/Us' + 'ers/\\w',
  '[A-Z]:\\\\+Us' + 'ers',
];
const MACHINE_PATH = new RegExp(`(^|[\\s'"\`(=:])(${HOMES.join('|')})`);

/** No path of the machine on which it was written. */
export function machinePaths(tree: Tree): Breach[] {
  return eachLine(tree, (line) => {
    const found = MACHINE_PATH.exec(line);
    return found === null ? undefined : `a path of one machine: ${found[2]}`;
  });
}

function eachLine(tree: Tree, check: (line: string) => string | undefined): Breach[] {
  return tree.files.flatMap((file) =>
    file.lines.flatMap((line, index) => {
      const says = check(line);
      return says === undefined ? [] : [{ path: file.path, line: index + 1, says }];
    }),
  );
}
