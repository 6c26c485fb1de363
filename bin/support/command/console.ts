// Who lives here: what the command `scandock` touches of the machine: two streams of text, files to
// read (bounded, because anything may be named) and one to write. Paths stand from a folder.

import { open, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

/** A file that could not be read or written: the system's own words. */
export interface Unreachable {
  readonly ok: false;
  readonly why: string;
}

export interface Console {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  /**
   * The text of a file, `-` for standard input. One of more than `maxBytes` is not read to its end.
   */
  readonly read: (
    file: string,
    maxBytes: number,
  ) => Promise<{ readonly ok: true; readonly text: string } | Unreachable>;
  readonly write: (file: string, text: string) => Promise<{ readonly ok: true } | Unreachable>;
}

/** What may stand for a file name: the text comes in through a pipe. */
export const STANDARD_INPUT = '-';

const CHUNK_BYTES = 65_536;

async function readStream(
  stream: AsyncIterable<Buffer | string>,
  maxBytes: number,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream) {
    const buffer = Buffer.from(part);
    parts.push(buffer);
    bytes += buffer.length;
    if (bytes > maxBytes)
      throw new Error(
        `it is larger than ${Math.round(maxBytes / 1024)} KiB, the most that is read`,
      );
  }
  return Buffer.concat(parts).toString('utf8');
}

async function readFileUpTo(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    return await readStream(file.createReadStream({ highWaterMark: CHUNK_BYTES }), maxBytes);
  } finally {
    await file.close();
  }
}

const unreachable = (problem: unknown): Unreachable => ({
  ok: false,
  why: problem instanceof Error ? problem.message : String(problem),
});

/** The console of this process; file names stand from `folder`. */
export function machineConsole(folder: string): Console {
  return {
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
    read: async (file, maxBytes) => {
      try {
        const text =
          file === STANDARD_INPUT
            ? await readStream(process.stdin, maxBytes)
            : await readFileUpTo(resolve(folder, file), maxBytes);
        return { ok: true, text };
      } catch (problem) {
        return unreachable(problem);
      }
    },
    write: async (file, text) => {
      try {
        await writeFile(resolve(folder, file), text);
        return { ok: true };
      } catch (problem) {
        return unreachable(problem);
      }
    },
  };
}
