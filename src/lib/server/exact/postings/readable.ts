// Who lives here: whether an empty list of Exact may be believed. Exact answers a list that the user
// may not see with an empty list and not with a refusal (exact-online-api.md §1.8), and what is taken
// for "not there" is sent again (I-03). So before anything is called absent, the right is asked.

import * as z from 'zod';
import type { Clock } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
import { unseenOf } from './outcomes.ts';
import type { Unseen } from './outcomes.ts';

/** A yes holds for so long; a no is asked again at the next look. */
const GRANTED_MS = 10 * 60_000;
const answerForm = z.object({ UserHasRights: z.boolean() });

export class ReadableLists {
  readonly #client: ExactClient;
  readonly #clock: Clock;
  /** When Exact said yes, by the list's path. */
  readonly #grantedMs = new Map<string, number>();

  constructor(client: ExactClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** Undefined when all these lists (`purchaseorder/GoodsReceipts`) may be read; else why not. */
  async unseen(paths: Iterable<string>): Promise<Unseen | undefined> {
    for (const path of new Set(paths)) {
      const ageMs = this.#clock.nowMs() - (this.#grantedMs.get(path) ?? -Infinity);
      if (ageMs >= 0 && ageMs < GRANTED_MS) continue;
      const unseen = await this.#ask(path);
      if (unseen !== undefined) return unseen;
    }
    return undefined;
  }

  async #ask(path: string): Promise<Unseen | undefined> {
    const query = { endpoint: `'${path}'`, action: `'GET'` };
    const outcome = await this.#client.get('users/UserHasRights', query, 'settle');
    if (outcome.kind !== 'ok') return unseenOf(outcome, this.#client.freeAtMs('', 'settle'));
    const answer = answerForm.safeParse(outcome.value.rows[0]);
    if (!answer.success) return blind('the answer of UserHasRights is not of the form of Exact');
    if (!answer.data.UserHasRights) return blind(`the right to read ${path} is missing in Exact`);
    this.#grantedMs.set(path, this.#clock.nowMs());
    return undefined;
  }
}

function blind(words: string): Unseen {
  return { kind: 'unknown', scope: 'kind', retryAtMs: null, words, blind: true };
}
