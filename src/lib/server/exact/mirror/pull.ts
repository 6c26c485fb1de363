// Who lives here: one slice of the reading of one list: some pages, from where the place stands.
// Pages are read one after another and `__next` is followed as given (exact-online-api.md §2.4,
// §4.1). A row that does not fit stops this list at the page before, and only this list.
//
// Terms: slice (at most so many pages; the rest of the reading follows later, and a restart in
// between costs no call), surprise (an answer that is not as Exact's reference says).

import { LIMITS } from '../../../domain/index.ts';
import type { Clock } from '../../../domain/index.ts';
import type { Page, Row } from '../envelope.ts';
import type { Lane } from '../budget/lanes.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import type { ExactDb } from '../tables.ts';
import { int64, sinceLiteral, wallMs } from '../values.ts';
import { selectOf, underOurNames } from './entities.ts';
import type { Conventions, EntitySpec } from './entities.ts';
import { forms } from './forms.ts';
import { advanced, begun, ended, readPlace, startPlace } from './place.ts';
import type { Place } from './place.ts';
import { applyPage, sweep } from './rows.ts';
import type { Applied, CleanRow, Mark } from './rows.ts';

/** How a slice ended. Whatever came before a failure is kept. */
export type Pulled =
  | { readonly kind: 'done'; readonly news: boolean }
  /** The list goes on. */
  | { readonly kind: 'more'; readonly news: boolean }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** A row is not as Exact's reference says: `raw` is an excerpt of it. */
  | { readonly kind: 'surprise'; readonly words: string; readonly raw: string };

/** What the mirror needs of ExactClient. */
export interface PageClient {
  get(path: string, query: Readonly<Record<string, string>>, lane: Lane): Promise<Outcome<Page>>;
  follow(next: string, lane: Lane): Promise<Outcome<Page>>;
}

export interface PullParts {
  readonly db: ExactDb;
  readonly client: PageClient;
  readonly clock: Clock;
  readonly conventions: Conventions;
  /** After a page is durable. `ordinary`: neither a first load nor a comparison. */
  readonly onPage: (spec: EntitySpec, applied: Applied, ordinary: boolean) => Promise<void>;
  /** Whether Exact counts a list's rows with its first page, as far as we know. */
  readonly counts: { refused: boolean };
}

/** A list that is compared with Exact by and by, because nobody tells what was deleted in it. */
const COMPARE_EVERY_MS = 7 * 24 * 3_600_000;

export function surprise(words: string, raw: unknown): Pulled {
  const excerpt = JSON.stringify(raw).slice(0, LIMITS.exactWordsChars);
  return { kind: 'surprise', words, raw: excerpt };
}

/** The place of a row in its order of change; null when it has none. */
function positionOf(spec: EntitySpec, row: Row): bigint | null {
  if (spec.by === 'whole') return 0n;
  if (spec.by === 'sync') return int64(row['Timestamp']);
  const ms = wallMs(row[spec.changedAt]);
  return ms === null ? null : BigInt(ms);
}

/** A row in the form of its list, or why it is none. */
export function clean(spec: EntitySpec, row: Row, conventions: Conventions): CleanRow | Pulled {
  const parsed = forms[spec.name].safeParse(underOurNames(spec, row, conventions));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = issue?.path.join('.') ?? '';
    return surprise(`${spec.name}.${at}: ${issue?.message ?? 'does not fit'}`, row);
  }
  const fields: Row = parsed.data;
  const textIn = (name: string | undefined) => {
    const value = name === undefined ? undefined : fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    id: textIn(spec.key),
    body: JSON.stringify(parsed.data),
    subject: textIn(spec.subject),
    link: textIn(spec.link),
    live: spec.live?.(fields) === true ? 1 : 0,
    timestamp: spec.by === 'sync' ? String(int64(row['Timestamp']) ?? '') : null,
  };
}

