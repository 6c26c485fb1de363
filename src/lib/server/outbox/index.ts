// The door of the outbox: postings that Exact owes us, and the pump that brings them there.

export { partsIn } from './form.ts';
export { PostingLists } from './lists.ts';
export type { ListedPosting, PostingFilter } from './lists.ts';
export type {
  Discarded,
  ExactPort,
  Finding,
  Later,
  PostingView,
  Scope,
  Sent,
  Settle,
  Settlement,
  Sighting,
  StepResult,
} from './ports.ts';
export { Pump } from './pump.ts';
export type { PumpEvents, PumpParts } from './pump.ts';
export { PostingRows } from './rows.ts';
export type { OutboxTables, PostingRow } from './rows.ts';
export type { Wish } from './wishes.ts';
