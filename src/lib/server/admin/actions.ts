// Who lives here: the three things that a person may do with an exception, as they come in from a
// form. Nothing happens without a reason, because the journal must say why somebody intervened.

import * as z from 'zod';
import type { ActionOutcome, AdminPort } from './report.ts';

const REASON_CHARS = 200;
const ID_CHARS = 100;

const schema = z.object({
  action: z.enum(['resend', 'drop', 'approve']),
  exception: z.string().min(1).max(ID_CHARS),
  reason: z
    .string()
    .trim()
    .min(3, 'Say in a few words why.')
    .max(REASON_CHARS, `Say it in at most ${REASON_CHARS} characters.`),
});

/** What the page says afterwards; `exception` is the one whose form was sent. */
export interface ActionMessage {
  readonly ok: boolean;
  readonly exception: string;
  readonly message: string;
}

/** Carries out a form with the fields `action`, `exception` and `reason`. */
export async function actOnException(
  port: Pick<AdminPort, 'resend' | 'drop' | 'approve'>,
  form: FormData,
): Promise<ActionMessage> {
  const fields = Object.fromEntries(form);
  const parsed = schema.safeParse(fields);
  if (!parsed.success) {
    const exception = typeof fields['exception'] === 'string' ? fields['exception'] : '';
    const issue = parsed.error.issues.find((one) => one.path[0] === 'reason');
    return { ok: false, exception, message: issue?.message ?? 'This form is not complete.' };
  }
  const { action, exception, reason } = parsed.data;
  const outcome = await port[action](exception, reason);
  return { ok: outcome.kind === 'done', exception, message: sentenceFor(action, outcome) };
}

const DONE = {
  resend: 'It is sent once more.',
  drop: 'It is closed; nothing is sent.',
  approve: 'The barcode finds the item from now on.',
} as const;

function sentenceFor(action: keyof typeof DONE, outcome: ActionOutcome): string {
  switch (outcome.kind) {
    case 'done':
      return DONE[action];
    case 'gone':
      return 'Somebody has already dealt with it.';
    case 'refused':
      return outcome.reason;
  }
}
