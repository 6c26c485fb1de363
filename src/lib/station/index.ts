// The door of the station: a kiosk's half of the product that is not glass.

export { Feedback } from './feedback.ts';
export type { DialogueRuntime } from './session.ts';
export type { HubState } from './link.ts';
export { Station } from './station.ts';
export type { StationOptions } from './station.ts';
export type { MenuEntry, Notice, StationView, TrailLine, TrailStage } from './words.ts';
