// Who lives here: the question, once a day, whether our division moved to another database or is no
// longer ours to read. A question that fails says nothing about the lists: it stops only itself, is
// shown, and is asked again after a pause that grows and outlives a restart. Only a clear answer
// that our division is gone stops the lists, because each of them would be refused.

import * as z from 'zod';
import { fault } from '../../../domain/index.ts';
import type { Fault } from '../../../domain/index.ts';
import { readMoveDate } from '../divisions.ts';
import { parseJson } from '../envelope.ts';
import type { Failure } from '../outcomes.ts';
import { readMeta, writeMeta } from '../tables.ts';
import type { ExactDb } from '../tables.ts';
import { DIVISION } from './entities.ts';
import { dropFault, saveFault } from './rows.ts';
import { shown, waitAfter } from './trouble.ts';
import type { Trouble } from './trouble.ts';
import { CHECK_KEY, compareAll, MOVED_KEY } from './upkeep.ts';
import type { UpkeepParts } from './upkeep.ts';

const DAY_MS = 24 * 3_600_000;

const stateForm = z.object({
  /** When the next question is due. */
  dueMs: z.number(),
  /** Questions in a row without an answer. */
  failures: z.number(),
  /** Why the last one failed, in words; null: it did not. */
  words: z.string().nullable(),
  gone: z.boolean(),
});
type State = z.infer<typeof stateForm>;
const UNASKED: State = { dueMs: 0, failures: 0, words: null, gone: false };
const GONE: Trouble = {
  kind: 'surprise',
  words: 'the division is not among those that were consented to',
  raw: '',
};

export type Checked =
  /** Lists may be read; `compare`: all of them, from the beginning. */
  | { readonly kind: 'well'; readonly compare: boolean }
  /** Nothing may be read until then. */
  | { readonly kind: 'stop'; readonly untilMs: number }
  /** No call gets through, of this question or any other. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Who hears of it: a question that fails is told once, until it is answered again. */
export interface CheckEars {
  readonly stopsAll: (failure: Failure) => boolean;
  readonly failed: (found: Fault, trouble: Trouble) => void;
  readonly healed: () => void;
}

/** When the question is due next, as it is kept; 0 means now. */
export async function checkDueMs(db: ExactDb): Promise<number> {
  return (await stateOf(db)).dueMs;
}

async function stateOf(db: ExactDb): Promise<State> {
  const stored = await readMeta(db, CHECK_KEY);
  return (
    (stored === undefined ? undefined : stateForm.safeParse(parseJson(stored)).data) ?? UNASKED
  );
}

/** Asks, when it is due, or when a person wants everything read and the last answer was none. */
export async function checkDivision(
  parts: UpkeepParts,
  division: number,
  person: boolean,
  ears: CheckEars,
): Promise<Checked> {
  const { db, client, clock } = parts;
  const state = await stateOf(db);
  const wanted = person && state.words !== null;
  const restMs = state.dueMs - clock.nowMs();
  // A clock that stepped back would else put it off for good.
  if (restMs > 0 && restMs <= DAY_MS && !wanted) {
    return state.gone ? { kind: 'stop', untilMs: state.dueMs } : { kind: 'well', compare: false };
  }
  const answer = await readMoveDate(client, division);
  if (answer.kind !== 'ok') {
    if (ears.stopsAll(answer)) return { kind: 'failed', failure: answer };
    await fail(parts, state, { kind: 'failed', failure: answer }, ears);
    return { kind: 'well', compare: false };
  }
  if (answer.value === null) {
    const untilMs = await fail(parts, state, GONE, ears);
    return { kind: 'stop', untilMs };
  }
  const known = await readMeta(db, MOVED_KEY);
  const elsewhere = known !== undefined && known !== answer.value;
  if (elsewhere) await compareAll(db);
  await writeMeta(db, MOVED_KEY, answer.value);
  await dropFault(db, DIVISION);
  await save(db, { ...UNASKED, dueMs: clock.nowMs() + DAY_MS });
  if (state.words !== null) ears.healed();
  return { kind: 'well', compare: elsewhere };
}

/** Puts the next question off; returns until when. */
async function fail(
  parts: UpkeepParts,
  state: State,
  trouble: Trouble,
  ears: CheckEars,
): Promise<number> {
  const nowMs = parts.clock.nowMs();
  const dueMs = nowMs + Math.min(waitAfter(trouble, state.failures, nowMs), DAY_MS);
  const { words, raw } = shown(trouble);
  const found = fault('exact.mirror', { entity: DIVISION, words, raw });
  await saveFault(parts.db, DIVISION, '{}', JSON.stringify(found));
  const gone = trouble === GONE;
  await save(parts.db, { dueMs, failures: state.failures + 1, words, gone });
  if (state.words === null) ears.failed(found, trouble);
  return dueMs;
}

function save(db: ExactDb, state: State): Promise<void> {
  return writeMeta(db, CHECK_KEY, JSON.stringify(state));
}
