// The door of this folder: postings on their way into Exact.

export { calmAtMs, sweepMarkers } from './marker-sweep.ts';
export type { HeldPosting, SweepParts, Swept } from './marker-sweep.ts';
export type { MarkerFinding } from './alike-sweep.ts';
export { Postings } from './postings.ts';
export type { PostingsParts } from './postings.ts';
export type { PostingFacts } from './step.ts';
export { isPostingKind, POSTINGS } from './table.ts';
export type { PostingTable } from './table.ts';
