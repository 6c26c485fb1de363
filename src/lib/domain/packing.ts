// Who lives here: goods that were picked and are checked once more while they are packed. What was
// picked waits for that (`PostingWhen` packed), and what was packed is what Exact hears of.

import type { CommandId } from './ids.ts';
import type { PostingWhen } from './commands.ts';
import type { Answered } from './line-answers.ts';

/** Goods that were picked for one sales order line were packed. */
export interface PackLine extends Answered {
  readonly type: 'pack.line';
  /** Ids of the sales order, its line, and the item, as Exact knows them. */
  readonly document: string;
  readonly line: string;
  readonly item: string;
  /** Stock units. For serial items: how many serials there are. */
  readonly quantity: number;
  readonly batch?: string;
  readonly serials?: readonly string[];
  readonly posting: PostingWhen;
  /** The picks that it is of, which add up to it: the hub knows, and adds them. */
  readonly of?: readonly PackedPart[];
}

/** So many stock units of what one command picked. */
export interface PackedPart {
  readonly pick: CommandId;
  readonly quantity: number;
  /** Where they were picked. */
  readonly location?: string;
  readonly serials?: readonly string[];
}
