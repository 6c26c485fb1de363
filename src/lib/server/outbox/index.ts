// The door of the outbox: postings that Exact owes us, and the pump that brings them there.

export type { ExactPort, PostingView, Sent, Settle, Settlement, Sighting } from './ports.ts';
export { Pump } from './pump.ts';
export type { PumpEvents, PumpParts, Wish } from './pump.ts';
export { PostingRows } from './rows.ts';
export type { OutboxTables } from './rows.ts';
