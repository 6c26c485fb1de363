// Who lives here: a count that is off the books is counted once more before it is believed. What the
// books have the hub says while the goods are counted; the screen never does. Right is a count that is
// near the books, or that was found twice. With the hub away nothing can be compared, and nothing is.

import { fault, LIMITS, minus, times } from '../../domain/index.ts';
import type { LookQuestion } from '../../domain/index.ts';
import type { LookModel, Off } from '../types.ts';
import { saying, telling, working } from './dialogue.ts';
import type { Dialogue } from './dialogue.ts';
import { asking } from './fits.ts';
import type { At, Rules } from './fits.ts';
import { answerTo, lookQuestion, stateOf } from './look-question.ts';
import { sentence } from './texts.ts';

/** How far the counts of these rules may be off; nothing where they are not compared. */
const limitOf = ({ steps }: Rules) => asking(steps, 'quantity')?.recount;

/** Whether counts are held against the books: then what a label says was packed is no count. */
export const isCompared = (rules: Rules): boolean => limitOf(rules) !== undefined;

/** What the hub is asked while the goods of a place are counted. */
export function booksAsked(
  d: Dialogue,
  rules: Rules,
): { ask: LookQuestion; state: LookModel['state'] } | undefined {
  const { item, location } = d.work;
  if (!isCompared(rules) || item === undefined || item.tracking === 'serial') return undefined;
  // Of a warehouse without locations the hub's answer does not say which one it is.
  if (location === undefined || location.whole === true) return undefined;
  const ask = lookQuestion(d.work);
  return ask && { ask, state: stateOf(ask, answerTo(ask, d)) };
}

/** The next line asks the hub anew: books move. */
export function unasked({ looked: _l, ...d }: Dialogue): Dialogue {
  return d;
}

/** What the books have of the goods at work in their place; nothing where nobody knows. */
function booksOf(d: Dialogue, rules: Rules): number | undefined {
  const answer = answerTo(booksAsked(d, rules)?.ask, d)?.answer;
  // Of goods in so many places this one may be among those that are not listed.
  if (answer === undefined || answer.more > 0) return undefined;
  const here = answer.lies.filter(({ location }) => location?.id === d.work.location?.id);
  return here.reduce((sum, { quantity }) => minus(sum, -quantity), 0);
}

const isOff = (counted: number, books: number, { share, pieces }: Off): boolean =>
  Math.abs(minus(counted, books)) > Math.max(times(Math.abs(books), share), pieces);

/** Whether the count of the line at work is so far off that somebody must say yes to it. */
export function offBooks(d: Dialogue, rules: Rules, off: Off): boolean {
  const { quantity } = d.work;
  const books = quantity === undefined ? undefined : booksOf(d, rules);
  return quantity !== undefined && books !== undefined && isOff(quantity, books, off);
}

/** `value` was counted: the answer, or one count of several. */
export function counted(d: Dialogue, value: number, at: At): Dialogue {
  const limit = limitOf(at.rules);
  const books = booksOf(d, at.rules);
  const { counts = [], counted: _scanned, ...work } = d.work;
  const before = counts.at(-1);
  if (before !== undefined && limit?.other === true && before.by !== undefined) {
    if (at.operator === undefined || before.by === at.operator) {
      return saying(d, fault('step.other-counts', { by: before.by }));
    }
  }
  const found = counts.some(({ quantity }) => quantity === value);
  if (limit === undefined || books === undefined || found || !isOff(value, books, limit)) {
    return working(d, { ...d.work, quantity: value });
  }
  const by = at.operator === undefined ? {} : { by: at.operator };
  const all = [...counts, { quantity: value, ...by }].slice(-LIMITS.countsPerLine);
  const key = limit.other === true ? 'message.count-other' : 'message.count-again';
  const said = sentence(key, at.operator === undefined ? undefined : { by: at.operator });
  const again = telling(working(d, { ...work, counts: all }), said, 'warning');
  return { ...again, signal: 'step' };
}
