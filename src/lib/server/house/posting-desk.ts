// Who lives here: the desk of the postings: the list, what is in doubt, what was rejected, and the
// way back for a booked one. What a person says to it is in the journal before it has an effect.

import { LIMITS, makeId } from '../../domain/index.ts';
import type { Posting, PostingId } from '../../domain/index.ts';
import { compensationOf, reversal } from '../../ledger/index.ts';
import type { Compensate, Reversal } from '../../ledger/index.ts';
import { answersSaid, kindName, photosOf, POSTING_KINDS, POSTING_STATES } from '../admin/index.ts';
import type {
  ActionOutcome,
  DoubtLine,
  PostingLine,
  PostingsPort,
  PostingsQuery,
  PostingsReport,
  RejectedLine,
} from '../admin/index.ts';
import type { Writer } from '../hub/index.ts';
import { PostingLists } from '../outbox/index.ts';
import type { ListedPosting, PostingView, Pump } from '../outbox/index.ts';
import type { Photos } from '../photos/index.ts';
import type { Store } from '../store/index.ts';
import { assignmentsOf } from './assignments.ts';
import { POSTING } from './exception-desk.ts';
import type { ExceptionDesk } from './exception-desk.ts';
import { rejectedException, unrecordedWords } from './exceptions.ts';
import { adviceFor, lookedForWords, unreversedWords } from './posting-words.ts';
import { systemClock, systemRandom } from './shells.ts';

export interface PostingDeskParts {
  readonly store: Store;
  readonly writer: Writer;
  readonly pump: Pump;
  readonly exceptions: ExceptionDesk;
  readonly photos: Pick<Photos, 'kept' | 'report'>;
  /** Exact's numbers of these documents, by their ids; those that are not known are left out. */
  readonly orderNumbers: (documents: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** What a posting is about that is on no order. */
  readonly about: (posting: Posting) => Promise<string | undefined>;
}

export class PostingDesk implements PostingsPort {
  readonly #parts: PostingDeskParts;
  readonly #lists: PostingLists;

  constructor(parts: PostingDeskParts) {
    this.#parts = parts;
    this.#lists = new PostingLists(parts.store.db);
  }

  async page(query: PostingsQuery): Promise<PostingsReport> {
    const rows = await this.#lists.page(query, LIMITS.postingsPage + 1, query.before);
    const shown = rows.slice(0, LIMITS.postingsPage);
    const older = rows.length > shown.length ? shown.at(-1)?.id : undefined;
    const inDoubt = { state: 'in-doubt' } as const;
    const doubts = await this.#lists.page(inDoubt, LIMITS.rejectedShown);
    const rejected = await this.#parts.pump.waiting();
    return {
      atMs: systemClock.nowMs(),
      query,
      photos: this.#parts.photos.report(),
      states: POSTING_STATES,
      kinds: POSTING_KINDS,
      postings: await this.#lines(shown),
      total: await this.#lists.count(query),
      ...(older === undefined ? {} : { older }),
      doubts: await this.#doubts(doubts),
      doubtsTotal: await this.#lists.count(inDoubt),
      rejected: await this.#rejected(rejected.views),
      rejectedTotal: rejected.total,
      exportMost: LIMITS.postingsExported,
    };
  }

  async *portions(query: PostingsQuery): AsyncGenerator<readonly PostingLine[]> {
    let left: number = LIMITS.postingsExported;
    for (let before: string | undefined; left > 0;) {
      const most = Math.min(left, LIMITS.postingsPage * 10);
      const rows = await this.#lists.page(query, most, before);
      if (rows.length > 0) yield await this.#lines(rows);
      if (rows.length < most) return;
      left -= rows.length;
      before = rows.at(-1)?.id;
    }
  }

  count(query: PostingsQuery): Promise<number> {
    return this.#lists.count(query);
  }

  resend(posting: string, reason: string, doubtMs?: number): Promise<ActionOutcome> {
    return this.#parts.exceptions.resend(`${POSTING}${posting}`, reason, doubtMs);
  }

  look(posting: string, reason: string): Promise<ActionOutcome> {
    return this.#parts.exceptions.look(`${POSTING}${posting}`, reason);
  }

  confirm(posting: string, number: string, reason: string): Promise<ActionOutcome> {
    return this.#parts.exceptions.confirm(`${POSTING}${posting}`, number, reason);
  }

  drop(posting: string, reason: string): Promise<ActionOutcome> {
    return this.#parts.exceptions.drop(`${POSTING}${posting}`, reason);
  }

  assign(posting: string, person: string, note: string): Promise<ActionOutcome> {
    return this.#parts.exceptions.assign(`${POSTING}${posting}`, person, note);
  }

