// Who lives here: every sentence of the product's catalogue that a dialogue may ask for. The
// compiler lets no other key through, so a catalogue that has these has all.

import { EXCEPTION_CODES, EXCEPTION_REASONS, REMEDIES } from '../../domain/index.ts';
import type { ExceptionCode, ExceptionReason, Remedy } from '../../domain/index.ts';
import type { Text } from '../types.ts';

/** Keys of titles, prompts, messages and buttons; faults have their own catalogue (domain). */
const SENTENCES = [
  'prompt.document',
  'prompt.item',
  'prompt.batch',
  'prompt.expiry',
  'prompt.serial',
  'prompt.quantity',
  'prompt.location',
  'prompt.to',
  'prompt.take-from',
  'prompt.count-at',
  'prompt.count-serials',
  'prompt.look',
  'prompt.undo',
  'prompt.which',
  'prompt.which-pack',
  'prompt.which-line',
  'prompt.reason',
  'prompt.choice',
  'prompt.text',
  'prompt.number',
  'prompt.yes-no',
  'prompt.weight',
  'prompt.show',
  'answer.yes',
  'answer.no',
  'prompt.reverse',
  'close.prompt',
  'close.prompt-work',
  'ended.done',
  'ended.picked',
  'ended.issued',
  'ended.produced',
  'ended.counted',
  'ended.moved',
  'ended.cancelled',
  'message.line-done',
  'message.line-done-at',
  'message.picked',
  'message.picked-from',
  'message.issued',
  'message.issued-from',
  'message.produced',
  'message.produced-at',
  'message.counted',
  'message.counted-at',
  'message.moved',
  'message.undone',
  'message.order-added',
  'message.reversed',
  'message.skipped',
  'message.skipped-all',
  'action.serials-done',
  'action.none-there',
  'message.none-there',
  'action.put-there',
  'action.take-there',
  'action.take-batch',
  'action.cancel-line',
  'action.undo-last',
  'action.reverse',
  'action.keep',
  'action.close-order',
  'action.close-work',
  'action.go-on',
  'action.go-on-working',
  'action.next-order',
  'action.next-work',
  'action.take-it',
  'action.take-first',
  'choice.line',
  'choice.order-line',
  'choice.open',
  'choice.code',
  'choice.pack',
  'choice.piece',
  'choice.at',
  'choice.batch',
  'choice.until',
  'choice.lies',
  'action.read-it',
  'problem.prompt',
  'problem.way',
  'problem.item',
  'problem.quantity',
  'problem.found',
  'problem.all',
  'problem.reason',
  'problem.goods',
  'message.reported',
  'action.take-next',
  'action.take-all',
] as const;

/** Every exception, remedy and reason has its words: a key each, made of its code. */
export type ExceptionKey =
  `exception.${ExceptionCode}` | `remedy.${Remedy}` | `reason.${ExceptionReason}`;
export type TextKey = (typeof SENTENCES)[number] | ExceptionKey;

export const TEXT_KEYS: readonly TextKey[] = [
  ...SENTENCES,
  ...EXCEPTION_CODES.map((code) => `exception.${code}` as const),
  ...REMEDIES.map((remedy) => `remedy.${remedy}` as const),
  ...EXCEPTION_REASONS.map((reason) => `reason.${reason}` as const),
];

/** A sentence of the catalogue with the words and numbers it needs. */
export function sentence(key: TextKey, data?: Readonly<Record<string, string | number>>): Text {
  return data === undefined ? { key } : { key, data };
}
