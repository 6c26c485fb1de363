// Who lives here: what the walk of one flow leaves for the walk of another. A warehouse has the same
// flow several times, by hand or by overrides, and they propose another quantity, suggest another
// place. Whatever a step did not look at can't have changed it: where two flows differ in nothing
// that a step looked at, it is the same step in both, and the second walk goes where the first did.
// Nothing is assumed of the runtime: each look at such an option is noticed while it runs.

import type { Move } from './profiles.ts';
import type { AtRest } from './runtime/at-rest.ts';
import type { Step } from './types.ts';

/** Options of questions in which flows of one kind may differ; what moves are made of is none. */
const WATCHED = ['default', 'max', 'suggest', 'confirm', 'again', 'count'] as const;

/** Some of them, a bit each. */
type Options = number;

/** Where one move led to. */
export interface Taken {
  readonly key: string;
  /** The state at rest, where it was new or offers remedies. */
  readonly rest?: AtRest;
  readonly remedies: readonly string[];
  /** The options that were looked at. */
  readonly looked: Options;
  /** Where each remedy led to that was touched. */
  readonly touched?: Map<string, Taken>;
}

/** What was tried in a state. */
export interface Tried {
  readonly moves: readonly Move[];
  /** The options that the moves themselves depend on. */
  readonly looked: Options;
  /** One for each of the moves, as far as they were taken. */
  readonly taken: Taken[];
}

/** Notices what is looked at. */
export class Watch {
  /** What was looked at since `begin`. */
  looked: Options = 0;

  begin(): void {
    this.looked = 0;
  }

  /** The same step; to read one of its options is noticed. */
  over(step: Step): Step {
    if (step.kind !== 'ask') return step;
    const watched = { ...step };
    WATCHED.forEach((option, bit) => {
      const value = step[option];
      if (value === undefined) return;
      const get = () => {
        this.looked |= 1 << bit;
        return value;
      };
      Object.defineProperty(watched, option, { get, enumerable: true });
    });
    return watched;
  }
}

const valuesOf = (steps: readonly Step[], option: (typeof WATCHED)[number]): string =>
  JSON.stringify(steps.map((step) => (step.kind === 'ask' ? step[option] : undefined)));

/** A step as all flows of its kind have it: which of these options it has, not what they say. */
export function ofKind(step: object): object {
  const has = Object.keys(step).filter((name) => WATCHED.some((option) => option === name));
  return { ...step, ...Object.fromEntries(has.map((option) => [option, true])) };
}

/** The walk that was the first of its kind; one that has not been walked yet has tried nothing. */
export class Trail {
  /** What was tried in each state. */
  readonly tried = new Map<AtRest, Tried>();
  /** The same moves for all, so that the same goods are scanned in all. */
  moves?: readonly Move[];
  start?: { readonly at: AtRest; readonly looked: Options };
  readonly #values: readonly string[];

  constructor(steps: readonly Step[]) {
    this.#values = WATCHED.map((option) => valuesOf(steps, option));
  }

  /** The options in which another flow of its kind differs from the first. */
  differs(steps: readonly Step[]): Options {
    return WATCHED.reduce(
      (bits, option, bit) =>
        valuesOf(steps, option) === this.#values[bit] ? bits : bits | (1 << bit),
      0,
    );
  }
}
