// The door of floor 3.

export { PHOTO_HEADERS, PHOTO_PATH } from './photos.ts';
export { badgeKey, badgeText } from './badge.ts';
export { PROTOCOL } from './messages.ts';
export type * from './messages.ts';
export { isReplicaRow } from './rows.ts';
export { parseCommand, parseHello, parseLookAsk, parseReplicaAsk } from './schemas.ts';
export { parseStatesAsk, parseTape } from './schemas.ts';
