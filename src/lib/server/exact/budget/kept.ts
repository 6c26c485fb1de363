// Who lives here: what of the budget outlives a restart: the calls of every quarter of an hour,
// the limits that Exact told, the calls of the last minute, errors, breakers and events. It is
// written before a call leaves, so that no crash loop can make us forget what we used.

import * as z from 'zod';
import { assert, LIMITS } from '../../../domain/index.ts';
import { parseJson } from '../envelope.ts';
import { readMeta, writeMeta } from '../tables.ts';
import type { ExactDb } from '../tables.ts';
import type { CallBudget } from './budget.ts';
import { LANES } from './lanes.ts';
import { dayName } from './slots.ts';
import type { SlotRow } from './slots.ts';
import { eventForm } from './view.ts';

/** Small, and written with every call. */
const COUNT_KEY = 'exact.budget';
/** Written when it changes. */
const MARKS_KEY = 'exact.budget-marks';

const count = z.int().nonnegative();
const countForm = z.object({
  minuteLimit: z.nullable(z.int().positive()),
  dayLimit: z.nullable(z.int().positive()),
  /** Calls that may have arrived in the 60 s before `atMs`, by our clock. */
  atMs: z.number(),
  recent: z.object({ human: count, post: count, settle: count, sync: count }),
});
const fuseForm = z.object({
  errors: z.array(z.number()).readonly(),
  words: z.string(),
  level: count,
  sinceMs: z.number(),
  untilMs: z.number(),
  open: z.boolean(),
  blocked: z.boolean().default(false),
});
const marksForm = z.object({
  fuses: z.record(z.string(), fuseForm).readonly(),
  events: z.array(eventForm).max(LIMITS.exactBudgetEvents).readonly(),
});

export type KeptCount = z.infer<typeof countForm>;
export type KeptMarks = z.infer<typeof marksForm>;

/** Everything that an earlier process left. */
export interface KeptBudget {
  readonly rows: readonly SlotRow[];
  /** Null at the very first start. */
  readonly count: KeptCount | null;
  readonly marks: KeptMarks | null;
}

export const NOTHING_KEPT: KeptBudget = { rows: [], count: null, marks: null };

/** @throws ZodError when what was kept is damaged: better no start than a forgotten count. */
export async function readKept(db: ExactDb): Promise<KeptBudget> {
  const stored = await db.selectFrom('call_slot').selectAll().execute();
  const rows = stored.map((row): SlotRow => {
    const lane = LANES.find((each) => each === row.lane);
    assert(lane !== undefined, 'the table knows only our lanes');
    return { ...row, lane };
  });
  const [countText, marksText] = [await readMeta(db, COUNT_KEY), await readMeta(db, MARKS_KEY)];
  return {
    rows,
    count: countText === undefined ? null : countForm.parse(parseJson(countText)),
    marks: marksText === undefined ? null : marksForm.parse(parseJson(marksText)),
  };
}

export class BudgetKeeper {
  readonly #db: ExactDb;
  readonly #budget: CallBudget;
  #last: Promise<void> = Promise.resolve();
  #marks = '';
  #day = '';

  constructor(db: ExactDb, budget: CallBudget) {
    this.#db = db;
    this.#budget = budget;
  }

  /** Resolves when everything that happened before the call of `save` is durable. */
  save(): Promise<void> {
    const mine = this.#last.then(() => this.#write());
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #write(): Promise<void> {
    const rows = this.#budget.changes();
    const marks = JSON.stringify(this.#budget.marks());
    const day = this.#budget.today();
    try {
      await this.#db.transaction().execute(async (tx) => {
        for (const row of rows) {
          const { calls, errors } = row;
          await tx
            .insertInto('call_slot')
            .values(row)
            .onConflict((conflict) =>
              conflict.columns(['day', 'slot', 'lane']).doUpdateSet({ calls, errors }),
            )
            .execute();
        }
        await writeMeta(tx, COUNT_KEY, JSON.stringify(this.#budget.count()));
        if (marks !== this.#marks) await writeMeta(tx, MARKS_KEY, marks);
        if (dayName(day) === this.#day) return;
        const oldest = dayName(day - LIMITS.exactCallDays + 1);
        await tx.deleteFrom('call_slot').where('day', '<', oldest).execute();
      });
    } catch (error) {
      this.#budget.notKept(rows);
      throw error;
    }
    this.#marks = marks;
    this.#day = dayName(day);
  }
}
