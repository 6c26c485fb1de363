// Who lives here: how `npm start` recognises, line by line, that a child serves.

import * as z from 'zod';

const simulatorLine = z.object({ ready: z.literal(true), url: z.url() });

/** The simulator's address, from the JSON line that it prints with `--json-ready`. */
export function simulatorUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Some other line that begins with a brace: it is passed on to the console as it is.
    return undefined;
  }
  const parsed = simulatorLine.safeParse(value);
  return parsed.success ? parsed.data.url : undefined;
}

/** Whether this is the line that bin/serve.ts prints when it listens. */
export function hubIsReady(line: string): true | undefined {
  return line.startsWith('scandock hub ready') ? true : undefined;
}
