// Who lives here: the look at a tape that comes in: unpacked within its bounds, and its beginning
// read. Whether every event is of our form is looked at by whoever replays it, on another thread:
// the hub's own thread must not spend a session's worth of time on a session's tape.

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod';
import { LIMITS } from '../../domain/index.ts';

const unzip = promisify(gunzip);

const beginning = z.object({
  tape: z.literal(1),
  workflow: z.string().min(1).max(LIMITS.codeChars),
  revision: z.string().min(1).max(LIMITS.codeChars),
  frames: z.array(z.unknown()).min(1).max(LIMITS.tapeEvents),
  cut: z.literal(true).optional(),
});

/** What the room writes down of a tape. */
export interface Looked {
  readonly workflow: string;
  readonly revision: string;
  readonly events: number;
  readonly cut: boolean;
}

/** Undefined: this is no tape. */
export async function lookAt(gzip: Uint8Array): Promise<Looked | undefined> {
  const text = await unzip(gzip, { maxOutputLength: LIMITS.tapeBytes }).catch((error: unknown) => {
    // Zlib's word for what is no gzip, is cut off, or is larger than a tape may be.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const read = beginning.safeParse(parsed(text.toString('utf8')));
  if (!read.success) return undefined;
  const { workflow, revision, frames, cut } = read.data;
  return { workflow, revision, events: frames.length, cut: cut === true };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