/** One list's reading under way. */
class Reading {
  readonly spec: EntitySpec;
  place: Place;
  /** Never read to its end before. */
  readonly first: boolean;
  read: number;
  expected: number | null;
  news = false;
  /** A page of this slice brought it further. */
  moved = false;

  constructor(
    spec: EntitySpec,
    place: Place,
    first: boolean,
    read: number,
    expected: number | null,
  ) {
    this.spec = spec;
    this.place = place;
    this.first = first;
    this.read = read;
    this.expected = expected;
  }

  get ordinary(): boolean {
    return !this.first && (!this.place.comparing || this.spec.by === 'whole');
  }

  mark(nowMs: number): Mark {
    const { read, expected } = this;
    const cursor = JSON.stringify(this.place);
    return { entity: this.spec.name, cursor, syncedMs: nowMs, read, expected };
  }
}

async function open(parts: PullParts, spec: EntitySpec): Promise<Reading> {
  const nowMs = parts.clock.nowMs();
  const row = await parts.db
    .selectFrom('sync_cursor')
    .select(['cursor', 'full_ms', 'read', 'expected'])
    .where('entity', '=', spec.name)
    .executeTakeFirst();
  const place = (row && readPlace(row.cursor)) ?? startPlace(spec.by);
  const fullMs = row?.full_ms ?? null;
  if (place.begunMs !== null) {
    return new Reading(spec, place, fullMs === null, row?.read ?? 0, row?.expected ?? null);
  }
  const old = fullMs !== null && fullMs < nowMs - COMPARE_EVERY_MS;
  const comparing = place.comparing || (spec.by === 'poll' && spec.stays !== true && old);
  const fresh = begun({ ...place, comparing }, spec.by, nowMs);
  return new Reading(spec, fresh, fullMs === null, 0, null);
}

function filterOf(spec: EntitySpec, place: Place): { $filter?: string } {
  if (spec.by === 'whole') return {};
  if (spec.by === 'sync') return { $filter: `Timestamp gt ${place.since}L` };
  return { $filter: `${spec.changedAt} ge ${sinceLiteral(Number(place.since))}` };
}

/** The page at which the reading stands. */
async function ask(parts: PullParts, reading: Reading): Promise<Outcome<Page>> {
  const { spec, place } = reading;
  if (place.next !== null) return parts.client.follow(place.next, 'sync');
  const path = spec.paths[place.path] ?? spec.paths[0];
  const wantsCount = reading.read === 0 && !reading.ordinary && !parts.counts.refused;
  const query = { ...filterOf(spec, place), $select: selectOf(spec, parts.conventions) };
  if (!wantsCount) return parts.client.get(path, query, 'sync');
  const counted = { ...query, $inlinecount: 'allpages' };
  const answer = await parts.client.get(path, counted, 'sync');
  if (answer.kind !== 'rejected' || answer.status !== 400) return answer;
  // A figure for a progress bar is worth no second refusal.
  parts.counts.refused = true;
  return parts.client.get(path, query, 'sync');
}

/** The same, and under the list's other name where the first one is not known. */
async function askByName(parts: PullParts, reading: Reading): Promise<Outcome<Page>> {
  const answer = await ask(parts, reading);
  const { spec, place } = reading;
  const unknown = answer.kind === 'rejected' && answer.status === 404;
  if (!unknown || spec.paths.length < 2) return answer;
  reading.place = { ...place, path: (place.path + 1) % spec.paths.length };
  return ask(parts, reading);
}

/** Reads at most `pages` pages of one list. */
export async function pull(parts: PullParts, spec: EntitySpec, pages: number): Promise<Pulled> {
  const reading = await open(parts, spec);
  const resumed = reading.place.next !== null;
  let answer = await askByName(parts, reading);
  for (let count = 1; ; count += 1) {
    if (answer.kind !== 'ok') {
      if (resumed && count === 1) await forgetNext(parts, reading, answer);
      return { kind: 'failed', failure: answer };
    }
    const refusal = await apply(parts, reading, answer.value);
    if (refusal !== null) return refusal;
    const { next } = answer.value;
    if (next === undefined) return finish(parts, reading);
    if (count >= pages) return { kind: 'more', news: reading.news };
    answer = await parts.client.follow(next, 'sync');
  }
}

