// Who lives here: answers that were given lately. A question under way is remembered too, so that
// two who ask at once read once, and what is forgotten meanwhile is not remembered after all.

export class Remembered<T> {
  readonly #read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>;
  readonly #most: number;
  readonly #known = new Map<string, Promise<T | undefined>>();

  /** `read` gives those of these ids that there are; at most `most` answers are kept. */
  constructor(read: (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>, most: number) {
    this.#read = read;
    this.#most = most;
  }

  async get(id: string): Promise<T | undefined> {
    return this.#known.get(id) ?? this.#ask([id]).then((found) => found.get(id));
  }

  async warm(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.#known.has(id));
    if (missing.length > 0) await this.#ask(missing);
  }

  forget(ids: Iterable<string>): void {
    for (const id of ids) this.#known.delete(id);
  }

  async #ask(ids: readonly string[]): Promise<ReadonlyMap<string, T>> {
    const asked = this.#read(ids);
    const answers = new Map(ids.map((id) => [id, asked.then((found) => found.get(id))]));
    for (const [id, answer] of answers) {
      // A failed reading is not kept: the next question tries again.
      answer.catch(() => {
        if (this.#known.get(id) === answer) this.#known.delete(id);
      });
      this.#known.set(id, answer);
    }
    for (const [oldest] of this.#known) {
      if (this.#known.size <= this.#most) break;
      this.#known.delete(oldest);
    }
    return asked;
  }
}
