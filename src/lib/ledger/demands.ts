// Who lives here: what a workflow file demands of the people who work by it, as the hub keeps it for
// every revision that was in force: a command names its revision, and what that one wants is asked
// of the hub's own list of people, whatever the station believed. A revision that this hub never
// had (it was restored, or is another one) demands nothing: goods that moved are not refused for it.

import { fault, isId } from '../domain/index.ts';
import type { Command, Fault, GoodsLine, LineApproval, Revision } from '../domain/index.ts';
import { isInstead } from './ways.ts';
import type { World } from './world.ts';

/** What one revision of a workflow demands, with all that it calls. */
export interface Demand {
  /** Of each of these lists of roles whoever books has one. */
  readonly roles: readonly (readonly string[])[];
  /** Questions for a yes, and whose. */
  readonly approvals: readonly Pick<LineApproval, 'step' | 'role'>[];
  /** Those of them that every line has a yes to. */
  readonly always: readonly string[];
  /**
   * The share of what was ordered that any of its questions lets over it; absent of a revision that
   * was remembered before hubs kept it: then the station's word stands.
   */
  readonly tolerance?: number;
  /** Those to goods that take the place of others; absent: nothing does. */
  readonly instead?: readonly string[];
}

export type Demands = ReadonlyMap<Revision, Demand>;

/** The world in which these revisions demand this. */
export function withDemands(world: World, demands: Demands): World {
  return { ...world, demands };
}

/** The share that may come over the order: what the station says, and never more than its file does. */
export function freeOver({ demands }: World, { revision }: Command, says: number): number {
  return Math.min(says, demands.get(revision)?.tolerance ?? says);
}

/** Badges are in use, and the command is in the name of somebody who has none (any more). */
function unknownPerson({ people }: World, { operator }: Command): Fault | undefined {
  const stranger = people.size > 0 && isId(operator) && !people.has(operator);
  return stranger ? fault('ledger.unknown-person') : undefined;
}

function notAllowed({ people }: World, { operator }: Command, { roles }: Demand) {
  const own = people.get(operator) ?? [];
  const lacking = roles.find((wanted) => !wanted.some((role) => own.includes(role)));
  return lacking && fault('ledger.not-your-work', { role: lacking[0] ?? '' });
}

/** A yes to a question that the file has not, of another role than it wants, or none at all. */
function otherYes({ approvals, always, instead = [] }: Demand, line: GoodsLine) {
  const { approvals: given = [] } = line;
  const stands = isInstead(line) && !given.some(({ step }) => instead.includes(step));
  if (stands) {
    const role = approvals.find(({ step }) => instead.includes(step))?.role ?? '';
    return fault('ledger.not-approved', { role });
  }
  // Of a place that is empty nothing is asked.
  const asked = line.type === 'count.line' && line.emptied !== undefined ? [] : always;
  const wrong = given.find(
    ({ step, role }) => !approvals.some((each) => each.step === step && each.role === role),
  );
  const missing = asked.find((step) => !given.some((each) => each.step === step));
  const step = wrong?.step ?? missing;
  if (step === undefined) return undefined;
  const wanted = approvals.find((each) => each.step === step)?.role;
  return fault('ledger.not-approved', { role: wanted ?? wrong?.role ?? '' });
}

/** Why this line may not be booked by whoever books it, or without whoever has not said yes. */
export function undemanded(world: World, command: Command, line: GoodsLine): Fault | undefined {
  const stranger = unknownPerson(world, command);
  const demand = world.demands.get(command.revision);
  if (stranger !== undefined || demand === undefined) return stranger;
  return notAllowed(world, command, demand) ?? otherYes(demand, line);
}
