// The house as the laws see it: files with their text, their syntax trees and their imports. A
// law takes a Tree and gives back what breaks it, so that the same law reads the real house and
// the planted samples (tests/architecture/samples/<law>/, whose files end in `.txt`, so that no
// other tool takes them for code).

import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

/** One breach of a law: where, and which sentence of the house it breaks. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** The file it means, from the root, when it is one of ours; undefined for a package. */
  readonly file?: string;
  /** `import type`: gone at run time. */
  readonly typeOnly: boolean;
  readonly line: number;
}

export interface SourceText {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  /** The TypeScript in it: the file itself, or each script block of a Svelte file. */
  readonly scripts: readonly Script[];
  readonly imports: readonly Import[];
}

interface Script {
  readonly ast: ts.SourceFile;
  /** Lines of the file before the script's first. */
  readonly linesBefore: number;
}

export interface Tree {
  readonly root: string;
  readonly files: readonly SourceText[];
}

const SKIPPED = new Set([
  ...['node_modules', 'build', '.svelte-kit', '.git', 'data', 'samples', 'test-results'],
  ...['playwright-report'],
]);
const SAMPLE_ENDING = '.txt';
const CODE = /\.(ts|js|svelte)$/;

/** Every file under `root` whose name fits, from the root, sorted. */
export function listFiles(root: string, fits: RegExp): string[] {
  const found: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) walk(path);
      } else if (fits.test(entry.name.replace(SAMPLE_ENDING, ''))) {
        found.push(relative(root, path).split(sep).join('/'));
      }
    }
  };
  walk(root);
  return found.sort();
}

/** Reads all code under `root`. */
export function readTree(root: string): Tree {
  const paths = listFiles(root, CODE);
  const known = new Set(paths.map((path) => path.replace(SAMPLE_ENDING, '')));
  const files = paths.map((path) =>
    readSource(path, readFileSync(join(root, path), 'utf8'), known),
  );
  return { root, files };
}

function readSource(onDisk: string, text: string, known: ReadonlySet<string>): SourceText {
  const path = onDisk.replace(SAMPLE_ENDING, '');
  const scripts = scriptsOf(path, text);
  const imports = scripts.flatMap((script) => importsOf(path, script, known));
  return { path, text, lines: text.replace(/\n$/, '').split('\n'), scripts, imports };
}

const SCRIPT_BLOCK = /<script\b[^>]*>([\s\S]*?)<\/script>/g;

function scriptsOf(path: string, text: string): Script[] {
  const parse = (code: string): ts.SourceFile =>
    ts.createSourceFile(path, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS);
  if (!path.endsWith('.svelte')) return [{ ast: parse(text), linesBefore: 0 }];
  return [...text.matchAll(SCRIPT_BLOCK)].map((block) => {
    const code = block[1] ?? '';
    const before = text.slice(0, block.index + block[0].indexOf(code));
    return { ast: parse(code), linesBefore: before.split('\n').length - 1 };
  });
}

/** The line of `node` in its file, from 1. */
export function lineOf(script: Script, position: number): number {
  return script.ast.getLineAndCharacterOfPosition(position).line + 1 + script.linesBefore;
}

/** Calls `visit` for every node below and including the script. */
export function eachNode(script: Script, visit: (node: ts.Node) => void): void {
  const walk = (node: ts.Node): void => {
    visit(node);
    ts.forEachChild(node, walk);
  };
  walk(script.ast);
}

function importsOf(path: string, script: Script, known: ReadonlySet<string>): Import[] {
  const found: Import[] = [];
  eachNode(script, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const file = fileOf(path, specifier, known);
    const line = lineOf(script, node.getStart());
    const typeOnly = isTypeOnly(node);
    found.push({ specifier, typeOnly, line, ...(file === undefined ? {} : { file }) });
  });
  return found;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node)) {
    return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
  }
  return ts.isExportDeclaration(node) ? node.isTypeOnly : ts.isImportTypeNode(node);
}

/** What `import`, `export from`, `import()` and `import('…').Type` name. */
function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const name = node.moduleSpecifier;
    return name !== undefined && ts.isStringLiteral(name) ? name.text : undefined;
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return argument !== undefined && ts.isStringLiteralLike(argument) ? argument.text : undefined;
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    return ts.isStringLiteral(literal) ? literal.text : undefined;
  }
  return undefined;
}

function fileOf(from: string, specifier: string, known: ReadonlySet<string>): string | undefined {
  const bare = specifier.replace(/\?.*$/, '');
  let path: string;
  if (bare.startsWith('.')) path = posix.join(posix.dirname(from), bare);
  else if (bare === '$lib' || bare.startsWith('$lib/')) path = bare.replace('$lib', 'src/lib');
  else return undefined;
  const endings = ['', '.ts', '/index.ts', '.svelte', '.js'];
  const found = endings.map((ending) => path + ending).find((candidate) => known.has(candidate));
  return found ?? path;
}

/** A test, or a helper of tests: it may look behind doors. */
export function isTest(path: string): boolean {
  return /\.test\.ts$/.test(path) || path.startsWith('tests/');
}
