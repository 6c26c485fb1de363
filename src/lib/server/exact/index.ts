// The door of the Exact room: everything that speaks with Exact Online, and nothing that decides
// about stock. session.ts has the connection, mirror/ the copy of Exact's records, postings/ the
// documents that we book.

export type { ExactApp } from './auth/grants.ts';
export { changeKey, KeyFault, openVault, Vault } from './auth/vault.ts';
export type { KeyChange, VaultSource } from './auth/vault.ts';
export type { Lane } from './budget/lanes.ts';
export type { BudgetEvent, BudgetView } from './budget/view.ts';
export { connectToSimulator } from './connect.ts';
export type { SimulatorLogin, Walked } from './connect.ts';
export type {
  MirrorMaterial,
  MirrorOrder,
  MirrorOrderLine,
  MirrorSalesLine,
  MirrorSalesOrder,
  MirrorShopOrder,
} from './mirror/documents.ts';
export { DEFAULT_CONVENTIONS, isBarcodeField } from './mirror/entities.ts';
export type { Conventions } from './mirror/entities.ts';
export type { EntityName } from './mirror/forms.ts';
export type { MirrorItem } from './mirror/items.ts';
export { Mirror } from './mirror/mirror.ts';
export type { MirrorEvents, MirrorParts } from './mirror/parts.ts';
export type { EntityStatus, MirrorProgress } from './mirror/progress.ts';
export { MirrorReader } from './mirror/readers.ts';
export { calmAtMs, isPostingKind, Postings, POSTINGS, sweepMarkers } from './postings/index.ts';
export type { PostingFacts, PostingsParts, PostingTable, Swept } from './postings/index.ts';
export { resealAll } from './auth/reseal.ts';
export type { ConnectionState, ConnectionView, RightsFound, Stage } from './auth/view.ts';
export type { Connected, Problem, ProblemKind, SessionEvents } from './connected.ts';
export type { DivisionChoice } from './divisions.ts';
export { describe as describeFailure } from './outcomes.ts';
export { needsOf } from './rights.ts';
export type { WorkflowNeeds } from './rights.ts';
export { ExactSession } from './session.ts';
export type { SessionParts, TypedApp } from './session.ts';
export { refuseBaseUrl, SITES } from './sites.ts';
export type { Site } from './sites.ts';
export type { ExactTables } from './tables.ts';
export { Webhooks } from './webhooks/webhooks.ts';
export type { WebhookStatus } from './webhooks/webhooks.ts';
