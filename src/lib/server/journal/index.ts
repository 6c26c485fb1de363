// The door of the journal.

export { openJournal } from './journal.ts';
export type { Commit, JournalStore, StationNumbers, Stored } from './journal.ts';
export type { FinalVerdict, JudgedCommand, StoredVerdict } from './rows.ts';
export type { Verification } from './verify.ts';
