// Who lives here: the proofs that the build left beside the program, so that a hub which starts with
// the workflows that ship, or with most of them, walks only what is new.

import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { KEPT } from '../../workflows/index.ts';

const proofs = z.array(
  z.object({
    ...{ key: z.string(), stopped: z.array(z.string()), events: z.number() },
    finding: z
      .object({
        stepId: z.string(),
        code: z.enum(['trap', 'no-way-home', 'too-large', 'leak', 'loop', 'print-unknown']),
        ...{ message: z.string(), hint: z.string().exactOptional() },
        path: z.array(z.string()).exactOptional(),
      })
      .exactOptional(),
  }),
);

/** Takes them in. None where nothing was built, as under the development server. */
export function takeProofs(file: string): void {
  if (existsSync(file)) KEPT.add(proofs.parse(JSON.parse(readFileSync(file, 'utf8'))));
}
