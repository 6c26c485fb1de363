// Who lives here: what the projection asks of other rooms. The mirror says what Exact knows, the
// ledger says how far goods have come; the composition root hands both in.

import type { OrderLineView, PersonView, Seq, SourceView, Tracking } from '../../domain/index.ts';

export interface SourceItem {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly tracking: Tracking;
  readonly hasExpiry: boolean;
  readonly fractions: boolean;
  readonly barcode?: string;
  readonly searchCode?: string;
  readonly packs: readonly {
    readonly barcode: string;
    readonly quantity: number;
    readonly unit: string;
  }[];
  /** Codes of suppliers that a label may carry. */
  readonly supplierCodes: readonly string[];
  /** Further barcodes that this company keeps in free fields of its items. */
  readonly extraCodes?: readonly string[];
  /** Location id by warehouse id. */
  readonly defaultLocations: Readonly<Record<string, string>>;
}

export interface SourceWarehouse {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly usesLocations: boolean;
  readonly defaultLocationId?: string;
}

export interface SourceLocation {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly warehouseId: string;
  readonly sequence?: number;
}

/** What orders of every kind have. */
interface SourceDocument {
  readonly id: string;
  readonly number: string;
  /** What the other side calls it: it finds the order as its number does. */
  readonly reference?: string;
  readonly warehouseId: string;
  readonly expectedDate?: string;
  readonly lines: readonly SourceLine[];
}

/** A purchase order; the only kind that need not say which one it is. */
export interface SourceOrder extends SourceDocument {
  readonly kind?: 'purchaseOrder';
  readonly supplierName: string;
  readonly supplierCode: string;
  /** Whether goods may come on it: approved, not a drop shipment, not complete nor cancelled. */
  readonly receivable: boolean;
}

export interface SourceSalesOrder extends SourceDocument {
  readonly kind: 'salesOrder';
  readonly customerName: string;
  /** Whether goods may go out on it: approved, not complete nor cancelled. */
  readonly deliverable: boolean;
}

export interface SourceShopOrder extends SourceDocument {
  readonly kind: 'shopOrder';
  /** What it makes. */
  readonly itemId: string;
  /** Whether it can be worked on: released, not on hold, not finished. */
  readonly workable: boolean;
  /** Released and finished, not closed: material may still come back from it. */
  readonly finished?: boolean;
}

/** Goods that one piece of work sent on their way: no document of Exact's. */
export interface SourceLoad extends SourceDocument {
  readonly kind: 'load';
  /** Where they come from, and who sent them. */
  readonly senderName: string;
  /** Code of the place that they are in meanwhile: it finds the load too. */
  readonly placeCode: string;
  /** Whether some of them are not handed over yet. */
  readonly open: boolean;
}

/** What the pick places of a warehouse need: no document of Exact's. Each line is a need's, by its id. */
export interface SourceRefill extends SourceDocument {
  readonly kind: 'refill';
}

export type SourceOrderOfAnyKind =
  SourceOrder | SourceSalesOrder | SourceShopOrder | SourceLoad | SourceRefill;

export interface SourceLine {
  readonly id: string;
  readonly lineNumber: number;
  readonly itemId: string;
  readonly supplierItemCode?: string;
  /** Stock units. */
  readonly ordered: number;
  readonly part?: NonNullable<OrderLineView['part']>;
}

/** What the mirror of Exact knows, read when a row is made; undefined: it knows no such thing. */
export interface MasterSource {
  item(id: string): Promise<SourceItem | undefined>;
  warehouse(id: string): Promise<SourceWarehouse | undefined>;
  location(id: string): Promise<SourceLocation | undefined>;
  order(id: string): Promise<SourceOrderOfAnyKind | undefined>;
  /**
   * Where an item can be taken from in a warehouse: at most LIMITS.sourcesPerLine places, the best
   * first. Whoever knows no stock leaves it out.
   */
  sources?(itemId: string, warehouseId: string): Promise<readonly SourceView[]>;
  /** Somebody with a badge, whose look-up key is theirs; whoever knows no people leaves it out. */
  person?(id: string): { readonly keys: readonly string[]; readonly body: PersonView } | undefined;
  /**
   * Up to `limit` ids after one of them, ascending; fewer than that ends the list. Of orders only
   * those that goods may come or go on must be among them.
   */
  ids(kind: RowKind, after: string, limit: number): Promise<readonly string[]>;
  /** These will be asked for next: whoever can read many at once does it now. */
  warm?(kind: RowKind, ids: readonly string[]): Promise<void>;
}

/** Material of one issue that is still with its shop order; its location by its id. */
export interface IssuedLot {
  readonly location?: string;
  readonly batch?: string;
  readonly quantity: number;
}

/** Goods of one order line that were picked to be packed: what is left, batch by batch, and packed. */
export interface PickedGoods {
  readonly left: readonly { readonly batch?: string; readonly quantity: number }[];
  readonly packed: number;
}

/** What the ledger knows of one document's lines, in stock units, and up to which entry. */
export interface ProgressSource {
  progress(document: string): {
    readonly seq: Seq;
    readonly lines: ReadonlyMap<string, { readonly received: number; readonly pending: number }>;
  };
  /** The command by which somebody said to bring what is needed, while that holds. */
  held?(need: string): string | undefined;
  /** By material plan line, what may come back of it, the last issue first. */
  returnable?(document: string): ReadonlyMap<string, readonly IssuedLot[]>;
  /** Codes of the totes that hold goods of it. */
  totes?(document: string): readonly string[];
  /** By line of a sales order, what was picked and is to be packed. */
  toPack?(document: string): ReadonlyMap<string, PickedGoods>;
}

/** Rows that are made of Exact's records. */
export type MirrorKind = 'item' | 'location' | 'warehouse' | 'order';
export type RowKind = MirrorKind | 'person';
