// The door of scan/: bytes → Reading → Scan with its Facts. See read.ts for the terms.

export { cutAim } from './aim.ts';
export { interpret } from './interpret.ts';
export type { Match } from './interpret.ts';
export { codeKey, gtinKey } from './keys.ts';
export { printable } from './printable.ts';
export { read } from './read.ts';
export type { Reading } from './read.ts';
