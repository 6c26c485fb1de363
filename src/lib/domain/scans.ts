// Who lives here: the first three words on the data's way: RawScan (made by plugins), Scan and
// Facts (made by scan/). They stand on floor 1 because rooms that don't know each other share them.

import type { ItemView, LocationView, OrderView, Pack, WarehouseView } from './goods.ts';

/** One completed read, with no meaning yet. */
export interface RawScan {
  /** As the device gave them; a keyboard wedge gives the UTF-8 of what it typed. */
  readonly bytes: Uint8Array;
  /** The same as text; FNC1 stands as GS (char 29); the AIM identifier is cut off into `aim`. */
  readonly text: string;
  /** Symbology identifier as read, e.g. `]C1` (ISO/IEC 15424). */
  readonly aim?: string;
  /** Which plugin instance read it, e.g. `wedge`. */
  readonly device: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

/** A word that a command barcode or a button says. Printed as `SD:OK`, `SD:BACK` … */
export type CommandWord =
  | 'OK'
  | 'BACK'
  | 'CANCEL'
  | 'UNDO'
  | 'FINISH'
  | 'HELP'
  | 'SKIP'
  | 'REPEAT'
  | 'PROBLEM'
  | 'MORE'
  | 'ALL'
  | 'PRINT';

/** What one code can tell. Every member is optional: any scan may bring any facts. */
export interface Facts {
  readonly document?: OrderView;
  readonly item?: ItemView;
  /** The package whose barcode was read; `item` is then what it holds. */
  readonly pack?: Pack;
  readonly batch?: string;
  /** Calendar date, `yyyy-mm-dd`. */
  readonly expiry?: string;
  readonly serial?: string;
  /** From (30), or from (37) in units of what (02) names; never guessed. */
  readonly quantity?: number;
  /** Kilograms, from (310n). */
  readonly weightKg?: number;
  readonly location?: LocationView;
  /** One that keeps its goods in no locations: it is a place as a whole. */
  readonly warehouse?: WarehouseView;
  /** SSCC, 18 digits. */
  readonly logisticUnit?: string;
  readonly command?: CommandWord;
  /** Printed as `SD:=damaged`: the answer to the question on the screen. */
  readonly answer?: string;
}

export type FactName = keyof Facts;

/** One application identifier with its value, as read; `text` is what the code held. */
export interface Element {
  readonly ai: string;
  readonly value: string;
}

/** What this code could mean here, best first. Empty when nothing in this warehouse knows it. */
export interface Scan {
  readonly raw: RawScan;
  readonly symbology: 'gs1' | 'gtin' | 'plain' | 'command';
  readonly elements: readonly Element[];
  readonly candidates: readonly Facts[];
  /**
   * The bare text of a code that is neither GS1 nor a command nor an EAN symbol: a step that waits
   * for a batch or a serial may take it when no candidate fits. At most the longer of
   * `LIMITS.batchChars` and `LIMITS.serialChars`; the step checks its own limit.
   */
  readonly plain?: string;
  /** The bare text has the length of a retail code and a wrong check digit: perhaps misread. */
  readonly wrongCheckDigit?: true;
}
