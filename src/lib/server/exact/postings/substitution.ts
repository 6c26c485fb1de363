// Who lives here: other material than was planned on its way into a shop order. Exact issues only what
// stands in the plan (exact-online-api.md §10), so a substitution is several calls: a plan line for
// what is really issued, known again by our marker in its notes; the issue on that line; and as much
// less on the line that it takes the place of. That last one has no document to be known by, so what
// it was and what it becomes are read and kept before anything is sent: to send it twice does nothing.

import { assert, minus, quantity } from '../../../domain/index.ts';
import type { PostingOf } from '../../../domain/index.ts';
import type { Row } from '../envelope.ts';
import { guidLiteral, textLiteral } from '../values.ts';
import { ENTITIES } from './entities.ts';
import { draftSteps } from './numbers.ts';
import type { StepResult } from './outcomes.ts';
import { hidden, readRows } from './reading.ts';
import { guidIn, readKey, textIn } from './step.ts';
import type { Desk, Look, Made, Step } from './step.ts';
import { issueOn } from './transactions.ts';

type Substitution = PostingOf<'materialSubstitution'>;

const PLANS = ENTITIES.materialPlans;
const MATERIAL = 1;

/** The steps of a substitution, in this order. */
export function substitutionSteps(posting: Substitution): readonly [...Step[], Step] {
  return [planned(posting), ...draftSteps(posting), issued(posting), read(posting), less(posting)];
}

/** The plan gets a line for what is really issued. */
function planned(posting: Substitution): Step {
  return {
    ...{ path: PLANS.path, what: 'plan line of the substitute', removable: true },
    make: () =>
      Promise.resolve({
        kind: 'body',
        body: {
          ...{ ShopOrder: posting.document, Item: posting.item, Type: MATERIAL },
          ...{ PlannedQuantity: posting.quantity, Notes: posting.marker },
        },
      }),
    read: readKey(PLANS),
    looks: () => [
      {
        entity: PLANS,
        filter: `ShopOrder eq ${guidLiteral(posting.document)}`,
        fields: ['ShopOrder'],
        is: (row) => textIn(row, PLANS.marker) === posting.marker,
      },
    ],
  };
}

function issued(posting: Substitution): Step {
  const entity = ENTITIES.materialIssues;
  return {
    ...{ path: entity.path, what: 'material issue', removable: false },
    make: (desk, done) => {
      const [line] = done;
      assert(line !== undefined, 'what is issued stands in the plan');
      return Promise.resolve({ kind: 'body', body: issueOn(desk, posting, line.exactId) });
    },
    read: readKey(entity),
    looks: () => [
      {
        entity,
        filter: `${entity.marker} eq ${textLiteral(posting.marker)}`,
        fields: [],
        is: (row) => textIn(row, entity.marker) === posting.marker,
      },
    ],
  };
}

/** What is planned of the line that was replaced, and what it is to become. Sends nothing. */
function read(posting: Substitution): Step {
  return {
    ...{ path: PLANS.path, what: 'material issue', removable: false },
    reckons: () => true,
    make: async (desk, done) => {
      const was = await plannedOn(desk, posting);
      if (typeof was === 'object') return was;
      const issue = issueOf(done);
      // Somebody took the line out of the plan: nothing of it is planned any more.
      if (was === undefined) return { kind: 'done', result: issue };
      const plan = { was, is: Math.max(0, minus(was, posting.quantity)) };
      return { kind: 'done', result: { ...issue, plan } };
    },
    read: () => undefined,
    // Nothing of it is anywhere: after a crash it is read anew.
    looks: () => [{ ...lineLook(posting), is: () => false }],
  };
}

/** As much less is planned of the line that was replaced. */
function less(posting: Substitution): Step {
  return {
    ...{ path: PLANS.path, what: 'lower plan line', removable: false, lookOnRefusal: true },
    make: async (desk, done) => {
      const { plan, ...issue } = issueOf(done);
      if (plan === undefined) return { kind: 'done', result: issue };
      const now = await plannedOn(desk, posting);
      if (typeof now === 'object') return now;
      if (now === undefined || now === plan.is) return { kind: 'done', result: issue };
      if (now !== plan.was) return { kind: 'rejected', status: 409, words: changed(posting, now) };
      const at = `${PLANS.path}(${guidLiteral(posting.plan)})`;
      return { kind: 'body', body: { PlannedQuantity: plan.is }, at };
    },
    read: (_row, done) => withoutPlan(issueOf(done)),
    looks: (done) => [
      {
        ...lineLook(posting),
        is: (row) => isLine(row, posting) && amountIn(row) === issueOf(done).plan?.is,
        as: withoutPlan(issueOf(done)),
      },
    ],
  };
}

function changed({ quantity: amount }: Substitution, now: number): string {
  return `The plan line was changed to ${now} meanwhile: take ${amount} off it in Exact, if that was not done.`;
}

const withoutPlan = ({ plan: _p, ...issue }: StepResult): StepResult => issue;

function issueOf(done: readonly StepResult[]): StepResult {
  const issue = done.at(-1);
  assert(issue !== undefined, 'the plan is lowered once the goods are issued');
  return issue;
}

function lineLook({ plan }: Substitution): Omit<Look, 'is'> {
  return { entity: PLANS, filter: `ID eq ${guidLiteral(plan)}`, fields: ['PlannedQuantity'] };
}

const isLine = (row: Row, { plan }: Substitution): boolean =>
  guidIn(row, 'ID') === plan.toLowerCase();

function amountIn(row: Row): number | undefined {
  const amount = row['PlannedQuantity'];
  return typeof amount === 'number' ? quantity(amount) : undefined;
}

/** What is planned of the line that was replaced; undefined where it is gone. Reads Exact. */
async function plannedOn(desk: Desk, posting: Substitution): Promise<number | undefined | Made> {
  const unseen = await hidden(desk, PLANS.path);
  if (unseen !== undefined) return unseen;
  const rows = await readRows(desk, PLANS.path, 'the plan of the shop order', {
    $filter: lineLook(posting).filter,
    $select: 'ID,PlannedQuantity',
  });
  if ('kind' in rows) return rows;
  const row = rows.find((each) => isLine(each, posting));
  return row === undefined ? undefined : (amountIn(row) ?? 0);
}
