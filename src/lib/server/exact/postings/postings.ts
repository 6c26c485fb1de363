// Who lives here: the outbox's way into Exact: one step of a posting is sent, looked for, or taken
// away again. What a kind needs stands in table.ts; the law of when stands in the outbox.

import { assert } from '../../../domain/index.ts';
import type { Clock, Posting, PostingKind } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
import { guidLiteral } from '../values.ts';
import { discardedOf, sentOf } from './outcomes.ts';
import type { Discarded, Sent, Sighting, StepResult } from './outcomes.ts';
import { ReadableLists } from './readable.ts';
import { Search } from './search.ts';
import type { Desk, PostingFacts, Step } from './step.ts';
import { isPostingKind, POSTINGS, stepsOf } from './table.ts';
import type { PostingTable } from './table.ts';
import { textIn } from './step.ts';

export interface PostingsParts {
  readonly client: ExactClient;
  readonly facts: PostingFacts;
  readonly clock: Clock;
  /** Which of these ids of Exact belong to documents of our other postings of this kind. */
  readonly known: (kind: PostingKind, exactIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Another one only in tests. */
  readonly table?: PostingTable;
}

const STANDING_SHOWN = 5;

export class Postings {
  readonly unmarked: readonly PostingKind[];
  readonly #parts: PostingsParts;
  readonly #table: PostingTable;
  readonly #search: Search;
  readonly #readable: ReadableLists;

  constructor(parts: PostingsParts) {
    this.#parts = parts;
    this.#table = parts.table ?? POSTINGS;
    this.#search = new Search(parts.client, parts.clock);
    this.#readable = new ReadableLists(parts.client, parts.clock);
    this.unmarked = Object.keys(this.#table)
      .filter(isPostingKind)
      .filter((kind) => this.#table[kind].entity.marker === null);
  }

  steps(posting: Posting): number {
    return stepsOf(this.#table, posting).length;
  }

  /** When the budget lets this step out; in the past means now. */
  mayPostAtMs(posting: Posting, done: readonly StepResult[]): number {
    return this.#parts.client.freeAtMs(this.#step(posting, done).path, 'post');
  }

  /** Whether this step says what Exact is to have as a difference to what Exact shows. */
  reckons(posting: Posting, done: readonly StepResult[]): boolean {
    return this.#step(posting, done).reckons?.(done) ?? false;
  }

  /**
   * One POST or PUT. The caller has made "it is being sent" durable before. `sinceMs`: before the first
   * send, where there was one.
   */
  async send(
    posting: Posting,
    done: readonly StepResult[],
    sinceMs: number = this.#parts.clock.nowMs(),
  ): Promise<Sent> {
    const { client } = this.#parts;
    const step = this.#step(posting, done);
    const desk: Desk = { ...this.#parts, readable: this.#readable, sinceMs };
    const made = await step.make(desk, done);
    if (made.kind !== 'body') return made;
    const answer =
      made.at === undefined
        ? await client.post(step.path, made.body, 'post')
        : await client.put(made.at, made.body, 'post');
    if (answer.kind !== 'ok') {
      return this.#refusal(sentOf(answer, client.freeAtMs('', 'post')), posting, done, sinceMs);
    }
    const [row] = answer.value.rows;
    // A 2xx may carry a business failure (§9.3).
    const words = row === undefined ? '' : textIn(row, 'ErrorMessage');
    const refused: Sent = { kind: 'rejected', status: 200, words };
    if (words !== '') return this.#refusal(refused, posting, done, sinceMs);
    const result = step.read(row, done);
    if (result === undefined) {
      return { kind: 'unknown', words: `Exact took the ${step.what} but did not say as what` };
    }
    const whole = made.whole === true ? { whole: made.whole } : {};
    return this.#numbered(step, { ...result, ...whole }, done);
  }

  /** Looks for this step in Exact. `sinceMs`: before the first send. */
  async find(posting: Posting, done: readonly StepResult[], sinceMs: number): Promise<Sighting> {
    const step = this.#step(posting, done);
    const found = await this.#search.find(step.looks(done), sinceMs, (ids) =>
      this.#parts.known(posting.kind, ids),
    );
    if (found.kind !== 'found') return found;
    const { entity } = this.#table[posting.kind];
    const last = done.length === this.steps(posting) - 1;
    if (!last || found.result.documentNumber !== null) return found;
    const documentNumber = await this.#search.numberOf(entity, found.result.exactId);
    return { kind: 'found', result: { ...found.result, documentNumber } };
  }

  /** Takes away what a step left in Exact, where Exact has a way. */
  async discard(posting: Posting, at: number, left: StepResult): Promise<Discarded> {
    const { client } = this.#parts;
    const step = stepsOf(this.#table, posting)[at];
    const name = nameOf(step, left);
    if (step?.removable !== true) return { kind: 'kept', words: `It stays in Exact: ${name}.` };
    const path = `${step.path}(${guidLiteral(left.exactId)})`;
    const answer = await client.delete(path, 'settle');
    if (answer.kind === 'ok') return { kind: 'gone' };
    const end = discardedOf(answer, client.freeAtMs('', 'settle'));
    if (end.kind !== 'kept') return end;
    return { kind: 'kept', words: `It stays in Exact: ${name} (${end.words}).` };
  }

  #step(posting: Posting, done: readonly StepResult[]): Step {
    const step = stepsOf(this.#table, posting)[done.length];
    assert(step !== undefined, 'a posting is asked for the steps it has');
    return step;
  }

  /** `Prefer: return=representation` may be ignored (§2.7): then only the key is filled. */
  async #numbered(step: Step, result: StepResult, done: readonly StepResult[]): Promise<Sent> {
    const [{ entity }] = step.looks(done);
    if (entity.number === null || result.documentNumber !== null) return { kind: 'done', result };
    const documentNumber = await this.#search.numberOf(entity, result.exactId);
    if (documentNumber !== null) return { kind: 'done', result: { ...result, documentNumber } };
    return { kind: 'unknown', words: 'Exact took it but did not say under which number' };
  }

  /** A refusal of one step among several: was it done already, and what stands of the others. */
  async #refusal(
    sent: Sent,
    posting: Posting,
    done: readonly StepResult[],
    sinceMs: number,
  ): Promise<Sent> {
    if (sent.kind !== 'rejected') return sent;
    if (this.#step(posting, done).lookOnRefusal) {
      const seen = await this.find(posting, done, sinceMs);
      if (seen.kind === 'found') return { kind: 'done', result: seen.result };
    }
    if (done.length === 0) return sent;
    const steps = stepsOf(this.#table, posting);
    const names = done.slice(0, STANDING_SHOWN).map((left, at) => nameOf(steps[at], left));
    const more = done.length > names.length ? ` and ${done.length - names.length} more` : '';
    const words = `${sent.words} (In Exact already: ${names.join(', ')}${more}.)`;
    return { ...sent, words };
  }
}

function nameOf(step: Step | undefined, { documentNumber, exactId }: StepResult): string {
  return `${step?.what ?? 'document'} ${documentNumber ?? exactId}`;
}
