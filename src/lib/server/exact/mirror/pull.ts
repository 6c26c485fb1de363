// Who lives here: one reading of one entity, page after page, from where the cursor stands to the
// end. Pages are read one after another and `__next` is followed as given (exact-online-api.md
// §2.4, §4.1). A row that does not fit stops this entity at the page before, and only this one.

import { LIMITS } from '../../../domain/index.ts';
import type { Clock } from '../../../domain/index.ts';
import type { Page, Row } from '../envelope.ts';
import type { ExactClient } from '../http.ts';
import type { Failure, Outcome } from '../outcomes.ts';
import type { ExactDb } from '../tables.ts';
import { int64, sinceLiteral, wallMs } from '../values.ts';
import { DELETED_PATH, ENTITIES, selectOf, underOurNames } from './entities.ts';
import type { Conventions, EntitySpec } from './entities.ts';
import { deletedForm, forms } from './forms.ts';
import type { EntityName } from './forms.ts';
import { applyDeletions, applyPage, sweep } from './rows.ts';
import type { CleanRow, Deletion } from './rows.ts';

/** How a reading ended. Whatever came before a failure is kept. */
export type Pulled =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** A row is not as Exact's reference says: `raw` is an excerpt of it. */
  | { readonly kind: 'surprise'; readonly words: string; readonly raw: string };

export interface PullParts {
  readonly db: ExactDb;
  readonly client: ExactClient;
  readonly clock: Clock;
  readonly conventions: Conventions;
  readonly changed: (entity: EntityName, subjects: readonly string[]) => void;
}

/** Row versions begin above 1 (§4.1); changes by time begin in 1990. */
const SYNC_START = '1';
const POLL_START = String(Date.UTC(1990, 0, 1));

export function startOf(by: EntitySpec['by']): string {
  if (by === 'whole') return '0';
  return by === 'sync' ? SYNC_START : POLL_START;
}

function filterOf(by: EntitySpec['by'], cursor: string): { $filter?: string } {
  if (by === 'whole') return {};
  if (by === 'sync') return { $filter: `Timestamp gt ${cursor}L` };
  return { $filter: `Modified ge ${sinceLiteral(Number(cursor))}` };
}

function surprise(words: string, row: unknown): Pulled {
  return { kind: 'surprise', words, raw: JSON.stringify(row).slice(0, LIMITS.exactWordsChars) };
}

/** The place of a row in its order of change; null when it has none. */
function placeOf(by: EntitySpec['by'], row: Row): bigint | null {
  if (by === 'whole') return 0n;
  if (by === 'sync') return int64(row['Timestamp']);
  const ms = wallMs(row['Modified']);
  return ms === null ? null : BigInt(ms);
}

function clean(spec: EntitySpec, row: Row, conventions: Conventions): CleanRow | Pulled {
  const place = placeOf(spec.by, row);
  if (place === null) return surprise(`${spec.name}: no cursor in a row`, row);
  const parsed = forms[spec.name].safeParse(underOurNames(spec, row, conventions));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = issue?.path.join('.') ?? '';
    return surprise(`${spec.name}.${at}: ${issue?.message ?? 'does not fit'}`, row);
  }
  const fields: Row = parsed.data;
  const subject = fields[spec.subject];
  return {
    id: parsed.data.ID,
    body: JSON.stringify(parsed.data),
    subject: typeof subject === 'string' ? subject : parsed.data.ID,
    timestamp: spec.by === 'sync' ? String(place) : null,
  };
}

function highest(by: EntitySpec['by'], rows: readonly Row[], floor: string): string {
  let top = BigInt(floor);
  for (const row of rows) {
    const place = placeOf(by, row);
    if (place !== null && place > top) top = place;
  }
  return String(top);
}

interface Reading {
  readonly spec: EntitySpec;
  readonly from: string;
  /** Ids seen, when rows that are not seen must go at the end; else null. */
  readonly seen: Set<string> | null;
  readonly fullMs: number | null;
}

async function begin(parts: PullParts, spec: EntitySpec): Promise<Reading> {
  const start = startOf(spec.by);
  const row = await parts.db
    .selectFrom('sync_cursor')
    .select(['cursor', 'rows', 'full_ms'])
    .where('entity', '=', spec.name)
    .executeTakeFirst();
  const from = row?.cursor ?? start;
  const again = from === start && (row?.rows ?? 0) > 0;
  const seen = again ? new Set<string>() : null;
  const first = (row?.full_ms ?? null) === null || again;
  return { spec, from, seen, fullMs: first ? parts.clock.nowMs() : null };
}

