// Who lives here: one event of a story's dialogue, by the rule of station/session.ts: the pure step,
// and the look-up that it may ask for, as one step.

import { makeId } from '../../src/lib/domain/index.ts';
import type { CommandId, OrderView } from '../../src/lib/domain/index.ts';
import { actor } from '../../src/lib/station/actor.ts';
import type { Running } from '../../src/lib/station/session.ts';
import { hasItem, ordersFor, workNow } from '../../src/lib/station/work.ts';
import type { DialogueEvent } from '../../src/lib/workflows/index.ts';
import { advance } from '../../src/lib/workflows/runtime/index.ts';
import type { Recorded } from '../../src/lib/workflows/runtime/index.ts';
import type { StoryClock, StoryRandom } from './ports.ts';

const FOUND_ORDERS = 20;

interface Around {
  readonly clock: StoryClock;
  readonly random: StoryRandom;
  readonly operator: string | undefined;
  readonly orders: () => readonly OrderView[];
}

export function advanced(
  before: Running,
  event: DialogueEvent,
  { clock, random, operator, orders: open }: Around,
): Recorded {
  const made = { today: clock.today(), commandId: makeId<CommandId>(clock, random) };
  const acting = { ...made, ...actor(before.id, operator) };
  const first = advance(before.workflow, before.state, event, acting);
  const { search } = first.screen;
  if (search === undefined || first.ended !== undefined) return { event, acting, step: first };
  const work = workNow({ workflow: before.workflow, screen: first.screen });
  const orders = ordersFor(work, open())
    .filter((order) => search.items.some((item) => hasItem(order, work, item)))
    .slice(0, FOUND_ORDERS);
  const second = advance(before.workflow, first.state, { type: 'found', orders }, acting);
  const signal = second.signal === 'none' ? first.signal : second.signal;
  const commands = [...first.commands, ...second.commands];
  return { event, acting, found: orders, step: { ...second, commands, signal } };
}
