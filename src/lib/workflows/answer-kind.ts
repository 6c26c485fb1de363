// Who lives here: which questions ask for an answer that the workflow names itself.

import { ANSWER_KINDS } from './types.ts';
import type { AnswerKind } from './types.ts';

/** The kind of answer that a question of this name asks for; nothing for facts of every warehouse. */
export function answerKind(fact: unknown): AnswerKind | undefined {
  return ANSWER_KINDS.find((kind) => kind === fact);
}
