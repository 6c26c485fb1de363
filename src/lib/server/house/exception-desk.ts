// Who lives here: the desk where a person deals with exceptions: the open ones, and what can be done
// with one. Each is recorded with its reason: sending once more, naming who deals with it and
// closing a refused command as an entry of the journal, dropping a posting in the outbox.

import type { Posting, PostingId } from '../../domain/index.ts';
import { documentOf } from '../../ledger/index.ts';
import type { EntryBody, JournalEntry } from '../../ledger/index.ts';
import type { ActionOutcome, ExceptionReport } from '../admin/index.ts';
import type { Writer } from '../hub/index.ts';
import type { PostingView, Pump, Wish } from '../outbox/index.ts';
import type { Store } from '../store/index.ts';
import {
  isLoose,
  itemOf,
  unrecordedWords,
  refusedException,
  rejectedException,
} from './exceptions.ts';
import { floorException, linkOf } from './floor-words.ts';
import { openRefusal, openRefusals } from './refusals.ts';

export interface DeskParts {
  readonly store: Store;
  readonly writer: Writer;
  readonly pump: Pump;
  /** Exact's number of an order, or its id when the order is not known any more. */
  readonly orderNumber: (document: string) => Promise<string>;
  /** What a posting is about that is on no order. */
  readonly about: (posting: Posting) => Promise<string | undefined>;
  /** What people call an item, or its id when it is not known any more. */
  readonly itemCode: (item: string) => Promise<string>;
  /** Who acted: the name of a person, else what the command says; absent: always that. */
  readonly named?: (operator: string) => string;
  readonly linking: Linking;
}

/** Where approved barcodes are kept. */
export interface Linking {
  /** Why this barcode can't be given to this item; undefined when it can. */
  problem(item: string, barcode: string): Promise<string | undefined>;
  /** It is approved, and in the journal. */
  linked(item: string, barcode: string): void;
}

/** Before the id of a posting, in the id of an exception. */
export const POSTING = 'posting:';
const ENTRY = 'entry:';
const NOW_IN_DOUBT =
  'It is in doubt now: load the page anew, look for it in Exact, and say what you found.';

export class ExceptionDesk {
  readonly #parts: DeskParts;

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** Oldest first; of very many the newest of each kind. `total` counts those not listed too. */
  async open(): Promise<{ readonly list: readonly ExceptionReport[]; readonly total: number }> {
    const { store, pump, orderNumber, itemCode } = this.#parts;
    const found: ExceptionReport[] = [];
    const rejected = await pump.waiting();
    for (const view of rejected.views) {
      const about = await this.#about(view);
      const order = about === undefined ? await orderNumber(view.document) : '';
      found.push(rejectedException(`${POSTING}${view.id}`, view, order, about));
    }
    const refused = await openRefusals(store.db);
    for (const kept of refused.entries) {
      const entry = this.#named(kept);
      const order = isLoose(entry) ? '' : await orderNumber(documentOf(entry));
      const id = `${ENTRY}${entry.seq}`;
      const about = itemOf(entry);
      const item = about === undefined ? undefined : await itemCode(about);
      const exception =
        refusedException(id, entry, order, item) ?? floorException(id, entry, order);
      if (exception !== undefined) found.push(exception);
    }
    const list = found.sort((a, b) => a.atMs - b.atMs);
    return { list, total: rejected.total + refused.total };
  }

