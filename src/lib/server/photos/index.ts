// The door of the room of photos.

export { Photos } from './photos.ts';
export type { PhotosReport } from './photos.ts';
export { PhotoDoor } from './door.ts';
export type { Offered } from './door.ts';