/** Applies one page. A repeated full reading moves its cursor only when it is through. */
async function applied(
  parts: PullParts,
  reading: Reading,
  page: Page,
  cursor: string,
): Promise<Pulled | string> {
  const { spec, seen } = reading;
  const rows: CleanRow[] = [];
  for (const row of page.rows) {
    const result = clean(spec, row, parts.conventions);
    if ('kind' in result) return result;
    rows.push(result);
    seen?.add(result.id);
  }
  const top = highest(spec.by, page.rows, cursor);
  const last = page.next === undefined;
  // Polled rows come by key, not by time: only the whole list moves their cursor. A list that
  // has no times at all stays at its start, and is read to its end every time.
  const moves = seen === null && (spec.by === 'sync' || last);
  const mark = {
    entity: spec.name,
    cursor: moves ? top : reading.from,
    syncedMs: parts.clock.nowMs(),
    fullMs: last && seen === null ? reading.fullMs : null,
  };
  const { changed } = await applyPage(parts.db, spec.name, rows, mark);
  if (changed.length > 0) parts.changed(spec.name, changed);
  return top;
}

/** Reads one entity to its end. */
export async function pull(parts: PullParts, spec: EntitySpec): Promise<Pulled> {
  const reading = await begin(parts, spec);
  const query = {
    ...filterOf(spec.by, reading.from),
    $select: selectOf(spec, parts.conventions),
  };
  let cursor = reading.from;
  let answer: Outcome<Page> = await parts.client.get(spec.path, query, 'sync');
  for (let pages = 1; pages <= LIMITS.exactPagesPerRound; pages += 1) {
    if (answer.kind !== 'ok') return { kind: 'failed', failure: answer };
    const step = await applied(parts, reading, answer.value, cursor);
    if (typeof step !== 'string') return step;
    cursor = step;
    if (answer.value.next === undefined) return finish(parts, reading, cursor);
    answer = await parts.client.follow(answer.value.next, 'sync');
  }
  return surprise(`${spec.name}: more than ${LIMITS.exactPagesPerRound} pages`, {});
}

async function finish(parts: PullParts, reading: Reading, cursor: string): Promise<Pulled> {
  const { spec, seen, fullMs } = reading;
  if (seen === null) return { kind: 'done' };
  const mark = { entity: spec.name, cursor, syncedMs: parts.clock.nowMs(), fullMs };
  const { changed } = await sweep(parts.db, spec.name, spec.subject, seen, mark);
  if (changed.length > 0) parts.changed(spec.name, changed);
  return { kind: 'done' };
}

/** Reads `sync/Deleted` to its end and removes what it names. */
export async function pullDeleted(parts: PullParts): Promise<Pulled> {
  const byType = new Map(ENTITIES.map((spec) => [spec.deletedType, spec]));
  const row = await parts.db
    .selectFrom('sync_cursor')
    .select('cursor')
    .where('entity', '=', DELETED_PATH)
    .executeTakeFirst();
  let cursor = row?.cursor ?? SYNC_START;
  const query = { ...filterOf('sync', cursor), $select: 'Timestamp,EntityKey,EntityType' };
  let answer: Outcome<Page> = await parts.client.get(DELETED_PATH, query, 'sync');
  for (let pages = 1; pages <= LIMITS.exactPagesPerRound; pages += 1) {
    if (answer.kind !== 'ok') return { kind: 'failed', failure: answer };
    const deletions: Deletion[] = [];
    for (const raw of answer.value.rows) {
      const parsed = deletedForm.safeParse(raw);
      if (!parsed.success || int64(raw['Timestamp']) === null) {
        return surprise('Deleted: a row does not fit', raw);
      }
      const spec = byType.get(parsed.data.EntityType);
      if (spec === undefined) continue;
      deletions.push({ entity: spec.name, subjectField: spec.subject, id: parsed.data.EntityKey });
    }
    cursor = highest('sync', answer.value.rows, cursor);
    const mark = { entity: DELETED_PATH, cursor, syncedMs: parts.clock.nowMs(), fullMs: null };
    const changed = await applyDeletions(parts.db, deletions, mark);
    for (const [entity, subjects] of changed) parts.changed(entity, subjects);
    if (answer.value.next === undefined) return { kind: 'done' };
    answer = await parts.client.follow(answer.value.next, 'sync');
  }
  return surprise(`Deleted: more than ${LIMITS.exactPagesPerRound} pages`, {});
}
