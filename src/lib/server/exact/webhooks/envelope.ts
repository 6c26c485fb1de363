// Who lives here: one notification as it came, and what it may mean. Exact signs the bytes of the
// content as it sent them, so they are cut out and never written anew (exact-online-api.md §5). A
// notification has no time and no number: whoever copied one may send it again. So it is a hint
// that something changed, and never news of what.

import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { parseJson } from '../envelope.ts';
import { isTopic } from '../mirror/hints.ts';
import type { Topic } from '../mirror/hints.ts';

export type Notification =
  /** What Exact sends to see whether anybody is there. */
  | { readonly kind: 'empty' }
  /** Not signed with our secret, or of no form that we know. */
  | { readonly kind: 'refused' }
  /** Signed, and not for us. */
  | { readonly kind: 'ignored' }
  | {
      readonly kind: 'hint';
      readonly topic: Topic;
      readonly key: string;
      readonly deleted: boolean;
    };

const HEAD = Buffer.from('{"Content":');
const MIDDLE = Buffer.from(',"HashCode":"');
const TAIL = Buffer.from('"}');
const HASH_DIGITS = 64;

const contentForm = z.object({
  Topic: z.string(),
  Division: z.int(),
  Action: z.string(),
  Key: z.string(),
});

/** `raw`: the body, byte for byte. `division`: ours; undefined while there is none. */
export function readNotification(
  raw: Uint8Array,
  secret: string,
  division: number | undefined,
): Notification {
  if (raw.byteLength === 0) return { kind: 'empty' };
  const content = signedContent(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), secret);
  if (content === null) return { kind: 'refused' };
  const parsed = contentForm.safeParse(parseJson(content.toString('utf8')));
  if (!parsed.success) return { kind: 'refused' };
  const { Topic, Division, Action, Key } = parsed.data;
  if (Division !== division || !isTopic(Topic)) return { kind: 'ignored' };
  return { kind: 'hint', topic: Topic, key: Key, deleted: Action === 'Delete' };
}

/** The bytes between the two names, when the hash behind them is theirs. */
function signedContent(body: Buffer, secret: string): Buffer | null {
  const middle = body.length - TAIL.length - HASH_DIGITS - MIDDLE.length;
  if (middle < HEAD.length) return null;
  const [head, content] = [body.subarray(0, HEAD.length), body.subarray(HEAD.length, middle)];
  const rest = body.subarray(middle);
  const hash = rest.subarray(MIDDLE.length, MIDDLE.length + HASH_DIGITS);
  const formed =
    head.equals(HEAD) &&
    rest.subarray(0, MIDDLE.length).equals(MIDDLE) &&
    rest.subarray(-TAIL.length).equals(TAIL);
  if (!formed) return null;
  const ours = createHmac('sha256', secret).update(content).digest('hex').toUpperCase();
  return timingSafeEqual(Buffer.from(ours, 'latin1'), hash) ? content : null;
}
