// Who lives here: what the workflow files that were in force demand of people, on the disk and for the
// ledger. Sessions keep the revision they began with, and a station may have been away for days: so
// what a revision demanded is remembered for longer than it is in force.

import { LIMITS } from '../../domain/index.ts';
import type { Clock, Revision } from '../../domain/index.ts';
import type { Demand, Demands } from '../../ledger/index.ts';
import type { Store } from '../store/index.ts';
import type { CompiledWorkflow, Step } from '../../workflows/index.ts';

type Approval = Extract<Step, { kind: 'ask' }> & { readonly fact: 'approval' };

const isApproval = (step: Step): step is Approval =>
  step.kind === 'ask' && step.fact === 'approval';

const toleranceIn = (step: Step): number => (step.kind === 'ask' ? (step.tolerance ?? 0) : 0);

/** The workflow, and all that it calls. */
function flowsOf(workflow: CompiledWorkflow): readonly CompiledWorkflow[] {
  return [workflow, ...(workflow.calls ?? []).flatMap(flowsOf)];
}

/** What a workflow demands. A line does not tell in which of several flows it was booked. */
export function demandOf(workflow: CompiledWorkflow): Demand {
  const flows = flowsOf(workflow);
  const asked = flows.flatMap(({ steps }) => steps.filter(isApproval));
  const always = asked.filter(
    ({ when, over, off, instead }) => (when ?? over ?? off ?? instead) === undefined,
  );
  const instead = asked.filter((step) => step.instead === true).map(({ id }) => id);
  const { allowed, onlyRoles } = workflow;
  return {
    roles: [allowed, onlyRoles].flatMap((each) => (each === undefined ? [] : [each])),
    approvals: asked.flatMap(({ id: step, role }) =>
      role === undefined ? [] : [{ step, role: role.name }],
    ),
    always: flows.length > 1 ? [] : always.map(({ id }) => id),
    tolerance: Math.max(0, ...flows.flatMap(({ steps }) => steps.map(toleranceIn))),
    ...(instead.length === 0 ? {} : { instead }),
  };
}

export class KnownDemands {
  readonly #known: Map<Revision, Demand>;

  private constructor(
    private readonly parts: { readonly store: Pick<Store, 'db'>; readonly clock: Clock },
    known: Map<Revision, Demand>,
  ) {
    this.#known = known;
  }

  /** @throws StorageFailure */
  static async open(parts: {
    readonly store: Pick<Store, 'db'>;
    readonly clock: Clock;
  }): Promise<KnownDemands> {
    const rows = await parts.store.db.selectFrom('demand').selectAll().execute();
    // Written by `take` alone.
    const known = rows.map(({ revision, body }): [Revision, Demand] => [
      revision as Revision,
      JSON.parse(body) as Demand,
    ]);
    return new KnownDemands(parts, new Map(known));
  }

  get all(): Demands {
    return new Map(this.#known);
  }

  /** These are in force now. Known at once; @throws StorageFailure when the disk did not keep it. */
  async take(workflows: readonly CompiledWorkflow[]): Promise<void> {
    const atMs = this.parts.clock.nowMs();
    const { db } = this.parts.store;
    const rows = workflows.map((workflow) => {
      const demand = demandOf(workflow);
      this.#known.set(workflow.revision, demand);
      return { revision: workflow.revision, at_ms: atMs, body: JSON.stringify(demand) };
    });
    for (const row of rows) await db.replaceInto('demand').values(row).execute();
    const kept = db
      .selectFrom('demand')
      .select('revision')
      .orderBy('at_ms', 'desc')
      .limit(LIMITS.demandsKept);
    await db.deleteFrom('demand').where('revision', 'not in', kept).execute();
  }
}
