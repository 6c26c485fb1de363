// Who lives here: what a posting of ours moved, for the mirror: which document, which items.

import * as z from 'zod';

const lineForm = z.object({ item: z.string() });
const postingForm = z.object({
  document: z.string(),
  item: z.string().optional(),
  lines: z.array(lineForm).default([]),
});

export interface Moved {
  readonly document: string;
  readonly items: readonly string[];
}

/** `body`: JSON of a posting as the outbox keeps it. Of a reversal nobody wrote down the items. */
export function movedBy(body: string): Moved {
  const { document, item, lines } = postingForm.parse(JSON.parse(body));
  const items = [...lines.map((line) => line.item), ...(item === undefined ? [] : [item])];
  return { document, items: [...new Set(items)] };
}
