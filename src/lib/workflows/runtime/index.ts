// The door of the workflow runtime: what a kiosk needs to run a compiled workflow, and no parser.

export { ACTIONS } from './actions.ts';
export { advance, begin, resume } from './advance.ts';
export { evaluate, VARIABLES } from './evaluate.ts';
export { CANCELLED, CLOSE, DONE, machineOf, PROBLEM, REVERSE, UNDO } from './machine.ts';
export { exceptionsOf } from './problem.ts';
export { itemKey, orderKey } from './short.ts';
export type { Change } from './short.ts';
export { happened, shownBy, TAPE_VERSION, tapeText, Taping } from './tape.ts';
export type { Frame, Recorded, Shown, Tape, TapedEvent, TapedScan } from './tape.ts';
export { HOLE } from './holes.ts';
export { VOCABULARY } from './vocabulary.ts';
export type { ExceptionKey } from './texts.ts';
export { TEXT_KEYS } from './texts.ts';
