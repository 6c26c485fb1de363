// The door of floor 3.

export { PROTOCOL } from './messages.ts';
export type * from './messages.ts';
export { isReplicaRow } from './rows.ts';
export { parseCommand, parseHello, parseReplicaAsk, parseStatesAsk, parseTape } from './schemas.ts';
