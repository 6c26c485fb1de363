// Who lives here: how a book of ours is held against what the mirror shows of Exact: what was booked on
// a line shows as done there, and what was issued in place of a line shows in what is planned of it.

import { insteadLineOf, LIMITS, plus } from '../domain/index.ts';
import type { Book, MirrorLine, MirrorOrder } from './world.ts';

/** What the mirror shows of this book of a line: what falls is counted below zero. */
export function shownOf(line: MirrorLine, book: string): number {
  if (book === line.id) return line.doneInExact;
  return book === insteadLineOf(line.id) ? -line.ordered : 0;
}

/** Issued in place of this line's material, booked, and still planned as far as the mirror knows. */
export function replaced(book: Book | undefined, line: MirrorLine | undefined): number {
  if (book === undefined || book.booked <= 0) return 0;
  const ours = plus(book.base, book.booked);
  return Math.max(0, Math.min(book.booked, plus(line?.ordered ?? 0, ours)));
}

/** A book after the mirror spoke: what it has caught up with is no longer ours to remember. */
export function seen(book: Book, inExact: number, order: MirrorOrder): Book {
  const expected = plus(book.base, book.booked);
  const caughtUp =
    book.booked === 0 ||
    (book.booked > 0 ? inExact >= expected : inExact <= expected) ||
    (order.asOfMs !== undefined && order.asOfMs >= book.bookedAtMs + LIMITS.mirrorLagMs);
  return caughtUp ? { ...book, base: inExact, booked: 0 } : book;
}
