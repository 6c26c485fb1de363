// Who lives here: the workflows in force, as the hub gave them, and which hub that was. Kept on the
// disk, so that a station can begin new dialogues with the hub away.

import type { WorkflowSet } from '../protocol/index.ts';
import type { CompiledWorkflow } from '../workflows/index.ts';
import { commit, isRecord, read } from './database.ts';
import type { StationDb, Stored } from './database.ts';

function isCompiled(value: unknown): value is CompiledWorkflow {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['revision'] === 'string' &&
    isRecord(value['label']) &&
    Array.isArray(value['stations']) &&
    Array.isArray(value['steps']) &&
    isRecord(value['machine'])
  );
}

export class Shelf {
  #set: string | undefined;
  #workflows: readonly CompiledWorkflow[] = [];

  constructor(private readonly db: StationDb) {}

  get workflowSet(): string | undefined {
    return this.#set;
  }

  get workflows(): readonly CompiledWorkflow[] {
    return this.#workflows;
  }

  async load(): Promise<Stored<void>> {
    const row = await read(() => this.db.get('meta', 'workflows'));
    if (!row.ok) return row;
    if (isRecord(row.value) && typeof row.value['workflowSet'] === 'string') {
      const { workflowSet, workflows } = row.value;
      this.#use(workflowSet, Array.isArray(workflows) ? workflows : []);
    }
    return { ok: true, value: undefined };
  }

  /** Stores the set; new dialogues use it, a running one keeps its own (I-12). */
  async takeWorkflows(set: WorkflowSet): Promise<Stored<void>> {
    const written = await commit(this.db, ['meta'], async (tx) => {
      await tx.objectStore('meta').put(set, 'workflows');
    });
    if (written.ok) this.#use(set.workflowSet, set.workflows);
    return written;
  }

  async knownHub(): Promise<Stored<string | undefined>> {
    const row = await read(() => this.db.get('meta', 'hub'));
    if (!row.ok) return row;
    return { ok: true, value: typeof row.value === 'string' ? row.value : undefined };
  }

  rememberHub(hubId: string): Promise<Stored<void>> {
    return commit(this.db, ['meta'], async (tx) => {
      await tx.objectStore('meta').put(hubId, 'hub');
    });
  }

  #use(set: string, workflows: readonly unknown[]): void {
    this.#set = set;
    this.#workflows = workflows.filter(isCompiled);
  }
}
