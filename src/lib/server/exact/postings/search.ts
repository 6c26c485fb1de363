// Who lives here: the one who looks for a thing of ours in Exact's lists (I-03): first by a narrow
// question, and where Exact refuses that, among everything that was made since, compared here.
// It never guesses: an answer that is none, or a list too long to read, is "not known".

import type { Outcome } from '../outcomes.ts';
import { dutchWallMs, guidLiteral, sinceLiteral } from '../values.ts';
import type { Page } from '../envelope.ts';
import type { ExactClient } from '../http.ts';
import { LIMITS } from '../../../domain/index.ts';
import type { Clock } from '../../../domain/index.ts';
import { unseenOf } from './outcomes.ts';
import type { Sighting, Unseen } from './outcomes.ts';
import { ReadableLists } from './readable.ts';
import { guidIn, numberIn } from './step.ts';
import type { Entity, Look } from './step.ts';

/** Which of these ids of Exact belong to other postings of ours. */
export type KnownIds = (exactIds: readonly string[]) => Promise<ReadonlySet<string>>;

type Found =
  { readonly kind: 'rows'; readonly numbers: ReadonlyMap<string, string | null> } | Unseen;

/** Exact's lists differ in what they can be asked, and that may change with a release. */
const REFUSED_MS = 24 * 3_600_000;
/** Longer than an endpoint with too many errors rests. */
const UNASKED_MS = 2 * 3_600_000;

export class Search {
  readonly #client: ExactClient;
  readonly #clock: Clock;
  readonly #readable: ReadableLists;
  /** Lists that refused a narrow question, and until when they are asked by time at once. */
  readonly #refused = new Map<string, number>();

  constructor(client: ExactClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
    this.#readable = new ReadableLists(client, clock);
  }

  /** The looks one after another until one finds something. */
  async find(looks: readonly Look[], sinceMs: number, known: KnownIds): Promise<Sighting> {
    for (const look of looks) {
      const found = await this.#look(look, sinceMs);
      if (found.kind !== 'rows') return found;
      const numbers = new Map(found.numbers);
      if (look.byLikeness && numbers.size > 0) {
        for (const id of await known([...numbers.keys()])) numbers.delete(id);
      }
      const [first] = numbers;
      if (first === undefined) continue;
      if (numbers.size > 1) {
        const documentNumbers = [...numbers].map(([id, number]) => number ?? id);
        return { kind: 'several', documentNumbers };
      }
      if (look.as !== undefined) return { kind: 'found', result: look.as };
      const [exactId, documentNumber] = first;
      return { kind: 'found', result: { exactId, documentNumber } };
    }
    // An empty list may be one that we may not see.
    const unseen = await this.#readable.unseen(looks.map(({ entity }) => entity.path));
    return unseen ?? { kind: 'absent' };
  }

  /** The number of a document whose id is known; null while Exact does not show it. */
  async numberOf(entity: Entity, exactId: string): Promise<string | null> {
    const $filter = `${entity.key} eq ${guidLiteral(exactId)}`;
    const query = { $filter, $select: selectOf(entity, []) };
    const page = await this.#client.get(entity.path, query, 'settle');
    const row = page.kind === 'ok' ? page.value.rows[0] : undefined;
    return row === undefined ? null : numberIn(row, entity);
  }

  async #look(look: Look, sinceMs: number): Promise<Found> {
    const { entity, filter } = look;
    const $select = selectOf(entity, look.fields);
    const nowMs = this.#clock.nowMs();
    const known = (this.#refused.get(entity.path) ?? 0) > nowMs;
    if (!known) {
      const page = await this.#client.get(entity.path, { $filter: filter, $select }, 'settle');
      // A list that is not there has no wide answer either.
      const narrowed = page.kind === 'rejected' && page.status !== 404;
      if (!narrowed) return this.#read(look, page, sinceMs);
    }
    const $filter = `${entity.created} ge ${sinceLiteral(dutchWallMs(sinceMs))}`;
    const page = await this.#client.get(entity.path, { $filter, $select }, 'settle');
    // Only a list that answers the wide question has refused the narrow one, and not the asker. One
    // that could not be asked is asked widely next time: the refusal may have used up the errors of
    // the hour (I-04), and would do so again and again.
    if (page.kind === 'ok' && !known) this.#refused.set(entity.path, nowMs + REFUSED_MS);
    else if (page.kind === 'rejected') this.#refused.delete(entity.path);
    else if (page.kind !== 'ok') this.#refused.set(entity.path, nowMs + UNASKED_MS);
    return this.#read(look, page, sinceMs);
  }

  async #read(look: Look, first: Outcome<Page>, sinceMs: number): Promise<Found> {
    const { entity } = look;
    const asked = fieldsOf(entity, look.fields);
    const numbers = new Map<string, string | null>();
    let page = first;
    for (let pages = 0; pages < LIMITS.markerSearchPages; pages += 1) {
      if (page.kind !== 'ok') {
        return unseenOf(page, this.#client.freeAtMs('', 'settle'));
      }
      for (const row of page.value.rows) {
        // A field that is not there compares as "not ours", and that would be a guess.
        const whole = asked.every((field) => field in row);
        const id = whole && look.is(row, sinceMs) ? guidIn(row, entity.key) : null;
        if (!whole || id === undefined) return odd(`a row of ${entity.path} has another form`);
        if (id === null) continue;
        numbers.set(id, numberIn(row, entity));
      }
      if (page.value.next === undefined) return { kind: 'rows', numbers };
      page = await this.#client.follow(page.value.next, 'settle');
    }
    return odd(`there are too many rows of ${entity.path} to search`);
  }
}

function odd(words: string): Found {
  return { kind: 'unknown', scope: 'kind', retryAtMs: null, words, blind: true };
}

function fieldsOf(entity: Entity, more: readonly string[]): readonly string[] {
  const own = [entity.key, entity.number, entity.marker].filter((field) => field !== null);
  return [...new Set([...own, ...more])];
}

/** Exact's heavy lists want a `$select`; all get one (§2.3). */
export function selectOf(entity: Entity, more: readonly string[]): string {
  return fieldsOf(entity, more).join(',');
}
