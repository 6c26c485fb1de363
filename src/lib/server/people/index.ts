// The door of the people room: who has a badge here, and which roles they have.

export { People } from './people.ts';
export type { NewPerson, Saved } from './people.ts';
