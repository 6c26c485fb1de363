// Who lives here: what a kiosk shows of lines that can go back. Plain JSON, like all of types.ts.

/** A line that this session booked, to be touched and taken back. */
export interface TakenModel {
  /** The id of the command that booked it. */
  readonly id: string;
  readonly itemCode: string;
  readonly itemName: string;
  readonly quantity: number;
  readonly unit: string;
  readonly batch?: string;
  readonly serials?: readonly string[];
  /** Codes of the places: where the goods are or come from, and where they went. */
  readonly place?: string;
  readonly to?: string;
}

/** What taking a line back in Exact means. */
export interface BackModel {
  readonly line: TakenModel;
  /** Exact's number of the document that holds it. */
  readonly number: string;
  /** The kind of document that takes it back: `undo.by.…` of the catalogue. */
  readonly by: string;
  /** Who took of the goods since, what was done with how many, and how long ago. */
  readonly used?: {
    readonly operator: string | number;
    readonly did: string | number;
    readonly used: string | number;
    readonly minutes: string | number;
  };
}
