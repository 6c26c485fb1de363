// Who lives here: what the mirror needs of the house, what it tells, and its client for one round.

import type { Clock, Fault, Scheduler } from '../../../domain/index.ts';
import type { ExactClient } from '../http.ts';
import type { Failure } from '../outcomes.ts';
import type { ExactDb } from '../tables.ts';
import type { Conventions } from './entities.ts';
import type { EntityName } from './forms.ts';
import type { PageClient } from './pull.ts';
import type { Booked } from './recall.ts';

export interface MirrorParts {
  readonly db: ExactDb;
  readonly client: ExactClient;
  readonly baseUrl: string;
  readonly division: () => number | undefined;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly conventions: Conventions;
  /** For a start: what was booked before it; absent: nothing is posted here. */
  readonly booked?: () => Promise<Booked>;
}

export interface MirrorEvents {
  /** After a page is durable: which subjects changed or went (items, orders, places by their id). */
  changed: [entity: EntityName, subjects: readonly string[]];
  /** A list stands still; the same again for the same reason is not told twice. `shape`: for logs. */
  fault: [list: string, fault: Fault, shape: string];
  healed: [list: string];
  /** Other lists than before were read to their end, or are not on the way there. */
  reach: [];
  /** The store failed underneath a round; it is tried again. */
  trouble: [error: unknown];
}

/** Nothing was read, and nothing is to be learnt from it. */
const OTHER_BOOKS: Failure = {
  kind: 'unavailable',
  nothingSent: true,
  words: 'the division changed while it was being read',
};

/**
 * A client whose pages are those of the round that asks. A page that was asked for before a change
 * of division comes from who knows whose books; as a failure it is not written.
 */
export function whileSame(client: PageClient, same: () => boolean): PageClient {
  const only = async (ask: () => ReturnType<PageClient['get']>) => {
    const answer = same() ? await ask() : OTHER_BOOKS;
    return same() ? answer : OTHER_BOOKS;
  };
  return {
    get: (path, query, lane) => only(() => client.get(path, query, lane)),
    follow: (next, lane) => only(() => client.follow(next, lane)),
  };
}
