// Who lives here: what pick places need, and who brings it. A need is a document of its own, with one
// line that has its id: `ordered` is how much should lie in the place, `doneInExact` what lies there.
// What was carried counts by its books like any goods. Who goes for it says so first (a claim), so
// that nobody else walks for the same; what was carried is booked in any case, because it lies there.
// Terms: claim (a promise to bring it, that holds for LIMITS.claimMs), held (promised to somebody).

import { fault, LIMITS, needOf } from '../domain/index.ts';
import type { ClaimLine, Command, CommandId, Fault, MoveGoods } from '../domain/index.ts';
import type { DecisionContext } from './cut.ts';
import type { Decision } from './types.ts';
import { accepted, actorOf, entry, refusal } from './verdicts.ts';
import { lineProgress, mirrorLineOf, openOf } from './world.ts';
import type { Claim, World } from './world.ts';

/** The promise that stands for this need at `nowMs`. */
function standing(world: World, need: string, nowMs: number): Claim | undefined {
  const claim = world.documents.get(need)?.claim;
  return claim !== undefined && claim.untilMs > nowMs ? claim : undefined;
}

/** The command by which somebody said to bring it, while that holds. */
export function heldBy(world: World, need: string, nowMs: number): CommandId | undefined {
  return standing(world, need, nowMs)?.command;
}

/**
 * Somebody goes for what is needed, or no longer does. `ledger.carried` {operator}: somebody else
 * does; without `operator`: nothing is needed there any more. A need that the mirror has not told of
 * yet may be promised: nobody loses anything by it.
 */
export function claim(
  world: World,
  command: Command,
  asked: ClaimLine,
  context: DecisionContext,
): Decision {
  const { nowMs, nextSeq } = context;
  const { document } = asked;
  const other = standing(world, document, nowMs);
  if (asked.release !== true) {
    if (other !== undefined && other.session !== command.session) {
      return refusal(command, fault('ledger.carried', { operator: other.operator }), context);
    }
    const line = mirrorLineOf(world, document, document);
    const left = line && openOf(line.ordered, lineProgress(world, document, document));
    if (left !== undefined && left <= 0) return refusal(command, fault('ledger.carried'), context);
  }
  const untilMs = nowMs + LIMITS.claimMs;
  const body = { type: 'line-claimed', by: actorOf(command), claim: asked, untilMs } as const;
  return accepted([entry(nextSeq, context, body)], nextSeq);
}

/** Why goods can't be for a need: `ledger.invalid` {reason}. */
export function faultInNeed({ document, line, item, to }: MoveGoods): Fault | undefined {
  if (line === undefined) return undefined;
  const own = line === document && line === needOf(to.warehouse, item);
  return own ? undefined : fault('ledger.invalid', { reason: 'line' });
}
