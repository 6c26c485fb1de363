// The door of the Exact room: everything that speaks with Exact Online, and nothing that decides
// about stock. session.ts has the connection, mirror/ the copy of Exact's records, receipts.ts the
// one document that we post.

export type { ConnectionState, ConnectionView } from './auth/connection.ts';
export type { ExactApp } from './auth/grants.ts';
export { KeyFault, openVault, Vault } from './auth/vault.ts';
export type { VaultSource } from './auth/vault.ts';
export { connectToSimulator } from './connect.ts';
export type { SimulatorLogin, Walked } from './connect.ts';
export { DEFAULT_CONVENTIONS, isExpiryField } from './mirror/entities.ts';
export type { Conventions } from './mirror/entities.ts';
export type { EntityName } from './mirror/forms.ts';
export { Mirror } from './mirror/mirror.ts';
export type { EntityStatus, MirrorEvents, MirrorParts } from './mirror/mirror.ts';
export { MirrorReader } from './mirror/readers.ts';
export type { MirrorItem, MirrorOrder, MirrorOrderLine, MirrorStock } from './mirror/readers.ts';
export { Receipts } from './receipts.ts';
export type { Sent, Sighting } from './receipts.ts';
export { ExactSession, refuseBaseUrl } from './session.ts';
export type { Connected, SessionEvents, SessionParts } from './session.ts';
export type { ExactTables } from './tables.ts';
