// Who lives here: what a person may do with a posting, as it comes in from a form. Nothing happens
// without a few words, because the journal must say why somebody intervened.

import * as z from 'zod';
import type { PostingsPort } from './postings.ts';
import type { ActionOutcome } from './report.ts';

const ID_CHARS = 100;
const WORDS_CHARS = 200;
const PERSON_CHARS = 60;
const NUMBER_CHARS = 30;

const posting = z.string().min(1).max(ID_CHARS);
const words = z
  .string('Say in a few words why.')
  .trim()
  .min(3, 'Say in a few words why.')
  .max(WORDS_CHARS, `Say it in at most ${WORDS_CHARS} characters.`);
const person = z
  .string('Name the person.')
  .trim()
  .min(1, 'Name the person.')
  .max(PERSON_CHARS, `A name has at most ${PERSON_CHARS} characters.`);

const number = z
  .string('Type the number that it has in Exact.')
  .trim()
  .regex(/^\d+$/, 'Type the number that it has in Exact.')
  .max(NUMBER_CHARS, `A number has at most ${NUMBER_CHARS} digits.`);

const schema = z.discriminatedUnion('action', [
  z.object({ action: z.enum(['drop', 'reverse', 'look']), posting, reason: words }),
  z.object({
    ...{ action: z.literal('resend'), posting, reason: words },
    doubt: z.coerce.number().int().exactOptional(),
  }),
  z.object({ action: z.literal('confirm'), posting, number, reason: words }),
  z.object({ action: z.literal('assign'), posting, person, reason: words }),
]);

type Asked = z.infer<typeof schema>;

/** What the page says afterwards; `posting` is the one whose form was sent. */
export interface PostingMessage {
  readonly ok: boolean;
  readonly posting: string;
  readonly message: string;
}

const DONE: Readonly<Record<Asked['action'], string>> = {
  resend: 'It is sent once more.',
  drop: 'It is closed; nothing is sent.',
  assign: 'It is noted who deals with it.',
  look: 'It is looked for in Exact, and sent once more only where it is not there.',
  confirm: 'It is noted as booked in Exact.',
  reverse: 'It is being taken back: the opposite is on its way to Exact.',
};

/**
 * Carries out a form with `action`, `posting`, `reason` and, for some, `person` or `number`; with
 * `doubt` for one that the page showed as in doubt: when it moved last.
 */
export async function actOnPosting(
  port: Pick<PostingsPort, Asked['action']>,
  form: FormData,
): Promise<PostingMessage> {
  const fields = Object.fromEntries(form);
  const parsed = schema.safeParse(fields);
  if (!parsed.success) {
    const of = typeof fields['posting'] === 'string' ? fields['posting'] : '';
    const issue = parsed.error.issues.find(({ path }) =>
      ['reason', 'person', 'number'].includes(String(path[0])),
    );
    return { ok: false, posting: of, message: issue?.message ?? 'This form is not complete.' };
  }
  const asked = parsed.data;
  const outcome = await carryOut(port, asked);
  const message = sentenceOf(asked.action, outcome);
  return { ok: outcome.kind === 'done', posting: asked.posting, message };
}

function carryOut(port: Pick<PostingsPort, Asked['action']>, asked: Asked): Promise<ActionOutcome> {
  if (asked.action === 'assign') return port.assign(asked.posting, asked.person, asked.reason);
  if (asked.action === 'confirm') return port.confirm(asked.posting, asked.number, asked.reason);
  if (asked.action === 'resend') return port.resend(asked.posting, asked.reason, asked.doubt);
  return port[asked.action](asked.posting, asked.reason);
}

function sentenceOf(action: Asked['action'], outcome: ActionOutcome): string {
  if (outcome.kind === 'done') return DONE[action];
  return outcome.kind === 'gone' ? 'Somebody has already dealt with it.' : outcome.reason;
}
