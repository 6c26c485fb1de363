// The English words of exceptions: what may be wrong, what can be done, and why. The type is the
// lint: an exception, a remedy or a reason without its words does not compile.

import type { ExceptionKey } from '../../workflows/runtime/index.ts';

/** What stands around them on the screen. */
type ProblemKey =
  | `problem.${'prompt' | 'way' | 'item' | 'quantity' | 'found' | 'all' | 'empty' | 'left' | 'reason' | 'goods'}`
  | 'message.reported'
  | 'action.PROBLEM'
  | 'help.PROBLEM';

export const EN_EXCEPTIONS = {
  'exception.short': 'Too few',
  'exception.missing': 'Missing here',
  'exception.over': 'Too many',
  'exception.damaged': 'Damaged',
  'exception.unexpected-item': 'Not on the order',
  'exception.unknown-barcode': 'Unknown barcode',
  'exception.wrong-place': 'Another place',
  'exception.batch-blocked': 'Batch blocked or expired',
  'exception.batch-not-there': 'Not where it should be',
  'exception.location-not-empty': 'Something else lies there',
  'exception.place-empty': 'The place is empty',
  'exception.serial-known': 'Serial number known already',
  'exception.order-changed': 'Order changed or closed',
  'exception.zero-check': 'Is the place empty?',
  'remedy.take-found': 'Take what is there',
  'remedy.close-short': 'No more will come',
  'remedy.close-rest': 'Nothing more will come',
  'remedy.take-only': 'Take only {quantity} {unit}',
  'remedy.take-over': 'Take all, with the reason',
  'remedy.set-aside': 'Set aside, tell the office',
  'remedy.leave-open': 'Leave the damaged open',
  'remedy.other-source': 'Take from elsewhere',
  'remedy.link': 'It belongs to an item',
  'remedy.tell-office': 'Tell the office',
  'remedy.take-place': 'It is here: take this place',
  'remedy.go-there': 'Go to the place that is shown',
  'remedy.other-place': 'Put it elsewhere',
  'remedy.count-later': 'Have the place counted',
  'remedy.none-there': 'Nothing lies there',
  'remedy.other-serial': 'Take another number',
  'remedy.go-on-rest': 'Go on with the rest',
  'remedy.leave-order': 'Leave the order',
  'remedy.place-empty': 'Nothing left',
  'remedy.left-there': 'Something is left',
  'remedy.pick-again': 'Pick it again',
  'reason.damaged-in-transport': 'Damaged on the way',
  'reason.wrong-item': 'Wrong item',
  'reason.too-few-delivered': 'Too few delivered',
  'reason.not-found': 'Not found',
  'reason.quality': 'Quality',
  'reason.other': 'Something else',
  'problem.prompt': 'What is wrong?',
  'problem.way': 'What now?',
  'problem.item': 'Which item is it?',
  'problem.quantity': 'How many is it about?',
  'problem.found': 'How many are there?',
  'problem.all': 'How many are there in all?',
  'problem.empty': 'No {item} left at {place}?',
  'problem.left': 'How many are left?',
  'problem.reason': 'Why?',
  'problem.goods': '{name} · {code}',
  'message.reported': 'The office knows',
  'action.PROBLEM': 'Problem',
  'help.PROBLEM': 'say what is wrong',
} satisfies Record<ExceptionKey | ProblemKey, string>;
