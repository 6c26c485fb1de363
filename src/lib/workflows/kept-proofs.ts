// Who lives here: proofs of walks that were made before, also of other files. Whoever changes one
// flow of a file waits for the walks of that flow, and not for those of the others once more. What a
// proof cost counts as if it had been made anew, so that no verdict depends on what was read before.

import { LIMITS } from '../domain/index.ts';
import type { Finding } from './findings.ts';

/** What one walk found: the states it stopped in, and the worst of it. */
export interface Proof {
  readonly stopped: ReadonlySet<string>;
  readonly finding?: Finding;
  /** Steps that it took. */
  readonly events: number;
}

/** A proof as plain data, to be kept beside the program or given to another thread. */
export interface KeptProof {
  /** All that it depends on, but the program. */
  readonly key: string;
  readonly stopped: readonly string[];
  readonly finding?: Finding;
  readonly events: number;
}

/** The proofs of the latest walks, by all that they depend on. */
export class KeptProofs {
  readonly #proofs = new Map<string, Proof>();

  /** Oldest first. */
  all(): readonly KeptProof[] {
    return [...this.#proofs].map(([key, { stopped, ...proof }]) => ({
      ...{ key, stopped: [...stopped] },
      ...proof,
    }));
  }

  /** Takes in what this same program has proven elsewhere. */
  add(proofs: readonly KeptProof[]): void {
    for (const { key, stopped, ...proof } of proofs) {
      this.set(key, { stopped: new Set(stopped), ...proof });
    }
  }

  get(key: string): Proof | undefined {
    const found = this.#proofs.get(key);
    if (found !== undefined) this.#keep(key, found);
    return found;
  }

  set(key: string, proof: Proof): void {
    this.#keep(key, proof);
    const [oldest] = this.#proofs.keys();
    if (this.#proofs.size > LIMITS.proofsKept && oldest !== undefined) this.#proofs.delete(oldest);
  }

  /** The last one asked for is the last to go. */
  #keep(key: string, proof: Proof): void {
    this.#proofs.delete(key);
    this.#proofs.set(key, proof);
  }
}

/** Of every file that this process reads. */
export const KEPT = new KeptProofs();
