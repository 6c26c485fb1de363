// The door of the glass.

export { default as Kiosk } from './Kiosk.svelte';
export type { KioskActs, KioskModel, PhotoActs } from './models.ts';
export { chooseLanguage, loadSpeaker } from './texts/index.ts';
export type { Speaker } from './texts/index.ts';
