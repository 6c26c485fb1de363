// Who lives here: what of a file is not of the form of the schema, with the place of each fault and
// the names that may have been meant.

import { fromIssue, nearestTo } from './diagnose.ts';
import type { Issue } from './diagnose.ts';
import { fileSchema } from './schema.ts';
import type { Path, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

/** Fields of the file by where they stand, for hints on unknown names. */
function fieldsAt(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(fileSchema.shape);
  if (path[0] === 'overrides' && path.length === 2) return ['stations', 'roles', 'settings'];
  if (path[0] === 'workflows' && path.length === 2) {
    return Object.keys(fileSchema.shape.workflows.element.shape);
  }
  if (path.at(-1) === 'label') return ['en', 'nl', 'de', 'fr'];
  return path.at(-1) === 'posting' ? ['when'] : [];
}

/** As a path in the file; no name in it is a symbol. */
const pathOf = ({ path }: Issue): Path =>
  path.map((part) => (typeof part === 'symbol' ? '' : part));

/** Fields that are there under a name with a slip in it: told as that, and not as missing besides. */
function misspelt(issues: readonly Issue[]): ReadonlySet<string> {
  const meant = issues.flatMap((issue) => {
    const path = pathOf(issue);
    const near = (issue.keys ?? []).flatMap((key) => nearestTo(key, fieldsAt(path)) ?? []);
    return near.map((name) => [...path, name].join('/'));
  });
  return new Set(meant);
}

/** The faults, and the paths in the file that have one. */
export function schemaFaults(source: Source): { faults: Diagnostic[]; paths: Path[] } {
  const parsed = fileSchema.safeParse(source.value);
  if (parsed.success) return { faults: [], paths: [] };
  const faults: Diagnostic[] = [];
  const paths: Path[] = [];
  const { issues } = parsed.error;
  const meant = misspelt(issues);
  for (const issue of issues) {
    // What is no step at all is told by readSteps, which knows what a step looks like.
    const path = pathOf(issue);
    paths.push(path);
    if (meant.has(path.join('/'))) continue;
    if (path[2] === 'steps' && path.length === 4) continue;
    if (path[0] === 'fragments' && path.length === 3) continue;
    faults.push(...fromIssue(issue, [], source, fieldsAt(path)));
  }
  return { faults, paths };
}
