// The whole Dutch catalogue; loaded only where it is spoken.

import { NL_BETWEEN } from './nl-between.ts';
import { NL_CARRYING } from './nl-carrying.ts';
import { NL_EXCEPTIONS } from './nl-exceptions.ts';
import { NL_FAULTS } from './nl-faults.ts';
import { NL_PACKING } from './nl-packing.ts';
import { NL_PEOPLE } from './nl-people.ts';
import { NL_PHOTOS } from './nl-photos.ts';
import { NL_PRINTS } from './nl-prints.ts';
import { NL_SHOP } from './nl-shop.ts';
import { NL_WORDS } from './nl-words.ts';

export const CATALOGUE: Readonly<Record<string, string>> = {
  ...NL_WORDS,
  ...NL_FAULTS,
  ...NL_EXCEPTIONS,
  ...NL_SHOP,
  ...NL_BETWEEN,
  ...NL_CARRYING,
  ...NL_PACKING,
  ...NL_PEOPLE,
  ...NL_PHOTOS,
  ...NL_PRINTS,
};
