// Who lives here: who may do which work at this station. What is for some roles is on nobody else's
// menu; and where another badge takes over amid it, nothing is booked under that name.

import { fault, isGoods } from '../domain/index.ts';
import type { CommandPayload, Fault } from '../domain/index.ts';
import type { CompiledWorkflow } from '../workflows/index.ts';

type ForRoles = Pick<CompiledWorkflow, 'allowed' | 'onlyRoles'>;

const hasOne = (wanted: readonly string[] | undefined, roles: readonly string[]): boolean =>
  wanted === undefined || wanted.some((role) => roles.includes(role));

/** Whether somebody with these roles may start it; nobody who is signed in has none. */
export function mayStart({ allowed, onlyRoles }: ForRoles, roles: readonly string[]): boolean {
  return hasOne(allowed, roles) && hasOne(onlyRoles, roles);
}

/**
 * Why nothing of this step may be booked: it moves goods in work that began with somebody else's
 * roles. Leaving the work, taking lines back and telling the office may everybody.
 */
export function notYours(
  workflow: ForRoles,
  roles: readonly string[],
  commands: readonly { readonly payload: CommandPayload }[],
): Fault | undefined {
  if (mayStart(workflow, roles) || !commands.some(({ payload }) => isGoods(payload))) {
    return undefined;
  }
  const [role = ''] = hasOne(workflow.allowed, roles)
    ? (workflow.onlyRoles ?? [])
    : (workflow.allowed ?? []);
  return fault('station.not-your-work', { role });
}