  async #about({ id, document }: PostingView): Promise<string | undefined> {
    const { writer, about } = this.#parts;
    const known = writer.world().documents.get(document)?.postings.get(id);
    return known && about(known.posting);
  }

  /**
   * The reason is durable before the posting may leave. One in doubt leaves only for a person who
   * was told of that doubt, which moved last at `doubtMs`: nobody else has looked for it in Exact.
   */
  async resend(exceptionId: string, reason: string, doubtMs?: number): Promise<ActionOutcome> {
    const { pump } = this.#parts;
    const view = await this.#rejected(exceptionId);
    if (view === undefined) return { kind: 'gone' };
    const doubted = view.fault?.code === 'exact.in-doubt';
    if (doubted && view.updatedMs !== doubtMs) return { kind: 'refused', reason: NOW_IN_DOUBT };
    const allowed = await pump.mayResend(view.id);
    return this.#again(view, reason, allowed, (id) => pump.resend(id, view));
  }

  /** One in doubt is looked for again, and may leave once more where it is not found. */
  async look(exceptionId: string, reason: string): Promise<ActionOutcome> {
    const { pump } = this.#parts;
    const view = await this.#rejected(exceptionId);
    if (view === undefined) return { kind: 'gone' };
    const allowed = await pump.mayLookAgain(view.id);
    return this.#again(view, reason, allowed, (id) => pump.lookAgain(id));
  }

  /** One in doubt is in Exact, as a person saw; the journal hears it with its settlement. */
  async confirm(exceptionId: string, number: string, reason: string): Promise<ActionOutcome> {
    const view = await this.#rejected(exceptionId);
    if (view === undefined) return { kind: 'gone' };
    return outcomeOf(await this.#parts.pump.confirm(view.id, number, reason));
  }

  async #again(
    { id: posting, document }: PostingView,
    reason: string,
    allowed: Wish,
    wish: (id: PostingId) => Promise<Wish>,
  ): Promise<ActionOutcome> {
    if (allowed.kind === 'refused') return outcomeOf(allowed);
    const recorded = await this.#record({ type: 'posting-resent', posting, document, reason });
    return recorded.kind === 'done' ? outcomeOf(await wish(posting)) : recorded;
  }

  async drop(exceptionId: string, reason: string): Promise<ActionOutcome> {
    if (exceptionId.startsWith(ENTRY)) return this.#close(exceptionId, reason);
    const view = await this.#rejected(exceptionId);
    if (view === undefined) return { kind: 'gone' };
    return outcomeOf(await this.#parts.pump.drop(view.id, reason));
  }

  /** The barcode of a report finds its item from now on, at every station. */
  async approve(exceptionId: string, reason: string): Promise<ActionOutcome> {
    const { store, linking } = this.#parts;
    const entry = await openRefusal(store.db, Number(exceptionId.slice(ENTRY.length)));
    const link = entry?.body.type === 'exception-reported' ? linkOf(entry.body.report) : undefined;
    if (entry === undefined || link === undefined) return { kind: 'gone' };
    const problem = await linking.problem(link.item, link.barcode);
    if (problem !== undefined) return { kind: 'refused', reason: problem };
    const document = documentOf(entry);
    const about = { type: 'barcode-linked', document, entry: entry.seq, reason } as const;
    const recorded = await this.#record({ ...about, ...link });
    if (recorded.kind === 'done') linking.linked(link.item, link.barcode);
    return recorded;
  }

  /** Somebody deals with it from now on: that is noted, and the posting stays as it is. */
  async assign(exceptionId: string, person: string, note: string): Promise<ActionOutcome> {
    const view = await this.#rejected(exceptionId);
    if (view === undefined) return { kind: 'gone' };
    const { id: posting, document } = view;
    return this.#record({ type: 'exception-assigned', posting, document, person, note });
  }

  /** The entry with the name of who acted in place of the key. */
  #named(entry: JournalEntry): JournalEntry {
    const { named } = this.#parts;
    const { body } = entry;
    if (named === undefined || !('by' in body)) return entry;
    const by = { ...body.by, operator: named(body.by.operator) };
    return { ...entry, body: { ...body, by } };
  }

  async #rejected(exceptionId: string): Promise<PostingView | undefined> {
    const view = await this.#parts.pump.status(exceptionId.slice(POSTING.length));
    const doubled = view?.state === 'posted' && view.fault !== null;
    const open = view?.state === 'rejected' || doubled;
    return open && view.fault?.data['dropped'] === undefined ? view : undefined;
  }

  async #close(exceptionId: string, reason: string): Promise<ActionOutcome> {
    const seq = Number(exceptionId.slice(ENTRY.length));
    const open = await openRefusal(this.#parts.store.db, seq);
    if (open === undefined) return { kind: 'gone' };
    const document = documentOf(open);
    return this.#record({ type: 'exception-closed', document, entry: seq, reason });
  }

  async #record(body: EntryBody): Promise<ActionOutcome> {
    const recorded = await this.#parts.writer.record((_world, { nowMs, nextSeq }) => [
      { seq: nextSeq, atMs: nowMs, body },
    ]);
    if (recorded.ok) return { kind: 'done' };
    return { kind: 'refused', reason: unrecordedWords(recorded.failure.message) };
  }
}

function outcomeOf(wish: Wish): ActionOutcome {
  return wish.kind === 'done' ? { kind: 'done' } : { kind: 'refused', reason: wish.why };
}
