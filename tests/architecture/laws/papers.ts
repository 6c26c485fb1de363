// Laws on the papers: what docs/ says about packages and invariants is what there is.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Breach } from '../tree.ts';
import type { Manifest } from './imports.ts';

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});

/** The packages that `package.json` under `root` declares. */
export function readManifest(root: string): Manifest {
  const raw = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return {
    dependencies: Object.keys(raw.dependencies),
    devDependencies: Object.keys(raw.devDependencies),
  };
}

/** Each declared package has its line in DEPENDENCIES.md, and no line is without a package. */
export function dependencies(root: string): Breach[] {
  const path = 'docs/DEPENDENCIES.md';
  const manifest = readManifest(root);
  const declared = [...manifest.dependencies, ...manifest.devDependencies];
  const rows = tableRows(root, path);
  const explained = rows.map((row) => /^`([^`]+)`$/.exec(row.cells[0] ?? '')?.[1]);
  const absent = rows.flatMap(({ line }, index) => {
    const name = explained[index];
    if (name === undefined || declared.includes(name)) return [];
    return [{ path, line, says: `${name} is explained, but package.json has none` }];
  });
  const silent = declared.filter((name) => !explained.includes(name));
  return [
    ...absent,
    ...silent.map((name) => ({ path, line: 1, says: `${name} is not explained` })),
  ];
}

const INVARIANTS = 24;
const NOT_YET = 'not yet';

/**
 * INVARIANTS.md has a row for each of I-01 … I-24: id, sentence, proof. A proof is `not yet`, or
 * names test files that exist and mention the id.
 */
export function invariants(root: string): Breach[] {
  const path = 'docs/INVARIANTS.md';
  const rows = tableRows(root, path).filter((row) => /^I-\d\d$/.test(row.cells[0] ?? ''));
  const ids = Array.from({ length: INVARIANTS }, (_, i) => `I-${String(i + 1).padStart(2, '0')}`);
  const missing = ids
    .filter((id) => rows.filter((row) => row.cells[0] === id).length !== 1)
    .map((id) => ({ path, line: 1, says: `${id} must have exactly one row` }));
  const unproven = rows.flatMap(({ cells: [id = '', , proof = ''], line }) =>
    faultsOfProof(root, id, proof).map((says) => ({ path, line, says })),
  );
  return [...missing, ...unproven];
}

function faultsOfProof(root: string, id: string, proof: string): string[] {
  const files = [...proof.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  if (files.length === 0) {
    return proof.includes(NOT_YET) ? [] : [`${id} names no test and does not say "${NOT_YET}"`];
  }
  return files.flatMap((file) => {
    if (!existsSync(join(root, file))) return [`${id} names ${file}, which is not there`];
    const text = readFileSync(join(root, file), 'utf8');
    return text.includes(id) ? [] : [`${id} names ${file}, which does not mention it`];
  });
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Rows of all tables of a Markdown file, cells trimmed; head and rule rows are left in. */
function tableRows(root: string, path: string): Row[] {
  const lines = readFileSync(join(root, path), 'utf8').split('\n');
  return lines.flatMap((text, index) => {
    if (!text.startsWith('|')) return [];
    const cells = text.split('|').slice(1, -1);
    return [{ cells: cells.map((cell) => cell.trim()), line: index + 1 }];
  });
}
