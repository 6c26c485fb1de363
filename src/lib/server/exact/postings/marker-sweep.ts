// Who lives here: the nightly look around in Exact (I-03, second half). What the law of doubt could
// not see, because Exact applied it later than anyone waits, is found here: a marker that two
// documents carry, and a document of ours that the outbox still holds as not sent or as refused.
//
// Terms: sweep (everything that was made in the last three days, of every list that carries our
// markers), finding (what is wrong about one marker).

import { LIMITS } from '../../../domain/index.ts';
import type { PostingKind, Scheduler } from '../../../domain/index.ts';
import { maintenanceEnds } from '../budget/maintenance.ts';
import type { Page, Row } from '../envelope.ts';
import { describe } from '../outcomes.ts';
import type { Outcome } from '../outcomes.ts';
import { dutchWallMs, sinceLiteral } from '../values.ts';
import { BACK_MS, sweepAlike } from './alike-sweep.ts';
import type { AlikeParts, MarkerFinding, Notes, Unread } from './alike-sweep.ts';
import type { StepResult } from './outcomes.ts';
import { selectOf } from './search.ts';
import { guidIn, numberIn, textIn } from './step.ts';
import type { Entity } from './step.ts';
import { isPostingKind, POSTINGS } from './table.ts';
import type { PostingSpec } from './table.ts';

/** A posting of ours, as the outbox holds it. */
export interface HeldPosting {
  readonly marker: string;
  readonly kind: string;
  readonly state: string;
  /** How many documents it becomes there, where that is not one. */
  readonly parts?: number;
}

export interface SweepParts extends AlikeParts {
  readonly scheduler: Scheduler;
  /** Ends the waiting: the house closes. */
  readonly signal: AbortSignal;
  /** Which of these texts are markers of ours, at most 500 at a time. */
  readonly held: (texts: readonly string[]) => Promise<readonly HeldPosting[]>;
  /** Kinds of which something was ever sent; left out, all of them. */
  readonly sent?: () => Promise<ReadonlySet<string>>;
  /** Kinds of which something is posted that was first sent since then; left out, none. */
  readonly posted?: (sinceMs: number) => Promise<ReadonlySet<string>>;
  /** Lists that were read not long ago, by their paths; left out, none. */
  readonly fresh?: ReadonlySet<string>;
}

export interface Swept {
  /** Documents with a marker of ours that were seen. */
  readonly documents: number;
  readonly findings: readonly MarkerFinding[];
  /** Lists that were read to their end. */
  readonly read: readonly string[];
  /** Lists that could not be read to their end, and why. */
  readonly unread: readonly Unread[];
  /** Lists that Exact forbids to us (a right, or a licence): asking again soon is of no use. */
  readonly closed: readonly Unread[];
  /** Lists into which nothing of ours ever went: they are not asked. */
  readonly idle: readonly string[];
}

interface List {
  readonly entity: Entity & { readonly marker: string };
  readonly kinds: readonly PostingKind[];
  readonly booked?: PostingSpec<PostingKind>['booked'];
  /** The field that tells several documents of one posting from each other. */
  readonly apart?: string;
  readonly ownerOf?: PostingSpec<PostingKind>['ownerOf'];
}

interface Seen {
  /** Of documents that are told apart, by what; of others nothing. */
  readonly about: string;
  readonly result: StepResult;
  readonly booked: boolean;
}

/** The sweep is in no hurry: it waits for a limit this long, again and again. */
const PATIENCE_MS = 2 * 60_000;
const HELD_AT_ONCE = 500;
/** What was made so shortly after the beginning of the sweep may be on its other side at Exact. */
const EDGE_MS = 3_600_000;

/** A sweep that begins so soon before Exact's maintenance would run into it. */
const BEFORE_MS = 10 * 60_000;

/** When Exact may be asked for things that can wait: now, or when its maintenance is over. */
export function calmAtMs(nowMs: number): number {
  return maintenanceEnds(nowMs) ?? maintenanceEnds(nowMs + BEFORE_MS) ?? nowMs;
}

