// Who lives here: how revisions are called.

import { createHash } from 'node:crypto';

/** At most 16 hexadecimal digits: enough to tell revisions apart, short enough to read aloud. */
export function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