  /** Whether it may be done is decided in the order of entries, so that it is done once. */
  async reverse(posting: string, reason: string): Promise<ActionOutcome> {
    const { pump, writer } = this.#parts;
    const view = await pump.status(posting);
    if (view === null) return { kind: 'refused', reason: unreversedWords('unknown', undefined) };
    let office: string | undefined;
    const compensate: Compensate = (booked, exactId, name) => {
      const way = compensationOf(booked, exactId, name);
      if (way.kind === 'posting') return way.posting;
      office = way.words;
      return undefined;
    };
    let found: Reversal | undefined;
    const asked = { document: view.document, posting: view.id, reason };
    const recalled = await writer.recall([view.document]);
    if (!recalled.ok) return { kind: 'refused', reason: unrecordedWords(recalled.failure.message) };
    const recorded = await writer.record((world, context) => {
      found = reversal(world, asked, compensate, context);
      return found.kind === 'entries' ? found.entries : [];
    });
    if (!recorded.ok) return { kind: 'refused', reason: unrecordedWords(recorded.failure.message) };
    if (found?.kind !== 'refused') return { kind: 'done' };
    return { kind: 'refused', reason: unreversedWords(found.why, office) };
  }

  async #doubts(views: readonly ListedPosting[]): Promise<readonly DoubtLine[]> {
    const lines = await this.#lines(views);
    return lines.flatMap((line, at) => {
      const view = views[at];
      if (view === undefined) return [];
      const sinceMs = view.lastSentMs ?? view.updatedMs;
      const nextLookMs = view.nextAtMs ?? view.updatedMs;
      const lookedFor = lookedForWords(view.kind, view.marker);
      return [{ ...line, sinceMs, nextLookMs, looks: view.looks, lookedFor }];
    });
  }

  async #rejected(views: readonly PostingView[]): Promise<readonly RejectedLine[]> {
    const lines = await this.#lines(views);
    const assigned = await assignmentsOf(this.#parts.store.db, views);
    return lines.flatMap((line, at) => {
      const view = views[at];
      if (view === undefined) return [];
      const { kind, why } = rejectedException(view.id, view, line.order);
      const twice = kind === 'duplicate-in-exact';
      const doubted = kind === 'posting-in-doubt';
      const doubt = doubted ? lookedForWords(view.kind, view.marker) : null;
      const advice = twice || doubted ? null : adviceFor(view.kind);
      return [{ ...line, twice, doubt, why, advice, assigned: assigned.get(view.id) ?? null }];
    });
  }

  async #lines(
    views: readonly (PostingView & Partial<ListedPosting>)[],
  ): Promise<readonly PostingLine[]> {
    const documents = [...new Set(views.map(({ document }) => document))];
    // Documents that were settled long ago are not in memory. A journal that cannot be read costs
    // what it would have said about taking back, not the list.
    await this.#parts.writer.recall(documents);
    const numbers = await this.#parts.orderNumbers(documents);
    return Promise.all(views.map((view) => this.#line(view, numbers)));
  }

  async #line(
    view: PostingView & Partial<ListedPosting>,
    numbers: ReadonlyMap<string, string>,
  ): Promise<PostingLine> {
    const { answers = [] } = this.#known(view)?.posting ?? {};
    return {
      ...{ id: view.id, marker: view.marker, kind: view.kind, kindName: kindName(view.kind) },
      order: numbers.get(view.document) ?? (await this.#about(view)) ?? view.document,
      ...{ state: view.state, lines: view.lines, attempts: view.attempts },
      step: view.state === 'posted' ? view.step : view.step + 1,
      ...{ documentNumber: view.documentNumber, exactId: view.exactId },
      ...{ firstSentMs: view.firstSentMs, changedMs: view.updatedMs, words: view.words },
      answers: answersSaid(answers),
      photos: await photosOf(answers, this.#parts.photos),
      ...this.#back(view),
    };
  }

  async #about(view: PostingView): Promise<string | undefined> {
    const known = this.#known(view);
    return known && this.#parts.about(known.posting);
  }

  #known({ id, document }: PostingView) {
    return this.#parts.writer.world().documents.get(document)?.postings.get(id);
  }

  /** What the journal knows of taking a posting back. */
  #back({ id, document }: PostingView) {
    const postings = this.#parts.writer.world().documents.get(document)?.postings;
    const known = postings?.get(id);
    const target = known?.posting.reverses;
    const takesBack = (target === undefined ? null : postings?.get(target)?.posting.marker) ?? null;
    const dropped = (of: PostingId) => {
      const settled = postings?.get(of)?.settled;
      return settled?.kind === 'rejected' && settled.fault.data['dropped'] !== undefined;
    };
    const taking = [...(postings?.values() ?? [])].find(
      ({ posting }) => posting.reverses === id && !dropped(posting.id),
    );
    const takenBackBy = taking?.posting.marker ?? null;
    if (known?.settled?.kind !== 'posted' || takenBackBy !== null) {
      return { takesBack, takenBackBy, reversible: false };
    }
    const { exactId } = known.settled;
    const name = { id: makeId<PostingId>(systemClock, systemRandom), marker: known.posting.marker };
    const way = compensationOf(known.posting, exactId, name);
    return { takesBack, takenBackBy, reversible: way.kind === 'posting' };
  }
}
