// The door of the tapes room: recorded sessions, kept for a while for time travel.

export { Tapes } from './tapes.ts';
export type { TapesReport } from './tapes.ts';
