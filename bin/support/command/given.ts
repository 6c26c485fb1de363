// Who lives here: what a command of `scandock` is given, and what it ends with.

/** Exit codes. `mistakes`: the file has some, or tapes differ. `called`: wrongly, or no such file. */
export const ENDS = { well: 0, mistakes: 1, called: 2 } as const;

/** Options by name, and the files: at least one. */
export interface Given {
  readonly options: Readonly<Record<string, string | boolean>>;
  readonly files: readonly [string, ...string[]];
}
