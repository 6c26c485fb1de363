// Who lives here: lists of steps with a name, written once and put in place wherever a workflow
// says `uses: name`. Here is which there are, who uses whom, and in whose text a place stands.

import { LIMITS } from '../domain/index.ts';
import { diagnostic } from './diagnose.ts';
import type { Path, Place, Source } from './source.ts';
import type { Diagnostic } from './types.ts';

interface Use {
  readonly name: string;
  readonly path: Path;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every `uses` of a list of steps, also within its branches. */
function usesIn(steps: unknown, path: Path): Use[] {
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown, index) => {
    if (!isRecord(step)) return [];
    const at = [...path, index];
    const own = typeof step['uses'] === 'string' ? [step['uses']] : [];
    return [
      ...own.map((name) => ({ name, path: [...at, 'uses'] })),
      ...usesIn(step['then'], [...at, 'then']),
      ...usesIn(step['else'], [...at, 'else']),
    ];
  });
}

export class Fragments {
  readonly #lists = new Map<string, unknown>();
  readonly #used = new Set<string>();

  constructor(raw: unknown) {
    if (!isRecord(raw)) return;
    for (const [name, list] of Object.entries(raw)) this.#lists.set(name, list);
  }

  get names(): readonly string[] {
    return [...this.#lists.keys()];
  }

  has(name: string): boolean {
    return this.#lists.has(name);
  }

  /** The steps of a fragment that somebody uses; nothing where the schema tells what is wrong. */
  use(name: string): readonly unknown[] | undefined {
    this.#used.add(name);
    return this.steps(name);
  }

  steps(name: string): readonly unknown[] | undefined {
    const list = this.#lists.get(name);
    return Array.isArray(list) && list.length <= LIMITS.stepsPerWorkflow ? list : undefined;
  }

  /** Nobody has used them; looked at when all workflows are read. */
  get unused(): readonly string[] {
    return this.names.filter((name) => !this.#used.has(name));
  }

  /** The fragment in whose text a place stands. */
  owner(at: Place, source: Source): string | undefined {
    return this.names.find((name) => source.covers(['fragments', name], at));
  }

  /** Fragments that use themselves, each circle once, at the step that closes it. */
  circles(source: Source): Diagnostic[] {
    const found: Diagnostic[] = [];
    const done = new Set<string>();
    const visit = (name: string, chain: readonly string[]): void => {
      for (const { name: next, path } of usesIn(this.#lists.get(name), ['fragments', name])) {
        const from = chain.indexOf(next);
        if (from !== -1) {
          const way = [...chain.slice(from), next].join(' → ');
          const message = `The fragment “${next}” uses itself: ${way}.`;
          const hint = 'Leave out one of these steps.';
          found.push(diagnostic(source.at(path), 'recursion', message, hint));
        } else if (!done.has(next) && this.has(next)) visit(next, [...chain, next]);
      }
      done.add(name);
    };
    for (const name of this.names) if (!done.has(name)) visit(name, [name]);
    return found;
  }
}
