// Who lives here: one more order beside those that are open, and how orders are left.

import { fault } from '../../domain/index.ts';
import { dropLine } from './answer.ts';
import { hasWork, isBegun, saying, settled } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import type { At } from './fits.ts';
import { onePhotoMore } from './photos.ts';
import { mayJoin, withoutLast } from './together.ts';

/** MORE: one more photo where one was taken; else the list of orders, to add one to those open. */
export function more(before: Dialogue, at: At): Dialogue {
  const photo = onePhotoMore(before, at);
  if (photo !== undefined) return photo;
  const d = settled(before);
  if (!hasWork(d) && mayJoin(d, at.rules)) return { ...d, adding: true, signal: 'step' };
  if (isBegun(d.work)) return saying(d, lineFirst(d));
  const { together } = at.rules;
  const full = d.document !== undefined && together !== undefined && d.adding !== true;
  return saying(
    d,
    full
      ? fault('step.orders-full', { most: together })
      : fault('step.not-here', { asks: at.asks }),
  );
}

/** Leaves all orders; only where nothing of this session is booked on them, as below. */
export function leaveDocument(before: Dialogue): Dialogue {
  const { document: _d, joined: _j, ...left } = leaveLast(before);
  return left;
}

/** BACK before anything is done: leaves the order that was opened last. */
export function leaveLast(before: Dialogue): Dialogue {
  const { shown: _h, skipped: _s, last: _l, ...left } = withoutLast(dropLine(before));
  return { ...left, work: {}, booked: [], standing: 0, undone: [] };
}

/** FINISH in the middle of a line; from the list of orders to add it only leads back. */
export function finishLineFirst(before: Dialogue): Dialogue {
  if (before.adding === true) return dropLine(before);
  return saying(settled(before), lineFirst(before));
}

const lineFirst = ({ work }: Dialogue) =>
  fault('step.finish-line-first', { item: work.item?.code ?? '', other: '' });
