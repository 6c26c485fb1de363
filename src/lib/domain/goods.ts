// Who lives here: the goods, places and documents of a warehouse, as the kiosk sees them. They are
// views of Exact's records, cut down to what an operator's dialogue needs; no prices, no contacts.

/** How Exact counts this item: by quantity alone, by batch, or piece by piece. */
export type Tracking = 'none' | 'batch' | 'serial';

/** The material of the plan that another takes the place of, and how that one is counted. */
export interface Instead {
  /** Id of the planned item. */
  readonly item: string;
  /** Of the item that is issued; the hub keeps no items. */
  readonly tracking: Tracking;
  readonly unit: string;
}

/** A package of an item with its own barcode: one read means `quantity` stock units. */
export interface Pack {
  /** As it is printed, digits only for a GTIN. */
  readonly barcode: string;
  readonly quantity: number;
  readonly unit: string;
}

/** A storage location by its id, with the code that stands on the shelf. */
export interface PlaceRef {
  readonly id: string;
  readonly code: string;
}

export interface ItemView {
  /** Exact's guid. */
  readonly id: string;
  readonly code: string;
  readonly name: string;
  /** Stock unit code, e.g. `pc`. */
  readonly unit: string;
  readonly tracking: Tracking;
  /** A batch of this item carries an expiry date. */
  readonly hasExpiry: boolean;
  /** Whether 1.5 of it makes sense. */
  readonly fractions: boolean;
  readonly barcode?: string;
  readonly packs: readonly Pack[];
  /** Where it is put by default, by warehouse id. */
  readonly defaultLocations: Readonly<Record<string, PlaceRef>>;
}

export interface WarehouseView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly usesLocations: boolean;
  readonly defaultLocation?: PlaceRef;
}

export interface LocationView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly warehouseId: string;
  /** Its turn on a walk through the warehouse, lower first; absent where Exact has none. */
  readonly sequence?: number;
}

/** Stock units in one place. Absent location: the whole warehouse. */
export interface StockView {
  readonly warehouseId: string;
  readonly locationId?: string;
  readonly quantity: number;
}

/** A batch or a serial number of an item, and where it is in stock. */
export interface NumberView {
  readonly id: string;
  readonly kind: 'batch' | 'serial';
  readonly number: string;
  /** Calendar date, `yyyy-mm-dd`. */
  readonly expiry?: string;
  /** Exact lets none of it out. */
  readonly blocked: boolean;
  readonly places: readonly StockView[];
}

/** The kinds of documents in Exact that lines are booked on. */
export type ExactOrderKind = 'purchaseOrder' | 'salesOrder' | 'shopOrder';

/**
 * What work is done on. A load is goods on their way between places, a refill what the pick places
 * of a warehouse need: both only the hub knows of.
 */
export type OrderKind = ExactOrderKind | 'load' | 'refill';

/** Where goods of a line that goes out lie. Stock units, as Exact had them; somebody may have been there. */
export interface SourceView {
  readonly location?: PlaceRef;
  /** The turn of that location on a walk, lower first; absent where Exact has none. */
  readonly sequence?: number;
  readonly batch?: string;
  /** Calendar date, `yyyy-mm-dd`, of the batch. */
  readonly expiry?: string;
  readonly quantity: number;
}

/** The kinds of lines of a shop order; and of a sales order, what was picked and is to be packed. */
export const ORDER_PARTS = ['material', 'product', 'issued', 'picked'] as const;
export type OrderPart = (typeof ORDER_PARTS)[number];

/**
 * The line of a shop order on which material of this plan line comes back. It is one of its own:
 * its `ordered` is what was issued and can still come back, or did.
 */
export const backLineOf = (plan: string): string => `${plan}${BACK}`;
/** The line of a sales order on which goods of this line are packed that were picked. */
export const pickedLineOf = (line: string): string => `${line}${PICKED}`;
/**
 * Where the books have what was issued instead of the material of this plan line: it takes as much
 * off what is planned of it.
 */
export const insteadLineOf = (plan: string): string => `${plan}${INSTEAD}`;
/** The line of Exact's that such a line is about; of another line the line itself. */
export const planOf = (line: string): string => {
  const suffix = [BACK, PICKED, INSTEAD].find((each) => line.endsWith(each));
  return suffix === undefined ? line : line.slice(0, -suffix.length);
};
const BACK = ' back';
const PICKED = ' picked';
const INSTEAD = ' instead';

/** One line of an order. All quantities are stock units. */
export interface OrderLineView {
  readonly id: string;
  readonly lineNumber: number;
  readonly item: ItemView;
  /** What the supplier calls it, when Exact knows. */
  readonly supplierItemCode?: string;
  readonly ordered: number;
  /** Received, delivered, issued or produced in Exact, or posted there by us and not yet seen back. */
  readonly done: number;
  /** Accepted by the hub, not yet posted. */
  readonly pending: number;
  /**
   * Shop orders: what goes in, what comes out, and what went in and may come back. Sales orders:
   * what was picked and waits to be packed; `ordered` is then how much of it there is.
   */
  readonly part?: OrderPart;
  /**
   * Of what goes out: where it lies, at most `LIMITS.sourcesPerLine`; what expires first is first,
   * then the place that comes first on a walk, then the lowest code. Of what was issued: where it
   * came from, the last issue first. Of what was picked: its batches, and how much of each is left.
   */
  readonly sources?: readonly SourceView[];
  /** Of a refill: the command by which somebody said to bring it, while that holds. */
  readonly held?: string;
}

export interface OrderView {
  readonly kind: OrderKind;
  readonly id: string;
  readonly number: string;
  /** Who sends or gets the goods; of a shop order the item that it makes. */
  readonly partnerName: string;
  readonly partnerCode: string;
  readonly warehouse: WarehouseView;
  /** Calendar date, `yyyy-mm-dd`. */
  readonly expectedDate?: string;
  readonly lines: readonly OrderLineView[];
  /** Codes of the totes that hold goods of it, picked and neither packed nor delivered. */
  readonly totes?: readonly string[];
  /** The journal was read to this entry for `pending` and `done`. */
  readonly seq: number;
}

/** Stock units that may still come on a line without going over; never below zero. */
export function openQuantity(line: Pick<OrderLineView, 'ordered' | 'done' | 'pending'>): number {
  return Math.max(0, Math.round((line.ordered - line.done - line.pending) * 1e6) / 1e6);
}