/**
 * A next page that Exact no longer knows would hold the list up for ever: the reading begins anew
 * where it began, because the pages of these lists do not come in the order of their times.
 */
async function forgetNext(parts: PullParts, reading: Reading, failure: Failure): Promise<void> {
  if (failure.kind !== 'rejected') return;
  const { place } = reading;
  const cursor = JSON.stringify({ ...place, at: place.since, next: null, begunMs: null });
  const { name } = reading.spec;
  await parts.db.updateTable('sync_cursor').set({ cursor }).where('entity', '=', name).execute();
}

/** One page; null when it fitted. */
async function apply(parts: PullParts, reading: Reading, page: Page): Promise<Pulled | null> {
  const { spec, place } = reading;
  const rows: CleanRow[] = [];
  let top = BigInt(place.since);
  for (const row of page.rows) {
    const position = positionOf(spec, row);
    if (position === null) return surprise(`${spec.name}: no cursor in a row`, row);
    if (position > top) top = position;
    const result = clean(spec, row, parts.conventions);
    if ('kind' in result) return result;
    rows.push(result);
  }
  const refusal = standsStill(reading, page, String(top));
  if (refusal !== null) return refusal;
  const { ordinary } = reading;
  reading.place = advanced(place, spec.by, String(top), page.next);
  reading.read += rows.length;
  if (page.count !== undefined) reading.expected = page.count;
  const comparison = place.comparing ? place.comparison : 0;
  const mark = markAfter(parts, reading, page.next === undefined);
  const applied = await applyPage(parts.db, spec, rows, comparison, mark);
  if (applied.rows.length > 0) {
    reading.news = true;
    await parts.onPage(spec, applied, ordinary);
  }
  return null;
}

/** What becomes durable with a page; with the last one also that the reading is through. */
function markAfter(parts: PullParts, reading: Reading, last: boolean): Mark {
  const { spec, place, first } = reading;
  const nowMs = parts.clock.nowMs();
  // A comparison is through when it has removed what it did not see.
  if (!last || place.comparing) return reading.mark(nowMs);
  reading.place = ended(place, spec.by, nowMs);
  return { ...reading.mark(nowMs), ...(first ? { fullMs: nowMs } : {}) };
}

/** Pages that lead nowhere: a skip token that Exact does not move on. */
function standsStill(reading: Reading, page: Page, top: string): Pulled | null {
  const { spec, place } = reading;
  if (page.next === undefined) return null;
  const moves = spec.by === 'sync' ? top !== place.since : page.next !== place.next;
  if (!moves) {
    // What came before it counts: the next slice asks from there, not by this token.
    if (spec.by === 'sync' && reading.moved) return { kind: 'more', news: reading.news };
    return surprise(`${spec.name}: the pages stand still`, { next: page.next });
  }
  reading.moved = true;
  const most = LIMITS.exactPolledRows;
  if (spec.by === 'sync' || reading.read <= most) return null;
  return surprise(`${spec.name}: more than ${most} rows`, {});
}

async function finish(parts: PullParts, reading: Reading): Promise<Pulled> {
  const { spec, place } = reading;
  const done = { kind: 'done', news: reading.news } as const;
  if (place.begunMs === null) return done;
  const nowMs = parts.clock.nowMs();
  reading.place = ended(place, spec.by, nowMs);
  // Pages of a list that is not in the order of its changes may shift: what one comparison did not
  // see may only have been passed over, so there it takes two.
  const threshold = spec.by === 'sync' ? place.comparison : place.before;
  const gone = await sweep(parts.db, spec, threshold, { ...reading.mark(nowMs), fullMs: nowMs });
  if (gone.length === 0) return done;
  await parts.onPage(spec, { rows: [], subjects: gone }, false);
  return { kind: 'done', news: true };
}
