// Who lives here: what a body needs to know of Exact before it can be made: a list, read to its end,
// or why nothing can be sent yet. Nothing has been sent by then.

import { LIMITS } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import { describe } from '../outcomes.ts';
import type { Failure } from '../outcomes.ts';
import { laterOf } from './outcomes.ts';
import type { Later } from './outcomes.ts';
import type { Desk, Made } from './step.ts';

/** 60 rows a page; more is no list that a document of ours is made from. */
const PAGES_MAX = 50;

/** Nothing was sent, and nobody can say when it can be: a silence that lasts is a refusal. */
function waiting({ clock, sinceMs }: Desk, later: Later, words: string): Made {
  const silent = later.scope === 'kind' && later.retryAtMs === null;
  if (silent && clock.nowMs() - sinceMs >= LIMITS.silentDoubtMs) {
    return { kind: 'rejected', status: 503, words };
  }
  return { kind: 'not-applied', ...later };
}

function unread(failure: Failure, desk: Desk, what: string): Made {
  const words = `Nothing was sent: ${what} can't be read. ${describe(failure)}`;
  if (failure.kind === 'forbidden') return { kind: 'rejected', status: 403, words };
  if (failure.kind === 'rejected') return { kind: 'rejected', status: failure.status, words };
  return waiting(desk, laterOf(failure, desk.client.freeAtMs('', 'post')), words);
}

/** Why an empty answer of this list could not be believed; nothing where it can. */
export async function hidden(desk: Desk, path: string): Promise<Made | undefined> {
  const unseen = await desk.readable.unseen([path]);
  if (unseen === undefined) return undefined;
  const { scope, retryAtMs, words } = unseen;
  return waiting(desk, { scope, retryAtMs, words }, `Nothing was sent: ${words}`);
}

/**
 * All rows of `path` that `query` asks for. `what`: for a person, “the lines of the receipt”.
 */
export async function readRows(
  desk: Desk,
  path: string,
  what: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly Row[] | Made> {
  const { client } = desk;
  const rows: Row[] = [];
  let page = await client.get(path, query, 'post');
  for (let pages = 0; pages < PAGES_MAX; pages += 1) {
    if (page.kind !== 'ok') return unread(page, desk, what);
    rows.push(...page.value.rows);
    if (page.value.next === undefined) return rows;
    page = await client.follow(page.value.next, 'post');
  }
  return { kind: 'rejected', status: 404, words: `Nothing was sent: ${what} are too many to read` };
}
