// The door of the hub: one writer, and the sockets by which stations reach it.

export type * from './ports.ts';
export { attachSockets } from './sockets.ts';
export type { HubSockets, SocketParts } from './sockets.ts';
export type { Greeted } from './talk.ts';
export { startWriter } from './writer.ts';
export type { CommitListener, Writer, WriterParts } from './writing.ts';
