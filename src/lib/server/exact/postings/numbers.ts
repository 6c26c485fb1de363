// Who lives here: batch and serial numbers on their way to Exact: nested in the lines of most
// documents, but drafted one by one before a manufacturing transaction (exact-online-api.md §6.3).
// All drafts of a posting share an id that follows from the posting's own, so that they are found
// again whatever happened to the answers.

import { v5 } from 'uuid';
import { quantity } from '../../../domain/index.ts';
import type { BatchPart, Numbers, PostingOf } from '../../../domain/index.ts';
import { guidLiteral } from '../values.ts';
import { ENTITIES } from './entities.ts';
import { guidIn, readKey, textIn } from './step.ts';
import type { Body, Entity, Look, Step } from './step.ts';

/** Any guid does, as long as it stays this one. */
const NAMESPACE = '6b1f5f0e-62cf-4a0b-9d0f-9f6d1d0c5a7e';
/** `StockTransactionType` (§6.3). */
const TYPES = {
  ...{ materialIssue: 150, materialSubstitution: 150 },
  ...{ shopOrderReceipt: 140, byProductReceipt: 147 },
} as const;

type Drafted = PostingOf<keyof typeof TYPES>;

/** The nested numbers of a line. `factor`: stock units in one unit of the line. */
export function nested({ batches, serials }: Numbers, factor = 1): Body {
  return {
    ...(batches === undefined
      ? {}
      : {
          BatchNumbers: inLineUnits(batches, factor).map(([batch, amount]) => ({
            BatchNumber: batch.number,
            Quantity: amount,
            ...endDate(batch),
          })),
        }),
    ...(serials === undefined
      ? {}
      : { SerialNumbers: serials.map((serial) => ({ SerialNumber: serial })) }),
  };
}

/**
 * In the unit of the line, so that they add up to it (§7): the last one takes what rounding left.
 * Exact takes the sign of a counted difference from its line (§6.3).
 */
function inLineUnits(
  batches: readonly BatchPart[],
  factor: number,
): readonly (readonly [BatchPart, number])[] {
  const sizes = batches.map((batch) => Math.abs(batch.quantity));
  const whole = quantity(sizes.reduce((sum, size) => sum + size, 0) / factor);
  let left = whole;
  return batches.map((batch, at) => {
    const last = at === batches.length - 1;
    const amount = last ? left : quantity((sizes[at] ?? 0) / factor);
    left = quantity(left - amount);
    return [batch, amount] as const;
  });
}

function endDate({ expiry }: BatchPart): Body {
  return expiry === undefined ? {} : { EndDate: `${expiry}T00:00:00` };
}

/** The `DraftStockTransactionID` of a posting; undefined when its goods carry no numbers. */
export function draftIdOf(posting: Drafted): string | undefined {
  const numbered = (posting.batches?.length ?? 0) + (posting.serials?.length ?? 0) > 0;
  return numbered ? v5(posting.id, NAMESPACE) : undefined;
}

/** One step for each number. Exact tells numbers apart without case: equal ones become one. */
export function draftSteps(posting: Drafted): readonly Step[] {
  const draftId = draftIdOf(posting);
  if (draftId === undefined) return [];
  const batches = new Map<string, BatchPart>();
  for (const part of posting.batches ?? []) {
    const name = part.number.toLowerCase();
    const sum = quantity((batches.get(name)?.quantity ?? 0) + part.quantity);
    batches.set(name, { ...part, quantity: sum });
  }
  const serials = new Map((posting.serials ?? []).map((each) => [each.toLowerCase(), each]));
  const common = {
    ...{ DraftStockTransactionID: draftId, StockTransactionType: TYPES[posting.kind] },
    ...{ Item: posting.item, Warehouse: posting.warehouse, Remarks: posting.marker },
    ...(posting.location === undefined ? {} : { StorageLocation: posting.location }),
  };
  return [
    ...[...batches.values()].map((part) =>
      draft(ENTITIES.batchDrafts, 'BatchNumber', part.number, `draft of batch ${part.number}`, {
        ...{ ...common, BatchNumber: part.number, Quantity: part.quantity },
        ...endDate(part),
      }),
    ),
    ...[...serials.values()].map((serial) =>
      draft(ENTITIES.serialDrafts, 'SerialNumber', serial, `draft of serial ${serial}`, {
        ...common,
        SerialNumber: serial,
      }),
    ),
  ];
}

function draft(entity: Entity, field: string, name: string, what: string, body: Body): Step {
  const draftId = String(body['DraftStockTransactionID']);
  const look: Look = {
    entity,
    filter: `DraftStockTransactionID eq ${guidLiteral(draftId)}`,
    fields: ['DraftStockTransactionID', field],
    is: (row) =>
      guidIn(row, 'DraftStockTransactionID') === draftId &&
      textIn(row, field).toLowerCase() === name.trim().toLowerCase(),
  };
  return {
    ...{ path: entity.path, what, removable: true, lookOnRefusal: true },
    make: () => Promise.resolve({ kind: 'body', body }),
    read: readKey(entity),
    looks: () => [look],
  };
}