/** Each list once, though two kinds of posting may stand in it. */
function lists(): readonly List[] {
  const found = new Map<string, List>();
  for (const kind of Object.keys(POSTINGS).filter(isPostingKind)) {
    const { entity, booked, apart: own, ownerOf } = POSTINGS[kind];
    const { marker } = entity;
    if (marker === null) continue;
    const known = found.get(entity.path);
    const apart = own ?? known?.apart;
    found.set(entity.path, {
      ...{ entity: { ...entity, marker }, kinds: [...(known?.kinds ?? []), kind] },
      ...(booked === undefined ? {} : { booked }),
      ...(apart === undefined ? {} : { apart }),
      ...(ownerOf === undefined ? {} : { ownerOf }),
    });
  }
  return [...found.values(), ...besides()];
}

/** What is left in another list on the way to a document: asked for after the documents. */
function besides(): readonly List[] {
  return Object.keys(POSTINGS)
    .filter(isPostingKind)
    .flatMap((kind) => {
      const { beside } = POSTINGS[kind];
      if (beside === undefined) return [];
      const { entity, steps } = beside;
      return [{ entity, kinds: [kind], ownerOf: (marker: string) => ({ marker, steps }) }];
    });
}

/** Reads what was made in the last 72 hours and compares it with what the outbox holds. */
export async function sweepMarkers(parts: SweepParts): Promise<Swept> {
  const notes: Notes = { findings: [], unread: [], closed: [] };
  const sent = await parts.sent?.();
  const posted = await parts.posted?.(parts.clock.nowMs() - BACK_MS + EDGE_MS);
  const [busy, idle] = lists().reduce<[List[], string[]]>(
    ([asked, left], list) => {
      const used = sent === undefined || list.kinds.some((kind) => sent.has(kind));
      return used ? [[...asked, list], left] : [asked, [...left, list.entity.path]];
    },
    [[], []],
  );
  const read: string[] = [];
  let documents = 0;
  for (const list of busy) {
    const { path } = list.entity;
    if (parts.fresh?.has(path) === true) continue;
    const seen = new Map<string, Seen[]>();
    const problem = await readList(parts, list, seen);
    const owned = byOwner(list, seen);
    const ours = await heldOf(parts, list, [...owned.keys()]);
    for (const held of ours) {
      const its = owned.get(held.marker) ?? [];
      documents += its.reduce((sum, { copies }) => sum + copies.length, 0);
      const finding = findingOf(held, its);
      if (finding !== undefined) notes.findings.push(finding);
    }
    const hidden = ours.length === 0 && list.kinds.some((kind) => posted?.has(kind) === true);
    const found = problem ?? (hidden ? HIDDEN : undefined);
    if (found === undefined) read.push(path);
    else notes[found.closed ? 'closed' : 'unread'].push({ list: path, words: found.words });
  }
  await sweepAlike(parts, notes);
  return { documents, read, idle, ...notes };
}

/** What was seen of one of a posting's documents; it has several where its kind says so. */
interface Document {
  readonly copies: readonly Seen[];
  readonly steps: number | undefined;
}

/** The documents by the marker of whose they are; the one that ends the most steps comes last. */
function byOwner({ ownerOf }: List, seen: ReadonlyMap<string, readonly Seen[]>) {
  const found = new Map<string, readonly Document[]>();
  for (const [text, copies] of seen) {
    const owner = ownerOf?.(text);
    const marker = owner?.marker ?? text;
    const all = [...(found.get(marker) ?? []), { copies, steps: owner?.steps }];
    found.set(
      marker,
      all.toSorted((one, other) => (one.steps ?? 0) - (other.steps ?? 0)),
    );
  }
  return found;
}

