// Who lives here: goods that take the place of what stands on an order line. Only material of a shop
// order can: it counts on the line it was planned on, in the same unit, and somebody said yes to it.

import { fault } from '../domain/index.ts';
import type { Fault } from '../domain/index.ts';
import type { OrderGoods } from './ways.ts';
import type { MirrorLine } from './world.ts';

/**
 * The line as these goods are held against it: of their own item where they take the place of the
 * planned one, else as it is; or why they can't take it.
 */
export function insteadOf(planned: MirrorLine, line: OrderGoods): MirrorLine | Fault {
  if (line.type !== 'issue.line' || line.instead === undefined) return planned;
  const { item, tracking, unit } = line.instead;
  if (item !== planned.item || line.item === item) {
    return fault('ledger.invalid', { reason: 'instead' });
  }
  if (unit !== planned.unit) return fault('ledger.invalid', { reason: 'unit' });
  // Also where nobody knows any more what the workflow file demanded.
  if ((line.approvals ?? []).length === 0) return fault('ledger.not-approved', { role: '' });
  return { ...planned, item: line.item, tracking, hasExpiry: false };
}
