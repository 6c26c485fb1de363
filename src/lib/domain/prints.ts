// Who lives here: what a person may ask to have printed: a label of what is at hand, or the packing
// list of an order. It is a request: whoever prints it is not this vocabulary's matter.

/** `packingList`: of the order at work; the others are labels of a fact of the line. */
export const PRINTED = [
  'item',
  'batch',
  'serial',
  'location',
  'logisticUnit',
  'packingList',
] as const;
export type Printed = (typeof PRINTED)[number];

/**
 * Something shall be printed. All that stands on a label is in it, as the station knew it; of a
 * packing list the hub knows the lines itself.
 */
export interface PrintRequest {
  readonly type: 'print.request';
  /** Id of the order, or of the piece of work that has none. */
  readonly document: string;
  readonly prints: Printed;
  /** How many of it; of serial numbers so many of each. At most `LIMITS.printCopies`. */
  readonly copies: number;
  /** Number of the order. */
  readonly order?: string;
  /** The item as people call it, and the barcode it has in Exact. */
  readonly itemCode?: string;
  readonly itemName?: string;
  readonly barcode?: string;
  readonly batch?: string;
  /** `yyyy-mm-dd` */
  readonly expiry?: string;
  readonly serials?: readonly string[];
  /** Code of the place, as it stands on the shelf. */
  readonly place?: string;
  /** SSCC, 18 digits, or the unit's own number. */
  readonly logisticUnit?: string;
  /** The operator asked once more for what this session had asked for already. */
  readonly again?: true;
}

/** The same goods, place or order, however often and in how many copies it was asked for. */
export function samePrint(one: PrintRequest, other: PrintRequest): boolean {
  return printKey(one) === printKey(other);
}

/** Letters that are the same for what `samePrint` takes for the same. */
export function printKey(request: PrintRequest): string {
  const { document, prints, itemCode, batch, expiry, serials, place, logisticUnit } = request;
  const of = [document, prints, itemCode, batch, expiry, serials, place, logisticUnit];
  return JSON.stringify(of.map((part) => part ?? ''));
}
