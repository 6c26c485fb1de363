// Who lives here: our subscriptions at Exact: one a topic, made when they are missing, looked after
// once a day because they die with users and licences, and taken away when a person disconnects
// (exact-online-api.md §5). Refusals come in the user's language, so a subscription is there when
// the list says so, whatever the answer to making it was.

import * as z from 'zod';
import type { ExactClient } from '../http.ts';
import type { Row } from '../envelope.ts';
import { TOPICS } from '../mirror/hints.ts';
import { describe } from '../outcomes.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import { guidLiteral } from '../values.ts';

const PATH = 'webhooks/WebhookSubscriptions';
/** An administration has at most a few subscriptions of each of its apps. */
const MOST_PAGES = 10;

const rowForm = z.object({
  ID: z.guid(),
  Topic: z.string(),
  CallbackURL: z.string(),
  ClientID: z.nullable(z.string()),
});
type Subscription = z.infer<typeof rowForm>;

/** `missing`: topics that Exact will not tell us of, and why. */
export type Kept =
  | { readonly kind: 'kept' }
  | { readonly kind: 'missing'; readonly topics: readonly string[]; readonly words: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface SubscriptionParts {
  readonly client: ExactClient;
  readonly callbackUrl: string;
  readonly clientId: () => Promise<string>;
}

async function list(client: ExactClient): Promise<Outcome<readonly Subscription[]>> {
  const found: Row[] = [];
  let answer = await client.get(PATH, { $select: 'ID,Topic,CallbackURL,ClientID' }, 'sync');
  for (let pages = 1; answer.kind === 'ok'; pages += 1) {
    found.push(...answer.value.rows);
    const { next } = answer.value;
    if (next === undefined || pages >= MOST_PAGES) break;
    answer = await client.follow(next, 'sync');
  }
  if (answer.kind !== 'ok') return answer;
  const read = z.array(rowForm).safeParse(found);
  if (!read.success) return { kind: 'unknown', words: 'a subscription is not of the known form' };
  return { kind: 'ok', value: read.data };
}

/** Those that are ours: made by our app, whichever address they call. */
async function ours(parts: SubscriptionParts): Promise<Outcome<readonly Subscription[]>> {
  const all = await list(parts.client);
  if (all.kind !== 'ok') return all;
  const clientId = (await parts.clientId()).toLowerCase();
  const mine = all.value.filter(
    (each) => each.CallbackURL === parts.callbackUrl || each.ClientID?.toLowerCase() === clientId,
  );
  return { kind: 'ok', value: mine };
}

function missing(parts: SubscriptionParts, there: readonly Subscription[]): readonly string[] {
  const here = there.filter((each) => each.CallbackURL === parts.callbackUrl);
  const topics = new Set(here.map((each) => each.Topic));
  return Object.keys(TOPICS).filter((topic) => !topics.has(topic));
}

/** Makes what is missing, and takes away what calls an address that we no longer have. */
export async function keepSubscriptions(parts: SubscriptionParts): Promise<Kept> {
  const before = await ours(parts);
  if (before.kind !== 'ok') return { kind: 'failed', failure: before };
  const stale = before.value.filter(
    (each) => each.CallbackURL !== parts.callbackUrl && Object.hasOwn(TOPICS, each.Topic),
  );
  for (const { ID } of stale) {
    const gone = await parts.client.delete(`${PATH}(${guidLiteral(ID)})`, 'sync');
    if (gone.kind !== 'ok' && stops(gone)) return { kind: 'failed', failure: gone };
  }
  const wanted = missing(parts, before.value);
  if (wanted.length === 0) return { kind: 'kept' };
  let words = '';
  for (const Topic of wanted) {
    const body = { CallbackURL: parts.callbackUrl, Topic };
    const made = await parts.client.post(PATH, body, 'sync');
    if (made.kind === 'ok') continue;
    if (stops(made)) return { kind: 'failed', failure: made };
    words = describe(made);
  }
  if (words === '') return { kind: 'kept' };
  // "Data already exists" is as good as made; the list knows.
  const after = await ours(parts);
  if (after.kind !== 'ok') return { kind: 'failed', failure: after };
  const topics = missing(parts, after.value);
  return topics.length === 0 ? { kind: 'kept' } : { kind: 'missing', topics, words };
}

/** Takes all of ours away, as far as Exact lets us. */
export async function removeSubscriptions(parts: SubscriptionParts): Promise<void> {
  const there = await ours(parts);
  if (there.kind !== 'ok') return;
  for (const { ID, Topic } of there.value) {
    if (!Object.hasOwn(TOPICS, Topic)) continue;
    const gone = await parts.client.delete(`${PATH}(${guidLiteral(ID)})`, 'sync');
    if (gone.kind !== 'ok' && stops(gone)) return;
  }
}

/** Failures after which the next call would fail too. */
function stops(failure: Failure): boolean {
  return failure.kind !== 'rejected' && failure.kind !== 'forbidden';
}
