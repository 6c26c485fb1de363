// Who lives here: the refusal to start. bin/serve.ts knows it by its name, since the class itself
// is bundled, and prints its lines without a stack.

/** One sentence a line, for the person who started the product. */
export class StartupFailure extends Error {
  override readonly name = 'StartupFailure';
  readonly lines: readonly string[];

  constructor(lines: readonly string[], cause?: unknown) {
    super(lines.join('\n'), { cause });
    this.lines = lines;
  }
}
