// Who lives here: the workflow files that came into force, in the hub's database, each with what the
// replay said of it. The newest is in force: a hub that starts knows what it ran before.

import type { Store } from '../store/index.ts';
import { LIMITS } from '../../domain/index.ts';
import type { Judgement } from './judge.ts';

export interface RevisionEntry {
  readonly workflowSet: string;
  readonly atMs: number;
  readonly text: string;
  readonly judgement?: Judgement;
}

export class Revisions {
  constructor(private readonly store: Store) {}

  /** @throws StorageFailure */
  async newest(): Promise<RevisionEntry | undefined> {
    const row = await this.store.db
      .selectFrom('workflow_revision')
      .selectAll()
      .orderBy('at_ms', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { workflow_set: workflowSet, at_ms: atMs, text, judgement } = row;
    // Written by `keep` alone, hence of that type.
    const said = judgement === null ? {} : { judgement: JSON.parse(judgement) as Judgement };
    return { workflowSet, atMs, text, ...said };
  }

  /** One that was in force before is the newest again. @throws StorageFailure */
  async keep({ workflowSet, atMs, text, judgement }: RevisionEntry): Promise<void> {
    const said = judgement === undefined ? null : JSON.stringify(judgement);
    const row = { workflow_set: workflowSet, at_ms: atMs, text, judgement: said };
    const { db } = this.store;
    await db.replaceInto('workflow_revision').values(row).execute();
    const kept = db
      .selectFrom('workflow_revision')
      .select('workflow_set')
      .orderBy('at_ms', 'desc')
      .limit(LIMITS.workflowRevisionsKept);
    await db.deleteFrom('workflow_revision').where('workflow_set', 'not in', kept).execute();
  }
}
