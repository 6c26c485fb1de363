// Assertions of the house. They stay on in production: a broken law must stop the act that broke
// it, with the law's name in the message, rather than travel on as a wrong number.

/** Thrown when a law of the program itself is broken: a programmer's error, never an operator's. */
export class BrokenLaw extends Error {
  override readonly name = 'BrokenLaw';
}

/** Stops with `law` in the message unless `condition` holds. */
export function assert(condition: unknown, law: string): asserts condition {
  if (!condition) throw new BrokenLaw(law);
}

/** For the end of a closed union: the compiler proves that it cannot be reached. */
export function unreachable(value: never): never {
  throw new BrokenLaw(`unexpected value ${JSON.stringify(value)}`);
}
