// Who lives here: what takes a booked posting back: Exact's own reversal where it has one, the same
// kind of document the other way round where that is enough, and otherwise nobody but the office.

import { assert } from '../domain/index.ts';
import type {
  CommandId,
  CountLine,
  Marker,
  Numbers,
  Posting,
  PostingId,
  PostingKind,
  PostingOf,
} from '../domain/index.ts';

interface FreshName {
  readonly id: PostingId;
  readonly marker: Marker;
}

export type Compensation =
  | { readonly kind: 'posting'; readonly posting: Posting }
  /** Exact has no way that this program may take. */
  | { readonly kind: 'office'; readonly words: string };

/** Exact takes these back by the id of what it booked. */
const BY_ID: readonly PostingKind[] = [
  ...(['goodsReceipt', 'materialIssue', 'shopOrderReceipt', 'byProductReceipt'] as const),
];

/** What whoever must do it by hand has to do, where it is not simply booked anew. */
const OFFICE: Readonly<Partial<Record<PostingKind, string>>> = {
  goodsDelivery: 'Exact takes no delivery back by itself: book a sales return in Exact',
  materialSubstitution:
    'it changed the plan of the shop order: reverse the issue in Exact and mend it',
};

/**
 * The posting that takes `posting` back. What Exact has for it: exact-online-api.md §7, §8, §10.
 * @param exactId what Exact booked it as; empty where only its number is known
 * @param name never used before
 * @param part of a posting of which only some goods go back: those commands; `posting` then holds
 *   their goods alone, under the names of the whole
 */
export function compensationOf(
  posting: Posting,
  exactId: string,
  name: FreshName,
  part?: readonly CommandId[],
): Compensation {
  const { document, id: reverses } = posting;
  const takesBack = part === undefined ? {} : { takesBack: part };
  const head = { ...name, document, commands: [], reverses, ...takesBack };
  if (exactId === '' && BY_ID.includes(posting.kind)) {
    return office('a person found it in Exact by its number: take it back there');
  }
  switch (posting.kind) {
    case 'goodsReceipt':
      return made({ ...head, kind: 'purchaseReturn', receipt: exactId, lines: posting.lines });
    case 'materialIssue':
      return made({
        ...{ ...head, kind: 'materialReversal', original: exactId },
        ...(part === undefined ? {} : partOf(posting)),
      });
    case 'materialReturn': {
      const { of: _of, ...goods } = posting;
      return made({ ...goods, ...head, kind: 'materialIssue' });
    }
    case 'shopOrderReceipt':
    case 'byProductReceipt': {
      // Whether Exact reverses a part of one is not settled (exact-online-api.md §10).
      if (part !== undefined) {
        return office('Exact takes a receipt of a shop order back only as a whole');
      }
      const ofOrder = posting.kind === 'shopOrderReceipt';
      const kind = ofOrder ? 'shopOrderReversal' : 'byProductReversal';
      return made({ ...head, kind, original: exactId });
    }
    case 'warehouseTransfer': {
      const { fromWarehouse, toWarehouse } = posting;
      const ends = { fromWarehouse: toWarehouse, toWarehouse: fromWarehouse };
      return made({ ...head, kind: posting.kind, ...ends, lines: posting.lines.map(turned) });
    }
    case 'locationTransfer': {
      const { warehouse } = posting;
      return made({ ...head, kind: posting.kind, warehouse, lines: posting.lines.map(turned) });
    }
    case 'stockCount': {
      const lines = posting.lines.map((line) => counted(line));
      if (lines.some((line) => line === undefined)) {
        return office('a counted quantity overwrote what stood there: count the place again');
      }
      const { warehouse } = posting;
      return made({ ...head, kind: posting.kind, warehouse, lines: lines.flatMap((l) => l ?? []) });
    }
    case 'materialSubstitution':
    case 'goodsDelivery':
    case 'purchaseReturn':
    case 'materialReversal':
    case 'shopOrderReversal':
    case 'byProductReversal':
      return office(OFFICE[posting.kind] ?? 'it takes something back itself: book the goods anew');
  }
}

/** A part is told with its numbers: they do not follow by themselves. */
function partOf({ quantity, batches, serials }: PostingOf<'materialIssue'>) {
  return {
    quantity,
    ...(batches === undefined ? {} : { batches }),
    ...(serials === undefined ? {} : { serials }),
  };
}

function made(posting: Posting): Compensation {
  assert(posting.reverses !== posting.id, 'a compensation has a name of its own');
  return { kind: 'posting', posting };
}

function office(words: string): Compensation {
  return { kind: 'office', words };
}

/** The way back; both ends stay as open or as named as they were. */
function turned<L extends { readonly fromLocation?: string; readonly toLocation?: string }>(
  line: L,
): Omit<L, 'fromLocation' | 'toLocation'> & { fromLocation?: string; toLocation?: string } {
  const { fromLocation, toLocation, ...goods } = line;
  return {
    ...goods,
    ...(toLocation === undefined ? {} : { fromLocation: toLocation }),
    ...(fromLocation === undefined ? {} : { toLocation: fromLocation }),
  };
}

function counted(line: CountLine): CountLine | undefined {
  if (line.found.kind === 'counted') return undefined;
  const numbers: Numbers =
    line.batches === undefined
      ? {}
      : { batches: line.batches.map((part) => ({ ...part, quantity: -part.quantity })) };
  return { ...line, ...numbers, found: { kind: 'difference', quantity: -line.found.quantity } };
}
