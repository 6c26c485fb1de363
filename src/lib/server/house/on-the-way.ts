// Who lives here: the places in which goods are on their way, a truck or a gate, as the workflows in
// force name them (`places` of what is sent). What stands there was sent to somebody: no pick, issue
// or refill is led to it. Another file may name others, and then every row that says where goods lie
// is made anew.

import type { CompiledWorkflow } from '../../workflows/index.ts';

type Workflows = readonly Pick<CompiledWorkflow, 'action' | 'steps'>[];

/** Patterns of their codes, each once. */
export function placesOnTheWay(workflows: Workflows): readonly string[] {
  const named = workflows
    .filter(({ action }) => action === 'transferOut')
    .flatMap(({ steps }) => steps)
    .flatMap((step) => (step.kind === 'ask' && step.fact === 'to' ? (step.places ?? []) : []));
  return [...new Set(named)].sort();
}

/** Notices when a changed file names other places. */
export class OnTheWay {
  readonly #workflows: () => Workflows;
  readonly #onChanged: () => void;
  #known: string;

  constructor(workflows: () => Workflows, onChanged: () => void) {
    this.#workflows = workflows;
    this.#onChanged = onChanged;
    this.#known = placesOnTheWay(workflows()).join('\n');
  }

  /** The file changed: in this or in something else. */
  look(): void {
    const now = placesOnTheWay(this.#workflows()).join('\n');
    if (now === this.#known) return;
    this.#known = now;
    this.#onChanged();
  }
}
