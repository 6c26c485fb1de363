// The history of the database's form, oldest first. Append only: the number of a migration is its
// place in this list, counted from 1, and its text never changes once it has been applied anywhere.

import { firstLight } from './0001-first-light.ts';
import { exactInFull } from './0002-exact-in-full.ts';
import { tapes } from './0003-tapes.ts';
import { lookingUp } from './0004-looking-up.ts';
import { people } from './0005-people.ts';
import { whatWasSent } from './0006-what-was-sent.ts';
import { demands } from './0007-demands.ts';
import { photos } from './0008-photos.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-first-light', sql: firstLight },
  { name: '0002-exact-in-full', sql: exactInFull },
  { name: '0003-tapes', sql: tapes },
  { name: '0004-looking-up', sql: lookingUp },
  { name: '0005-people', sql: people },
  { name: '0006-what-was-sent', sql: whatWasSent },
  { name: '0007-demands', sql: demands },
  { name: '0008-photos', sql: photos },
];