function findingOf(
  { marker, state, parts = 1 }: HeldPosting,
  documents: readonly Document[],
): MarkerFinding | undefined {
  for (const { copies } of documents) {
    const doubled = copies.filter((one) => copies.some((o) => o !== one && o.about === one.about));
    if (doubled.length === 0) continue;
    const documentNumbers = doubled.map(({ result }) => result.documentNumber ?? result.exactId);
    return { kind: 'several', marker, documentNumbers };
  }
  if (state === 'posted' || state === 'sending') return undefined;
  // What is there only in part goes on from there, or was refused at it; so does a draft.
  const there = documents.findLast(
    ({ copies }) => copies.length >= parts && copies.at(-1)?.booked === true,
  );
  const last = there?.copies.at(-1);
  if (there === undefined || last === undefined) return undefined;
  const { steps } = there;
  return {
    ...{ kind: 'there', marker, result: last.result },
    ...(steps === undefined ? {} : { steps }),
  };
}

async function heldOf(
  parts: SweepParts,
  { kinds }: List,
  texts: readonly string[],
): Promise<readonly HeldPosting[]> {
  const found: HeldPosting[] = [];
  for (let from = 0; from < texts.length; from += HELD_AT_ONCE) {
    found.push(...(await parts.held(texts.slice(from, from + HELD_AT_ONCE))));
  }
  return found.filter((held) => kinds.some((kind) => kind === held.kind));
}

interface Problem {
  readonly words: string;
  /** Exact forbids it. */
  readonly closed: boolean;
}

/** Exact answers a list that the user may not see with an empty list (§1.8). */
const HIDDEN: Problem = {
  words:
    'nothing of ours is to be seen in it, though we booked there: is the right to read it gone?',
  closed: true,
};

/** Fills `seen` by marker; the answer says why it could not be read to the end. */
async function readList(
  parts: SweepParts,
  list: List,
  seen: Map<string, Seen[]>,
): Promise<Problem | undefined> {
  const { client, clock } = parts;
  const { entity, booked, apart } = list;
  const fields = [
    ...(booked === undefined ? [] : [booked.field]),
    ...(apart === undefined ? [] : [apart]),
  ];
  const query = {
    $filter: `${entity.created} ge ${sinceLiteral(dutchWallMs(clock.nowMs() - BACK_MS))}`,
    $select: selectOf(entity, fields),
  };
  const ids = new Set<string>();
  let page = await patiently(parts, () => client.get(entity.path, query, 'settle'));
  for (let pages = 0; pages < LIMITS.markerSweepPages; pages += 1) {
    if (page.kind !== 'ok') return { words: describe(page), closed: page.kind === 'forbidden' };
    for (const row of page.value.rows) note(row, list, ids, seen);
    const { next } = page.value;
    if (next === undefined) return undefined;
    page = await patiently(parts, () => client.follow(next, 'settle'));
  }
  return { words: `more than ${LIMITS.markerSweepPages} pages`, closed: false };
}

function note(
  row: Row,
  { entity, booked, apart }: List,
  ids: Set<string>,
  seen: Map<string, Seen[]>,
): void {
  const exactId = guidIn(row, entity.key);
  const marker = textIn(row, entity.marker);
  // Pages may show a row twice when others write meanwhile (§2.4).
  if (exactId === undefined || marker === '' || ids.has(exactId)) return;
  ids.add(exactId);
  const one: Seen = {
    about: apart === undefined ? '' : textIn(row, apart).toLowerCase(),
    result: { exactId, documentNumber: numberIn(row, entity) },
    booked: booked === undefined || row[booked.field] === booked.value,
  };
  seen.set(marker, [...(seen.get(marker) ?? []), one]);
}

/** Asks again when a limit is over that is over soon. */
async function patiently(
  { clock, scheduler, signal }: SweepParts,
  ask: () => Promise<Outcome<Page>>,
): Promise<Outcome<Page>> {
  const startMs = clock.nowMs();
  for (;;) {
    const page = await ask();
    if (page.kind !== 'throttled' || signal.aborted) return page;
    if (page.untilMs - startMs > PATIENCE_MS) return page;
    const waitMs = Math.max(1, page.untilMs - clock.nowMs());
    await new Promise<void>((resolve) => {
      const cancel = scheduler.after(waitMs, resolve);
      const end = () => {
        cancel();
        resolve();
      };
      signal.addEventListener('abort', end, { once: true });
    });
  }
}
