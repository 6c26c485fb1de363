// Who lives here: the button beside an endpoint that the hub has stopped calling (I-04): a person
// who knows that the cause is gone lets one call through, and what came of the wish in a sentence.

import * as z from 'zod';
import type { ActionOutcome } from './report.ts';

const ENDPOINT_CHARS = 200;

const schema = z.object({ endpoint: z.string().min(1).max(ENDPOINT_CHARS) });

/** What the page says afterwards; `endpoint` is the one whose button was pressed. */
export interface CallMessage {
  readonly ok: boolean;
  readonly endpoint: string;
  readonly message: string;
}

/** What the House gives for this. */
export interface TryPort {
  /** Lets one call of this endpoint through; the breaker goes on if that one fails. */
  tryNow(endpoint: string): ActionOutcome | Promise<ActionOutcome>;
}

/** Carries out a form with the field `endpoint`. */
export async function tryEndpointNow(port: TryPort, form: FormData): Promise<CallMessage> {
  const parsed = schema.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { ok: false, endpoint: '', message: 'This form is not complete.' };
  const { endpoint } = parsed.data;
  const outcome = await port.tryNow(endpoint);
  return { ok: outcome.kind === 'done', endpoint, message: sentenceFor(outcome) };
}

function sentenceFor(outcome: ActionOutcome): string {
  switch (outcome.kind) {
    case 'done':
      return 'The next call there may go. If Exact takes it, the others follow; if not, the stop stays.';
    case 'gone':
      return 'This endpoint is called already.';
    case 'refused':
      return outcome.reason;
  }
}
