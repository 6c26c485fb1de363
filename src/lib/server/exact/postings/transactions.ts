// Who lives here: the bodies of manufacturing transactions, one line a document, and of what takes
// them back (exact-online-api.md §10, §14.1).

import { assert, quantity } from '../../../domain/index.ts';
import type { IssuedPart, PostingOf } from '../../../domain/index.ts';
import { guidLiteral, latestUtcMs, textLiteral, wallMs } from '../values.ts';
import { today } from './documents.ts';
import { ENTITIES } from './entities.ts';
import { draftIdOf } from './numbers.ts';
import { guidIn, readKey, textIn } from './step.ts';
import type { Body, Desk, Look, Made, Step } from './step.ts';

/** Our clock and Exact's may be this far apart. */
const SKEW_MS = 5 * 60_000;
const NO_GUID = '00000000-0000-0000-0000-000000000000';

/** What comes out of a shop order. */
type Output = PostingOf<'shopOrderReceipt'> | PostingOf<'byProductReceipt'>;

type Issue = PostingOf<'materialIssue'> | PostingOf<'materialSubstitution'>;

function common(desk: Desk, posting: Issue | Output) {
  const draftId = draftIdOf(posting);
  return {
    Quantity: posting.quantity,
    TransactionDate: today(desk.clock.nowMs()),
    ...(posting.location === undefined ? {} : { StorageLocation: posting.location }),
    ...(draftId === undefined ? {} : { DraftStockTransactionID: draftId }),
  };
}

export function materialIssueBody(desk: Desk, posting: PostingOf<'materialIssue'>): Made {
  return { kind: 'body', body: issueOn(desk, posting, posting.plan) };
}

/** An issue of this plan line. */
export function issueOn(desk: Desk, posting: Issue, plan: string): Body {
  return { ShopOrderMaterialPlan: plan, Note: posting.marker, ...common(desk, posting) };
}

export function outputBody(desk: Desk, posting: Output): Made {
  const [field, id] = lineOf(posting);
  return { kind: 'body', body: { [field]: id, ...common(desk, posting) } };
}

/** What it is booked on, and the field that says so: the order itself, or the by-product's plan. */
function lineOf(posting: Output): readonly [field: string, id: string] {
  return posting.kind === 'byProductReceipt'
    ? ['ShopOrderMaterialPlan', posting.plan]
    : ['ShopOrder', posting.document];
}

const listOf = ({ kind }: Output) =>
  kind === 'byProductReceipt' ? ENTITIES.byProductReceipts : ENTITIES.shopOrderReceipts;

/**
 * The whole of what is left of the original, whose numbers follow by themselves, or a part with
 * its numbers.
 */
export function reversalBody(
  desk: Desk,
  posting: PostingOf<'materialReversal' | 'shopOrderReversal' | 'byProductReversal'>,
): Made {
  const body: Body = {
    OriginalStockTransactionId: posting.original,
    TransactionDate: today(desk.clock.nowMs()),
    Note: posting.marker,
    ...(posting.kind === 'materialReversal' ? partOf(posting) : {}),
  };
  return { kind: 'body', body };
}

/**
 * What comes back of several issues is a reversal of a part of each: known again by our marker and
 * by the issue that it reverses.
 */
export function returnSteps(posting: PostingOf<'materialReturn'>): readonly [...Step[], Step] {
  const entity = ENTITIES.materialReversals;
  const steps = posting.of.map((part): Step => {
    const original = part.original.toLowerCase();
    return {
      ...{ path: entity.path, what: `reversal of the issue ${original}`, removable: false },
      make: (desk) => Promise.resolve({ kind: 'body', body: returnBody(desk, posting, part) }),
      read: readKey(entity),
      looks: () => [
        {
          entity,
          filter: `${entity.marker} eq ${textLiteral(posting.marker)}`,
          fields: ['OriginalStockTransactionId'],
          is: (row) =>
            textIn(row, entity.marker) === posting.marker &&
            guidIn(row, 'OriginalStockTransactionId') === original,
        },
      ],
    };
  });
  const last = steps.at(-1);
  assert(last !== undefined, 'a return is of one issue at least');
  return [...steps.slice(0, -1), last];
}

function returnBody(desk: Desk, posting: PostingOf<'materialReturn'>, part: IssuedPart): Body {
  return {
    OriginalStockTransactionId: part.original,
    TransactionDate: today(desk.clock.nowMs()),
    Note: posting.marker,
    ...(posting.location === undefined ? {} : { StorageLocation: posting.location }),
    ...partOf(part),
  };
}

function partOf({
  quantity: amount,
  batches,
  serials,
}: Pick<PostingOf<'materialReversal'>, 'quantity' | 'batches' | 'serials'>): Body {
  if (amount === undefined) return {};
  const named = (batches ?? []).map(({ number, quantity: part }) => ({
    ...{ BatchNumber: number, Quantity: part },
  }));
  return {
    Quantity: amount,
    ...(batches === undefined ? {} : { BatchNumbers: named }),
    ...(serials === undefined
      ? {}
      : { SerialNumbers: serials.map((number) => ({ SerialNumber: number })) }),
  };
}

/**
 * A receipt of a shop order has no text field. With drafted numbers it is known by their common
 * id, on the receipt itself or on the numbers it used up; without, by its likeness.
 */
export function outputLooks(posting: Output): readonly [Look, ...Look[]] {
  const draftId = draftIdOf(posting);
  if (draftId === undefined) return [likeness(posting)];
  const filter = `DraftStockTransactionID eq ${guidLiteral(draftId)}`;
  const used = posting.batches === undefined ? ENTITIES.serialDrafts : ENTITIES.batchDrafts;
  const isOurs: Look['is'] = (row) => guidIn(row, 'DraftStockTransactionID') === draftId;
  return [
    {
      ...{ entity: listOf(posting), filter, is: isOurs },
      fields: ['DraftStockTransactionID'],
    },
    {
      entity: { ...used, key: 'StockTransactionID' },
      filter: `${filter} and IsDraft eq 0`,
      fields: ['DraftStockTransactionID', 'IsDraft'],
      is: (row, sinceMs) => isOurs(row, sinceMs) && row['IsDraft'] === 0,
    },
  ];
}

function likeness(posting: Output): Look {
  const [field, line] = lineOf(posting);
  const id = line.toLowerCase();
  const location = posting.location?.toLowerCase();
  return {
    entity: listOf(posting),
    filter: `${field} eq ${guidLiteral(id)}`,
    fields: [field, 'Quantity', 'StorageLocation', 'DraftStockTransactionID', 'CreatedDate'],
    is: (row, sinceMs) => {
      const made = wallMs(row['CreatedDate']);
      const amount = row['Quantity'];
      return (
        guidIn(row, field) === id &&
        typeof amount === 'number' &&
        quantity(amount) === posting.quantity &&
        (location === undefined || guidIn(row, 'StorageLocation') === location) &&
        (guidIn(row, 'DraftStockTransactionID') ?? NO_GUID) === NO_GUID &&
        made !== null &&
        latestUtcMs(made) >= sinceMs - SKEW_MS
      );
    },
    byLikeness: true,
  };
}
