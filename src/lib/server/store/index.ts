// The door of the store: the one room that every room which keeps something stands on.

export { StorageFailure, StoreRefused } from './failure.ts';
export type { StorageFailureKind, StoreRefusal } from './failure.ts';
export { openStore } from './store.ts';
export type { Store, StoreParts, Transaction } from './store.ts';
export type { SqlValue, StatementWatch } from './connection.ts';
export type * from './tables.ts';
