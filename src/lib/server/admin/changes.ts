// Who lives here: what an admin sees of a changed workflow file before the floor does: what the
// recorded sessions of the last days would have done with it; the choice where one waits; and the
// sessions as a file, to try a change elsewhere.

import * as z from 'zod';
import { LANGUAGES } from '../../workflows/index.ts';
import type { Label, Language } from '../../workflows/index.ts';
import type { ActionOutcome } from './report.ts';

/** What a change of the file does to recorded sessions. */
export interface ChangeReport {
  /** Ids of the workflows that are different. */
  readonly changed: readonly string[];
  /** “312 of 318 receipts identical; 6 now ask for the expiry date”, of each that has sessions. */
  readonly workflows: readonly {
    readonly id: string;
    readonly label: Label;
    readonly told: Label;
    readonly differing: number;
  }[];
  readonly tapes: number;
  readonly replayed: number;
  readonly unread: number;
  /** Why they were not replayed. */
  readonly stopped?: string;
}

export interface WaitingReport {
  readonly workflowSet: string;
  readonly sinceMs: number;
  readonly judgement: ChangeReport;
  /** Somebody has decided to keep what is in force. */
  readonly declined: boolean;
}

/** The recorded sessions that the hub keeps. */
export interface TapesReport {
  readonly keepDays: number;
  readonly tapes: number;
  readonly bytes: number;
  readonly oldestMs?: number;
  /** Since the hub started: what stations lost, and what came and was no tape. */
  readonly lost: number;
  readonly refused: number;
}

export interface TapesPort {
  /** Recorded sessions, newest first, one line of JSON each; at most `LIMITS.tapesCompared`. */
  lines(): AsyncIterable<string>;
  /** `gone`: another file waits by now, or none. */
  putInForce(workflowSet: string): Promise<ActionOutcome>;
  keepOld(workflowSet: string): Promise<ActionOutcome>;
}

const form = z.object({
  action: z.enum(['putInForce', 'keepOld']),
  workflowSet: z.string().min(1).max(64),
});

export interface ChangeMessage {
  readonly ok: boolean;
  readonly change: string;
}

const DONE = {
  putInForce: 'It is in force. Sessions under way end with what they began with.',
  keepOld: 'The old one stays in force. The file on the disk is as it was written.',
} as const;

/** Carries out a form with the fields `action` and `workflowSet`. */
export async function decideOnChange(port: TapesPort, fields: FormData): Promise<ChangeMessage> {
  const parsed = form.safeParse(Object.fromEntries(fields));
  if (!parsed.success) return { ok: false, change: 'This form is not complete.' };
  const { action, workflowSet } = parsed.data;
  const outcome = await port[action](workflowSet);
  if (outcome.kind === 'done') return { ok: true, change: DONE[action] };
  const gone = 'The file has changed since: look at what it does now.';
  return { ok: false, change: outcome.kind === 'gone' ? gone : outcome.reason };
}

/** The first language of ours that a browser asks for; English where it asks for none. */
export function languageFor(accept: string | null): Language {
  const asked = (accept ?? '').split(',').map((each) => each.trim().slice(0, 2).toLowerCase());
  return asked.flatMap((two) => LANGUAGES.find((each) => each === two) ?? [])[0] ?? 'en';
}

/** The recorded sessions as a file with one line each. */
export function tapesDownload(port: TapesPort): Response {
  const lines = port.lines()[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(stream) {
      const next = await lines.next();
      if (next.done === true) stream.close();
      else stream.enqueue(encoder.encode(`${next.value}\n`));
    },
    async cancel() {
      await lines.return?.();
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="scandock-tapes.jsonl"',
      'cache-control': 'no-store',
    },
  });
}
